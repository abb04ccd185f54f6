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
	CHECK(c->extensions, ==,
		EXT_BASIC_CONSTRAINTS | EXT_SUBJECT_ALT_NAME | EXT_SUBJECT_KEY_ID | EXT_AUTHORITY_KEY_ID);
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
	} cases[] = { { "good", "\"RSA 2048\"" }, { "key-weak", "\"RSA 1024\"" },
		{ "ec", "\"EC P-256\"" }, { "ec-384", "\"EC P-384\"" }, { "ed25519", "\"Ed25519\"" } };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		certificate_write_key(&leaf(cases[i].name)->key, check_writer(), NULL);
		CHECK_TEXT(check_written(), cases[i].key);
	}
	public_key key;
	certificate_write_key(&(public_key){ .kind = KEY_EC }, check_writer(), NULL);
	CHECK_TEXT(check_written(), "\"EC\"");
	/* no SubjectPublicKeyInfo at all; RSA without a modulus */
	CHECK(public_key_read(&key, (bytes){ (const uint8_t *)"\x30\x00", 2 }), ==, -1);
	static const char zero[] =
		"\x30\x1b\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00\x03\x0a\x00"
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

/* Of more than 24 relative names the last are kept, which are the most specific, and that is said. */
static void test_many_names(void)
{
	static uint8_t name[4 + 26 * 12];
	size_t len = 4;

	for (int i = 0; i < 26; i++) {
		memcpy(name + len, "\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c\x01", 11);
		name[len + 11] = (uint8_t)('A' + i);
		len += 12;
	}
	memcpy(name, "\x30\x82\x01\x38", 4);
	certificate_write_name((bytes){ name, len }, check_writer(), NULL);
	CHECK(memcmp(check_written(), "\"CN=Z, CN=Y, ", 13), ==, 0);
	CHECK(has(check_written(), ", CN=C, \xe2\x80\xa6\""), ==, 1);
	/* those of one set belong together */
	size_t inner = 0;
	for (int i = 0; i < 26; i++, inner += 10) {
		memcpy(name + 8 + inner, "\x30\x08\x06\x03\x55\x04\x03\x0c\x01", 9);
		name[8 + inner + 9] = (uint8_t)('A' + i);
	}
	memcpy(name, "\x30\x82\x01\x08\x31\x82\x01\x04", 8);
	certificate_write_name((bytes){ name, 8 + inner }, check_writer(), NULL);
	CHECK(memcmp(check_written(), "\"CN=A+CN=B+", 11), ==, 0);
	CHECK(has(check_written(), "+CN=Z\""), ==, 1);
	/* and of a text there is no more than 1024 bytes: a character is there, with what escapes it, or not */
	static uint8_t long_name[4 + 4 + 4 + 5 + 4 + 2000];
	for (int shift = 0; shift < 4; shift++) {
		memset(long_name, 'n', sizeof long_name);
		memcpy(long_name,
			"\x30\x82\x07\xe1\x31\x82\x07\xdd\x30\x82\x07\xd9\x06\x03\x55\x04\x03\x0c\x82\x07\xd0",
			21);
		certificate_write_name((bytes){ long_name, sizeof long_name }, check_writer(), NULL);
		CHECK(strlen(check_written()), ==, 1024 + 2);
		CHECK(has(check_written(), "nn\xe2\x80\xa6\""), ==, 1);
		memset(long_name + 21 + shift, ',', 2000 - (size_t)shift);
		certificate_write_name((bytes){ long_name, sizeof long_name }, check_writer(), NULL);
		CHECK(has(check_written(), ",\xe2\x80\xa6\""), ==, 1);
		memset(long_name + 21 + shift, 1, 2000 - (size_t)shift);
		certificate_write_name((bytes){ long_name, sizeof long_name }, check_writer(), NULL);
		CHECK(has(check_written(), "01\xe2\x80\xa6\""), ==, 1);
	}
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
	NAME("\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x0c\x03\x61\x22\x62", "\"CN=a\\\\\\\"b\"");
	/* BMPString, an attribute without a short name, two attributes of one set */
	NAME("\x30\x0f\x31\x0d\x30\x0b\x06\x03\x55\x04\x0a\x1e\x04\x00\xfc\x20\xac",
		"\"O=\xc3\xbc\xe2\x82\xac\"");
	NAME("\x30\x0d\x31\x0b\x30\x09\x06\x04\x2a\x83\x74\x01\x0c\x01x", "\"1.2.500.1=#0C0178\"");
	NAME("\x30\x16\x31\x14\x30\x08\x06\x03\x55\x04\x03\x0c\x01"
		 "a\x30\x08\x06\x03\x55\x04\x0a\x0c\x01"
		 "b",
		"\"CN=a+O=b\"");
	/* the two other names with a name, and ASCII as BMPString */
	NAME("\x30\x16\x31\x14\x30\x12\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01\x16\x05"
		 "a@b.c",
		"\"emailAddress=a@b.c\"");
	NAME("\x30\x13\x31\x11\x30\x0f\x06\x0a\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x19\x16\x01x",
		"\"DC=x\"");
	NAME("\x30\x0d\x31\x0b\x30\x09\x06\x03\x55\x04\x06\x1e\x02\x00S", "\"C=S\"");
	/* same lengths, other names */
	NAME("\x30\x12\x31\x10\x30\x0e\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x02\x16\x01x",
		"\"1.2.840.113549.1.9.2=#160178\"");
	NAME("\x30\x13\x31\x11\x30\x0f\x06\x0a\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x01\x16\x01x",
		"\"UID=x\"");
	NAME("\x30\x13\x31\x11\x30\x0f\x06\x0a\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x02\x16\x01x",
		"\"0.9.2342.19200300.100.1.2=#160178\"");
	/* a value that is no text (INTEGER 5) */
	NAME("\x30\x0c\x31\x0a\x30\x08\x06\x03\x55\x04\x05\x02\x01\x05", "\"serialNumber=#020105\"");
	/* an attribute without a value is passed over */
	NAME("\x30\x09\x31\x07\x30\x05\x06\x03\x55\x04\x03", "\"\"");
}

