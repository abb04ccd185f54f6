/* The probe's interface; what it makes of servers is in tests/transcripts/. */
#include "check.h"

#include "base/findings.h"
#include "probe.h"
#include "tls_server.h"

#include <stdlib.h>

static probe *p;
static uint64_t now;

static void start(const char *service)
{
	probe_options o = check_options(service);

	now = 5000;
	CHECK(probe_start(p, &o, now), ==, 0);
}

static void start_connected(const char *service)
{
	start(service);
	probe_connected(p, now);
}

/* Gives a text to the probe, in pieces of `step`. */
static void say_bytes(const char *text, size_t len, size_t step)
{
	for (size_t at = 0; at < len;) {
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

static void say(const char *text, size_t step)
{
	say_bytes(text, strlen(text), step);
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

static void test_refused_options(void)
{
	static char longest[LIMIT_NAME + 1];
	static uint8_t junk[] = "junk";
	probe_options o = check_options("imaps");

	o.service = NULL;
	refused(&o);
	o = check_options("imaps");
	o.server_name = NULL;
	refused(&o);
	o = check_options("imaps");
	o.client_name = NULL;
	refused(&o);
	o = check_options("imaps");
	o.mode = MODE_COUNT;
	refused(&o);
	o = check_options("imaps");
	o.roots = (anchors){ junk, sizeof junk };
	refused(&o);
	static const char *const hellos[] = { "a b", "a\rb", "a\nb", "a\r\nRCPT TO:<x>" };
	for (size_t i = 0; i < sizeof hellos / sizeof hellos[0]; i++) {
		o = check_options("smtp");
		o.client_name = hellos[i];
		refused(&o);
	}
	memset(longest, 'n', LIMIT_NAME);
	const char **names[] = { &o.server_name, &o.client_name, &o.address };
	for (size_t i = 0; i < 3; i++) {
		o = check_options("submissions");
		*names[i] = longest;
		refused(&o);
		*names[i] = longest + 1;
		CHECK(probe_start(p, &o, 0), ==, 0);
	}
}

static void test_refused_credentials(void)
{
	probe_options o = check_options("imaps");

	o.credentials.user = "anna";
	refused(&o);
	o.credentials.password = "a\r\nb";
	refused(&o);
	o.credentials.password = "secret";
	CHECK(probe_start(p, &o, 0), ==, 0);
	/* Servers take mail from each other without. */
	o = check_options("smtp");
	o.credentials.user = "anna";
	o.credentials.password = "secret";
	refused(&o);
}

/* The longest client name is said whole. */
static void test_longest_hello(void)
{
	static char name[LIMIT_NAME];
	probe_options o = check_options("smtp");

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
	probe_options o = check_options("imaps");

	o.server_name = "Mail.example.test.";
	o.address = "192.0.2.7";
	CHECK(probe_start(p, &o, 0), ==, 0);
	CHECK(
		reports("\"target\":{\"name\":\"Mail.example.test\",\"address\":\"192.0.2.7\",\"port\":993,"
				"\"service\":\"imaps\",\"mode\":\"implicit-tls\"}"),
		==, 1);
	o.server_name = "."; /* the root has no other name */
	CHECK(probe_start(p, &o, 0), ==, 0);
	CHECK(reports("\"name\":\".\""), ==, 1);
	o.port = 10993;
	o.address = NULL;
	o.mode = MODE_cleartext;
	CHECK(probe_start(p, &o, 0), ==, 0);
	CHECK(reports("\"address\":\"\",\"port\":10993,\"service\":\"imaps\",\"mode\":\"cleartext\""),
		==, 1);
}

/* --- states ------------------------------------------------------------------------------------------- */

static void test_states(size_t step)
{
	start("smtp");
	CHECK(probe_state(p), ==, 0);
	CHECK(probe_phase(p), ==, PHASE_connect);
	probe_connected(p, now);
	CHECK(probe_state(p), ==, PROBE_RECV);
	CHECK(probe_phase(p), ==, PHASE_greeting);
	probe_connected(p, now); /* twice is once */
	CHECK(probe_phase(p), ==, PHASE_greeting);
	say("220 mail ESMTP\r\n", step);
	CHECK(probe_state(p), ==, PROBE_RECV | PROBE_SEND);
	CHECK(probe_phase(p), ==, PHASE_capability);
	CHECK_TEXT(heard(step), "EHLO check.invalid\r\n");
	say("250-mail\r\n250 SIZE 1000\r\n", step);
	CHECK(probe_phase(p), ==, PHASE_close);
	CHECK_TEXT(heard(step), "QUIT\r\n");
	say("221 bye\r\n", step);
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

/* --- time ----------------------------------------------------------------------------------------------- */

static void test_deadlines(void)
{
	start("imap");
	CHECK(probe_next_deadline(p), ==, now + LIMIT_CONNECT_MS);
	probe_connected(p, now);
	CHECK(probe_next_deadline(p), ==, now + LIMIT_IMPLICIT_TLS_PROBE_MS);
	probe_tick(p, now + LIMIT_IMPLICIT_TLS_PROBE_MS - 1);
	CHECK(probe_state(p) & PROBE_SECOND, ==, 0);
	probe_tick(p, now + LIMIT_IMPLICIT_TLS_PROBE_MS);
	CHECK(probe_state(p) & PROBE_SECOND, ==, PROBE_SECOND);
	CHECK(probe_next_deadline(p), ==, now + LIMIT_GREETING_MS);
	probe_tick(p, now + LIMIT_GREETING_MS - 1);
	CHECK(probe_phase(p), ==, PHASE_greeting);
	CHECK(probe_state(p) & PROBE_DONE, ==, 0);
	probe_tick(p, now + LIMIT_GREETING_MS);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	CHECK(reports("{\"id\":\"greeting-timeout\",\"args\":{\"seconds\":60}}"), ==, 1);
}

/* Between servers the second connection waits until greetings that are delayed have come. */
static void test_relay_waits_longer(void)
{
	start_connected("smtp");
	CHECK(probe_next_deadline(p), ==, now + LIMIT_IMPLICIT_TLS_PROBE_RELAY_MS);
	probe_tick(p, now + LIMIT_IMPLICIT_TLS_PROBE_RELAY_MS - 1);
	CHECK(probe_state(p) & PROBE_SECOND, ==, 0);
	probe_tick(p, now + LIMIT_IMPLICIT_TLS_PROBE_RELAY_MS);
	CHECK(probe_state(p) & PROBE_SECOND, ==, PROBE_SECOND);
	start_connected("submission");
	CHECK(probe_next_deadline(p), ==, now + LIMIT_IMPLICIT_TLS_PROBE_MS);
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
	probe_options o = check_options("imap");

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
		CHECK(probe_next_deadline(p), <=, began + LIMIT_WHOLE_MS + LIMIT_CLOSE_MS);
		now = probe_next_deadline(p) - 1;
		say("500 what?\r\n", 100);
		heard(100);
		now++;
		probe_tick(p, now);
	}
	CHECK(rounds, <, 100);
	CHECK(now - began, <=, LIMIT_WHOLE_MS + LIMIT_CLOSE_MS);
}

/* A caller that comes late gets no time beyond the whole. */
static void test_late_caller(void)
{
	start("imap");
	probe_connected(p, now + LIMIT_WHOLE_MS - 1000);
	CHECK(probe_next_deadline(p), ==, now + LIMIT_WHOLE_MS);
	probe_tick(p, now + LIMIT_WHOLE_MS - 1);
	CHECK(probe_state(p) & PROBE_DONE, ==, 0);
	probe_tick(p, now + LIMIT_WHOLE_MS);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	CHECK(reports("{\"id\":\"greeting-timeout\",\"args\":{\"seconds\":1}}"), ==, 1);
}

/* --- ends -------------------------------------------------------------------------------------------------- */

/* Stopped now, it has nothing left to say, and says so. */
static void stopped_silently_with(const char *finding)
{
	probe_stop(p, now);
	CHECK(probe_state(p) & (PROBE_DONE | PROBE_SEND), ==, PROBE_DONE);
	CHECK_TEXT(heard(100), "");
	CHECK(reports(finding), ==, 1);
	size_t before = strlen(report());
	probe_stop(p, now); /* once is enough */
	probe_peer_closed(p, now);
	CHECK(strlen(report()), ==, before);
}

static void stopped_silently(void)
{
	stopped_silently_with("\"findings\":[]");
}

static void test_stop(void)
{
	start("imap");
	probe_stop(p, now);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	CHECK(reports("\"findings\":[]"), ==, 1);

	/* Nothing is sent any more, not even what was waiting; and what was not sent was not said. */
	start_connected("imap");
	say("* OK hi\r\n", 100);
	stopped_silently();
	CHECK(reports("\"from\":\"C\""), ==, 0);
	CHECK(reports("\"text\":\"stopped\""), ==, 1);

	start_connected("imap");
	say("* OK hi\r\n", 100);
	heard(100);
	stopped_silently();
	CHECK(reports("\"from\":\"C\",\"text\":\"a1 CAPABILITY\""), ==, 1);
	CHECK(reports("LOGOUT"), ==, 0);

	/* Half of a command had left, and the caller comes back with the rest of what it took. */
	size_t len;
	start_connected("imap");
	say("* OK hi\r\n", 100);
	probe_send_buf(p, &len);
	probe_send_ack(p, 3, now);
	probe_stop(p, now);
	probe_send_ack(p, len - 3, now);
	CHECK(probe_state(p) & (PROBE_DONE | PROBE_SEND), ==, PROBE_DONE);
	CHECK(reports("\"from\":\"C\""), ==, 0);

	/* In the middle of a good-bye, said or only meant. */
	start_connected("imap");
	say("* OK hi\r\n", 100);
	heard(100);
	say("a1 NO\r\n", 100);
	CHECK_TEXT(heard(100), "a2 LOGOUT\r\n");
	CHECK(probe_state(p) & PROBE_DONE, ==, 0);
	stopped_silently_with("\"reply-refused\"");
	start_connected("imap");
	say("* OK hi\r\n", 100);
	heard(100);
	say("a1 NO\r\n", 100);
	stopped_silently_with("\"reply-refused\"");
	CHECK(reports("LOGOUT"), ==, 0);

	/* In the middle of a handshake: a ClientHello that waits is not said, one that was is enough. */
	for (int left = 0; left < 2; left++) {
		start_connected("imaps");
		CHECK(probe_state(p) & PROBE_SEND, ==, PROBE_SEND);
		if (left) {
			heard(1000);
			say("\x16", 1);
		}
		stopped_silently();
	}
}

/* Stopped before, in and after a handshake, at every step: nothing but the end of TLS is sent. */
static void test_stop_within_tls(void)
{
	static tls_server server;
	int handshakes = 0, closed = 0;

	for (int rounds = 0; rounds < 8; rounds++) {
		tls_server_start(&server, check_directory(), "good");
		start_connected("imaps");
		for (int i = 0; i < rounds; i++) {
			tls_server_round(&server, p, now);
		}
		/* Inside TLS the greeting comes, and the answer to it waits. */
		if (probe_phase(p) == PHASE_greeting) {
			size_t room;
			br_ssl_engine_context *eng = &server.context.eng;
			unsigned char *buf = br_ssl_engine_sendapp_buf(eng, &room);
			memcpy(buf, "* OK hi\r\n", 9);
			br_ssl_engine_sendapp_ack(eng, 9);
			br_ssl_engine_flush(eng, 0);
			const unsigned char *record = br_ssl_engine_sendrec_buf(eng, &room);
			tls_server_give(p, record, room, now);
			br_ssl_engine_sendrec_ack(eng, room);
			CHECK(probe_phase(p), ==, PHASE_capability);
		}
		phase_id phase = probe_phase(p);
		probe_stop(p, now);
		CHECK(probe_next_deadline(p), <=, now + LIMIT_CLOSE_MS);
		if (phase == PHASE_handshake) {
			handshakes++;
			CHECK(probe_state(p) & (PROBE_SEND | PROBE_SECOND | PROBE_DONE), ==, PROBE_DONE);
		} else {
			closed++;
			while (tls_server_round(&server, p, now)) {
			}
			CHECK(br_ssl_engine_current_state(&server.context.eng), ==, BR_SSL_CLOSED);
			CHECK(br_ssl_engine_last_error(&server.context.eng), ==, BR_ERR_OK);
			CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
		}
		CHECK_TEXT(server.said, "");
		CHECK(reports("\"from\":\"C\""), ==, 0);
		/* What the server says to it is not heard. */
		tls_server_give(p, (const unsigned char *)"\x15\x03\x03\x00\x02\x02\x28", 7, now);
		CHECK(reports("\"findings\":[]"), ==, 1);
		CHECK(probe_state(p) & PROBE_SECOND, ==, 0);
		tls_server_free(&server);
	}
	CHECK(handshakes, >, 1);
	CHECK(closed, >, 1);
}

/* --- credentials -------------------------------------------------------------------------------------- */

static tls_server mail;

/* Neither the password nor its base64 (of the mechanisms PLAIN and LOGIN) is anywhere in the probe. */
static int holds_password(void)
{
	static const char *const forms[] = { "Tr0ub4dor", "ub4dor&3", "FRyMHViNGRv" };
	const char *memory = (const char *)p;

	for (size_t at = 0; at + 11 <= probe_size(); at++) {
		for (size_t i = 0; i < 3; i++) {
			if (memcmp(memory + at, forms[i], strlen(forms[i])) == 0) {
				return 1;
			}
		}
	}
	return 0;
}

static void within(const char *text)
{
	br_ssl_engine_context *eng = &mail.context.eng;
	size_t room;

	while (tls_server_round(&mail, p, now)) {
	}
	unsigned char *buf = br_ssl_engine_sendapp_buf(eng, &room);
	memcpy(buf, text, strlen(text));
	br_ssl_engine_sendapp_ack(eng, strlen(text));
	br_ssl_engine_flush(eng, 0);
	/* what the server says is heard; what the probe says to it is not sent yet */
	const unsigned char *record = br_ssl_engine_sendrec_buf(eng, &room);
	tls_server_give(p, record, room, now);
	br_ssl_engine_sendrec_ack(eng, room);
}

static void greet_sign_in(const char *certificate)
{
	probe_options o = check_options("submissions");

	o.credentials.user = "anna@example.test";
	o.credentials.password = "Tr0ub4dor&3";
	now = 1000;
	CHECK(probe_start(p, &o, now), ==, 0);
	tls_server_start(&mail, check_directory(), certificate);
	probe_connected(p, now);
	within("220 mail\r\n");
}

/* Up to the moment at which a password is about to be sent by this mechanism; `certificate` decides whether. */
static void start_sign_in(const char *certificate, const char *mechanism)
{
	char answer[64] = "250-mail\r\n250 AUTH ";

	greet_sign_in(certificate);
	within(strcat(strcat(answer, mechanism), "\r\n"));
}

static void end_by_stop(void)
{
	probe_stop(p, now);
}

static void end_by_loss(void)
{
	probe_transport_failed(p, DIAG_connect_reset, NULL, now);
}

static void end_by_close(void)
{
	probe_peer_closed(p, now);
}

static void end_by_time(void)
{
	probe_tick(p, now + LIMIT_WHOLE_MS);
}

static void end_by_refusal(void)
{
	within("535 no\r\n");
	within("221 bye\r\n");
}

static void end_by_success(void)
{
	within("235 yes\r\n");
	within("221 bye\r\n");
}

static void end_by_free(void)
{
	probe_wipe(p);
}

/* However a sign-in ends, before the password has left or after: nothing of it stays behind. */
static void test_password_is_wiped(void)
{
	void (*const ends[])(void) = { end_by_stop, end_by_loss, end_by_close, end_by_time,
		end_by_refusal, end_by_success, end_by_free };

	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		for (int sent = 0; sent < 2; sent++) {
			start_sign_in("good", "PLAIN");
			CHECK(probe_phase(p), ==, PHASE_signin);
			CHECK(holds_password(), ==, 1);
			if (sent) {
				while (tls_server_round(&mail, p, now)) {
				}
				CHECK(strstr(mail.said, "AUTH PLAIN AGFubmFAZXhhbXBsZS50ZXN0AFRyMHViNGRvciYz")
						!= NULL,
					==, 1);
			}
			ends[i]();
			while (ends[i] != end_by_free && tls_server_round(&mail, p, now)) {
			}
			CHECK(holds_password(), ==, 0);
			tls_server_free(&mail);
		}
	}
}

/* The phase of the sign-in is skipped as long as nothing of it was sent: only then a caller may try again. */
static void test_sign_in_cut_short(void)
{
	const char *skipped = "{\"phase\":\"signin\",\"status\":\"skipped\"";
	const char *failed = "{\"phase\":\"signin\",\"status\":\"failed\"";

	start_sign_in("good", "PLAIN");
	CHECK(probe_phase(p), ==, PHASE_signin);
	probe_transport_failed(p, DIAG_bridge_busy, "draining", now);
	CHECK(reports(failed), ==, 1);
	CHECK(reports("{\"id\":\"bridge-busy\""), ==, 1);
	tls_server_free(&mail);
	greet_sign_in("good");
	CHECK(probe_phase(p), ==, PHASE_capability);
	probe_transport_failed(p, DIAG_bridge_busy, "draining", now);
	CHECK(reports(skipped), ==, 1);
	tls_server_free(&mail);
}

/* Where it must not be sent it is forgotten before another word is said. */
static void test_password_is_withheld(void)
{
	start_sign_in("self-signed", "PLAIN");
	CHECK(probe_phase(p), ==, PHASE_close);
	CHECK(holds_password(), ==, 0);
	CHECK(
		reports("{\"id\":\"sign-in-withheld\",\"args\":{\"because\":\"certificate-self-signed\"}}"),
		==, 1);
	tls_server_free(&mail);
	start_sign_in("good", "GSSAPI");
	CHECK(probe_phase(p), ==, PHASE_close);
	CHECK(holds_password(), ==, 0);
	tls_server_free(&mail);
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

/* --- what no finding tells: words said, capabilities kept, limits met exactly ------------------------- */

static char spoken[8192];

/* A conversation in one mode: the server's texts, each after what was to be sent is taken. */
static void talk(const char *service, mode_id mode, int pipelining, const char *const *texts)
{
	probe_options o = check_options(service);

	o.mode = mode;
	o.test_pipelining = pipelining;
	now = 5000;
	CHECK(probe_start(p, &o, now), ==, 0);
	probe_connected(p, now);
	spoken[0] = '\0';
	for (; *texts != NULL; texts++) {
		strcat(spoken, heard(1000));
		say(*texts, 1000);
	}
	strcat(spoken, heard(1000));
}

#define TALK(service, ...)                                                                         \
	talk(service, MODE_starttls, 0, (const char *const[]){ __VA_ARGS__, NULL })
#define SAID(text) (strstr(spoken, text) != NULL)

static void test_smtp_details(void)
{
	TALK("smtp", "220 ********\r\n");
	CHECK(reports("\"greeting-masked\""), ==, 1);
	TALK("smtp", "220 *******\r\n");
	CHECK(reports("\"greeting-masked\""), ==, 0);
	TALK("smtp", "220 ********xxxx\r\n"); /* half of it is not most of it */
	CHECK(reports("\"greeting-masked\""), ==, 0);
	TALK("smtp", "220 ********xxx\r\n");
	CHECK(reports("\"greeting-masked\""), ==, 1);
	TALK("smtp", "220 mail\r\n", "250-mail\r\n250 ****************\r\n");
	CHECK(reports("\"greeting-masked\""), ==, 0);
	static const char *const odd[] = { "199 x\r\n", "600 x\r\n", "250\tx\r\n", "25 x\r\n",
		"2500 x\r\n", "2a0 x\r\n", "250-a\r\n251 b\r\n", "\r\n" };
	for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
		TALK("smtp", "220 mail\r\n", odd[i]);
		CHECK(reports("\"reply-malformed\""), ==, 1);
	}
	/* Only the greeting's first line may belong to another protocol. */
	TALK("smtp", "220-mail\r\n220 (vsFTPd 3.0.3)\r\n");
	CHECK(SAID("EHLO"), ==, 1);
	/* The first line of an answer to EHLO is a name; a refusal lists nothing. */
	TALK("smtp", "220 mail\r\n", "250 STARTTLS\r\n");
	CHECK(reports("\"starttls-not-offered\""), ==, 1);
	TALK("smtp", "220 mail\r\n", "550-no\r\n550 STARTTLS\r\n");
	CHECK(reports("\"STARTTLS\""), ==, 0);
	TALK("smtp", "220 mail\r\n", "502 what\r\n", "502 what\r\n");
	CHECK_TEXT(spoken, "EHLO check.invalid\r\nHELO check.invalid\r\nQUIT\r\n");
	TALK("smtp", "220 mail\r\n", "250-mail\r\n250 STARTTLS\r\n", "221 bye\r\n");
	CHECK(reports("\"starttls-refused\""), ==, 1);
	TALK("smtp", "354 go\r\n");
	CHECK(reports("\"greeting-malformed\""), ==, 1);
}

/* The answer to LOGOUT and QUIT is waited for, or it is not; what else was said has its answer in any case. */
static void test_leaves_unanswered(void)
{
	static const char *const texts[] = { "220 mail\r\n", "250 mail\r\n", NULL };

	for (int unanswered = 0; unanswered < 2; unanswered++) {
		probe_options o = check_options("smtp");

		o.mode = MODE_cleartext;
		o.leave_unanswered = unanswered;
		now = 5000;
		CHECK(probe_start(p, &o, now), ==, 0);
		probe_connected(p, now);
		for (size_t i = 0; texts[i] != NULL; i++) {
			CHECK(probe_state(p) & PROBE_DONE, ==, 0);
			heard(1000);
			say(texts[i], 1000);
		}
		/* It has not left yet. */
		CHECK(probe_state(p) & (PROBE_DONE | PROBE_SEND), ==, PROBE_SEND);
		CHECK_TEXT(heard(1), "QUIT\r\n");
		CHECK(probe_state(p) & PROBE_DONE, ==, unanswered ? PROBE_DONE : 0);
		if (!unanswered) {
			say("221 bye\r\n", 1000);
		}
		CHECK(reports("{\"phase\":\"close\",\"status\":\"ok\""), ==, 1);
		CHECK(reports("QUIT"), ==, 1);
		CHECK(reports("221 bye"), ==, !unanswered);
		CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	}
}

static void test_imap_details(void)
{
	talk("imap", MODE_cleartext, 0, (const char *const[]){ "* PREAUTH hi\r\n", NULL });
	CHECK(SAID("CAPABILITY"), ==, 1);
	TALK("imap", "* BYE no\r\n");
	CHECK_TEXT(spoken, ""); /* nobody is there to say LOGOUT to */
	TALK("imap", "* NO not you\r\n");
	CHECK_TEXT(spoken, "a1 LOGOUT\r\n");
	static const char *const odd[] = { "b1 OK\r\n", "a9 OK\r\n", "a1OK\r\n", "a1 MAYBE\r\n",
		"+ go on\r\n", "*\r\n", "*x\r\n", "\r\n", "a1 \r\n" };
	for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
		TALK("imap", "* OK hi\r\n", odd[i]);
		CHECK(reports("\"reply-malformed\""), ==, 1);
	}
	TALK("imap", "?\r\n");
	CHECK(reports("\"greeting-malformed\""), ==, 1);
	TALK("imap", "x OK hi\r\n");
	CHECK(reports("\"greeting-malformed\""), ==, 1);
	/* The last list counts, and only one that was asked for. */
	TALK("imap", "* OK hi\r\n",
		"* CAPABILITY IMAP4rev1 STARTTLS\r\n* CAPABILITY IMAP4rev1\r\na1 OK\r\n");
	CHECK(reports("\"starttls-not-offered\""), ==, 1);
	TALK("imap", "* OK hi\r\n", "* CAPABILITY IMAP4rev1 STARTTLS\r\na1 OK\r\n",
		"* CAPABILITY NONE\r\na2 NO\r\n");
	CHECK(reports("\"NONE\""), ==, 0);
	CHECK(reports("\"STARTTLS\""), ==, 1);
	/* literals: bytes that are no lines, whatever they look like */
	static const char *const literals[] = { "* X {11}\r\na1 BAD no\r\n more\r\na1 NO\r\n",
		"* X {11+}\r\na1 BAD no\r\n more\r\na1 NO\r\n" };
	static const char *const none[] = { "* X {}\r\na1 NO\r\n", "* X {1a}\r\na1 NO\r\n",
		"* X {+}\r\na1 NO\r\n", "* X {1:}\r\na1 NO\r\n" };
	for (size_t i = 0; i < 2; i++) {
		TALK("imap", "* OK hi\r\n", literals[i]);
		CHECK(reports("\"text\":\"a1 NO\""), ==, 1);
	}
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
		TALK("imap", "* OK hi\r\n", none[i]);
		CHECK(reports("\"text\":\"a1 NO\""), ==, 1);
	}
	/* A word of eight X is a masked one in SMTP only. */
	TALK("imap", "* OK hi\r\n", "* CAPABILITY XXXXXXXX\r\na1 OK\r\n");
	CHECK(reports("\"starttls-not-offered\""), ==, 1);
	/* Rude at good-bye is no finding of its own. */
	static const char *const byes[] = { "a2 NO\r\n", "a2 MAYBE\r\n", "* BYE\r\na2 OK\r\n",
		"what\r\n" };
	for (size_t i = 0; i < sizeof byes / sizeof byes[0]; i++) {
		TALK("imap", "* OK hi\r\n", "* CAPABILITY LOGINDISABLED\r\na1 OK\r\n", byes[i]);
		CHECK(reports("\"findings\":[{\"id\":\"starttls-not-offered\",\"args\":{}}]"), ==, 1);
		CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	}
}

