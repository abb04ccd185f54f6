#include "check.h"

#include "x509/server_name.h"

#define DNS(...) check_names(NAME_DNS, (const char *const[]){ __VA_ARGS__, NULL })

static void match_case(const char *pattern, const char *host, int expected)
{
	certificate c = DNS("unrelated.test", pattern);

	if (!CHECK(server_names_match(&c, host), ==, expected)) {
		CHECK_TEXT(pattern, host);
	}
}

static void test_match(void)
{
	match_case("mail.example.test", "mail.example.test", 1);
	match_case("MAIL.Example.test", "mail.eXample.test", 1);
	match_case("mail.example.test.", "mail.example.test", 0); /* as OpenSSL and GnuTLS say */
	match_case("mail.example.test", "mail.example.test.", 1);
	match_case("example.test", "mail.example.test", 0);
	match_case("mail.example.test", "example.test", 0);
	match_case("ail.example.test", "mail.example.test", 0);
	match_case("*.example.test", "mail.example.test", 1);
	match_case("*.EXAMPLE.test.", "mail.example.test", 0);
	match_case("*.EXAMPLE.test", "mail.example.test.", 1);
	match_case("*.example.test", "a.mail.example.test", 0);
	match_case("*.example.test", "example.test", 0);
	match_case("*.example.test", ".example.test", 0);
	match_case("*.example.test", "*.example.test", 0);
	match_case("*", "localhost", 0);
	match_case("*.", "localhost", 0);
	match_case("*.test", "example.test", 0);
	match_case("*.*.test", "mail.example.test", 0);
	match_case("*.*.test", "mail.*.test", 0);
	match_case("*.example.test", "localhost", 0);
	match_case("*.example.test", "mail.exomple.test", 0);
	match_case("m*.example.test", "mail.example.test", 0);
	match_case("*l.example.test", "mail.example.test", 0);
	match_case("mail.*.test", "mail.example.test", 0);
	match_case("", "", 0);
	match_case("mail.example.test", "", 0);
	match_case("192.0.2.1", "192.0.2.1", 0); /* an address is no dNSName */
	match_case("*.0.2.1", "192.0.2.1", 0);
}

static void test_no_names(void)
{
	certificate c;

	memset(&c, 0, sizeof c);
	CHECK(server_names_any(&c), ==, 0);
	CHECK(server_names_match(&c, "mail.example.test"), ==, 0);
	server_names_write(&c, check_writer(), NULL);
	CHECK_TEXT(check_written(), "[]");
	c = check_names(DER_CONTEXT | 1, (const char *const[]){ "post@example.test", NULL });
	CHECK(server_names_any(&c), ==, 0);
	/* cut off within a name: what was before counts, the rest does not */
	c = DNS("a.test", "mail.example.test");
	c.alt_names.len -= 1;
	CHECK(server_names_match(&c, "a.test"), ==, 1);
	CHECK(server_names_match(&c, "mail.example.test"), ==, 0);
	/* a name with a NUL inside is not the name before it */
	c.alt_names = (bytes){ (const uint8_t *)"\x82\x09"
											"a.t\0b.tes",
		11 };
	CHECK(server_names_match(&c, "a.t"), ==, 0);
}

static void test_addresses(void)
{
	certificate c = check_names(NAME_IP, (const char *const[]){ "\xc0\x01\x02\x03", "bad", NULL });

	CHECK(server_names_match(&c, "192.1.2.3"), ==, 1);
	CHECK(server_names_match(&c, "192.1.2.4"), ==, 0);
	server_names_write(&c, check_writer(), NULL);
	CHECK_TEXT(check_written(), "[\"192.1.2.3\"]");
	c = check_names(NAME_IP, (const char *const[]){ "\x20\x01\x0d\xb8zzzzzzzzzzz\x01", NULL });
	server_names_write(&c, check_writer(), NULL);
	CHECK_TEXT(check_written(), "[\"2001:db8:7a7a:7a7a:7a7a:7a7a:7a7a:7a01\"]");
	CHECK(server_names_match(&c, "2001:db8:7a7a:7a7a:7a7a:7a7a:7a7a:7a01"), ==, 1);
}

static void test_many(void)
{
	certificate c = DNS("a");
	static uint8_t many[3 * (LIMIT_NAMES_LISTED + 50)];

	for (size_t i = 0; i < sizeof many; i += 3) {
		memcpy(many + i, "\x82\x01z", 3);
	}
	c.alt_names.p = many;
	c.alt_names.len = sizeof many;
	server_names_write(&c, check_writer(), NULL);
	CHECK(strlen(check_written()), ==, 4 * LIMIT_NAMES_LISTED + 1);
}

void test_server_name(void)
{
	test_match();
	test_no_names();
	test_addresses();
	test_many();
}