/* An organization of these bytes, as a string of this kind. */
static void value_case(int tag, const char *value, size_t len, const char *expected)
{
	uint8_t name[80] = { 0x30, (uint8_t)(11 + len), 0x31, (uint8_t)(9 + len), 0x30,
		(uint8_t)(7 + len), 0x06, 3, 0x55, 0x04, 0x0a, (uint8_t)tag, (uint8_t)len };

	memcpy(name + 13, value, len);
	name_case((const char *)name, 13 + len, expected);
}

#define VALUE(tag, value, expected) value_case(tag, value, sizeof value - 1, "\"O=" expected "\"")

/* RFC 4514 2.4; a backslash is two in JSON. */
static void test_escaped_values(void)
{
	VALUE(DER_UTF8_STRING, "evil, CN=mail.google.com", "evil\\\\, CN=mail.google.com");
	VALUE(DER_UTF8_STRING, "a+b;c<d>e\"f\\g=h", "a\\\\+b\\\\;c\\\\<d\\\\>e\\\\\\\"f\\\\\\\\g=h");
	VALUE(DER_UTF8_STRING, " a b ", "\\\\ a b\\\\ ");
	VALUE(DER_UTF8_STRING, " ", "\\\\ ");
	VALUE(DER_UTF8_STRING, "#a#", "\\\\#a#");
	VALUE(DER_UTF8_STRING, "a\0b\r\n\x7f", "a\\\\00b\\\\0D\\\\0A\\\\7F");
	VALUE(DER_PRINTABLE_STRING, "A", "A");
	VALUE(DER_NUMERIC_STRING, "1", "1");
	VALUE(DER_VISIBLE_STRING, "A", "A");
	VALUE(DER_UTF8_STRING, "\xc3\xbc\xe2\x82\xac\xf0\x9f\x93\xac",
		"\xc3\xbc\xe2\x82\xac\xf0\x9f\x93\xac");
	/* no UTF-8; and what shows nothing, or turns the writing round */
	VALUE(DER_UTF8_STRING, "a\xffz", "a\\\\FFz");
	VALUE(DER_UTF8_STRING, "a\xc2\x85\xc2\xa0", "a\\\\C2\\\\85\xc2\xa0");
	VALUE(DER_UTF8_STRING, "\xc2\xad\xd8\x9c", "\\\\C2\\\\AD\\\\D8\\\\9C");
	VALUE(DER_UTF8_STRING,
		"\xe2\x80\xae"
		"moc",
		"\\\\E2\\\\80\\\\AEmoc");
	VALUE(DER_UTF8_STRING, "\xe2\x80\x8b\xe2\x81\xa6\xef\xbb\xbf",
		"\\\\E2\\\\80\\\\8B\\\\E2\\\\81\\\\A6\\\\EF\\\\BB\\\\BF");
	/* wider characters, whole and not */
	VALUE(DER_BMP_STRING, "\0a\0,\0 ", "a\\\\,\\\\ ");
	VALUE(DER_BMP_STRING, "\xd8\x3d\0z", "\\\\D8\\\\3Dz");
	VALUE(DER_BMP_STRING, "\0az", "a\\\\7A");
	VALUE(DER_UNIVERSAL_STRING, "\0\x01\xf4\xec\0\0\0#", "\xf0\x9f\x93\xac#");
	VALUE(DER_UNIVERSAL_STRING, "\0\x11\0\0", "\\\\00\\\\11\\\\00\\\\00");
	VALUE(DER_TELETEX_STRING, "M\xfcller", "M\xc3\xbcller");
}

