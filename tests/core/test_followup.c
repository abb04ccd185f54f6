/* Follow-up connections: when one is wanted, and what follows from it. See also tests/transcripts/. */
#include "check.h"

#include "phases.h"
#include "probe.h"

#include <stdlib.h>

static probe *p, *second;
static uint64_t now;
static const uint8_t seed[PROBE_SEED] = { 3 };

static const char *report(void)
{
	static char text[1 << 16];
	size_t len = probe_report(p, text, sizeof text - 1);
	text[len < sizeof text ? len : 0] = '\0';
	return text;
}

static int reports(const char *part)
{
	int holds = strstr(report(), part) != NULL;
	if (!holds) {
		CHECK_TEXT(report(), part);
	}
	return holds;
}

static void give(probe *to, const void *data, size_t len)
{
	size_t room;
	for (size_t at = 0; at < len; at += room) {
		uint8_t *buf = probe_recv_buf(to, &room);
		if (room == 0) {
			return;
		}
		room = len - at < room ? len - at : room;
		memcpy(buf, (const uint8_t *)data + at, room);
		probe_recv_ack(to, room, now);
	}
}

static void drain(probe *of)
{
	size_t len;
	while (probe_state(of) & PROBE_SEND) {
		probe_send_buf(of, &len);
		probe_send_ack(of, len, now);
	}
}

static void start(const char *service, int deep)
{
	probe_options o = check_options(service);

	o.address = "192.0.2.1";
	o.deep = deep;
	now = 5000;
	CHECK(probe_start(p, &o, now), ==, 0);
	probe_connected(p, now);
	drain(p);
}

/* As if all had been said. */
static void ends_well(void)
{
	p->at.state = STATE_close;
	phases_on(p, &(event){ .id = EVENT_peer_closed });
}

/* --- a silent greeting ------------------------------------------------------------------------------------ */

static void start_waiting(void)
{
	start("imap", 0);
	CHECK(probe_start_second(p, second, seed, now), ==, -1);
	probe_tick(p, now + LIMIT_IMPLICIT_TLS_PROBE_MS);
	CHECK(probe_state(p) & PROBE_SECOND, ==, PROBE_SECOND);
	CHECK(probe_start_second(p, second, seed, now), ==, 0);
	CHECK(probe_state(p) & PROBE_SECOND, ==, 0);
	CHECK(probe_start_second(p, second, seed, now), ==, -1); /* one at a time */
	probe_connected(second, now);
	CHECK(probe_phase(second), ==, PHASE_handshake);
}

static void test_silence(void)
{
	start_waiting();
	/* It has met nothing so far: nothing follows from it. */
	CHECK(probe_saw_tls(second), ==, 0);
	probe_heard(p, second, now);
	CHECK(probe_phase(p), ==, PHASE_greeting);
	CHECK(probe_state(p) & PROBE_DONE, ==, 0);
	give(second, "\x16", 1);
	CHECK(probe_saw_tls(second), ==, 1);
	probe_heard(p, second, now);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	reports("\"tls-expected\"");

	/* The greeting came meanwhile, whole or in part: the second is late. */
	start_waiting();
	give(second, "\x16", 1);
	give(p, "* O", 3);
	probe_heard(p, second, now);
	CHECK(strstr(report(), "tls-expected") == NULL, ==, 1);
	CHECK(probe_phase(p), ==, PHASE_greeting);
	give(p, "K hi\r\n", 6);
	probe_heard(p, second, now);
	CHECK(probe_phase(p), ==, PHASE_capability);
}

/* --- a failed handshake ----------------------------------------------------------------------------------- */

static const uint8_t refusal[] = { 21, 3, 3, 0, 2, 2, 40 };
static const uint8_t protocol_version[] = { 21, 3, 3, 0, 2, 2, 70 };

static void start_refused(int deep)
{
	start("imaps", deep);
	give(p, refusal, sizeof refusal);
	drain(p);
	CHECK(probe_state(p) & PROBE_DONE, ==, 0);
	CHECK(probe_state(p) & PROBE_SECOND, ==, PROBE_SECOND);
	CHECK(probe_next_deadline(p), ==, now + LIMIT_ANSWER_MS);
	reports("\"findings\":[]");
}

