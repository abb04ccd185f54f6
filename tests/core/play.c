/*
 * Plays transcripts against the core, natively: `play CERTIFICATES FILE…` gives each file's bytes
 * whole, one at a time, and split at every offset. For time's sake, inside TLS it is every SPARSE-th,
 * and a split well before TLS is followed only until TLS begins.
 * The findings must be the expected ones, and the whole report the same however the bytes came, and whether or not
 * signatures are remembered from other runs: given whole, they are all checked.
 * `play --reports CERTIFICATES FILE…` prints one report per line instead, for other players to
 * compare with.
 */
#include "base/calendar.h"
#include "drivers/pem.h"
#include "base/findings.h"
#include "probe.h"
#include "script.h"
#include "tls_server.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WHOLE = 0, SINGLE = -1, SPARSE = 199, NEAR_TLS = 8 };

typedef struct {
	const char *path;
	const char *certificates;
	const script *script;
	probe *p;
	uint64_t now;
	long split;    /* WHOLE, SINGLE, or the offset after which the bytes are cut */
	size_t given;  /* bytes of the server so far */
	size_t tls_at; /* … when TLS began */
	int tls_on;
	int until_tls; /* ends there */
	int line;
	size_t heard_len;
	uint8_t unheard[2048]; /* said last by a second conversation */
	size_t unheard_len;
	tls_server *tls_of_second;
	size_t answered;     /* second conversations that the transcript had an answer for */
	tls_server tls;      /* from here on not cleared between runs */
	uint8_t heard[4096]; /* of the client, decrypted */
} play;

static anchors roots;
/* Filled by whatever was played before. */
static signature_cache signatures;

/* Of the roots those that a probe asks for: there must be no other that it could have used. */
static anchors asked_for(const probe *p, uint8_t *room)
{
	uint8_t names[ANCHOR_NAMES_MAX][ANCHOR_NAME], hash[br_sha256_SIZE];
	size_t count = probe_names(p, names), at = 0, before = ANCHORS_HEADER;
	anchors some = { room, anchors_write_header(room, ANCHORS_HEADER) };
	anchor root;

	for (; anchors_next(&roots, &at, &root); before = at) {
		br_sha256_context sha;
		br_sha256_init(&sha);
		br_sha256_update(&sha, root.subject.p, root.subject.len);
		br_sha256_out(&sha, hash);
		for (size_t i = 0; i < count; i++) {
			if (memcmp(names[i], hash, ANCHOR_NAME) == 0) {
				memcpy(room + some.len, roots.data + before, at - before);
				some.len += at - before;
			}
		}
	}
	return some;
}

/* 1 where the probe asked for anchors, and has them now. */
static int bring_anchors(probe *p)
{
	static uint8_t room[1 << 16]; /* the roots of the transcripts have some hundred bytes */

	if (roots.len > sizeof room || (probe_state(p) & PROBE_ANCHORS) == 0) {
		return 0;
	}
	anchors some = asked_for(p, room);
	return probe_anchors_come(p, &some, 0) == 0;
}

/* … or anything else. */
static int bring(probe *p)
{
	int tls12 = probe_tls12_comes(p, 0) == 0;

	return bring_anchors(p) || tls12;
}

static unsigned state_of(probe *p)
{
	bring(p);
	return probe_state(p);
}

static void fail(const play *t, const char *what, const char *detail)
{
	fprintf(stderr, "%s:%d: %s%s%s (split %ld)\n", t->path, t->line, what, detail ? ": " : "",
		detail ? detail : "", t->split);
	exit(1);
}

static void give_piece(play *t, const uint8_t *data, size_t len)
{
	while (len > 0) {
		size_t room;
		unsigned state = state_of(t->p);
		uint8_t *buf = probe_recv_buf(t->p, &room);
		if (room == 0 || (state & PROBE_RECV) == 0) {
			return; /* it has heard enough */
		}
		size_t n = len < room ? len : room;
		memcpy(buf, data, n);
		probe_recv_ack(t->p, n, t->now);
		data += n;
		len -= n;
	}
}

static void give(play *t, const uint8_t *data, size_t len)
{
	for (size_t at = 0; at < len;) {
		size_t n = len - at;
		if (t->split == SINGLE) {
			n = 1;
		} else if (t->split > 0 && t->given < (size_t)t->split && t->given + n > (size_t)t->split) {
			n = (size_t)t->split - t->given;
		}
		give_piece(t, data + at, n);
		t->given += n;
		at += n;
	}
}

