#include "ed25519_sign.h"

#include "crypto/edwards25519.h"

#include <bearssl.h>
#include <string.h>

static void hash_into(uint8_t out[64], bytes first, bytes second, bytes third)
{
	br_sha512_context h;

	br_sha512_init(&h);
	br_sha512_update(&h, first.p, first.len);
	br_sha512_update(&h, second.p, second.len);
	br_sha512_update(&h, third.p, third.len);
	br_sha512_out(&h, out);
}

static void multiply_base(uint8_t out[32], const uint8_t number[32])
{
	static const uint8_t zero[32], neutral[32] = { 1 };
	edwards25519 p;

	edwards25519_decode(&p, neutral);
	edwards25519_multiply(&p, number, &p, zero);
	edwards25519_encode(out, &p);
}

/* a b + c modulo L */
static void multiply_add(
	uint8_t out[32], const uint8_t a[32], const uint8_t b[32], const uint8_t c[32])
{
	uint8_t wide[64] = { 0 };
	uint32_t over = 0;

	for (int at = 0; at < 64; at++) {
		uint32_t sum = over + (at < 32 ? c[at] : 0);
		for (int i = at < 32 ? 0 : at - 31; i < 32 && i <= at; i++) {
			sum += (uint32_t)a[i] * b[at - i];
		}
		wide[at] = (uint8_t)sum;
		over = sum >> 8;
	}
	edwards25519_reduce(out, wide);
}

void ed25519_sign(const uint8_t *secret, bytes text, uint8_t signature[64])
{
	const bytes none = { secret, 0 };
	uint8_t both[64], wide[64], key[32], r[32], k[32];

	hash_into(both, (bytes){ secret, 32 }, none, none);
	both[0] &= 248;
	both[31] = (uint8_t)((both[31] & 63) | 64);
	multiply_base(key, both);
	hash_into(wide, (bytes){ both + 32, 32 }, text, none);
	edwards25519_reduce(r, wide);
	multiply_base(signature, r);
	hash_into(wide, (bytes){ signature, 32 }, (bytes){ key, 32 }, text);
	edwards25519_reduce(k, wide);
	multiply_add(signature + 32, k, both, r);
}

const uint8_t *ed25519_secret(bytes der)
{
	static const uint8_t before[] = { 0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22,
		4, 0x20 };

	return der.len == sizeof before + 32 && memcmp(der.p, before, sizeof before) == 0
		? der.p + sizeof before
		: NULL;
}
