/* Received bytes: lines, TLS records, or plaintext where TLS was expected. */
#include "dialog/banner.h"
#include "engine.h"
#include "base/text.h"
#include "tls/tls_names.h"

#include <string.h>

enum { RECORD_ALERT = 0x15, RECORD_HANDSHAKE = 0x16 };

static void consume(probe *p, size_t n)
{
	p->in_len -= n;
	memmove(p->in, p->in + n, p->in_len);
}

int stream_can_flush(const probe *p)
{
	return p->out_len > 0 && p->stream == STREAM_TLS && tls_writable(&p->tls);
}

void stream_flush(probe *p)
{
	while (stream_can_flush(p)) {
		size_t n = tls_write(&p->tls, p->out, p->out_len);
		p->out_len -= n;
		memmove(p->out, p->out + n, p->out_len);
	}
}

/* Half a line, half a reply or a literal that reached into TLS would be read as part of what is inside
 * (RFC 3207 4.2, RFC 9051 6.2.1): whoever wrote it in the clear could hide what the server says. */
void stream_reset_text(probe *p)
{
	line_init(&p->lines);
	memset(&p->reply, 0, sizeof p->reply);
	p->literal_left = 0;
	p->reply_lines = 0;
	p->said_helo = 0;
	p->no_capability_command = 0;
}

static void remember_greeting(probe *p, const uint8_t *text, size_t len)
{
	if (p->greeting_len == 0 && len > 0) {
		p->greeting_len = len < sizeof p->greeting ? len : sizeof p->greeting;
		memcpy(p->greeting, text, p->greeting_len);
	}
}

static void on_line(probe *p)
{
	const uint8_t *text = p->lines.text;
	size_t len = p->lines.len;

	transcript_add(&p->transcript, engine_ms(p), FROM_SERVER, text, len);
	if (p->phase == PHASE_greeting) {
		remember_greeting(p, text, len);
		banner_line(p, text, len, p->lines.bare);
	}
	if (p->awaiting_pipelined) {
		findings_quote(&p->findings, DIAG_starttls_pipelined_commands, text, len);
		engine_pipelining_tested(p);
		return;
	}
	if (p->phase == PHASE_close && !p->tls_on && p->out_len > 0) {
		return; /* said before our good-bye has left: no answer to it */
	}
	if (p->phase == PHASE_starttls && !p->tls_on && p->out_len > 0) {
		/* An answer to a command that has not left yet: somebody wants it taken for the go-ahead. */
		findings_quote(&p->findings, DIAG_starttls_injected, text, len);
		engine_act(p, REPLY_BROKEN);
		return;
	}
	reply r = p->dialog->line(p, text, len);
	if (r == REPLY_MORE && ++p->reply_lines > LIMIT_REPLY_LINES) {
		json *args = findings_begin(&p->findings, DIAG_reply_too_long);
		json_string(args, "command", probe_command_name(p));
		json_int(args, "limit", LIMIT_REPLY_LINES);
		findings_end(&p->findings);
		r = REPLY_BROKEN;
	} else if (r != REPLY_MORE) {
		p->reply_lines = 0;
	}
	if (p->phase == PHASE_greeting && r == REPLY_DONE) {
		banner_accepted(p);
	}
	engine_act(p, r);
}

static void line_too_long(probe *p)
{
	json *args = findings_begin(&p->findings, DIAG_line_too_long);
	json_string(args, "phase", phase_name(p->phase));
	json_int(args, "limit", LIMIT_LINE);
	findings_text(args, p->lines.text, p->lines.len < 80 ? p->lines.len : 80);
	findings_end(&p->findings);
	engine_failed(p, 0);
}

static void note_slow_greeting(probe *p)
{
	uint32_t waited = engine_ms(p) - p->step[PHASE_greeting].began_ms;

	if (waited >= engine_scaled(p, LIMIT_GREETING_SLOW_MS)) {
		json *args = findings_begin(&p->findings, DIAG_greeting_slow);
		json_int(args, "seconds", waited / 1000);
		findings_end(&p->findings);
	}
}

/* Feeds text to the lines until one of them ends the text: returns how much was used. */
static size_t feed_text(probe *p, const uint8_t *data, size_t len)
{
	size_t used = 0;
	stream_mode mode = p->stream;

	if (p->phase == PHASE_greeting && p->greeting_len == 0 && p->lines.len == 0) {
		note_slow_greeting(p);
	}
	while (used < len && !p->ended && p->stream == mode) {
		if (p->literal_left > 0) {
			size_t n = len - used < p->literal_left ? len - used : p->literal_left;
			p->literal_left -= n;
			used += n;
			continue;
		}
		used += line_feed(&p->lines, data + used, len - used);
		if (p->lines.status == LINE_TOO_LONG) {
			line_too_long(p);
		} else if (p->lines.status == LINE_READY && mode == STREAM_SNIFF) {
			stream_classify(p, p->lines.text, p->lines.len);
		} else if (p->lines.status == LINE_READY) {
			on_line(p);
		}
	}
	return used;
}

/* What a server says that obeys the NOOP of the pipelining test in the open. */
static int answers_pipelined(const probe *p, const uint8_t *text, size_t len)
{
	static const char *const starts[] = { "250", "z1 ", "+OK" };
	return p->test_pipelining && text_starts(text, len, starts[p->service->protocol]);
}

