#include "dialog/replies.h"

#include "base/text.h"

#include <string.h>

typedef enum {
	KIND_any,
	KIND_temporary,
	KIND_lasting,
	KIND_blocked,
	KIND_named,
	KIND_unknown,
	KIND_uncertified,
	KIND_password,
	KIND_app,
	KIND_oauth,
	KIND_off,
	KIND_locked,
	KIND_naming,
	KIND_other
} kind;

/* One text after another, and the kinds in the same order. */
static const char sign_texts[] =
#define SIGN(text, kind) text "\0"
#define REPLY(protocol, phase, status, kind, finding)
#include "dialog/replies.def"
	;
#undef SIGN
static const uint8_t sign_kinds[] = {
#define SIGN(text, kind) KIND_##kind,
#include "dialog/replies.def"
#undef SIGN
#undef REPLY
};

static const struct {
	uint8_t protocol;
	uint8_t phase;
	uint8_t kind;
	uint8_t finding;
	char status[5];
} replies[] = {
#define SIGN(text, kind)
#define REPLY(protocol, phase, status, kind, finding)                                              \
	{ PROTOCOL_##protocol, PHASE_##phase, KIND_##kind, DIAG_##finding, status },
#include "dialog/replies.def"
#undef SIGN
#undef REPLY
};

_Static_assert(DIAG_COUNT < UINT8_MAX, "a finding does not fit a row");

static int is_letter(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

/* The two are part of one word, or of one number. */
static int belong_together(uint8_t a, uint8_t b)
{
	return (is_letter(a) && is_letter(b)) || (is_digit(a) && is_digit(b));
}

/* 192.0.2.1, or something with :: or three colons that could be IPv6; a time of day is neither. */
static int is_address(const uint8_t *text, size_t len)
{
	size_t dots = 0, colons = 0, doubled = 0, digits = 0;

	for (size_t i = 0; i < len; i++) {
		if (is_digit(text[i])) {
			digits++;
		} else if (text[i] == '.' && digits >= 1 && digits <= 3) {
			dots++;
			digits = 0;
		} else if (text[i] == ':') {
			doubled |= i > 0 && text[i - 1] == ':';
			colons++;
			digits = 0;
		} else if (!is_letter(text[i])) {
			return 0;
		}
	}
	return colons == 0 ? dots == 3 && digits >= 1 && digits <= 3 : colons >= 3 || doubled;
}

static int is_address_byte(uint8_t c)
{
	return is_digit(c) || c == ':' || c == '.' || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static int has_address(const uint8_t *text, size_t len)
{
	for (size_t i = 0; i < len;) {
		size_t from = i;
		while (i < len && is_address_byte(text[i])) {
			i++;
		}
		size_t end = i > from && text[i - 1] == '.' ? i - 1 : i; /* the end of a sentence */
		if (is_address(text + from, end - from)) {
			return 1;
		}
		i += i == from;
	}
	return 0;
}

static int same_byte(uint8_t c, char sign)
{
	return sign == '#' ? is_digit(c) : text_same(&c, (const uint8_t *)&sign, 1);
}

/* The words stand in the text, not within others; such that end with * may go on. */
static int has_words(const uint8_t *text, size_t len, const char *words, size_t n)
{
	int prefix = words[n - 1] == '*';

	n -= (size_t)prefix;
	for (size_t i = 0; i + n <= len; i++) {
		size_t same = 0;
		while (same < n && same_byte(text[i + same], words[same])) {
			same++;
		}
		if (same == n && !(i > 0 && belong_together(text[i - 1], text[i]))
			&& (prefix || i + n == len || !belong_together(text[i + n - 1], text[i + n]))) {
			return 1;
		}
	}
	return 0;
}

static int has_part(
	const uint8_t *text, size_t len, const char *part, size_t n, const char *client_name)
{
	if (text_is((const uint8_t *)part, n, "{ip}")) {
		return has_address(text, len);
	}
	if (text_is((const uint8_t *)part, n, "{name}")) {
		return client_name != NULL && client_name[0] != '\0'
			&& has_words(text, len, client_name, strlen(client_name));
	}
	return has_words(text, len, part, n);
}

static int has_sign(const uint8_t *text, size_t len, const char *sign, const char *client_name)
{
	static const char and[] = " & ";

	for (;;) {
		const char *end = strstr(sign, and);
		size_t n = end != NULL ? (size_t)(end - sign) : strlen(sign);
		if (!has_part(text, len, sign, n, client_name)) {
			return 0;
		}
		if (end == NULL) {
			return 1;
		}
		sign = end + sizeof and-1;
	}
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

/* The first row for a refusal of this kind; `or_any`: or for one of whatever kind. */
static diagnosis_id find_row(
	protocol_id protocol, phase_id phase, const char *status, kind found, int or_any)
{
	for (size_t i = 0; i < sizeof replies / sizeof replies[0]; i++) {
		if (replies[i].protocol == protocol && replies[i].phase == phase
			&& status_fits(replies[i].status, status)
			&& (replies[i].kind == found || (or_any && replies[i].kind == KIND_any))) {
			return replies[i].finding;
		}
	}
	return DIAG_COUNT;
}

diagnosis_id reply_cause(protocol_id protocol, phase_id phase, const char *status,
	const uint8_t *text, size_t len, const char *client_name)
{
	phase_id at = phase == PHASE_recapability ? PHASE_capability : phase;
	kind found = KIND_lasting;

	const char *sign = sign_texts;
	for (size_t i = 0; i < sizeof sign_kinds; i++, sign += strlen(sign) + 1) {
		kind k = sign_kinds[i];
		int counts = k == KIND_lasting || find_row(protocol, at, status, k, 0) != DIAG_COUNT;
		if (counts && has_sign(text, len, sign, client_name)) {
			found = k;
			break;
		}
	}
	return find_row(protocol, at, status, found, 1);
}
