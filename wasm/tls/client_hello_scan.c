#include "tls/client_hello_scan.h"

#include "base/wire.h"
#include "tls/messages.h"
#include "tls/tls_names.h"

#include <string.h>

enum {
	/* RFC 5246 6.2.1; the first flight is never encrypted as far as we read */
	RECORD_MAX = 16384,
	NAMED_CURVE = 3
};

void scan_init(client_hello_scan *s, recorder *certificates, uint8_t *buf, size_t room)
{
	memset(s, 0, sizeof *s);
	s->certificates = certificates;
	s->buf = buf;
	s->room = room;
	if (certificates != NULL) {
		recorder_begin(certificates);
	}
}

int scan_answered(const client_hello_scan *s)
{
	return s->state != SCAN_BROKEN && s->version != 0;
}

unsigned scan_version(const client_hello_scan *s)
{
	int begun = s->message_len == sizeof s->message && s->message[0] == MESSAGE_SERVER_HELLO;
	return s->version == 0 && begun && s->have >= 2 ? (unsigned)wire_number(s->buf, 2) : s->version;
}

/* What follows where it is too short has been read as zeros: the caller breaks off. */
static int read_server_extension(client_hello_scan *s, unsigned kind, bytes body)
{
	wire_reader r = wire_over(body);

	if (kind == EXTENSION_VERSIONS) {
		s->version = wire_take_number(&r, 2);
		r.bad |= s->version != TLS_1_3; /* the only one to be chosen so (RFC 8446 4.2.1) */
	} else if (kind == EXTENSION_KEY_SHARE) {
		s->group = (uint16_t)wire_take_number(&r, 2); /* a HelloRetryRequest has the group alone */
	} else if (kind == EXTENSION_MASTER_SECRET) {
		s->master_secret = 1;
	}
	return r.bad ? -1 : 0;
}

static int read_server_hello(client_hello_scan *s, bytes message)
{
	wire_reader r = wire_over(message);

	s->version = wire_take_number(&r, 2);
	wire_take(&r, HELLO_RANDOM);
	wire_take_vector(&r, 1); /* the session */
	unsigned suite = wire_take_number(&r, 2);
	unsigned compression = wire_take_number(&r, 1);
	if (r.bad || compression != 0 || s->version < SSL_3_0 || s->version > TLS_1_2) {
		return -1;
	}
	s->suite = (uint16_t)suite;
	if (wire_done(&r)) {
		return 0; /* old servers send no extensions */
	}
	wire_reader extensions = wire_over(wire_take_vector(&r, 2));
	while (!wire_done(&extensions)) {
		unsigned kind = wire_take_number(&extensions, 2);
		bytes body = wire_take_vector(&extensions, 2);
		if (extensions.bad || read_server_extension(s, kind, body) != 0) {
			return -1;
		}
	}
	return r.bad ? -1 : 0;
}

/* Who signed the parameters that were just passed over: TLS 1.2 says how (RFC 5246 7.4.3). */
static void read_scheme(client_hello_scan *s, wire_reader *r)
{
	if (s->version == TLS_1_2) {
		s->scheme = (uint16_t)wire_take_number(r, 2);
	}
}

static unsigned bits_of(bytes number)
{
	while (number.len > 0 && number.p[0] == 0) {
		number.p++;
		number.len--;
	}
	unsigned bits = (unsigned)number.len * 8;
	for (unsigned top = 0x80; bits > 0 && (number.p[0] & top) == 0; top >>= 1) {
		bits--;
	}
	return bits;
}

/* The curve, then a point; or prime, generator and public value (RFC 8422 5.4, RFC 5246 7.4.3). */
static void read_key_exchange(client_hello_scan *s, bytes message)
{
	wire_reader r = wire_over(message);

	if (strncmp(tls_suite_by_number(s->suite)->name, "TLS_ECDH", 8) == 0) {
		unsigned type = wire_take_number(&r, 1), group = wire_take_number(&r, 2);
		wire_take_vector(&r, 1);
		if (!r.bad && type == NAMED_CURVE) {
			s->group = (uint16_t)group;
			read_scheme(s, &r);
		}
		return;
	}
	s->prime_bits = bits_of(wire_take_vector(&r, 2));
	wire_take_vector(&r, 2);
	wire_take_vector(&r, 2);
	if (!r.bad) {
		read_scheme(s, &r);
	}
}