void stream_classify(probe *p, const uint8_t *text, size_t len)
{
	transcript_add(&p->transcript, engine_ms(p), FROM_SERVER, text, len);
	if (p->mode == MODE_starttls) {
		/* Nothing but TLS may follow the go-ahead; a client that reads on could be fooled. */
		findings_quote(&p->findings,
			answers_pipelined(p, text, len) ? DIAG_starttls_pipelined_commands
											: DIAG_starttls_injected,
			text, len);
		engine_failed(p, 0);
		return;
	}
	remember_greeting(p, text, len);
	const char *looks_like = text_protocol(text, len);
	if (looks_like != NULL && strcmp(looks_like, protocol_name(p->service->protocol)) == 0) {
		findings_quote(&p->findings, DIAG_starttls_expected, text, len);
	} else {
		probe_foreign_greeting(p, text, len);
	}
	engine_failed(p, 0);
}

/* The first byte after our ClientHello: a record of TLS, or text (RFC 8446 5.1). */
static void decide_first(probe *p)
{
	if (p->in[0] >= 0x14 && p->in[0] <= 0x18) {
		p->saw_tls = p->in[0] == RECORD_HANDSHAKE || p->in[0] == RECORD_ALERT;
		p->stream = p->hello_highest != 0 ? STREAM_HELLO : STREAM_TLS;
		return;
	}
	p->stream = STREAM_SNIFF;
	p->tls_on = 0;
	p->out_len = 0;
	line_init(&p->lines);
}

/* As long as text comes, its line may still end; but not for longer than a handshake may take. */
static void wait_for_line(probe *p)
{
	uint64_t last =
		p->started + p->step[PHASE_handshake].began_ms + engine_scaled(p, LIMIT_HANDSHAKE_MS);
	uint64_t soon = p->now + engine_scaled(p, LIMIT_SNIFF_MS);

	p->deadline = soon < last ? soon : last;
}

static void tls_ended(probe *p, tls_status status)
{
	connection_end end;

	switch (status.outcome) {
	case TLS_CLOSED:
		end = (connection_end){ .how = END_CLOSE_NOTIFY };
		engine_remark(p, "close_notify");
		break;
	case TLS_ALERT_RECEIVED:
		end = (connection_end){ .how = END_ALERT, .number = status.alert };
		engine_remark(p, tls_alert_name(status.alert));
		break;
	default:
		end = (connection_end){ .how = END_UNREADABLE, .number = (int)status.error };
		engine_remark(p, tls_error_name(status.error));
		break;
	}
	ends_connection(p, end);
}

/* One round with the engine: 0 when nothing moved. */
static int tls_round(probe *p)
{
	const uint8_t *data;
	size_t taken = tls_receive(&p->tls, p->in, p->in_len);
	size_t len;

	if (p->phase == PHASE_handshake) {
		scan_read(&p->hello, p->in, taken);
	}
	consume(p, taken);
	if (p->phase == PHASE_handshake) {
		tls_status status = tls_state(&p->tls);
		if (status.outcome == TLS_ESTABLISHED) {
			handshake_established(p);
			return 1;
		}
		if (status.outcome != TLS_HANDSHAKING) {
			tls_ended(p, status);
			return 0;
		}
		return taken > 0;
	}
	len = tls_readable(&p->tls, &data);
	if (len > 0) {
		size_t used = feed_text(p, data, len);
		if (!p->ended) {
			tls_read(&p->tls, used);
		}
		return 1;
	}
	tls_status status = tls_state(&p->tls);
	if (status.outcome != TLS_ESTABLISHED && !p->ended) {
		tls_ended(p, status);
		return 0;
	}
	return taken > 0;
}

/* A record of TLS where a greeting should be: some servers send an alert into the silence. */
static int tls_instead_of_greeting(probe *p)
{
	if (p->phase != PHASE_greeting || p->tls_on || p->lines.len > 0 || p->greeting_len > 0
		|| (p->in[0] != RECORD_ALERT && p->in[0] != RECORD_HANDSHAKE)) {
		return 0;
	}
	p->saw_tls = 1;
	findings_add(&p->findings, DIAG_tls_expected);
	engine_failed(p, 0);
	return 1;
}

void stream_input(probe *p)
{
	int moved = 1;

	while (!p->ended && moved) {
		moved = 0;
		switch (p->stream) {
		case STREAM_TEXT:
		case STREAM_SNIFF:
			if (p->in_len > 0 && !tls_instead_of_greeting(p)) {
				if (p->stream == STREAM_SNIFF) {
					wait_for_line(p);
				}
				consume(p, feed_text(p, p->in, p->in_len));
				moved = 1;
			}
			break;
		case STREAM_FIRST:
			if (p->in_len > 0) {
				decide_first(p);
				moved = 1;
			}
			break;
		case STREAM_TLS:
			moved = tls_round(p);
			break;
		case STREAM_HELLO:
			scan_read(&p->hello, p->in, p->in_len);
			consume(p, p->in_len);
			if (p->hello.state != SCAN_READING) {
				handshake_hello_ended(p);
			}
			break;
		}
		moved = moved && (p->in_len > 0 || p->stream == STREAM_TLS);
	}
}