static void start_second(void)
{
	CHECK(probe_start_second(p, second, seed, now), ==, 0);
	probe_connected(second, now);
	drain(second);
}

static void test_nobody_answers(void)
{
	/* Nobody opens it: in the end the alert is all there is to say. */
	start_refused(0);
	probe_tick(p, now + LIMIT_ANSWER_MS - 1);
	CHECK(probe_state(p) & PROBE_DONE, ==, 0);
	probe_tick(p, now + LIMIT_ANSWER_MS);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	CHECK(probe_state(p) & PROBE_SECOND, ==, 0);
	reports("\"handshake-alert\"");

	/* It is refused: nothing was learned. */
	start_refused(0);
	CHECK(probe_start_second(p, second, seed, now), ==, 0);
	probe_heard(p, second, now);
	CHECK(probe_state(p) & PROBE_DONE, ==, 0); /* it goes on */
	probe_transport_failed(second, DIAG_connect_refused, NULL, now);
	probe_heard(p, second, now);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	reports("\"handshake-alert\"");

	/* Stopped meanwhile: what is known is said, once. */
	start_refused(1);
	start_second();
	probe_stop(p, now);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	reports("\"findings\":[{\"id\":\"handshake-alert\",\"args\":{\"reason\":\"alert\","
			"\"alert\":\"handshake_failure\",\"number\":40}}]");
	probe_heard(p, second, now);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
}

static void test_second_asks_nothing(void)
{
	start_refused(0);
	start_second();
	probe_transport_failed(second, DIAG_connect_reset, NULL, now);
	CHECK(probe_state(second) & PROBE_SECOND, ==, 0);
	CHECK(probe_state(second) & PROBE_DONE, ==, PROBE_DONE);
	/* A reset is an answer: next it is asked for TLS 1.3. */
	probe_heard(p, second, now);
	CHECK(probe_state(p) & PROBE_SECOND, ==, PROBE_SECOND);
	start_second();
	give(second, refusal, sizeof refusal);
	CHECK(probe_state(second) & PROBE_DONE, ==, PROBE_DONE);
	CHECK(probe_state(second) & PROBE_SEND, ==, 0); /* a refused one has nobody to take leave of */
	probe_heard(p, second, now);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	reports("\"handshake-alert\"");
}

/* A ServerHello of TLS 1.2 with this suite, a Certificate message of this chain, and the end. */
static uint8_t flight[16384];

static size_t flight_of(unsigned suite, const char *chain_name)
{
	size_t at = 5, list;
	const chain *c = check_chain(chain_name);

	memset(flight, 0, 5 + 42);
	memcpy(flight, "\x16\x03\x03", 3);
	memcpy(flight + at, "\x02\x00\x00\x26\x03\x03", 6);
	flight[at + 39] = (uint8_t)(suite >> 8);
	flight[at + 40] = (uint8_t)suite;
	at += 42;
	flight[at] = 11;
	list = at + 1;
	at += 7;
	for (size_t i = 0; i < c->count; i++) {
		size_t len = c->list[i].der.len;
		flight[at] = 0;
		flight[at + 1] = (uint8_t)(len >> 8);
		flight[at + 2] = (uint8_t)len;
		memcpy(flight + at + 3, c->list[i].der.p, len);
		at += 3 + len;
	}
	for (size_t i = 0, n = at - list - 3; i < 2; i++, n -= 3) {
		flight[list + 3 * i] = 0;
		flight[list + 3 * i + 1] = (uint8_t)(n >> 8);
		flight[list + 3 * i + 2] = (uint8_t)n;
	}
	memcpy(flight + at, "\x0e\x00\x00\x00", 4);
	at += 4;
	flight[3] = (uint8_t)((at - 5) >> 8);
	flight[4] = (uint8_t)(at - 5);
	return at;
}

