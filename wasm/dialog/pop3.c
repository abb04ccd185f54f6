/* POP3 as a client that only looks around: greeting, CAPA, STLS, QUIT (RFC 1939, 2449, 2595). */
#include "inner.h"
#include "dialog/replies.h"
#include "base/text.h"

static void command(probe *p)
{
	static const char *const words[PHASE_COUNT] = {
		[PHASE_capability] = "CAPA",
		[PHASE_recapability] = "CAPA",
		[PHASE_starttls] = "STLS",
		[PHASE_close] = "QUIT",
	};
	if (words[p->phase] != NULL) {
		probe_say(p, words[p->phase], NULL);
		if (p->phase == PHASE_starttls && p->test_pipelining) {
			probe_say(p, "NOOP", NULL);
		}
	}
}

static reply refusal(probe *p, const uint8_t *text, size_t len)
{
	diagnosis_id cause = reply_cause(PROTOCOL_pop3, p->phase, "-ERR", text, len, NULL);

	if (p->phase == PHASE_close) {
		return REPLY_DONE;
	}
	if (cause == DIAG_COUNT) {
		/* CAPA is an extension; without it STLS may still work (RFC 2595 4). */
		p->no_capability_command = 1;
		return REPLY_DONE;
	}
	if (p->phase == PHASE_starttls && p->test_pipelining) {
		return probe_pipelining_refused(p);
	}
	if (cause == DIAG_starttls_refused && p->no_capability_command) {
		/* It never said that it could: this is how an old server says no. */
		cause = DIAG_starttls_not_offered;
	}
	return probe_refused(p, cause, text, len);
}

static reply line(probe *p, const uint8_t *text, size_t len)
{
	int asks = p->phase == PHASE_capability || p->phase == PHASE_recapability;

	if (p->reply.listing) {
		if (len == 1 && text[0] == '.') {
			return REPLY_DONE;
		}
		size_t stuffed = len > 0 && text[0] == '.'; /* RFC 1939 section 3 */
		capabilities_add(probe_capabilities(p), text + stuffed, len - stuffed);
		return REPLY_MORE;
	}
	if (text_word(text, len, "+OK")) {
		p->reply.listing = asks;
		return asks ? REPLY_MORE : REPLY_DONE;
	}
	if (text_word(text, len, "-ERR")) {
		return refusal(p, text, len);
	}
	if (p->phase == PHASE_greeting) {
		return probe_foreign_greeting(p, text, len);
	}
	return probe_broken(p, DIAG_reply_malformed, text, len);
}

const dialog pop3_dialog = { command, line };
