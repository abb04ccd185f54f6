#include "actions.h"

#include "dialog/banner.h"

#include <string.h>

dialog_result on_nothing(probe *p, const event *e)
{
	(void)p;
	(void)e;
	return DIALOG_MORE;
}

dialog_result on_never(probe *p, const event *e)
{
	return on_nothing(p, e);
}

dialog_result on_said(probe *p, const event *e)
{
	conversation_note(p, FROM_CLIENT, e->text, e->len);
	return DIALOG_MORE;
}

dialog_result on_said_goodbye(probe *p, const event *e)
{
	on_said(p, e);
	return p->options.leave_unanswered && stream_has_said_all(&p->stream) ? DIALOG_DONE
																		  : DIALOG_MORE;
}

dialog_result on_heard(probe *p, const event *e)
{
	if (dialog_may_show(&p->dialog, e->text, e->len)) {
		conversation_note(p, FROM_SERVER, e->text, e->len);
	} else {
		conversation_remark(p, "a line of the server is not shown: it repeats what was said to it");
	}
	return DIALOG_MORE;
}

dialog_result actions_read_line(probe *p, const event *e)
{
	dialog_result result = dialog_line(conversation_dialog(p), &p->dialog, e->text, e->len);
	stream_skip(&p->stream, p->dialog.skip);
	p->dialog.skip = 0;
	if (p->dialog.remark != NULL) {
		conversation_remark(p, p->dialog.remark);
		p->dialog.remark = NULL;
	}
	return result;
}

dialog_result on_line(probe *p, const event *e)
{
	on_heard(p, e);
	return actions_read_line(p, e);
}

/* The silence is over. */
dialog_result on_greeting_began(probe *p, const event *e)
{
	uint32_t waited = conversation_elapsed(p) - p->at.step[PHASE_greeting].began_ms;

	(void)e;
	p->at.silence_at = UINT64_MAX;
	conversation_ask(p, FOLLOWUP_none);
	if (waited >= options_scaled(&p->options, LIMIT_GREETING_SLOW_MS)) {
		json *args = findings_begin(&p->outcome.findings, DIAG_greeting_slow);
		json_int(args, "seconds", waited / 1000);
		findings_end(&p->outcome.findings);
	}
	return DIALOG_MORE;
}

void actions_remember_greeting(outcome *o, const uint8_t *text, size_t len)
{
	if (o->greeting_len == 0 && len > 0) {
		o->greeting_len = len < sizeof o->greeting ? len : sizeof o->greeting;
		memcpy(o->greeting, text, o->greeting_len);
	}
}

dialog_result on_greeting_line(probe *p, const event *e)
{
	if (dialog_may_show(&p->dialog, e->text, e->len)) {
		actions_remember_greeting(&p->outcome, e->text, e->len);
	}
	banner_line(&p->dialog, e->text, e->len, e->bare);
	dialog_result result = on_line(p, e);
	if (result == DIALOG_DONE) {
		banner_accepted(&p->dialog);
	}
	return result;
}

dialog_result on_pipelined_answer(probe *p, const event *e)
{
	on_heard(p, e);
	findings_quote(&p->outcome.findings, DIAG_starttls_pipelined_commands, e->text, e->len);
	return DIALOG_MORE;
}

dialog_result on_injected(probe *p, const event *e)
{
	on_heard(p, e);
	findings_quote(&p->outcome.findings, DIAG_starttls_injected, e->text, e->len);
	return DIALOG_MORE;
}

dialog_result on_tls_expected(probe *p, const event *e)
{
	(void)e;
	findings_add(&p->outcome.findings, DIAG_tls_expected);
	return DIALOG_MORE;
}

dialog_result on_line_too_long(probe *p, const event *e)
{
	json *args = findings_begin(&p->outcome.findings, DIAG_line_too_long);

	json_string(args, "phase", phase_name(p->at.phase));
	json_int(args, "limit", LIMIT_LINE);
	if (dialog_may_show(&p->dialog, e->text, e->len)) {
		findings_text(args, e->text, e->len < 80 ? e->len : 80);
	}
	findings_end(&p->outcome.findings);
	return DIALOG_MORE;
}

dialog_result on_too_much(probe *p, const event *e)
{
	json *args = findings_begin(&p->outcome.findings, DIAG_reply_too_long);

	(void)e;
	json_string(args, "phase", phase_name(p->at.phase));
	json_int(args, "limit", LIMIT_RECEIVED);
	findings_end(&p->outcome.findings);
	return DIALOG_MORE;
}

/* --- an end that is none of ours --------------------------------------------------------------------- */

connection_end actions_end_of(const event *e)
{
	connection_end end = { .how = END_FIN, .number = e->number };

	switch (e->id) {
	case EVENT_reset:
		end.how = END_RESET;
		break;
	case EVENT_tls_closed:
		end.how = END_CLOSE_NOTIFY;
		break;
	case EVENT_tls_alert:
		end.how = END_ALERT;
		break;
	case EVENT_tls_failed:
		end.how = END_UNREADABLE;
		break;
	default:
		break;
	}
	return end;
}

/* The line that came last, or a part of one, where a report may have it. */
static size_t last_line(const probe *p, const uint8_t **text)
{
	size_t len = stream_partial(&p->stream, text);

	return dialog_may_show(&p->dialog, *text, len) ? len : 0;
}