static void hear(play *t, const uint8_t *data, size_t len)
{
	if (len > sizeof t->heard - t->heard_len) {
		fail(t, "the client talks too much", NULL);
	}
	memcpy(t->heard + t->heard_len, data, len);
	t->heard_len += len;
}

/* Moves bytes between the probe and the server's TLS until neither has any. */
static void exchange(play *t)
{
	int moved = 1;

	while (moved) {
		size_t len;
		moved = 0;
		while (state_of(t->p) & PROBE_SEND) {
			const uint8_t *data = probe_send_buf(t->p, &len);
			if (!t->tls_on) {
				hear(t, data, len);
			} else {
				len = tls_server_receive(&t->tls, data, len);
			}
			if (len == 0) {
				break;
			}
			probe_send_ack(t->p, len, t->now);
			moved = 1;
		}
		if (!t->tls_on) {
			return;
		}
		const uint8_t *data = tls_server_text(&t->tls, &len);
		if (len > 0) {
			hear(t, data, len);
			tls_server_heard(&t->tls, len);
			moved = 1;
		}
		data = tls_server_to_send(&t->tls, &len);
		if (len > 0) {
			give(t, data, len);
			tls_server_sent(&t->tls, len);
			moved = 1;
		}
	}
}

static void server_says(play *t, const uint8_t *data, size_t len)
{
	if (!t->tls_on) {
		give(t, data, len);
		return;
	}
	exchange(t);
	while (len > 0) {
		size_t n = tls_server_say(&t->tls, data, len);
		if (n == 0) {
			return; /* the client is gone */
		}
		exchange(t);
		data += n;
		len -= n;
	}
}

static void client_says(play *t, const uint8_t *text, size_t len)
{
	exchange(t);
	uint8_t *end = memchr(t->heard, '\n', t->heard_len);
	if (end == NULL) {
		fail(t, "the client says nothing", NULL);
	}
	size_t said = (size_t)(end - t->heard) + 1;
	char line[600];
	snprintf(line, sizeof line, "%.*s", (int)(said - 2), (char *)t->heard);
	if (said != len + 2 || (len > 0 && memcmp(t->heard, text, len) != 0) || t->heard[len] != '\r') {
		fail(t, "the client says something else", line);
	}
	t->heard_len -= said;
	memmove(t->heard, t->heard + said, t->heard_len);
}

/* What a second conversation says is not checked, but what it said last may be meant for a server's TLS. */
static void drain(play *t, probe *p)
{
	size_t len;
	while (state_of(p) & PROBE_SEND) {
		const uint8_t *data = probe_send_buf(p, &len);
		t->unheard_len = len < sizeof t->unheard ? len : 0;
		memcpy(t->unheard, data, t->unheard_len);
		probe_send_ack(p, len, t->now);
	}
}

static void give_to(play *t, probe *p, const void *data, size_t len)
{
	size_t room;

	for (size_t at = 0; at < len && (state_of(p) & PROBE_RECV); drain(t, p)) {
		uint8_t *buf = probe_recv_buf(p, &room);
		size_t n = t->split == SINGLE ? 1 : len - at < room ? len - at : room;
		memcpy(buf, (const uint8_t *)data + at, n);
		probe_recv_ack(p, n, t->now);
		at += n;
	}
}

/* The second connection asks whether the port expects TLS. */
static void answer_witness(play *t, probe *second)
{
	static const uint8_t record[] = { 0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28 };
	static const char http[] = "HTTP/1.1 400 Bad Request\r\n\r\n";

	if (strcmp(t->script->witness, "tls") == 0) {
		give_to(t, second, record, sizeof record);
	} else if (strcmp(t->script->witness, "http") == 0) {
		give_to(t, second, http, sizeof http - 1);
	}
}

static void talk_inside_tls(play *t, probe *second)
{
	do {
		while (tls_server_round(t->tls_of_second, second, t->now)) {
		}
	} while (bring(second));
}

