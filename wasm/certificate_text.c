/* The words of a certificate, as people expect to read them: see certificate.h. */
#include "calendar.h"
#include "certificate.h"
#include "limits.h"
#include "names.h"

#include <string.h>

/* A small text under construction; what does not fit is cut. */
typedef struct {
	uint8_t text[1024];
	size_t len;
} builder;

static void put(builder *b, const void *text, size_t len)
{
	size_t room = sizeof b->text - b->len;
	size_t n = len < room ? len : room;
	if (n != 0) {
		memcpy(b->text + b->len, text, n);
		b->len += n;
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

static void put_oid(builder *b, bytes oid)
{
	unsigned long n = 0;
	int first = 1;
	for (size_t i = 0; i < oid.len; i++) {
		n = (n & 0x1ffffff) << 7 | (oid.p[i] & 0x7f);
		if (oid.p[i] & 0x80) {
			continue;
		}
		if (first) {
			unsigned long top = n < 80 ? n / 40 : 2;
			put_number(b, top);
			n -= top * 40;
			first = 0;
		}
		put(b, ".", 1);
		put_number(b, n);
		n = 0;
	}
}

static void put_attribute_type(builder *b, bytes oid)
{
	/* RFC 4519 short names, for those that certificates really carry. */
	static const struct {
		uint8_t id;
		const char *name;
	} x520[] = { { 3, "CN" }, { 4, "SN" }, { 5, "serialNumber" }, { 6, "C" }, { 7, "L" },
		{ 8, "ST" }, { 9, "street" }, { 10, "O" }, { 11, "OU" }, { 97, "organizationIdentifier" } };

	if (oid.len == 3 && oid.p[0] == 0x55 && oid.p[1] == 0x04) {
		for (size_t i = 0; i < sizeof x520 / sizeof x520[0]; i++) {
			if (x520[i].id == oid.p[2]) {
				put_string(b, x520[i].name);
				return;
			}
		}
	}
	if (oid.len == 9 && memcmp(oid.p, "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01", 9) == 0) {
		put_string(b, "emailAddress");
	} else if (oid.len == 10
		&& memcmp(oid.p, "\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x19", 10) == 0) {
		put_string(b, "DC");
	} else {
		put_oid(b, oid);
	}
}

/* BMPString is UTF-16 without surrogates (X.690 8.23.8). */
static void put_bmp(builder *b, bytes s)
{
	for (size_t i = 0; i + 1 < s.len; i += 2) {
		unsigned c = (unsigned)s.p[i] << 8 | s.p[i + 1];
		uint8_t utf8[3];
		if (c < 0x80) {
			utf8[0] = (uint8_t)c;
			put(b, utf8, 1);
		} else if (c < 0x800) {
			utf8[0] = (uint8_t)(0xc0 | c >> 6);
			utf8[1] = (uint8_t)(0x80 | (c & 0x3f));
			put(b, utf8, 2);
		} else {
			utf8[0] = (uint8_t)(0xe0 | c >> 12);
			utf8[1] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
			utf8[2] = (uint8_t)(0x80 | (c & 0x3f));
			put(b, utf8, 3);
		}
	}
}

void certificate_write_name(bytes name, json *out, const char *key)
{
	/* Names run from the country to the common name; people read the other way. */
	bytes part[24];
	size_t count = 0;
	builder b = { .len = 0 };
	der outer = der_over(name), list = der_enter(&outer, DER_SEQUENCE);

	while (!der_done(&list) && count < sizeof part / sizeof part[0]) {
		der set = der_enter(&list, DER_SET);
		while (!der_done(&set) && count < sizeof part / sizeof part[0]) {
			part[count++] = der_take(&set, DER_SEQUENCE);
		}
	}
	while (count > 0) {
		der d = der_over(part[--count]);
		int tag = 0;
		bytes type = der_take(&d, DER_OID);
		bytes value = der_any(&d, &tag, NULL);
		if (d.bad) {
			continue;
		}
		if (b.len != 0) {
			put_string(&b, ", ");
		}
		put_attribute_type(&b, type);
		put(&b, "=", 1);
		if (tag == DER_BMP_STRING) {
			put_bmp(&b, value);
		} else {
			put(&b, value.p, value.len);
		}
	}
	json_text(out, key, b.text, b.len);
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
	json_text(out, label, b.text, b.len);
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
			json_text(out, "signature", b.text, b.len);
		}
	}
	json_text(out, "sha256", hex, sizeof hex);
	json_close(out, '}');
}
