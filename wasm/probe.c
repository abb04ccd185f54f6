/* The phases of a probe and their order, deadlines and ends. See probe.h for the contract. */
#include "probe.h"

#include "dialog/banner.h"
#include "engine.h"
#include "base/ip_address.h"
#include "base/text.h"

#include <string.h>

size_t probe_size(void)
{
	return sizeof(probe);
}

uint32_t engine_ms(const probe *p)
{
	return (uint32_t)(p->now - p->started);
}

void engine_set_now(probe *p, uint64_t now)
{
	if (now > p->now) {
		p->now = now;
	}
}

uint64_t engine_scaled(const probe *p, uint64_t ms)
{
	uint64_t scaled = ms * p->timeout_permille / 1000;
	return scaled > 0 ? scaled : 1;
}

static void add_event(probe *p, event_kind kind, phase_id phase, int ok, const char *finding)
{
	if (p->events_count < EVENTS_MAX) {
		p->events[p->events_count].kind = kind;
		p->events[p->events_count].at_ms = engine_ms(p);
		p->events[p->events_count].phase = phase;
		p->events[p->events_count].ok = ok;
		p->events[p->events_count].finding = finding;
		p->events_count++;
	}
}

void engine_note_findings(probe *p)
{
	size_t noted = 0;
	for (size_t i = 0; i < p->events_count; i++) {
		noted += p->events[i].kind == EVENT_FINDING;
	}
	for (; noted < p->findings.count; noted++) {
		add_event(p, EVENT_FINDING, p->phase, 0, diagnoses[p->findings.list[noted].id].id);
	}
}

void engine_remark(probe *p, const char *text)
{
	transcript_add(&p->transcript, engine_ms(p), REMARK, text, strlen(text));
}

/* --- options --- */

static int copy_name(char out[LIMIT_NAME], const char *text)
{
	size_t len = text == NULL ? 0 : strlen(text);
	if (len >= LIMIT_NAME) {
		return -1;
	}
	if (len > 0) {
		memcpy(out, text, len);
	}
	out[len] = '\0';
	return 0;
}

int probe_start(probe *p, const probe_options *o, uint64_t now)
{
	static const dialog *const dialogs[] = { &smtp_dialog, &imap_dialog, &pop3_dialog };

	memset(p, 0, sizeof *p);
	if (o->service == NULL || o->server_name == NULL || o->client_name == NULL
		|| o->mode >= MODE_COUNT || anchors_count(&o->roots) < 0
		|| copy_name(p->server_name, o->server_name) != 0
		|| copy_name(p->client_name, o->client_name) != 0 || copy_name(p->address, o->address) != 0
		|| strpbrk(p->client_name, "\r\n ") != NULL) {
		p->ended = 1;
		return -1;
	}
	/* The root's own dot is right in DNS, wrong in SNI and on certificates (RFC 6066 3). */
	size_t len = strlen(p->server_name);
	if (len > 1 && p->server_name[len - 1] == '.') {
		p->server_name[len - 1] = '\0';
	}
	p->service = o->service;
	p->mode = o->mode;
	p->port = o->port != 0 ? o->port : o->service->port;
	p->roots = o->roots;
	p->unix_time = o->unix_time;
	memcpy(p->seed, o->seed, sizeof p->seed);
	p->test_pipelining = o->test_pipelining && o->mode == MODE_starttls;
	p->deep = o->deep;
	p->timeout_permille = o->timeout_permille != 0 ? o->timeout_permille : 1000;
	p->dialog = dialogs[p->service->protocol];
	p->started = now;
	p->now = now;
	p->suite = "";
	p->group = "";
	p->stream = STREAM_TEXT;
	findings_init(&p->findings);
	transcript_init(&p->transcript);
	line_init(&p->lines);
	engine_begin(p, PHASE_connect);
	return 0;
}

/* --- phases --- */

static uint64_t time_for(phase_id phase)
{
	switch (phase) {
	case PHASE_connect:
		return LIMIT_CONNECT_MS;
	case PHASE_greeting:
		return LIMIT_GREETING_MS;
	case PHASE_handshake:
		return LIMIT_HANDSHAKE_MS;
	case PHASE_close:
		return LIMIT_CLOSE_MS;
	default:
		return LIMIT_REPLY_MS;
	}
}

