/* SMTP as a dialog alone, against a dialog_io without a probe. */
#include "check.h"

#include "fake_io.h"

static fake_io f;

static dialog_result hear(const char *lines)
{
	return fake_io_hear(&f, &smtp_dialog, lines);
}

static void start(phase_id phase)
{
	fake_io_start(&f, PROTOCOL_smtp, phase);
	smtp_dialog.command(&f.io);
}

/* In one phase these lines have this result, and these findings. */
static void check(phase_id phase, const char *lines, dialog_result result, const char *found)
{
	start(phase);
	CHECK(hear(lines), ==, result);
	CHECK_TEXT(fake_io_found(&f), found);
}

static void test_commands(void)
{
	static const struct {
		phase_id phase;
		const char *said;
	} commands[] = { { PHASE_greeting, "" }, { PHASE_capability, "EHLO check.invalid\n" },
		{ PHASE_starttls, "STARTTLS\n" }, { PHASE_recapability, "EHLO check.invalid\n" },
		{ PHASE_close, "QUIT\n" } };

	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
		start(commands[i].phase);
		CHECK_TEXT(f.said, commands[i].said);
	}
	fake_io_start(&f, PROTOCOL_smtp, PHASE_starttls);
	f.io.test_pipelining = 1;
	smtp_dialog.command(&f.io);
	CHECK_TEXT(f.said, "STARTTLS\nNOOP\n");
}

static void test_greeting(void)
{
	check(PHASE_greeting, "220 mail\n", DIALOG_DONE, "");
	check(PHASE_greeting, "220\n", DIALOG_DONE, "");
	check(PHASE_greeting, "220-mail\n", DIALOG_MORE, "");
	check(PHASE_greeting, "220-mail\n220 ready\n", DIALOG_DONE, "");
	check(PHASE_greeting, "220 ********\n", DIALOG_DONE, "greeting-masked");
	check(PHASE_greeting, "250 mail\n", DIALOG_BROKEN, "greeting-malformed");
	check(PHASE_greeting, "554 no service\n", DIALOG_FAILED, "greeting-refused");
	check(PHASE_greeting, "221 bye\n", DIALOG_FAILED, "greeting-refused");
	check(PHASE_greeting, "421 too many\n", DIALOG_FAILED, "greeting-busy");
	check(PHASE_greeting, "220 (vsFTPd 3.0.3)\n", DIALOG_BROKEN, "not-a-mail-server");
	check(PHASE_greeting, "+OK hi\n", DIALOG_BROKEN, "greeting-malformed");
}

static void test_list(void)
{
	start(PHASE_capability);
	CHECK(hear("250-mail\n250-SIZE 1000\n250 STARTTLS\n"), ==, DIALOG_DONE);
	CHECK(f.capabilities.count, ==, 2);
	CHECK(capabilities_has(&f.capabilities, "STARTTLS"), ==, 1);
	CHECK(capabilities_has(&f.capabilities, "mail"), ==, 0);
	check(PHASE_capability, "250-a\n251 b\n", DIALOG_BROKEN, "reply-malformed");
	check(PHASE_capability, "what\n", DIALOG_BROKEN, "reply-malformed");
	check(PHASE_close, "what\n", DIALOG_DONE, "");
	check(PHASE_close, "554 no\n", DIALOG_DONE, "");
}

/* An old server gets HELO, once. */
static void test_helo(void)
{
	start(PHASE_capability);
	CHECK(hear("502 unknown command\n"), ==, DIALOG_MORE);
	CHECK_TEXT(f.said, "EHLO check.invalid\nHELO check.invalid\n");
	CHECK_TEXT(dialog_command_name(&f.io), "HELO");
	CHECK(hear("502 unknown command\n"), ==, DIALOG_FAILED);
	CHECK_TEXT(fake_io_found(&f), "ehlo-refused reply-refused");
}

static void give_literal(void)
{
	start(PHASE_capability);
	strcpy(f.io.address_literal, "[192.0.2.1]");
	CHECK(hear("550 Helo command rejected: invalid name\n"), ==, DIALOG_MORE);
	CHECK_TEXT(f.said, "EHLO check.invalid\nEHLO [192.0.2.1]\n");
}

/* A name that is not liked: our address instead, where we know it. */
static void test_naming(void)
{
	check(PHASE_capability, "550 Helo command rejected: invalid name\n", DIALOG_FAILED,
		"ehlo-name-refused");
	give_literal();
	CHECK(hear("250 mail\n"), ==, DIALOG_DONE);
	CHECK(f.io.naming, ==, NAMING_literal_accepted);
	CHECK_TEXT(fake_io_found(&f), "");
	give_literal();
	CHECK(hear("550 no\n"), ==, DIALOG_FAILED);
	CHECK_TEXT(fake_io_found(&f), "ehlo-name-refused");

	/* No answer at all is one, unless it has begun. */
	give_literal();
	CHECK(smtp_dialog.unanswered(&f.io), ==, 1);
	CHECK_TEXT(fake_io_args(&f),
		"{\"command\":\"EHLO\",\"text\":\"550 Helo command rejected: invalid name\"}");
	give_literal();
	hear("250-mail\n");
	CHECK(smtp_dialog.unanswered(&f.io), ==, 0);
	give_literal();
	fake_io_enter(&f, PHASE_starttls);
	CHECK(smtp_dialog.unanswered(&f.io), ==, 0);
	start(PHASE_capability);
	CHECK(smtp_dialog.unanswered(&f.io), ==, 0);
}

static void test_starttls(void)
{
	check(PHASE_starttls, "220 go\n", DIALOG_DONE, "");
	check(PHASE_starttls, "221 bye\n", DIALOG_FAILED, "starttls-refused");
	check(PHASE_starttls, "454 not now\n", DIALOG_FAILED, "starttls-unavailable");
	start(PHASE_starttls);
	f.io.test_pipelining = 1;
	CHECK(hear("554 no\n"), ==, DIALOG_FAILED);
	CHECK_TEXT(fake_io_found(&f), "");
	CHECK(f.io.remark != NULL, ==, 1);
}

void test_smtp(void)
{
	test_commands();
	test_greeting();
	test_list();
	test_helo();
	test_naming();
	test_starttls();
}