static void message_began(client_hello_scan *s)
{
	s->have = 0;
	if (s->message[0] == MESSAGE_CERTIFICATE && s->certificates != NULL) {
		recorder_begin(s->certificates);
	}
}

static void message_goes_on(client_hello_scan *s, const uint8_t *data, size_t len)
{
	if (s->message[0] == MESSAGE_CERTIFICATE && s->certificates != NULL) {
		recorder_append_message(s->certificates, data, len);
		return;
	}
	size_t n = len < s->room - s->have ? len : s->room - s->have;
	memcpy(s->buf + s->have, data, n);
	s->have += n;
}

static void message_ended(client_hello_scan *s)
{
	bytes body = { s->buf, s->have };

	if (s->version == 0 && s->message[0] != MESSAGE_SERVER_HELLO && s->message[0] != 0) {
		s->state = SCAN_BROKEN; /* 0 is HelloRequest, which may come at any time */
		return;
	}
	switch (s->message[0]) {
	case MESSAGE_SERVER_HELLO:
		if (s->version != 0 || read_server_hello(s, body) != 0) {
			s->state = SCAN_BROKEN;
		} else if (s->version == TLS_1_3) {
			s->state = SCAN_COMPLETE;
		}
		break;
	case MESSAGE_CERTIFICATE:
		if (s->certificates != NULL && recorder_end_message(s->certificates) != 0) {
			s->state = SCAN_BROKEN;
		}
		break;
	case MESSAGE_SERVER_KEY_EXCHANGE:
		read_key_exchange(s, body);
		break;
	case MESSAGE_CERTIFICATE_REQUEST:
		s->certificate_wanted = 1;
		break;
	case MESSAGE_SERVER_HELLO_DONE:
		s->state = SCAN_COMPLETE;
		break;
	default:
		break;
	}
}

static void read_handshake(client_hello_scan *s, const uint8_t *data, size_t len)
{
	size_t used = 0;

	while (used < len && s->state == SCAN_READING) {
		if (s->message_len < sizeof s->message) {
			s->message[s->message_len++] = data[used++];
			if (s->message_len < sizeof s->message) {
				continue;
			}
			s->message_left = (size_t)wire_number(s->message + 1, 3);
			message_began(s);
		}
		size_t n = len - used < s->message_left ? len - used : s->message_left;
		message_goes_on(s, data + used, n);
		used += n;
		s->message_left -= n;
		if (s->message_left == 0) {
			s->message_len = 0;
			message_ended(s);
		}
	}
}

static void read_alert(client_hello_scan *s, const uint8_t *data, size_t len)
{
	for (size_t i = 0; i < len && s->state == SCAN_READING; i++) {
		if (s->level == 0) {
			s->level = data[i];
			continue;
		}
		/* A warning, of a name that is not known for one, is no refusal (RFC 6066 3). */
		if (s->level != ALERT_LEVEL_WARNING || data[i] == ALERT_CLOSE_NOTIFY) {
			s->alert = data[i];
			s->state = SCAN_ALERT;
		}
		s->level = 0;
	}
}

static void record_began(client_hello_scan *s)
{
	unsigned kind = s->header[0];

	s->record_left = (size_t)wire_number(s->header + 3, 2);
	if (s->header[1] != 3 || s->record_left == 0 || s->record_left > RECORD_MAX
		|| (kind != RECORD_HANDSHAKE && kind != RECORD_ALERT
			&& kind != RECORD_CHANGE_CIPHER_SPEC)) {
		s->state = SCAN_BROKEN;
	}
}

void scan_read(client_hello_scan *s, const uint8_t *data, size_t len)
{
	while (len > 0 && s->state == SCAN_READING) {
		if (s->header_len < sizeof s->header) {
			s->header[s->header_len++] = *data++;
			len--;
			if (s->header_len == sizeof s->header) {
				record_began(s);
			}
			continue;
		}
		size_t n = len < s->record_left ? len : s->record_left;
		if (s->header[0] == RECORD_HANDSHAKE) {
			read_handshake(s, data, n);
		} else if (s->header[0] == RECORD_ALERT) {
			read_alert(s, data, n);
		}
		data += n;
		len -= n;
		s->record_left -= n;
		if (s->record_left == 0) {
			s->header_len = 0;
		}
	}
}