/* What is wrong with the certificate is told too, though it was only shown. */
static void test_keys_and_certificates(void)
{
	start_refused(0);
	start_second();
	give(second, flight, flight_of(0xc02b, "ed448"));
	CHECK(probe_state(second) & PROBE_SEND, ==, PROBE_SEND); /* it takes leave */
	drain(second);
	CHECK(probe_state(second) & PROBE_DONE, ==, PROBE_DONE);
	probe_heard(p, second, now);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	reports("\"findings\":[{\"id\":\"beyond-our-reach\",\"args\":{\"reason\":\"key\",\"key\":"
			"\"Ed448\"}}]");
	reports("\"trusted\":false");

	start_refused(0);
	start_second();
	give(second, flight, flight_of(0x009f, "expired-and-wrong-name"));
	drain(second);
	probe_heard(p, second, now);
	reports("\"beyond-our-reach\"");
	reports("\"certificate-expired\"");
	reports("\"certificate-name-mismatch\"");
	CHECK(second->outcome.tls.trusted, ==, 0);

	/* A good one is not trusted either: nobody has shown that the key is theirs. */
	start_refused(0);
	start_second();
	give(second, flight, flight_of(0x009f, "good"));
	probe_heard(p, second, now);
	reports("\"findings\":[{\"id\":\"beyond-our-reach\",\"args\":{\"reason\":\"suite\","
			"\"suite\":\"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384\"}}]");
	CHECK(second->outcome.tls.trusted, ==, 0);
}

/* The first connection got as far as certificates: what a server prefers of all there is, is no reason. */
static void test_after_certificates(void)
{
	for (int wanted = 0; wanted < 2; wanted++) {
		start_refused(0);
		p->stream.tls.certificates.count = 1;
		start_second();
		size_t len = flight_of(0x009f, "good");
		if (wanted) {
			memcpy(flight + len - 4, "\x0d\x00\x00\x00\x0e\x00\x00\x00", 8);
			flight[3] = (uint8_t)((len - 1) >> 8);
			flight[4] = (uint8_t)(len - 1);
			len += 4;
		}
		give(second, flight, len);
		probe_heard(p, second, now);
		CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
		reports(wanted ? "{\"reason\":\"client-certificate\"}" : "\"handshake-alert\"");
	}
}

/* Some insist on extended_master_secret only after certificates, and call its lack an internal error. */
static void test_master_secret(void)
{
	static const uint8_t internal_error[] = { 21, 3, 3, 0, 2, 2, 80 };

	for (int agrees = 0; agrees < 2; agrees++) {
		for (int internal = 0; internal < 2; internal++) {
			start("imaps", 0);
			give(p, internal ? internal_error : refusal, sizeof refusal);
			drain(p);
			p->stream.tls.certificates.count = 1;
			start_second();
			second->stream.scan.master_secret = agrees;
			give(second, flight, flight_of(0xc02f, "good"));
			second->stream.scan.master_secret = agrees;
			probe_heard(p, second, now);
			CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
			reports(agrees && internal ? "\"reason\":\"extended-master-secret\""
									   : "\"handshake-alert\"");
		}
	}
	/* Before certificates it is asked, with the hello that lacks it. */
	for (int answer = 0; answer < 4; answer++) {
		start_refused(0);
		start_second();
		CHECK(second->options.scan_lacking, ==, 0);
		give(second, flight, flight_of(0xc02f, "good"));
		second->stream.scan.master_secret = 1;
		probe_heard(p, second, now);
		CHECK(probe_state(p) & PROBE_SECOND, ==, PROBE_SECOND);
		start_second();
		CHECK(second->options.scan_lacking, ==, CLIENT_HELLO_NO_MASTER_SECRET);
		if (answer == 0) {
			give(second, refusal, sizeof refusal);
		} else if (answer == 1) {
			give(second, flight, flight_of(0xc02f, "good"));
		} else if (answer == 2) {
			probe_transport_failed(second, DIAG_bridge_budget, NULL, now);
		} else {
			probe_stop(second, now);
		}
		probe_heard(p, second, now);
		if (answer == 1) { /* so it is something else that it does not like: TLS 1.3? */
			CHECK(probe_state(p) & PROBE_SECOND, ==, PROBE_SECOND);
			start_second();
			CHECK(second->options.scan_highest, ==, 0);
			CHECK(second->options.plain_hello, ==, 1);
			give(second, refusal, sizeof refusal);
			probe_heard(p, second, now);
		}
		CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
		reports(answer == 0 ? "\"reason\":\"extended-master-secret\"" : "\"handshake-alert\"");
	}
}

