#include "check.h"

#include "x509/anchor_names.h"

#include <bearssl.h>

static void hash(bytes name, uint8_t out[br_sha256_SIZE])
{
	br_sha256_context h;

	br_sha256_init(&h);
	br_sha256_update(&h, name.p, name.len);
	br_sha256_out(&h, out);
}

static void test_each_once(void)
{
	const chain *c = check_chain("good");
	uint8_t names[ANCHOR_NAMES_MAX][ANCHOR_NAME], expected[br_sha256_SIZE];

	/* The issuer of the first is the subject of the second. */
	CHECK(c->count, ==, 2);
	CHECK(anchor_names(c, names), ==, 3);
	const bytes order[] = { c->list[0].subject, c->list[0].issuer, c->list[1].issuer };
	for (size_t i = 0; i < 3; i++) {
		hash(order[i], expected);
		CHECK(memcmp(names[i], expected, ANCHOR_NAME), ==, 0);
	}
}

static void test_as_many_as_a_chain_has(void)
{
	static chain long_one;
	static uint8_t texts[ANCHOR_NAMES_MAX];
	uint8_t names[ANCHOR_NAMES_MAX][ANCHOR_NAME];

	memset(&long_one, 0, sizeof long_one);
	CHECK(anchor_names(&long_one, names), ==, 0);
	long_one.count = LIMIT_CERTIFICATES;
	for (size_t i = 0; i < ANCHOR_NAMES_MAX; i++) {
		texts[i] = (uint8_t)i;
		certificate *one = &long_one.list[i / 2];
		*(i % 2 == 0 ? &one->subject : &one->issuer) = (bytes){ &texts[i], 1 };
		long_one.readable[i / 2] = i / 2 != 7; /* of that one nothing is known */
	}
	CHECK(anchor_names(&long_one, names), ==, ANCHOR_NAMES_MAX - 2);
}

void test_anchor_names(void)
{
	test_each_once();
	test_as_many_as_a_chain_has();
}
