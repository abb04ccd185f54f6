/*
 * A client of TLS 1.3 (RFC 8446): from the answer to a ClientHello that has been sent to the end of the
 * connection. Sans-I/O: whole records in, records out. tls.c stands between this and the rest of the core.
 *
 * Here are the records; tls13_messages.h has the messages in them, tls13_handshake.h what each message does, and
 * tls13_connection.h what all of them share.
 */
#ifndef MPC_TLS13_H
#define MPC_TLS13_H

#include "tls/tls13_connection.h"

typedef struct {
	bytes hello;     /* was sent; must stay where it is */
	key_share share; /* whose public half is in it */
	recorder *certificates;
	const br_prng_class **rng;
	uint8_t *in; /* TLS13_RECORD bytes */
	/* Where data inside TLS may not go out: of the client's answers that need no key all go out, of the others
	 * none. The handshake is complete with the server's Finished. */
	int mute;
} tls13_start_options;

void tls13_start(tls13 *t, const tls13_start_options *o);

/* How much was taken: less than all where something has to be read first, or it is over. */
size_t tls13_receive(tls13 *t, const uint8_t *data, size_t len);
/* Decrypted bytes of one record. */
size_t tls13_readable(const tls13 *t, const uint8_t **data);
void tls13_read(tls13 *t, size_t len);

size_t tls13_to_send(const tls13 *t, const uint8_t **data);
void tls13_sent(tls13 *t, size_t len);
int tls13_writable(const tls13 *t);
size_t tls13_write(tls13 *t, const uint8_t *data, size_t len);
void tls13_close(tls13 *t);

#endif
