/*
 * libFuzzer: a chain of certificates against one anchor. Byte 0 says which certificate is the anchor's,
 * then each comes with its length before it (two bytes, big-endian); what is cut off is taken as it is.
 * Whatever the names and signatures, the judgement keeps LIMIT_VERIFICATIONS and LIMIT_JUDGEMENT_NS, says
 * something whenever it does not trust, and trusts nothing without an anchor.
 */
#include "x509/judge.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Links with -Wl,--wrap=certificate_signed_by: every check of the judgement passes here. */
signature_answer __real_certificate_signed_by(const certificate *child, const public_key *key);
signature_answer __wrap_certificate_signed_by(const certificate *child, const public_key *key);

static int verifications;
static int64_t cost;

signature_answer __wrap_certificate_signed_by(const certificate *child, const public_key *key)
{
	verifications++;
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

static int judge(const chain *c, const char *host, const anchors *roots, findings *found)
{
	verifications = 0;
	cost = 0;
	findings_init(found);
	int trusted = judge_chain(c, host, 1780272000, KEY_USE_ANY, roots, found);
	if (verifications > LIMIT_VERIFICATIONS || cost > LIMIT_JUDGEMENT_NS
		|| (!trusted && found->count == 0)) {
		abort();
	}
	return trusted;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t packed[ANCHORS_HEADER + ANCHOR_MAX + 2];
	static chain c;
	static findings found, again;
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
	int trusted = judge(&c, "mail.example.test", &roots, &found);
	if (judge(&c, "mail.example.test", &roots, &again) != trusted || again.count != found.count) {
		abort();
	}
	if (judge(&c, "192.0.2.1", &none, &again)) {
		abort();
	}
	while (c.count > 0) {
		free(copies[--c.count]);
	}
	return 0;
}
