/* IMAP as a client that only looks around: greeting, CAPABILITY, STARTTLS, AUTHENTICATE or LOGIN,
 * LOGOUT (RFC 3501, 9051, 4959). */
#include "base/text.h"
#include "dialog/dialog.h"
#include "dialog/replies.h"

#include "base/wipe.h"

#include <string.h>

/* --- signing in ------------------------------------------------------------------------------------------- */

/* RFC 2683 3.2.1.5; a literal, or an initial response where servers know of such, costs a round trip less. */
enum { LINE_MAX = 1000, TAG = 3 };

/* A quoted string may hold it: no servers' 8-bit characters before RFC 9051. */
static int is_quotable(const char *text)
{
	for (; *text != '\0'; text++) {
		if ((*text & 0x80) != 0) {
			return 0;
		}
	}
	return 1;
}

static char *put_quoted(char *out, const char *text)
{
	*out++ = '"';
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\') {
			*out++ = '\\';
		}
		*out++ = *text;
	}
	*out++ = '"';
	*out = '\0';
	return out;
}

/* The announcement of a literal (RFC 3501 4.3), for less than a thousand bytes. */
static char *put_literal_length(char *out, size_t len)
{
	*out++ = '{';
	for (size_t unit = len >= 100 ? 100 : len >= 10 ? 10 : 1; unit > 0; unit /= 10) {
		*out++ = (char)('0' + len / unit % 10);
	}
	*out++ = '}';
	*out = '\0';
	return out;
}

static int needs_literals(const dialog_io *io)
{
	return !is_quotable(io->credentials->user) || !is_quotable(io->credentials->password);
}

static void say_login(dialog_io *io, const char *tag)
{
	char line[16 + 2 * (LIMIT_USER + LIMIT_PASSWORD)];
	char shown[32];
	const credentials *c = io->credentials;

	strcat(strcpy(line, tag), " LOGIN ");
	strcat(strcpy(shown, line), "(not shown)");
	char *at = line + strlen(line);
	if (needs_literals(io)) {
		put_literal_length(at, strlen(c->user));
	} else {
		at = put_quoted(at, c->user);
		*at++ = ' ';
		put_quoted(at, c->password);
		io->sign_in.step = 2;
	}
	dialog_say_secret(io, line, shown);
	wipe(line, sizeof line);
}

/* The server waits for a literal: the name, or the password. */
static dialog_result say_literal(dialog_io *io)
{
	char line[LIMIT_USER + 16];
	const credentials *c = io->credentials;

	if (io->sign_in.step > 1) {
		return dialog_broken(io, DIAG_reply_malformed, NULL, 0);
	}
	if (io->sign_in.step++ == 0) {
		strcat(strcpy(line, c->user), " ");
		put_literal_length(line + strlen(line), strlen(c->password));
		dialog_say_secret(io, line, "(not shown)");
		wipe(line, sizeof line);
	} else {
		dialog_say_secret(io, c->password, "(not shown)");
	}
	return DIALOG_MORE;
}

static void sign_in_begin(dialog_io *io, const char *tag)
{
	char authenticate[TAG + 16];

	if (io->sign_in.way == WAY_command) {
		say_login(io, tag);
		return;
	}
	strcat(strcpy(authenticate, tag), " AUTHENTICATE");
	dialog_authenticate(
		io, authenticate, capabilities_has(io->capabilities, "SASL-IR") ? LINE_MAX : 0);
}

static dialog_result sign_in_continue(dialog_io *io, const uint8_t *text, size_t len)
{
	size_t start = len > 1 && text[1] == ' ' ? 2 : 1;

	return io->sign_in.way == WAY_command ? say_literal(io)
										  : dialog_challenged(io, text + start, len - start);
}

/* --- commands ---------------------------------------------------------------------------------------------- */

static void command(dialog_io *io)
{
	static const char *const words[PHASE_COUNT] = {
		[PHASE_capability] = "CAPABILITY",
		[PHASE_recapability] = "CAPABILITY",
		[PHASE_starttls] = "STARTTLS",
		[PHASE_close] = "LOGOUT",
	};
	char tag[TAG] = { 'a', 0, 0 };

	if (io->phase == PHASE_signin) {
		tag[1] = (char)('0' + ++io->tag % 10);
		sign_in_begin(io, tag);
	} else if (words[io->phase] != NULL) {
		tag[1] = (char)('0' + ++io->tag % 10);
		dialog_say(io, tag, words[io->phase]);
		if (io->phase == PHASE_starttls && io->test_pipelining) {
			dialog_say(io, "z1", "NOOP");
		}
	}
}

/*
 * The line ends with {n}: n bytes follow that are data, not a line (RFC 3501 4.3). A size past what one
 * probe may receive is as good as one more than that.
 */
