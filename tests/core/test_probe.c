/* The probe's interface; what it makes of servers is in tests/transcripts/. */
#include "check.h"

#include "../../wasm/findings.h"
#include "../../wasm/probe.h"

#include <stdlib.h>

static probe *p;
static uint64_t now;

static probe_options options(const char *service)
{
	probe_options o;

	memset(&o, 0, sizeof o);
	o.service = service_by_name(service);
	o.mode = o.service->mode;
	o.server_name = "mail.example.test";
	o.client_name = "check.invalid";
	o.roots = *check_roots();
	o.unix_time = 1780272000;
	return o;
}

static void start(const char *service)
{
	probe_options o = options(service);

	now = 5000;
	CHECK(probe_start(p, &o, now), ==, 0);
}

static void start_connected(const char *service)
{
	start(service);
	probe_connected(p, now);
}

/* Gives a text to the probe, in pieces of `step`. */
static void say(const char *text, size_t step)
{
	for (size_t at = 0, len = strlen(text); at < len;) {
		size_t room, n = len - at < step ? len - at : step;
		uint8_t *buf = probe_recv_buf(p, &room);
		if (room == 0) {
			return;
		}
		n = n < room ? n : room;
		memcpy(buf, text + at, n);
		probe_recv_ack(p, n, now);
		at += n;
	}
}

/* Takes what is to be sent, in pieces of `step`. */
static const char *heard(size_t step)
{
	static char out[4096];
	size_t used = 0, len;

	while (probe_state(p) & PROBE_SEND) {
		const uint8_t *data = probe_send_buf(p, &len);
		size_t n = len < step ? len : step;
		memcpy(out + used, data, n);
		used += n;
		probe_send_ack(p, n, now);
	}
	out[used] = '\0';
	return out;
}

static const char *report(void)
{
	static char text[1 << 17];
	size_t len = probe_report(p, text, sizeof text - 1);

	CHECK(len, <, sizeof text);
	text[len] = '\0';
	return text;
}

static int reports(const char *part)
{
	return strstr(report(), part) != NULL;
}

/* --- set-up --------------------------------------------------------------------------------------- */

static void refused(const probe_options *o)
{
	CHECK(probe_start(p, o, 0), ==, -1);
	CHECK(probe_state(p), ==, PROBE_DONE);
	/* A caller that goes on all the same does no harm. */
	probe_connected(p, 1);
	probe_tick(p, 1000000);
	probe_peer_closed(p, 1000001);
	CHECK(probe_state(p), ==, PROBE_DONE);
}

static void test_options(void)
{
	static char longest[LIMIT_NAME + 1];
	static uint8_t junk[] = "junk";
	probe_options o = options("imaps");

	o.service = NULL;
	refused(&o);
	o = options("imaps");
	o.server_name = NULL;
	refused(&o);
	o = options("imaps");
	o.client_name = NULL;
	refused(&o);
	o = options("imaps");
	o.mode = MODE_COUNT;
	refused(&o);
	o = options("imaps");
	o.roots = (anchors){ junk, sizeof junk };
	refused(&o);
	static const char *const hellos[] = { "a b", "a\rb", "a\nb", "a\r\nRCPT TO:<x>" };
	for (size_t i = 0; i < sizeof hellos / sizeof hellos[0]; i++) {
		o = options("smtp");
		o.client_name = hellos[i];
		refused(&o);
	}
	memset(longest, 'n', LIMIT_NAME);
	const char **names[] = { &o.server_name, &o.client_name, &o.address };
	for (size_t i = 0; i < 3; i++) {
		o = options("submissions");
		*names[i] = longest;
		refused(&o);
		*names[i] = longest + 1;
		CHECK(probe_start(p, &o, 0), ==, 0);
	}
}

/* The longest client name is said whole. */
static void test_longest_hello(void)
{
	static char name[LIMIT_NAME];
	probe_options o = options("smtp");

	memset(name, 'c', LIMIT_NAME - 1);
	o.client_name = name;
	CHECK(probe_start(p, &o, 0), ==, 0);
	probe_connected(p, 0);
	say("220 ready\r\n", 100);
	const char *hello = heard(1000);
	CHECK(strlen(hello), ==, 5 + LIMIT_NAME - 1 + 2);
	CHECK(memcmp(hello, "EHLO ccc", 8), ==, 0);
}

