/*
 * One TLS client connection (TLS 1.0 to 1.2, BearSSL), as bytes in and bytes out. The certificate
 * is recorded, never judged: see recorder.h.
 */
#ifndef MPC_TLS_H
#define MPC_TLS_H

#include "tls/recorder.h"

#define TLS_SEED 32

/* How a connection came to its end; NOT_FAILED while it lives or when it was closed in order. */
typedef enum { TLS_NOT_FAILED, TLS_ALERT_RECEIVED, TLS_ALERT_SENT, TLS_FAILED } tls_outcome;

typedef struct {
	br_ssl_client_context client;
	recorder certificates;
	uint8_t iobuf[BR_SSL_BUFSIZE_BIDI];
} tls;

/*
 * `server_name` goes into the SNI extension unless it is an IP literal or empty (RFC 6066 section
 * 3). All randomness of the connection comes from `seed`.
 */
void tls_start(tls *t, const char *server_name, const uint8_t seed[TLS_SEED]);

/* Gives received bytes to the engine; returns how many it took (fewer when it must send first). */
size_t tls_receive(tls *t, const uint8_t *data, size_t len);

/* Bytes to send, valid until tls_sent(). */
size_t tls_to_send(tls *t, const uint8_t **data);
void tls_sent(tls *t, size_t len);

/* Decrypted bytes, valid until tls_read(). */
size_t tls_readable(tls *t, const uint8_t **data);
void tls_read(tls *t, size_t len);

/* Takes application data and sends it as one record; returns how much was taken, which is all that
 * fits a record where tls_writable(). */
int tls_writable(const tls *t);
size_t tls_write(tls *t, const uint8_t *data, size_t len);

/* Sends close_notify. */
void tls_close(tls *t);

int tls_established(const tls *t);
int tls_closed(const tls *t);

/* Why it failed; *number: the alert's, or BearSSL's error. */
tls_outcome tls_failure(const tls *t, int *number);

/* What was agreed; names are those of tls_names.h. */
unsigned tls_version(const tls *t); /* 0x0301 … 0x0303 */
const char *tls_suite_name(const tls *t);
int tls_suite_weak(const tls *t);
const char *tls_group_name(const tls *t); /* "" without (EC)DHE */

#endif
