/*
 * Keeps the certificates that a server sends, as they come, and reads the key of the first: a TLS client
 * needs that to go on. Nothing is judged here; x509/judge.h does that afterwards, from the record.
 *
 * A client that is given the certificates one by one calls recorder_begin(), for each of them
 * recorder_begin_certificate() and recorder_append(), and recorder_end(). One that reads the bytes of the
 * handshake itself calls recorder_begin(), recorder_append_message() and recorder_end_message().
 */
#ifndef MPC_RECORDER_H
#define MPC_RECORDER_H

#include "x509/chain.h"

typedef struct {
	uint8_t data[LIMIT_CHAIN];
	size_t used;
	struct {
		size_t at;
		size_t len;
	} entry[LIMIT_CERTIFICATES];
	size_t count;
	size_t dropped;
	int taking;       /* the certificate that is coming in is being kept */
	int overflowed;   /* a message was longer than `data` */
	int past_limits;  /* the first certificate is larger than limits.h allows: it was not read */
	public_key key;   /* of the first certificate */
	int key_unusable; /* no handshake can be finished with it (public_key_usable()) */
} recorder;

/* What is known of the first certificate. */
typedef enum {
	RECORDER_USABLE,
	RECORDER_EMPTY,      /* there is none */
	RECORDER_UNREADABLE, /* it is malformed, or too large */
	RECORDER_UNUSABLE    /* its key is of a kind that we cannot use */
} recorder_result;

void recorder_begin(recorder *r);

/* What exceeds the announced length is left out. */
void recorder_begin_certificate(recorder *r, size_t length);
void recorder_append(recorder *r, const uint8_t *data, size_t len);
recorder_result recorder_end(recorder *r);

/*
 * The body of a Certificate message up to TLS 1.2 (RFC 5246 7.4.2), in pieces. recorder_end_message()
 * returns 0, or -1 where it is no list.
 */
void recorder_append_message(recorder *r, const uint8_t *data, size_t len);
int recorder_end_message(recorder *r);

/* The record as a chain; it points into the recorder. */
void recorder_chain(const recorder *r, chain *out);

#endif
