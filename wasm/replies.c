#include "replies.h"

#include "text.h"

#include <string.h>

typedef enum {
	DURATION_any,
	DURATION_temporary,
	DURATION_lasting,
	DURATION_blocked,
	DURATION_uncertified
} duration;

static const struct {
	const char *text;
	duration duration;
} signs[] = {
#define SIGN(text, duration) { text, DURATION_##duration },
#define REPLY(protocol, phase, status, duration, finding)
#include "replies.def"
#undef SIGN
#undef REPLY
};

static const struct {
	protocol_id protocol;
	phase_id phase;
	const char *status;
	duration duration;
	diagnosis_id finding;
} replies[] = {
#define SIGN(text, duration)
#define REPLY(protocol, phase, status, duration, finding)                                          \
	{ PROTOCOL_##protocol, PHASE_##phase, status, DURATION_##duration, DIAG_##finding },
#include "replies.def"
#undef SIGN
#undef REPLY
};

static int is_letter(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The sign stands in the text as words of its own; one that ends with * may go on. */
static int has_sign(const uint8_t *text, size_t len, const char *sign)
{
	size_t n = strlen(sign);
	int prefix = sign[n - 1] == '*';

	n -= (size_t)prefix;
	for (size_t i = 0; i + n <= len; i++) {
		if (text_same(text + i, (const uint8_t *)sign, n)
			&& !(is_letter((uint8_t)sign[0]) && i > 0 && is_letter(text[i - 1]))
			&& (prefix || !is_letter((uint8_t)sign[n - 1]) || i + n == len
				|| !is_letter(text[i + n]))) {
			return 1;
		}
	}
	return 0;
}

static duration how_long(const uint8_t *text, size_t len)
{
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		if (has_sign(text, len, signs[i].text)) {
			return signs[i].duration;
		}
	}
	return DURATION_lasting;
}

static int status_fits(const char *pattern, const char *status)
{
	for (; *pattern != '\0' && *status != '\0'; pattern++, status++) {
		if (*pattern != *status && *pattern != 'x') {
			return 0;
		}
	}
	return *pattern == *status;
}

diagnosis_id reply_cause(
	protocol_id protocol, phase_id phase, const char *status, const uint8_t *text, size_t len)
{
	duration found = how_long(text, len);
	phase_id at = phase == PHASE_recapability ? PHASE_capability : phase;

	for (size_t i = 0; i < sizeof replies / sizeof replies[0]; i++) {
		if (replies[i].protocol == protocol && replies[i].phase == at
			&& status_fits(replies[i].status, status)
			&& (replies[i].duration == DURATION_any || replies[i].duration == found)) {
			return replies[i].finding;
		}
	}
	return DIAG_COUNT;
}
