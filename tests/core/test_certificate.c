#include "check.h"

#include <stdlib.h>

static const certificate *leaf(const char *name)
{
	return &check_chain(name)->list[0];
}

static const char *written(const certificate *c)
{
	certificate_write(c, check_writer());
	return check_written();
}

static int has(const char *text, const char *part)
{
	return strstr(text, part) != NULL;
}

static void test_fields(void)
{
	const certificate *c = leaf("good");

	CHECK(c->version, ==, 3);
	CHECK(c->not_before, ==, 1767225600);
	CHECK(c->not_after, ==, 1798761600);
	CHECK(c->key.kind, ==, KEY_RSA);
	CHECK(c->key.bits, ==, 2048);
	CHECK(c->key.modulus.len, ==, 256);
	CHECK(c->is_ca, ==, 0);
	CHECK(c->path_length, ==, -1);
	CHECK(c->extensions, ==, EXT_BASIC_CONSTRAINTS | EXT_SUBJECT_ALT_NAME);
	CHECK(c->critical_unknown, ==, 0);
	CHECK_TEXT(c->signature_algorithm->name, "ecdsa-with-SHA256");
	CHECK(certificate_self_issued(c), ==, 0);
	CHECK(certificate_self_issued(leaf("self-signed")), ==, 1);
}

static void test_extensions(void)
{
	CHECK(leaf("critical-unknown")->critical_unknown, ==, 1);
	CHECK(leaf("uncritical-unknown")->critical_unknown, ==, 0);
	CHECK(leaf("any-purpose")->for_server, ==, 0);
	CHECK(leaf("right-purpose")->for_server, ==, 1);
	CHECK(leaf("wrong-purpose")->for_server, ==, 0);
	CHECK((leaf("wrong-purpose")->extensions & EXT_EXTENDED_KEY_USAGE) != 0, ==, 1);
	CHECK(leaf("key-only-for-lists")->key_usage, ==, 1u << 6);
	CHECK(leaf("ca-as-server")->is_ca, ==, 1);
	CHECK(leaf("without-san")->alt_names.len, ==, 0);
	const certificate *ca = &check_chain("path-length-kept")->list[1];
	CHECK(ca->is_ca, ==, 1);
	CHECK(ca->path_length, ==, 0);
	CHECK(check_chain("issuer-may-sign")->list[1].key_usage, ==, KEY_USAGE_KEY_CERT_SIGN);
	CHECK(check_chain("constraint-kept")->list[1].name_constraints.len, >, 0);
	CHECK(check_chain("issuer-of-version-1")->list[1].version, ==, 1);
	CHECK(check_chain("duplicated-san")->readable[0], ==, 0);
	CHECK(check_chain("malformed")->readable[0], ==, 0);
	CHECK(check_chain("malformed")->readable[1], ==, 1);
}

static void test_keys(void)
{
	static const struct {
		const char *name;
		const char *key;
	} cases[] = { { "good", "\"RSA 2048\"" }, { "key-weak", "\"RSA 1024\"" }, { "ec", "\"EC P-256\"" },
		{ "ec-384", "\"EC P-384\"" }, { "ed25519", "\"Ed25519\"" } };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		certificate_write_key(&leaf(cases[i].name)->key, check_writer(), NULL);
		CHECK_TEXT(check_written(), cases[i].key);
	}
	public_key key;
	certificate_write_key(&(public_key){ KEY_EC, 0, { 0 }, { 0 }, 0, { 0 } }, check_writer(), NULL);
	CHECK_TEXT(check_written(), "\"EC\"");
	/* no SubjectPublicKeyInfo at all; RSA without a modulus */
	CHECK(public_key_read(&key, (bytes){ (const uint8_t *)"\x30\x00", 2 }), ==, -1);
	static const char zero[] = "\x30\x1b\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00\x03\x0a\x00"
							   "\x30\x07\x02\x01\x00\x02\x02\x01\x01";
	CHECK(public_key_read(&key, (bytes){ (const uint8_t *)zero, sizeof zero - 1 }), ==, -1);
}

static void test_signatures(void)
{
	const chain *c = check_chain("good");
	CHECK(certificate_signed_by(&c->list[0], &c->list[1].key), ==, 1);
	CHECK(certificate_signed_by(&c->list[1], &c->list[1].key), ==, 0);
	CHECK(certificate_signed_by(&c->list[0], &c->list[0].key), ==, 0);
	c = check_chain("bad-signature");
	CHECK(certificate_signed_by(&c->list[0], &c->list[1].key), ==, 0);
	c = check_chain("self-signed"); /* RSA */
	CHECK(certificate_signed_by(&c->list[0], &c->list[0].key), ==, 1);
	c = check_chain("signature-weak");
	CHECK(certificate_signed_by(&c->list[0], &c->list[1].key), ==, 1);
	c = check_chain("ed25519-issuer");
	CHECK(certificate_signed_by(&c->list[0], &c->list[1].key), ==, -1);
}

