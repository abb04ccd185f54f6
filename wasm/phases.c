#include "phases.h"

#include "actions.h"
#include "actions_capabilities.h"
#include "actions_sign_in.h"

#include "base/wipe.h"

#include <string.h>

static void ask_afterwards(probe *p)
{
	followup_first first = conversation_first(p);

	if (!p->options.is_followup && !p->at.stopped) {
		conversation_ask(p, followup_afterwards(&p->followup, &first, &p->outcome.findings));
	}
}

/* --- what ends a state ---------------------------------------------------------------------------------- */

static void end_step(probe *p, step_status status)
{
	if (p->at.step[p->at.phase].status == STEP_RUNNING) {
		p->at.step[p->at.phase].status = status;
		p->at.step[p->at.phase].took_ms =
			conversation_elapsed(p) - p->at.step[p->at.phase].began_ms;
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
	return p->options.mode == MODE_starttls && dialog_offers_starttls(&p->dialog);
}

static int signs_in(const probe *p)
{
	return p->dialog.sign_in.way != WAY_none;
}

static int only_scanned(const probe *p)
{
	return p->options.scan_highest != 0;
}

static int tests_pipelining(const probe *p)
{
	return p->options.test_pipelining;
}

/* The port where servers hand mail to each other. */
static int between_servers(const probe *p)
{
	return strcmp(p->options.service->direction, "relay") == 0;
}

/*
 * Where mail is taken without a sign-in, what is sealed could as well be a mail: a bridge that lets
 * no data pass there keeps itself from being used for that. The certificate is the result. Only who asks
 * for the test of pipelining, which no page does, hears what is said there.
 */
static int says_nothing_inside_tls(const probe *p)
{
	return between_servers(p) && !p->options.test_pipelining;
}

/* --- from state to state -------------------------------------------------------------------------------- */

static const struct {
	int (*condition)(const probe *p);
	uint8_t from;
	uint8_t to;
} paths[] = {
#define STATE(name, phase, limit)
#define ROW(state, event, action, next)
#define PATH(state, condition, next) { condition, STATE_##state, STATE_##next },
#include "phases.def"
#undef STATE
#undef ROW
#undef PATH
};

static const struct {
	uint32_t limit_ms;
	uint8_t phase;
} states[] = {
#define STATE(name, phase, limit) { limit, PHASE_##phase },
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
		conversation_remark(p, "a hello by hand: this handshake will not be finished");
		stream_start_scan(&p->stream, o->scan_highest, o->scan_lacking, o->server_name, o->seed);
		return;
	}
	tls_options tls = {
		.server_name = o->server_name,
		.seed = o->seed,
		.plain = o->plain_hello,
		.older_on_demand = o->tls12_on_demand,
		.mute = says_nothing_inside_tls(p),
	};
	stream_start_tls(&p->stream, &tls);
	p->dialog.within_tls = 1;
	p->dialog.capabilities = &p->outcome.after;
}

/* In the clear somebody may be asked why no greeting comes. */
static uint64_t patience(const probe *p)
{
	return conversation_from_now(
		p, between_servers(p) ? LIMIT_IMPLICIT_TLS_PROBE_RELAY_MS : LIMIT_IMPLICIT_TLS_PROBE_MS);
}

static void enter(probe *p, state_id state)
{
	phase_id phase = states[state].phase;

	p->at.state = state;
	p->at.phase = phase;
	if (p->at.step[phase].status != STEP_RUNNING) {
		p->at.step[phase].status = STEP_RUNNING;
		p->at.step[phase].began_ms = conversation_elapsed(p);
	}
	p->at.deadline = conversation_from_now(p, states[state].limit_ms);
	p->at.silence_at = state == STATE_greeting && !p->dialog.within_tls ? patience(p) : UINT64_MAX;
	conversation_ask(p, FOLLOWUP_none);
	p->dialog.phase = phase;
	memset(&p->dialog.reading.reply, 0, sizeof p->dialog.reading.reply);
	if (state == STATE_handshake) {
		begin_handshake(p);
	} else if (state != STATE_connect && state != STATE_pipelining) {
		conversation_dialog(p)->command(&p->dialog);
	}
}

/* No word more. Within TLS the peer is told so, unless TLS itself broke. */
static void finish(probe *p)
{
	stream_close(&p->stream);
	credentials_wipe(&p->credentials);
	wipe(&p->dialog.sign_in, sizeof p->dialog.sign_in);
	p->at.state = STATE_over;
	p->at.deadline = conversation_from_now(p, states[STATE_over].limit_ms);
	p->at.silence_at = UINT64_MAX;
	if (p->followup.asked == FOLLOWUP_implicit_tls) {
		conversation_ask(p, FOLLOWUP_none);
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

/* A state has ended well: what that alone tells. */
static void leave(probe *p)
{
	if (p->at.state == STATE_capability) {
		actions_note_capabilities(p);
	} else if (p->at.state == STATE_recapability) {
		actions_note_capabilities_after_starttls(p);
	}
	if (p->at.state == STATE_recapability
		|| (p->at.state == STATE_capability && !starttls_worth_a_try(p))) {
		actions_choose_sign_in(p);
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

/* --- the table ------------------------------------------------------------------------------------------- */

enum { STATE_ANY = -1 };

static const phase_row rows[] = {
#define STATE(name, phase, limit)
#define ROW(state, event, action, next) { on_##action, STATE_##state, EVENT_##event, NEXT_##next },
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
		conversation_remark(p, e->remark);
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
	p->outcome.tls.suite = p->outcome.tls.group = p->outcome.tls.signature = "";
}

static void say(void *to, const char *command, const char *argument)
{
	stream_say(to, command, argument);
}

static void say_secret(void *to, const char *line, const char *shown)
{
	stream_say_secret(to, line, shown);
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
	p->dialog.say_secret = say_secret;
	p->dialog.to = &p->stream;
	p->dialog.credentials = &p->credentials;
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
