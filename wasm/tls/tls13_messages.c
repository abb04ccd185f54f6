#include "tls/tls13_messages.h"

#include "tls/messages.h"
#include "tls/tls13_handshake.h"

#include <string.h>

/* Those that may come now, and how they are read. Whole: into the buffer. Passed over: tickets, and what a server
 * would like of a certificate that we do not have. */
typedef enum { MESSAGE_REFUSED, MESSAGE_WHOLE, MESSAGE_STREAMED, MESSAGE_PASSED_OVER } message_way;

static message_way way_of(const tls13 *t, unsigned kind)
{
	static const struct {
		uint8_t state;
		uint8_t kind;
		uint8_t way;
	} ways[] = {
		{ TLS13_SERVER_HELLO, MESSAGE_SERVER_HELLO, MESSAGE_WHOLE },
		{ TLS13_ENCRYPTED_EXTENSIONS, MESSAGE_ENCRYPTED_EXTENSIONS, MESSAGE_WHOLE },
		{ TLS13_CERTIFICATE_OR_REQUEST, MESSAGE_CERTIFICATE_REQUEST, MESSAGE_PASSED_OVER },
		{ TLS13_CERTIFICATE_OR_REQUEST, MESSAGE_CERTIFICATE, MESSAGE_STREAMED },
		{ TLS13_CERTIFICATE, MESSAGE_CERTIFICATE, MESSAGE_STREAMED },
		{ TLS13_CERTIFICATE_VERIFY, MESSAGE_CERTIFICATE_VERIFY, MESSAGE_WHOLE },
		{ TLS13_FINISHED, MESSAGE_FINISHED, MESSAGE_WHOLE },
		{ TLS13_CONNECTED, MESSAGE_NEW_SESSION_TICKET, MESSAGE_PASSED_OVER },
		{ TLS13_CONNECTED, MESSAGE_KEY_UPDATE, MESSAGE_WHOLE },
	};

	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		if (ways[i].state == t->state && ways[i].kind == kind) {
			return (message_way)ways[i].way;
		}
	}
	return MESSAGE_REFUSED;
}

static void message_began(tls13 *t)
{
	message_way way = way_of(t, t->message.header[0]);

	t->message.left = (size_t)wire_number(t->message.header + 1, 3);
	t->message.len = 0;
	if (way == MESSAGE_REFUSED) {
		tls13_fail(t, ALERT_UNEXPECTED_MESSAGE, TLS_ERROR_unexpected);
	} else if (way == MESSAGE_WHOLE && t->message.left > sizeof t->message.body) {
		tls13_fail(t, ALERT_ILLEGAL_PARAMETER, TLS_ERROR_too_large);
	} else if (way != MESSAGE_WHOLE && t->state != TLS13_CONNECTED) {
		br_multihash_update(&t->transcript, t->message.header, sizeof t->message.header);
	}
	if (way == MESSAGE_STREAMED) {
		certificate_message_begin(&t->message.certificates, t->certificates);
	} else if (way == MESSAGE_PASSED_OVER) {
		passed_over_message_begin(&t->message.passed_over, t->message.header[0]);
	}
}

static void judge(tls13 *t, int alert)
{
	if (alert != 0) {
		tls13_fail(t, alert,
			alert == ALERT_UNSUPPORTED_EXTENSION ? TLS_ERROR_extra_extension
												 : TLS_ERROR_bad_handshake);
	}
}

static void message_goes_on(tls13 *t, const uint8_t *data, size_t len)
{
	message_way way = way_of(t, t->message.header[0]);

	if (way == MESSAGE_WHOLE) {
		memcpy(t->message.body + t->message.len, data, len);
	} else if (t->state != TLS13_CONNECTED) {
		br_multihash_update(&t->transcript, data, len);
	}
	t->message.len += len;
	if (way == MESSAGE_STREAMED) {
		judge(t, certificate_message_read(&t->message.certificates, data, len));
	} else if (way == MESSAGE_PASSED_OVER) {
		judge(t, passed_over_message_read(&t->message.passed_over, data, len));
	}
}

/* After these the server's key changes, so they end their record (RFC 8446 5.1). */
static int changes_keys(const tls13 *t)
{
	unsigned kind = t->message.header[0];

	return kind == MESSAGE_SERVER_HELLO || kind == MESSAGE_FINISHED || kind == MESSAGE_KEY_UPDATE;
}

void tls13_handshake_read(tls13 *t, const uint8_t *data, size_t len)
{
	while (len > 0 && t->state < TLS13_CLOSED) {
		if (t->message.header_len < sizeof t->message.header) {
			t->message.header[t->message.header_len++] = *data++;
			len--;
			if (t->message.header_len < sizeof t->message.header) {
				continue;
			}
			message_began(t);
		} else {
			size_t n = len < t->message.left ? len : t->message.left;
			message_goes_on(t, data, n);
			data += n;
			len -= n;
			t->message.left -= n;
		}
		if (t->message.left > 0 || t->state >= TLS13_CLOSED) {
			continue;
		}
		if (changes_keys(t) && len > 0) {
			tls13_fail(t, ALERT_UNEXPECTED_MESSAGE, TLS_ERROR_unexpected);
			return;
		}
		if (way_of(t, t->message.header[0]) == MESSAGE_PASSED_OVER) {
			judge(t, passed_over_message_end(&t->message.passed_over));
		}
		t->message.header_len = 0;
		if (t->state < TLS13_CLOSED) {
			tls13_message_ended(t);
		}
	}
}