static void test_pop3_details(void)
{
	TALK("pop3", "+OK hi\r\n", "-ERR what\r\n", "-ERR [SYS/TEMP] later\r\n");
	CHECK(reports("\"starttls-unavailable\""), ==, 1);
	CHECK(reports("\"starttls-not-offered\""), ==, 0);
	TALK("pop3", "+OK hi\r\n", "+OK\r\n..X\r\n\r\n.\r\n");
	CHECK(reports("[\".X\"]"), ==, 1);
	TALK("pop3", "+OK hi\r\n", "what\r\n");
	CHECK(reports("\"reply-malformed\""), ==, 1);
	TALK("pop3", "+OK hi\r\n", "+OK\r\n.\r\n", "-ERR stay\r\n");
	CHECK(reports("\"findings\":[{\"id\":\"starttls-not-offered\",\"args\":{}}]"), ==, 1);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
}

/* A command behind STARTTLS: refused is safe; answered in the clear is a fault. */
static void test_pipelining_details(void)
{
	static const struct {
		const char *service;
		const char *greeting;
		const char *offer;
		const char *sent;
		const char *refusal;
	} cases[] = {
		{ "smtp", "220 hi\r\n", "250-a\r\n250 STARTTLS\r\n", "STARTTLS\r\nNOOP\r\n", "554 no\r\n" },
		{ "imap", "* OK hi\r\n", "* CAPABILITY STARTTLS\r\na1 OK\r\n", "a2 STARTTLS\r\nz1 NOOP\r\n",
			"a2 BAD\r\n" },
		{ "pop3", "+OK hi\r\n", "+OK\r\nSTLS\r\n.\r\n", "STLS\r\nNOOP\r\n", "-ERR no\r\n" },
	};
	for (size_t i = 0; i < 3; i++) {
		const char *refused[] = { cases[i].greeting, cases[i].offer, cases[i].refusal, NULL };
		talk(cases[i].service, MODE_starttls, 1, refused);
		CHECK(SAID(cases[i].sent), ==, 1);
		CHECK(reports("starttls-refused"), ==, 0);
		CHECK(reports("this is the safe answer"), ==, 1);
		/* not asked for: not sent */
		talk(cases[i].service, MODE_starttls, 0, refused);
		CHECK(SAID("NOOP"), ==, 0);
		CHECK(reports("starttls-refused"), ==, 1);
		talk(cases[i].service, MODE_cleartext, 1, refused);
		CHECK(SAID("NOOP"), ==, 0);
	}
	talk("smtp", MODE_starttls, 1,
		(const char *const[]){
			cases[0].greeting, cases[0].offer, "220 go\r\n", "250 ok\r\n", NULL });
	CHECK(reports("\"starttls-pipelined-commands\""), ==, 1);
}