static void oid_case(const char *oid, size_t len, const char *expected)
{
	certificate_write_key(
		&(public_key){ .algorithm = { (const uint8_t *)oid, len } }, check_writer(), NULL);
	CHECK_TEXT(check_written(), expected);
}

#define OID_TEXT(oid, expected) oid_case(oid, sizeof oid - 1, "\"" expected "\"")

static void test_object_identifiers(void)
{
	OID_TEXT("\0", "0.0");
	OID_TEXT("\x27", "0.39");
	OID_TEXT("\x28", "1.0");
	OID_TEXT("\x4f\x01", "1.39.1");
	OID_TEXT("\x50", "2.0");
	OID_TEXT("\x59", "2.9");
	OID_TEXT("\x5a", "2.10");
	OID_TEXT("\x81\x34", "2.100");
	OID_TEXT("\x88\x37\x03", "2.999.3");
	OID_TEXT("\x2a\x8f\xff\xff\xff\x7f", "1.2.4294967295");
	OID_TEXT("\x2a\x90\x80\x80\x80\x00", "1.2.4294967296");
	OID_TEXT("\x2a\x81\xff\xff\xff\xff\xff\xff\xff\xff\x7f", "1.2.18446744073709551615");
	/* a UUID as a number (X.667): the highest there is */
	OID_TEXT("\x69\x83\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
		"2.25.340282366920938463463374607431768211455");
	/* and in the place of the first two */
	OID_TEXT("\x90\x80\x80\x80\x80\x00", "2.549755813808");
	/* too long, the longest that is not, and without an end */
	OID_TEXT("\x2a\x81\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80"
			 "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00\x01",
		"1.2.\xe2\x80\xa6");
	OID_TEXT("\x2a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
			 "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f\x01",
		"1.2.26959946667150639794667015087019630673637144422540572481103610249215.1");
	OID_TEXT("\x2a\x81", "1.2.\xe2\x80\xa6");
	OID_TEXT("\x81", "\xe2\x80\xa6");
}

/* --- certificates made by hand: one part of a good one is replaced --------------------------------- */

typedef enum {
	VERSION,
	SERIAL,
	INNER,
	ISSUER,
	VALIDITY,
	SUBJECT,
	SPKI,
	UNIQUE,
	EXTENSIONS,
	REST,
	PARTS
} part;

/* clang-format off: digits of DER, one line per element */
#define DATE "170d3236303130313030303030305a"
#define ECDSA_SHA256 "300a06082a8648ce3d040302"
static const char *const usual[PARTS] = {
	[VERSION] = "a003020102",
	[SERIAL] = "020111",
	[INNER] = ECDSA_SHA256,
	[ISSUER] = "300c310a300806035504030c0149",
	[VALIDITY] = "301e" DATE DATE,
	[SUBJECT] = "300c310a300806035504030c0153",
	[SPKI] = "302a300506032b6570032100"
			 "0000000000000000000000000000000000000000000000000000000000000000",
	[UNIQUE] = "",
	[EXTENSIONS] = "",
	[REST] = "",
};
/* clang-format on */

