#include "check.h"

#include "dialog/capabilities.h"

static capabilities c;

static void add(const char *text)
{
	capabilities_add(&c, (const uint8_t *)text, strlen(text));
}

static void set(const char *const *list)
{
	capabilities_clear(&c);
	for (; *list != NULL; list++) {
		add(*list);
	}
}

#define SET(...) set((const char *const[]){ __VA_ARGS__, NULL })

static void auth_case(protocol_id protocol, const char *auth, const char *ways)
{
	capabilities_write_auth(&c, protocol, check_writer(), NULL);
	CHECK_TEXT(check_written(), auth);
	int count = capabilities_write_password_ways(&c, protocol, check_writer(), NULL);
	CHECK_TEXT(check_written(), ways);
	CHECK(capabilities_write_password_ways(&c, protocol, NULL, NULL), ==, count);
	CHECK(count == 0, ==, strcmp(ways, "[]") == 0);
}

static void test_has(void)
{
	SET("PIPELINING", "STARTTLS", "AUTH PLAIN LOGIN", "");
	CHECK(c.count, ==, 3);
	CHECK(capabilities_has(&c, "starttls"), ==, 1);
	CHECK(capabilities_has(&c, "AUTH"), ==, 1);
	CHECK(capabilities_has(&c, "PLAIN"), ==, 0);
	CHECK(capabilities_has(&c, "START"), ==, 0);
	capabilities_write(&c, check_writer(), NULL);
	CHECK_TEXT(check_written(), "[\"PIPELINING\",\"STARTTLS\",\"AUTH PLAIN LOGIN\"]");
	capabilities_clear(&c);
	CHECK(capabilities_has(&c, "STARTTLS"), ==, 0);
}

static void test_smtp_list(void)
{
	SET("AUTH PLAIN LOGIN", "AUTH=PLAIN LOGIN XOAUTH2");
	auth_case(PROTOCOL_smtp, "[\"PLAIN\",\"LOGIN\",\"XOAUTH2\"]", "[\"PLAIN\",\"LOGIN\"]");
	SET("AUTH PLAINTEXT PLAIN"); /* the start of another is not the same */
	auth_case(PROTOCOL_smtp, "[\"PLAINTEXT\",\"PLAIN\"]", "[\"PLAIN\"]");
	SET("auth CRAM-MD5", "AUTHENTIC PLAIN");
	auth_case(PROTOCOL_smtp, "[\"CRAM-MD5\"]", "[]");
	SET("AUTH ");
	auth_case(PROTOCOL_smtp, "[]", "[]");
	SET("AUTH");
	auth_case(PROTOCOL_smtp, "[]", "[]");
	SET("SASL PLAIN", "USER");
	auth_case(PROTOCOL_smtp, "[]", "[]");
}

static void test_imap_list(void)
{
	SET("IMAP4rev1", "AUTH=PLAIN", "AUTH=login", "auth=PLAIN");
	auth_case(PROTOCOL_imap, "[\"PLAIN\",\"login\"]", "[\"PLAIN\",\"login\",\"LOGIN command\"]");
	SET("IMAP4rev1", "LOGINDISABLED", "AUTH PLAIN");
	auth_case(PROTOCOL_imap, "[]", "[]");
	/* Nothing known is no offer. */
	capabilities_clear(&c);
	auth_case(PROTOCOL_imap, "[]", "[]");
}

static void test_pop3_list(void)
{
	SET("USER", "SASL PLAIN SCRAM-SHA-256");
	auth_case(PROTOCOL_pop3, "[\"PLAIN\",\"SCRAM-SHA-256\"]", "[\"PLAIN\",\"USER command\"]");
	SET("SASL", "UIDL");
	auth_case(PROTOCOL_pop3, "[]", "[]");
	SET("SASL=PLAIN", "USERS");
	auth_case(PROTOCOL_pop3, "[]", "[]");
}

static int masked(const char *word)
{
	SET("PIPELINING", word);
	return capabilities_masked(&c);
}

static void test_masked(void)
{
	CHECK(masked("XXXXXXXA"), ==, 1);
	CHECK(masked("XXXXXXXX"), ==, 1);
	CHECK(masked("XXXXXXAB"), ==, 0);
	CHECK(masked("XXXXXXX"), ==, 0);
	CHECK(masked("XXXXXXXXX"), ==, 1);
	CHECK(masked("XXXXXXXXXAB"), ==, 0);
	CHECK(masked("XCLIENT NAME"), ==, 0);
	CHECK(masked("STARTTLS"), ==, 0);
}

static void test_limits(void)
{
	static uint8_t text[LIMIT_CAPABILITY_BYTES];

	memset(text, 'c', sizeof text);
	capabilities_clear(&c);
	for (int i = 0; i < LIMIT_CAPABILITIES + 1; i++) {
		capabilities_add(&c, text, 1);
	}
	CHECK(c.count, ==, LIMIT_CAPABILITIES);
	CHECK(c.dropped, ==, 1);
	capabilities_clear(&c);
	add("A");
	capabilities_add(&c, text, sizeof text);
	capabilities_add(&c, text, sizeof text - 1);
	add("B");
	CHECK(c.count, ==, 2);
	CHECK(c.used, ==, sizeof text);
}

/* Many mechanisms, all different. */
static void test_many_mechanisms(void)
{
	char line[5 + 4 * 200 + 1] = "AUTH";

	for (int i = 0; i < 200; i++) {
		char word[5] = { ' ', (char)('A' + i / 26), (char)('A' + i % 26), 0, 0 };
		strcat(line, word);
	}
	SET(line);
	capabilities_write_auth(&c, PROTOCOL_smtp, check_writer(), NULL);
	CHECK(strlen(check_written()), ==, 200 * 5 + 1);
}

void test_capabilities(void)
{
	test_has();
	test_smtp_list();
	test_imap_list();
	test_pop3_list();
	test_masked();
	test_limits();
	test_many_mechanisms();
}