/* A server of its own, which hears all that the second conversation has said since its last line. */
static void start_tls_of_second(play *t, probe *second, const script_step *s)
{
	static tls_server server;

	tls_server_start(&server, t->certificates, (const char *)s->text);
	t->tls_of_second = &server;
	tls_server_receive(&server, t->unheard, t->unheard_len);
	talk_inside_tls(t, second);
}

static void server_says_to_second(play *t, probe *second, const script_step *s)
{
	if (t->tls_of_second == NULL) {
		give_to(t, second, s->text, s->len);
		return;
	}
	tls_server_say(t->tls_of_second, s->text, s->len);
	talk_inside_tls(t, second);
}

static void play_step_of_second(play *t, probe *second, const script_step *s)
{
	switch (s->kind) {
	case STEP_TLS:
		start_tls_of_second(t, second, s);
		break;
	case STEP_SERVER:
		server_says_to_second(t, second, s);
		break;
	case STEP_CLOSE:
		probe_peer_closed(second, t->now);
		break;
	case STEP_RESET:
		probe_transport_failed(second, DIAG_connect_reset, NULL, t->now);
		break;
	default:
		break;
	}
}

/* It makes a ClientHello scan: 0 when the transcript has no answer to that. */
static int answer_hello(play *t, probe *second)
{
	const script *s = t->script;

	if (t->answered == s->seconds) {
		return 0;
	}
	for (size_t i = 0; i < s->count && probe_phase(second) < PHASE_handshake; i++) {
		if (s->steps[i].kind == STEP_SERVER) {
			play_step_of_second(t, second, &s->steps[i]);
		}
	}
	for (size_t i = 0; i < s->second[t->answered].count; i++) {
		play_step_of_second(t, second, &s->steps[s->second[t->answered].first + i]);
	}
	/* From here on its server is silent. */
	while ((state_of(second) & PROBE_DONE) == 0) {
		t->now = probe_next_deadline(second);
		probe_tick(second, t->now);
		drain(t, second);
	}
	if (t->tls_of_second != NULL) {
		tls_server_free(t->tls_of_second);
		t->tls_of_second = NULL;
	}
	t->answered++;
	return 1;
}

static void connect_probe(const play *t, probe *p)
{
	if (t->script->local[0] != '\0') {
		probe_local_address(p, t->script->local); /* nonsense is passed over */
	}
	probe_connected(p, t->now);
}

static void play_second(play *t)
{
	uint8_t seed[PROBE_SEED] = { 9 };
	probe *second = malloc(probe_size());
	int waiting = probe_phase(t->p) == PHASE_greeting;

	if (second == NULL || probe_start_second(t->p, second, seed, t->now) != 0) {
		fail(t, "no second conversation can be held", NULL);
	}
	connect_probe(t, second);
	drain(t, second);
	if (waiting) {
		answer_witness(t, second);
	}
	if (waiting || answer_hello(t, second)) {
		probe_heard(t->p, second, t->now);
	}
	free(second);
}

/* Lets time pass, and the probe act at each of its deadlines on the way. */
static void wait_until(play *t, uint64_t when)
{
	for (;;) {
		unsigned state = state_of(t->p);
		if (state & PROBE_SECOND) {
			play_second(t);
			continue;
		}
		uint64_t next = probe_next_deadline(t->p);
		if (next > when || (state & PROBE_DONE)) {
			break;
		}
		t->now = next > t->now ? next : t->now;
		probe_tick(t->p, t->now);
	}
	if (when != UINT64_MAX && when > t->now) {
		t->now = when;
		probe_tick(t->p, t->now);
	}
}

/* A byte at a time, and time for the probe to lose its patience in between. */
static void server_says_slowly(play *t, const script_step *s, uint64_t pause)
{
	for (size_t i = 0; i < s->len && (state_of(t->p) & PROBE_DONE) == 0; i++) {
		wait_until(t, t->now + pause);
		server_says(t, s->text + i, 1);
	}
}

static void transport_fails(play *t, const char *finding)
{
	diagnosis_id why = diagnosis_by_id(finding);

	if (why == DIAG_COUNT) {
		fail(t, "not a finding", finding);
	}
	probe_transport_failed(t->p, why, NULL, t->now);
}