static int opens_literal(const uint8_t *text, size_t len, size_t *size)
{
	if (len < 3 || text[len - 1] != '}') {
		return 0;
	}
	size_t end = len - 1 - (text[len - 2] == '+'), i = end, n = 0;
	while (i > 0 && text[i - 1] >= '0' && text[i - 1] <= '9') {
		i--;
	}
	if (i == end || i == 0 || text[i - 1] != '{') {
		return 0;
	}
	for (; i < end; i++) {
		n = n > LIMIT_RECEIVED ? n : n * 10 + text[i] - '0';
	}
	*size = n;
	return 1;
}

/* The response code after the status word of a line (RFC 3501 7.1), brackets left off; or NULL. */
static const uint8_t *response_code(const uint8_t *text, size_t len, size_t *code_len)
{
	size_t rest = len, word = 0;

	for (int words = 0; words < 2; words++) { /* the tag and the status */
		text = text_next_word(text, &rest, &word);
		if (text == NULL) {
			return NULL;
		}
		text += word;
	}
	const uint8_t *end = rest > 1 ? memchr(text, ']', rest) : NULL;
	if (end == NULL || text[1] != '[') {
		return NULL;
	}
	*code_len = (size_t)(end - text) - 2;
	return text + 2;
}

static void add_capabilities(dialog_io *io, const uint8_t *text, size_t len)
{
	capabilities *list = io->capabilities;
	size_t rest = len, word;

	capabilities_clear(list);
	while ((text = text_next_word(text, &rest, &word)) != NULL) {
		capabilities_add(list, text, word);
		text += word;
	}
}

/* Some servers list their capabilities only in a code; the answer to CAPABILITY replaces them. */
static void read_code(dialog_io *io, const uint8_t *text, size_t len)
{
	static const char capability[] = "CAPABILITY ";
	size_t code_len = 0;
	const uint8_t *code = response_code(text, len, &code_len);

	if (code == NULL) {
		return;
	}
	if (text_starts(code, code_len, capability) && !io->reading.reply.listing) {
		add_capabilities(io, code + sizeof capability - 1, code_len - (sizeof capability - 1));
	}
	/* Nobody has proved who says this: an app that shows or follows it can be led astray. */
	if (!io->within_tls && text_is(code, code_len, "ALERT")) {
		findings_quote(io->findings, DIAG_alert_before_tls, text, len);
	}
	if (!io->within_tls && text_word(code, code_len, "REFERRAL")) { /* RFC 2221, RFC 2193 */
		findings_quote(io->findings, DIAG_referral_before_tls, text, len);
	}
}

enum { BYE };
static const char *const refusals[] = { [BYE] = "BYE", "NO", "BAD" };

static dialog_result greeting(dialog_io *io, const uint8_t *text, size_t len)
{
	if (text_word(text, len, "* OK")) {
		return DIALOG_DONE;
	}
	if (text_word(text, len, "* PREAUTH")) {
		/* Before TLS it rules STARTTLS out, which is what an attacker wants (RFC 9051 7.1.4). */
		return io->within_tls || io->mode == MODE_cleartext
			? DIALOG_DONE
			: dialog_broken(io, DIAG_greeting_preauth, text, len);
	}
	for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
		if (len > 2 && text_word(text + 2, len - 2, refusals[i]) && text[0] == '*') {
			diagnosis_id cause =
				reply_cause(PROTOCOL_imap, io->phase, refusals[i], text, len, NULL);
			/* After BYE the server has hung up; there is nobody to say LOGOUT to. */
			return i == BYE ? dialog_broken(io, cause, text, len)
							: dialog_refused(io, cause, text, len);
		}
	}
	return dialog_foreign_greeting(io, text, len);
}

/* One of a list of words, alone or followed by a space. */
static int is_one_of(const uint8_t *text, size_t len, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (text_word(text, len, words[i])) {
			return 1;
		}
	}
	return 0;
}

#define IS_ONE_OF(text, len, words) is_one_of(text, len, words, sizeof words / sizeof words[0])

/* A status response: its text is for people, and may end like a literal (RFC 3501 7.1, resp-text). */
static int is_status(const uint8_t *text, size_t len)
{
	static const char *const words[] = { "OK", "NO", "BAD", "BYE", "PREAUTH" };
	return IS_ONE_OF(text, len, words);
}

