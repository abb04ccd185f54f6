#include "check.h"

#include "dialog/sign_in.h"

static capabilities offered;
static credentials anna;

static void keep(const char *user, const char *password)
{
	given_credentials given = { .user = user, .password = password };
	CHECK(credentials_keep(&anna, &given), ==, 0);
}

/* Capabilities, separated by semicolons. */
static void offer(const char *list)
{
	capabilities_clear(&offered);
	while (*list != '\0') {
		size_t len = strcspn(list, ";");
		capabilities_add(&offered, (const uint8_t *)list, len);
		list += len + (list[len] == ';');
	}
}

static const struct {
	protocol_id protocol;
	const char *offered;
	const char *way; /* NULL: none */
	int oauth_only;
} choices[] = {
	{ PROTOCOL_smtp, "AUTH LOGIN PLAIN SCRAM-SHA-256", "SCRAM-SHA-256", 0 },
	{ PROTOCOL_smtp, "AUTH LOGIN PLAIN SCRAM-SHA-1", "PLAIN", 0 },
	{ PROTOCOL_smtp, "AUTH=LOGIN", "LOGIN", 0 },
	{ PROTOCOL_smtp, "AUTH SCRAM-SHA-256-PLUS CRAM-MD5", NULL, 0 },
	{ PROTOCOL_smtp, "AUTH XOAUTH2", NULL, 1 },
	{ PROTOCOL_smtp, "", NULL, 0 },
	{ PROTOCOL_imap, "IMAP4rev1;AUTH=SCRAM-SHA-256;AUTH=PLAIN", "SCRAM-SHA-256", 0 },
	{ PROTOCOL_imap, "IMAP4rev1;AUTH=PLAIN", "PLAIN", 0 },
	{ PROTOCOL_imap, "IMAP4rev1;AUTH=LOGIN", "LOGIN command", 0 },
	{ PROTOCOL_imap, "IMAP4rev1;AUTH=LOGIN;LOGINDISABLED", "LOGIN", 0 },
	{ PROTOCOL_imap, "IMAP4rev1", "LOGIN command", 0 },
	{ PROTOCOL_imap, "IMAP4rev1;LOGINDISABLED;AUTH=OAUTHBEARER", NULL, 1 },
	{ PROTOCOL_imap, "IMAP4rev1;LOGINDISABLED", NULL, 0 },
	{ PROTOCOL_pop3, "SASL PLAIN;USER", "PLAIN", 0 },
	{ PROTOCOL_pop3, "SASL LOGIN;USER", "USER command", 0 },
	{ PROTOCOL_pop3, "SASL LOGIN", "LOGIN", 0 },
	{ PROTOCOL_pop3, "USER", "USER command", 0 },
	{ PROTOCOL_pop3, "", "USER command", 0 },
	{ PROTOCOL_pop3, "UIDL", NULL, 0 },
	{ PROTOCOL_pop3, "SASL XOAUTH2", NULL, 1 },
};

static void test_choice(void)
{
	keep("anna@example.test", "secret");
	for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
		int oauth_only = -1;
		offer(choices[i].offered);
		sign_in_way way = sign_in_choose(&offered, choices[i].protocol, &anna, &oauth_only);
		CHECK(oauth_only, ==, choices[i].oauth_only);
		if (choices[i].way == NULL) {
			CHECK(way, ==, WAY_none);
		} else {
			CHECK_TEXT(sign_in_way_name(way, choices[i].protocol), choices[i].way);
		}
	}
}

/* What nobody has prepared is not for SCRAM. */
static void test_choice_without_preparation(void)
{
	int oauth_only;

	keep("anna", "gr\xC3\xBC\xC3\x9F");
	offer("AUTH PLAIN SCRAM-SHA-256");
	CHECK(sign_in_choose(&offered, PROTOCOL_smtp, &anna, &oauth_only), ==, WAY_plain);
	offer("AUTH SCRAM-SHA-256");
	CHECK(sign_in_choose(&offered, PROTOCOL_smtp, &anna, &oauth_only), ==, WAY_none);
}

static sign_in_message answer(sign_in *s, const char *challenge, char out[SIGN_IN_MESSAGE])
{
	return sign_in_answer(s, &anna, (const uint8_t *)challenge, strlen(challenge), out);
}

static void test_messages(void)
{
	static const uint8_t seed[SCRAM_SEED] = { 7 };
	char out[SIGN_IN_MESSAGE];
	sign_in s = { .way = WAY_plain, .seed = seed };

	keep("anna", "secret");
	CHECK(sign_in_initial(&s, &anna, out), ==, SIGN_IN_SAID);
	CHECK_TEXT(out, "AGFubmEAc2VjcmV0");
	CHECK(answer(&s, "", out), ==, SIGN_IN_BROKEN);
	CHECK(sign_in_is_mutual(&s), ==, 1);
	s = (sign_in){ .way = WAY_login, .seed = seed };
	CHECK(sign_in_initial_length(&s, &anna), ==, 0);
	CHECK(sign_in_initial(&s, &anna, out), ==, SIGN_IN_NOTHING);
	CHECK(answer(&s, "not base64", out), ==, SIGN_IN_SAID);
	CHECK_TEXT(out, "YW5uYQ==");
	CHECK(answer(&s, "", out), ==, SIGN_IN_SAID);
	CHECK_TEXT(out, "c2VjcmV0");
	CHECK(answer(&s, "", out), ==, SIGN_IN_BROKEN);
	s = (sign_in){ .way = WAY_scram_sha_256, .seed = seed };
	CHECK(answer(&s, "", out), ==, SIGN_IN_SAID); /* asked for its first message */
	CHECK(sign_in_is_mutual(&s), ==, 0);
	CHECK(answer(&s, "not base64", out), ==, SIGN_IN_BROKEN);
	CHECK(answer(&s, "", out), ==, SIGN_IN_BROKEN);
	s.step = 2;
	CHECK(answer(&s, "dj0=", out), ==, SIGN_IN_IMPOSTOR);
	CHECK(answer(&s, "ZT1pbnZhbGlkLXByb29m", out), ==, SIGN_IN_SAID); /* e=invalid-proof */
	CHECK_TEXT(out, "");
	CHECK(sign_in_is_mutual(&s), ==, 0);
	s.step = 3;
	CHECK(answer(&s, "", out), ==, SIGN_IN_BROKEN);
}

/* The longest credentials there are fit every message. */
static void test_longest(void)
{
	static const uint8_t seed[SCRAM_SEED] = { 7 };
	char user[LIMIT_USER], password[LIMIT_PASSWORD], out[SIGN_IN_MESSAGE];

	memset(user, '=', sizeof user);
	memset(password, 'x', sizeof password);
	user[sizeof user - 1] = password[sizeof password - 1] = '\0';
	keep(user, password);
	for (sign_in_way way = WAY_scram_sha_256; way <= WAY_plain; way++) {
		sign_in s = { .way = way, .seed = seed };
		size_t len = sign_in_initial_length(&s, &anna);
		CHECK(sign_in_initial(&s, &anna, out), ==, SIGN_IN_SAID);
		CHECK(strlen(out), ==, len);
		CHECK(len, <, SIGN_IN_MESSAGE);
	}
}

void test_sign_in(void)
{
	test_choice();
	test_choice_without_preparation();
	test_messages();
	test_longest();
}
