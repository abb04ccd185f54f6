#include "check.h"

#include "x509/certificate_write.h"

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

static void test_keys(void)
{
	static const struct {
		const char *name;
		const char *key;
	} cases[] = { { "good", "\"RSA 2048\"" }, { "key-weak", "\"RSA 1024\"" },
		{ "ec", "\"EC P-256\"" }, { "ec-384", "\"EC P-384\"" }, { "ed25519", "\"Ed25519\"" } };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		certificate_write_key(&leaf(cases[i].name)->key, check_writer(), NULL);
		CHECK_TEXT(check_written(), cases[i].key);
	}
	certificate_write_key(&(public_key){ .kind = KEY_EC }, check_writer(), NULL);
	CHECK_TEXT(check_written(), "\"EC\"");
}

static void test_key_words(void)
{
	certificate_write_key(&(public_key){ .kind = KEY_ED448 }, check_writer(), NULL);
	CHECK_TEXT(check_written(), "\"Ed448\"");
	certificate_write_key(&(public_key){ .kind = KEY_UNKNOWN }, check_writer(), NULL);
	CHECK_TEXT(check_written(), "\"unknown\"");
	certificate_write_key(
		&(public_key){ .algorithm = { (const uint8_t *)"\x2a\x86\x48\xce\x38\x04\x01", 7 } },
		check_writer(), NULL);
	CHECK_TEXT(check_written(), "\"1.2.840.10040.4.1\""); /* DSA */
	certificate_write_key(&(public_key){ .kind = KEY_RSA_PSS, .bits = 3072 }, check_writer(), NULL);
	CHECK_TEXT(check_written(), "\"RSA-PSS 3072\"");
	certificate_write_key(&leaf("rsa-pss-key")->key, check_writer(), NULL);
	CHECK_TEXT(check_written(), "\"RSA-PSS 2048\"");
	certificate_write_key(&leaf("rsa-exponent-long")->key, check_writer(), NULL);
	CHECK_TEXT(check_written(), "\"RSA 2048 (72-bit exponent)\"");
	certificate_write_key(&leaf("ec-192")->key, check_writer(), NULL);
	CHECK_TEXT(check_written(), "\"EC P-192\"");
	certificate_write_key(&leaf("ec-521")->key, check_writer(), NULL);
	CHECK_TEXT(check_written(), "\"EC P-521\"");
	/* a signature without a name is said by its number */
	certificate c = *leaf("good");
	c.signature_algorithm = NULL;
	CHECK(has(written(&c), "\"signature\":\"1.2.840.10045.4.3.2\""), ==, 1);
	/* the first number of an OID is 0, 1 or 2, however large the second */
	c.signature_oid = (bytes){ (const uint8_t *)"\x88\x37\x03", 3 };
	CHECK(has(written(&c), "\"signature\":\"2.999.3\""), ==, 1);
}

static void test_written(void)
{
	const char *text = written(leaf("good"));

	CHECK(has(text, "\"subject\":\"CN=mail.example.test, O=Example Test\""), ==, 1);
	CHECK(has(text, "\"issuer\":\"CN=Example Test Intermediate, O=Example Test\""), ==, 1);
	CHECK(has(text, "\"names\":[\"mail.example.test\"]"), ==, 1);
	CHECK(
		has(text, "\"not_before\":\"2026-01-01T00:00:00Z\",\"not_after\":\"2027-01-01T00:00:00Z\""),
		==, 1);
	CHECK(
		has(text, "\"key\":\"RSA 2048\",\"signature\":\"ecdsa-with-SHA256\",\"sha256\":\""), ==, 1);
	/* What cannot be read still has a fingerprint. */
	text = written(leaf("malformed"));
	CHECK(memcmp(text, "{\"sha256\":\"", 11), ==, 0);
	CHECK(strlen(text), ==, 11 + 64 + 2);
}

void test_certificate_write(void)
{
	test_keys();
	test_key_words();
	test_written();
}
