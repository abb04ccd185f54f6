#include "x509/signature_cache.h"

#include <bearssl.h>
#include <string.h>

/* The first part has one length, so no two pairs are the same bytes. */
static void identify(const certificate *child, bytes spki, uint8_t id[br_sha256_SIZE])
{
	br_sha256_context hash;

	br_sha256_init(&hash);
	br_sha256_update(&hash, child->sha256, sizeof child->sha256);
	br_sha256_update(&hash, spki.p, spki.len);
	br_sha256_out(&hash, id);
}

/* BAD is kept as well: a chain that wants many checks which fail costs them once, not for each port. */
signature_answer signature_cache_signed_by(
	signature_cache *cache, const certificate *child, const public_key *key, bytes spki)
{
	uint8_t id[br_sha256_SIZE];

	if (cache == NULL || certificate_signature_cost(child, key) == 0) {
		return certificate_signed_by(child, key); /* nothing is computed */
	}
	identify(child, spki, id);
	for (size_t i = 0; i < LIMIT_SIGNATURE_CACHE; i++) {
		if (cache->entries[i].answer != SIGNATURE_UNASKED
			&& memcmp(cache->entries[i].id, id, sizeof id) == 0) {
			return (signature_answer)cache->entries[i].answer;
		}
	}
	signature_answer answer = certificate_signed_by(child, key);
	memcpy(cache->entries[cache->next].id, id, sizeof id);
	cache->entries[cache->next].answer = (uint8_t)answer;
	cache->next = (cache->next + 1) % LIMIT_SIGNATURE_CACHE;
	return answer;
}