static size_t unhex(const char *text, uint8_t *out)
{
	size_t len = strlen(text) / 2;

	for (size_t i = 0; i < len; i++) {
		char two[3] = { text[2 * i], text[2 * i + 1], '\0' };
		out[i] = (uint8_t)strtoul(two, NULL, 16);
	}
	return len;
}

static size_t wrap(int tag, const uint8_t *body, size_t len, uint8_t *out)
{
	out[0] = (uint8_t)tag;
	out[1] = 0x82;
	out[2] = (uint8_t)(len >> 8);
	out[3] = (uint8_t)len;
	if (len < 256) { /* the shortest form */
		out[1] = 0x81;
		out[2] = (uint8_t)len;
	}
	size_t header = len < 128 ? 2 : len < 256 ? 3 : 4;
	if (len < 128) {
		out[1] = (uint8_t)len;
	}
	memcpy(out + header, body, len);
	return header + len;
}

/* Extensions are given as a list of them; both their wrappers are put around it. */
static int made(part replaced, const char *hex, certificate *c)
{
	static uint8_t whole[2048];
	uint8_t tbs[1024], list[600], buffer[1500];
	size_t len = 0;

	for (part i = 0; i < PARTS; i++) {
		const char *text = i == replaced ? hex : usual[i];
		if (i == EXTENSIONS && text[0] != '\0') {
			size_t n = wrap(DER_SEQUENCE, list, unhex(text, list), buffer);
			len += wrap(DER_CONTEXT_CONSTRUCTED | 3, buffer, n, tbs + len);
		} else {
			len += unhex(text, tbs + len);
		}
	}
	size_t n = wrap(DER_SEQUENCE, tbs, len, buffer);
	n += unhex(ECDSA_SHA256 "03020001", buffer + n);
	return certificate_read(c, whole, wrap(DER_SEQUENCE, buffer, n, whole));
}

static void made_case(part replaced, const char *hex, int expected)
{
	certificate c;

	if (!CHECK(made(replaced, hex, &c), ==, expected)) {
		CHECK_TEXT(hex, "");
	}
}

static void test_made(void)
{
	certificate c;

	CHECK(made(PARTS, "", &c), ==, 0);
	CHECK(c.version, ==, 3);
	CHECK(made(VERSION, "", &c), ==, 0);
	CHECK(c.version, ==, 1);
	made_case(VERSION, "a003020103", -1);
	made_case(VERSION, "a0030201ff", -1);
	made_case(VERSION, "a0050201020500", -1);
	CHECK(made(VERSION, "a003020103", &c), ==, -1);
	made_case(SERIAL, "", -1);
	made_case(INNER, "300a06082a8648ce3d040303", -1); /* not what the signature says */
	CHECK_TEXT(c.unreadable, "version");
	CHECK(made(INNER, "300a06082a8648ce3d040303", &c), ==, -1);
	CHECK_TEXT(c.unreadable, "signature-algorithm");
	/* numbers in more bytes than they need, or in none */
	made_case(SERIAL, "02020080", 0);
	made_case(SERIAL, "0202007f", -1);
	made_case(SERIAL, "0202ff7f", 0);
	made_case(SERIAL, "0202ff80", -1);
	made_case(SERIAL, "0200", -1);
	made_case(SERIAL, "0100", -1);
	made_case(ISSUER, "3100", -1);
	made_case(SUBJECT, "", -1);
	made_case(VALIDITY, "300f" DATE, -1);
	made_case(VALIDITY, "3020" DATE DATE "0500", -1);
	made_case(VALIDITY, "301e" DATE "180d3236303130313030303030305a", -1);
	made_case(SPKI, "3000", -1);
	made_case(UNIQUE, "8102000182020001", 0);
	made_case(UNIQUE, "82020001", 0);
	made_case(UNIQUE, "8202000181020001", -1);
	made_case(UNIQUE, "8105", -1);
	made_case(REST, "0500", -1);
}

