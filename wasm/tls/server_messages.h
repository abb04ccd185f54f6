/*
 * Messages of a server of TLS 1.3 that are read when they are whole (RFC 8446 4.1.3, 4.1.4, 4.3.1, 4.4.3).
 * Each function returns 0, or the alert that such a message deserves.
 */
#ifndef MPC_SERVER_MESSAGES_H
#define MPC_SERVER_MESSAGES_H

#include "base/wire.h"
#include "tls/tls_names.h"

typedef struct {
	int retry; /* it is a HelloRetryRequest */
	unsigned version;
	bytes session;
	uint16_t suite;
	uint16_t group; /* of the key exchange; 0: it names none */
	bytes share;    /* the server's half; a HelloRetryRequest has none */
	bytes cookie;
} server_hello;

/* The body of a ServerHello that may be one of TLS 1.3: `version` tells whether it is. `client_hello` is the
 * message that it answers, whole: what was not offered there may not be answered. */
int server_hello_read(server_hello *h, bytes body, bytes client_hello);
/* The body of one that chose less, for what BearSSL passes over: a session taken up that never was (RFC 5246 7.4.1.3,
 * RFC 8446 4.1.3), and points that cannot be sent as every client can read them (RFC 8422 5.2). TLS_ERROR_unknown where
 * there is nothing of it; what is malformed in other ways is left to BearSSL. */
tls_error older_server_hello_check(bytes body, bytes client_hello);
int encrypted_extensions_read(bytes body, bytes client_hello);
int certificate_verify_read(bytes body, uint16_t *scheme, bytes *signature);

/* --- what a ClientHello has offered; the message is one of our own --- */

bytes client_hello_session(bytes client_hello);
/* The contents of an extension; p NULL where it is not there. */
bytes client_hello_extension(bytes client_hello, unsigned kind);
/* … and whether one that is a list of 16-bit numbers has this number. `size` is that of the list's length. */
int client_hello_lists(bytes client_hello, unsigned kind, size_t size, unsigned number);
int client_hello_offers_suite(bytes client_hello, unsigned suite);

#endif
