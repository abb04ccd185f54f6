#include "check.h"

#include "x509/profile.h"

static const char *rules(const certificate *c, int as_issuer)
{
	static char text[400];
	faults f;

	faults_init(&f);
	profile_check(c, as_issuer, &f);
	text[0] = '\0';
	for (size_t i = 0; i < f.count; i++) {
		strcat(text, i > 0 ? " " : "");
		strcat(text, f.list[i].word);
	}
	return text;
}

/* Chains of build/tests/certificates; `at` is the certificate's place. */
static void test_made(void)
{
	static const struct {
		const char *chain;
		size_t at;
		const char *rules;
	} cases[] = {
		{ "good", 0, "" },
		{ "good", 1, "" },
		{ "serial-negative", 0, "serial-number" },
		{ "serial-zero", 0, "serial-number" },
		{ "serial-long", 0, "serial-number" },
		{ "serial-longest", 0, "" },
		{ "subject-misspelled", 0, "name-strings" },
		{ "rsa-odd-size", 0, "key-size" },
		{ "version-1", 0, "version" },
		{ "without-key-identifiers", 0, "authority-key-identifier" },
		{ "issuer-without-key-identifiers", 1, "authority-key-identifier subject-key-identifier" },
		{ "issuer-uncritical", 1, "basic-constraints" },
		{ "issuer-without-key-usage", 1, "key-usage" },
		{ "constraint-with-a-dot", 1, "name-constraints" },
		{ "policy-constraints", 1, "policy-constraints" },
		{ "subject-empty", 0, "" },
		{ "subject-empty-names-uncritical", 0, "alternative-names" },
		{ "names-critical", 0, "alternative-names" },
		{ "purpose-critical", 0, "purpose" },
		{ "any-purpose-too", 0, "purpose" },
		{ "any-purpose", 0, "" },
		{ "underscore", 0, "name-form" },
		{ "ip-as-host", 0, "name-form" },
		{ "public-suffix", 0, "public-suffix" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const certificate *c = &check_chain(cases[i].chain)->list[cases[i].at];
		if (!CHECK_TEXT(rules(c, cases[i].at > 0), cases[i].rules)) {
			CHECK_TEXT(cases[i].chain, "");
		}
	}
}

#define NAME(der) ((bytes){ (const uint8_t *)(der), sizeof(der) - 1 })

/* Kinds of strings, and what they may hold. */
static void test_strings(void)
{
	static const struct {
		bytes name;
		int good;
	} cases[] = {
		{ NAME("\x30\x00"), 1 },
		{ NAME("\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x13\x03"
			   "a-B"),
			1 },
		{ NAME("\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x13\x03"
			   "*&9"),
			1 },
		{ NAME("\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x13\x03"
			   "a@b"),
			0 },
		{ NAME("\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x13\x03"
			   "a\0b"),
			0 },
		{ NAME("\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x13\x03"
			   "a[b"),
			0 },
		{ NAME("\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x13\x03"
			   "a{b"),
			0 },
		{ NAME("\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x16\x03"
			   "a@b"),
			1 },
		{ NAME("\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x16\x03"
			   "a\xfc"
			   "b"),
			0 },
		{ NAME("\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x0c\x03"
			   "a\xfc"
			   "b"),
			1 },
		{ NAME("\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x1e\x03"
			   "\0ab"),
			0 },
		{ NAME("\x30\x0d\x31\x0b\x30\x09\x06\x03\x55\x04\x03\x1e\x02"
			   "\0a"),
			1 },
		/* an empty set, no value, something behind the value, no set, no sequence */
		{ NAME("\x30\x02\x31\x00"), 0 },
		{ NAME("\x30\x09\x31\x07\x30\x05\x06\x03\x55\x04\x03"), 0 },
		{ NAME("\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x0c\x01"
			   "a\x05\x00"),
			0 },
		{ NAME("\x30\x02\x05\x00"), 0 },
		{ NAME("\x31\x00"), 0 },
	};
	certificate c = check_chain("good")->list[0];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		c.issuer = cases[i].name;
		if (!CHECK_TEXT(rules(&c, 0), cases[i].good ? "" : "name-strings")) {
			CHECK(i, ==, -1);
		}
	}
}

static void test_keys(void)
{
	certificate c = check_chain("good")->list[0];

	c.key.rsa.exponent.len = 5;
	CHECK_TEXT(rules(&c, 0), "key-size");
	c.key.rsa.exponent.len = 4;
	c.key.kind = KEY_RSA_PSS;
	CHECK_TEXT(rules(&c, 0), "");
	c.key.bits = 2047;
	CHECK_TEXT(rules(&c, 0), "key-size");
	c.key.kind = KEY_EC;
	CHECK_TEXT(rules(&c, 0), "");
	/* without names nothing needs to be critical */
	c = check_chain("without-san")->list[0];
	CHECK_TEXT(rules(&c, 0), "");
}

/* Each kind of name has a form of its own; hosts: test_dns_name.c. */
static void test_name_forms(void)
{
	static const struct {
		int tag;
		const char *name;
		const char *rules;
	} cases[] = {
		{ NAME_DNS, "mail.example.test", "" }, { NAME_DNS, "my mail.example.test", "name-form" },
		{ NAME_DNS, "*.co.uk", "public-suffix" }, { NAME_IP, "1234", "" },
		{ NAME_IP, "1234567890123456", "" }, { NAME_IP, "12345678", "name-form" },
		{ NAME_MAIL, "post@example.test", "" }, { NAME_MAIL, "*.co.uk", "" },
		{ NAME_MAIL, "p\xc3\xb6st@example.test", "name-form" },
		{ NAME_URI, "https://example.test/", "" },
		{ NAME_URI, "https://example.test/ ", "name-form" },
		{ NAME_DIRECTORY, "\x30", "" }, /* others are not for hosts, and not looked at */
	};
	certificate c = check_chain("good")->list[0];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		/* beside one that is in order */
		const char *const names[] = { cases[i].tag == NAME_IP ? "4321" : "mail.example.test",
			cases[i].name, NULL };
		c.alt_names = check_names(cases[i].tag, names).alt_names;
		if (!CHECK_TEXT(rules(&c, 0), cases[i].rules)) {
			CHECK_TEXT(cases[i].name, "");
		}
	}
}

void test_profile(void)
{
	test_made();
	test_strings();
	test_keys();
	test_name_forms();
}