static void test_made_extensions(void)
{
	static const struct {
		const char *hex;
		int result;
		unsigned extensions;
	} cases[] = {
		/* basicConstraints: none, a CA, with a length, with something behind it, not a SEQUENCE */
		{ "30090603551d1304023000", 0, EXT_BASIC_CONSTRAINTS },
		{ "300c0603551d13040530030101ff", 0, EXT_BASIC_CONSTRAINTS },
		{ "300f0603551d13040830060101ff020103", 0, EXT_BASIC_CONSTRAINTS },
		{ "300c0603551d13040530030101fe", -1, 0 },
		{ "30110603551d13040a30080101ff0201030500", -1, 0 },
		{ "30090603551d1304023100", -1, 0 },
		{ "300b0603551d13040430000500", -1, 0 },
		/* keyUsage: one byte, two, four, none, no bits at all, nine unused bits, not a BIT STRING */
		{ "300b0603551d0f040403020780", 0, EXT_KEY_USAGE },
		{ "300c0603551d0f04050303078080", 0, EXT_KEY_USAGE },
		{ "300e0603551d0f0407030500ffffffff", 0, EXT_KEY_USAGE },
		{ "30090603551d0f04020300", -1, 0 },
		{ "300a0603551d0f0403030100", -1, 0 },
		{ "300b0603551d0f040403020880", -1, 0 },
		{ "300b0603551d0f040404020780", -1, 0 },
		/* extKeyUsage: serverAuth, none, no OID in it */
		{ "30130603551d25040c300a06082b06010505070301", 0, EXT_EXTENDED_KEY_USAGE },
		{ "30090603551d2504023000", -1, 0 },
		{ "300b0603551d25040430020500", -1, 0 },
		/* subjectKeyIdentifier, authorityKeyIdentifier */
		{ "30090603551d0e04020400", 0, EXT_SUBJECT_KEY_ID },
		{ "30090603551d2304023000", 0, EXT_AUTHORITY_KEY_ID },
		{ "30090603551d0e04020500", -1, 0 },
		{ "300d0603551d2304063004800282002a", -1, 0 },
		{ "300d0603551d23040630048002abcd", 0, EXT_AUTHORITY_KEY_ID },
		{ "300f0603551d23040830068002abcd0500", -1, 0 },
		{ "300d0603551d23040630048202abcd", 0, EXT_AUTHORITY_KEY_ID },
		{ "300d0603551d2304063004a1020500", 0, EXT_AUTHORITY_KEY_ID },
		/* certificatePolicies: one, none, no OID; policyConstraints */
		{ "300f0603551d2004083006300406022a03", 0, EXT_POLICIES },
		{ "30110603551d20040a3008300606022a030500", 0, EXT_POLICIES },
		{ "30090603551d2004023000", -1, 0 },
		{ "300d0603551d200406300430020500", -1, 0 },
		{ "300b0603551d20040430020500", -1, 0 },
		{ "300c0603551d2404053003800100", 0, EXT_POLICY_CONSTRAINTS },
		/* cRLDistributionPoints: an empty one, none, no SEQUENCE */
		{ "300b0603551d1f040430023000", 0, EXT_CRL_POINTS },
		{ "30090603551d1f04023000", -1, 0 },
		{ "30090603551d1f04020500", -1, 0 },
		/* Netscape's certificate type: SSL server, SSL client, no bits */
		{ "3011"
		  "06096086480186f8420101"
		  "040403020640",
			0, EXT_NETSCAPE_TYPE },
		{ "3011"
		  "06096086480186f8420101"
		  "040403020780",
			0, EXT_NETSCAPE_TYPE },
		{ "3010"
		  "06096086480186f8420101"
		  "0403030100",
			0, EXT_NETSCAPE_TYPE },
		{ "300f"
		  "06096086480186f8420101"
		  "04020500",
			-1, 0 },
		/* subjectAltName: a name of a class that names do not have */
		{ "300b0603551d11040430020400", -1, 0 },
		{ "300b0603551d11040430028200", 0, EXT_SUBJECT_ALT_NAME },
		/* an unknown one, and the same twice */
		{ "300806032a030404010a", 0, 0 },
		{ "300806032a030404010a"
		  "300806032a030404010a",
			-1, 0 },
		/* authorityInfoAccess: caIssuers, OCSP, rubbish, without a place, none, not a SEQUENCE */
		{ "302106082b060105050701010415"
		  "3013301106082b060105050730028605687474703a",
			0, EXT_AUTHORITY_INFO },
		{ "302106082b060105050701010415"
		  "3013301106082b060105050730018605687474703a",
			0, EXT_AUTHORITY_INFO },
		{ "300e06082b060105050701010402ffff", -1, 0 },
		{ "301a"
		  "06082b06010505070101"
		  "040e"
		  "300c300a06082b06010505073002",
			-1, 0 },
		{ "300e"
		  "06082b06010505070101"
		  "04023000",
			-1, 0 },
		{ "3010"
		  "06082b06010505070101"
		  "040430020500",
			-1, 0 },
		/* the same twice; no value; something behind the value; no OID; not a SEQUENCE */
		{ "30090603551d1304023000"
		  "30090603551d1304023000",
			-1, 0 },
		{ "30050603551d13", -1, 0 },
		{ "300b0603551d1304023000"
		  "0500",
			-1, 0 },
		{ "30020500", -1, 0 },
		{ "0500", -1, 0 },
		/* nameConstraints, subjectAltName that are none */
		{ "30090603551d1e04020500", -1, 0 },
		{ "30090603551d1104020500", -1, 0 },
	};
	certificate c;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int holds = CHECK(made(EXTENSIONS, cases[i].hex, &c), ==, cases[i].result);
		if (holds && cases[i].extensions != 0) {
			holds = CHECK(c.extensions, ==, cases[i].extensions);
		}
		if (!holds) {
			CHECK_TEXT(cases[i].hex, "");
		}
	}
	/* what the good ones say */
	made(EXTENSIONS, cases[2].hex, &c);
	CHECK(c.is_ca, ==, 1);
	CHECK(c.path_length, ==, 3);
	made(EXTENSIONS, cases[8].hex, &c);
	CHECK(c.key_usage, ==, 1u << 0 | 1u << 8);
	made(EXTENSIONS, cases[9].hex, &c); /* more bits than there are names for */
	CHECK(c.key_usage, ==, 0xffff);
	made(EXTENSIONS,
		"302106082b060105050701010415"
		"3013301106082b060105050730028605687474703a",
		&c);
	CHECK(c.ca_issuers, ==, 1);
	made(EXTENSIONS,
		"302106082b060105050701010415"
		"3013301106082b060105050730018605687474703a",
		&c);
	CHECK(c.ca_issuers, ==, 0);
	/* without a version that has extensions, there must be none */
	CHECK(made(VERSION, "a003020101", &c), ==, 0);
	CHECK(c.version, ==, 2);
	made_case(REST,
		"a30d300b"
		"30090603551d0e04020400",
		0);
}

