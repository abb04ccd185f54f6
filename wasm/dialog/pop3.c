/* POP3 as a client that only looks around: greeting, CAPA, STLS, AUTH, USER and PASS, QUIT
 * (RFC 1939, 2449, 2595, 5034). */
#include "base/text.h"
#include "dialog/dialog.h"
#include "dialog/replies.h"

#include "base/wipe.h"

#include <string.h>

/* RFC 2449 4. */
enum { LINE_MAX = 255 };

/* The line, its argument not shown. */
static void say_secret(dialog_io *io, const char *word, const char *argument)
{
	char line[LIMIT_PASSWORD + LIMIT_USER];
	char shown[24];

	strcat(strcat(strcpy(line, word), " "), argument);
	strcat(strcpy(shown, word), " (not shown)");
	dialog_say_secret(io, line, shown);
	wipe(line, sizeof line);
}

static void sign_in_begin(dialog_io *io)
{
	if (io->sign_in.way == WAY_command) {
		say_secret(io, "USER", io->credentials->user);
	} else {
		dialog_authenticate(io, "AUTH", LINE_MAX);
	}
}

/* The server has said +OK: to the name, or to all. */
static dialog_result sign_in_accepted(dialog_io *io)
{
	if (io->sign_in.way == WAY_command && io->sign_in.step++ == 0) {
		say_secret(io, "PASS", io->credentials->password);
		return DIALOG_MORE;
	}
	return dialog_signed_in(io);
}

static void command(dialog_io *io)
{
	static const char *const words[PHASE_COUNT] = {
		[PHASE_capability] = "CAPA",
		[PHASE_recapability] = "CAPA",
		[PHASE_starttls] = "STLS",
		[PHASE_close] = "QUIT",
	};
	if (io->phase == PHASE_signin) {
		sign_in_begin(io);
	}
	if (words[io->phase] != NULL) {
		dialog_say(io, words[io->phase], NULL);
		if (io->phase == PHASE_starttls && io->test_pipelining) {
			dialog_say(io, "NOOP", NULL);
		}
	}
}

static dialog_result refusal(dialog_io *io, const uint8_t *text, size_t len)
{
	diagnosis_id cause = reply_cause(PROTOCOL_pop3, io->phase, "-ERR", text, len, NULL);

	if (io->phase == PHASE_close) {
		return DIALOG_DONE;
	}
	if (cause == DIAG_COUNT) {
		/* CAPA is an extension; without it STLS may still work (RFC 2595 4). */
		io->reading.no_capability_command = 1;
		return DIALOG_DONE;
	}
	if (io->phase == PHASE_starttls && io->test_pipelining) {
		return dialog_pipelining_refused(io);
	}
	if (cause == DIAG_starttls_refused && io->reading.no_capability_command) {
		/* It never said that it could: this is how an old server says no. */
		cause = DIAG_starttls_not_offered;
	}
	return dialog_refused(io, cause, text, len);
}

static dialog_result line(dialog_io *io, const uint8_t *text, size_t len)
{
	int asks = dialog_asks(io);

	if (io->reading.reply.listing) {
		if (len == 1 && text[0] == '.') {
			return DIALOG_DONE;
		}
		size_t stuffed = len > 0 && text[0] == '.'; /* RFC 1939 section 3 */
		capabilities_add(io->capabilities, text + stuffed, len - stuffed);
		return DIALOG_MORE;
	}
	if (io->phase == PHASE_signin && text_word(text, len, "+OK")) {
		return sign_in_accepted(io);
	}
	if (io->phase == PHASE_signin && text_word(text, len, "+")) {
		return dialog_challenged(io, text + 2, len > 2 ? len - 2 : 0);
	}
	if (text_word(text, len, "+OK")) {
		io->reading.reply.listing = asks;
		return asks ? DIALOG_MORE : DIALOG_DONE;
	}
	if (text_word(text, len, "-ERR")) {
		return refusal(io, text, len);
	}
	if (io->phase == PHASE_greeting) {
		return dialog_foreign_greeting(io, text, len);
	}
	return dialog_broken(io, DIAG_reply_malformed, text, len);
}

const dialog pop3_dialog = { command, line, NULL };
