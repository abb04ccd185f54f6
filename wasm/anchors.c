#include "anchors.h"

#include <string.h>

static const uint8_t header[ANCHORS_HEADER] = { 'M', 'P', 'C', 'A', 2 };

size_t anchors_write_header(uint8_t *out, size_t room)
{
	if (room < sizeof header) {
		return 0;
	}
	memcpy(out, header, sizeof header);
	return sizeof header;
}

static uint8_t *put_u16(uint8_t *p, size_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
	return p + 2;
}

static uint8_t *put_bytes(uint8_t *p, bytes b)
{
	p = put_u16(p, b.len);
	if (b.len != 0) {
		memcpy(p, b.p, b.len);
	}
	return p + b.len;
}

size_t anchors_pack(const uint8_t *data, size_t len, uint8_t *out, size_t room)
{
	certificate c;

	if (certificate_read(&c, data, len) != 0) {
		return 0;
	}
	size_t body = 8 + 1 + 1 + 2 + c.subject.len + 2 + c.spki.len + 2 + c.name_constraints.len;
	if (body > ANCHOR_MAX || body + 2 > room) {
		return 0;
	}
	uint8_t *p = put_u16(out, body);
	for (int shift = 56; shift >= 0; shift -= 8) {
		*p++ = (uint8_t)((uint64_t)c.not_after >> shift);
	}
	/* Longer than any path we follow is no limit. */
	*p++ = (uint8_t)(c.path_length < 0 || c.path_length > 254 ? 255 : c.path_length);
	*p++ = (uint8_t)c.critical_unknown;
	p = put_bytes(p, c.subject);
	p = put_bytes(p, c.spki);
	p = put_bytes(p, c.name_constraints);
	return (size_t)(p - out);
}

static bytes take(bytes *from, size_t len)
{
	bytes b = { from->p, len };
	if (len > from->len) {
		b.p = NULL;
		b.len = 0;
		from->len = 0;
		return b;
	}
	from->p += len;
	from->len -= len;
	return b;
}

static bytes take_sized(bytes *from)
{
	bytes size = take(from, 2);
	return take(from, size.p == NULL ? (size_t)-1 : (size_t)size.p[0] << 8 | size.p[1]);
}

int anchors_next(const anchors *set, size_t *at, anchor *out)
{
	if (set->data == NULL) {
		return 0;
	}
	if (*at == 0) {
		*at = ANCHORS_HEADER;
	}
	if (*at >= set->len) {
		return 0;
	}
	bytes rest = { set->data + *at, set->len - *at };
	bytes body = take_sized(&rest);
	bytes when = take(&body, 8);
	bytes path_length = take(&body, 1);
	bytes critical = take(&body, 1);
	out->subject = take_sized(&body);
	out->spki = take_sized(&body);
	out->name_constraints = take_sized(&body);
	if (when.p == NULL || path_length.p == NULL || critical.p == NULL || out->subject.p == NULL
		|| out->spki.p == NULL || out->name_constraints.p == NULL || body.len != 0) {
		return 0;
	}
	uint64_t t = 0;
	for (int i = 0; i < 8; i++) {
		t = t << 8 | when.p[i];
	}
	out->not_after = (int64_t)t;
	out->path_length = path_length.p[0] == 255 ? -1 : path_length.p[0];
	out->critical_unknown = critical.p[0];
	*at = set->len - rest.len;
	return 1;
}

long anchors_count(const anchors *set)
{
	size_t at = 0;
	long n = 0;
	anchor a;

	if (set->data == NULL) {
		return 0;
	}
	if (set->len < sizeof header || memcmp(set->data, header, sizeof header) != 0) {
		return -1;
	}
	at = ANCHORS_HEADER;
	while (anchors_next(set, &at, &a)) {
		n++;
	}
	return at == set->len ? n : -1;
}
