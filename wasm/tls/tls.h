/*
 * One TLS client connection, as bytes in and bytes out. The certificates are recorded, never judged: see
 * recorder.h. This header is all that the rest of the core knows of TLS; which implementation stands
 * behind it (tls12.c: TLS 1.0 to 1.2, BearSSL; tls13.c: TLS 1.3, ours) is nobody else's business. One
 * ClientHello offers all versions, and the server's answer decides which of them begins.
 *
 * tls_start() comes first; every other call is allowed at any time after it. A call at the wrong time
 * does nothing and returns 0.
 */
#ifndef MPC_TLS_H
#define MPC_TLS_H

#include "tls/recorder.h"
#include "tls/tls_status.h"

#include <stddef.h>

/* What the implementations need of memory. tls.c asserts that it is enough. */
#define TLS_ENGINE 65536

typedef struct {
	recorder certificates; /* what the server sent of itself */
	_Alignas(max_align_t) uint8_t engine[TLS_ENGINE];
} tls;

typedef struct {
	const char *server_name; /* as in client_hello.h */
	/* all randomness of the connection */
	const uint8_t *seed; /* TLS_SEED bytes */
	/* The hello of a client of before TLS 1.3, for who dislikes ours. */
	int plain;
	/* Where the server chooses TLS 1.2 or less, nothing is done before tls_older_comes(). */
	int older_on_demand;
	/* No data may be sent inside TLS: with TLS 1.3, where an end of the handshake looks like it, the server has
	 * had its last word when the handshake is complete, and hears nothing of it. */
	int mute;
} tls_options;

/* What `o` points to is copied, or used up. */
void tls_start(tls *t, const tls_options *o);

/* The server has chosen TLS 1.2 or less, or makes no sense, and who speaks that is not here yet: nothing is read on. */
int tls_awaits_older(const tls *t);
/* … and now is. */
void tls_older_comes(tls *t);

/* Gives received bytes to the engine; returns how many it took (fewer when it must send first). */
size_t tls_receive(tls *t, const uint8_t *data, size_t len);

/* Bytes to send, valid until tls_sent(), which takes no more than those. */
size_t tls_to_send(tls *t, const uint8_t **data);
void tls_sent(tls *t, size_t len);

/* Decrypted bytes, valid until tls_read(), which takes no more than those. */
size_t tls_readable(tls *t, const uint8_t **data);
void tls_read(tls *t, size_t len);

/* Takes application data and sends it as one record; returns how much was taken, which is all that
 * fits a record where tls_writable(). */
int tls_writable(const tls *t);
size_t tls_write(tls *t, const uint8_t *data, size_t len);

/* Sends close_notify. */
void tls_close(tls *t);

tls_status tls_state(const tls *t);

/* What was agreed, once the handshake is complete; names are those of tls_names.h. */
unsigned tls_version(const tls *t);
const char *tls_suite_name(const tls *t);
int tls_suite_weak(const tls *t);
const char *tls_group_name(const tls *t); /* "" without (EC)DHE */
/* TLS 1.3 alone: how the server signed, 0 in older versions; that it wanted another group than we had guessed, or
 * a cookie; that it asks for a certificate of ours. */
uint16_t tls_scheme(const tls *t);
int tls_retried(const tls *t);
int tls_certificate_wanted(const tls *t);
/* Whether the hello that was sent offers TLS 1.3. */
int tls_offers_newer(const tls *t);

#endif