static void begin_handshake(probe *p)
{
	p->stream = STREAM_FIRST;
	stream_reset_text(p);
	if (p->hello_highest != 0) {
		engine_remark(p, "a hello by hand: this handshake will not be finished");
		scan_init(&p->hello, &p->tls.certificates, p->tls.engine, sizeof p->tls.engine);
		p->out_len = client_hello_write(
			p->out, sizeof p->out, p->hello_highest, p->hello_lacking, p->server_name, p->seed);
		return;
	}
	scan_init(&p->hello, NULL, p->flight, sizeof p->flight);
	p->tls_on = 1;
	tls_start(&p->tls, p->server_name, p->seed);
}

void engine_begin(probe *p, phase_id phase)
{
	p->phase = phase;
	p->step[phase].status = STEP_RUNNING;
	p->step[phase].began_ms = engine_ms(p);
	p->deadline = p->now + engine_scaled(p, time_for(phase));
	p->witness_at = UINT64_MAX;
	p->question = QUESTION_none;
	memset(&p->reply, 0, sizeof p->reply);
	add_event(p, EVENT_PHASE_BEGAN, phase, 0, NULL);
	if (phase == PHASE_handshake) {
		begin_handshake(p);
		return;
	}
	if (phase == PHASE_recapability && p->test_pipelining) {
		p->awaiting_pipelined = 1;
		p->deadline = p->now + engine_scaled(p, LIMIT_PIPELINED_MS);
		return;
	}
	if (phase == PHASE_greeting && !p->tls_on) {
		int between_servers = strcmp(p->service->direction, "relay") == 0;
		p->witness_at =
			p->now + engine_scaled(p, between_servers ? LIMIT_WITNESS_RELAY_MS : LIMIT_WITNESS_MS);
	}
	if (phase != PHASE_connect) {
		p->dialog->command(p);
	}
}

static void end_step(probe *p, step_status status)
{
	if (p->step[p->phase].status == STEP_RUNNING) {
		p->step[p->phase].status = status;
		p->step[p->phase].took_ms = engine_ms(p) - p->step[p->phase].began_ms;
		engine_note_findings(p);
		add_event(p, EVENT_PHASE_ENDED, p->phase, status == STEP_OK, NULL);
	}
}

static int tls_is_up(const probe *p)
{
	return p->stream == STREAM_TLS && p->step[PHASE_handshake].status == STEP_OK;
}

/* No word more. Within TLS the peer is told so, unless TLS itself broke. */
static void finish(probe *p)
{
	end_step(p, STEP_OK);
	if (!p->ended && tls_is_up(p)) {
		tls_close(&p->tls);
	}
	p->ended = 1;
	if (p->out_len > 0) {
		p->out_len = 0;
		p->said_len = 0; /* it never left */
	}
	p->deadline = p->now + engine_scaled(p, LIMIT_CLOSE_MS);
	if (p->question == QUESTION_implicit_tls) {
		p->question = QUESTION_none;
	}
	if (p->question == QUESTION_none && !p->stopped) {
		questions_afterwards(p);
	}
}

void engine_hello_over(probe *p)
{
	/* "I do not want this any more", and the end of what is said (RFC 5246 7.2, RFC 8446 6.1). */
	uint8_t leave[] = { 21, 3, 0, 0, 2, 1, 90, 21, 3, 0, 0, 2, 1, 0 };
	int answered = scan_answered(&p->hello);

	end_step(p, answered ? STEP_OK : STEP_FAILED);
	finish(p);
	if (answered && !p->transport_down) {
		/* Records go on with the version that was chosen; 1.3 calls itself 1.2 (RFC 8446 5.1). */
		leave[2] = leave[9] = (uint8_t)(p->hello.version < TLS_1_2 ? p->hello.version : TLS_1_2);
		memcpy(p->out, leave, sizeof leave);
		p->out_len = sizeof leave;
	}
}

void engine_failed(probe *p, int polite)
{
	end_step(p, STEP_FAILED);
	if (polite && !p->transport_down && (p->stream == STREAM_TEXT || p->stream == STREAM_TLS)) {
		engine_begin(p, PHASE_close);
	} else {
		finish(p);
	}
}

