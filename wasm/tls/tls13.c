#include "tls/tls13.h"

#include "tls/messages.h"
#include "tls/tls13_messages.h"

#include <string.h>

void tls13_start(tls13 *t, const tls13_start_options *o)
{
	memset(t, 0, sizeof *t);
	t->hello = o->hello;
	t->share = o->share;
	t->certificates = o->certificates;
	t->rng = o->rng;
	t->in = o->in;
	t->mute = o->mute;
	br_multihash_zero(&t->transcript);
	br_multihash_setimpl(&t->transcript, br_sha256_ID, &br_sha256_vtable);
	br_multihash_setimpl(&t->transcript, br_sha384_ID, &br_sha384_vtable);
	br_multihash_init(&t->transcript);
	br_multihash_update(&t->transcript, t->hello.p, t->hello.len);
	recorder_begin(t->certificates);
}

/* --- sending -------------------------------------------------------------------------------------------- */

static int is_over(const tls13 *t)
{
	return t->state >= TLS13_CLOSED;
}

size_t tls13_to_send(const tls13 *t, const uint8_t **data)
{
	*data = t->out + t->out_at;
	return t->out_len - t->out_at;
}

void tls13_sent(tls13 *t, size_t len)
{
	t->out_at += len < t->out_len - t->out_at ? len : t->out_len - t->out_at;
	if (t->out_at == t->out_len) {
		t->out_at = t->out_len = 0;
	}
}

int tls13_writable(const tls13 *t)
{
	return t->state == TLS13_CONNECTED && t->out_len == 0 && !t->mute;
}

size_t tls13_write(tls13 *t, const uint8_t *data, size_t len)
{
	enum { ROOM = TLS13_OUTPUT - RECORD_HEADER - RECORD_EXPANSION };
	size_t n = len < ROOM ? len : ROOM;

	if (!tls13_writable(t) || n == 0) {
		return 0;
	}
	tls13_send(t, RECORD_APPLICATION_DATA, (bytes){ data, n });
	return n;
}

void tls13_close(tls13 *t)
{
	if (!is_over(t)) {
		tls13_send_alert(t, ALERT_LEVEL_WARNING, ALERT_CLOSE_NOTIFY);
		tls13_end(t, TLS13_CLOSED);
	}
}

/* --- receiving ------------------------------------------------------------------------------------------ */

/* The level says nothing any more, but for what servers send as a warning before they choose a version (RFC 8446
 * 6, RFC 6066 3). */
static void read_alert(tls13 *t, const uint8_t *content, size_t len)
{
	if (len != 2) {
		tls13_fail(t, ALERT_DECODE_ERROR, TLS_ERROR_bad_alert);
		return;
	}
	int before = !t->reads_sealed && content[0] == ALERT_LEVEL_WARNING;
	if (content[1] == ALERT_CLOSE_NOTIFY) {
		tls13_end(t, TLS13_CLOSED);
	} else if (content[1] != ALERT_USER_CANCELED
		&& !(before && content[1] == ALERT_UNRECOGNIZED_NAME)) {
		t->alert = content[1];
		tls13_end(t, TLS13_ALERT_RECEIVED);
	}
}

static void read_content(tls13 *t, uint8_t type, size_t at, size_t len)
{
	/* Nothing comes between the pieces of a message (RFC 8446 5.1). */
	int amid = t->message.header_len > 0 && type != RECORD_HANDSHAKE;

	if (type == RECORD_HANDSHAKE && len > 0) {
		tls13_handshake_read(t, t->in + at, len);
	} else if (type == RECORD_ALERT && !amid) {
		read_alert(t, t->in + at, len);
	} else if (type == RECORD_APPLICATION_DATA && !amid && t->state == TLS13_CONNECTED
		&& t->reads_sealed) {
		t->text_at = at;
		t->text_len = len;
	} else {
		tls13_fail(t, ALERT_UNEXPECTED_MESSAGE, TLS_ERROR_unexpected);
	}
}

static void open_record(tls13 *t)
{
	uint8_t type = 0;
	size_t len = 0;

	switch (record_open(&t->reading, t->in, t->in_len, &type, &len)) {
	case RECORD_OPENED:
		read_content(t, type, RECORD_HEADER, len);
		break;
	case RECORD_BAD_MAC:
		tls13_fail(t, ALERT_BAD_RECORD_MAC, TLS_ERROR_bad_mac);
		break;
	case RECORD_TYPELESS:
		tls13_fail(t, ALERT_UNEXPECTED_MESSAGE, TLS_ERROR_unexpected);
		break;
	case RECORD_TOO_LONG:
		tls13_fail(t, ALERT_RECORD_OVERFLOW, TLS_ERROR_too_large);
		break;
	}
}

static void read_record(tls13 *t)
{
	uint8_t type = t->in[0];
	size_t len = t->in_len - RECORD_HEADER;

	/* A companion for boxes on the way, which means nothing (RFC 8446 5, D.4). */
	if (type == RECORD_CHANGE_CIPHER_SPEC) {
		if (len != 1 || t->in[RECORD_HEADER] != 1 || t->complete) {
			tls13_fail(t, ALERT_UNEXPECTED_MESSAGE, TLS_ERROR_bad_change_cipher_spec);
		}
	} else if (!t->reads_sealed) {
		read_content(t, type, RECORD_HEADER, len);
	} else if (type == RECORD_APPLICATION_DATA) {
		open_record(t);
	} else {
		tls13_fail(t, ALERT_UNEXPECTED_MESSAGE, TLS_ERROR_unexpected);
	}
	t->in_len = 0;
}

/* 0 as soon as the header of a record shows that it is none to be read. */
static int header_good(tls13 *t)
{
	size_t len = (size_t)wire_number(t->in + 3, 2);
	size_t most = RECORD_CONTENT_MAX + (t->reads_sealed ? RECORD_EXPANSION_MAX : 0);

	if (t->in[1] != 3) {
		tls13_fail(t, ALERT_DECODE_ERROR, TLS_ERROR_bad_version);
	} else if (len > most) {
		tls13_fail(t, ALERT_RECORD_OVERFLOW, TLS_ERROR_too_large);
	}
	return !is_over(t);
}

size_t tls13_receive(tls13 *t, const uint8_t *data, size_t len)
{
	size_t taken = 0;

	while (taken < len && t->text_len == 0 && !is_over(t)) {
		int in_header = t->in_len < RECORD_HEADER;
		size_t whole =
			RECORD_HEADER + (in_header ? 0 : (size_t)wire_number(t->in + RECORD_HEADER - 2, 2));
		size_t n = len - taken < whole - t->in_len ? len - taken : whole - t->in_len;
		memcpy(t->in + t->in_len, data + taken, n);
		t->in_len += n;
		taken += n;
		if (t->in_len < whole || (in_header && !header_good(t))) {
			continue;
		}
		if (!in_header || wire_number(t->in + RECORD_HEADER - 2, 2) == 0) {
			read_record(t);
		}
	}
	return taken;
}

size_t tls13_readable(const tls13 *t, const uint8_t **data)
{
	*data = t->in + t->text_at;
	return t->text_len;
}

void tls13_read(tls13 *t, size_t len)
{
	size_t n = len < t->text_len ? len : t->text_len;

	t->text_at += n;
	t->text_len -= n;
}
