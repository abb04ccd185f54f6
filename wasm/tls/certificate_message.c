#include "tls/certificate_message.h"

#include "tls/messages.h"

static void expect(certificate_message *m, unsigned part, unsigned size)
{
	m->part = part;
	number_reader_expect(&m->length, size);
}

void certificate_message_begin(certificate_message *m, recorder *record)
{
	m->record = record;
	m->list_left = m->part_left = 0;
	expect(m, CERTIFICATE_CONTEXT, 1);
	recorder_begin(record);
}

static int length_read(certificate_message *m)
{
	unsigned number = m->length.value;

	switch (m->part) {
	case CERTIFICATE_CONTEXT: /* empty for a server (RFC 8446 4.4.2) */
		expect(m, CERTIFICATE_LIST, 3);
		return number != 0 ? ALERT_ILLEGAL_PARAMETER : 0;
	case CERTIFICATE_LIST:
		m->list_left = number;
		expect(m, CERTIFICATE_LENGTH, 3);
		return 0;
	case CERTIFICATE_LENGTH:
		m->part_left = number;
		m->part = CERTIFICATE_DATA;
		recorder_begin_certificate(m->record, m->part_left);
		return m->part_left == 0 || m->part_left > m->list_left ? ALERT_DECODE_ERROR : 0;
	default:
		/* We ask for nothing that could be answered here (RFC 8446 4.4.2). */
		expect(m, CERTIFICATE_LENGTH, 3);
		return number != 0 ? ALERT_UNSUPPORTED_EXTENSION : 0;
	}
}

static int take_byte(certificate_message *m, uint8_t byte)
{
	if (m->part >= CERTIFICATE_LENGTH) {
		if (m->list_left == 0) {
			return ALERT_DECODE_ERROR;
		}
		m->list_left--;
	}
	return number_reader_take(&m->length, byte) ? length_read(m) : 0;
}

int certificate_message_read(certificate_message *m, const uint8_t *data, size_t len)
{
	int alert = 0;

	while (len > 0 && alert == 0) {
		if (m->part != CERTIFICATE_DATA) {
			alert = take_byte(m, *data++);
			len--;
			continue;
		}
		size_t n = len < m->part_left ? len : m->part_left;
		recorder_append(m->record, data, n);
		data += n;
		len -= n;
		m->part_left -= n;
		m->list_left -= n;
		if (m->part_left == 0) {
			expect(m, CERTIFICATE_EXTENSIONS, 2);
		}
	}
	return alert;
}

int certificate_message_end(const certificate_message *m)
{
	return m->part == CERTIFICATE_LENGTH && number_reader_fresh(&m->length) && m->list_left == 0
		? 0
		: ALERT_DECODE_ERROR;
}
