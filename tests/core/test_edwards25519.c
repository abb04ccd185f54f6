#include "check.h"

#include "hex.h"
#include "crypto/edwards25519.h"

#define BASE "5866666666666666666666666666666666666666666666666666666666666666"
#define ORDER "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"

static int decode(edwards25519 *p, const char *hex)
{
	uint8_t encoded[64];

	unhex(hex, encoded);
	return edwards25519_decode(p, encoded);
}

static int encodes(const edwards25519 *p, const char *hex)
{
	uint8_t expected[64], encoded[32];

	unhex(hex, expected);
	edwards25519_encode(encoded, p);
	return memcmp(encoded, expected, sizeof encoded) == 0;
}

static void multiply(edwards25519 *out, const char *s, const edwards25519 *p, const char *k)
{
	uint8_t first[64], second[64];

	unhex(s, first);
	unhex(k, second);
	edwards25519_multiply(out, first, p, second);
}

static void test_points(void)
{
	static const char *const small[] = {
		"0100000000000000000000000000000000000000000000000000000000000000",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
		"0000000000000000000000000000000000000000000000000000000000000080",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
		"0000000000000000000000000000000000000000000000000000000000000000",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
	};
	/* not on the curve; above 2^255 - 19; zero with a sign */
	static const char *const none[] = {
		"0200000000000000000000000000000000000000000000000000000000000000",
		"0700000000000000000000000000000000000000000000000000000000000000",
		"0800000000000000000000000000000000000000000000000000000000000080",
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
		"0100000000000000000000000000000000000000000000000000000000000080",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	};
	edwards25519 p, q;

	for (size_t i = 0; i < sizeof small / sizeof small[0]; i++) {
		CHECK(decode(&p, small[i]), ==, 0);
		CHECK(edwards25519_small_order(&p), ==, 1);
		CHECK(encodes(&p, small[i]), ==, 1);
	}
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
		CHECK(decode(&p, none[i]), ==, -1);
	}
	CHECK(decode(&p, BASE), ==, 0);
	CHECK(edwards25519_small_order(&p), ==, 0);
	q = p;
	edwards25519_negate(&q);
	CHECK(encodes(&q, BASE), ==, 0);
	edwards25519_negate(&q);
	CHECK(encodes(&q, BASE), ==, 1);
}

/* Against numbers of Python's. */
static void test_products(void)
{
	static const char point[] = "e8d73fab1041dcf576f19c81a0a9d9344339963675208858485469cc4db2cd84";
	static const char one[] = "0100000000000000000000000000000000000000000000000000000000000000";
	static const char zero[] = "0000000000000000000000000000000000000000000000000000000000000000";
	edwards25519 p, out;

	CHECK(decode(&p, point), ==, 0);
	multiply(&out, "f5b165224a58b791df6af1d8303e61cdc4bb86c3d1c427103c344c41b8fee201", &p,
		"7bd5d47e446fcec2a3d811736110e5781bcccea696762e6116c6e9c992f95b03");
	CHECK(encodes(&out, "bf0e27bef2b145f48dfd818dc4579e342f15b3a1daf4d86c4e8bd904b2996e28"), ==, 1);
	/* once, never, and as often as brings it back to the neutral element, y = 1 */
	multiply(&out, zero, &p, one);
	CHECK(encodes(&out, point), ==, 1);
	multiply(&out, one, &p, zero);
	CHECK(encodes(&out, BASE), ==, 1);
	multiply(&out, ORDER, &p, zero);
	CHECK(encodes(&out, one), ==, 1);
	multiply(&out, zero, &p, ORDER);
	CHECK(encodes(&out, one), ==, 1);
}

static void test_numbers(void)
{
	static const struct {
		const char *wide;
		const char *reduced;
	} cases[] = {
		{ "", "" },
		{ "ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010",
			"ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010" },
		{ ORDER, "" },
		{ "eed3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010", "01" },
		{ "7bcbb88ab8b58068dc49c57416d5189200000000000000000000000000000070", "" },
		{ "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		  "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
			"000f9c44e31106a447938568a71b0ed065bef517d273ecce3d9a307c1b419903" },
		{ "85c924c3597164c4a6058a00581a22b22de50472433d2e44fed8b6b8357e44cd"
		  "3129903ac1d45597a242fdf11f8f2b1a39f3c3e693114351dcbed407e3e6b605",
			"b3640a11375ea7bbf76c2e4d852adae6b29b8a0147045ee8780fad9b755bea04" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		uint8_t wide[64] = { 0 }, expected[32] = { 0 }, out[32];
		size_t len = unhex(cases[i].wide, wide);
		unhex(cases[i].reduced, expected);
		edwards25519_reduce(out, wide);
		CHECK(memcmp(out, expected, 32), ==, 0);
		CHECK(edwards25519_reduced(out), ==, 1);
		if (len == 32) {
			CHECK(edwards25519_reduced(wide), ==, memcmp(wide, expected, 32) == 0);
		}
	}
}

void test_edwards25519(void)
{
	test_points();
	test_products();
	test_numbers();
}