static void test_reply_lines(void)
{
	for (int lines = LIMIT_REPLY_LINES; lines <= LIMIT_REPLY_LINES + 1; lines++) {
		start_connected("imap");
		say("* OK hi\r\n", 100);
		heard(100);
		for (int i = 0; i < lines; i++) {
			say("* X\r\n", 100);
		}
		CHECK(reports("\"reply-too-long\""), ==, lines > LIMIT_REPLY_LINES);
	}
	/* Each reply has that many of its own. */
	start_connected("imap");
	say("* OK hi\r\n", 100);
	heard(100);
	for (int i = 0; i < LIMIT_REPLY_LINES; i++) {
		say("* X\r\n", 100);
	}
	say("* CAPABILITY STARTTLS\r\n", 100); /* one too many */
	CHECK(reports("\"reply-too-long\""), ==, 1);
	start_connected("imap");
	say("* OK hi\r\n", 100);
	heard(100);
	for (int i = 0; i < LIMIT_REPLY_LINES - 1; i++) {
		say("* X\r\n", 100);
	}
	say("* CAPABILITY STARTTLS\r\na1 OK\r\n", 100);
	heard(100);
	say("* X\r\n* X\r\na2 NO\r\n", 100);
	CHECK(reports("\"reply-too-long\""), ==, 0);
	CHECK(reports("\"starttls-refused\""), ==, 1);
}

