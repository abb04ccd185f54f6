/* IMAP as a dialog alone, against a dialog_io without a probe. */
#include "check.h"

#include "fake_io.h"

static fake_io f;

static dialog_result hear(const char *lines)
{
	return fake_io_hear(&f, &imap_dialog, lines);
}

static void start(phase_id phase)
{
	fake_io_start(&f, PROTOCOL_imap, phase);
	imap_dialog.command(&f.io);
}

static void check(phase_id phase, const char *lines, dialog_result result, const char *found)
{
	start(phase);
	CHECK(hear(lines), ==, result);
	CHECK_TEXT(fake_io_found(&f), found);
}

/* Tags count, one digit. */
static void test_commands(void)
{
	start(PHASE_greeting);
	CHECK_TEXT(f.said, "");
	for (phase_id phase = PHASE_capability; phase <= PHASE_starttls; phase++) {
		fake_io_enter(&f, phase);
		imap_dialog.command(&f.io);
		CHECK_TEXT(f.said, phase == PHASE_capability ? "a1 CAPABILITY\n" : "a2 STARTTLS\n");
	}
	f.io.tag = 9;
	fake_io_enter(&f, PHASE_close);
	imap_dialog.command(&f.io);
	CHECK_TEXT(f.said, "a0 LOGOUT\n");
	fake_io_enter(&f, PHASE_starttls);
	f.io.test_pipelining = 1;
	imap_dialog.command(&f.io);
	CHECK_TEXT(f.said, "a1 STARTTLS\nz1 NOOP\n");
	CHECK(imap_dialog.unanswered == NULL, ==, 1);
}

static void test_greeting(void)
{
	check(PHASE_greeting, "* OK hi\n", DIALOG_DONE, "");
	check(PHASE_greeting, "* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\n", DIALOG_DONE, "");
	CHECK(capabilities_has(&f.capabilities, "STARTTLS"), ==, 1);
	check(PHASE_greeting, "* OK [ALERT] pay up\n", DIALOG_DONE, "alert-before-tls");
	check(PHASE_greeting, "* PREAUTH hi\n", DIALOG_BROKEN, "greeting-preauth");
	check(PHASE_greeting, "* BYE no\n", DIALOG_BROKEN, "greeting-refused");
	check(PHASE_greeting, "* NO no\n", DIALOG_FAILED, "greeting-refused");
	check(PHASE_greeting, "220 mail ESMTP\n", DIALOG_BROKEN, "greeting-malformed");
	start(PHASE_greeting);
	f.io.within_tls = 1;
	CHECK(hear("* PREAUTH [ALERT] hi\n"), ==, DIALOG_DONE);
	CHECK_TEXT(fake_io_found(&f), "");
	start(PHASE_greeting);
	f.io.mode = MODE_cleartext;
	CHECK(hear("* PREAUTH hi\n"), ==, DIALOG_DONE);
}

static void test_list(void)
{
	start(PHASE_capability);
	CHECK(hear("* OK [CAPABILITY OLD]\n* CAPABILITY IMAP4rev1 IDLE\n* OK [CAPABILITY OTHER]\na1 "
			   "OK\n"),
		==, DIALOG_DONE);
	CHECK(f.capabilities.count, ==, 2);
	CHECK(capabilities_has(&f.capabilities, "IDLE"), ==, 1);
	check(PHASE_capability, "a1 NO\n", DIALOG_FAILED, "reply-refused");
	check(PHASE_capability, "a1 MAYBE\n", DIALOG_BROKEN, "reply-malformed");
	check(PHASE_capability, "a2 OK\n", DIALOG_BROKEN, "reply-malformed");
	check(PHASE_capability, "* BYE bye\n", DIALOG_BROKEN, "connection-closed");
	check(PHASE_capability, "* 3 EXISTS\na1 OK\n", DIALOG_DONE, "mailbox-data-before-tls");
	check(PHASE_close, "* BYE\na1 OK\n", DIALOG_DONE, "");
	check(PHASE_close, "a1 NO\n", DIALOG_DONE, "");
}

/* The dialog says how many bytes are to be passed over, and takes what follows for the same line. */
static void test_literals(void)
{
	start(PHASE_capability);
	CHECK(hear("* X {12}\n"), ==, DIALOG_MORE);
	CHECK(f.io.skip, ==, 12);
	f.io.skip = 0;
	CHECK(hear("a1 BAD no\n"), ==, DIALOG_MORE);
	CHECK(hear("a1 OK\n"), ==, DIALOG_DONE);
	check(PHASE_capability, "* OK {12}\n", DIALOG_MORE, "");
	CHECK(f.io.skip, ==, 0); /* text for people */
	check(PHASE_capability, "* X {99999999999999999999}\n", DIALOG_BROKEN, "reply-too-long");
	CHECK(f.io.skip, ==, 0);
}

static void test_starttls(void)
{
	check(PHASE_starttls, "a1 OK go\n", DIALOG_DONE, "");
	check(PHASE_starttls, "a1 OK {3}\n", DIALOG_BROKEN, "starttls-injected");
	check(PHASE_starttls, "+ go\n", DIALOG_FAILED, "starttls-refused");
	check(PHASE_starttls, "a1 BAD no\n", DIALOG_FAILED, "starttls-refused");
	start(PHASE_starttls);
	f.io.test_pipelining = 1;
	CHECK(hear("a1 BAD no\n"), ==, DIALOG_FAILED);
	CHECK_TEXT(fake_io_found(&f), "");
}

void test_imap(void)
{
	test_commands();
	test_greeting();
	test_list();
	test_literals();
	test_starttls();
}
