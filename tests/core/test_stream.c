/* The stream alone: which bytes make which events. */
#include "check.h"

#include "stream.h"
#include "tls/tls_names.h"

#include <stdio.h>
#include <stdlib.h>

static stream *s;
static const uint8_t seed[TLS_SEED] = { 5 };

/* Names and texts of all events there are now, until the next call. */
static const char *events(void)
{
	static const char *const names[] = {
		"none",
#define X(name) #name,
		EVENTS(X)
#undef X
	};
	static char out[1024];
	event e;

	out[0] = '\0';
	while (stream_next(s, &e)) {
		size_t len = strlen(out);
		snprintf(out + len, sizeof out - len, "%s%s%s%.*s", len > 0 ? " " : "", names[e.id],
			e.text != NULL ? ":" : "", (int)e.len, e.text != NULL ? (const char *)e.text : "");
	}
	return out;
}

static int give(const void *data, size_t len)
{
	size_t room;
	uint8_t *buf = stream_room(s, &room);

	memcpy(buf, data, len < room ? len : room);
	return stream_received(s, len);
}

#define GIVE(text) CHECK(give(text, sizeof text - 1), ==, 0)

static void start(void)
{
	stream_init(s);
	CHECK(stream_connected(s), ==, 0);
	CHECK_TEXT(events(), "connected");
}

/* Takes `len` bytes of what is to be sent. */
static void send_bytes(size_t len)
{
	size_t all;

	stream_to_send(s, &all);
	CHECK(len, <=, all);
	CHECK(stream_sent(s, len), ==, 0);
}

static void test_lines(void)
{
	start();
	GIVE("220 hi\r\n22");
	CHECK_TEXT(events(), "text_began line:220 hi");
	const uint8_t *text;
	CHECK(stream_partial(s, &text), ==, 2);
	GIVE("1\n\r\n");
	CHECK_TEXT(events(), "line:221 line:");
	event e;
	GIVE("a\n");
	CHECK(stream_next(s, &e), ==, 1);
	CHECK(e.bare, ==, 1);
	/* Bytes that are no lines. */
	stream_skip(s, 4);
	GIVE("a\nb");
	CHECK_TEXT(events(), "");
	GIVE("\ncd\n");
	CHECK_TEXT(events(), "line:cd");
	/* A line that is too long is told with its start. */
	static char x[LIMIT_INPUT];
	memset(x, 'x', sizeof x);
	for (size_t given = 0; given < LIMIT_LINE; given += sizeof x) {
		CHECK(give(x, sizeof x), ==, 0);
		CHECK_TEXT(events(), "");
	}
	GIVE("y");
	CHECK(stream_next(s, &e), ==, 1);
	CHECK(e.id, ==, EVENT_line_too_long);
	CHECK(e.len, ==, LIMIT_LINE);
	stream_close(s);
	CHECK_TEXT(events(), "");
}

/* Only as the very first byte it is a record. */
static void test_record_instead_of_text(void)
{
	start();
	GIVE("\x16\x03");
	event e;
	CHECK(stream_next(s, &e), ==, 1);
	CHECK(e.id, ==, EVENT_tls_record);
	CHECK(s->saw_tls, ==, 1);
	start();
	GIVE("2\x15\n");
	CHECK_TEXT(events(), "text_began line:2\x15");
	CHECK(s->saw_tls, ==, 0);
}