/* The first byte after a ClientHello: records are 0x14 to 0x18, of which two prove a TLS server. */
static void test_first_byte(void)
{
	static const struct {
		char byte;
		int record;
		int saw_tls;
	} bytes[] = { { 0x13, 0, 0 }, { 0x14, 1, 0 }, { 0x15, 1, 1 }, { 0x16, 1, 1 }, { 0x17, 1, 0 },
		{ 0x18, 1, 0 }, { 0x19, 0, 0 }, { '2', 0, 0 } };

	for (size_t i = 0; i < sizeof bytes / sizeof bytes[0]; i++) {
		char text[] = { bytes[i].byte, '\0' };
		start_connected("imaps");
		heard(1000);
		now += LIMIT_HANDSHAKE_MS - 2 * LIMIT_SNIFF_MS;
		say(text, 1);
		CHECK(probe_saw_tls(p), ==, bytes[i].saw_tls);
		CHECK(probe_next_deadline(p), ==, now + (bytes[i].record ? 2 : 1) * LIMIT_SNIFF_MS);
	}
	/* The rest of a line gets no time beyond the handshake's. */
	start_connected("imaps");
	heard(1000);
	now += LIMIT_HANDSHAKE_MS - LIMIT_SNIFF_MS / 2;
	say("2", 1);
	CHECK(probe_next_deadline(p), ==, now + LIMIT_SNIFF_MS / 2);
	/* In the middle of a greeting such a byte is text. */
	for (size_t step = 1; step < 20; step += 18) {
		start_connected("smtp");
		say("220 \x15\x16 hi\r\n", step);
		CHECK(probe_phase(p), ==, PHASE_capability);
	}
}

