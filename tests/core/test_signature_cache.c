#include "check.h"

#include "x509/path_build.h"
#include "x509/signature_cache.h"

static signature_cache cache;

static void empty(void)
{
	memset(&cache, 0, sizeof cache);
}

static signature_answer ask(const certificate *child, const certificate *issuer)
{
	return signature_cache_signed_by(&cache, child, &issuer->key, issuer->spki);
}

/* An answer that no check gives: who gets it back has not computed. */
static void mark(size_t entry)
{
	cache.entries[entry].answer = SIGNATURE_UNKNOWN;
}

static void test_remembers(void)
{
	const char *const chains[] = { "good", "bad-signature" };

	empty();
	for (size_t i = 0; i < 2; i++) {
		const chain *c = check_chain(chains[i]);
		signature_answer answer = i == 0 ? SIGNATURE_GOOD : SIGNATURE_BAD;
		CHECK(ask(&c->list[0], &c->list[1]), ==, answer);
		CHECK(cache.next, ==, i + 1);
		CHECK(ask(&c->list[0], &c->list[1]), ==, answer);
		CHECK(cache.next, ==, i + 1);
		mark(i);
		CHECK(ask(&c->list[0], &c->list[1]), ==, SIGNATURE_UNKNOWN);
	}
	/* without memory all is computed */
	const chain *c = check_chain("good");
	CHECK(signature_cache_signed_by(NULL, &c->list[0], &c->list[1].key, c->list[1].spki), ==,
		SIGNATURE_GOOD);
}

/* What nothing is computed for takes no room. */
static void test_what_is_not_computed(void)
{
	const chain *c = check_chain("ed448-issuer");

	empty();
	CHECK(ask(&c->list[0], &c->list[1]), ==, SIGNATURE_UNKNOWN);
	c = check_chain("good");
	CHECK(c->list[0].signature_algorithm->key, !=, c->list[0].key.kind);
	CHECK(ask(&c->list[0], &c->list[0]), ==, SIGNATURE_BAD);
	CHECK(cache.next, ==, 0);
}

/* One bit anywhere in the certificate or in the key: it is asked anew, and answered as ever. */
static void test_each_bit_counts(void)
{
	const chain *c = check_chain("good");
	static uint8_t changed[4096];
	certificate one;
	public_key key;

	empty();
	CHECK(ask(&c->list[0], &c->list[1]), ==, SIGNATURE_GOOD);
	for (size_t at = 0; at < c->list[0].der.len; at++) {
		memcpy(changed, c->list[0].der.p, c->list[0].der.len);
		changed[at] ^= (uint8_t)(1 << at % 8);
		mark(0);
		if (certificate_read(&one, changed, c->list[0].der.len) == 0) {
			signature_answer answer = certificate_signed_by(&one, &c->list[1].key);
			cache.next = 1;
			if (!CHECK(ask(&one, &c->list[1]), ==, answer)) {
				break;
			}
		}
	}
	bytes spki = c->list[1].spki;
	CHECK(spki.len, <, sizeof changed);
	for (size_t at = 0; at < spki.len; at++) {
		memcpy(changed, spki.p, spki.len);
		changed[at] ^= (uint8_t)(1 << at % 8);
		mark(0);
		if (public_key_read(&key, (bytes){ changed, spki.len }) == 0) {
			signature_answer answer = certificate_signed_by(&c->list[0], &key);
			cache.next = 1;
			if (!CHECK(signature_cache_signed_by(
						   &cache, &c->list[0], &key, (bytes){ changed, spki.len }),
					==, answer)) {
				break;
			}
		}
	}
}

/* Parameters stand in the certificate: the same bytes with another salt, or under a key that allows less. */
static void test_parameters_count(void)
{
	const char *const chains[] = { "rsa-pss", "rsa-pss-salt-differs", "issuer-of-pss",
		"issuer-of-pss-signs-otherwise" };

	empty();
	for (size_t i = 0; i < 2 * sizeof chains / sizeof chains[0]; i++) {
		const chain *c = check_chain(chains[i / 2]);
		CHECK(
			ask(&c->list[0], &c->list[1]), ==, certificate_signed_by(&c->list[0], &c->list[1].key));
	}
}

/* The oldest goes first, and what has gone is computed again. */
static void test_bound(void)
{
	const chain *c = check_chain("good");
	certificate child = c->list[0], issuer = c->list[1];

	empty();
	for (int i = 0; i <= LIMIT_SIGNATURE_CACHE; i++) {
		child.sha256[0] = (uint8_t)i;
		CHECK(ask(&child, &issuer), ==, SIGNATURE_GOOD);
	}
	CHECK(cache.next, ==, 1);
	child.sha256[0] = 1;
	CHECK(ask(&child, &issuer), ==, SIGNATURE_GOOD);
	CHECK(cache.next, ==, 1); /* still there */
	child.sha256[0] = 0;
	mark(1);
	CHECK(ask(&child, &issuer), ==, SIGNATURE_GOOD);
	CHECK(cache.next, ==, 2);
	CHECK(cache.entries[1].answer, ==, SIGNATURE_GOOD);
	/* all that one judgement can ask stays, beside something else */
	CHECK(LIMIT_SIGNATURE_CACHE, >, LIMIT_VERIFICATIONS);
}

/* A judgement pays for what is remembered, and comes just as far. */
static void test_price(void)
{
	static path_builder computed, remembered;
	const char *const chains[] = { "good", "with-duplicates", "renewed-intermediate",
		"bad-signature", "rsa-issuer" };

	empty();
	for (size_t i = 0; i < 3 * sizeof chains / sizeof chains[0]; i++) {
		const chain *c = check_chain(chains[i / 3]);
		path_build_init(&computed, c, 1780272000, check_roots());
		path_build_run(&computed);
		path_build_init(&remembered, c, 1780272000, check_roots());
		remembered.signatures = &cache;
		size_t before = cache.next;
		path_build_run(&remembered);
		CHECK(remembered.validation.work, ==, computed.validation.work);
		CHECK(remembered.verifications, ==, computed.verifications);
		CHECK(remembered.found, ==, computed.found);
		CHECK(remembered.weight, ==, computed.weight);
		CHECK(memcmp(remembered.signed_by, computed.signed_by, sizeof computed.signed_by), ==, 0);
		CHECK(i % 3 == 0 || cache.next == before, ==, 1);
	}
}

/* A certificate that was sent twice is asked about twice, and computed once. */
static void test_once_in_a_judgement(void)
{
	static path_builder b;
	chain c = *check_chain("bad-signature");

	c.list[c.count] = c.list[1];
	c.readable[c.count++] = 1;
	empty();
	path_build_init(&b, &c, 1780272000, check_roots());
	b.signatures = &cache;
	path_build_run(&b);
	CHECK(b.signed_by[0][1], ==, SIGNATURE_BAD);
	CHECK(b.signed_by[0][c.count - 1], ==, SIGNATURE_BAD);
	CHECK(b.verifications, ==, LIMIT_VERIFICATIONS - 2);
	CHECK(cache.next, ==, 1);
}

void test_signature_cache(void)
{
	test_remembers();
	test_what_is_not_computed();
	test_each_bit_counts();
	test_parameters_count();
	test_bound();
	test_price();
	test_once_in_a_judgement();
}
