/* The other end of a TLS connection, for transcripts, over buffers in memory: BearSSL's server up to TLS 1.2, and
 * tls13_server.h. */
#ifndef MPC_TLS_SERVER_H
#define MPC_TLS_SERVER_H

#include "probe.h"
#include "tls13_server.h"

#include <bearssl.h>

typedef struct {
	br_ssl_server_context context;
	br_x509_certificate chain[48]; /* more than the core keeps */
	size_t chain_len;
	br_skey_decoder_context key;
	unsigned char key_der[4096];
	size_t key_len;
	br_x509_minimal_context judge; /* of the client's certificate, where one is wanted */
	unsigned char iobuf[BR_SSL_BUFSIZE_BIDI];
	int is_newer; /* TLS 1.3: all of it is … */
	tls13_server newer;
	int asked_in_vain; /* … for a certificate */
	char said[1024];   /* tls_server_round() */
	size_t said_len;
} tls_server;

/*
 * Loads NAME.pem and NAME.key.der from a directory. `arguments` is NAME and the settings that
 * script.h lists. Ends the program when anything of it is wrong.
 */
void tls_server_start(tls_server *t, const char *directory, const char *arguments);
void tls_server_free(tls_server *t);

/* Fills `record` with a fatal alert as the server would send it now, or with one that nobody can read;
 * returns its length. */
#define TLS_SERVER_RECORD 256
size_t tls_server_alert(tls_server *t, int alert, unsigned char record[TLS_SERVER_RECORD]);
size_t tls_server_damaged(unsigned char record[TLS_SERVER_RECORD]);

/* Records of the client: how many bytes were taken. A server that has closed lets them fall to the floor. */
size_t tls_server_receive(tls_server *t, const unsigned char *data, size_t len);
/* … and what they held; valid until tls_server_heard(). */
const unsigned char *tls_server_text(tls_server *t, size_t *len);
void tls_server_heard(tls_server *t, size_t len);
/* Records for the client. */
const unsigned char *tls_server_to_send(tls_server *t, size_t *len);
void tls_server_sent(tls_server *t, size_t len);
/* Says something inside TLS: how much was taken, 0 where the client is gone. */
size_t tls_server_say(tls_server *t, const unsigned char *data, size_t len);

/* Takes all that a probe wants to send, then gives it all that the server has for it: 0 when neither
 * had anything. What the probe says inside TLS is appended to `said`. */
int tls_server_round(tls_server *t, probe *p, uint64_t now);
void tls_server_give(probe *p, const unsigned char *data, size_t len, uint64_t now);

#endif
