#include "x509/rsa_pss.h"

#include "base/limits.h"
#include "crypto/rsa_public.h"

#include <string.h>

enum { TRAILER = 0xbc, HASH_MAX = 64 };

/* MGF1 (RFC 8017 B.2.1), added to what is there. */
static void unmask(
	const br_hash_class *hash, const uint8_t *seed, size_t hash_len, uint8_t *data, size_t len)
{
	br_hash_compat_context context;
	uint8_t mask[HASH_MAX], counter[4] = { 0 };

	for (size_t at = 0; at < len; at += hash_len) {
		counter[2] = (uint8_t)(at / hash_len >> 8);
		counter[3] = (uint8_t)(at / hash_len);
		hash->init(&context.vtable);
		hash->update(&context.vtable, seed, hash_len);
		hash->update(&context.vtable, counter, sizeof counter);
		hash->out(&context.vtable, mask);
		for (size_t i = 0; i < hash_len && at + i < len; i++) {
			data[at + i] ^= mask[i];
		}
	}
}

/* The padding is zeros, a one, then the salt. */
static int padded(const uint8_t *db, size_t len, size_t salt_len)
{
	size_t zeros = len - salt_len - 1;

	for (size_t i = 0; i < zeros; i++) {
		if (db[i] != 0) {
			return 0;
		}
	}
	return db[zeros] == 1;
}

/* EMSA-PSS-VERIFY (RFC 8017 9.1.2) of a message that was made for so many bits. */
static int encoded(
	const br_hash_class *hash, const uint8_t *digest, size_t salt_len, uint8_t *em, unsigned bits)
{
	static const uint8_t zeros[8];
	size_t len = (bits + 7) / 8;
	size_t hash_len = hash->desc >> BR_HASHDESC_OUT_OFF & BR_HASHDESC_OUT_MASK;
	br_hash_compat_context context;
	uint8_t again[HASH_MAX];

	if (len < hash_len + salt_len + 2 || em[len - 1] != TRAILER) {
		return 0;
	}
	size_t db_len = len - hash_len - 1;
	const uint8_t *h = em + db_len;
	unsigned unused = (unsigned)(len * 8 - bits);
	uint8_t top = (uint8_t)(0xff >> unused);
	if ((em[0] & ~top) != 0) {
		return 0;
	}
	unmask(hash, h, hash_len, em, db_len);
	em[0] &= top;
	if (!padded(em, db_len, salt_len)) {
		return 0;
	}
	hash->init(&context.vtable);
	hash->update(&context.vtable, zeros, sizeof zeros);
	hash->update(&context.vtable, digest, hash_len);
	hash->update(&context.vtable, em + db_len - salt_len, salt_len);
	hash->out(&context.vtable, again);
	return memcmp(again, h, hash_len) == 0;
}

/* What the key may sign with (RFC 4055 3.3). */
static int allowed(const public_key *key, const br_hash_class *hash, size_t salt_len)
{
	return !key->pss_only
		|| ((hash->desc >> BR_HASHDESC_ID_OFF & BR_HASHDESC_ID_MASK) == key->pss.hash
			&& salt_len >= key->pss.salt_len);
}

int rsa_pss_verify(const br_hash_class *hash, const uint8_t *digest, size_t salt_len,
	bytes signature, const public_key *key)
{
	uint8_t em[LIMIT_RSA_BITS_MAX / 8];

	if (signature.len != key->rsa.modulus.len || signature.len > sizeof em || key->bits < 2
		|| !allowed(key, hash, salt_len)) {
		return 0;
	}
	memcpy(em, signature.p, signature.len);
	if (rsa_public(em, signature.len, &key->rsa) != 0) {
		return 0;
	}
	/* A modulus of 8n + 1 bits leaves its first byte out. */
	size_t outside = signature.len - (key->bits - 1 + 7) / 8;
	if (outside != 0 && em[0] != 0) {
		return 0;
	}
	return encoded(hash, digest, salt_len, em + outside, key->bits - 1);
}