static void test_quotes(void)
{
	static char line[LIMIT_LINE + 2];

	memset(line, 'x', LIMIT_LINE + 1);
	start_connected("smtp");
	say(line, LIMIT_INPUT);
	memset(line, 'x', 80);
	strcpy(line + 80, "\"}");
	CHECK(reports(line), ==, 1);
	CHECK(strstr(report(), line)[-1], ==, '"');
	TALK("smtp", "220-first\r\n220 second\r\n");
	CHECK(reports("\"220-first\""), ==, 1);
	CHECK(reports("\"greeting\":\"220 second\""), ==, 0);
	TALK("smtp", "220 hi\r\n", "250-par");
	probe_peer_closed(p, now);
	CHECK(reports("{\"command\":\"EHLO\",\"reason\":\"closed\",\"text\":\"250-par\"}"), ==, 1);
	TALK("smtp", "220 hi\r\n", "250-par");
	probe_transport_failed(p, DIAG_connect_reset, NULL, now);
	CHECK(reports("{\"command\":\"EHLO\",\"reason\":\"reset\",\"text\":\"250-par\"}"), ==, 1);
	TALK("smtp", "220 hi\r\n", "250-par");
	probe_transport_failed(p, DIAG_bridge_budget, NULL, now);
	CHECK(reports("{\"id\":\"bridge-budget\",\"args\":{\"phase\":\"capability\"}}"), ==, 1);
}

