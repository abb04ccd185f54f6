/* What all dialogs share: bounds, findings, names of commands. */
#include "check.h"

#include "fake_io.h"

static fake_io f;

/* A dialog that never has enough. */
static dialog_result more(dialog_io *io, const uint8_t *text, size_t len)
{
	(void)io;
	(void)text;
	return len == 4 ? DIALOG_DONE : DIALOG_MORE;
}

static void test_lines(void)
{
	static const dialog endless = { NULL, more, NULL };

	fake_io_start(&f, PROTOCOL_pop3, PHASE_capability);
	for (int round = 0; round < 2; round++) { /* each reply has that many of its own */
		for (int i = 0; i < LIMIT_REPLY_LINES; i++) {
			CHECK(fake_io_hear(&f, &endless, "x\n"), ==, DIALOG_MORE);
		}
		if (round == 0) {
			CHECK(fake_io_hear(&f, &endless, "last\n"), ==, DIALOG_DONE);
		}
	}
	CHECK(fake_io_hear(&f, &endless, "x\n"), ==, DIALOG_BROKEN);
	CHECK_TEXT(fake_io_found(&f), "reply-too-long");
	CHECK_TEXT(fake_io_args(&f), "{\"command\":\"CAPA\",\"limit\":512}");
}

static void test_names(void)
{
	static const char *const asks[] = { "EHLO", "CAPABILITY", "CAPA" };

	for (protocol_id protocol = PROTOCOL_smtp; protocol <= PROTOCOL_pop3; protocol++) {
		fake_io_start(&f, protocol, PHASE_recapability);
		CHECK_TEXT(dialog_command_name(&f.io), asks[protocol]);
		fake_io_enter(&f, PHASE_starttls);
		CHECK_TEXT(dialog_command_name(&f.io), protocol == PROTOCOL_pop3 ? "STLS" : "STARTTLS");
		fake_io_enter(&f, PHASE_close);
		CHECK_TEXT(dialog_command_name(&f.io), "close");
	}
}

static const uint8_t no[] = "554 no";

static void test_refusals(void)
{
	fake_io_start(&f, PROTOCOL_smtp, PHASE_greeting);
	CHECK(dialog_refused(&f.io, DIAG_greeting_refused, no, 6), ==, DIALOG_FAILED);
	CHECK_TEXT(fake_io_args(&f), "{\"text\":\"554 no\"}");
	/* After our second connection it may be our doing. */
	fake_io_start(&f, PROTOCOL_smtp, PHASE_greeting);
	f.io.disturbed = 1;
	CHECK(dialog_broken(&f.io, DIAG_greeting_refused, no, 6), ==, DIALOG_BROKEN);
	CHECK_TEXT(fake_io_found(&f), "greeting-busy");
	CHECK_TEXT(fake_io_args(&f), "{\"reason\":\"second-connection\",\"text\":\"554 no\"}");
	CHECK(dialog_was_disturbed(&f.io, DIAG_greeting_malformed), ==, 0);
	fake_io_enter(&f, PHASE_capability);
	CHECK(dialog_was_disturbed(&f.io, DIAG_greeting_refused), ==, 0);
	fake_io_start(&f, PROTOCOL_smtp, PHASE_capability);
	CHECK(dialog_broken(&f.io, DIAG_beyond_our_reach, no, 6), ==, DIALOG_BROKEN);
	CHECK_TEXT(fake_io_args(&f),
		"{\"command\":\"EHLO\",\"reason\":\"client-certificate\",\"text\":\"554 no\"}");
	/* Rude at good-bye is no finding. */
	fake_io_start(&f, PROTOCOL_smtp, PHASE_close);
	CHECK(dialog_refused(&f.io, DIAG_reply_refused, no, 6), ==, DIALOG_DONE);
	CHECK(dialog_broken(&f.io, DIAG_reply_malformed, no, 6), ==, DIALOG_DONE);
	CHECK_TEXT(fake_io_found(&f), "");
}

static void test_pipelined(void)
{
	fake_io_start(&f, PROTOCOL_imap, PHASE_handshake);
	CHECK(dialog_answers_pipelined(&f.io, (const uint8_t *)"z1 OK", 5), ==, 0);
	f.io.test_pipelining = 1;
	CHECK(dialog_answers_pipelined(&f.io, (const uint8_t *)"z1 OK", 5), ==, 1);
	CHECK(dialog_answers_pipelined(&f.io, (const uint8_t *)"250 ok", 6), ==, 0);
}

static void test_offer(void)
{
	fake_io_start(&f, PROTOCOL_pop3, PHASE_capability);
	CHECK(dialog_offers_starttls(&f.io), ==, 0);
	capabilities_add(&f.capabilities, (const uint8_t *)"STARTTLS", 8);
	CHECK(dialog_offers_starttls(&f.io), ==, 0);
	capabilities_add(&f.capabilities, (const uint8_t *)"STLS", 4);
	CHECK(dialog_offers_starttls(&f.io), ==, 1);
	fake_io_start(&f, PROTOCOL_pop3, PHASE_capability);
	f.io.reading.no_capability_command = 1;
	CHECK(dialog_offers_starttls(&f.io), ==, 1);
}

void test_dialog(void)
{
	test_offer();
	test_lines();
	test_names();
	test_refusals();
	test_pipelined();
}