/* What a sign-in before TLS would give away is worth knowing, and only knowable here. */
static void note_cleartext_sign_in(probe *p)
{
	protocol_id protocol = p->service->protocol;

	if (capabilities_write_password_ways(&p->before, protocol, NULL, NULL) > 0) {
		json *args = findings_begin(&p->findings, DIAG_cleartext_sign_in_offered);
		capabilities_write_password_ways(&p->before, protocol, args, "mechanisms");
		findings_end(&p->findings);
	}
}

static void after_capability(probe *p)
{
	if (p->tls_on) {
		engine_begin(p, PHASE_close);
		return;
	}
	note_cleartext_sign_in(p);
	if (p->mode != MODE_starttls) {
		engine_begin(p, PHASE_close);
		return;
	}
	/* A POP3 server without CAPA may know STLS all the same: asking is the only way to tell. */
	if (capabilities_has(&p->before, probe_upgrade_keyword(p)) || p->no_capability_command) {
		engine_begin(p, PHASE_starttls);
		return;
	}
	engine_begin(p, PHASE_close);
	p->step[PHASE_starttls].status = STEP_FAILED;
	int masked = p->service->protocol == PROTOCOL_smtp && capabilities_masked(&p->before);
	findings_add(&p->findings, masked ? DIAG_starttls_masked : DIAG_starttls_not_offered);
}

static void note_dropped_capabilities(probe *p)
{
	if (probe_capabilities(p)->dropped > 0) {
		json *args = findings_begin(&p->findings, DIAG_reply_too_long);
		json_string(args, "command", probe_command_name(p));
		json_int(args, "limit", LIMIT_CAPABILITIES);
		findings_end(&p->findings);
	}
}

/*
 * Where mail is taken without a sign-in, what is sealed could as well be a mail: a bridge that lets
 * no data pass there keeps itself from being used for that. The certificate is the result. Only who asks
 * for the test of pipelining, which no page does, hears what is said there.
 */
static int says_nothing_inside_tls(const probe *p)
{
	return strcmp(p->service->direction, "relay") == 0 && !p->test_pipelining;
}

void engine_succeeded(probe *p)
{
	phase_id phase = p->phase;

	if (phase == PHASE_capability || phase == PHASE_recapability) {
		note_dropped_capabilities(p);
	}

	end_step(p, STEP_OK);
	switch (phase) {
	case PHASE_connect:
		engine_begin(p, p->mode == MODE_implicit_tls ? PHASE_handshake : PHASE_greeting);
		break;
	case PHASE_greeting:
		engine_begin(p, PHASE_capability);
		break;
	case PHASE_capability:
		after_capability(p);
		break;
	case PHASE_starttls:
		engine_begin(p, PHASE_handshake);
		break;
	case PHASE_handshake: /* the certificate was judged meanwhile: handshake.c */
		if (says_nothing_inside_tls(p)) {
			finish(p);
			break;
		}
		engine_begin(p, p->mode == MODE_implicit_tls ? PHASE_greeting : PHASE_recapability);
		break;
	case PHASE_recapability:
		if (capabilities_has(&p->after, probe_upgrade_keyword(p))) { /* RFC 3207 4.2 */
			findings_add(&p->findings, DIAG_starttls_offered_inside_tls);
		}
		engine_begin(p, PHASE_close);
		break;
	default:
		finish(p);
	}
}

void engine_act(probe *p, reply r)
{
	switch (r) {
	case REPLY_MORE:
		break;
	case REPLY_DONE:
		engine_succeeded(p);
		break;
	case REPLY_FAILED:
		engine_failed(p, 1);
		break;
	case REPLY_BROKEN:
		engine_failed(p, 0);
		break;
	}
	engine_note_findings(p);
}

/* --- moves of a dialog --- */

void probe_say(probe *p, const char *command, const char *argument)
{
	char line[LIMIT_NAME + 32];
	size_t len = strlen(command);

	memcpy(line, command, len);
	if (argument != NULL) {
		size_t n = strlen(argument); /* < LIMIT_NAME */
		line[len++] = ' ';
		memcpy(line + len, argument, n);
		len += n;
	}
	line[len++] = '\r';
	line[len++] = '\n';
	if (len <= sizeof p->out - p->out_len && len <= sizeof p->said - p->said_len) {
		/* always: one short command at a time */
		memcpy(p->out + p->out_len, line, len);
		p->out_len += len;
		memcpy(p->said + p->said_len, line, len);
		p->said_len += len;
	}
	memset(&p->reply, 0, sizeof p->reply);
}

