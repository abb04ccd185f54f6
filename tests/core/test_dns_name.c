#include "check.h"

#include "x509/dns_name.h"

static bytes text(const char *name)
{
	return (bytes){ (const uint8_t *)name, strlen(name) };
}

static void test_well_formed(void)
{
	static const struct {
		const char *name;
		int well_formed;
	} cases[] = {
		{ "mail.example.test", 1 },
		{ "MAIL-2.Example.TEST", 1 },
		{ "*.example.test", 1 },
		{ "localhost", 1 },
		{ "xn--mller-kva.example.test", 1 },
		{ "", 0 },
		{ "*", 0 },
		{ "ma*.example.test", 0 },
		{ "*.*.test", 0 },
		{ "mail.*.test", 0 },
		{ ".example.test", 0 },
		{ "mail..test", 0 },
		{ "mail.example.test.", 0 },
		{ "-mail.example.test", 0 },
		{ "mail-.example.test", 0 },
		{ "my_mail.example.test", 0 },
		{ "my mail.example.test", 0 },
		{ "m\xc3\xbcller.example.test", 0 },
		{ "192.0.2.1", 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		if (!CHECK(dns_well_formed(text(cases[i].name)), ==, cases[i].well_formed)) {
			CHECK_TEXT(cases[i].name, "");
		}
	}
}

/* The longest label and the longest name, and one more. */
static void test_longest(void)
{
	char name[255];

	memset(name, 'a', sizeof name);
	CHECK(dns_well_formed((bytes){ (const uint8_t *)name, 63 }), ==, 1);
	CHECK(dns_well_formed((bytes){ (const uint8_t *)name, 64 }), ==, 0);
	for (size_t i = 0; i < sizeof name; i++) {
		name[i] = i % 10 == 9 ? '.' : 'a';
	}
	CHECK(dns_well_formed((bytes){ (const uint8_t *)name, 253 }), ==, 1);
	CHECK(dns_well_formed((bytes){ (const uint8_t *)name, 254 }), ==, 0);
}

/* More of it, over certificates: test_server_name.c. */
static void test_matches(void)
{
	CHECK(dns_matches(text("mail.example.test"), text("MAIL.example.test.")), ==, 1);
	CHECK(dns_matches(text("*.example.test"), text("mail.example.test")), ==, 1);
	CHECK(dns_matches(text("*.example.test"), text("a.mail.example.test")), ==, 0);
	CHECK(dns_matches(text(""), text("")), ==, 0);
	CHECK(dns_matches(text(""), text(".")), ==, 0);
}

static void test_within(void)
{
	CHECK(dns_within(text("mail.example.test"), text("EXAMPLE.test")), ==, 1);
	CHECK(dns_within(text("example.test"), text("example.test")), ==, 1);
	CHECK(dns_within(text("example.test."), text("example.test")), ==, 1);
	CHECK(dns_within(text("badexample.test"), text("example.test")), ==, 0);
	CHECK(dns_within(text("example.test"), text(".example.test")), ==, 0);
	CHECK(dns_within(text("mail.example.test"), text("")), ==, 1);
	CHECK(dns_wildcard_reaches(text("*.example.test"), text("mail.example.test")), ==, 1);
	CHECK(dns_wildcard_reaches(text("*.example.test"), text("other.test")), ==, 0);
	CHECK(dns_wildcard_reaches(text("x.example.test"), text("mail.example.test")), ==, 0);
	CHECK(dns_wildcard_reaches(text("*"), text("mail.example.test")), ==, 0);
}

static void test_public_suffixes(void)
{
	static const struct {
		const char *name;
		int wide;
	} cases[] = { { "*.co.uk", 1 }, { "*.COM.au", 1 }, { "*.ac.jp", 1 }, { "co.uk", 0 },
		{ "*.uk", 0 }, { "*.example.uk", 0 }, { "*.mail.co.uk", 0 }, { "*.co.example", 0 },
		{ "*.com", 0 }, { "*", 0 }, { "", 0 }, { "*.org.", 0 } };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		if (!CHECK(dns_public_suffix_wildcard(text(cases[i].name)), ==, cases[i].wide)) {
			CHECK_TEXT(cases[i].name, "");
		}
	}
}

void test_dns_name(void)
{
	test_well_formed();
	test_longest();
	test_matches();
	test_within();
	test_public_suffixes();
}
