#include "stream.h"

#include "base/wipe.h"
#include "tls/tls_names.h"

#include <string.h>

/* The content types of records reach from change_cipher_spec to heartbeat (RFC 8446 5.1, RFC 6520). */
enum { RECORD_FIRST = RECORD_CHANGE_CIPHER_SPEC, RECORD_LAST = 24 };

void stream_init(stream *s)
{
	memset(s, 0, sizeof *s);
	line_init(&s->text.lines);
}

/* What is no longer needed may have been secret. */
static void drop(uint8_t *buf, size_t *len, size_t n)
{
	*len -= n;
	memmove(buf, buf + n, *len);
	wipe(buf + *len, n);
}

/* --- sending -------------------------------------------------------------------------------------------- */

/* Adds a line to a buffer: always, since commands are short and wait one or two at a time. */
static void add_line(uint8_t *buf, size_t *len, size_t room, const char *text)
{
	size_t n = strlen(text);

	if (n + 2 <= room - *len) {
		memcpy(buf + *len, text, n);
		memcpy(buf + *len + n, "\r\n", 2);
		*len += n + 2;
	}
}

static void say(stream *s, const char *line, const char *shown)
{
	add_line(s->out, &s->out_len, sizeof s->out, line);
	add_line(s->said, &s->said_len, sizeof s->said, shown);
}

void stream_say_secret(stream *s, const char *line, const char *shown)
{
	if (s->tls_up && s->through_tls) {
		say(s, line, shown);
	}
}

void stream_say(stream *s, const char *command, const char *argument)
{
	char line[LIMIT_NAME + 32]; /* an argument is shorter than LIMIT_NAME */

	strcpy(line, command);
	if (argument != NULL) {
		strcat(strcat(line, " "), argument);
	}
	say(s, line, line);
}

static int can_flush(const stream *s)
{
	return s->out_len > 0 && s->kind == STREAM_TLS && tls_writable(&s->tls);
}

/* Moves what waits into the TLS engine; not before it is asked for: until then it can be left unsaid. */
static void flush(stream *s)
{
	while (can_flush(s)) {
		drop(s->out, &s->out_len, tls_write(&s->tls, s->out, s->out_len));
	}
}

int stream_wants_to_send(stream *s)
{
	const uint8_t *data;

	if (!s->open || s->down) {
		return 0;
	}
	return s->through_tls ? tls_to_send(&s->tls, &data) > 0 || can_flush(s) : s->out_len > 0;
}

const uint8_t *stream_to_send(stream *s, size_t *len)
{
	const uint8_t *data = s->out;

	*len = 0;
	if (s->open && !s->down) {
		if (s->through_tls) {
			flush(s);
			*len = tls_to_send(&s->tls, &data);
		} else {
			*len = s->out_len;
		}
	}
	s->handed = *len;
	return data;
}

int stream_sent(stream *s, size_t len)
{
	const uint8_t *data;

	if (len > s->handed) {
		return -1;
	}
	s->handed -= len;
	s->left = 1;
	size_t left = s->through_tls ? tls_to_send(&s->tls, &data) : s->out_len;
	size_t n = len < left ? len : left; /* the rest was taken back meanwhile */
	if (s->through_tls) {
		tls_sent(&s->tls, n);
	} else {
		drop(s->out, &s->out_len, n);
	}
	return 0;
}

/* All commands at once, since they wait together. */
static int next_said(stream *s, event *e)
{
	const uint8_t *data, *line = s->said + s->said_at;

	if (!s->left || s->said_len == 0 || s->out_len > 0
		|| (s->through_tls && tls_to_send(&s->tls, &data) > 0)) {
		s->left = 0;
		return 0;
	}
	size_t len = (size_t)((const uint8_t *)memchr(line, '\n', s->said_len - s->said_at) - line) + 1;
	e->id = EVENT_said;
	e->text = line;
	e->len = len - 2;
	s->said_at += len;
	if (s->said_at == s->said_len) {
		s->said_at = s->said_len = 0;
	}
	return 1;
}

/* --- a handshake begins ----------------------------------------------------------------------------- */

/* Half a line or a literal that reached into TLS would be read as part of what is inside (RFC 3207 4.2,
 * RFC 9051 6.2.1): whoever wrote it in the clear could hide what the server says. */
static void forget_text(stream *s)
{
	memset(&s->text, 0, sizeof s->text);
	line_init(&s->text.lines);
}

void stream_start_tls(stream *s, const tls_options *o)
{
	forget_text(s);
	s->kind = STREAM_FIRST;
	s->through_tls = 1;
	scan_init(&s->scan, NULL, s->flight, sizeof s->flight);
	tls_start(&s->tls, o);
}

