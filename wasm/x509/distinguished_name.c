#include "x509/distinguished_name.h"

#include "base/text.h"
#include "x509/der.h"
#include "x509/short_text.h"

#include <string.h>

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

static void put_value(short_text *t, int tag, bytes value)
{
	for (int first = 1; value.len > 0 && !t->cut; first = 0) {
		character c = take_character(tag, &value);
		int last = value.len == 0;
		uint8_t one = c.len == 1 ? c.utf8[0] : 0;
		if (!c.valid || unseen(c.code)) {
			short_text_put_hex(t, (bytes){ c.utf8, c.len }, 1);
		} else if ((one != 0 && strchr("\"+,;<>\\", one) != NULL) || (one == ' ' && (first || last))
			|| (one == '#' && first)) {
			short_text_put(t, (const uint8_t[]){ '\\', one }, 2);
		} else {
			short_text_put(t, c.utf8, c.len);
		}
	}
}

/*
 * RFC 4514 2.3, 2.4: the value in hexadecimal where the type has no name, or the value is no text. An
 * attribute without a value is passed over.
 */
static void put_attribute(short_text *t, const char *separator, der *attribute)
{
	int tag = 0;
	bytes whole = { NULL, 0 };
	bytes type = der_take(attribute, DER_OID);
	bytes value = der_any(attribute, &tag, &whole);
	const char *name = attribute_name(type);

	if (attribute->bad) {
		return;
	}
	short_text_put_string(t, t->len > 0 ? separator : "");
	if (name != NULL) {
		short_text_put_string(t, name);
	} else {
		short_text_put_oid(t, type);
	}
	short_text_put(t, "=", 1);
	if (name != NULL && is_text(tag)) {
		put_value(t, tag, value);
	} else {
		short_text_put(t, "#", 1);
		short_text_put_hex(t, whole, 0);
	}
}

/* The attributes of one set belong together: `+` (RFC 4514 2.2). */
static void put_relative_name(short_text *t, bytes set)
{
	const char *separator = ", ";
	der d = der_over(set);

	while (!der_done(&d) && !t->cut) {
		der attribute = der_enter(&d, DER_SEQUENCE);
		put_attribute(t, separator, &attribute);
		separator = "+";
	}
}

void distinguished_name_write(bytes name, json *out, const char *key)
{
	/* Names run from the country to the common name; people read the other way. */
	enum { PARTS = 24 };
	bytes part[PARTS];
	size_t count = 0;
	short_text t = { .len = 0 };
	der outer = der_over(name), list = der_enter(&outer, DER_SEQUENCE);

	while (!der_done(&list)) {
		part[count++ % PARTS] = der_take(&list, DER_SET);
	}
	size_t left_out = count > PARTS ? count - PARTS : 0;
	for (size_t i = count; i > left_out; i--) {
		put_relative_name(&t, part[(i - 1) % PARTS]);
	}
	if (left_out > 0) {
		short_text_put_string(&t, ", ");
		t.cut = 1;
	}
	short_text_write(&t, out, key);
}

/* Beside text an identifier of bits (RFC 4519 2.41), and whatever is constructed, like a postal address. */
static int value_readable(int tag, bytes value)
{
	if (!is_text(tag)) {
		return tag == DER_BIT_STRING || (tag & DER_CONSTRUCTED) != 0;
	}
	while (value.len > 0
		&& (tag == DER_UTF8_STRING || tag == DER_BMP_STRING || tag == DER_UNIVERSAL_STRING)) {
		if (!take_character(tag, &value).valid) {
			return 0;
		}
	}
	return 1;
}

int distinguished_name_readable(bytes name)
{
	der outer = der_over(name), list = der_enter(&outer, DER_SEQUENCE);
	int good = 1;

	while (!der_done(&list)) {
		der set = der_enter(&list, DER_SET);
		while (!der_done(&set)) {
			der attribute = der_enter(&set, DER_SEQUENCE);
			int tag = 0;
			der_take(&attribute, DER_OID);
			bytes value = der_any(&attribute, &tag, NULL);
			good &= !attribute.bad && der_done(&attribute) && value_readable(tag, value);
		}
		good &= !set.bad;
	}
	return good && !outer.bad && !list.bad;
}