static void end_tls(play *t, step_kind kind)
{
	enum { BAD_RECORD_MAC = 20 };
	unsigned char record[TLS_SERVER_RECORD];

	if (!t->tls_on) {
		fail(t, "there is no TLS", NULL);
	}
	give(t, record,
		kind == STEP_ALERT ? tls_server_alert(&t->tls, BAD_RECORD_MAC, record)
						   : tls_server_damaged(record));
}

static void play_steps(play *t)
{
	const script_step *steps = t->script->steps;

	if (t->script->count == 0 || steps[0].kind != STEP_FAIL) {
		connect_probe(t, t->p);
	}
	for (size_t i = 0; i < t->script->count; i++) {
		const script_step *s = &steps[i];
		t->line = s->line;
		if (t->until_tls && s->kind == STEP_TLS) {
			exchange(t);
			return;
		}
		switch (s->kind) {
		case STEP_SERVER:
			if (i > 0 && steps[i - 1].kind == STEP_SLOWLY) {
				server_says_slowly(t, s, (uint64_t)steps[i - 1].number);
			} else {
				server_says(t, s->text, s->len);
			}
			break;
		case STEP_SLOWLY:
			break;
		case STEP_CLIENT:
			client_says(t, s->text, s->len);
			break;
		case STEP_TLS:
			exchange(t);
			if (!t->tls_on) {
				tls_server_start(&t->tls, t->certificates, (const char *)s->text);
				t->tls_on = 1;
				t->tls_at = t->given;
				/* What the client said since its last command is its first record. */
				tls_server_receive(&t->tls, t->heard, t->heard_len);
				t->heard_len = 0;
			}
			exchange(t);
			break;
		case STEP_WAIT:
			wait_until(t, t->now + (uint64_t)s->number);
			break;
		case STEP_ALERT:
		case STEP_DAMAGED:
			exchange(t);
			end_tls(t, s->kind);
			break;
		case STEP_CLOSE:
			exchange(t);
			probe_peer_closed(t->p, t->now);
			break;
		case STEP_RESET:
			exchange(t);
			transport_fails(t, "connect-reset");
			break;
		case STEP_FAIL:
			exchange(t);
			transport_fails(t, (const char *)s->text);
			break;
		}
	}
	t->line++;
	exchange(t);
	wait_until(t, UINT64_MAX);
	exchange(t);
	if ((state_of(t->p) & PROBE_DONE) == 0) {
		fail(t, "the probe does not end", NULL);
	}
	if (t->answered != t->script->seconds) {
		fail(t, "a second conversation was not asked for", NULL);
	}
}

static int speaks_tls(const script *s)
{
	for (size_t i = 0; i < s->count; i++) {
		if (s->steps[i].kind == STEP_TLS) {
			return 1;
		}
	}
	return 0;
}

typedef struct {
	const script *script;
	const char *path;
	const char *certificates;
	size_t plain; /* bytes before TLS, once it was run */
	size_t all;
} conversation;

/* One run; the report, to be freed. */
static char *run(conversation *c, long split, int until_tls)
{
	const script *s = c->script;
	const char *path = c->path, *certificates = c->certificates;
	static play t;
	probe_options o;

	memset(&t, 0, offsetof(play, tls));
	memset(&o, 0, sizeof o);
	t.path = path;
	t.certificates = certificates;
	t.script = s;
	t.split = split;
	t.until_tls = until_tls;
	t.now = 1000;
	o.service = service_by_name(s->service);
	if (o.service == NULL) {
		fail(&t, "no such service", s->service);
	}
	o.mode = s->mode[0] != '\0' ? mode_by_name(s->mode) : o.service->mode;
	o.server_name = s->name;
	o.client_name = "check.invalid";
	o.address = "192.0.2.1";
	o.roots = roots;
	o.roots_on_demand = o.tls12_on_demand = split != WHOLE;
	o.signatures = split != WHOLE ? &signatures : NULL;
	o.timeout_permille = 1000;
	o.test_pipelining = s->pipelining[0] != '\0';
	o.deep = s->deep[0] != '\0';
	o.credentials.user = s->user[0] != '\0' ? s->user : NULL;
	o.credentials.password = s->password;
	if (calendar_parse(s->time, &o.unix_time) != 0) {
		fail(&t, "not a time", s->time);
	}
	memset(o.seed, 7, sizeof o.seed);
	static probe *memory;
	memory = memory != NULL ? memory : malloc(probe_size());
	t.p = memory;
	if (t.p == NULL || probe_start(t.p, &o, t.now) != 0) {
		fail(&t, "the options are refused", NULL);
	}
	play_steps(&t);
	c->all = t.given;
	c->plain = t.tls_on ? t.tls_at : t.given;

	size_t len = probe_report(t.p, NULL, 0);
	char *report = malloc(len + 1);
	if (report == NULL) {
		abort();
	}
	probe_report(t.p, report, len);
	report[len] = '\0';
	if (s->user[0] != '\0' && (strstr(report, s->password) || strstr(report, s->user))) {
		fail(&t, "the report gives away the credentials", report);
	}
	if (t.tls_on) {
		tls_server_free(&t.tls);
	}
	return report;
}

