/* The table of phases.def: all its cells, and every way in which a connection can end in every phase. */
#include "check.h"

#include "phases.h"
#include "probe.h"
#include "tls_server.h"

#include <stdio.h>
#include <stdlib.h>

typedef enum { FIN, RESET, CLOSE_NOTIFY, ALERT, UNREADABLE, WAYS } way;

static probe *p;
static tls_server server;
static uint64_t now;

static void say(const char *text)
{
	tls_server_give(p, (const unsigned char *)text, strlen(text), now);
}

static void drain(void)
{
	size_t len;
	while (probe_state(p) & PROBE_SEND) {
		probe_send_buf(p, &len);
		probe_send_ack(p, len, now);
	}
}

static void say_within(const char *text)
{
	br_ssl_engine_context *eng = &server.context.eng;
	size_t room;
	unsigned char *buf = br_ssl_engine_sendapp_buf(eng, &room);

	memcpy(buf, text, strlen(text));
	br_ssl_engine_sendapp_ack(eng, strlen(text));
	br_ssl_engine_flush(eng, 0);
	while (tls_server_round(&server, p, now)) {
	}
}

static void start(const char *service)
{
	probe_options o = check_options(service);

	now = 5000;
	CHECK(probe_start(p, &o, now), ==, 0);
	tls_server_start(&server, check_directory(), "good");
}

static void start_tls(void)
{
	while (tls_server_round(&server, p, now)) {
	}
}

/* Ends the connection; 0 where that cannot happen there. */
static int end(way how, int number, int within)
{
	unsigned char record[TLS_SERVER_RECORD];

	switch (how) {
	case FIN:
		probe_peer_closed(p, now);
		return 1;
	case RESET:
		probe_transport_failed(p, DIAG_connect_reset, NULL, now);
		return 1;
	case CLOSE_NOTIFY:
		if (within) {
			br_ssl_engine_close(&server.context.eng);
			while (tls_server_round(&server, p, now)) {
			}
		}
		return within;
	case ALERT:
		if (within) {
			tls_server_give(p, record, tls_server_alert(&server, number, record), now);
		}
		return within;
	default:
		if (within) {
			tls_server_give(p, record, tls_server_damaged(record), now);
		}
		return within;
	}
}

static int reports(const char *part)
{
	static char text[1 << 16];
	size_t len = probe_report(p, text, sizeof text - 1);

	text[len < sizeof text ? len : 0] = '\0';
	if (strstr(text, part) == NULL) {
		CHECK_TEXT(text, part);
	}
	return 1;
}

/* In which phase, after which words, and what it is called. */
static const struct {
	const char *service;
	phase_id phase;
	const char *said[5]; /* in the clear */
	const char *within[3];
	const char *finding; /* NULL: none */
	const char *args;    /* before the reason */
	const char *text;    /* after it */
} cases[] = {
	{ "imap", PHASE_greeting, { 0 }, { 0 }, "greeting-closed", "", "" },
	{ "imap", PHASE_greeting, { "* O" }, { 0 }, "connection-closed", "\"command\":\"greeting\",",
		",\"text\":\"* O\"" },
	{ "imap", PHASE_capability, { "* OK hi\r\n" }, { 0 }, "connection-closed",
		"\"command\":\"CAPABILITY\",", "" },
	{ "imap", PHASE_capability, { "* OK hi\r\n", "* CAP" }, { 0 }, "connection-closed",
		"\"command\":\"CAPABILITY\",", ",\"text\":\"* CAP\"" },
	{ "smtp", PHASE_greeting, { "220-hi\r\n" }, { 0 }, "connection-closed",
		"\"command\":\"greeting\",", "" },
	{ "smtp", PHASE_starttls, { "220 hi\r\n", "250-mail\r\n250 STARTTLS\r\n" }, { 0 },
		"connection-closed", "\"command\":\"STARTTLS\",", "" },
	{ "smtp", PHASE_close, { "220 hi\r\n", "250 mail\r\n" }, { 0 }, "starttls-not-offered", NULL,
		"" },
	{ "submission", PHASE_recapability,
		{ "220 hi\r\n", "250-mail\r\n250 STARTTLS\r\n", "220 go\r\n" }, { 0 }, "connection-closed",
		"\"command\":\"EHLO\",", "" },
	{ "submissions", PHASE_greeting, { 0 }, { 0 }, "greeting-closed", "", "" },
	{ "submissions", PHASE_greeting, { 0 }, { "22" }, "connection-closed",
		"\"command\":\"greeting\",", ",\"text\":\"22\"" },
	{ "submissions", PHASE_capability, { 0 }, { "220 hi\r\n" }, "connection-closed",
		"\"command\":\"EHLO\",", "" },
	{ "submissions", PHASE_capability, { 0 }, { "220 hi\r\n", "250-mail\r\n25" },
		"connection-closed", "\"command\":\"EHLO\",", ",\"text\":\"25\"" },
	{ "submissions", PHASE_close, { 0 }, { "220 hi\r\n", "250 mail\r\n" }, NULL, NULL, "" },
};

