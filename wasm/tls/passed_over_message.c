#include "tls/passed_over_message.h"

#include "tls/messages.h"

#include <string.h>

enum { CONTEXT, NONCE, TICKET, EXTENSIONS, EXTENSION_KIND, EXTENSION_LENGTH, LIST, NAME };
enum { LIFETIME_AND_AGE = 8, EXTENSION_HEADER = 4, EARLY_DATA = 4, SCHEME = 2 };

#define BIT(extension) ((uint64_t)1 << (extension))

static void expect(passed_over_message *m, unsigned part, unsigned size)
{
	m->part = part;
	number_reader_expect(&m->number, size);
}

void passed_over_message_begin(passed_over_message *m, unsigned kind)
{
	memset(m, 0, sizeof *m);
	m->kind = kind;
	if (kind == MESSAGE_NEW_SESSION_TICKET) {
		m->skip = LIFETIME_AND_AGE;
		expect(m, NONCE, 1);
	} else {
		expect(m, CONTEXT, 1);
	}
}

/* Each once, and none that has its meaning elsewhere; unknown ones mean nothing (RFC 8446 4.2). */
static int extension_allowed(passed_over_message *m)
{
	uint64_t elsewhere = BIT(EXTENSION_SERVER_NAME) | BIT(EXTENSION_GROUPS) | BIT(EXTENSION_PADDING)
		| BIT(EXTENSION_VERSIONS) | BIT(EXTENSION_COOKIE) | BIT(EXTENSION_KEY_SHARE);
	uint64_t bit = m->extension < 64 ? BIT(m->extension) : 0;

	if (m->kind == MESSAGE_NEW_SESSION_TICKET) {
		elsewhere |= BIT(EXTENSION_SIGNATURES);
	}
	int allowed = (bit & (elsewhere | m->seen)) == 0;
	m->seen |= bit;
	return allowed;
}

static int is_list(const passed_over_message *m)
{
	return m->kind == MESSAGE_CERTIFICATE_REQUEST
		&& (m->extension == EXTENSION_SIGNATURES || m->extension == EXTENSION_AUTHORITIES
			|| m->extension == EXTENSION_SIGNATURES_OF_CERTIFICATES);
}

static int extension_began(passed_over_message *m, unsigned len)
{
	if (m->left < EXTENSION_HEADER + len) {
		return ALERT_DECODE_ERROR;
	}
	m->left -= EXTENSION_HEADER + len;
	if (!extension_allowed(m)) {
		return ALERT_ILLEGAL_PARAMETER;
	}
	if (m->kind == MESSAGE_NEW_SESSION_TICKET && m->extension == EXTENSION_EARLY_DATA
		&& len != EARLY_DATA) {
		return ALERT_DECODE_ERROR;
	}
	if (is_list(m)) {
		m->list_left = len;
		expect(m, LIST, 2);
		return len <= 2 ? ALERT_DECODE_ERROR : 0;
	}
	m->skip = len;
	expect(m, EXTENSION_KIND, 2);
	return 0;
}

/* The list fills its extension. */
static int list_began(passed_over_message *m, unsigned len)
{
	m->list_left -= 2;
	if (len != m->list_left) {
		return ALERT_DECODE_ERROR;
	}
	if (m->extension == EXTENSION_AUTHORITIES) {
		expect(m, NAME, 2);
		return 0;
	}
	m->skip = len;
	expect(m, EXTENSION_KIND, 2);
	return len % SCHEME != 0 ? ALERT_DECODE_ERROR : 0;
}

static int name_began(passed_over_message *m, unsigned len)
{
	if (len == 0 || len + 2 > m->list_left) {
		return ALERT_DECODE_ERROR;
	}
	m->list_left -= len + 2;
	m->skip = len;
	expect(m, m->list_left > 0 ? NAME : EXTENSION_KIND, 2);
	return 0;
}

static int number_read(passed_over_message *m)
{
	unsigned number = m->number.value;

	switch (m->part) {
	case CONTEXT: /* empty in a handshake */
		expect(m, EXTENSIONS, 2);
		return number != 0 ? ALERT_ILLEGAL_PARAMETER : 0;
	case NONCE:
		m->skip = number;
		expect(m, TICKET, 2);
		return 0;
	case TICKET:
		m->skip = number;
		expect(m, EXTENSIONS, 2);
		return number == 0 ? ALERT_DECODE_ERROR : 0;
	case EXTENSIONS:
		m->left = number;
		expect(m, EXTENSION_KIND, 2);
		return 0;
	case EXTENSION_KIND:
		m->extension = number;
		expect(m, EXTENSION_LENGTH, 2);
		return 0;
	case EXTENSION_LENGTH:
		return extension_began(m, number);
	case LIST:
		return list_began(m, number);
	default:
		return name_began(m, number);
	}
}

static int is_complete(const passed_over_message *m)
{
	return m->part == EXTENSION_KIND && number_reader_fresh(&m->number) && m->skip == 0
		&& m->left == 0;
}

int passed_over_message_read(passed_over_message *m, const uint8_t *data, size_t len)
{
	int alert = 0;

	while (len > 0 && alert == 0) {
		if (m->skip > 0) {
			size_t n = len < m->skip ? len : m->skip;
			data += n;
			len -= n;
			m->skip -= n;
			continue;
		}
		if (is_complete(m)) {
			return ALERT_DECODE_ERROR; /* something stands behind it */
		}
		if (number_reader_take(&m->number, *data++)) {
			alert = number_read(m);
		}
		len--;
	}
	return alert;
}

int passed_over_message_end(const passed_over_message *m)
{
	if (!is_complete(m)) {
		return ALERT_DECODE_ERROR;
	}
	return m->kind == MESSAGE_CERTIFICATE_REQUEST && (m->seen & BIT(EXTENSION_SIGNATURES)) == 0
		? ALERT_MISSING_EXTENSION
		: 0;
}