/* --- a signature with SHA-1 ------------------------------------------------------------------------- */

static void start_signed_with_sha1(int deep)
{
	start("imaps", deep);
	p->stream.saw_tls = 1;
	p->at.step[PHASE_handshake].status = STEP_OK;
	p->followup.versions[2] = VERSION_accepted;
	p->stream.scan.scheme = 0x0201;
	ends_well();
	CHECK(probe_state(p) & PROBE_SECOND, ==, PROBE_SECOND);
	start_second();
	CHECK(second->options.scan_lacking, ==, CLIENT_HELLO_NO_SHA1);
	CHECK(second->options.scan_highest, ==, TLS_1_2);
}

static void test_sha1(void)
{
	for (int deep = 0; deep < 2; deep++) {
		start_signed_with_sha1(deep);
		give(second, refusal, sizeof refusal);
		probe_heard(p, second, now);
		reports("\"findings\":[{\"id\":\"handshake-signature-weak\",\"args\":{\"signature\":"
				"\"rsa_pkcs1_sha1\"}}]");
		CHECK(probe_state(p) & PROBE_SECOND, ==, deep ? PROBE_SECOND : 0);
		CHECK(p->followup.asked == FOLLOWUP_tls10, ==, deep);

		/* Nobody answers: nothing is known, and the rest is asked all the same. */
		start_signed_with_sha1(deep);
		probe_tick(p, now + LIMIT_ANSWER_MS);
		reports("\"findings\":[]");
		CHECK(p->followup.asked == FOLLOWUP_tls10, ==, deep);

		start_signed_with_sha1(deep);
		probe_transport_failed(second, DIAG_bridge_busy, NULL, now);
		probe_heard(p, second, now);
		reports("\"findings\":[]");
		CHECK(p->followup.asked == FOLLOWUP_tls10, ==, deep);

		/* Stopped: nothing more is asked. */
		start_signed_with_sha1(deep);
		probe_stop(p, now);
		reports("\"findings\":[]");
		CHECK(probe_state(p) & (PROBE_SECOND | PROBE_DONE), ==, PROBE_DONE);
	}
	/* A second one asks for nothing of its own, and a stopped one neither. */
	start("imaps", 1);
	p->stream.saw_tls = 1;
	p->stream.scan.scheme = 0x0201;
	p->at.step[PHASE_handshake].status = STEP_OK;
	probe_stop(p, now);
	CHECK(probe_state(p) & PROBE_SECOND, ==, 0);
}

/* --- the deep check -------------------------------------------------------------------------------------- */

static void test_deep_unanswered(void)
{
	/* Silence in the handshake is no refusal. */
	start_refused(1);
	for (int asked = 0; asked < 6 && (probe_state(p) & PROBE_SECOND); asked++) {
		start_second();
		probe_tick(second, now + LIMIT_HANDSHAKE_MS);
		CHECK(probe_state(second) & PROBE_DONE, ==, PROBE_DONE);
		probe_heard(p, second, now);
	}
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	reports("\"versions\":{\"TLS 1.0\":\"unknown\",\"TLS 1.1\":\"unknown\",\"TLS 1.2\":\"unknown\","
			"\"TLS 1.3\":\"unknown\"}");
	reports("\"handshake-alert\"");
}