static void test_target(void)
{
	probe_options o = options("imaps");

	o.server_name = "Mail.example.test.";
	o.address = "192.0.2.7";
	CHECK(probe_start(p, &o, 0), ==, 0);
	CHECK(reports("\"target\":{\"name\":\"Mail.example.test\",\"address\":\"192.0.2.7\",\"port\":993,"
				  "\"service\":\"imaps\",\"mode\":\"implicit-tls\"}"), ==, 1);
	o.port = 10993;
	o.address = NULL;
	o.mode = MODE_cleartext;
	CHECK(probe_start(p, &o, 0), ==, 0);
	CHECK(reports("\"address\":\"\",\"port\":10993,\"service\":\"imaps\",\"mode\":\"cleartext\""), ==, 1);
}

/* --- states ------------------------------------------------------------------------------------------- */

static void test_states(size_t step)
{
	start("smtp");
	CHECK(probe_state(p), ==, PROBE_EVENT);
	CHECK(probe_phase(p), ==, PHASE_connect);
	probe_connected(p, now);
	CHECK(probe_state(p), ==, PROBE_EVENT | PROBE_RECV);
	CHECK(probe_phase(p), ==, PHASE_greeting);
	probe_connected(p, now); /* twice is once */
	CHECK(probe_phase(p), ==, PHASE_greeting);
	say("220 mail ESMTP\r\n", step);
	CHECK(probe_state(p), ==, PROBE_EVENT | PROBE_RECV | PROBE_SEND);
	CHECK(probe_phase(p), ==, PHASE_capability);
	CHECK_TEXT(heard(step), "EHLO check.invalid\r\n");
	say("250-mail\r\n250 SIZE 1000\r\n", step);
	CHECK(probe_phase(p), ==, PHASE_close);
	CHECK_TEXT(heard(step), "QUIT\r\n");
	say("221 bye\r\n", step);
	probe_event event;
	while (probe_next_event(p, &event)) {
	}
	CHECK(probe_state(p), ==, PROBE_DONE);
	CHECK(reports("\"findings\":[{\"id\":\"starttls-not-offered\",\"args\":{}}]"), ==, 1);
	size_t room = 1, len = 1;
	probe_recv_buf(p, &room);
	CHECK(room, ==, 0);
	/* Bytes after the end change nothing. */
	size_t before = strlen(report());
	probe_recv_ack(p, 1, now);
	probe_peer_closed(p, now + 1);
	probe_stop(p, now + 2);
	probe_transport_failed(p, DIAG_connect_reset, NULL, now + 3);
	CHECK(strlen(report()), ==, before);
	probe_send_buf(p, &len);
	CHECK(len, ==, 0);
}

static void test_events(void)
{
	static const char *const expected[] = { "began connect", "ended connect ok", "began greeting",
		"greeting-refused", "ended greeting", "began close", "ended close ok" };
	probe_event event;
	size_t count = 0;

	start_connected("smtp");
	now += 40;
	say("554 no service\r\n", 100);
	heard(100);
	say("221 bye\r\n", 100);
	for (; probe_next_event(p, &event); count++) {
		char text[80] = "";
		if (event.kind == EVENT_FINDING) {
			strcat(text, event.finding);
		} else {
			strcat(text, event.kind == EVENT_PHASE_BEGAN ? "began " : "ended ");
			strcat(text, phase_name(event.phase));
			strcat(text, event.kind == EVENT_PHASE_ENDED && event.ok ? " ok" : "");
		}
		CHECK_TEXT(text, count < 7 ? expected[count] : "nothing more");
		CHECK(event.at_ms, ==, count < 3 ? 0 : 40);
	}
	CHECK(count, ==, 7);
	CHECK(probe_next_event(p, &event), ==, 0);
}

/* --- time ----------------------------------------------------------------------------------------------- */

