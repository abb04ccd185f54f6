#include "check.h"
#include "hex.h"

#include "x509/certificate_write.h"

#include <stdlib.h>

static const certificate *leaf(const char *name)
{
	return &check_chain(name)->list[0];
}

static void test_fields(void)
{
	const certificate *c = leaf("good");

	CHECK(c->version, ==, 3);
	CHECK(c->not_before, ==, 1767225600);
	CHECK(c->not_after, ==, 1798761600);
	CHECK(c->key.kind, ==, KEY_RSA);
	CHECK(c->key.bits, ==, 2048);
	CHECK(c->key.rsa.modulus.len, ==, 256);
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
			certificate_write(&c, check_writer());
			/* One in four is enough: each costs a millisecond and more. */
			held += i % 4 == 0 && certificate_signed_by(&c, &chain->list[1].key) == SIGNATURE_GOOD;
		}
	}
	CHECK(held, ==, 0);
	free(copy);
}

/* A certificate made by hand: one part of a good one is replaced. */
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

/* What most readers refuse, and near it what they take. */
static void test_refused_forms(void)
{
	static const struct {
		const char *chain;
		const char *unreadable; /* NULL: it can be read */
	} cases[] = {
		{ "subject-number", "name" },
		{ "subject-no-utf8", "name" },
		{ "subject-half-a-character", "name" },
		{ "alternative-name-unknown", "extension" },
		{ "alternative-name-other-malformed", "extension" },
		{ "alternative-name-directory-malformed", "extension" },
		{ "alternative-name-party-malformed", "extension" },
		{ "alternative-names-of-all-kinds", NULL },
		{ "key-off-its-curve", "key" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const chain *c = check_chain(cases[i].chain);
		CHECK(c->readable[0], ==, cases[i].unreadable == NULL);
		if (cases[i].unreadable != NULL) {
			CHECK_TEXT(c->list[0].unreadable, cases[i].unreadable);
		}
	}
}

void test_certificate(void)
{
	test_refused_forms();
	test_fields();
	test_extensions();
	test_cut_off();
	test_altered();
	test_made();
	test_made_extensions();
}
