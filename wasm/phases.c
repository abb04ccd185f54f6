#include "phases.h"

#include "base/text.h"
#include "dialog/banner.h"

#include <string.h>

static const dialog *dialog_of(const probe *p)
{
	static const dialog *const dialogs[] = { &smtp_dialog, &imap_dialog, &pop3_dialog };

	return dialogs[p->dialog.protocol];
}

static uint32_t elapsed(const probe *p)
{
	return (uint32_t)(p->at.now - p->at.started);
}

static uint64_t from_now(const probe *p, uint64_t ms)
{
	return p->at.now + options_scaled(&p->options, ms);
}

static void note(probe *p, speaker from, const void *text, size_t len)
{
	transcript_add(&p->outcome.transcript, elapsed(p), from, text, len);
}

static void remark(probe *p, const char *text)
{
	note(p, REMARK, text, strlen(text));
}

static findings *found(probe *p)
{
	return &p->outcome.findings;
}

/* --- follow-up connections ------------------------------------------------------------------------------ */

static void ask(probe *p, followup_id question)
{
	followup_ask(&p->followup, question);
	p->at.answer_by = question == FOLLOWUP_none ? UINT64_MAX : from_now(p, LIMIT_ANSWER_MS);
}

static followup_first first_connection(const probe *p)
{
	step_status handshake = p->at.step[PHASE_handshake].status;

	return (followup_first){ .began = handshake != STEP_SKIPPED,
		.complete = handshake == STEP_OK,
		.saw_tls = p->stream.saw_tls,
		.listener = &p->stream.scan,
		.certificates = &p->stream.tls.certificates };
}

static void ask_afterwards(probe *p)
{
	followup_first first = first_connection(p);

	if (!p->options.is_followup && !p->at.stopped) {
		ask(p, followup_afterwards(&p->followup, &first, found(p)));
	}
}

/* --- what ends a state ---------------------------------------------------------------------------------- */

static void end_step(probe *p, step_status status)
{
	if (p->at.step[p->at.phase].status == STEP_RUNNING) {
		p->at.step[p->at.phase].status = status;
		p->at.step[p->at.phase].took_ms = elapsed(p) - p->at.step[p->at.phase].began_ms;
	}
}

static void note_dropped_capabilities(probe *p)
{
	if (p->dialog.capabilities->dropped > 0) {
		json *args = findings_begin(found(p), DIAG_reply_too_long);
		json_string(args, "command", dialog_command_name(&p->dialog));
		json_int(args, "limit", LIMIT_CAPABILITIES);
		findings_end(found(p));
	}
}

/* What a sign-in before TLS would give away is worth knowing, and only knowable here. */
static void note_cleartext_sign_in(probe *p)
{
	const capabilities *before = &p->outcome.before;

	if (capabilities_write_password_ways(before, p->dialog.protocol, NULL, NULL) > 0) {
		json *args = findings_begin(found(p), DIAG_cleartext_sign_in_offered);
		capabilities_write_password_ways(before, p->dialog.protocol, args, "mechanisms");
		findings_end(found(p));
	}
}

/* A POP3 server without CAPA may know STLS all the same: asking is the only way to tell. */
static int offers_starttls(const probe *p)
{
	return capabilities_has(p->dialog.capabilities, dialog_upgrade_keyword(&p->dialog))
		|| p->dialog.reading.no_capability_command;
}

/* What the whole list tells, where it has come in the clear. */
static void note_capabilities_before(probe *p)
{
	const capabilities *before = &p->outcome.before;

	note_cleartext_sign_in(p);
	if (p->options.mode == MODE_starttls && !offers_starttls(p)) {
		int masked = p->dialog.protocol == PROTOCOL_smtp && capabilities_masked(before);
		p->at.step[PHASE_starttls].status = STEP_FAILED;
		findings_add(found(p), masked ? DIAG_starttls_masked : DIAG_starttls_not_offered);
	}
}