capabilities *probe_capabilities(probe *p)
{
	return p->tls_on ? &p->after : &p->before;
}

const char *probe_upgrade_keyword(const probe *p)
{
	return p->service->protocol == PROTOCOL_pop3 ? "STLS" : "STARTTLS";
}

const char *probe_command_name(const probe *p)
{
	static const char *const asks[] = { "EHLO", "CAPABILITY", "CAPA" };

	switch (p->phase) {
	case PHASE_starttls:
		return probe_upgrade_keyword(p);
	case PHASE_capability:
	case PHASE_recapability:
		return p->said_helo ? "HELO" : asks[p->service->protocol];
	default:
		return phase_name(p->phase);
	}
}

static void add_reply_finding(probe *p, diagnosis_id id, const uint8_t *text, size_t len)
{
	if (questions_disturbed(p, id)) {
		id = DIAG_greeting_busy;
	}
	json *args = findings_begin(&p->findings, id);
	if (p->phase != PHASE_greeting) {
		json_string(args, "command", probe_command_name(p));
	}
	if (id == DIAG_beyond_our_reach) { /* a reply can show nothing else that is beyond it */
		json_string(args, "reason", "client-certificate");
	}
	if (questions_disturbed(p, id)) {
		json_string(args, "reason", "second-connection");
	}
	findings_text(args, text, len);
	findings_end(&p->findings);
}

reply probe_refused(probe *p, diagnosis_id id, const uint8_t *text, size_t len)
{
	/* A server that is rude while saying good-bye has told us all we asked for. */
	if (p->phase == PHASE_close) {
		return REPLY_DONE;
	}
	add_reply_finding(p, id, text, len);
	return REPLY_FAILED;
}

reply probe_broken(probe *p, diagnosis_id id, const uint8_t *text, size_t len)
{
	return probe_refused(p, id, text, len) == REPLY_DONE ? REPLY_DONE : REPLY_BROKEN;
}

reply probe_pipelining_refused(probe *p)
{
	engine_remark(p, "refused, because a command followed: this is the safe answer");
	return REPLY_FAILED;
}

void engine_pipelining_tested(probe *p)
{
	p->awaiting_pipelined = 0;
	p->deadline = p->now + engine_scaled(p, LIMIT_REPLY_MS);
	p->dialog->command(p);
}

reply probe_foreign_greeting(probe *p, const uint8_t *text, size_t len)
{
	const char *looks_like = text_protocol(text, len);
	int mail = looks_like == NULL || strcmp(looks_like, "smtp") == 0
		|| strcmp(looks_like, "imap") == 0 || strcmp(looks_like, "pop3") == 0;
	json *args =
		findings_begin(&p->findings, mail ? DIAG_greeting_malformed : DIAG_not_a_mail_server);

	if (looks_like != NULL) {
		json_string(args, "looks_like", looks_like);
	}
	findings_text(args, text, len);
	findings_end(&p->findings);
	return REPLY_BROKEN;
}

/* --- driving --- */

unsigned probe_state(probe *p)
{
	const uint8_t *data;
	size_t len = 0;
	unsigned state = 0;

	if (p->connected && !p->transport_down) {
		/* Nothing is moved here: until the caller takes it, it can still be left unsaid. */
		len = p->tls_on ? tls_to_send(&p->tls, &data) + (size_t)stream_can_flush(p) : p->out_len;
		state |= len > 0 ? PROBE_SEND : 0;
		state |= !p->ended && p->in_len < sizeof p->in ? PROBE_RECV : 0;
	}
	state |= p->events_given < p->events_count ? PROBE_EVENT : 0;
	state |= p->ended && len == 0 && !questions_pending(p) ? PROBE_DONE : 0;
	state |= p->question != QUESTION_none && !p->question_open ? PROBE_SECOND : 0;
	return state;
}

