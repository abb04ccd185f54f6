/*
 * A client of TLS 1.3 and a server that can be told to break any rule (tls13_server.h), who talk to each other over
 * buffers in memory. There is one pair; pair_start() makes it new.
 */
#ifndef MPC_TLS13_PAIR_H
#define MPC_TLS13_PAIR_H

#include "tls/tls13.h"
#include "tls13_server.h"

extern tls13 *const client;
extern tls13_server *const server;
extern recorder *const certificates; /* that the client has read */

/* The server has an EC key, and its settings may follow. */
void pair_start(void);
void pair_start_muted(int mute);
/* The client says this hello, whose share this is. */
void pair_start_as(bytes own_hello, const key_share *own_share);
/* From then on the server has an RSA key. */
void pair_use_rsa(void);
/* The certificates of build/tests/certificates/NAME.pem, for the caller to free, and their key; returns that in DER, in
 * the 4096 bytes of `data`. */
bytes pair_load(
	const char *name, br_x509_certificate *chain_out, br_skey_decoder_context *key, uint8_t *data);

void pair_send_hello(void);
/* Lets both talk until neither has anything to say; so many bytes at once. */
void pair_talk(size_t step);
void pair_shake_hands(void);
/* A new pair, after so much of a handshake. */
typedef enum { AT_START, AFTER_HELLO, CONNECTED } moment;
void pair_lead_to(moment when);

/* What the client can read now. */
const char *pair_heard(void);
/* Both are connected, understand each other, and part. */
void pair_conversation(size_t step);
/* The client has given up with this error, the server has heard this alert, and nothing secret is left. */
void pair_expect_failure(const char *what, int alert, tls_error error);

#endif