static void test_sending(void)
{
	size_t len;

	start();
	CHECK(stream_wants_to_send(s), ==, 0);
	stream_say(s, "EHLO", "me");
	stream_say(s, "NOOP", NULL);
	CHECK(stream_wants_to_send(s), ==, 1);
	GIVE("250 early\r\n");
	CHECK_TEXT(events(), "text_began early_line:250 early");
	CHECK(memcmp(stream_to_send(s, &len), "EHLO me\r\nNOOP\r\n", 15), ==, 0);
	CHECK(len, ==, 15);
	send_bytes(9);
	CHECK_TEXT(events(), "");
	send_bytes(6);
	CHECK_TEXT(events(), "said:EHLO me said:NOOP");
	GIVE("250 ok\r\n");
	CHECK_TEXT(events(), "line:250 ok");

	/* Nothing that was not handed out can have been sent. */
	CHECK(stream_sent(s, 1), ==, -1);
	CHECK(stream_sent(s, 0), ==, 0);
	stream_say(s, "QUIT", NULL);
	CHECK(stream_sent(s, 1), ==, -1);
	stream_to_send(s, &len);
	CHECK(stream_sent(s, len + 1), ==, -1);
	CHECK(stream_sent(s, (size_t)-1), ==, -1);
	/* What was taken back may still be told of. */
	CHECK(stream_sent(s, 2), ==, 0);
	stream_close(s);
	CHECK(stream_wants_to_send(s), ==, 0);
	CHECK(stream_sent(s, len - 2), ==, 0);
	CHECK(stream_sent(s, 1), ==, -1);
	CHECK_TEXT(events(), "");
}

static void test_misuse(void)
{
	size_t room;

	stream_init(s);
	CHECK(stream_received(s, 1), ==, -1); /* not connected yet */
	CHECK(stream_wants_to_receive(s), ==, 0);
	CHECK(stream_connected(s), ==, 0);
	CHECK(stream_connected(s), ==, -1);
	CHECK_TEXT(events(), "connected");
	CHECK(stream_received(s, LIMIT_INPUT + 1), ==, -1);
	CHECK(stream_received(s, (size_t)-1), ==, -1);
	CHECK(s->in_len, ==, 0);
	CHECK(stream_received(s, 0), ==, 0);
	stream_lose(s);
	CHECK(stream_received(s, 1), ==, -1);
	CHECK(stream_can_talk(s), ==, 0);
	start();
	stream_close(s);
	stream_room(s, &room);
	CHECK(room, ==, 0);
	CHECK(stream_received(s, 1), ==, -1);
	stream_init(s);
	stream_close(s);
	CHECK(stream_connected(s), ==, -1);
}

static void test_too_much(void)
{
	static char line[LIMIT_INPUT];

	memset(line, '\n', sizeof line);
	start();
	size_t lines = 0;
	for (size_t given = 0; given < LIMIT_RECEIVED; given += sizeof line) {
		event e;
		CHECK(give(line, sizeof line), ==, 0);
		while (stream_next(s, &e)) {
			lines += e.id == EVENT_line;
		}
	}
	CHECK(lines, ==, LIMIT_RECEIVED);
	GIVE("\n");
	CHECK_TEXT(events(), "too_much line:");
}

/* --- handshakes -------------------------------------------------------------------------------------- */

static void start_tls(void)
{
	start();
	GIVE("220 hi\r\n25");
	CHECK_TEXT(events(), "text_began line:220 hi");
	stream_skip(s, 99);
	stream_start_tls(s, &(tls_options){ .server_name = "mail.example.test", .seed = seed });
	CHECK(stream_wants_to_send(s), ==, 1);
}

/* No half line and no literal of before reaches into it. */
static void test_plaintext(void)
{
	start_tls();
	GIVE("220");
	CHECK_TEXT(events(), "plaintext");
	CHECK(stream_wants_to_send(s), ==, 0);
	GIVE(" ho\r");
	CHECK_TEXT(events(), "plaintext");
	GIVE("\nmore");
	CHECK_TEXT(events(), "plaintext plaintext_line:220 ho");
	/* The rest of it, when nothing more comes. */
	start_tls();
	GIVE("22");
	events();
	stream_lose(s);
	stream_end(s, &(event){ .id = EVENT_peer_closed });
	CHECK_TEXT(events(), "plaintext_line:22");
	/* Once it is shut, an end is only an end. */
	stream_close(s);
	stream_end(s, &(event){ .id = EVENT_peer_closed });
	CHECK_TEXT(events(), "peer_closed");
}

