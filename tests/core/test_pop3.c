/* POP3 as a dialog alone, against a dialog_io without a probe. */
#include "check.h"

#include "fake_io.h"

static fake_io f;

static dialog_result hear(const char *lines)
{
	return fake_io_hear(&f, &pop3_dialog, lines);
}

static void start(phase_id phase)
{
	fake_io_start(&f, PROTOCOL_pop3, phase);
	pop3_dialog.command(&f.io);
}

static void check(phase_id phase, const char *lines, dialog_result result, const char *found)
{
	start(phase);
	CHECK(hear(lines), ==, result);
	CHECK_TEXT(fake_io_found(&f), found);
}

static void test_commands(void)
{
	start(PHASE_greeting);
	CHECK_TEXT(f.said, "");
	start(PHASE_recapability);
	CHECK_TEXT(f.said, "CAPA\n");
	start(PHASE_close);
	CHECK_TEXT(f.said, "QUIT\n");
	fake_io_start(&f, PROTOCOL_pop3, PHASE_starttls);
	f.io.test_pipelining = 1;
	pop3_dialog.command(&f.io);
	CHECK_TEXT(f.said, "STLS\nNOOP\n");
}

static void test_greeting(void)
{
	check(PHASE_greeting, "+OK hi\n", DIALOG_DONE, "");
	check(PHASE_greeting, "-ERR no\n", DIALOG_FAILED, "greeting-refused");
	check(PHASE_greeting, "-ERR [SYS/TEMP] later\n", DIALOG_FAILED, "greeting-busy");
	check(PHASE_greeting, "HTTP/1.1 400 Bad Request\n", DIALOG_BROKEN, "not-a-mail-server");
}

static void test_list(void)
{
	start(PHASE_capability);
	CHECK(hear("+OK\nUSER\n..STLS\n\n.\n"), ==, DIALOG_DONE);
	CHECK(f.capabilities.count, ==, 2);
	CHECK(capabilities_has(&f.capabilities, ".STLS"), ==, 1);
	check(PHASE_capability, "what\n", DIALOG_BROKEN, "reply-malformed");
	/* Who does not know CAPA may know STLS. */
	check(PHASE_capability, "-ERR what\n", DIALOG_DONE, "");
	CHECK(f.io.reading.no_capability_command, ==, 1);
	fake_io_enter(&f, PHASE_starttls);
	CHECK(hear("-ERR what\n"), ==, DIALOG_FAILED);
	CHECK_TEXT(fake_io_found(&f), "starttls-not-offered");
	check(PHASE_close, "-ERR stay\n", DIALOG_DONE, "");
}

static void test_starttls(void)
{
	check(PHASE_starttls, "+OK go\n", DIALOG_DONE, "");
	check(PHASE_starttls, "-ERR no\n", DIALOG_FAILED, "starttls-refused");
	start(PHASE_starttls);
	f.io.test_pipelining = 1;
	CHECK(hear("-ERR no\n"), ==, DIALOG_FAILED);
	CHECK_TEXT(fake_io_found(&f), "");
}

void test_pop3(void)
{
	test_commands();
	test_greeting();
	test_list();
	test_starttls();
}