void stream_start_scan(stream *s, unsigned highest, unsigned lacking, const char *server_name,
	const uint8_t seed[CLIENT_HELLO_SEED])
{
	forget_text(s);
	s->kind = STREAM_FIRST;
	s->scanning = 1;
	scan_init(&s->scan, &s->tls.certificates, s->tls.engine, sizeof s->tls.engine);
	s->out_len =
		client_hello_write_scan(s->out, sizeof s->out, highest, lacking, server_name, seed);
}

/* --- receiving ------------------------------------------------------------------------------------------ */

int stream_connected(stream *s)
{
	if (s->open || s->down || s->shut) {
		return -1;
	}
	s->open = 1;
	stream_push(s, &(event){ .id = EVENT_connected, .remark = "connected" });
	return 0;
}

int stream_wants_to_receive(const stream *s)
{
	return s->open && !s->down && !s->shut && s->in_len < sizeof s->in;
}

uint8_t *stream_room(stream *s, size_t *room)
{
	*room = s->shut ? 0 : sizeof s->in - s->in_len;
	return s->in + s->in_len;
}

int stream_received(stream *s, size_t len)
{
	if (!s->open || s->down || s->shut || len > sizeof s->in - s->in_len) {
		return -1;
	}
	s->in_len += len;
	s->received += len;
	s->fresh = 1;
	if (s->received > LIMIT_RECEIVED) {
		stream_push(s, &(event){ .id = EVENT_too_much });
	}
	return 0;
}

void stream_push(stream *s, const event *e)
{
	s->pending = *e;
}

static int has_partial_answer(const stream *s)
{
	return s->kind == STREAM_SCAN && !s->scan_over && scan_answered(&s->scan);
}

void stream_end(stream *s, const event *e)
{
	event end = *e;

	if (!s->shut && s->kind == STREAM_PLAINTEXT) {
		end.id = EVENT_plaintext_line;
		end.len = stream_partial(s, &end.text);
	} else if (!s->shut && has_partial_answer(s)) {
		end.id = EVENT_scan_read;
		s->scan_over = 1;
	}
	stream_push(s, &end);
}

void stream_lose(stream *s)
{
	s->down = 1;
}

void stream_skip(stream *s, size_t n)
{
	s->text.skip = n;
}

size_t stream_partial(const stream *s, const uint8_t **text)
{
	*text = s->text.lines.text;
	return s->text.lines.len;
}

static void line_event(stream *s, event *e, event_id id)
{
	e->id = id;
	e->len = stream_partial(s, &e->text);
	e->bare = s->text.lines.bare;
}

/* Reads text until it makes an event: returns how much was used. */
static size_t feed_text(stream *s, const uint8_t *data, size_t len, event *e)
{
	for (size_t used = 0;;) {
		if (used == len) {
			return used;
		}
		if (s->text.skip > 0) {
			size_t n = len - used < s->text.skip ? len - used : s->text.skip;
			s->text.skip -= n;
			used += n;
			continue;
		}
		used += line_feed(&s->text.lines, data + used, len - used);
		if (s->text.lines.status == LINE_TOO_LONG) {
			line_event(s, e, EVENT_line_too_long);
			return used;
		}
		if (s->text.lines.status == LINE_READY) {
			int early = !s->through_tls && s->out_len > 0;
			line_event(s, e, early ? EVENT_early_line : EVENT_line);
			return used;
		}
	}
}

/* Whether this is the first text there is; told before it is read. */
static int begins_text(stream *s, event *e)
{
	int begins = !s->text.began;

	s->text.began = 1;
	if (begins) {
		e->id = EVENT_text_began;
	}
	return begins;
}

static int next_of_text(stream *s, event *e)
{
	if (s->in_len == 0) {
		return 0;
	}
	if (begins_text(s, e)) {
		/* Some servers send an alert into the silence. */
		if (s->in[0] == RECORD_ALERT || s->in[0] == RECORD_HANDSHAKE) {
			s->saw_tls = 1;
			e->id = EVENT_tls_record;
		}
		return 1;
	}
	drop(s->in, &s->in_len, feed_text(s, s->in, s->in_len, e));
	return e->id != EVENT_none;
}

/* The first byte after our ClientHello: a record of TLS, or text. */
static int decide_first(stream *s)
{
	if (s->in_len == 0) {
		return 0;
	}
	if (s->in[0] >= RECORD_FIRST && s->in[0] <= RECORD_LAST) {
		s->saw_tls = s->in[0] == RECORD_HANDSHAKE || s->in[0] == RECORD_ALERT;
		s->kind = s->scanning ? STREAM_SCAN : STREAM_TLS;
	} else {
		s->kind = STREAM_PLAINTEXT;
		s->through_tls = 0;
		s->out_len = 0;
	}
	return 1;
}

static int next_of_plaintext(stream *s, event *e)
{
	if (s->in_len == 0) {
		return 0;
	}
	if (s->fresh) {
		s->fresh = 0;
		e->id = EVENT_plaintext;
		return 1;
	}
	drop(s->in, &s->in_len, feed_text(s, s->in, s->in_len, e));
	if (e->id == EVENT_line) {
		e->id = EVENT_plaintext_line;
	}
	return e->id != EVENT_none;
}