/* A state has ended well: what that alone tells. */
static void leave(probe *p)
{
	switch (p->at.state) {
	case STATE_capability:
		note_dropped_capabilities(p);
		if (!p->dialog.within_tls) {
			note_capabilities_before(p);
		}
		break;
	case STATE_recapability:
		note_dropped_capabilities(p);
		if (capabilities_has(&p->outcome.after, dialog_upgrade_keyword(&p->dialog))) {
			findings_add(found(p), DIAG_starttls_offered_inside_tls); /* RFC 3207 4.2 */
		}
		break;
	default:
		break;
	}
}

/* --- conditions of the paths ---------------------------------------------------------------------------- */

static int otherwise(const probe *p)
{
	(void)p;
	return 1;
}

static int implicit_tls(const probe *p)
{
	return p->options.mode == MODE_implicit_tls;
}

static int within_tls(const probe *p)
{
	return p->dialog.within_tls;
}

static int starttls_worth_a_try(const probe *p)
{
	return p->options.mode == MODE_starttls && offers_starttls(p);
}

static int only_scanned(const probe *p)
{
	return p->options.scan_highest != 0;
}

static int tests_pipelining(const probe *p)
{
	return p->options.test_pipelining;
}

/*
 * Where mail is taken without a sign-in, what is sealed could as well be a mail: a bridge that lets
 * no data pass there keeps itself from being used for that. The certificate is the result. Only who asks
 * for the test of pipelining, which no page does, hears what is said there.
 */
static int says_nothing_inside_tls(const probe *p)
{
	return strcmp(p->options.service->direction, "relay") == 0 && !p->options.test_pipelining;
}

/* --- from state to state -------------------------------------------------------------------------------- */

static const struct {
	state_id from;
	int (*condition)(const probe *p);
	state_id to;
} paths[] = {
#define STATE(name, phase, limit)
#define ROW(state, event, action, next)
#define PATH(state, condition, next) { STATE_##state, condition, STATE_##next },
#include "phases.def"
#undef STATE
#undef ROW
#undef PATH
};

static const struct {
	phase_id phase;
	uint64_t limit_ms;
} states[] = {
#define STATE(name, phase, limit) { PHASE_##phase, limit },
#define ROW(state, event, action, next)
#define PATH(state, condition, next)
#include "phases.def"
#undef STATE
#undef ROW
#undef PATH
};

static void begin_handshake(probe *p)
{
	const kept_options *o = &p->options;

	memset(&p->dialog.reading, 0, sizeof p->dialog.reading);
	if (o->scan_highest != 0) {
		remark(p, "a hello by hand: this handshake will not be finished");
		stream_start_scan(&p->stream, o->scan_highest, o->scan_lacking, o->server_name, o->seed);
		return;
	}
	stream_start_tls(&p->stream, o->server_name, o->seed);
	p->dialog.within_tls = 1;
	p->dialog.capabilities = &p->outcome.after;
}

/* In the clear somebody may be asked why no greeting comes. */
static uint64_t patience(const probe *p)
{
	int between_servers = strcmp(p->options.service->direction, "relay") == 0;

	return from_now(
		p, between_servers ? LIMIT_IMPLICIT_TLS_PROBE_RELAY_MS : LIMIT_IMPLICIT_TLS_PROBE_MS);
}

static void enter(probe *p, state_id state)
{
	phase_id phase = states[state].phase;

	p->at.state = state;
	p->at.phase = phase;
	if (p->at.step[phase].status != STEP_RUNNING) {
		p->at.step[phase].status = STEP_RUNNING;
		p->at.step[phase].began_ms = elapsed(p);
	}
	p->at.deadline = from_now(p, states[state].limit_ms);
	p->at.silence_at = state == STATE_greeting && !p->dialog.within_tls ? patience(p) : UINT64_MAX;
	ask(p, FOLLOWUP_none);
	p->dialog.phase = phase;
	memset(&p->dialog.reading.reply, 0, sizeof p->dialog.reading.reply);
	if (state == STATE_handshake) {
		begin_handshake(p);
	} else if (state != STATE_connect && state != STATE_pipelining) {
		dialog_of(p)->command(&p->dialog);
	}
}

