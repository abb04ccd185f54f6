/*
 * One TLS client connection, as bytes in and bytes out. The certificates are recorded, never judged: see
 * recorder.h. This header is all that the rest of the core knows of TLS; which implementation stands
 * behind it (tls12.c: TLS 1.0 to 1.2, BearSSL) is nobody else's business.
 *
 * tls_start() comes first; every other call is allowed at any time after it. A call at the wrong time
 * does nothing and returns 0.
 */
#ifndef MPC_TLS_H
#define MPC_TLS_H

#include "tls/recorder.h"
#include "tls/tls_names.h"

#include <stddef.h>

#define TLS_SEED 32

/* What an implementation needs of memory. tls12.c asserts that it is enough. */
#define TLS_ENGINE 37888

typedef struct {
	recorder certificates; /* what the server sent of itself */
	_Alignas(max_align_t) uint8_t engine[TLS_ENGINE];
} tls;

/* How a connection stands, or how it came to its end. */
typedef enum {
	TLS_HANDSHAKING,
	TLS_ESTABLISHED,    /* application data may flow */
	TLS_CLOSED,         /* in order, by close_notify of either side */
	TLS_ALERT_RECEIVED, /* by a fatal alert of the server: `alert` */
	TLS_FAILED          /* what the server sent makes no sense: `error` */
} tls_outcome;

typedef struct {
	tls_outcome outcome;
	int handshake_complete; /* it was, at any time: also of a connection that has ended */
	int alert;
	tls_error error;
} tls_status;

/*
 * `server_name` goes into the SNI extension unless it is an IP literal or empty (RFC 6066 section
 * 3). All randomness of the connection comes from `seed`.
 */
void tls_start(tls *t, const char *server_name, const uint8_t seed[TLS_SEED]);

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

#endif