/* How much of a line has come that has not ended; 0: the last one has. */
static size_t half_line(const probe *p, const uint8_t **text)
{
	return p->stream.text.lines.status == LINE_MORE ? last_line(p, text) : 0;
}

static void add_end(probe *p, diagnosis_id id, const event *e)
{
	const uint8_t *text;
	size_t len = half_line(p, &text);
	json *args = findings_begin(&p->outcome.findings, id);

	if (id == DIAG_connection_closed) {
		json_string(args, "command", dialog_command_name(&p->dialog));
	}
	connection_end_write(actions_end_of(e), args);
	if (len > 0) {
		findings_text(args, text, len);
	}
	findings_end(&p->outcome.findings);
}

dialog_result on_ended_unconnected(probe *p, const event *e)
{
	add_end(p, DIAG_connect_reset, e);
	return DIALOG_MORE;
}

static int greeting_has_begun(const probe *p)
{
	const uint8_t *text;

	return p->outcome.greeting_len > 0 || stream_partial(&p->stream, &text) > 0;
}

dialog_result on_ended_in_greeting(probe *p, const event *e)
{
	diagnosis_id id = greeting_has_begun(p) ? DIAG_connection_closed : DIAG_greeting_closed;

	if (dialog_was_disturbed(&p->dialog, id)) {
		json *args = findings_begin(&p->outcome.findings, DIAG_greeting_busy);
		json_string(args, "reason", "second-connection");
		findings_end(&p->outcome.findings);
	} else {
		add_end(p, id, e);
	}
	return DIALOG_MORE;
}

/* Nobody will answer any more: 1, and a finding, where something said before explains it. */
static int unanswered(probe *p)
{
	const dialog *d = conversation_dialog(p);

	return d->unanswered != NULL && d->unanswered(&p->dialog);
}

dialog_result on_ended(probe *p, const event *e)
{
	if (!unanswered(p)) {
		add_end(p, DIAG_connection_closed, e);
	}
	return DIALOG_MORE;
}

dialog_result on_lost(probe *p, const event *e)
{
	json *args = findings_begin(&p->outcome.findings, (diagnosis_id)e->number);

	if (p->stream.open) {
		json_string(args, "phase", phase_name(p->at.phase));
	}
	if (e->detail != NULL && strlen(e->detail) > 2) {
		json_raw(args, "detail", e->detail, strlen(e->detail));
	}
	findings_end(&p->outcome.findings);
	return DIALOG_MORE;
}

/* There was nothing to connect to: it was the phase before that failed. */
dialog_result on_unresolved(probe *p, const event *e)
{
	p->at.step[PHASE_connect].status = STEP_SKIPPED;
	p->at.step[PHASE_resolve].status = STEP_RUNNING;
	p->at.phase = PHASE_resolve;
	return on_lost(p, e);
}

/* --- time -------------------------------------------------------------------------------------------- */

static const char time_is_up[] = "time is up";

static void add_timeout(probe *p, diagnosis_id id)
{
	const uint8_t *text;
	size_t len = last_line(p, &text);
	json *args = findings_begin(&p->outcome.findings, id);

	if (id == DIAG_reply_timeout) {
		json_string(args, "command", dialog_command_name(&p->dialog));
	}
	json_int(args, "seconds", (conversation_elapsed(p) - p->at.step[p->at.phase].began_ms) / 1000);
	/* Half a line, or the last one of half a reply: silence is something else. */
	if (len > 0 && (p->stream.text.lines.status == LINE_MORE || p->dialog.reading.lines > 0)) {
		json_string(args, "reason", "unfinished");
		findings_text(args, text, len);
	}
	findings_end(&p->outcome.findings);
}

dialog_result on_connect_timed_out(probe *p, const event *e)
{
	(void)e;
	conversation_remark(p, time_is_up);
	add_timeout(p, DIAG_connect_timeout);
	return DIALOG_MORE;
}

dialog_result on_greeting_timed_out(probe *p, const event *e)
{
	const uint8_t *text;
	size_t len = half_line(p, &text);

	(void)e;
	conversation_remark(p, time_is_up);
	if (len == 0 || !banner_hopeless(&p->dialog, text, len)) {
		add_timeout(p, DIAG_greeting_timeout);
	}
	return DIALOG_MORE;
}

dialog_result on_handshake_timed_out(probe *p, const event *e)
{
	followup_first first = conversation_first(p);
	uint32_t waited = conversation_elapsed(p) - p->at.step[p->at.phase].began_ms;

	(void)e;
	conversation_remark(p, time_is_up);
	if (p->stream.kind == STREAM_FIRST && first.offered_newer && !p->options.is_followup) {
		conversation_ask(p, followup_explain_silence(&p->followup, waited / 1000));
	} else {
		add_timeout(p, DIAG_handshake_timeout);
	}
	return DIALOG_MORE;
}

dialog_result on_reply_timed_out(probe *p, const event *e)
{
	(void)e;
	conversation_remark(p, time_is_up);
	if (!unanswered(p)) {
		add_timeout(p, DIAG_reply_timeout);
	}
	return DIALOG_MORE;
}

/* What could not be sent by now never will. */
dialog_result on_sending_given_up(probe *p, const event *e)
{
	(void)e;
	stream_lose(&p->stream);
	return DIALOG_MORE;
}