/* No word more. Within TLS the peer is told so, unless TLS itself broke. */
static void finish(probe *p)
{
	stream_close(&p->stream);
	p->at.state = STATE_over;
	p->at.deadline = from_now(p, states[STATE_over].limit_ms);
	p->at.silence_at = UINT64_MAX;
	if (p->followup.asked == FOLLOWUP_implicit_tls) {
		ask(p, FOLLOWUP_none);
	}
	if (p->followup.asked == FOLLOWUP_none) {
		ask_afterwards(p);
	}
}

static void go(probe *p, state_id state)
{
	if (state == STATE_over) {
		finish(p);
	} else {
		enter(p, state);
	}
}

static void advance(probe *p)
{
	size_t i = 0;

	leave(p);
	while (paths[i].from != p->at.state || !paths[i].condition(p)) {
		i++;
	}
	if (states[paths[i].to].phase != p->at.phase || paths[i].to == STATE_over) {
		end_step(p, STEP_OK);
	}
	go(p, paths[i].to);
}

static void fail(probe *p, int polite)
{
	end_step(p, STEP_FAILED);
	go(p,
		polite && p->at.state != STATE_close && stream_can_talk(&p->stream) ? STATE_close
																			: STATE_over);
}

/* --- actions: text ---------------------------------------------------------------------------------------- */

static dialog_result nothing(probe *p, const event *e)
{
	(void)p;
	(void)e;
	return DIALOG_MORE;
}

static dialog_result never(probe *p, const event *e)
{
	return nothing(p, e);
}

static dialog_result said(probe *p, const event *e)
{
	note(p, FROM_CLIENT, e->text, e->len);
	return DIALOG_MORE;
}

static dialog_result heard(probe *p, const event *e)
{
	note(p, FROM_SERVER, e->text, e->len);
	return DIALOG_MORE;
}

static dialog_result line(probe *p, const event *e)
{
	heard(p, e);
	dialog_result result = dialog_line(dialog_of(p), &p->dialog, e->text, e->len);
	stream_skip(&p->stream, p->dialog.skip);
	p->dialog.skip = 0;
	if (p->dialog.remark != NULL) {
		remark(p, p->dialog.remark);
		p->dialog.remark = NULL;
	}
	return result;
}

/* The silence is over. */
static dialog_result greeting_began(probe *p, const event *e)
{
	uint32_t waited = elapsed(p) - p->at.step[PHASE_greeting].began_ms;

	(void)e;
	p->at.silence_at = UINT64_MAX;
	ask(p, FOLLOWUP_none);
	if (waited >= options_scaled(&p->options, LIMIT_GREETING_SLOW_MS)) {
		json *args = findings_begin(found(p), DIAG_greeting_slow);
		json_int(args, "seconds", waited / 1000);
		findings_end(found(p));
	}
	return DIALOG_MORE;
}

static void remember_greeting(outcome *o, const uint8_t *text, size_t len)
{
	if (o->greeting_len == 0 && len > 0) {
		o->greeting_len = len < sizeof o->greeting ? len : sizeof o->greeting;
		memcpy(o->greeting, text, o->greeting_len);
	}
}

static dialog_result greeting_line(probe *p, const event *e)
{
	remember_greeting(&p->outcome, e->text, e->len);
	banner_line(&p->dialog, e->text, e->len, e->bare);
	dialog_result result = line(p, e);
	if (result == DIALOG_DONE) {
		banner_accepted(&p->dialog);
	}
	return result;
}

static dialog_result pipelined_answer(probe *p, const event *e)
{
	heard(p, e);
	findings_quote(found(p), DIAG_starttls_pipelined_commands, e->text, e->len);
	return DIALOG_MORE;
}

static dialog_result injected(probe *p, const event *e)
{
	heard(p, e);
	findings_quote(found(p), DIAG_starttls_injected, e->text, e->len);
	return DIALOG_MORE;
}

static dialog_result tls_expected(probe *p, const event *e)
{
	(void)e;
	findings_add(found(p), DIAG_tls_expected);
	return DIALOG_MORE;
}