static const char *const reasons[] = { "closed", "reset", "close_notify",
	"alert\",\"alert\":\"internal_error\",\"number\":80", "unreadable\",\"error\":" };

static void lead_to(size_t i)
{
	start(cases[i].service);
	probe_connected(p, now);
	for (size_t j = 0; j < 5 && cases[i].said[j] != NULL; j++) {
		say(cases[i].said[j]);
		if (probe_phase(p) != PHASE_handshake) {
			drain();
		}
	}
	if (probe_phase(p) == PHASE_handshake) {
		start_tls();
	}
	for (size_t j = 0; j < 3 && cases[i].within[j] != NULL; j++) {
		say_within(cases[i].within[j]);
	}
	CHECK(probe_phase(p), ==, cases[i].phase);
	CHECK(probe_state(p) & PROBE_DONE, ==, 0);
}

static void check_case(size_t i, way how)
{
	char expected[300];

	lead_to(i);
	int within = p->at.step[PHASE_handshake].status == STEP_OK;
	if (!end(how, 80, within)) {
		tls_server_free(&server);
		return;
	}
	if (cases[i].finding == NULL) {
		reports("\"findings\":[]");
	} else if (cases[i].args == NULL) {
		snprintf(expected, sizeof expected, "\"findings\":[{\"id\":\"%s\",\"args\":{}}]",
			cases[i].finding);
		reports(expected);
	} else {
		snprintf(expected, sizeof expected,
			"\"findings\":[{\"id\":\"%s\",\"args\":{%s\"reason\":\"%s", cases[i].finding,
			cases[i].args, reasons[how]);
		reports(expected);
		CHECK(p->outcome.findings.count, ==, 1);
		if (cases[i].text[0] != '\0') {
			reports(cases[i].text);
		}
	}
	/* One event, one finding: nobody is asked why, and what comes later is not heard. */
	CHECK(probe_state(p) & PROBE_SECOND, ==, 0);
	if (how != CLOSE_NOTIFY) {
		drain();
	}
	probe_peer_closed(p, now + 1);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	CHECK(p->outcome.findings.count, <=, 1);
	tls_server_free(&server);
}

/* Inside TLS, a client without a certificate may learn only then that one was wanted. */
static void test_certificate_required(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		lead_to(i);
		if (p->at.step[PHASE_handshake].status == STEP_OK) {
			end(ALERT, 116, 1);
			reports(cases[i].phase == PHASE_close
					? "\"findings\":[]"
					: "\"findings\":[{\"id\":\"beyond-our-reach\",\"args\":{\"reason\":\"client-"
					  "certificate\"}}]");
		}
		tls_server_free(&server);
	}
}

/* Who holds the socket had no word of a connection, and yet it ends. */
static void test_before_connected(void)
{
	for (way how = FIN; how <= RESET; how++) {
		start("imaps");
		end(how, 0, 0);
		CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
		CHECK(p->outcome.findings.count, ==, 1);
		reports("\"connect-reset\"");
		tls_server_free(&server);
	}
}