int probe_local_address(probe *p, const char *text)
{
	static const char v6[] = "IPv6:";
	uint8_t ip[16];
	size_t kind = text == NULL ? 0 : ip_parse(text, ip), at = 0;

	if (kind == 0 || strlen(text) + sizeof v6 + 2 > sizeof p->literal) {
		return -1;
	}
	p->literal[at++] = '[';
	if (kind == 16) {
		memcpy(p->literal + at, v6, sizeof v6 - 1);
		at += sizeof v6 - 1;
	}
	memcpy(p->literal + at, text, strlen(text));
	at += strlen(text);
	p->literal[at++] = ']';
	p->literal[at] = '\0';
	return 0;
}

void probe_connected(probe *p, uint64_t now)
{
	engine_set_now(p, now);
	if (p->phase == PHASE_connect && !p->ended) {
		p->connected = 1;
		engine_remark(p, "connected");
		engine_succeeded(p);
	}
}

void probe_transport_failed(probe *p, diagnosis_id why, const char *detail, uint64_t now)
{
	engine_set_now(p, now);
	p->transport_down = 1;
	if (p->ended) {
		return;
	}
	engine_remark(p, diagnoses[why].id);
	if (why == DIAG_connect_reset && p->connected) {
		ends_connection(p, (connection_end){ .how = END_RESET });
		return;
	}
	if (p->phase == PHASE_close) {
		finish(p);
		return;
	}
	if (!p->connected && diagnoses[why].phase == PHASE_resolve) {
		/* There was nothing to connect to. */
		p->step[PHASE_connect].status = STEP_SKIPPED;
		p->phase = PHASE_resolve;
		p->step[PHASE_resolve].status = STEP_RUNNING;
	}
	json *args = findings_begin(&p->findings, why);
	if (p->connected) {
		json_string(args, "phase", phase_name(p->phase));
	}
	if (detail != NULL && strlen(detail) > 2) {
		json_raw(args, "detail", detail, strlen(detail));
	}
	findings_end(&p->findings);
	engine_failed(p, 0);
}

const uint8_t *probe_send_buf(probe *p, size_t *len)
{
	const uint8_t *data = p->out;

	*len = 0;
	if (!p->connected || p->transport_down) {
		return data;
	}
	if (p->tls_on) {
		stream_flush(p);
		*len = tls_to_send(&p->tls, &data);
	} else {
		*len = p->out_len;
	}
	return data;
}

/* What has left stands in the transcript: all commands at once, since they wait together. */
static void note_said(probe *p)
{
	const uint8_t *data;

	if (p->out_len > 0 || (p->tls_on && tls_to_send(&p->tls, &data) > 0)) {
		return;
	}
	for (size_t at = 0; at < p->said_len;) {
		const uint8_t *line = p->said + at;
		size_t len = (size_t)((const uint8_t *)memchr(line, '\n', p->said_len - at) - line) + 1;
		transcript_add(&p->transcript, engine_ms(p), FROM_CLIENT, line, len - 2);
		at += len;
	}
	p->said_len = 0;
}

void probe_send_ack(probe *p, size_t len, uint64_t now)
{
	engine_set_now(p, now);
	if (p->tls_on) {
		tls_sent(&p->tls, len);
	} else {
		len = len < p->out_len ? len : p->out_len; /* the rest was taken back meanwhile */
		p->out_len -= len;
		memmove(p->out, p->out + len, p->out_len);
	}
	note_said(p);
	stream_input(p); /* the engine may have waited for room */
}

uint8_t *probe_recv_buf(probe *p, size_t *room)
{
	*room = p->ended ? 0 : sizeof p->in - p->in_len;
	return p->in + p->in_len;
}

void probe_recv_ack(probe *p, size_t len, uint64_t now)
{
	engine_set_now(p, now);
	if (p->ended || len == 0) {
		return;
	}
	p->in_len += len;
	p->received += len;
	p->witness_at = UINT64_MAX;
	p->question = QUESTION_none; /* the silence is over */
	if (p->received > LIMIT_RECEIVED) {
		if (!handshake_chain_too_long(p)) {
			json *args = findings_begin(&p->findings, DIAG_reply_too_long);
			json_string(args, "phase", phase_name(p->phase));
			json_int(args, "limit", LIMIT_RECEIVED);
			findings_end(&p->findings);
		}
		engine_failed(p, 0);
		return;
	}
	stream_input(p);
	engine_note_findings(p);
}