static dialog_result line_too_long(probe *p, const event *e)
{
	json *args = findings_begin(found(p), DIAG_line_too_long);

	json_string(args, "phase", phase_name(p->at.phase));
	json_int(args, "limit", LIMIT_LINE);
	findings_text(args, e->text, e->len < 80 ? e->len : 80);
	findings_end(found(p));
	return DIALOG_MORE;
}

static dialog_result too_much(probe *p, const event *e)
{
	json *args = findings_begin(found(p), DIAG_reply_too_long);

	(void)e;
	json_string(args, "phase", phase_name(p->at.phase));
	json_int(args, "limit", LIMIT_RECEIVED);
	findings_end(found(p));
	return DIALOG_MORE;
}

/* --- actions: the handshake ------------------------------------------------------------------------------ */

/* As long as text comes, its line may still end; but not for longer than a handshake may take. */
static dialog_result wait_for_line(probe *p, const event *e)
{
	uint64_t last = p->at.started + p->at.step[PHASE_handshake].began_ms
		+ options_scaled(&p->options, LIMIT_HANDSHAKE_MS);
	uint64_t soon = from_now(p, LIMIT_SNIFF_MS);

	(void)e;
	p->at.deadline = soon < last ? soon : last;
	return DIALOG_MORE;
}

/* Plaintext where TLS was expected: what does it look like? */
static dialog_result plaintext(probe *p, const event *e)
{
	heard(p, e);
	if (p->options.mode == MODE_starttls) {
		/* Nothing but TLS may follow the go-ahead; a client that reads on could be fooled. */
		findings_quote(found(p),
			dialog_answers_pipelined(&p->dialog, e->text, e->len) ? DIAG_starttls_pipelined_commands
																  : DIAG_starttls_injected,
			e->text, e->len);
		return DIALOG_MORE;
	}
	remember_greeting(&p->outcome, e->text, e->len);
	const char *looks_like = text_protocol(e->text, e->len);
	if (looks_like != NULL && strcmp(looks_like, protocol_name(p->dialog.protocol)) == 0) {
		findings_quote(found(p), DIAG_starttls_expected, e->text, e->len);
	} else {
		dialog_foreign_greeting(&p->dialog, e->text, e->len);
	}
	return DIALOG_MORE;
}

static void remark_choice(probe *p)
{
	char text[HANDSHAKE_REMARK];

	handshake_remark(&p->outcome.tls, text);
	remark(p, text);
}

/* Between handshake and certificate no byte travels: that phase takes the time of its arithmetic. */
static dialog_result established(probe *p, const event *e)
{
	handshake_facts *facts = &p->outcome.tls;

	(void)e;
	*facts = handshake_established(&p->stream.tls, found(p));
	remark_choice(p);
	followup_note_version(&p->followup, facts->version);
	facts->chain_known = 1;
	facts->trusted =
		handshake_judge(&p->stream.tls.certificates, facts->suite, &p->options, found(p));
	p->at.step[PHASE_certificate].status = facts->trusted ? STEP_OK : STEP_FAILED;
	p->at.step[PHASE_certificate].began_ms = elapsed(p);
	remark(p, facts->trusted ? "the certificate is trusted" : "the certificate is not trusted");
	return DIALOG_MORE;
}

static dialog_result scanned(probe *p, const event *e)
{
	const recorder *certificates = &p->stream.tls.certificates;
	handshake_facts *facts = &p->outcome.tls;

	(void)e;
	*facts = handshake_scanned(&p->stream.scan, found(p));
	if (facts->version != 0) {
		remark_choice(p);
		if (certificates->count > 0) {
			facts->chain_known = 1;
			/* Who owns the key was not shown, so nobody is trusted. */
			handshake_judge(certificates, facts->suite, &p->options, found(p));
		}
	}
	return scan_answered(&p->stream.scan) ? DIALOG_DONE : DIALOG_BROKEN;
}

static dialog_result too_much_in_handshake(probe *p, const event *e)
{
	return handshake_chain_too_long(&p->stream.tls.certificates, found(p)) ? DIALOG_MORE
																		   : too_much(p, e);
}

static dialog_result certificate_required(probe *p, const event *e)
{
	(void)e;
	handshake_add_beyond_reach(found(p), "client-certificate", NULL, NULL);
	return DIALOG_MORE;
}

