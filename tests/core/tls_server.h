/* The other end of a TLS connection, for transcripts: BearSSL's server over buffers in memory. */
#ifndef MPC_TLS_SERVER_H
#define MPC_TLS_SERVER_H

#include <bearssl.h>

typedef struct {
	br_ssl_server_context context;
	br_x509_certificate chain[48]; /* more than the core keeps */
	size_t chain_len;
	br_skey_decoder_context key;
	br_x509_minimal_context judge; /* of the client's certificate, where one is wanted */
	unsigned char iobuf[BR_SSL_BUFSIZE_BIDI];
} tls_server;

/*
 * Loads NAME.pem and NAME.key.der from a directory. `arguments` is NAME and the settings that
 * script.h lists. Ends the program when anything of it is wrong.
 */
void tls_server_start(tls_server *t, const char *directory, const char *arguments);
void tls_server_free(tls_server *t);

#endif
