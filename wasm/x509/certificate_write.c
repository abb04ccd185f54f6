/* The words of a certificate, as people expect to read them: see certificate.h. */
#include "base/calendar.h"
#include "x509/certificate.h"
#include "base/limits.h"
#include "x509/names.h"
#include "base/text.h"

#include <string.h>

static const char ellipsis[] = "\xe2\x80\xa6";
enum { ELLIPSIS = sizeof ellipsis - 1 };

/* A small text under construction; what does not fit is left out, and all that follows. */
typedef struct {
	uint8_t text[1024];
	size_t len;
	int cut;
} builder;

/* As a whole or not at all. */
static void put(builder *b, const void *text, size_t len)
{
	b->cut |= len > sizeof b->text - ELLIPSIS - b->len;
	if (!b->cut && len != 0) {
		memcpy(b->text + b->len, text, len);
		b->len += len;
	}
}

static void put_string(builder *b, const char *text)
{
	put(b, text, strlen(text));
}

static void put_number(builder *b, unsigned long n)
{
	char digits[20];
	size_t i = sizeof digits;
	do {
		digits[--i] = (char)('0' + n % 10);
		n /= 10;
	} while (n != 0);
	put(b, digits + i, sizeof digits - i);
}

static void put_hex(builder *b, bytes s, int escaped)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.len && !b->cut; i++) {
		const char pair[] = { '\\', hex[s.p[i] >> 4], hex[s.p[i] & 15] };
		put(b, pair + !escaped, sizeof pair - !escaped);
	}
}

/* What was written, and a sign where it was cut. */
static void finish(builder *b, json *out, const char *key)
{
	if (b->cut) {
		memcpy(b->text + b->len, ellipsis, ELLIPSIS);
		b->len += ELLIPSIS;
	}
	json_text(out, key, b->text, b->len);
}

/* --- object identifiers (X.690 8.19) --- */

/* Bytes of one number: UUIDs as numbers (2.25.…, X.667) have 19. No OID in use has more. */
enum { ARC_BYTES = 32, ARC_DIGITS = 68 };

typedef struct {
	uint8_t digit[ARC_DIGITS]; /* decimal, the lowest first */
	size_t len;
} decimal;

/* d = d * 128 + more */
static void shift_in(decimal *d, unsigned more)
{
	for (size_t i = 0; i < d->len; i++) {
		more += d->digit[i] * 128u;
		d->digit[i] = (uint8_t)(more % 10);
		more /= 10;
	}
	for (; more != 0; more /= 10) {
		d->digit[d->len++] = (uint8_t)(more % 10);
	}
}

/* d -= tens * 10, which it is not below */
static void subtract_tens(decimal *d, int tens)
{
	for (size_t i = 1; tens > 0 && i < d->len; i++) {
		int left = d->digit[i] - tens;
		tens = left < 0;
		d->digit[i] = (uint8_t)(left < 0 ? left + 10 : left);
	}
	while (d->len > 0 && d->digit[d->len - 1] == 0) {
		d->len--;
	}
}

static void put_decimal(builder *b, const decimal *d)
{
	if (d->len == 0) {
		put(b, "0", 1);
	}
	for (size_t i = d->len; i > 0; i--) {
		const char digit = (char)('0' + d->digit[i - 1]);
		put(b, &digit, 1);
	}
}

/* The first number holds two, of which the first is 0, 1 or 2. */
static void put_first_arc(builder *b, bytes arc, decimal *d)
{
	int top = arc.len > 1 || arc.p[0] >= 80 ? 2 : arc.p[0] / 40;

	put_number(b, (unsigned long)top);
	put(b, ".", 1);
	subtract_tens(d, 4 * top);
	put_decimal(b, d);
}

static void put_oid(builder *b, bytes oid)
{
	for (size_t at = 0; at < oid.len && !b->cut;) {
		bytes arc = { oid.p + at, 0 };
		decimal d = { .len = 0 };
		while (at + arc.len < oid.len && (arc.p[arc.len] & 0x80) != 0) {
			arc.len++;
		}
		arc.len++;
		if (at > 0) {
			put(b, ".", 1);
		}
		if (at + arc.len > oid.len || arc.len > ARC_BYTES) {
			put_string(b, ellipsis); /* it does not end, or is longer than any number in use */
			return;
		}
		for (size_t i = 0; i < arc.len; i++) {
			shift_in(&d, arc.p[i] & 0x7f);
		}
		if (at == 0) {
			put_first_arc(b, arc, &d);
		} else {
			put_decimal(b, &d);
		}
		at += arc.len;
	}
}

/* --- distinguished names (RFC 4514) --- */

