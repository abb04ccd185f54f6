#include "check.h"

#include "x509/signature.h"

#include <bearssl.h>

static void test_signatures(void)
{
	const chain *c = check_chain("good");
	CHECK(certificate_signed_by(&c->list[0], &c->list[1].key), ==, SIGNATURE_GOOD);
	CHECK(certificate_signed_by(&c->list[1], &c->list[1].key), ==, SIGNATURE_BAD);
	CHECK(certificate_signed_by(&c->list[0], &c->list[0].key), ==, SIGNATURE_BAD);
	c = check_chain("bad-signature");
	CHECK(certificate_signed_by(&c->list[0], &c->list[1].key), ==, SIGNATURE_BAD);
	c = check_chain("self-signed"); /* RSA */
	CHECK(certificate_signed_by(&c->list[0], &c->list[0].key), ==, SIGNATURE_GOOD);
	c = check_chain("signature-weak");
	CHECK(certificate_signed_by(&c->list[0], &c->list[1].key), ==, SIGNATURE_GOOD);
	c = check_chain("ed25519-issuer");
	CHECK(certificate_signed_by(&c->list[0], &c->list[1].key), ==, SIGNATURE_GOOD);
	c = check_chain("ed25519-issuer-bad-signature");
	CHECK(certificate_signed_by(&c->list[0], &c->list[1].key), ==, SIGNATURE_BAD);
	c = check_chain("ed448-issuer");
	CHECK(certificate_signed_by(&c->list[0], &c->list[1].key), ==, SIGNATURE_UNKNOWN);
	c = check_chain("rsa-pss");
	CHECK(certificate_signed_by(&c->list[0], &c->list[1].key), ==, SIGNATURE_GOOD);
	c = check_chain("rsa-pss-salt-differs");
	CHECK(certificate_signed_by(&c->list[0], &c->list[1].key), ==, SIGNATURE_BAD);
	c = check_chain("issuer-of-pss");
	CHECK(certificate_signed_by(&c->list[0], &c->list[1].key), ==, SIGNATURE_GOOD);
	c = check_chain("issuer-of-pss-signs-otherwise");
	CHECK(certificate_signed_by(&c->list[0], &c->list[1].key), ==, SIGNATURE_BAD);
}

/* What BearSSL cannot check is neither good nor bad. */
static void test_beyond_reach(void)
{
	certificate child = check_chain("good")->list[0];
	public_key key = check_chain("good")->list[1].key;

	child = check_chain("good")->list[0];
	key.curve = 0;
	CHECK(certificate_signed_by(&child, &key), ==, SIGNATURE_UNKNOWN);
	key.kind = KEY_UNKNOWN;
	CHECK(certificate_signed_by(&child, &key), ==, SIGNATURE_UNKNOWN);
	child.signature_algorithm = NULL;
	CHECK(certificate_signed_by(&child, &check_chain("good")->list[1].key), ==, SIGNATURE_UNKNOWN);
	certificate own = check_chain("self-signed")->list[0]; /* RSA */
	key = own.key;
	CHECK(certificate_signed_by(&own, &key), ==, SIGNATURE_GOOD);
	key.bits = LIMIT_RSA_BITS_MAX + 1;
	CHECK(certificate_signed_by(&own, &key), ==, SIGNATURE_UNKNOWN);
	/* a signature of another text, and one that is too short to be of this key */
	key = own.key;
	own.tbs.len--;
	CHECK(certificate_signed_by(&own, &key), ==, SIGNATURE_BAD);
	own.tbs.len++;
	own.signature.len--;
	CHECK(certificate_signed_by(&own, &key), ==, SIGNATURE_BAD);
}