/* Ids of the findings, in order, and the status they make of the port. */
static void read_findings(const char *report, char *ids, size_t room, const char **status)
{
	const char *at = strstr(report, "\"findings\":["), *end = strstr(report, "\"transcript\":[");
	status_id worst = STATUS_works;

	ids[0] = '\0';
	while ((at = strstr(at, "{\"id\":\"")) != NULL && at < end) {
		char id[64];
		at += 7;
		snprintf(id, sizeof id, "%.*s", (int)(strchr(at, '"') - at), at);
		diagnosis_id d = diagnosis_by_id(id);
		worst = diagnoses[d].status > worst ? diagnoses[d].status : worst;
		snprintf(ids + strlen(ids), room - strlen(ids), "%s%s", ids[0] ? " " : "", id);
	}
	if (ids[0] == '\0') {
		snprintf(ids, room, "none");
	}
	*status = status_name(worst);
}

static void check(const script *s, const char *path, const char *report)
{
	char ids[1024];
	const char *status;

	read_findings(report, ids, sizeof ids, &status);
	if (strcmp(ids, s->findings) != 0 || strcmp(status, s->status) != 0) {
		fprintf(stderr, "%s: expected %s [%s], found %s [%s]\n%s\n", path, s->findings, s->status,
			ids, status, report);
		exit(1);
	}
}

static void check_same(const char *path, long split, const char *whole, char *other)
{
	if (strcmp(whole, other) != 0) {
		fprintf(
			stderr, "%s: another report when split at %ld\n%s\n%s\n", path, split, whole, other);
		exit(1);
	}
	free(other);
}

/* How many runs it took. */
static long check_splits(conversation *c, const char *whole)
{
	size_t plain = c->plain, all = c->all, step = 1 + plain / 1024 * 53;
	char *until_tls = speaks_tls(c->script) ? run(c, WHOLE, 1) : NULL;
	long runs = until_tls != NULL;

	check_same(c->path, SINGLE, whole, run(c, SINGLE, 0));
	runs++;
	for (size_t at = 1; at < all; at += at < plain ? step : SPARSE, runs++) {
		int far = until_tls != NULL && at + NEAR_TLS < plain;
		check_same(c->path, (long)at, far ? until_tls : whole, run(c, (long)at, far));
	}
	free(until_tls);
	return runs;
}

int main(int argc, char **argv)
{
	int only_reports = argc > 1 && strcmp(argv[1], "--reports") == 0;
	long runs = 0, files = 0;
	char root[512];

	argv += only_reports;
	argc -= only_reports;
	if (argc < 3) {
		fprintf(stderr, "usage: play [--reports] CERTIFICATES FILE…\n");
		return 2;
	}
	snprintf(root, sizeof root, "%s/root.pem", argv[1]);
	if (pem_load_anchors(root, &roots) != 0) {
		return 2;
	}
	for (int i = 2; i < argc; i++, files++) {
		script s;
		script_read(&s, argv[i]);
		conversation c = { .script = &s, .path = argv[i], .certificates = argv[1] };
		char *whole = run(&c, WHOLE, 0);
		runs++;
		if (only_reports) {
			printf("%s\t%s\n", argv[i], whole);
		} else {
			check(&s, argv[i], whole);
			runs += check_splits(&c, whole);
		}
		free(whole);
		script_free(&s);
	}
	free((void *)roots.data);
	if (!only_reports) {
		printf("# play: %ld transcripts in %ld runs\n%ld passed, 0 failed, 0 skipped\n", files,
			runs, files);
	}
	return 0;
}
