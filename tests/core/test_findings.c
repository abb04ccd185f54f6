#include "check.h"

static findings f;

static const char *written(void)
{
	findings_write(&f, check_writer(), NULL);
	return check_written();
}

static void test_list(void)
{
	findings_init(&f);
	CHECK_TEXT(written(), "[]");
	findings_add(&f, DIAG_tls_expected);
	findings_quote(&f, DIAG_greeting_refused, "554 \"no\"\r", 9);
	json_int(findings_begin(&f, DIAG_greeting_slow), "seconds", 12);
	findings_end(&f);
	static const char all[] =
		"[{\"id\":\"tls-expected\",\"args\":{}},"
		"{\"id\":\"greeting-refused\",\"args\":{\"text\":\"554 \\\"no\\\"\\u000d\"}},"
		"{\"id\":\"greeting-slow\",\"args\":{\"seconds\":12}}]";
	CHECK_TEXT(written(), all);
	CHECK(findings_has(&f, DIAG_greeting_slow), ==, 1);
	CHECK(findings_has(&f, DIAG_greeting_busy), ==, 0);
	/* The first evidence stays. */
	findings_quote(&f, DIAG_greeting_refused, "other", 5);
	CHECK_TEXT(written(), all);
	CHECK(f.dropped, ==, 0);
}

static void test_status(void)
{
	findings_init(&f);
	findings_add(&f, DIAG_certificate_expires_soon);
	findings_add(&f, DIAG_greeting_refused);
	CHECK(findings_any(&f, PHASE_certificate, STATUS_works_but), ==, 1);
	CHECK(findings_any(&f, PHASE_certificate, STATUS_broken), ==, 0);
	CHECK(findings_any(&f, PHASE_greeting, STATUS_broken), ==, 1);
}

static void test_quote_is_cut(void)
{
	char text[LIMIT_QUOTE + 1];

	memset(text, 'q', sizeof text);
	findings_init(&f);
	findings_quote(&f, DIAG_greeting_refused, text, sizeof text);
	CHECK(strlen(written()), ==,
		strlen("[{\"id\":\"greeting-refused\",\"args\":{\"text\":\"\"}}]") + LIMIT_QUOTE);
}

static void test_too_many(void)
{
	findings_init(&f);
	for (int i = 0; i < LIMIT_FINDINGS + 3; i++) {
		findings_add(&f, (diagnosis_id)i);
	}
	CHECK(f.count, ==, LIMIT_FINDINGS);
	CHECK(f.dropped, ==, 3);
	json *out = check_writer();
	json_open(out, NULL, '{');
	findings_write(&f, out, "findings");
	json_close(out, '}');
	CHECK(strstr(check_written(), "}],\"findings_dropped\":3}") != NULL, ==, 1);
	f.dropped = 0;
	out = check_writer();
	json_open(out, NULL, '{');
	findings_write(&f, out, "findings");
	json_close(out, '}');
	CHECK(strstr(check_written(), "dropped") == NULL, ==, 1);
	CHECK(findings_has(&f, (diagnosis_id)(LIMIT_FINDINGS - 1)), ==, 1);
	CHECK(findings_has(&f, (diagnosis_id)LIMIT_FINDINGS), ==, 0);
}

/* Arguments that do not fit leave the finding without, and the next one's may fit again. */
static void test_long_arguments(void)
{
	static char text[LIMIT_FINDING_ARGS];
	const diagnosis_id ids[] = { DIAG_greeting_refused, DIAG_greeting_busy, DIAG_greeting_slow };

	memset(text, 'a', sizeof text);
	findings_init(&f);
	for (size_t i = 0; i < 2; i++) {
		json_text(findings_begin(&f, ids[i]), "x", text, sizeof text - 100);
		findings_end(&f);
	}
	json_int(findings_begin(&f, ids[2]), "x", 1);
	findings_end(&f);
	const char *all = written();
	CHECK(strstr(all, "{\"id\":\"greeting-busy\",\"args\":{}}") != NULL, ==, 1);
	CHECK(strstr(all, "{\"id\":\"greeting-slow\",\"args\":{\"x\":1}}") != NULL, ==, 1);
	CHECK(f.args_used, <=, sizeof f.args);
}

static void test_copy(void)
{
	static findings from;

	findings_init(&from);
	findings_init(&f);
	findings_quote(&from, DIAG_not_a_mail_server, "HTTP/1.1", 8);
	findings_add(&from, DIAG_tls_expected);
	CHECK(findings_copy(&f, &from, DIAG_greeting_busy), ==, 0);
	CHECK(findings_copy(&f, &from, DIAG_not_a_mail_server), ==, 1);
	CHECK(findings_copy(&f, &from, DIAG_tls_expected), ==, 1);
	CHECK(findings_copy(&f, &from, DIAG_tls_expected), ==, 1);
	CHECK_TEXT(written(),
		"[{\"id\":\"not-a-mail-server\",\"args\":{\"text\":\"HTTP/1.1\"}},"
		"{\"id\":\"tls-expected\",\"args\":{}}]");
}

void test_findings(void)
{
	test_list();
	test_status();
	test_quote_is_cut();
	test_too_many();
	test_long_arguments();
	test_copy();
}