/* Before the handshake is over: somebody is asked why, and without an answer it is called so. */
static void test_in_the_handshake(void)
{
	static const char *const findings[] = {
		"[{\"id\":\"handshake-closed\",\"args\":{\"reason\":\"closed\"}}]",
		"[{\"id\":\"handshake-closed\",\"args\":{\"reason\":\"reset\"}}]",
		"[{\"id\":\"handshake-closed\",\"args\":{\"reason\":\"close_notify\"}}]",
		"[{\"id\":\"handshake-alert\",\"args\":{\"reason\":\"alert\",\"alert\":\"internal_error\","
		"\"number\":80}}]",
		"[{\"id\":\"handshake-failed\",\"args\":{\"error\":\"",
	};
	static const char *const records[] = {
		[CLOSE_NOTIFY] = "\x15\x03\x03\x00\x02\x01\x00",
		[ALERT] = "\x15\x03\x03\x00\x02\x02\x50",
		[UNREADABLE] = "\x17\x03\x03\x00\x02\xff\xff"
	};

	for (way how = FIN; how < WAYS; how++) {
		for (int begun = 0; begun < 2; begun++) {
			start("imaps");
			probe_connected(p, now);
			if (begun) { /* the server's first flight has come: nothing changes */
				tls_server_round(&server, p, now);
			}
			if (how == FIN || how == RESET) {
				end(how, 0, 0);
			} else {
				tls_server_give(p, (const unsigned char *)records[how], 7, now);
				drain(); /* a close_notify is answered by one */
			}
			CHECK(probe_phase(p), ==, PHASE_handshake);
			CHECK(probe_state(p) & PROBE_SECOND, ==, how == UNREADABLE ? 0 : PROBE_SECOND);
			probe_stop(p, now);
			char expected[200];
			snprintf(expected, sizeof expected, "\"findings\":%s", findings[how]);
			reports(expected);
			tls_server_free(&server);
		}
	}
	/* There, too, a wish for a certificate needs no second word. */
	start("imaps");
	probe_connected(p, now);
	tls_server_round(&server, p, now);
	tls_server_give(p, (const unsigned char *)"\x15\x03\x03\x00\x02\x02\x74", 7, now);
	CHECK(probe_state(p) & PROBE_SECOND, ==, 0);
	reports("{\"reason\":\"client-certificate\"}");
	tls_server_free(&server);
}

/* An alert that comes late is no greeting: it does not make one slow. */
static void test_late_alert(void)
{
	unsigned char record[TLS_SERVER_RECORD];

	start("imaps");
	probe_connected(p, now);
	start_tls();
	now += LIMIT_GREETING_SLOW_MS;
	tls_server_give(p, record, tls_server_alert(&server, 40, record), now);
	CHECK(p->outcome.findings.count, ==, 1);
	reports("\"greeting-closed\"");
	tls_server_free(&server);

	start("imaps");
	probe_connected(p, now);
	start_tls();
	now += LIMIT_GREETING_SLOW_MS;
	say_within("* OK hi\r\n");
	reports("\"greeting-slow\"");
	tls_server_free(&server);
}

/* What was read in the clear leaves nothing behind. */
static void test_text_is_forgotten(void)
{
	start("imaps");
	memset(&p->stream.text, 1, sizeof p->stream.text);
	memset(&p->dialog.reading, 1, sizeof p->dialog.reading);
	probe_connected(p, now);
	CHECK(p->at.state, ==, STATE_handshake);
	for (size_t i = 0; i < sizeof p->stream.text; i++) {
		CHECK(((const uint8_t *)&p->stream.text)[i], ==, 0);
	}
	for (size_t i = 0; i < sizeof p->dialog.reading; i++) {
		CHECK(((const uint8_t *)&p->dialog.reading)[i], ==, 0);
	}
	tls_server_free(&server);
}

/* --- all cells ---------------------------------------------------------------------------------------- */