/* Short names of RFC 4519, and those that people know from OpenSSL; NULL where there is none. */
static const char *attribute_name(bytes oid)
{
	static const struct {
		const char *oid;
		uint8_t len;
		const char *name;
	} names[] = { { "\x55\x04\x03", 3, "CN" }, { "\x55\x04\x04", 3, "SN" },
		{ "\x55\x04\x05", 3, "serialNumber" }, { "\x55\x04\x06", 3, "C" },
		{ "\x55\x04\x07", 3, "L" }, { "\x55\x04\x08", 3, "ST" }, { "\x55\x04\x09", 3, "street" },
		{ "\x55\x04\x0a", 3, "O" }, { "\x55\x04\x0b", 3, "OU" }, { "\x55\x04\x0c", 3, "title" },
		{ "\x55\x04\x0d", 3, "description" }, { "\x55\x04\x0f", 3, "businessCategory" },
		{ "\x55\x04\x11", 3, "postalCode" }, { "\x55\x04\x2a", 3, "givenName" },
		{ "\x55\x04\x2e", 3, "dnQualifier" }, { "\x55\x04\x61", 3, "organizationIdentifier" },
		{ "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01", 9, "emailAddress" },
		{ "\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x01", 10, "UID" },
		{ "\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x19", 10, "DC" },
		/* of extended validation: where a company is registered */
		{ "\x2b\x06\x01\x04\x01\x82\x37\x3c\x02\x01\x01", 11, "jurisdictionL" },
		{ "\x2b\x06\x01\x04\x01\x82\x37\x3c\x02\x01\x02", 11, "jurisdictionST" },
		{ "\x2b\x06\x01\x04\x01\x82\x37\x3c\x02\x01\x03", 11, "jurisdictionC" } };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (bytes_equal(oid, (bytes){ (const uint8_t *)names[i].oid, names[i].len })) {
			return names[i].name;
		}
	}
	return NULL;
}

/* One character as UTF-8; or, not `valid`, bytes that are none. */
typedef struct {
	uint8_t utf8[4];
	size_t len;
	unsigned long code;
	int valid;
} character;

static character take_bytes(bytes *rest, size_t len)
{
	character c = { .len = len < rest->len ? len : rest->len };

	memcpy(c.utf8, rest->p, c.len);
	rest->p += c.len;
	rest->len -= c.len;
	return c;
}

static character take_utf8(bytes *rest)
{
	size_t len = text_utf8_length(rest->p, rest->len);
	character c = take_bytes(rest, len != 0 ? len : 1);

	c.valid = len != 0;
	c.code = len < 2 ? c.utf8[0] : c.utf8[0] & (0x7fu >> len);
	for (size_t i = 1; i < len; i++) {
		c.code = c.code << 6 | (c.utf8[i] & 0x3f);
	}
	return c;
}

