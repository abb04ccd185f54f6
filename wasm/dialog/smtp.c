/* SMTP as a client that only looks around: greeting, EHLO, STARTTLS, QUIT (RFC 5321, RFC 3207). */
#include "inner.h"
#include "dialog/replies.h"
#include "base/text.h"

#include <string.h>

static int asks(const probe *p)
{
	return p->phase == PHASE_capability || p->phase == PHASE_recapability;
}

static const char *own_name(const probe *p)
{
	return p->naming == NAMING_usual ? p->client_name : p->literal;
}

static void command(probe *p)
{
	switch (p->phase) {
	case PHASE_capability:
	case PHASE_recapability:
		probe_say(p, p->said_helo ? "HELO" : "EHLO", own_name(p));
		break;
	case PHASE_starttls:
		probe_say(p, "STARTTLS", NULL);
		if (p->test_pipelining) {
			probe_say(p, "NOOP", NULL);
		}
		break;
	case PHASE_close:
		probe_say(p, "QUIT", NULL);
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
static reply give_address(probe *p, const uint8_t *text, size_t len)
{
	p->naming = NAMING_literal_tried;
	p->name_refusal_len = len; /* at most LIMIT_QUOTE, like all of a reply that is kept */
	memcpy(p->name_refusal, text, len);
	command(p);
	return REPLY_MORE;
}

int smtp_ended_over_our_name(probe *p)
{
	if (p->naming != NAMING_literal_tried || !asks(p) || p->reply.lines > 0) {
		return 0;
	}
	json *args = findings_begin(&p->findings, DIAG_ehlo_name_refused);
	json_string(args, "command", probe_command_name(p));
	findings_text(args, p->name_refusal, p->name_refusal_len);
	findings_end(&p->findings);
	return 1;
}

static reply refusal(probe *p, const char *status, const uint8_t *text, size_t len)
{
	diagnosis_id cause = reply_cause(PROTOCOL_smtp, p->phase, status, text, len, own_name(p));

	if (cause == DIAG_ehlo_name_refused && p->naming == NAMING_usual && p->literal[0] != '\0') {
		return give_address(p, text, len);
	}
	if (cause == DIAG_reply_refused && asks(p) && p->naming == NAMING_literal_tried) {
		cause = DIAG_ehlo_name_refused; /* the address for a name is no better liked */
	}
	/* Only what says "I do not know this word" makes an older greeting worth a try (3.2). */
	if (cause == DIAG_ehlo_refused && !p->said_helo) {
		findings_quote(&p->findings, cause, text, len);
		p->said_helo = 1;
		command(p);
		return REPLY_MORE;
	}
	if (p->phase == PHASE_starttls && p->test_pipelining) {
		return probe_pipelining_refused(p);
	}
	return probe_refused(p, cause == DIAG_ehlo_refused ? DIAG_reply_refused : cause, text, len);
}

static reply verdict(probe *p, const char *status, const uint8_t *text, size_t len)
{
	int wanted = p->phase == PHASE_starttls || p->phase == PHASE_greeting ? p->reply.code == 220
																		  : status[0] == '2';

	if (p->phase == PHASE_close) {
		return REPLY_DONE;
	}
	if (p->phase == PHASE_greeting && wanted && masked(text, len)) {
		findings_quote(&p->findings, DIAG_greeting_masked, text, len);
	}
	if (wanted) {
		p->naming = p->naming == NAMING_usual ? NAMING_usual : NAMING_literal_accepted;
		return REPLY_DONE;
	}
	/* 221 is a good-bye, and so a refusal; other words are no greeting (RFC 5321 4.3.2). */
	return p->phase == PHASE_greeting && status[0] < '4' && p->reply.code != 221
		? probe_broken(p, DIAG_greeting_malformed, text, len)
		: refusal(p, status, text, len);
}

/* A cause may stand in any line of a reply: it is judged, and quoted, as a whole. */
static void remember(probe *p, const uint8_t *text, size_t len)
{
	size_t at = p->reply.said_len;

	if (at > 0 && at < sizeof p->reply.said) {
		p->reply.said[at++] = ' ';
	}
	size_t room = sizeof p->reply.said - at;
	size_t n = len < room ? len : room;
	if (n > 0) {
		memcpy(p->reply.said + at, text, n);
	}
	p->reply.said_len = at + n;
}

static reply line(probe *p, const uint8_t *text, size_t len)
{
	unsigned code = 0;
	size_t digits = 0;

	for (; digits < 3 && digits < len && text[digits] >= '0' && text[digits] <= '9'; digits++) {
		code = code * 10 + text[digits] - '0';
	}
	int last = len == 3 || (len > 3 && text[3] == ' '); /* the space may be missing (4.2.1) */
	int well_formed = digits == 3 && code >= 200 && code < 600
		&& (last || (len > 3 && text[3] == '-')) && (p->reply.lines == 0 || code == p->reply.code);
	if (!well_formed) {
		if (p->phase == PHASE_greeting) {
			return probe_foreign_greeting(p, text, len);
		}
		return probe_broken(p, DIAG_reply_malformed, text, len);
	}
	int first = p->reply.lines++ == 0;
	remember(p, text, len);
	p->reply.code = code;
	const char *other = p->phase == PHASE_greeting && first ? text_protocol(text, len) : "smtp";
	if (!text_is((const uint8_t *)"smtp", 4, other)) {
		return probe_foreign_greeting(p, text, len);
	}
	if (asks(p) && code / 100 == 2 && !first && len > 4) { /* the first line is the server's name */
		capabilities_add(probe_capabilities(p), text + 4, len - 4);
	}
	if (!last) {
		return REPLY_MORE;
	}
	const char status[4] = { (char)('0' + code / 100), (char)('0' + code / 10 % 10),
		(char)('0' + code % 10), '\0' };
	return verdict(p, status, p->reply.said, p->reply.said_len);
}

const dialog smtp_dialog = { command, line };