/* The kinds of keys, by what they cost. */
static void test_prices(void)
{
	certificate child = check_chain("rsa-issuer")->list[0];
	public_key key = check_chain("rsa-issuer")->list[1].key;
	int64_t hash = (int64_t)child.tbs.len * 7;
	int64_t usual = certificate_signature_cost(&child, &key);

	CHECK(usual, >, hash);
	key.rsa.exponent.len = LIMIT_RSA_EXPONENT;
	CHECK(certificate_signature_cost(&child, &key), >, 2 * usual);
	key.rsa.exponent.len = LIMIT_RSA_EXPONENT + 1;
	CHECK(certificate_signature_cost(&child, &key), ==, 0);
	CHECK(certificate_signed_by(&child, &key), ==, SIGNATURE_UNKNOWN);
	key.kind = KEY_EC;
	CHECK(certificate_signature_cost(&child, &key), ==, 0); /* another kind than the signature's */
	child = check_chain("good")->list[0];
	const unsigned bits[] = { 256, 384, 521 };
	int64_t last = 0;
	key.curve = 23; /* any that can be used */
	for (size_t i = 0; i < 3; i++) {
		key.bits = bits[i];
		int64_t price = certificate_signature_cost(&child, &key);
		CHECK(price, >, last);
		/* None is so dear that an honest chain of such keys could not be checked to its end. */
		CHECK(price, <, LIMIT_JUDGEMENT_NS / 2 / LIMIT_PATH);
		last = price;
	}
	key.curve = 0;
	CHECK(certificate_signature_cost(&child, &key), ==, 0);
	/* The mask of RSASSA-PSS is hashed, too; Ed25519 is about as P-256. */
	child = check_chain("rsa-pss")->list[0];
	key = check_chain("rsa-pss")->list[1].key;
	int64_t pss = certificate_signature_cost(&child, &key) - (int64_t)child.tbs.len * 7;
	CHECK(pss, >, usual - hash);
	CHECK(pss, <, usual - hash + usual / 10);
	key.kind = KEY_RSA_PSS;
	CHECK(certificate_signature_cost(&child, &key), >, 0);
	child = check_chain("ed25519-issuer")->list[0];
	CHECK(certificate_signature_cost(&child, &key), ==, 0);
	key = check_chain("ed25519-issuer")->list[1].key;
	CHECK(certificate_signature_cost(&child, &key), >, 1000000);
}

static void test_algorithms(void)
{
	static const struct {
		const char *oid;
		const char *name;
		int weak;
	} cases[] = { { "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x04", "md5WithRSAEncryption", 1 },
		{ "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05", "sha1WithRSAEncryption", 1 },
		{ "\x2a\x86\x48\xce\x3d\x04\x01", "ecdsa-with-SHA1", 1 },
		{ "\x2a\x86\x48\xce\x3d\x04\x03\x03", "ecdsa-with-SHA384", 0 },
		{ "\x2b\x65\x71", "Ed448", 0 } };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const bytes oid = { (const uint8_t *)cases[i].oid, strlen(cases[i].oid) };
		const signature_algorithm *a = signature_algorithm_by_oid(oid, NULL);
		CHECK_TEXT(a->name, cases[i].name);
		CHECK(a->weak, ==, cases[i].weak);
		CHECK(signature_algorithm_by_oid((bytes){ oid.p, oid.len - 1 }, NULL) == NULL, ==, 1);
	}
}

/* By the hash of its parameters. */
static void test_pss_algorithms(void)
{
	static const bytes oid = { (const uint8_t *)"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a", 9 };
	static const struct {
		rsa_pss_parameters parameters;
		const char *name;
		int weak;
	} cases[] = { { { .hash = br_sha1_ID }, "rsassaPss (SHA-1)", 1 },
		{ { .hash = br_sha224_ID }, "rsassaPss (SHA-224)", 0 },
		{ { .hash = br_sha512_ID }, "rsassaPss (SHA-512)", 0 },
		{ { .hash = 0 }, "rsassaPss (unknown hash)", 0 },
		{ { .hash = 0, .two = 1 }, "rsassaPss (MGF1 with another hash)", 0 } };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const signature_algorithm *a = signature_algorithm_by_oid(oid, &cases[i].parameters);
		CHECK_TEXT(a->name, cases[i].name);
		CHECK(a->weak, ==, cases[i].weak);
		CHECK(a->hash, ==, cases[i].parameters.hash);
	}
	CHECK(signature_algorithm_is_pss((bytes){ oid.p, 8 }), ==, 0);
}

void test_signature(void)
{
	test_pss_algorithms();
	test_algorithms();
	test_signatures();
	test_beyond_reach();
	test_prices();
}