/* What is in somebody's mailboxes (RFC 3501 7.2 to 7.4, and extensions): text after "* ". */
static int is_mailbox_data(const uint8_t *text, size_t len)
{
	static const char *const words[] = { "FLAGS", "LIST", "LSUB", "XLIST", "STATUS", "SEARCH",
		"ESEARCH", "SORT", "THREAD", "VANISHED", "NAMESPACE", "METADATA", "ACL", "QUOTA",
		"QUOTAROOT" };
	static const char *const numbered[] = { "EXISTS", "RECENT", "EXPUNGE", "FETCH" };
	size_t digits = 0;

	while (digits < len && text[digits] >= '0' && text[digits] <= '9') {
		digits++;
	}
	if (digits > 0 && digits < len && text[digits] == ' ') {
		return IS_ONE_OF(text + digits + 1, len - digits - 1, numbered);
	}
	return IS_ONE_OF(text, len, words);
}

/* hMailServer says only that there were too many tries, and closes. */
static int is_locked_without_bye(const dialog_io *io, const uint8_t *text, size_t len)
{
	return io->phase == PHASE_signin && !is_status(text + 2, len - 2)
		&& reply_cause(PROTOCOL_imap, io->phase, "BYE", text, len, NULL) == DIAG_sign_in_locked;
}

static dialog_result untagged(dialog_io *io, const uint8_t *text, size_t len)
{
	static const char answer[] = "* CAPABILITY ";
	int asks = dialog_asks(io);

	/* Nobody has signed in, so there is none to speak of: an app that believes it was fooled. */
	if (!io->within_tls && is_mailbox_data(text + 2, len - 2)) {
		findings_quote(io->findings, DIAG_mailbox_data_before_tls, text, len);
	}
	if (asks && text_starts(text, len, answer)) {
		io->reading.reply.listing = 1;
		add_capabilities(io, text + sizeof answer - 1, len - (sizeof answer - 1));
	} else if (io->phase != PHASE_close
		&& (text_word(text, len, "* BYE") || is_locked_without_bye(io, text, len))) {
		return dialog_broken(
			io, reply_cause(PROTOCOL_imap, io->phase, "BYE", text, len, NULL), text, len);
	}
	return DIALOG_MORE;
}

static dialog_result tagged(dialog_io *io, const uint8_t *text, size_t len)
{
	size_t size;

	if (text_word(text, len, "OK")) {
		/* A client that passes over the literal passes over the start of TLS. */
		return io->phase == PHASE_starttls && opens_literal(text, len, &size)
			? dialog_broken(io, DIAG_starttls_injected, text, len)
			: io->phase == PHASE_signin ? dialog_signed_in(io)
										: DIALOG_DONE;
	}
	const char *status = text_word(text, len, "NO") ? "NO"
		: text_word(text, len, "BAD")               ? "BAD"
													: NULL;
	if (status == NULL) {
		return dialog_broken(io, DIAG_reply_malformed, text, len);
	}
	if (io->phase == PHASE_close) {
		return DIALOG_DONE;
	}
	if (io->phase == PHASE_starttls && io->test_pipelining) {
		return dialog_pipelining_refused(io);
	}
	return dialog_refused(
		io, reply_cause(PROTOCOL_imap, io->phase, status, text, len, NULL), text, len);
}

static dialog_result line(dialog_io *io, const uint8_t *text, size_t len)
{
	int continued = io->reading.reply.continued;
	int is_untagged = len > 1 && text[0] == '*' && text[1] == ' ';
	int has_literals =
		continued || (is_untagged && io->phase != PHASE_greeting && !is_status(text + 2, len - 2));

	io->reading.reply.continued = has_literals && opens_literal(text, len, &io->skip);
	if (io->skip > LIMIT_RECEIVED) { /* it would never be read to its end */
		io->skip = 0;
		return dialog_reply_too_long(io, LIMIT_RECEIVED);
	}
	if (continued) {
		return DIALOG_MORE; /* the rest of a line that was judged by its start */
	}
	if (io->phase == PHASE_greeting || io->phase == PHASE_starttls || dialog_asks(io)) {
		read_code(io, text, len);
	}
	if (io->phase == PHASE_greeting) {
		return greeting(io, text, len);
	}
	if (is_untagged) {
		return untagged(io, text, len);
	}
	if (len > 0 && text[0] == '+' && io->phase == PHASE_signin) {
		return sign_in_continue(io, text, len);
	}
	if (len > 0 && text[0] == '+' && io->phase == PHASE_starttls) {
		/* No continuation is due here; clients that take it for a go-ahead were attacked so. */
		return dialog_refused(io, DIAG_starttls_refused, text, len);
	}
	if (len > 3 && text[0] == 'a' && text[1] == (uint8_t)('0' + io->tag % 10) && text[2] == ' ') {
		return tagged(io, text + 3, len - 3);
	}
	return dialog_broken(io, DIAG_reply_malformed, text, len);
}

const dialog imap_dialog = { command, line, NULL };