void probe_peer_closed(probe *p, uint64_t now)
{
	engine_set_now(p, now);
	if (!p->ended) {
		engine_remark(p, "closed by the server");
		p->transport_down = 1;
		ends_connection(p, (connection_end){ .how = END_FIN });
	}
	p->transport_down = 1;
}

uint64_t probe_next_deadline(const probe *p)
{
	uint64_t whole = p->started + engine_scaled(p, LIMIT_WHOLE_MS);
	uint64_t first = p->deadline < p->witness_at ? p->deadline : p->witness_at;

	if (questions_pending(p)) {
		return p->answer_by;
	}
	if (p->ended && (p->transport_down || !p->connected)) {
		return UINT64_MAX;
	}
	return first < whole || p->ended ? first : whole;
}

static void time_is_up(probe *p)
{
	diagnosis_id id = DIAG_reply_timeout;
	json *args;

	if (p->stream == STREAM_SNIFF) {
		stream_classify(p, p->lines.text, p->lines.len);
		return;
	}
	if (p->stream == STREAM_HELLO && scan_answered(&p->hello)) {
		handshake_hello_ended(p);
		return;
	}
	if (p->awaiting_pipelined) {
		engine_pipelining_tested(p);
		return;
	}
	switch (p->phase) {
	case PHASE_close:
		finish(p);
		return;
	case PHASE_connect:
		id = DIAG_connect_timeout;
		break;
	case PHASE_greeting:
		id = DIAG_greeting_timeout;
		break;
	case PHASE_handshake:
		id = DIAG_handshake_timeout;
		break;
	default:
		break;
	}
	engine_remark(p, "time is up");
	if (smtp_ended_over_our_name(p)) {
		engine_failed(p, 0);
		return;
	}
	if (p->phase == PHASE_greeting && p->lines.status == LINE_MORE && p->lines.len > 0
		&& banner_hopeless(p, p->lines.text, p->lines.len)) {
		engine_failed(p, 0);
		return;
	}
	args = findings_begin(&p->findings, id);
	if (id == DIAG_reply_timeout) {
		json_string(args, "command", probe_command_name(p));
	}
	json_int(args, "seconds", (int64_t)((engine_ms(p) - p->step[p->phase].began_ms) / 1000));
	/* Half a line, or the last one of half a reply: silence is something else. */
	if (p->lines.len > 0 && (p->lines.status == LINE_MORE || p->reply_lines > 0)) {
		json_string(args, "reason", "unfinished");
		findings_text(args, p->lines.text, p->lines.len);
	}
	findings_end(&p->findings);
	engine_failed(p, 0);
}

void probe_tick(probe *p, uint64_t now)
{
	engine_set_now(p, now);
	if (p->now >= p->witness_at) {
		p->witness_at = UINT64_MAX;
		p->question = QUESTION_implicit_tls;
		p->question_open = 0;
	}
	if (questions_pending(p) && p->now >= p->answer_by) {
		questions_give_up(p);
	}
	if (p->now < p->deadline && p->now < p->started + engine_scaled(p, LIMIT_WHOLE_MS)) {
		return;
	}
	if (p->ended) {
		p->transport_down = 1; /* what could not be sent by now never will */
	} else {
		time_is_up(p);
		engine_note_findings(p);
	}
}

int probe_saw_tls(const probe *p)
{
	return p->saw_tls;
}

void probe_stop(probe *p, uint64_t now)
{
	engine_set_now(p, now);
	p->deep = 0;
	if (!p->ended) {
		engine_remark(p, "stopped");
		p->stopped = 1;
		/* Whose TLS it is was not shown before the handshake is over: its bytes stay here, too. */
		p->tls_on = tls_is_up(p);
		if (p->phase == PHASE_close) {
			finish(p);
		} else {
			engine_failed(p, 0);
		}
	}
	if (questions_pending(p)) {
		questions_give_up(p);
	}
}

/* --- results --- */

int probe_next_event(probe *p, probe_event *out)
{
	if (p->events_given == p->events_count) {
		return 0;
	}
	out->kind = p->events[p->events_given].kind;
	out->at_ms = p->events[p->events_given].at_ms;
	out->phase = p->events[p->events_given].phase;
	out->ok = p->events[p->events_given].ok;
	out->finding = p->events[p->events_given].finding;
	p->events_given++;
	return 1;
}

phase_id probe_phase(const probe *p)
{
	return p->phase;
}
