#include "check.h"

#include "base/text.h"

#define T(text) (const uint8_t *)(text), strlen(text)

static void test_comparing(void)
{
	CHECK(text_is(T("StartTLS"), "STARTTLS"), ==, 1);
	CHECK(text_is(T("STARTTLSX"), "STARTTLS"), ==, 0);
	CHECK(text_is(T("STARTTL"), "STARTTLS"), ==, 0);
	CHECK(text_is(T(""), ""), ==, 1);
	CHECK(text_starts(T("* ok ready"), "* OK"), ==, 1);
	CHECK(text_starts(T("* O"), "* OK"), ==, 0);
	CHECK(text_starts(T("x"), ""), ==, 1);
	CHECK(text_word(T("AUTH PLAIN"), "auth"), ==, 1);
	CHECK(text_word(T("AUTH"), "AUTH"), ==, 1);
	CHECK(text_word(T("AUTH=PLAIN"), "AUTH"), ==, 0);
	CHECK(text_word(T("AUTHX"), "AUTH"), ==, 0);
	/* '[' and '{' differ in the bit that makes letters small: they are no letters */
	CHECK(text_is(T("{"), "["), ==, 0);
	CHECK(text_is(T("@"), "`"), ==, 0);
	/* the bytes end where they are said to, not at a NUL */
	CHECK(text_is((const uint8_t *)"AB\0", 3, "AB"), ==, 0);
	CHECK(text_starts((const uint8_t *)"ABC", 2, "ABC"), ==, 0);
}

static void words_case(const char *text, const char *expected)
{
	char found[64] = "";
	size_t rest = strlen(text), len;
	const uint8_t *p = (const uint8_t *)text;

	while ((p = text_next_word(p, &rest, &len)) != NULL) {
		strcat(found, "[");
		strncat(found, (const char *)p, len);
		strcat(found, "]");
		p += len;
	}
	CHECK_TEXT(found, expected);
}

static void test_words(void)
{
	words_case("", "");
	words_case("   ", "");
	words_case("one", "[one]");
	words_case("  one  two ", "[one][two]");
	words_case("a b\tc", "[a][b\tc]");
}

static void test_protocol(void)
{
	static const struct {
		const char *line;
		const char *name;
	} cases[] = {
		{ "* OK ready", "imap" },
		{ "* PREAUTH hi", "imap" },
		{ "* bye", "imap" },
		{ "+OK ready", "pop3" },
		{ "-ERR no", "pop3" },
		{ "HTTP/1.1 400 Bad Request", "http" },
		{ "<!doctype html>", "http" },
		{ "<html>", "http" },
		{ "SSH-2.0-OpenSSH_9.2", "ssh" },
		{ "RFB 003.008", "vnc" },
		{ "@RSYNCD: 31.0", "rsync" },
		{ "\"IMPLEMENTATION\" \"Dovecot Pigeonhole\"", "managesieve" },
		{ "220 mail.example.test ESMTP", "smtp" },
		{ "220 SMTP and FTP", "smtp" },
		{ "220 (vsFTPd 3.0.3)", "ftp" },
		{ "200 news.example.test NNTP ready", "nntp" },
		{ "220-mail", "smtp" },
		{ "220", "smtp" },
		{ "2201 x", "" },
		{ "620 x", "" },
		{ "020 x", "" },
		{ "2a0 x", "" },
		{ "2/0 x", "" },
		{ "22a x", "" },
		{ "22/ x", "" },
		{ "22", "" },
		{ "", "" },
		{ "hello", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *found = text_protocol(T(cases[i].line));
		CHECK_TEXT(found != NULL ? found : "", cases[i].name);
	}
}

void test_text(void)
{
	test_comparing();
	test_words();
	test_protocol();
}
