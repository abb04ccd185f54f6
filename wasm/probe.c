/* The interface, and the one loop: what is told becomes events, and phases.c acts on them. */
#include "probe.h"

#include "phases.h"
#include "report.h"
#include "base/ip_address.h"
#include "base/wipe.h"

#include <string.h>

size_t probe_size(void)
{
	return sizeof(probe);
}

int probe_start(probe *p, const probe_options *o, uint64_t now)
{
	if (options_read(&p->options, o) != 0 || credentials_keep(&p->credentials, &o->credentials) != 0
		|| (p->credentials.given && strcmp(o->service->direction, "relay") == 0)) {
		credentials_wipe(&p->credentials);
		p->options.service = NULL;
		p->held.id = EVENT_none;
		phases_start_over(p);
		return -1;
	}
	p->held.id = EVENT_none;
	phases_start(p, now);
	return 0;
}

void probe_wipe(probe *p)
{
	wipe(p, sizeof *p);
}

/* What judges a chain: all that does. */
static int wants_anchors(const probe *p, const event *e)
{
	return p->options.roots_on_demand && (e->id == EVENT_tls_up || e->id == EVENT_scan_read);
}

static int waits_for_tls12(const probe *p)
{
	return p->options.tls12_on_demand && stream_awaits_older(&p->stream);
}

static int waits(const probe *p)
{
	return p->held.id != EVENT_none || waits_for_tls12(p);
}

/* Nothing else moves a conversation. */
static void run(probe *p)
{
	event e;

	while (!waits(p) && stream_next(&p->stream, &e)) {
		if (wants_anchors(p, &e)) {
			p->held = e;
			p->held.detail = NULL; /* the caller's, until it is told */
		} else {
			phases_on(p, &e);
		}
	}
}

static void tell(probe *p, const event *e, uint64_t now)
{
	phases_set_now(p, now);
	stream_push(&p->stream, e);
	run(p);
}

/* … after which no more bytes come, or are waited for. */
static void tell_end(probe *p, const event *e)
{
	stream_end(&p->stream, e);
	run(p);
}

/* --- driving -------------------------------------------------------------------------------------------- */

unsigned probe_state(probe *p)
{
	unsigned state = 0;

	if (waits(p)) {
		return waits_for_tls12(p) ? PROBE_TLS12 : PROBE_ANCHORS;
	}
	int sends = stream_wants_to_send(&p->stream);

	state |= sends ? PROBE_SEND : 0;
	state |= stream_wants_to_receive(&p->stream) ? PROBE_RECV : 0;
	state |= phases_over(p) && !sends ? PROBE_DONE : 0;
	state |= phases_want_followup(p) ? PROBE_SECOND : 0;
	return state;
}

int probe_local_address(probe *p, const char *text)
{
	static const char v6[] = "IPv6:";
	char *literal = p->dialog.address_literal;
	uint8_t ip[16];
	size_t kind = text == NULL ? 0 : ip_parse(text, ip);

	if (p->at.state != STATE_connect || kind == 0
		|| strlen(text) + sizeof v6 + 2 > sizeof p->dialog.address_literal) {
		return -1;
	}
	strcpy(literal, "[");
	strcat(literal, kind == 16 ? v6 : "");
	strcat(literal, text);
	strcat(literal, "]");
	return 0;
}

int probe_connected(probe *p, uint64_t now)
{
	if (stream_connected(&p->stream) != 0) {
		return -1;
	}
	phases_set_now(p, now);
	run(p);
	return 0;
}

int probe_transport_failed(probe *p, diagnosis_id why, const char *detail, uint64_t now)
{
	if (why >= DIAG_COUNT) {
		return -1;
	}
	event e = {
		.id = EVENT_lost, .remark = diagnoses[why].id, .number = (int)why, .detail = detail
	};
	phases_set_now(p, now);
	stream_lose(&p->stream);
	if (p->stream.open && why == DIAG_connect_reset) {
		e.id = EVENT_reset;
		tell_end(p, &e);
		return 0;
	}
	if (!p->stream.open && diagnoses[why].phase == PHASE_resolve) {
		e.id = EVENT_unresolved;
	}
	tell(p, &e, now);
	return 0;
}

const uint8_t *probe_send_buf(probe *p, size_t *len)
{
	return stream_to_send(&p->stream, len);
}

int probe_send_ack(probe *p, size_t len, uint64_t now)
{
	if (stream_sent(&p->stream, len) != 0) {
		return -1;
	}
	phases_set_now(p, now);
	run(p); /* TLS may have waited for room */
	return 0;
}

uint8_t *probe_recv_buf(probe *p, size_t *room)
{
	return stream_room(&p->stream, room);
}