/* --- actions: an end that is none of ours ------------------------------------------------------------- */

static connection_end end_of(const event *e)
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

/* Half a line, where there is one. */
static void quote_partial(probe *p, json *args)
{
	const uint8_t *text;
	size_t len = stream_partial(&p->stream, &text);

	if (p->stream.text.lines.status == LINE_MORE && len > 0) {
		findings_text(args, text, len);
	}
}

static void add_end(probe *p, diagnosis_id id, const event *e)
{
	json *args = findings_begin(found(p), id);

	if (id == DIAG_connection_closed) {
		json_string(args, "command", dialog_command_name(&p->dialog));
	}
	connection_end_write(end_of(e), args);
	quote_partial(p, args);
	findings_end(found(p));
}

static dialog_result ended_unconnected(probe *p, const event *e)
{
	add_end(p, DIAG_connect_reset, e);
	return DIALOG_MORE;
}

static int greeting_has_begun(const probe *p)
{
	const uint8_t *text;

	return p->outcome.greeting_len > 0 || stream_partial(&p->stream, &text) > 0;
}

static dialog_result ended_in_greeting(probe *p, const event *e)
{
	diagnosis_id id = greeting_has_begun(p) ? DIAG_connection_closed : DIAG_greeting_closed;

	if (dialog_was_disturbed(&p->dialog, id)) {
		json *args = findings_begin(found(p), DIAG_greeting_busy);
		json_string(args, "reason", "second-connection");
		findings_end(found(p));
	} else {
		add_end(p, id, e);
	}
	return DIALOG_MORE;
}

/* Nobody will answer any more: 1, and a finding, where something said before explains it. */
static int unanswered(probe *p)
{
	const dialog *d = dialog_of(p);

	return d->unanswered != NULL && d->unanswered(&p->dialog);
}

static dialog_result ended(probe *p, const event *e)
{
	if (!unanswered(p)) {
		add_end(p, DIAG_connection_closed, e);
	}
	return DIALOG_MORE;
}

/* A chain that has come is worth showing, however the handshake ended. */
static void keep_chain(probe *p)
{
	p->outcome.tls.chain_known |= p->stream.tls.certificates.count > 0;
}

static dialog_result ended_in_handshake(probe *p, const event *e)
{
	connection_end end = end_of(e);

	if (p->options.is_followup) {
		handshake_add_failure(end, found(p));
	} else {
		ask(p, followup_explain(&p->followup, end));
	}
	keep_chain(p);
	return DIALOG_MORE;
}

static dialog_result unreadable(probe *p, const event *e)
{
	handshake_add_unreadable(
		(tls_error)e->number, &p->stream.scan, &p->stream.tls.certificates, found(p));
	keep_chain(p);
	return DIALOG_MORE;
}

static dialog_result lost(probe *p, const event *e)
{
	json *args = findings_begin(found(p), (diagnosis_id)e->number);

	if (p->stream.open) {
		json_string(args, "phase", phase_name(p->at.phase));
	}
	if (e->detail != NULL && strlen(e->detail) > 2) {
		json_raw(args, "detail", e->detail, strlen(e->detail));
	}
	findings_end(found(p));
	return DIALOG_MORE;
}

/* There was nothing to connect to: it was the phase before that failed. */
static dialog_result unresolved(probe *p, const event *e)
{
	p->at.step[PHASE_connect].status = STEP_SKIPPED;
	p->at.step[PHASE_resolve].status = STEP_RUNNING;
	p->at.phase = PHASE_resolve;
	return lost(p, e);
}

/* --- actions: time --------------------------------------------------------------------------------------- */

static const char time_is_up[] = "time is up";

static void add_timeout(probe *p, diagnosis_id id)
{
	const uint8_t *text;
	size_t len = stream_partial(&p->stream, &text);
	json *args = findings_begin(found(p), id);

	if (id == DIAG_reply_timeout) {
		json_string(args, "command", dialog_command_name(&p->dialog));
	}
	json_int(args, "seconds", (elapsed(p) - p->at.step[p->at.phase].began_ms) / 1000);
	/* Half a line, or the last one of half a reply: silence is something else. */
	if (len > 0 && (p->stream.text.lines.status == LINE_MORE || p->dialog.reading.lines > 0)) {
		json_string(args, "reason", "unfinished");
		findings_text(args, text, len);
	}
	findings_end(found(p));
}