static void test_partial_greeting(void)
{
	/* Half a greeting is an answer: nobody else need be asked. */
	start_connected("imap");
	say("* O", 100);
	probe_tick(p, now + LIMIT_IMPLICIT_TLS_PROBE_MS);
	CHECK(probe_state(p) & PROBE_SECOND, ==, 0);
	/* Exactly as late as it takes to be called slow. */
	start_connected("imap");
	now += LIMIT_GREETING_SLOW_MS - 1;
	say("* OK\r\n", 100);
	CHECK(reports("\"greeting-slow\""), ==, 0);
	start_connected("imap");
	now += LIMIT_GREETING_SLOW_MS;
	say("* OK\r\n", 100);
	CHECK(reports("{\"id\":\"greeting-slow\",\"args\":{\"seconds\":10}}"), ==, 1);
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

/* A certificate that is longer than all that a probe takes. */
static void test_certificate_without_end(void)
{
	static char record[5 + LIMIT_INPUT - 5] = "\x16\x03\x03\x0f\xfb";
	static const char hello[] =
		"\x16\x03\x03\x00*\x02\x00\x00&\x03\x03********************************\x00\xc0/\x00";

	start_connected("imaps");
	heard(100);
	say_bytes(hello, sizeof hello - 1, 100);
	memcpy(record + 5, "\x0b\x7f\xff\xff\x7f\xff\xfc\x7f\xff\xf9", 10);
	say_bytes(record, sizeof record, 100);
	memset(record + 5, 0, 10);
	for (int i = 0; i < LIMIT_RECEIVED / LIMIT_INPUT; i++) {
		say_bytes(record, sizeof record, 100);
	}
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	CHECK(
		reports("{\"id\":\"beyond-our-reach\",\"args\":{\"reason\":\"certificate-size\"}}"), ==, 1);
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
	CHECK(
		reports("{\"id\":\"reply-too-long\",\"args\":{\"phase\":\"capability\",\"limit\":262144}}"),
		==, 1);
}

/* What a bridge tells may go into a command only where it is an address, and nothing besides. */
static void test_local_address(void)
{
	static const char *const wrong[] = { "", "mail.example.test", "192.0.2.1\r\nDATA", "192.0.2.1 ",
		"192.0.2.256", "[192.0.2.1]", "2001:db8::1\r\n", "fe80::1%eth0", "::ffff:192.0.2.1]",
		"0000:0000:0000:0000:0000:0000:0000:0000:0000", "IPv6:::1" };

	start("smtp");
	CHECK(probe_local_address(p, NULL), ==, -1);
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		CHECK(probe_local_address(p, wrong[i]), ==, -1);
	}
	CHECK(probe_local_address(p, "192.0.2.1"), ==, 0);
	CHECK(probe_local_address(p, "2001:0db8:ffff:ffff:ffff:ffff:ffff:ffff"), ==, 0);
}

