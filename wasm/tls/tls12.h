/*
 * A client of TLS 1.0 to 1.2: BearSSL's, with what it lacks (RSA-PSS, and to see that a server could do better).
 * tls.c stands between this and the rest of the core; the functions are those of tls.h.
 */
#ifndef MPC_TLS12_H
#define MPC_TLS12_H

#include "tls/key_exchange_rewrite.h"
#include "tls/key_share.h"
#include "tls/tls_status.h"
#include "tls/validator.h"

/* Room for a sealed record of two bytes: header, what CBC puts before them, MAC, padding, and half as much again. */
#define TLS12_ALERT 256

typedef struct {
	br_ssl_client_context client;
	validator validator;
	key_exchange_rewrite key_exchange;
	br_ec_impl curves;
	key_share *share; /* of the hello that was sent; NULL: it offered no TLS 1.3 */
	int handshake_complete;
	int refused; /* it ended on our side: why, and the alert that says so, as far as it is not sent */
	tls_error error;
	const uint8_t *refusal;
	size_t refusal_len;
	uint8_t refusal_room[TLS12_ALERT];
	uint8_t iobuf[BR_SSL_BUFSIZE_BIDI];
} tls12;

/* Begins where a ClientHello was sent, a message with its header, which offers all that is spoken here. `share` is the one
 * of TLS 1.3 in it, or NULL where it has none: where the server takes its group, it is the key exchange's, too, and wiped
 * when it has served. */
void tls12_start(
	tls12 *e, bytes hello, key_share *share, const uint8_t seed[TLS_SEED], recorder *record);

/* Ends it, as something in what the server said makes no sense. */
void tls12_refuse(tls12 *e, tls_error why);

size_t tls12_receive(tls12 *e, const uint8_t *data, size_t len);
size_t tls12_to_send(tls12 *e, const uint8_t **data);
void tls12_sent(tls12 *e, size_t len);
size_t tls12_readable(tls12 *e, const uint8_t **data);
void tls12_read(tls12 *e, size_t len);
int tls12_writable(const tls12 *e);
size_t tls12_write(tls12 *e, const uint8_t *data, size_t len);
void tls12_close(tls12 *e);
tls_status tls12_state(const tls12 *e);
unsigned tls12_version(const tls12 *e);
uint16_t tls12_suite(const tls12 *e);
uint16_t tls12_group(const tls12 *e);

#endif