/* Cut off anywhere, or longer than it says, it is no certificate; and nothing is read past its end. */
static void test_cut_off(void)
{
	const certificate *good = leaf("good");
	certificate c;

	for (size_t len = 0; len < good->der.len; len++) {
		uint8_t *copy = malloc(len + 1);
		memcpy(copy, good->der.p, len);
		if (!CHECK(certificate_read(&c, copy, len), ==, -1)) {
			CHECK(len, ==, good->der.len);
		}
		free(copy);
	}
	uint8_t *copy = malloc(good->der.len + 1);
	memcpy(copy, good->der.p, good->der.len);
	copy[good->der.len] = 0;
	CHECK(certificate_read(&c, copy, good->der.len), ==, 0);
	CHECK(certificate_read(&c, copy, good->der.len + 1), ==, -1);
	free(copy);
}

/* Any byte may be another one: nothing bad happens, and the signature no longer holds. */
static void test_altered(void)
{
	const chain *chain = check_chain("ec");
	const certificate *good = &chain->list[0];
	uint8_t *copy = malloc(good->der.len);
	int held = 0;

	for (size_t i = 0; i < good->der.len; i++) {
		certificate c;
		memcpy(copy, good->der.p, good->der.len);
		copy[i] ^= (uint8_t)(1 + i % 255);
		if (certificate_read(&c, copy, good->der.len) == 0) {
			written(&c);
			/* One in four is enough: each costs a millisecond and more. */
			held += i % 4 == 0 && certificate_signed_by(&c, &chain->list[1].key) == 1;
		}
	}
	CHECK(held, ==, 0);
	free(copy);
}

static void test_written(void)
{
	const char *text = written(leaf("good"));

	CHECK(has(text, "\"subject\":\"CN=mail.example.test, O=Example Test\""), ==, 1);
	CHECK(has(text, "\"issuer\":\"CN=Example Test Intermediate, O=Example Test\""), ==, 1);
	CHECK(has(text, "\"names\":[\"mail.example.test\"]"), ==, 1);
	CHECK(has(text, "\"not_before\":\"2026-01-01T00:00:00Z\",\"not_after\":\"2027-01-01T00:00:00Z\""), ==, 1);
	CHECK(has(text, "\"key\":\"RSA 2048\",\"signature\":\"ecdsa-with-SHA256\",\"sha256\":\""), ==, 1);
	/* What cannot be read still has a fingerprint. */
	text = written(leaf("malformed"));
	CHECK(memcmp(text, "{\"sha256\":\"", 11), ==, 0);
	CHECK(strlen(text), ==, 11 + 64 + 2);
}

static void name_case(const char *der, size_t len, const char *expected)
{
	certificate_write_name((bytes){ (const uint8_t *)der, len }, check_writer(), NULL);
	CHECK_TEXT(check_written(), expected);
}

#define NAME(der, expected) name_case(der, sizeof der - 1, expected)

static void test_distinguished_names(void)
{
	NAME("\x30\x00", "\"\"");
	NAME("", "\"\"");
	NAME("\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x0c\x03\x61\x22\x62", "\"CN=a\\\"b\"");
	/* BMPString, an attribute without a short name, two attributes of one set */
	NAME("\x30\x0f\x31\x0d\x30\x0b\x06\x03\x55\x04\x0a\x1e\x04\x00\xfc\x20\xac", "\"O=\xc3\xbc\xe2\x82\xac\"");
	NAME("\x30\x0d\x31\x0b\x30\x09\x06\x04\x2a\x83\x74\x01\x0c\x01x", "\"1.2.500.1=x\"");
	NAME("\x30\x16\x31\x14\x30\x08\x06\x03\x55\x04\x03\x0c\x01"
		 "a\x30\x08\x06\x03\x55\x04\x0a\x0c\x01"
		 "b",
		"\"O=b, CN=a\"");
	/* an attribute without a value is passed over */
	NAME("\x30\x09\x31\x07\x30\x05\x06\x03\x55\x04\x03", "\"\"");
}

void test_certificate(void)
{
	test_fields();
	test_extensions();
	test_keys();
	test_signatures();
	test_cut_off();
	test_altered();
	test_written();
	test_distinguished_names();
}
