#include "check.h"

#include "crypto/ecdhe.h"

#include <string.h>

enum { POINT = 200 };

/* BearSSL's own, of the same kind: bit for bit the same. */
static const br_ec_impl *reference(int curve)
{
	return curve == BR_EC_curve25519 ? &br_ec_c25519_i31 : &br_ec_prime_i31;
}

static void compare(
	int curve, const uint8_t *base, size_t len, const uint8_t *factor, size_t factor_len)
{
	uint8_t ours[POINT], theirs[POINT];

	memcpy(ours, base, len);
	memcpy(theirs, base, len);
	CHECK(ecdhe_curves.mul(ours, len, factor, factor_len, curve), ==, 1);
	CHECK(reference(curve)->mul(theirs, len, factor, factor_len, curve), ==, 1);
	CHECK(memcmp(ours, theirs, len), ==, 0);
	CHECK(ecdhe_curves.mulgen(ours, factor, factor_len, curve), ==, len);
	CHECK(reference(curve)->mulgen(theirs, factor, factor_len, curve), ==, len);
	CHECK(memcmp(ours, theirs, len), ==, 0);
}

static void test_curve(int curve, int rounds)
{
	size_t len, order_len;
	const uint8_t *g = ecdhe_curves.generator(curve, &len);
	const uint8_t *order = ecdhe_curves.order(curve, &order_len);
	uint8_t base[POINT], factor[80] = { 0 };
	br_hmac_drbg_context rng;

	br_hmac_drbg_init(&rng, &br_sha256_vtable, &curve, sizeof curve);
	memcpy(base, g, len);
	for (int i = 0; i < rounds; i++) {
		br_hmac_drbg_generate(&rng, factor, order_len);
		factor[0] = 0; /* below the order */
		compare(curve, base, len, factor, order_len);
		reference(curve)->mulgen(base, factor, order_len, curve);
	}
	/* Sums of a point with itself, with its opposite, and with nothing, on the way. */
	for (uint8_t small = 1; small < 36; small++) {
		memset(factor, 0, sizeof factor);
		factor[order_len - 1] = small;
		compare(curve, base, len, factor, order_len);
		compare(curve, base, len, factor + order_len - 1, 1);
		memcpy(factor, order, order_len);
		for (size_t at = order_len, less = small; less > 0; less = factor[at] > order[at]) {
			at--;
			factor[at] = (uint8_t)(order[at] - less);
		}
		compare(curve, base, len, factor, order_len);
	}
	memset(factor, 0, sizeof factor);
	factor[1] = 0x10;
	compare(curve, base, len, factor, order_len);
}

static void test_refused(int curve)
{
	size_t len;
	const uint8_t *g = ecdhe_curves.generator(curve, &len);
	uint8_t point[POINT];
	const uint8_t factor[] = { 7 };

	for (size_t i = 0; i < len; i++) {
		memcpy(point, g, len);
		point[i] ^= 1;
		CHECK(ecdhe_curves.mul(point, len, factor, sizeof factor, curve), ==, 0);
	}
	memcpy(point, g, len);
	CHECK(ecdhe_curves.mul(point, len - 1, factor, sizeof factor, curve), ==, 0);
	memset(point, 0, sizeof point);
	CHECK(ecdhe_curves.mul(point, len, factor, sizeof factor, curve), ==, 0);
	CHECK(ecdhe_curves.mul(point, 1, factor, sizeof factor, curve), ==, 0);
}

void test_ecdhe(void)
{
	size_t len;

	test_curve(BR_EC_secp256r1, 60);
	test_curve(BR_EC_secp384r1, 30);
	test_refused(BR_EC_secp256r1);
	test_refused(BR_EC_secp384r1);
	test_curve(BR_EC_secp521r1, 10);
	test_refused(BR_EC_secp521r1);
	CHECK(ecdhe_curves.xoff(BR_EC_secp256r1, &len), ==, 1);
	CHECK(len, ==, 32);
	CHECK(ecdhe_curves.xoff(BR_EC_secp521r1, &len), ==, 1);
	CHECK(len, ==, 66);
	CHECK(ecdhe_curves.xoff(BR_EC_curve25519, &len), ==, 0);
	CHECK(ecdhe_curves.supported_curves, ==, br_ec_all_m31.supported_curves);
}
