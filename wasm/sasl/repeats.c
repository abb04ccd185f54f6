#include "sasl/repeats.h"

#include "base/base64.h"
#include "base/text.h"
#include "base/wipe.h"

#include <string.h>

/* What is looked for: `piece` bytes of a secret in a row, or more. */
typedef struct {
	const uint8_t *secret;
	size_t len;
	size_t piece;
	uint16_t run
		[LIMIT_PASSWORD]; /* how many bytes up to the last one are those of the secret up to here */
	int found;
} search;

static void begin(search *s)
{
	memset(s->run, 0, sizeof s->run);
}

static void feed(search *s, uint8_t byte)
{
	for (size_t i = s->len; i-- > 0;) {
		s->run[i] =
			(uint16_t)(text_same(&byte, s->secret + i, 1) ? 1 + (i > 0 ? s->run[i - 1] : 0) : 0);
		s->found |= s->run[i] >= s->piece;
	}
}

static int hex_value(uint8_t c)
{
	return c >= '0' && c <= '9' ? c - '0'
		: c >= 'a' && c <= 'f'  ? c - 'a' + 10
		: c >= 'A' && c <= 'F'  ? c - 'A' + 10
								: -1;
}

static void read_plain(search *s, const uint8_t *text, size_t len)
{
	begin(s);
	for (size_t i = 0; i < len; i++) {
		feed(s, text[i]);
	}
}

/* Percent signs and two digits stand for a byte. */
static void read_percent(search *s, const uint8_t *text, size_t len)
{
	begin(s);
	for (size_t i = 0; i < len; i++) {
		int high = i + 2 < len && text[i] == '%' ? hex_value(text[i + 1]) : -1;
		int low = high >= 0 ? hex_value(text[i + 2]) : -1;
		feed(s, low >= 0 ? (uint8_t)(high << 4 | low) : text[i]);
		i += low >= 0 ? 2 : 0;
	}
}

/* Digits of so many bits each; `skip` of each row of them are left out, as a group may begin anywhere. */
static void read_digits(
	search *s, const uint8_t *text, size_t len, int (*value)(uint8_t), unsigned bits, unsigned skip)
{
	uint32_t held = 0;
	unsigned count = 0, left = skip;

	begin(s);
	for (size_t i = 0; i < len; i++) {
		int digit = value(text[i]);
		if (digit < 0) {
			begin(s);
			count = 0;
			left = skip;
		} else if (left > 0) {
			left--;
		} else {
			held = held << bits | (uint32_t)digit;
			count += bits;
		}
		if (count >= 8) {
			count -= 8;
			feed(s, (uint8_t)(held >> count));
		}
	}
}

static int is_repeated(
	const char *secret, size_t secret_len, size_t piece, const uint8_t *text, size_t len)
{
	search s = { .secret = (const uint8_t *)secret, .len = secret_len, .piece = piece };

	read_plain(&s, text, len);
	read_percent(&s, text, len);
	for (unsigned skip = 0; skip < 4; skip++) {
		read_digits(&s, text, len, base64_value, 6, skip);
	}
	for (unsigned skip = 0; skip < 2; skip++) {
		read_digits(&s, text, len, hex_value, 4, skip);
	}
	wipe(s.run, sizeof s.run);
	return s.found;
}

/* A password, by halves. */
static int password_repeated(const char *password, const uint8_t *text, size_t len)
{
	size_t n = strlen(password);

	return n > 0 && is_repeated(password, n, (n + 1) / 2, text, len);
}

enum { TELLING = 3 };

int repeats_credentials(const credentials *c, const uint8_t *text, size_t len)
{
	size_t local = strcspn(c->user, "@");

	return password_repeated(c->password, text, len)
		|| (strcmp(c->prepared_password, c->password) != 0
			&& password_repeated(c->prepared_password, text, len))
		|| (local >= TELLING && is_repeated(c->user, local, local, text, len));
}
