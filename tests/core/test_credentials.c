#include "check.h"

#include "sasl/credentials.h"

static credentials c;

static int keep(const char *user, const char *password)
{
	given_credentials given = { .user = user, .password = password };
	return credentials_keep(&c, &given);
}

static int is_clear(void)
{
	static const credentials none;
	return memcmp(&c, &none, sizeof c) == 0;
}

static void test_kept(void)
{
	CHECK(keep("anna@example.test", " p a\\\"ss "), ==, 0);
	CHECK(c.given, ==, 1);
	CHECK_TEXT(c.user, "anna@example.test");
	CHECK_TEXT(c.password, " p a\\\"ss ");
	CHECK_TEXT(c.prepared_password, " p a\\\"ss ");
	credentials_wipe(&c);
	CHECK(is_clear(), ==, 1);
	/* nobody to sign in is no mistake */
	CHECK(keep(NULL, "x"), ==, 0);
	CHECK(is_clear(), ==, 1);
}

/* What SASLprep would make of other letters is not known here. */
static void test_unprepared(void)
{
	given_credentials given = { "j\xC3\xBCrgen", "gr\xC3\xBC\xC3\x9F", "j\xC3\xBCrgen",
		"prepared" };

	CHECK(keep("j\xC3\xBCrgen", "gr\xC3\xBC\xC3\x9F"), ==, 0);
	CHECK_TEXT(c.prepared_user, "");
	CHECK_TEXT(c.prepared_password, "");
	CHECK(credentials_keep(&c, &given), ==, 0);
	CHECK_TEXT(c.password, "gr\xC3\xBC\xC3\x9F");
	CHECK_TEXT(c.prepared_password, "prepared");
}

static void test_refused(void)
{
	static const char *const wrong[] = { "", "a\r\nQUIT", "a\nb", "a\tb", "\x7F", "a\xC2\x85",
		"\xFF", "\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80" };
	char longest[LIMIT_PASSWORD + 1];
	given_credentials given = { "anna", "secret", "anna", "\x01" };

	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		CHECK(keep("anna", wrong[i]), ==, -1);
		CHECK(is_clear(), ==, 1);
		CHECK(keep(wrong[i], "secret"), ==, -1);
		CHECK(is_clear(), ==, 1);
	}
	CHECK(keep("anna", NULL), ==, -1);
	memset(longest, 'x', sizeof longest);
	longest[LIMIT_PASSWORD] = '\0';
	CHECK(keep("anna", longest), ==, -1);
	CHECK(keep("anna", longest + 1), ==, 0);
	CHECK(keep(longest + 1, "secret"), ==, 0);
	CHECK(keep(longest, "secret"), ==, -1);
	CHECK(credentials_keep(&c, &given), ==, -1);
	CHECK(is_clear(), ==, 1);
}

void test_credentials(void)
{
	test_kept();
	test_unprepared();
	test_refused();
}
