#include "check.h"

#include "dialog/banner.h"
#include "fake_io.h"

static fake_io f;

static void begin(const char *service)
{
	fake_io_start(&f, service_by_name(service)->protocol, PHASE_greeting);
}

/* What is odd about a greeting of this one line; "none" where nothing is. */
static const char *oddity(const char *service, const char *text, size_t len, int bare)
{
	begin(service);
	banner_line(&f.io, (const uint8_t *)text, len, bare);
	banner_accepted(&f.io);
	CHECK(findings_has(&f.findings, DIAG_greeting_unusual), ==, f.io.banner_oddity != NULL);
	return f.io.banner_oddity != NULL ? f.io.banner_oddity : "none";
}

#define ODDITY(service, text) oddity(service, text, sizeof text - 1, 0)

static void test_oddities(void)
{
	CHECK_TEXT(ODDITY("smtp", "220 plain\ttext ~"), "none");
	CHECK_TEXT(ODDITY("smtp", ""), "none");
	CHECK_TEXT(ODDITY("smtp", "220 a\0b"), "nul");
	CHECK_TEXT(ODDITY("imap", "* OK a\0b"), "nul");
	CHECK_TEXT(ODDITY("smtp", "220 caf\xc3\xa9"), "8-bit");
	CHECK_TEXT(ODDITY("smtp", "220 \x1b[1m"), "control-character");
	CHECK_TEXT(ODDITY("smtp", "220 \x7f"), "control-character");
	CHECK_TEXT(ODDITY("imap", "* OK \x1b[1m\x7f"), "none");
	CHECK_TEXT(ODDITY("pop3", "+OK a\rb"), "control-character");
	CHECK_TEXT(oddity("pop3", "+OK", 3, 1), "bare-line-feed");
}

/* What is text in UTF-8 (RFC 3629), and what is not quite. */
static void test_utf8(void)
{
	CHECK_TEXT(ODDITY("imap", "\xc2\x80 \xdf\xbf \xe0\xa0\x80 \xec\xbf\xbf \xed\x9f\xbf"), "none");
	CHECK_TEXT(
		ODDITY("imap", "\xee\x80\x80 \xef\xbf\xbf \xf0\x90\x80\x80 \xf3\xbf\xbf\xbf"), "none");
	CHECK_TEXT(ODDITY("pop3", "\xf4\x8f\xbf\xbf"), "none");
	CHECK_TEXT(ODDITY("pop3", "\xf4\x90\x80\x80"), "8-bit");
	CHECK_TEXT(ODDITY("pop3", "\xc1\xbf"), "8-bit");
	CHECK_TEXT(ODDITY("pop3", "\xe0\x9f\xbf"), "8-bit");
	CHECK_TEXT(ODDITY("pop3", "\xed\xa0\x80"), "8-bit");
	CHECK_TEXT(ODDITY("pop3", "\xf0\x8f\xbf\xbf"), "8-bit");
	CHECK_TEXT(ODDITY("pop3", "\xf5\x80\x80\x80"), "8-bit");
	CHECK_TEXT(ODDITY("pop3", "\xc3"), "8-bit");
	CHECK_TEXT(ODDITY("pop3", "\xe2\x82 "), "8-bit");
	CHECK_TEXT(ODDITY("pop3", "\xe2\x82\xc0"), "8-bit");
	CHECK_TEXT(ODDITY("pop3", "\xe2 \x82"), "8-bit");
}

/* The first line that is odd is the one that is told of. */
static void test_first(void)
{
	begin("smtp");
	banner_line(&f.io, (const uint8_t *)"220-one", 7, 0);
	banner_line(&f.io, (const uint8_t *)"220-two", 7, 1);
	banner_line(&f.io, (const uint8_t *)"220 \x01", 5, 0);
	CHECK_TEXT(f.io.banner_oddity, "bare-line-feed");
	CHECK(f.io.banner_len, ==, 7);
	CHECK(memcmp(f.io.banner, "220-two", 7), ==, 0);
}

static int hopeless(const char *service, const char *text, size_t len)
{
	begin(service);
	int given_up = banner_hopeless(&f.io, (const uint8_t *)text, len);
	CHECK(f.findings.count, ==, given_up);
	return given_up;
}

#define HOPELESS(service, text) hopeless(service, text, sizeof text - 1)

static void test_hopeless(void)
{
	CHECK(HOPELESS("smtp", "2"), ==, 0);
	CHECK(HOPELESS("smtp", "220-mail"), ==, 0);
	CHECK(HOPELESS("smtp", "554 no"), ==, 0);
	CHECK(HOPELESS("smtp", "250 no"), ==, 1);
	CHECK(HOPELESS("smtp", "220 mail\r"), ==, 1);
	CHECK(HOPELESS("smtp", "220 \0"), ==, 1);
	CHECK(HOPELESS("imap", "* ok"), ==, 0);
	CHECK(HOPELESS("imap", "* pre"), ==, 0);
	CHECK(HOPELESS("imap", "*OK"), ==, 1);
	CHECK(HOPELESS("pop3", "+"), ==, 0);
	CHECK(HOPELESS("pop3", "-ERR wait"), ==, 0);
	CHECK(HOPELESS("pop3", "HTTP/1.1 400"), ==, 1);
	CHECK(findings_has(&f.findings, DIAG_not_a_mail_server), ==, 1);
}

void test_banner(void)
{
	test_oddities();
	test_utf8();
	test_first();
	test_hopeless();
}