static int read_key(const char *hex, public_key *key)
{
	static uint8_t spki[256];

	return public_key_read(key, (bytes){ spki, unhex(hex, spki) });
}

#define RSA "300d06092a864886f70d0101010500"

static void test_made_keys(void)
{
	static const struct {
		const char *hex;
		int result;
		key_kind kind;
		unsigned bits;
	} cases[] = {
		{ "301a" RSA "0309003006020100020103", -1, KEY_UNKNOWN, 0 }, /* modulus 0 */
		{ "301a" RSA "0309003006020103020100", -1, KEY_UNKNOWN, 0 }, /* exponent 0 */
		{ "301a" RSA "0309003006020103020103", 0, KEY_RSA, 2 },
		{ "301b" RSA "030a00300702020081020103", 0, KEY_RSA, 8 },
		{ "301c" RSA "030b003006020103020103"
		  "0500",
			-1, KEY_UNKNOWN, 0 },                                    /* bits behind the key */
		{ "301a" RSA "0309003006020183020103", -1, KEY_UNKNOWN, 0 }, /* a modulus below zero */
		{ "301a" RSA "0309003006020103020183", -1, KEY_UNKNOWN, 0 }, /* an exponent below zero */
		{ "301a" RSA "0309003006020103020101", -1, KEY_UNKNOWN, 0 }, /* with which anyone signs */
		{ "301a" RSA "0309003006020103020104", -1, KEY_UNKNOWN, 0 }, /* an even exponent */
		{ "301b" RSA "030a00300702010302020101", 0, KEY_RSA, 2 },
		{ "301a"
		  "300d06092a864886f70d01010a0500"
		  "0309003006020103020103",
			0, KEY_RSA_PSS, 2 },
		{ "301c" RSA "030b003008020103020103"
		  "0500",
			-1, KEY_UNKNOWN, 0 },                              /* a third number */
		{ "3017" RSA "0306003003020103", -1, KEY_UNKNOWN, 0 }, /* no exponent */
		{ "3019"
		  "301306072a8648ce3d020106082a8648ce3d030107"
		  "03020004",
			0, KEY_EC, 256 },
		{ "3016"
		  "301006072a8648ce3d020106052b81040022"
		  "03020004",
			0, KEY_EC, 384 },
		{ "3016"
		  "301006072a8648ce3d020106052b81040023"
		  "03020004",
			0, KEY_EC, 521 },
		{ "3016"
		  "301006072a8648ce3d020106052b8104000a"
		  "03020004",
			0, KEY_EC, 256 }, /* secp256k1 */
		{ "3011"
		  "300b06072a8648ce3d02013000"
		  "03020004",
			0, KEY_EC, 0 }, /* a curve in numbers */
		{ "3011"
		  "300b06072a8648ce3d02010605"
		  "03020004",
			-1, KEY_UNKNOWN, 0 },
		{ "300b"
		  "300506032b6571"
		  "03020004",
			0, KEY_ED448, 0 },
		{ "300b"
		  "300506032b6572"
		  "03020004",
			0, KEY_UNKNOWN, 0 },
		{ "300d"
		  "300506032b6571"
		  "03020004"
		  "0500",
			-1, KEY_UNKNOWN, 0 },
		{ "3008"
		  "30020500"
		  "03020004",
			-1, KEY_UNKNOWN, 0 },
		{ "300b"
		  "300506032b6571"
		  "03020104",
			-1, KEY_UNKNOWN, 0 }, /* bits that are no bytes */
	};
	public_key key;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int holds = CHECK(read_key(cases[i].hex, &key), ==, cases[i].result);
		if (holds && cases[i].result == 0) {
			holds = CHECK(key.kind, ==, cases[i].kind) & CHECK(key.bits, ==, cases[i].bits);
		}
		if (!holds) {
			CHECK_TEXT(cases[i].hex, "");
		}
	}
}