static void test_deadlines(void)
{
	start("imap");
	CHECK(probe_next_deadline(p), ==, now + LIMIT_CONNECT_MS);
	probe_connected(p, now);
	CHECK(probe_next_deadline(p), ==, now + LIMIT_WITNESS_MS);
	probe_tick(p, now + LIMIT_WITNESS_MS - 1);
	CHECK(probe_state(p) & PROBE_WITNESS, ==, 0);
	probe_tick(p, now + LIMIT_WITNESS_MS);
	CHECK(probe_state(p) & PROBE_WITNESS, ==, PROBE_WITNESS);
	CHECK(probe_next_deadline(p), ==, now + LIMIT_GREETING_MS);
	probe_tick(p, now + LIMIT_GREETING_MS - 1);
	CHECK(probe_phase(p), ==, PHASE_greeting);
	CHECK(probe_state(p) & PROBE_DONE, ==, 0);
	probe_tick(p, now + LIMIT_GREETING_MS);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	CHECK(reports("{\"id\":\"greeting-timeout\",\"args\":{\"seconds\":60}}"), ==, 1);
}

static void test_connect_timeout(void)
{
	start("imap");
	probe_tick(p, now + LIMIT_CONNECT_MS);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	CHECK(reports("\"connect-timeout\""), ==, 1);
	probe_connected(p, now + LIMIT_CONNECT_MS); /* too late */
	CHECK(probe_phase(p), ==, PHASE_connect);
}

static void test_scaled_time(void)
{
	probe_options o = options("imap");

	now = 0;
	o.timeout_permille = 100;
	CHECK(probe_start(p, &o, 0), ==, 0);
	CHECK(probe_next_deadline(p), ==, LIMIT_CONNECT_MS / 10);
	o.timeout_permille = 1; /* never no time at all */
	CHECK(probe_start(p, &o, 0), ==, 0);
	probe_connected(p, 0);
	say("* OK hi\r\n", 100);
	heard(100);
	say("a1 NO\r\n", 100);
	CHECK(probe_next_deadline(p), ==, LIMIT_CLOSE_MS / 1000);
}

/* A clock that goes back stands still. */
static void test_clock_goes_back(void)
{
	start_connected("imap");
	probe_tick(p, now + 2000);
	probe_tick(p, now - 4000);
	say("* OK hi\r\n", 100);
	CHECK(reports("{\"t\":2000,\"from\":\"S\",\"text\":\"* OK hi\"}"), ==, 1);
	CHECK(probe_next_deadline(p), ==, now + 2000 + LIMIT_REPLY_MS);
}

/* One byte just before each deadline does not keep a conversation alive for ever. */
static void test_whole_time(void)
{
	uint64_t began = now = 5000;
	int rounds = 0;

	start_connected("smtp");
	say("220 hi\r\n", 100);
	heard(100);
	for (; (probe_state(p) & PROBE_DONE) == 0 && rounds < 100; rounds++) {
		now = probe_next_deadline(p) - 1;
		say("500 what?\r\n", 100);
		heard(100);
		now++;
		probe_tick(p, now);
	}
	CHECK(rounds, <, 100);
	CHECK(now - began, <=, LIMIT_WHOLE_MS + LIMIT_CLOSE_MS);
}

/* --- witness -------------------------------------------------------------------------------------------- */

static void test_witness(void)
{
	probe *other = malloc(probe_size());
	probe_options o = options("imaps");
	size_t room;

	CHECK(probe_start(other, &o, 0), ==, 0);
	probe_connected(other, 0);
	start_connected("imap");
	probe_tick(p, now + LIMIT_WITNESS_MS);
	/* It has met nothing so far: nothing follows from it. */
	CHECK(probe_saw_tls(other), ==, 0);
	probe_witness(p, other, now);
	CHECK(probe_phase(p), ==, PHASE_greeting);
	CHECK(probe_state(p) & PROBE_DONE, ==, 0);
	memcpy(probe_recv_buf(other, &room), "\x16", 1);
	probe_recv_ack(other, 1, 0);
	CHECK(probe_saw_tls(other), ==, 1);
	/* The greeting came meanwhile: the witness is late. */
	say("* OK hi\r\n", 100);
	probe_witness(p, other, now);
	CHECK(probe_phase(p), ==, PHASE_capability);

	start_connected("imap");
	probe_tick(p, now + LIMIT_WITNESS_MS);
	probe_witness(p, other, now);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	CHECK(reports("\"tls-expected\""), ==, 1);
	free(other);
}