/* --- misuse: -1, and nothing has changed ------------------------------------------------------------- */

static void test_misuse(void)
{
	static const uint8_t seed[PROBE_SEED];
	probe *other = malloc(probe_size());
	size_t len, room;

	start("imap");
	CHECK(probe_recv_ack(p, 1, now), ==, -1); /* nothing is connected */
	CHECK(probe_send_ack(p, 1, now), ==, -1);
	CHECK(probe_start_second(p, other, seed, now), ==, -1);
	CHECK(probe_transport_failed(p, DIAG_COUNT, NULL, now), ==, -1);
	CHECK(probe_connected(p, now), ==, 0);
	CHECK(probe_connected(p, now), ==, -1);
	CHECK(probe_local_address(p, "192.0.2.1"), ==, -1); /* too late */
	probe_recv_buf(p, &room);
	CHECK(probe_recv_ack(p, room + 1, now), ==, -1);
	CHECK(probe_recv_ack(p, (size_t)-1, now), ==, -1);
	CHECK(probe_send_ack(p, 1, now), ==, -1);
	say("* OK hi\r\n", 100);
	CHECK(probe_send_ack(p, 1, now), ==, -1); /* it was not handed out yet */
	probe_send_buf(p, &len);
	CHECK(probe_send_ack(p, len + 1, now), ==, -1);
	CHECK_TEXT(heard(3), "a1 CAPABILITY\r\n");
	CHECK(probe_send_ack(p, 1, now), ==, -1);

	/* Inside TLS as well. */
	start_connected("imaps");
	CHECK(probe_send_ack(p, 1, now), ==, -1);
	probe_send_buf(p, &len);
	CHECK(probe_send_ack(p, len + 1, now), ==, -1);
	CHECK(probe_send_ack(p, len, now), ==, 0);
	CHECK(probe_send_ack(p, 1, now), ==, -1);

	/* A follow-up connection that is not wanted, not begun, or another's. */
	start_connected("imap");
	probe_tick(p, now + LIMIT_IMPLICIT_TLS_PROBE_MS);
	CHECK(probe_state(p) & PROBE_SECOND, ==, PROBE_SECOND);
	probe_options o = check_options("imap");
	CHECK(probe_start(other, &o, now), ==, 0);
	CHECK(probe_heard(p, other, now), ==, -1);
	CHECK(probe_start_second(p, p, seed, now), ==, -1);
	CHECK(probe_start_second(p, other, seed, now), ==, 0);
	CHECK(probe_start_second(p, other, seed, now), ==, -1);
	CHECK(probe_heard(p, other, now), ==, 0);

	/* After the end all of it is harmless. */
	probe_stop(p, now);
	CHECK(probe_state(p), ==, PROBE_DONE);
	size_t before = strlen(report());
	CHECK(probe_connected(p, now), ==, -1);
	CHECK(probe_recv_ack(p, 1, now), ==, -1);
	CHECK(probe_send_ack(p, 1, now), ==, -1);
	CHECK(probe_heard(p, other, now), ==, -1);
	CHECK(probe_start_second(p, other, seed, now), ==, -1);
	CHECK(strlen(report()), ==, before);

	/* One that could not be started has nothing to say. */
	o.service = NULL;
	CHECK(probe_start(p, &o, now), ==, -1);
	CHECK(probe_report(p, NULL, 0), ==, 0);
	CHECK(probe_next_deadline(p), ==, UINT64_MAX);
	CHECK(probe_connected(p, now), ==, -1);
	CHECK(probe_recv_ack(p, 1, now), ==, -1);
	probe_stop(p, now);
	free(other);
}