static int next_of_scan(stream *s, event *e)
{
	scan_read(&s->scan, s->in, s->in_len);
	s->in_len = 0;
	if (s->scan.state == SCAN_READING || s->scan_over) {
		return 0;
	}
	s->scan_over = 1;
	e->id = EVENT_scan_read;
	return 1;
}

static int tls_ended(tls_status status, event *e)
{
	switch (status.outcome) {
	case TLS_CLOSED:
		e->id = EVENT_tls_closed;
		e->remark = "close_notify";
		break;
	case TLS_ALERT_RECEIVED:
		e->id = status.alert == ALERT_CERTIFICATE_REQUIRED ? EVENT_certificate_required
														   : EVENT_tls_alert;
		e->number = status.alert;
		e->remark = tls_alert_name(status.alert);
		break;
	default:
		e->id = EVENT_tls_failed;
		e->number = (int)status.error;
		e->remark = tls_error_name(status.error);
		break;
	}
	return 1;
}

/* One round with the engine: 1 when something moved, or an event was made. */
static int tls_round(stream *s, event *e)
{
	const uint8_t *data;

	if (s->text.tls_used > 0) {
		tls_read(&s->tls, s->text.tls_used);
		s->text.tls_used = 0;
	}
	size_t taken = tls_receive(&s->tls, s->in, s->in_len);
	if (!s->tls_up) {
		scan_read(&s->scan, s->in, taken);
	}
	drop(s->in, &s->in_len, taken);
	tls_status status = tls_state(&s->tls);
	if (!s->tls_up && status.outcome == TLS_ESTABLISHED) {
		s->tls_up = 1;
		e->id = EVENT_tls_up;
		return 1;
	}
	size_t len = s->tls_up ? tls_readable(&s->tls, &data) : 0;
	if (len > 0) {
		if (!begins_text(s, e)) {
			s->text.tls_used = feed_text(s, data, len, e);
		}
		return 1;
	}
	if (status.outcome != TLS_HANDSHAKING && status.outcome != TLS_ESTABLISHED) {
		return tls_ended(status, e);
	}
	return taken > 0;
}

int stream_next(stream *s, event *e)
{
	int moved = 1;

	memset(e, 0, sizeof *e);
	if (next_said(s, e)) {
		return 1;
	}
	if (s->pending.id != EVENT_none) {
		*e = s->pending;
		s->pending.id = EVENT_none;
		return 1;
	}
	while (!s->shut && moved && e->id == EVENT_none) {
		switch (s->kind) {
		case STREAM_TEXT:
			moved = next_of_text(s, e);
			break;
		case STREAM_FIRST:
			moved = decide_first(s);
			break;
		case STREAM_TLS:
			moved = tls_round(s, e);
			break;
		case STREAM_SCAN:
			moved = next_of_scan(s, e);
			break;
		case STREAM_PLAINTEXT:
			moved = next_of_plaintext(s, e);
			break;
		}
	}
	return e->id != EVENT_none;
}

int stream_awaits_older(const stream *s)
{
	return s->kind == STREAM_TLS && tls_awaits_older(&s->tls);
}

void stream_older_comes(stream *s)
{
	if (stream_awaits_older(s)) {
		tls_older_comes(&s->tls);
	}
}

/* --- the end -------------------------------------------------------------------------------------------- */

/* "I do not want this any more", and the end of what is said (RFC 5246 7.2, RFC 8446 6.1). */
static void leave_scan(stream *s)
{
	uint8_t leave[] = { 21, 3, 0, 0, 2, 1, 90, 21, 3, 0, 0, 2, 1, 0 };

	/* Records go on with the version that was chosen; 1.3 calls itself 1.2 (RFC 8446 5.1). */
	leave[2] = leave[9] = (uint8_t)(s->scan.version < TLS_1_2 ? s->scan.version : TLS_1_2);
	memcpy(s->out, leave, sizeof leave);
	s->out_len = sizeof leave;
}

void stream_close(stream *s)
{
	if (s->tls_up && !s->shut) {
		tls_close(&s->tls);
	}
	s->shut = 1;
	if (s->out_len > 0) {
		wipe(s->out, sizeof s->out);
		s->out_len = 0;
		s->said_len = s->said_at = 0; /* it never left */
	}
	if (s->scan_over && scan_answered(&s->scan) && !s->down) {
		leave_scan(s);
	}
}

void stream_mute(stream *s)
{
	s->through_tls = s->tls_up;
}

int stream_can_talk(const stream *s)
{
	return !s->down && (s->kind == STREAM_TEXT || s->kind == STREAM_TLS);
}

int stream_has_said_all(const stream *s)
{
	return s->said_len == 0;
}