/* --- ends -------------------------------------------------------------------------------------------------- */

static void test_stop(void)
{
	start("imap");
	probe_stop(p, now);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	CHECK(reports("\"findings\":[]"), ==, 1);

	start_connected("imap");
	say("* OK hi\r\n", 100);
	heard(100);
	probe_stop(p, now);
	CHECK(probe_state(p) & PROBE_DONE, ==, 0);
	CHECK_TEXT(heard(100), "a2 LOGOUT\r\n");
	probe_stop(p, now); /* once is enough */
	CHECK_TEXT(heard(100), "");
	probe_peer_closed(p, now);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	CHECK(reports("\"findings\":[]"), ==, 1);

	/* In the middle of a handshake there is nothing polite to say. */
	start_connected("imaps");
	CHECK(probe_state(p) & PROBE_SEND, ==, PROBE_SEND);
	probe_stop(p, now);
	probe_tick(p, now + LIMIT_CLOSE_MS);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
}

static void test_transport(void)
{
	start("imap");
	probe_transport_failed(p, DIAG_connect_refused, "{\"code\":4502}", now);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	CHECK(reports("{\"id\":\"connect-refused\",\"args\":{\"detail\":{\"code\":4502}}}"), ==, 1);
	start("imap");
	probe_transport_failed(p, DIAG_bridge_busy, "{}", now);
	CHECK(reports("{\"id\":\"bridge-busy\",\"args\":{}}"), ==, 1);
	start_connected("imap");
	probe_transport_failed(p, DIAG_bridge_budget, NULL, now);
	CHECK(reports("{\"id\":\"bridge-budget\",\"args\":{\"phase\":\"greeting\"}}"), ==, 1);
}

/* --- report -------------------------------------------------------------------------------------------- */

static void test_report_room(void)
{
	static char out[8192];

	start_connected("smtp");
	say("554 \xfc\r\n", 100);
	size_t len = probe_report(p, NULL, 0);
	char *whole = malloc(len);
	CHECK(probe_report(p, whole, len), ==, len);
	CHECK(whole[0], ==, '{');
	CHECK(whole[len - 1], ==, '}');
	for (size_t room = 0; room < len; room += 1 + room / 7) {
		memset(out, '#', sizeof out);
		CHECK(probe_report(p, out, room), ==, len);
		CHECK(memcmp(out, whole, room), ==, 0);
		CHECK(out[room], ==, '#');
	}
	free(whole);
}

/* More than one probe may hold in all, in pieces as large as they come. */
static void test_flood(void)
{
	static char line[LIMIT_INPUT + 1];

	memset(line, 'x', LIMIT_INPUT);
	memcpy(line, "* ", 2);
	memcpy(line + LIMIT_INPUT - 2, "\r\n", 2);
	start_connected("imap");
	say("* OK hi\r\n", 100);
	heard(100);
	for (int i = 0; i < LIMIT_RECEIVED / LIMIT_INPUT + 1; i++) {
		say(line, LIMIT_INPUT);
	}
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	CHECK(reports("{\"id\":\"reply-too-long\",\"args\":{\"phase\":\"capability\",\"limit\":262144}}"), ==, 1);
}

void test_probe(void)
{
	p = malloc(probe_size());
	test_options();
	test_longest_hello();
	test_target();
	test_states(1000);
	test_states(1);
	test_events();
	test_deadlines();
	test_connect_timeout();
	test_scaled_time();
	test_clock_goes_back();
	test_whole_time();
	test_witness();
	test_stop();
	test_transport();
	test_report_room();
	test_flood();
	free(p);
}
