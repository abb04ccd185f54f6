#include "x509/der.h"

#include "base/calendar.h"

#include <string.h>

static const bytes nothing = { NULL, 0 };

static bytes fail(der *d)
{
	d->bad = 1;
	return nothing;
}

der der_over(bytes b)
{
	/* Nothing at all is an empty text; C allows no sums with a null pointer. */
	static const uint8_t empty;
	const uint8_t *start = b.p != NULL ? b.p : &empty;
	der d = { start, start + b.len, 0 };
	return d;
}

int der_done(const der *d)
{
	return d->bad || d->p == d->end;
}

int der_peek(const der *d)
{
	return der_done(d) ? -1 : *d->p;
}

bytes der_any(der *d, int *tag, bytes *whole)
{
	const uint8_t *start = d->p;
	size_t left = d->bad ? 0 : (size_t)(d->end - start);

	/* Certificates use no tag number above 30, which would take more bytes. */
	if (left < 2 || (start[0] & 0x1f) == 0x1f) {
		return fail(d);
	}
	size_t len = start[1], header = 2;
	if (len >= 0x80) {
		size_t n = len & 0x7f;
		/* 3 bytes of length are 16 MB; DER wants the shortest form (X.690 10.1). */
		if (n == 0 || n > 3 || left < 2 + n || start[2] == 0) {
			return fail(d);
		}
		len = (size_t)wire_number(start + 2, n);
		if (len < 0x80) {
			return fail(d);
		}
		header += n;
	}
	if (len > left - header) {
		return fail(d);
	}
	bytes contents = { start + header, len };
	if (tag != NULL) {
		*tag = start[0];
	}
	if (whole != NULL) {
		whole->p = start;
		whole->len = header + len;
	}
	d->p = start + header + len;
	return contents;
}

bytes der_take(der *d, int tag)
{
	if (der_peek(d) != tag) {
		return fail(d);
	}
	return der_any(d, NULL, NULL);
}

der der_enter(der *d, int tag)
{
	bytes b = der_take(d, tag);
	der inner = der_over(b);
	inner.bad = d->bad;
	return inner;
}

long der_small_integer(der *d)
{
	bytes b = der_take(d, DER_INTEGER);

	if (d->bad || b.len == 0 || b.len > 4 || (b.p[0] & 0x80) != 0
		|| (b.len > 1 && b.p[0] == 0 && (b.p[1] & 0x80) == 0)) {
		fail(d);
		return -1;
	}
	return (long)wire_number(b.p, b.len);
}

int der_boolean(der *d)
{
	bytes b = der_take(d, DER_BOOLEAN);

	/* DER knows two: 0x00 and 0xff (X.690 11.1). */
	if (d->bad || b.len != 1 || (b.p[0] != 0 && b.p[0] != 0xff)) {
		fail(d);
		return 0;
	}
	return b.p[0] != 0;
}

bytes der_bits(der *d)
{
	bytes b = der_take(d, DER_BIT_STRING);

	if (d->bad || b.len == 0 || b.p[0] != 0) {
		return fail(d);
	}
	b.p++;
	b.len--;
	return b;
}

static int two_digits(const uint8_t *p)
{
	return p[0] >= '0' && p[0] <= '9' && p[1] >= '0' && p[1] <= '9' ? (p[0] - '0') * 10 + p[1] - '0'
																	: -1;
}

int64_t der_time(der *d)
{
	int tag = 0;
	bytes b = der_any(d, &tag, NULL);
	size_t year_digits = tag == DER_GENERALIZED_TIME ? 4 : 2;

	if (d->bad || (tag != DER_UTC_TIME && tag != DER_GENERALIZED_TIME) || b.len != year_digits + 11
		|| b.p[b.len - 1] != 'Z') {
		fail(d);
		return 0;
	}
	int part[7];
	for (size_t i = 0; i < (b.len - 1) / 2; i++) {
		part[i] = two_digits(b.p + 2 * i);
		if (part[i] < 0) {
			fail(d);
			return 0;
		}
	}
	/* UTCTime: 50-99 are 19xx, 00-49 are 20xx. */
	int year = year_digits == 4 ? part[0] * 100 + part[1] : part[0] + (part[0] >= 50 ? 1900 : 2000);
	const int *rest = part + year_digits / 2;
	int64_t seconds;
	if (rest[4] > 59 /* no leap seconds */
		|| calendar_to_unix(year, rest[0], rest[1], rest[2], rest[3], rest[4], &seconds) != 0) {
		fail(d);
		return 0;
	}
	return seconds;
}

int der_oid_is(bytes oid, const char *text, size_t len)
{
	return oid.len == len && memcmp(oid.p, text, len) == 0;
}