int probe_recv_ack(probe *p, size_t len, uint64_t now)
{
	if (stream_received(&p->stream, len) != 0) {
		return -1;
	}
	phases_set_now(p, now);
	run(p);
	return 0;
}

void probe_peer_closed(probe *p, uint64_t now)
{
	phases_set_now(p, now);
	stream_lose(&p->stream);
	tell_end(p, &(event){ .id = EVENT_peer_closed, .remark = "closed by the server" });
}

uint64_t probe_next_deadline(const probe *p)
{
	return phases_next_deadline(p);
}

void probe_tick(probe *p, uint64_t now)
{
	phases_set_now(p, now);
	if (phases_due(p, EVENT_silence)) {
		tell(p, &(event){ .id = EVENT_silence }, now);
	}
	if (phases_due(p, EVENT_followup_overdue)) {
		tell(p, &(event){ .id = EVENT_followup_overdue }, now);
	}
	if (phases_due(p, EVENT_timeout)) {
		tell_end(p, &(event){ .id = EVENT_timeout });
	}
}

size_t probe_names(const probe *p, uint8_t out[][ANCHOR_NAME])
{
	chain c;

	recorder_chain(&p->stream.tls.certificates, &c);
	return anchor_names(&c, out);
}

int probe_anchors_come(probe *p, const anchors *roots, uint64_t now)
{
	event e = p->held;

	if (e.id == EVENT_none || anchors_count(roots) < 0) {
		return -1;
	}
	p->held.id = EVENT_none;
	p->options.roots = *roots;
	phases_set_now(p, now);
	phases_on(p, &e);
	run(p);
	return 0;
}

int probe_tls12_comes(probe *p, uint64_t now)
{
	if (!waits_for_tls12(p)) {
		return -1;
	}
	event meanwhile = p->stream.pending; /* after what is unread yet */

	p->options.tls12_on_demand = 0;
	p->stream.pending.id = EVENT_none;
	phases_set_now(p, now);
	stream_older_comes(&p->stream);
	run(p);
	if (meanwhile.id != EVENT_none) {
		stream_push(&p->stream, &meanwhile);
		run(p);
	}
	return 0;
}

void probe_stop(probe *p, uint64_t now)
{
	/* Nothing is waited for, nor judged. */
	p->held.id = EVENT_none;
	p->options.tls12_on_demand = 0;
	tell(p, &(event){ .id = EVENT_stop, .remark = "stopped" }, now);
}

int probe_saw_tls(const probe *p)
{
	return p->stream.saw_tls;
}

/* --- follow-up connections ------------------------------------------------------------------------------ */

int probe_start_second(probe *p, probe *second, const uint8_t seed[PROBE_SEED], uint64_t now)
{
	followup_id question = p->followup.asked;

	if (!phases_want_followup(p) || second == p) {
		return -1;
	}
	second->options = p->options;
	credentials_wipe(&second->credentials);
	if (question == FOLLOWUP_implicit_tls) {
		second->options.mode = MODE_implicit_tls;
	}
	second->held.id = EVENT_none;
	memcpy(second->options.seed, seed, PROBE_SEED);
	second->options.test_pipelining = 0;
	second->options.deep = 0;
	second->options.is_followup = 1;
	second->options.scan_highest = followup_highest(question);
	second->options.scan_lacking = followup_lacking(question);
	second->options.plain_hello = question == FOLLOWUP_plain;
	phases_start(second, now);
	tell(p, &(event){ .id = EVENT_followup_begun }, now);
	return 0;
}

static followup_answer answer_of(const probe *second)
{
	return (followup_answer){ .over = second->at.state == STATE_over,
		.began = second->at.step[PHASE_handshake].status != STEP_SKIPPED,
		.cut_off = second->at.stopped
			|| findings_any(&second->outcome.findings, PHASE_connect, STATUS_not_tested),
		.saw_tls = second->stream.saw_tls,
		.complete =
			second->at.step[PHASE_handshake].status == STEP_OK && second->options.scan_highest == 0,
		.offered = second->options.scan_highest,
		.scan = &second->stream.scan,
		.certificates = &second->stream.tls.certificates,
		.findings = &second->outcome.findings,
		.whole = second };
}

int probe_heard(probe *p, const probe *second, uint64_t now)
{
	followup_answer answer = answer_of(second);

	if (p->followup.asked == FOLLOWUP_none || !p->followup.open
		|| answer.offered != followup_highest(p->followup.asked)) {
		return -1;
	}
	tell(p, &(event){ .id = EVENT_followup_heard, .answer = &answer }, now);
	return 0;
}

/* --- results ---------------------------------------------------------------------------------------------- */

phase_id probe_phase(const probe *p)
{
	return p->at.phase;
}

size_t probe_report(const probe *p, char *out, size_t room)
{
	return report_write(p, out, room);
}
