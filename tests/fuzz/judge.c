/*
 * libFuzzer: a chain of certificates against one anchor. Byte 0 says which certificate is the anchor's,
 * then each comes with its length before it (two bytes, big-endian); what is cut off is taken as it is.
 * Whatever the names and signatures, the judgement keeps LIMIT_VERIFICATIONS and LIMIT_JUDGEMENT_NS, says
 * something whenever it does not trust, and trusts nothing without an anchor. Judged with a cache of signatures it says
 * the same and computes none twice; nor does the cache let anything pass when the chain is judged again with one bit
 * turned around.
 */
#include "x509/judge.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Links with -Wl,--wrap=certificate_signed_by: every check of the judgement passes here. */
signature_answer __real_certificate_signed_by(const certificate *child, const public_key *key);
signature_answer __wrap_certificate_signed_by(const certificate *child, const public_key *key);

static int verifications, unanswerable; /* of these, nothing was computed */
static int64_t cost;

signature_answer __wrap_certificate_signed_by(const certificate *child, const public_key *key)
{
	verifications++;
	unanswerable += certificate_signature_cost(child, key) == 0;
	cost += certificate_signature_cost(child, key);
	return __real_certificate_signed_by(child, key);
}

/* The next certificate, in a block of exactly its size: a read past its end is found. */
static size_t take(const uint8_t *data, size_t size, uint8_t **copy, size_t *len)
{
	*len = size < 2 ? 0 : (size_t)data[0] << 8 | data[1];
	size_t at = size < 2 ? size : 2;

	if (*len > size - at) {
		*len = size - at;
	}
	*copy = malloc(*len + (*len == 0));
	if (*copy == NULL) {
		abort();
	}
	memcpy(*copy, data + at, *len);
	return at + *len;
}

static int judge(
	const chain *c, const char *host, const anchors *roots, signature_cache *cache, findings *found)
{
	verifications = unanswerable = 0;
	cost = 0;
	findings_init(found);
	int trusted = judge_chain(c, host, 1780272000, KEY_USE_ANY, roots, cache, found);
	if (verifications > LIMIT_VERIFICATIONS || cost > LIMIT_JUDGEMENT_NS
		|| (!trusted && found->count == 0)) {
		abort();
	}
	return trusted;
}

static size_t write(const findings *f, char *text, size_t room)
{
	json out;

	json_init(&out, text, room);
	findings_write(f, &out, NULL);
	return out.len;
}

/* Without the cache, with it, and when it knows all: the same is said. */
static void judge_in_all_ways(const chain *c, const anchors *roots, signature_cache *cache)
{
	static findings found;
	static char computed[1 << 17], remembered[1 << 17];

	int trusted = judge(c, "mail.example.test", roots, NULL, &found);
	size_t len = write(&found, computed, sizeof computed);
	for (int again = 0; again < 2; again++) {
		if (judge(c, "mail.example.test", roots, cache, &found) != trusted
			|| write(&found, remembered, sizeof remembered) != len
			|| memcmp(remembered, computed, len) != 0) {
			abort();
		}
	}
	if (verifications != unanswerable) {
		abort();
	}
}

/* In the certificate and at the place that the end of the input says. */
static void turn_a_bit(chain *c, const uint8_t *data, size_t size, uint8_t *const *copies)
{
	size_t which = data[size - 1] % c->count, len = c->list[which].der.len;

	if (len > 0) {
		size_t bit = ((size_t)data[size / 2] << 8 | data[size - 1]) % (8 * len);
		copies[which][bit / 8] ^= (uint8_t)(1 << bit % 8);
		c->readable[which] = certificate_read(&c->list[which], copies[which], len) == 0;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t packed[ANCHORS_HEADER + ANCHOR_MAX + 2];
	static chain c;
	static findings found;
	static signature_cache cache;
	uint8_t *copies[LIMIT_CERTIFICATES];

	if (size == 0) {
		return 0;
	}
	memset(&c, 0, sizeof c);
	for (size_t at = 1; at < size && c.count < LIMIT_CERTIFICATES; c.count++) {
		size_t len;
		at += take(data + at, size - at, &copies[c.count], &len);
		c.readable[c.count] = certificate_read(&c.list[c.count], copies[c.count], len) == 0;
	}
	size_t packed_len = anchors_write_header(packed, sizeof packed);
	if (c.count > 0) {
		bytes root = c.list[data[0] % c.count].der;
		packed_len +=
			anchors_pack(root.p, root.len, packed + packed_len, sizeof packed - packed_len);
	}
	anchors roots = { packed, packed_len }, none = { NULL, 0 };
	if (anchors_count(&roots) < 0) {
		abort();
	}
	memset(&cache, 0, sizeof cache);
	judge_in_all_ways(&c, &roots, &cache);
	if (judge(&c, "192.0.2.1", &none, &cache, &found)) {
		abort();
	}
	if (c.count > 0) {
		turn_a_bit(&c, data, size, copies);
		judge_in_all_ways(&c, &roots, &cache);
	}
	while (c.count > 0) {
		free(copies[--c.count]);
	}
	return 0;
}