/* Until a probe waits for anchors. */
static void reach_judgement(tls_server *server)
{
	probe_options o = check_options("imaps");

	o.roots = (anchors){ NULL, 0 };
	o.roots_on_demand = 1;
	now = 5000;
	CHECK(probe_start(p, &o, now), ==, 0);
	probe_connected(p, now);
	tls_server_start(server, check_directory(), "good");
	while (tls_server_round(server, p, now)) {
	}
	CHECK(probe_state(p), ==, PROBE_ANCHORS);
}

static void test_anchors_on_demand(void)
{
	static tls_server server;
	static uint8_t junk[] = "junk";
	uint8_t names[ANCHOR_NAMES_MAX][ANCHOR_NAME];
	anchors bad = { junk, sizeof junk }, none = { NULL, 0 };

	start("imaps");
	CHECK(probe_anchors_come(p, check_roots(), now), ==, -1);

	reach_judgement(&server);
	CHECK(probe_names(p, names), ==, 3);
	CHECK(probe_anchors_come(p, &bad, now), ==, -1);
	CHECK(probe_state(p), ==, PROBE_ANCHORS);
	CHECK(probe_anchors_come(p, check_roots(), now), ==, 0);
	CHECK(reports("\"trusted\":true"), ==, 1);
	CHECK(probe_state(p) & PROBE_ANCHORS, ==, 0);
	tls_server_free(&server);

	reach_judgement(&server);
	CHECK(probe_anchors_come(p, &none, now), ==, 0);
	CHECK(reports("certificate-unknown-issuer"), ==, 1);
	tls_server_free(&server);

	/* A stop waits for nothing, and judges nobody. */
	reach_judgement(&server);
	probe_stop(p, now);
	while (tls_server_round(&server, p, now)) {
	}
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	CHECK(reports("\"findings\":[]"), ==, 1);
	CHECK(reports("\"trusted\":false"), ==, 1);
	tls_server_free(&server);

	/* An end that came meanwhile is met afterwards. */
	reach_judgement(&server);
	probe_peer_closed(p, now);
	CHECK(probe_state(p), ==, PROBE_ANCHORS);
	CHECK(probe_anchors_come(p, check_roots(), now), ==, 0);
	CHECK(reports("\"trusted\":true"), ==, 1);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	tls_server_free(&server);
}

/* Until a server has chosen TLS 1.2. */
static void reach_tls12(tls_server *server)
{
	probe_options o = check_options("imaps");

	o.tls12_on_demand = 1;
	now = 5000;
	CHECK(probe_start(p, &o, now), ==, 0);
	CHECK(probe_tls12_comes(p, now), ==, -1);
	probe_connected(p, now);
	tls_server_start(server, check_directory(), "good");
	while (tls_server_round(server, p, now)) {
	}
	CHECK(probe_state(p), ==, PROBE_TLS12);
	CHECK(probe_anchors_come(p, check_roots(), now), ==, -1);
}

static void test_tls12_on_demand(void)
{
	static const char refusal[] = "\x15\3\3\0\2\2\x28";
	static tls_server server;
	size_t room;

	reach_tls12(&server);
	CHECK(probe_tls12_comes(p, now), ==, 0);
	CHECK(probe_tls12_comes(p, now), ==, -1);
	while (tls_server_round(&server, p, now)) {
	}
	CHECK(reports("\"trusted\":true"), ==, 1);
	CHECK(reports("\"version\":\"TLS 1.2\""), ==, 1);
	tls_server_free(&server);

	/* A stop waits for nothing. */
	reach_tls12(&server);
	probe_stop(p, now);
	CHECK(probe_state(p) & PROBE_DONE, ==, PROBE_DONE);
	CHECK(probe_tls12_comes(p, now), ==, -1);
	CHECK(reports("\"findings\":[]"), ==, 1);
	tls_server_free(&server);

	/* What came meanwhile is met afterwards, and in its order. */
	reach_tls12(&server);
	uint8_t *buf = probe_recv_buf(p, &room);
	memcpy(buf, refusal, sizeof refusal - 1);
	CHECK(probe_recv_ack(p, sizeof refusal - 1, now), ==, 0);
	probe_peer_closed(p, now);
	CHECK(probe_state(p), ==, PROBE_TLS12);
	CHECK(probe_tls12_comes(p, now), ==, 0);
	CHECK(reports("handshake_failure"), ==, 1);
	tls_server_free(&server);
}

void test_probe(void)
{
	p = malloc(probe_size());
	test_refused_options();
	test_refused_credentials();
	test_longest_hello();
	test_target();
	test_states(1000);
	test_states(1);
	test_deadlines();
	test_relay_waits_longer();
	test_connect_timeout();
	test_scaled_time();
	test_clock_goes_back();
	test_whole_time();
	test_late_caller();
	test_stop();
	test_stop_within_tls();
	test_password_is_wiped();
	test_sign_in_cut_short();
	test_password_is_withheld();
	test_transport();
	test_smtp_details();
	test_leaves_unanswered();
	test_imap_details();
	test_pop3_details();
	test_pipelining_details();
	test_reply_lines();
	test_first_byte();
	test_quotes();
	test_partial_greeting();
	test_report_room();
	test_certificate_without_end();
	test_flood();
	test_local_address();
	test_misuse();
	test_anchors_on_demand();
	test_tls12_on_demand();
	free(p);
}
