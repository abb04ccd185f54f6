/*
 * Stands where BearSSL expects an X.509 validator: it keeps the certificates as they come and hands
 * out the first one's key, so that a handshake goes on past a bad certificate. It judges nothing:
 * judge.h does, afterwards, from the record.
 */
#ifndef MPC_RECORDER_H
#define MPC_RECORDER_H

#include "x509/judge.h"

#include <bearssl.h>

typedef struct {
	const br_x509_class *vtable; /* first: BearSSL casts */
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
	int key_unusable; /* BearSSL cannot finish a handshake with it */
	br_x509_pkey pkey;
} recorder;

void recorder_init(recorder *r);

/*
 * For who reads the handshake without BearSSL: the body of a Certificate message up to TLS 1.2 (RFC
 * 5246 7.4.2), in pieces. recorder_end_message() returns 0, or -1 where it is no list.
 */
void recorder_begin_message(recorder *r);
void recorder_append_message(recorder *r, const uint8_t *data, size_t len);
int recorder_end_message(recorder *r);

/* The record as a chain; it points into the recorder. */
void recorder_chain(const recorder *r, chain *out);

#endif
