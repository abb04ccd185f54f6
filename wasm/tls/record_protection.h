/*
 * Records of TLS 1.3 as they are sealed: header, content and its real type, padding, and a tag (RFC 8446 5.2 to
 * 5.4). One direction, one key; the sequence number counts itself. The primitives are constant in time.
 */
#ifndef MPC_RECORD_PROTECTION_H
#define MPC_RECORD_PROTECTION_H

#include <bearssl.h>

#define RECORD_HEADER 5
#define RECORD_CONTENT_MAX 16384
/* What sealing adds at most: type, padding and tag (RFC 8446 5.2). */
#define RECORD_EXPANSION_MAX 256
/* … and what ours add: no padding. */
#define RECORD_EXPANSION 17

typedef struct {
	const br_hash_class *hash; /* of the suite */
	int chacha20;
	uint8_t iv[12];
	uint8_t chacha20_key[32];
	br_aes_ct_ctr_keys aes;
	uint64_t sequence;
} record_protection;

/* The hash of a suite of TLS 1.3 that we speak; NULL for any other. */
const br_hash_class *record_suite_hash(uint16_t suite);

/* The keys of a traffic secret (RFC 8446 7.3). */
void record_protection_start(record_protection *r, uint16_t suite, const uint8_t *traffic_secret);

/* Seals what lies RECORD_HEADER bytes behind `record`, where there must be room for RECORD_EXPANSION more:
 * how long the record is then. */
size_t record_seal(record_protection *r, uint8_t type, uint8_t *record, size_t len);

typedef enum {
	RECORD_OPENED,
	RECORD_BAD_MAC,  /* it was not sealed with this key, or changed */
	RECORD_TYPELESS, /* nothing but padding (RFC 8446 5.4) */
	RECORD_TOO_LONG
} record_opened;

/* Opens a whole record in place: the content is behind its header. */
record_opened record_open(
	record_protection *r, uint8_t *record, size_t len, uint8_t *type, size_t *content_len);

#endif
