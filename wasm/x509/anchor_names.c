#include "x509/anchor_names.h"

#include <bearssl.h>
#include <string.h>

static size_t add(bytes name, uint8_t out[][ANCHOR_NAME], size_t count)
{
	uint8_t whole[br_sha256_SIZE];
	br_sha256_context hash;

	br_sha256_init(&hash);
	br_sha256_update(&hash, name.p, name.len);
	br_sha256_out(&hash, whole);
	for (size_t i = 0; i < count; i++) {
		if (memcmp(out[i], whole, ANCHOR_NAME) == 0) {
			return count;
		}
	}
	memcpy(out[count], whole, ANCHOR_NAME);
	return count + 1;
}

size_t anchor_names(const chain *c, uint8_t out[][ANCHOR_NAME])
{
	size_t count = 0;

	for (size_t i = 0; i < c->count; i++) {
		if (c->readable[i]) {
			count = add(c->list[i].subject, out, count);
			count = add(c->list[i].issuer, out, count);
		}
	}
	return count;
}