/* A character of a fixed width: T61String, which everybody fills with Latin-1; UCS-2; UCS-4. */
static character take_wide(bytes *rest, size_t width)
{
	character raw = take_bytes(rest, width), c = { .len = 0 };

	for (size_t i = 0; i < raw.len; i++) {
		c.code = c.code << 8 | raw.utf8[i];
	}
	if (raw.len < width || c.code > 0x10ffff || (c.code >= 0xd800 && c.code < 0xe000)) {
		return raw;
	}
	static const uint8_t first[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	c.valid = 1;
	c.len = c.code < 0x80 ? 1 : c.code < 0x800 ? 2 : c.code < 0x10000 ? 3 : 4;
	for (size_t i = 0; i < c.len; i++) {
		unsigned bits = (unsigned)(c.code >> 6 * (c.len - 1 - i));
		c.utf8[i] = (uint8_t)(i == 0 ? (first[c.len] | bits) : (0x80 | (bits & 0x3f)));
	}
	return c;
}

static character take_character(int tag, bytes *rest)
{
	switch (tag) {
	case DER_TELETEX_STRING:
		return take_wide(rest, 1);
	case DER_BMP_STRING:
		return take_wide(rest, 2);
	case DER_UNIVERSAL_STRING:
		return take_wide(rest, 4);
	default:
		return take_utf8(rest);
	}
}

static int is_text(int tag)
{
	return tag == DER_UTF8_STRING || tag == DER_PRINTABLE_STRING || tag == DER_IA5_STRING
		|| tag == DER_NUMERIC_STRING || tag == DER_VISIBLE_STRING || tag == DER_TELETEX_STRING
		|| tag == DER_BMP_STRING || tag == DER_UNIVERSAL_STRING;
}

/* Controls, and characters that show nothing or turn the writing round: text could be hidden in them. */
static int unseen(unsigned long c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c
		|| (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e)
		|| (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

static void put_value(builder *b, int tag, bytes value)
{
	for (int first = 1; value.len > 0 && !b->cut; first = 0) {
		character c = take_character(tag, &value);
		int last = value.len == 0;
		uint8_t one = c.len == 1 ? c.utf8[0] : 0;
		if (!c.valid || unseen(c.code)) {
			put_hex(b, (bytes){ c.utf8, c.len }, 1);
		} else if ((one != 0 && strchr("\"+,;<>\\", one) != NULL) || (one == ' ' && (first || last))
			|| (one == '#' && first)) {
			put(b, (const uint8_t[]){ '\\', one }, 2);
		} else {
			put(b, c.utf8, c.len);
		}
	}
}

/*
 * RFC 4514 2.3, 2.4: the value in hexadecimal where the type has no name, or the value is no text. An
 * attribute without a value is passed over.
 */
static void put_attribute(builder *b, const char *separator, der *attribute)
{
	int tag = 0;
	bytes whole = { NULL, 0 };
	bytes type = der_take(attribute, DER_OID);
	bytes value = der_any(attribute, &tag, &whole);
	const char *name = attribute_name(type);

	if (attribute->bad) {
		return;
	}
	put_string(b, b->len > 0 ? separator : "");
	if (name != NULL) {
		put_string(b, name);
	} else {
		put_oid(b, type);
	}
	put(b, "=", 1);
	if (name != NULL && is_text(tag)) {
		put_value(b, tag, value);
	} else {
		put(b, "#", 1);
		put_hex(b, whole, 0);
	}
}

/* The attributes of one set belong together: `+` (RFC 4514 2.2). */
static void put_relative_name(builder *b, bytes set)
{
	const char *separator = ", ";
	der d = der_over(set);

	while (!der_done(&d) && !b->cut) {
		der attribute = der_enter(&d, DER_SEQUENCE);
		put_attribute(b, separator, &attribute);
		separator = "+";
	}
}

void certificate_write_name(bytes name, json *out, const char *key)
{
	/* Names run from the country to the common name; people read the other way. */
	enum { PARTS = 24 };
	bytes part[PARTS];
	size_t count = 0;
	builder b = { .len = 0 };
	der outer = der_over(name), list = der_enter(&outer, DER_SEQUENCE);

	while (!der_done(&list)) {
		part[count++ % PARTS] = der_take(&list, DER_SET);
	}
	size_t left_out = count > PARTS ? count - PARTS : 0;
	for (size_t i = count; i > left_out; i--) {
		put_relative_name(&b, part[(i - 1) % PARTS]);
	}
	if (left_out > 0) {
		put_string(&b, ", ");
		b.cut = 1;
	}
	finish(&b, out, key);
}

void certificate_write_key(const public_key *key, json *out, const char *label)
{
	builder b = { .len = 0 };

	switch (key->kind) {
	case KEY_RSA:
		put_string(&b, "RSA ");
		put_number(&b, key->bits);
		break;
	case KEY_RSA_PSS:
		put_string(&b, "RSA-PSS ");
		put_number(&b, key->bits);
		break;
	case KEY_EC:
		put_string(&b, key->named != NULL ? "EC " : "EC");
		put_string(&b, key->named != NULL ? key->named : "");
		break;
	case KEY_ED25519:
		put_string(&b, "Ed25519");
		break;
	case KEY_ED448:
		put_string(&b, "Ed448");
		break;
	default:
		put_oid(&b, key->algorithm);
		put_string(&b, b.len == 0 ? "unknown" : "");
	}
	if (key->exponent.len > LIMIT_RSA_EXPONENT) {
		put_string(&b, " (");
		put_number(&b, 8 * (unsigned long)key->exponent.len);
		put_string(&b, "-bit exponent)");
	}
	finish(&b, out, label);
}

static void write_time(json *out, const char *key, int64_t t)
{
	char text[CALENDAR_TEXT];
	calendar_text(t, text);
	json_string(out, key, text);
}

void certificate_write(const certificate *c, json *out)
{
	char hex[64];
	for (size_t i = 0; i < 32; i++) {
		hex[2 * i] = "0123456789abcdef"[c->sha256[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[c->sha256[i] & 15];
	}
	json_open(out, NULL, '{');
	if (c->subject.p != NULL) {
		certificate_write_name(c->subject, out, "subject");
		certificate_write_name(c->issuer, out, "issuer");
		names_write(c, out, "names");
		write_time(out, "not_before", c->not_before);
		write_time(out, "not_after", c->not_after);
		certificate_write_key(&c->key, out, "key");
		if (c->signature_algorithm != NULL) {
			json_string(out, "signature", c->signature_algorithm->name);
		} else {
			builder b = { .len = 0 };
			put_oid(&b, c->signature_oid);
			finish(&b, out, "signature");
		}
	}
	json_text(out, "sha256", hex, sizeof hex);
	json_close(out, '}');
}