/* What BearSSL cannot check is neither good nor bad. */
static void test_beyond_reach(void)
{
	certificate child = check_chain("good")->list[0];
	public_key key = check_chain("good")->list[1].key;

	child = check_chain("good")->list[0];
	key.curve = 0;
	CHECK(certificate_signed_by(&child, &key), ==, -1);
	key.kind = KEY_UNKNOWN;
	CHECK(certificate_signed_by(&child, &key), ==, -1);
	child.signature_algorithm = NULL;
	CHECK(certificate_signed_by(&child, &check_chain("good")->list[1].key), ==, -1);
	certificate own = check_chain("self-signed")->list[0]; /* RSA */
	key = own.key;
	CHECK(certificate_signed_by(&own, &key), ==, 1);
	key.bits = LIMIT_RSA_BITS_MAX + 1;
	CHECK(certificate_signed_by(&own, &key), ==, -1);
	/* a signature of another text, and one that is too short to be of this key */
	key = own.key;
	own.tbs.len--;
	CHECK(certificate_signed_by(&own, &key), ==, 0);
	own.tbs.len++;
	own.signature.len--;
	CHECK(certificate_signed_by(&own, &key), ==, 0);
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
	test_escaped_values();
	test_object_identifiers();
	test_many_names();
	test_key_words();
	test_made();
	test_made_extensions();
	test_made_keys();
	test_beyond_reach();
}