static void test_ends_of_tls(void)
{
	static const struct {
		const char *record;
		event_id id;
		int number;
	} ends[] = {
		{ "\x15\x03\x03\x00\x02\x01\x00", EVENT_tls_closed, 0 },
		{ "\x15\x03\x03\x00\x02\x02\x28", EVENT_tls_alert, 40 },
		{ "\x15\x03\x03\x00\x02\x02\x74", EVENT_certificate_required, 116 },
		{ "\x17\x03\x03\x00\x02\xff\xff", EVENT_tls_failed, -1 },
	};

	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		event e;
		size_t len;
		int told = 0;
		start_tls();
		for (size_t at = 0; at < 7; at++) { /* one byte at a time: one event */
			stream_to_send(s, &len);        /* a close_notify is answered before it counts */
			send_bytes(len);
			CHECK(give(ends[i].record + at, 1), ==, 0);
			told += told == 0 && stream_next(s, &e);
		}
		if (told == 0) {
			stream_to_send(s, &len);
			send_bytes(len);
			told = stream_next(s, &e);
		}
		CHECK(told, ==, 1);
		CHECK(e.id, ==, ends[i].id);
		CHECK(e.remark != NULL, ==, 1);
		if (ends[i].number >= 0) {
			CHECK(e.number, ==, ends[i].number);
		}
		stream_close(s);
		CHECK_TEXT(events(), "");
	}
	/* No word leaves before it is known whose TLS it is. */
	start_tls();
	stream_mute(s);
	CHECK(stream_wants_to_send(s), ==, 0);
}

/* A ServerHello of TLS 1.2, and the end of its flight. */
static const char server_hello[] = "\x16\x03\x03\x00\x2e"
								   "\x02\x00\x00\x26\x03\x03"
								   "********************************\x00\xc0\x2f\x00"
								   "\x0e\x00\x00\x00";

static void start_scan(void)
{
	size_t len;

	start();
	stream_start_scan(s, TLS_1_2, 0, "mail.example.test", seed);
	stream_to_send(s, &len);
	CHECK(len, >, 100);
	send_bytes(len);
}

static void test_scan(void)
{
	static const uint8_t leave[] = { 21, 3, 3, 0, 2, 1, 90, 21, 3, 3, 0, 2, 1, 0 };
	size_t len;

	start_scan();
	CHECK(stream_can_talk(s), ==, 0);
	CHECK(give(server_hello, sizeof server_hello - 1), ==, 0);
	CHECK_TEXT(events(), "scan_read");
	CHECK(s->scan.suite, ==, 0xc02f);
	stream_close(s); /* whoever answered is told good-bye */
	CHECK(memcmp(stream_to_send(s, &len), leave, sizeof leave), ==, 0);
	CHECK(len, ==, sizeof leave);
	send_bytes(len);
	CHECK_TEXT(events(), "");

	/* Half an answer is one, when the rest does not come. */
	start_scan();
	CHECK(give(server_hello, sizeof server_hello - 5), ==, 0);
	CHECK_TEXT(events(), "");
	stream_end(s, &(event){ .id = EVENT_timeout });
	CHECK_TEXT(events(), "scan_read");
	stream_end(s, &(event){ .id = EVENT_timeout });
	CHECK_TEXT(events(), "timeout");

	/* None is none, and who refuses needs no good-bye. */
	start_scan();
	stream_end(s, &(event){ .id = EVENT_timeout });
	CHECK_TEXT(events(), "timeout");
	start_scan();
	GIVE("\x15\x03\x03\x00\x02\x02\x28");
	CHECK_TEXT(events(), "scan_read");
	stream_close(s);
	CHECK(stream_wants_to_send(s), ==, 0);
}

void test_stream(void)
{
	s = malloc(sizeof *s);
	test_lines();
	test_record_instead_of_text();
	test_sending();
	test_misuse();
	test_too_much();
	test_plaintext();
	test_ends_of_tls();
	test_scan();
	free(s);
}