/* Leads a fresh probe to a state by a real conversation; TLS is up where it must be. */
static void lead_to_state(state_id state)
{
	static const char *const talk[] = { "220 hi\r\n", "250-mail\r\n250 STARTTLS\r\n",
		"220 go\r\n" };
	const given_credentials given = { .user = state == STATE_signin ? "anna" : NULL,
		.password = "x" };
	size_t said = 0;

	start("submission");
	CHECK(credentials_keep(&p->credentials, &given), ==, 0);
	p->options.test_pipelining = state == STATE_pipelining;
	p->dialog.test_pipelining = p->options.test_pipelining;
	if (state != STATE_connect) {
		probe_connected(p, now);
	}
	while (state > p->at.state && said < 3) {
		say(talk[said++]);
		if (p->at.state != STATE_handshake) {
			drain();
		}
	}
	if (state > STATE_handshake) {
		start_tls();
	}
	if (state > STATE_recapability) {
		say_within("250-mail\r\n250 AUTH PLAIN\r\n");
	}
	if (state == STATE_over) {
		probe_stop(p, now);
	}
	CHECK(p->at.state, ==, state);
}

/* What a row promises is what happens. */
static void check_cell(state_id state, event_id id)
{
	static const uint8_t text[] = "250 ok";
	followup_answer answer;
	const phase_row *row = phases_row(state, id);
	event e = { .id = id,
		.remark = "a remark",
		.text = text,
		.len = sizeof text - 1,
		.number = DIAG_connect_refused,
		.answer = &answer };

	if (row == NULL) {
		CHECK(state, ==, -1);
		return;
	}
	lead_to_state(state);
	memset(&answer, 0, sizeof answer);
	answer.scan = &p->stream.scan;
	answer.certificates = &p->stream.tls.certificates;
	answer.findings = &p->outcome.findings;
	if (id == EVENT_tls_alert) {
		e.number = 40;
	} else if (id == EVENT_tls_failed) {
		e.number = TLS_ERROR_unknown;
	}
	phases_on(p, &e);
	CHECK(p->at.state, <, STATE_COUNT);
	CHECK(p->at.state, >=, state); /* nothing goes back */
	CHECK(p->at.phase, <, PHASE_COUNT);
	switch (row->next) {
	case NEXT_STAY:
		CHECK(p->at.state, ==, state);
		break;
	case NEXT_NEXT:
		CHECK(p->at.state, >, state);
		break;
	case NEXT_GOODBYE:
		CHECK(p->at.state == STATE_close || p->at.state == STATE_over, ==, 1);
		break;
	case NEXT_END:
		CHECK(p->at.state, ==, STATE_over);
		CHECK(p->at.step[p->at.phase].status, ==, STEP_FAILED);
		break;
	case NEXT_RESULT:
		break;
	}
	static const credentials none;
	CHECK(p->at.state == STATE_over && memcmp(&p->credentials, &none, sizeof none) != 0, ==, 0);
	if (p->at.state != STATE_over) {
		CHECK(p->at.step[p->at.phase].status, ==, STEP_RUNNING);
		CHECK(p->at.phase, ==, phases_phase_of(p->at.state));
		CHECK(p->at.deadline, >, p->at.now);
	} else {
		for (phase_id i = 0; i < PHASE_COUNT; i++) {
			CHECK(p->at.step[i].status, !=, STEP_RUNNING);
		}
	}
	tls_server_free(&server);
}

static void test_cells(void)
{
	for (state_id state = 0; state < STATE_COUNT; state++) {
		for (event_id id = EVENT_none + 1; id < EVENT_COUNT; id++) {
			check_cell(state, id);
			/* The end is final. */
			if (state == STATE_over) {
				CHECK(phases_row(state, id)->next, ==, NEXT_STAY);
			}
		}
	}
}

/* A finding of every row that ends a conversation: whoever is cut off is told why. */
static void test_ends_are_explained(void)
{
	for (state_id state = 0; state < STATE_over; state++) {
		for (event_id id = EVENT_none + 1; id < EVENT_COUNT; id++) {
			if (phases_row(state, id)->next != NEXT_END || id == EVENT_stop) {
				continue;
			}
			check_cell(state, id);
			CHECK(p->outcome.findings.count > 0 || phases_want_followup(p), ==, 1);
		}
	}
}

void test_phases(void)
{
	p = malloc(probe_size());
	test_cells();
	test_ends_are_explained();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		for (way how = FIN; how < WAYS; how++) {
			check_case(i, how);
		}
	}
	test_certificate_required();
	test_before_connected();
	test_in_the_handshake();
	test_late_alert();
	test_text_is_forgotten();
	free(p);
}