static dialog_result connect_timed_out(probe *p, const event *e)
{
	(void)e;
	remark(p, time_is_up);
	add_timeout(p, DIAG_connect_timeout);
	return DIALOG_MORE;
}

static dialog_result greeting_timed_out(probe *p, const event *e)
{
	const uint8_t *text;
	size_t len = stream_partial(&p->stream, &text);
	int partial = p->stream.text.lines.status == LINE_MORE && len > 0;

	(void)e;
	remark(p, time_is_up);
	if (!partial || !banner_hopeless(&p->dialog, text, len)) {
		add_timeout(p, DIAG_greeting_timeout);
	}
	return DIALOG_MORE;
}

static dialog_result handshake_timed_out(probe *p, const event *e)
{
	(void)e;
	remark(p, time_is_up);
	add_timeout(p, DIAG_handshake_timeout);
	return DIALOG_MORE;
}

static dialog_result reply_timed_out(probe *p, const event *e)
{
	(void)e;
	remark(p, time_is_up);
	if (!unanswered(p)) {
		add_timeout(p, DIAG_reply_timeout);
	}
	return DIALOG_MORE;
}

/* What could not be sent by now never will. */
static dialog_result sending_given_up(probe *p, const event *e)
{
	(void)e;
	stream_lose(&p->stream);
	return DIALOG_MORE;
}

/* --- actions: follow-up connections, and an early end -------------------------------------------------- */

static dialog_result ask_for_tls(probe *p, const event *e)
{
	(void)e;
	p->at.silence_at = UINT64_MAX;
	ask(p, FOLLOWUP_implicit_tls);
	return DIALOG_MORE;
}

static dialog_result followup_begun(probe *p, const event *e)
{
	(void)e;
	p->followup.open = 1;
	return DIALOG_MORE;
}

/* Some servers refuse who talks too early: from now on a refusal may be our doing. */
static dialog_result followup_in_greeting(probe *p, const event *e)
{
	p->dialog.disturbed = 1;
	remark(p, "our second connection asks whether this port expects TLS");
	return followup_begun(p, e);
}

static dialog_result heard_of_tls(probe *p, const event *e)
{
	if (e->answer->saw_tls) {
		remark(p, "a second connection was answered with TLS");
		findings_add(found(p), DIAG_tls_expected);
		return DIALOG_BROKEN;
	}
	return findings_copy(found(p), e->answer->findings, DIAG_not_a_mail_server) ? DIALOG_BROKEN
																				: DIALOG_MORE;
}

static dialog_result followup_heard(probe *p, const event *e)
{
	followup_first first = first_connection(p);

	if (e->answer->over) {
		ask(p, followup_conclude(&p->followup, &first, e->answer, found(p)));
	}
	return DIALOG_MORE;
}

static dialog_result followup_given_up(probe *p, const event *e)
{
	followup_first first = first_connection(p);

	(void)e;
	ask(p, followup_give_up(&p->followup, &first, found(p)));
	return DIALOG_MORE;
}

static dialog_result stopped_asking(probe *p, const event *e)
{
	p->followup.scans_versions = 0;
	return p->followup.asked != FOLLOWUP_none ? followup_given_up(p, e) : DIALOG_MORE;
}

static dialog_result stopped(probe *p, const event *e)
{
	(void)e;
	p->followup.scans_versions = 0;
	p->at.stopped = 1;
	stream_mute(&p->stream);
	return DIALOG_MORE;
}

/* --- the table ------------------------------------------------------------------------------------------- */

enum { STATE_ANY = -1 };

static const phase_row rows[] = {
#define STATE(name, phase, limit)
#define ROW(state, event, action, next) { STATE_##state, EVENT_##event, action, NEXT_##next },
#define PATH(state, condition, next)
#include "phases.def"
#undef STATE
#undef ROW
#undef PATH
};