static void test_deep_refused(void)
{
	start_refused(1);
	for (int asked = 0; asked < 8 && (probe_state(p) & PROBE_SECOND); asked++) {
		start_second();
		give(second, protocol_version, sizeof protocol_version);
		probe_heard(p, second, now);
	}
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	reports("\"versions\":{\"TLS 1.0\":\"refused\",\"TLS 1.1\":\"refused\",\"TLS 1.2\":\"refused\","
			"\"TLS 1.3\":\"refused\"}");
	reports("\"handshake-alert\"");
}

/* A conversation that went well, and then cannot be had again. */
static void test_deep_unreachable(void)
{
	start("imaps", 1);
	p->stream.saw_tls = 1;
	p->at.step[PHASE_handshake].status = STEP_OK;
	ends_well();
	for (int asked = 0; asked < VERSIONS; asked++) {
		CHECK(probe_start_second(p, second, seed, now), ==, 0);
		probe_transport_failed(second, DIAG_bridge_busy, NULL, now);
		probe_heard(p, second, now);
	}
	CHECK(probe_state(p) & PROBE_SECOND, ==, 0);
	reports("\"versions\":{\"TLS 1.0\":\"unknown\",\"TLS 1.1\":\"unknown\",\"TLS 1.2\":\"unknown\","
			"\"TLS 1.3\":\"unknown\"}");
	reports("\"findings\":[]");
}

/* What our side cut off is no refusal. */
static void test_deep_cut_off(void)
{
	for (int stopped = 0; stopped < 2; stopped++) {
		start("imaps", 1);
		p->stream.saw_tls = 1;
		p->at.step[PHASE_handshake].status = STEP_OK;
		ends_well();
		start_second();
		if (stopped) {
			probe_stop(second, now);
		} else {
			probe_transport_failed(second, DIAG_bridge_budget, NULL, now);
		}
		probe_heard(p, second, now);
		CHECK(p->followup.versions[0], ==, VERSION_unknown);
		CHECK(p->followup.asked, ==, FOLLOWUP_tls11);
	}
}

/* Only the word of a second conversation that was begun, and has ended, counts. */
static void test_heard_too_early(void)
{
	start_refused(0);
	probe_heard(p, second, now);
	CHECK(probe_state(p) & PROBE_SECOND, ==, PROBE_SECOND);
	start("imaps", 0);
	probe_heard(p, second, now);
	CHECK(probe_phase(p), ==, PHASE_handshake);
}

/* The report of a second conversation says what it was. */
static void test_report_of_second(void)
{
	static char text[1 << 16];

	start_refused(0);
	reports("\"hello\":null");
	start_second();
	give(second, refusal, sizeof refusal);
	text[probe_report(second, text, sizeof text - 1)] = '\0';
	CHECK(strstr(text,
			  "\"hello\":{\"highest\":\"TLS "
			  "1.2\",\"lacking\":[],\"answered\":false,\"alert\":\"handshake_failure\","
			  "\"certificate_wanted\":false}")
			!= NULL,
		==, 1);
	second->options.scan_lacking = CLIENT_HELLO_NO_MASTER_SECRET | CLIENT_HELLO_NO_SHA1;
	text[probe_report(second, text, sizeof text - 1)] = '\0';
	CHECK(strstr(text, "\"lacking\":[\"extended_master_secret\",\"sha1\"],") != NULL, ==, 1);
	second->stream.scan.scheme = 0x0804;
	text[probe_report(second, text, sizeof text - 1)] = '\0';
	CHECK(strstr(text, "\"signature\":\"rsa_pss_rsae_sha256\"") != NULL, ==, 1);
	CHECK(strstr(text, "\"name\":\"mail.example.test\",\"address\":\"192.0.2.1\",\"port\":993")
			!= NULL,
		==, 1);
}

void test_followup(void)
{
	p = malloc(probe_size());
	second = malloc(probe_size());
	test_silence();
	test_nobody_answers();
	test_second_asks_nothing();
	test_keys_and_certificates();
	test_after_certificates();
	test_master_secret();
	test_sha1();
	test_deep_unanswered();
	test_deep_refused();
	test_deep_unreachable();
	test_deep_cut_off();
	test_heard_too_early();
	test_report_of_second();
	free(p);
	free(second);
}
