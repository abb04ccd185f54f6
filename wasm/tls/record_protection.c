#include "tls/record_protection.h"

#include "base/wipe.h"
#include "tls/key_schedule.h"
#include "tls/messages.h"
#include "tls/tls_names.h"

#include <string.h>

enum { TAG = 16, RECORD_NONCE = 12, SUITE_AES_128 = 0x1301, SUITE_AES_256, SUITE_CHACHA20 };

const br_hash_class *record_suite_hash(uint16_t suite)
{
	switch (suite) {
	case SUITE_AES_128:
	case SUITE_CHACHA20:
		return &br_sha256_vtable;
	case SUITE_AES_256:
		return &br_sha384_vtable;
	default:
		return NULL;
	}
}

void record_protection_start(record_protection *r, uint16_t suite, const uint8_t *traffic_secret)
{
	size_t key_len = suite == SUITE_AES_128 ? 16 : 32;
	const bytes none = { traffic_secret, 0 };
	uint8_t key[32];

	r->hash = record_suite_hash(suite);
	r->chacha20 = suite == SUITE_CHACHA20;
	r->sequence = 0;
	key_schedule_expand(r->hash, traffic_secret, "key", none, key, key_len);
	key_schedule_expand(r->hash, traffic_secret, "iv", none, r->iv, sizeof r->iv);
	if (r->chacha20) {
		memcpy(r->chacha20_key, key, sizeof key);
	} else {
		br_aes_ct_ctr_init(&r->aes, key, key_len);
	}
	wipe(key, sizeof key);
}

/* AES-GCM (SP 800-38D 7) of what lies behind the header: block 0 makes the hash's key, block 1 the tag. */
static void run_gcm(const record_protection *r, int seals, const uint8_t nonce[RECORD_NONCE],
	uint8_t *record, size_t len, uint8_t tag[TAG])
{
	static const uint8_t zeros[RECORD_NONCE];
	const br_aes_ct_ctr_keys *key = &r->aes;
	uint8_t hash_key[TAG] = { 0 }, hash[TAG] = { 0 }, lengths[TAG] = { 0 };
	uint8_t *data = record + RECORD_HEADER;
	wire_writer bits = { .p = lengths, .room = sizeof lengths };

	wire_put_number(&bits, 8 * RECORD_HEADER, 8);
	wire_put_number(&bits, 8 * len, 8);
	br_aes_ct_ctr_run(key, zeros, 0, hash_key, sizeof hash_key);
	if (seals) {
		br_aes_ct_ctr_run(key, nonce, 2, data, len);
	}
	br_ghash_ctmul(hash, hash_key, record, RECORD_HEADER);
	br_ghash_ctmul(hash, hash_key, data, len);
	br_ghash_ctmul(hash, hash_key, lengths, sizeof lengths);
	if (!seals) {
		br_aes_ct_ctr_run(key, nonce, 2, data, len);
	}
	memcpy(tag, hash, TAG);
	br_aes_ct_ctr_run(key, nonce, 1, tag, TAG);
	wipe(hash_key, sizeof hash_key);
}

/* Seals or opens `len` bytes behind the header, which is what is authenticated beside them (RFC 8446 5.3). */
static void run(record_protection *r, int seals, uint8_t *record, size_t len, uint8_t tag[TAG])
{
	uint8_t nonce[sizeof r->iv];

	for (size_t i = 0; i < sizeof nonce; i++) {
		size_t from_end = sizeof nonce - 1 - i;
		uint8_t part = from_end < 8 ? (uint8_t)(r->sequence >> 8 * from_end) : 0;
		nonce[i] = r->iv[i] ^ part;
	}
	r->sequence++;
	if (r->chacha20) {
		br_poly1305_ctmul_run(r->chacha20_key, nonce, record + RECORD_HEADER, len, record,
			RECORD_HEADER, tag, br_chacha20_ct_run, seals);
		return;
	}
	run_gcm(r, seals, nonce, record, len, tag);
}

size_t record_seal(record_protection *r, uint8_t type, uint8_t *record, size_t len)
{
	wire_writer header = { .p = record, .room = RECORD_HEADER };

	wire_put_number(&header, RECORD_APPLICATION_DATA, 1);
	wire_put_number(&header, TLS_1_2, 2);
	wire_put_number(&header, len + RECORD_EXPANSION, 2);
	record[RECORD_HEADER + len] = type;
	run(r, 1, record, len + 1, record + RECORD_HEADER + len + 1);
	return RECORD_HEADER + len + RECORD_EXPANSION;
}

record_opened record_open(
	record_protection *r, uint8_t *record, size_t len, uint8_t *type, size_t *content_len)
{
	uint8_t tag[TAG], differs = 0;

	if (len < RECORD_HEADER + TAG + 1) {
		return RECORD_BAD_MAC;
	}
	size_t inner = len - RECORD_HEADER - TAG;
	const uint8_t *theirs = record + len - TAG;
	run(r, 0, record, inner, tag);
	for (size_t i = 0; i < TAG; i++) {
		differs |= tag[i] ^ theirs[i];
	}
	if (differs != 0) {
		return RECORD_BAD_MAC;
	}
	if (inner > RECORD_CONTENT_MAX + 1) {
		return RECORD_TOO_LONG;
	}
	while (inner > 0 && record[RECORD_HEADER + inner - 1] == 0) {
		inner--;
	}
	if (inner == 0) {
		return RECORD_TYPELESS;
	}
	*type = record[RECORD_HEADER + inner - 1];
	*content_len = inner - 1;
	return RECORD_OPENED;
}
