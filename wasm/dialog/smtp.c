/* SMTP as a client that only looks around: greeting, EHLO, STARTTLS, AUTH, QUIT (RFC 5321, 3207,
 * 4954). */
#include "base/text.h"
#include "dialog/dialog.h"
#include "dialog/replies.h"

#include <string.h>

static const char *own_name(const dialog_io *io)
{
	return io->naming == NAMING_usual ? io->client_name : io->address_literal;
}

/* A line that every server takes (RFC 5321 4.5.3.1.4); more than that follows when it is asked for. */
enum { LINE_MAX = 512 };

static void command(dialog_io *io)
{
	switch (io->phase) {
	case PHASE_capability:
	case PHASE_recapability:
		dialog_say(io, io->reading.said_helo ? "HELO" : "EHLO", own_name(io));
		break;
	case PHASE_starttls:
		dialog_say(io, "STARTTLS", NULL);
		if (io->test_pipelining) {
			dialog_say(io, "NOOP", NULL);
		}
		break;
	case PHASE_signin:
		dialog_authenticate(io, "AUTH", LINE_MAX);
		break;
	case PHASE_close:
		dialog_say(io, "QUIT", NULL);
		break;
	default:
		break;
	}
}

/* Middleboxes print stars over what they do not like (Cisco: "220 ****…"). */
static int masked(const uint8_t *text, size_t len)
{
	size_t stars = 0;
	for (size_t i = 0; i < len; i++) {
		stars += text[i] == '*';
	}
	return stars >= 8 && stars * 2 > len;
}

/* A client without a name that means anything gives its address for one (RFC 5321 4.1.4). */
static dialog_result give_address(dialog_io *io, const uint8_t *text, size_t len)
{
	io->naming = NAMING_literal_tried;
	io->name_refusal_len = len; /* at most LIMIT_QUOTE, like all of a reply that is kept */
	memcpy(io->name_refusal, text, len);
	command(io);
	return DIALOG_MORE;
}

/* Where the last thing said was our address, since our name had been refused, that is the reason. */
static int unanswered(dialog_io *io)
{
	if (io->naming != NAMING_literal_tried || !dialog_asks(io) || io->reading.reply.lines > 0) {
		return 0;
	}
	json *args = findings_begin(io->findings, DIAG_ehlo_name_refused);
	json_string(args, "command", dialog_command_name(io));
	findings_text(args, io->name_refusal, io->name_refusal_len);
	findings_end(io->findings);
	return 1;
}

static dialog_result refusal(dialog_io *io, const char *status, const uint8_t *text, size_t len)
{
	diagnosis_id cause = reply_cause(PROTOCOL_smtp, io->phase, status, text, len, own_name(io));

	if (cause == DIAG_ehlo_name_refused && io->naming == NAMING_usual
		&& io->address_literal[0] != '\0') {
		return give_address(io, text, len);
	}
	if (cause == DIAG_reply_refused && dialog_asks(io) && io->naming == NAMING_literal_tried) {
		cause = DIAG_ehlo_name_refused; /* the address for a name is no better liked */
	}
	/* Only what says "I do not know this word" makes an older greeting worth a try (3.2). */
	if (cause == DIAG_ehlo_refused && !io->reading.said_helo) {
		findings_quote(io->findings, cause, text, len);
		io->reading.said_helo = 1;
		command(io);
		return DIALOG_MORE;
	}
	if (io->phase == PHASE_starttls && io->test_pipelining) {
		return dialog_pipelining_refused(io);
	}
	return dialog_refused(io, cause == DIAG_ehlo_refused ? DIAG_reply_refused : cause, text, len);
}

static dialog_result verdict(dialog_io *io, const char *status, const uint8_t *text, size_t len)
{
	int wanted = io->phase == PHASE_starttls || io->phase == PHASE_greeting
		? io->reading.reply.code == 220
		: status[0] == '2';

	if (io->phase == PHASE_close) {
		return DIALOG_DONE;
	}
	if (io->phase == PHASE_greeting && wanted && masked(text, len)) {
		findings_quote(io->findings, DIAG_greeting_masked, text, len);
	}
	if (io->phase == PHASE_signin && wanted) {
		return dialog_signed_in(io);
	}
	if (wanted) {
		io->naming = io->naming == NAMING_usual ? NAMING_usual : NAMING_literal_accepted;
		return DIALOG_DONE;
	}
	/* 221 is a good-bye, and so a refusal; other words are no greeting (RFC 5321 4.3.2). */
	return io->phase == PHASE_greeting && status[0] < '4' && io->reading.reply.code != 221
		? dialog_broken(io, DIAG_greeting_malformed, text, len)
		: refusal(io, status, text, len);
}

/* A cause may stand in any line of a reply: it is judged, and quoted, as a whole. */
static void remember(dialog_io *io, const uint8_t *text, size_t len)
{
	size_t at = io->reading.reply.said_len;

	if (at > 0 && at < sizeof io->reading.reply.said) {
		io->reading.reply.said[at++] = ' ';
	}
	size_t room = sizeof io->reading.reply.said - at;
	size_t n = len < room ? len : room;
	if (n > 0) {
		memcpy(io->reading.reply.said + at, text, n);
	}
	io->reading.reply.said_len = at + n;
}

/* The place of a challenge holds words, and what they mean is known. */
static int refuses_by_challenge(const dialog_io *io, const char *status)
{
	return reply_cause(PROTOCOL_smtp, io->phase, status, io->reading.reply.said,
			   io->reading.reply.said_len, NULL)
		== DIAG_sign_in_app_password;
}

static dialog_result line(dialog_io *io, const uint8_t *text, size_t len)
{
	unsigned code = 0;
	size_t digits = 0;

	for (; digits < 3 && digits < len && text[digits] >= '0' && text[digits] <= '9'; digits++) {
		code = code * 10 + text[digits] - '0';
	}
	int last = len == 3 || (len > 3 && text[3] == ' '); /* the space may be missing (4.2.1) */
	int well_formed = digits == 3 && code >= 200 && code < 600
		&& (last || (len > 3 && text[3] == '-'))
		&& (io->reading.reply.lines == 0 || code == io->reading.reply.code);
	if (!well_formed) {
		if (io->phase == PHASE_greeting) {
			return dialog_foreign_greeting(io, text, len);
		}
		return dialog_broken(io, DIAG_reply_malformed, text, len);
	}
	int first = io->reading.reply.lines++ == 0;
	remember(io, text, len);
	io->reading.reply.code = code;
	const char *other = io->phase == PHASE_greeting && first ? text_protocol(text, len) : "smtp";
	if (!text_is((const uint8_t *)"smtp", 4, other)) {
		return dialog_foreign_greeting(io, text, len);
	}
	if (dialog_asks(io) && code / 100 == 2 && !first
		&& len > 4) { /* the first line is the server's name */
		capabilities_add(io->capabilities, text + 4, len - 4);
	}
	if (!last) {
		return DIALOG_MORE;
	}
	const char status[4] = { (char)('0' + code / 100), (char)('0' + code / 10 % 10),
		(char)('0' + code % 10), '\0' };
	if (io->phase == PHASE_signin && code == 334 && !refuses_by_challenge(io, status)) {
		return dialog_challenged(io, text + 4, len > 4 ? len - 4 : 0);
	}
	return verdict(io, status, io->reading.reply.said, io->reading.reply.said_len);
}

const dialog smtp_dialog = { command, line, unanswered };
