#include "x509/short_text.h"

#include <string.h>

static const char ellipsis[] = "\xe2\x80\xa6";
enum { ELLIPSIS = sizeof ellipsis - 1 };

void short_text_put(short_text *t, const void *text, size_t len)
{
	t->cut |= len > sizeof t->text - ELLIPSIS - t->len;
	if (!t->cut && len != 0) {
		memcpy(t->text + t->len, text, len);
		t->len += len;
	}
}

void short_text_put_string(short_text *t, const char *text)
{
	short_text_put(t, text, strlen(text));
}

void short_text_put_number(short_text *t, unsigned long n)
{
	char digits[20];
	size_t i = sizeof digits;
	do {
		digits[--i] = (char)('0' + n % 10);
		n /= 10;
	} while (n != 0);
	short_text_put(t, digits + i, sizeof digits - i);
}

void short_text_put_hex(short_text *t, bytes s, int escaped)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.len && !t->cut; i++) {
		const char pair[] = { '\\', hex[s.p[i] >> 4], hex[s.p[i] & 15] };
		short_text_put(t, pair + !escaped, sizeof pair - !escaped);
	}
}

void short_text_write(short_text *t, json *out, const char *key)
{
	if (t->cut) {
		memcpy(t->text + t->len, ellipsis, ELLIPSIS);
		t->len += ELLIPSIS;
	}
	json_text(out, key, t->text, t->len);
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

static void put_decimal(short_text *t, const decimal *d)
{
	if (d->len == 0) {
		short_text_put(t, "0", 1);
	}
	for (size_t i = d->len; i > 0; i--) {
		const char digit = (char)('0' + d->digit[i - 1]);
		short_text_put(t, &digit, 1);
	}
}

/* The first number holds two, of which the first is 0, 1 or 2. */
static void put_first_arc(short_text *t, bytes arc, decimal *d)
{
	int top = arc.len > 1 || arc.p[0] >= 80 ? 2 : arc.p[0] / 40;

	short_text_put_number(t, (unsigned long)top);
	short_text_put(t, ".", 1);
	subtract_tens(d, 4 * top);
	put_decimal(t, d);
}

void short_text_put_oid(short_text *t, bytes oid)
{
	for (size_t at = 0; at < oid.len && !t->cut;) {
		bytes arc = { oid.p + at, 0 };
		decimal d = { .len = 0 };
		while (at + arc.len < oid.len && (arc.p[arc.len] & 0x80) != 0) {
			arc.len++;
		}
		arc.len++;
		if (at > 0) {
			short_text_put(t, ".", 1);
		}
		if (at + arc.len > oid.len || arc.len > ARC_BYTES) {
			short_text_put_string(
				t, ellipsis); /* it does not end, or is longer than any number in use */
			return;
		}
		for (size_t i = 0; i < arc.len; i++) {
			shift_in(&d, arc.p[i] & 0x7f);
		}
		if (at == 0) {
			put_first_arc(t, arc, &d);
		} else {
			put_decimal(t, &d);
		}
		at += arc.len;
	}
}