const phase_row *phases_row(state_id state, event_id event)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (rows[i].event == event && (rows[i].state == (int)state || rows[i].state == STATE_ANY)) {
			return &rows[i];
		}
	}
	return NULL;
}

phase_id phases_phase_of(state_id state)
{
	return states[state].phase;
}

static next_id next_of(dialog_result result)
{
	static const next_id nexts[] = {
		[DIALOG_MORE] = NEXT_STAY,
		[DIALOG_DONE] = NEXT_NEXT,
		[DIALOG_FAILED] = NEXT_GOODBYE,
		[DIALOG_BROKEN] = NEXT_END,
	};
	return nexts[result];
}

void phases_on(probe *p, const event *e)
{
	const phase_row *row = phases_row(p->at.state, e->id);

	if (e->remark != NULL && p->at.state != STATE_over) {
		remark(p, e->remark);
	}
	dialog_result result = row->action(p, e);
	switch (row->next == NEXT_RESULT ? next_of(result) : row->next) {
	case NEXT_NEXT:
		advance(p);
		break;
	case NEXT_GOODBYE:
		fail(p, 1);
		break;
	case NEXT_END:
		fail(p, 0);
		break;
	default:
		break;
	}
}

/* --- the beginning, and time ------------------------------------------------------------------------------ */

static void set_up(probe *p)
{
	memset(&p->at, 0, sizeof p->at);
	memset(&p->dialog, 0, sizeof p->dialog);
	memset(&p->followup, 0, sizeof p->followup);
	memset(&p->outcome, 0, sizeof p->outcome);
	stream_init(&p->stream);
	findings_init(&p->outcome.findings);
	transcript_init(&p->outcome.transcript);
	p->outcome.tls.suite = p->outcome.tls.group = "";
}

static void say(void *to, const char *command, const char *argument)
{
	stream_say(to, command, argument);
}

void phases_start(probe *p, uint64_t now)
{
	set_up(p);
	p->at.started = p->at.now = now;
	p->followup.scans_versions = p->options.deep;
	p->dialog.protocol = p->options.service->protocol;
	p->dialog.mode = p->options.mode;
	p->dialog.test_pipelining = p->options.test_pipelining;
	p->dialog.client_name = p->options.client_name;
	p->dialog.capabilities = &p->outcome.before;
	p->dialog.findings = &p->outcome.findings;
	p->dialog.say = say;
	p->dialog.to = &p->stream;
	enter(p, STATE_connect);
}

void phases_start_over(probe *p)
{
	set_up(p);
	p->at.state = STATE_over;
	p->at.deadline = p->at.silence_at = p->at.answer_by = UINT64_MAX;
	stream_close(&p->stream);
}

void phases_set_now(probe *p, uint64_t now)
{
	if (now > p->at.now) {
		p->at.now = now;
	}
}

static int awaits_answer(const probe *p)
{
	return p->at.state == STATE_over && p->followup.asked != FOLLOWUP_none;
}

static uint64_t end_of_all(const probe *p)
{
	return p->at.started + options_scaled(&p->options, LIMIT_WHOLE_MS);
}

uint64_t phases_next_deadline(const probe *p)
{
	uint64_t first = p->at.deadline < p->at.silence_at ? p->at.deadline : p->at.silence_at;

	if (awaits_answer(p)) {
		return p->at.answer_by;
	}
	if (p->at.state == STATE_over) {
		return p->stream.down || !p->stream.open ? UINT64_MAX : first;
	}
	return first < end_of_all(p) ? first : end_of_all(p);
}

int phases_due(const probe *p, event_id event)
{
	switch (event) {
	case EVENT_silence:
		return p->at.now >= p->at.silence_at;
	case EVENT_followup_overdue:
		return awaits_answer(p) && p->at.now >= p->at.answer_by;
	default:
		return p->at.now >= p->at.deadline || p->at.now >= end_of_all(p);
	}
}

int phases_want_followup(const probe *p)
{
	return p->followup.asked != FOLLOWUP_none && !p->followup.open;
}

int phases_over(const probe *p)
{
	return p->at.state == STATE_over && !awaits_answer(p);
}
