#include "dialog/dialog.h"

#include "base/text.h"
#include "base/wipe.h"
#include "sasl/repeats.h"

#include <string.h>

dialog_result dialog_reply_too_long(dialog_io *io, int64_t limit)
{
	json *args = findings_begin(io->findings, DIAG_reply_too_long);

	json_string(args, "command", dialog_command_name(io));
	json_int(args, "limit", limit);
	findings_end(io->findings);
	return DIALOG_BROKEN;
}

dialog_result dialog_line(const dialog *d, dialog_io *io, const uint8_t *text, size_t len)
{
	dialog_result result = d->line(io, text, len);

	if (result != DIALOG_MORE) {
		io->reading.lines = 0;
		return result;
	}
	return ++io->reading.lines > LIMIT_REPLY_LINES ? dialog_reply_too_long(io, LIMIT_REPLY_LINES)
												   : DIALOG_MORE;
}

void dialog_say(dialog_io *io, const char *command, const char *argument)
{
	io->say(io->to, command, argument);
	memset(&io->reading.reply, 0, sizeof io->reading.reply);
}

/* --- signing in ------------------------------------------------------------------------------------------- */

void dialog_say_secret(dialog_io *io, const char *line, const char *shown)
{
	io->say_secret(io->to, line, shown);
	memset(&io->reading.reply, 0, sizeof io->reading.reply);
}

static const char not_shown[] = "(not shown)";

void dialog_authenticate(dialog_io *io, const char *command, size_t line_max)
{
	const char *mechanism = sign_in_way_name(io->sign_in.way, io->protocol);
	size_t initial = sign_in_initial_length(&io->sign_in, io->credentials);
	char message[SIGN_IN_MESSAGE];
	char line[SIGN_IN_MESSAGE + 64]; /* a command and a mechanism have a few letters */
	char shown[96];

	strcat(strcat(strcpy(shown, command), " "), mechanism);
	if (initial == 0 || strlen(shown) + 1 + initial + 2 > line_max) {
		dialog_say(io, command, mechanism);
		return;
	}
	sign_in_initial(&io->sign_in, io->credentials, message);
	strcat(strcat(strcpy(line, shown), " "), message);
	dialog_say_secret(io, line, strcat(strcat(shown, " "), not_shown));
	wipe(message, sizeof message);
	wipe(line, sizeof line);
}

dialog_result dialog_challenged(dialog_io *io, const uint8_t *challenge, size_t len)
{
	char message[SIGN_IN_MESSAGE];
	sign_in_message said = sign_in_answer(&io->sign_in, io->credentials, challenge, len, message);

	if (said == SIGN_IN_SAID) {
		dialog_say_secret(io, message, not_shown);
		wipe(message, sizeof message);
		return DIALOG_MORE;
	}
	if (said == SIGN_IN_IMPOSTOR) {
		findings_add(io->findings, DIAG_sign_in_server_unproved);
		return DIALOG_BROKEN;
	}
	if (said == SIGN_IN_COSTLY) {
		findings_beyond_reach(io->findings, "sign-in", NULL, NULL);
		return DIALOG_BROKEN;
	}
	return dialog_broken(io, DIAG_reply_malformed, NULL, 0);
}

dialog_result dialog_signed_in(dialog_io *io)
{
	if (!sign_in_is_mutual(&io->sign_in)) {
		findings_add(io->findings, DIAG_sign_in_server_unproved);
		return DIALOG_BROKEN;
	}
	json *args = findings_begin(io->findings, DIAG_sign_in_ok);
	json_string(args, "mechanism", sign_in_way_name(io->sign_in.way, io->protocol));
	findings_end(io->findings);
	return DIALOG_DONE;
}

int dialog_may_show(const dialog_io *io, const uint8_t *text, size_t len)
{
	return io->credentials == NULL || !io->credentials->given
		|| !repeats_credentials(io->credentials, text, len);
}

int dialog_asks(const dialog_io *io)
{
	return io->phase == PHASE_capability || io->phase == PHASE_recapability;
}

const char *dialog_upgrade_keyword(const dialog_io *io)
{
	return io->protocol == PROTOCOL_pop3 ? "STLS" : "STARTTLS";
}

/* A POP3 server without CAPA may know STLS all the same: asking is the only way to tell. */
int dialog_offers_starttls(const dialog_io *io)
{
	return capabilities_has(io->capabilities, dialog_upgrade_keyword(io))
		|| io->reading.no_capability_command;
}

const char *dialog_command_name(const dialog_io *io)
{
	static const char *const asks[] = { "EHLO", "CAPABILITY", "CAPA" };

	if (dialog_asks(io)) {
		return io->reading.said_helo ? "HELO" : asks[io->protocol];
	}
	if (io->phase == PHASE_signin) {
		return sign_in_way_name(io->sign_in.way, io->protocol);
	}
	return io->phase == PHASE_starttls ? dialog_upgrade_keyword(io) : phase_name(io->phase);
}

int dialog_was_disturbed(const dialog_io *io, diagnosis_id id)
{
	return io->phase == PHASE_greeting && io->disturbed
		&& (id == DIAG_greeting_busy || id == DIAG_greeting_refused || id == DIAG_greeting_closed
			|| id == DIAG_connection_closed);
}

int dialog_answers_pipelined(const dialog_io *io, const uint8_t *text, size_t len)
{
	static const char *const starts[] = { "250", "z1 ", "+OK" };
	return io->test_pipelining && text_starts(text, len, starts[io->protocol]);
}

static void add_reply_finding(dialog_io *io, diagnosis_id id, const uint8_t *text, size_t len)
{
	int disturbed = dialog_was_disturbed(io, id);
	json *args = findings_begin(io->findings, disturbed ? DIAG_greeting_busy : id);

	if (io->phase != PHASE_greeting) {
		json_string(args, "command", dialog_command_name(io));
	}
	if (id == DIAG_beyond_our_reach) { /* a reply can show nothing else that is beyond it */
		json_string(args, "reason", "client-certificate");
	}
	if (disturbed) {
		json_string(args, "reason", "second-connection");
	}
	if (text != NULL && dialog_may_show(io, text, len)) {
		findings_text(args, text, len);
	}
	findings_end(io->findings);
}

dialog_result dialog_refused(dialog_io *io, diagnosis_id id, const uint8_t *text, size_t len)
{
	/* A server that is rude while saying good-bye has told us all we asked for. */
	if (io->phase == PHASE_close) {
		return DIALOG_DONE;
	}
	add_reply_finding(io, id, text, len);
	return DIALOG_FAILED;
}

dialog_result dialog_broken(dialog_io *io, diagnosis_id id, const uint8_t *text, size_t len)
{
	return dialog_refused(io, id, text, len) == DIALOG_DONE ? DIALOG_DONE : DIALOG_BROKEN;
}

dialog_result dialog_pipelining_refused(dialog_io *io)
{
	io->remark = "refused, because a command followed: this is the safe answer";
	return DIALOG_FAILED;
}

dialog_result dialog_foreign_greeting(dialog_io *io, const uint8_t *text, size_t len)
{
	const char *looks_like = text_protocol(text, len);
	int mail = looks_like == NULL || strcmp(looks_like, "smtp") == 0
		|| strcmp(looks_like, "imap") == 0 || strcmp(looks_like, "pop3") == 0;
	json *args =
		findings_begin(io->findings, mail ? DIAG_greeting_malformed : DIAG_not_a_mail_server);

	if (looks_like != NULL) {
		json_string(args, "looks_like", looks_like);
	}
	findings_text(args, text, len);
	findings_end(io->findings);
	return DIALOG_BROKEN;
}
