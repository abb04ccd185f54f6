#include "dialog/banner.h"

#include "base/text.h"

#include <string.h>

/*
 * 8-bit bytes: never before SMTPUTF8 was asked for (RFC 6531 3.1); as UTF-8 they are text in IMAP
 * (RFC 9051 section 9) and POP3 (RFC 6856 section 2.1).
 */
static int has_8_bit(protocol_id protocol, const uint8_t *text, size_t len)
{
	for (size_t i = 0; i < len;) {
		size_t n = text_utf8_length(text + i, len - i);
		n = protocol == PROTOCOL_smtp && n > 1 ? 0 : n;
		if (n == 0) {
			return 1;
		}
		i += n;
	}
	return 0;
}

/* Forbidden in SMTP (RFC 5321 4.2, textstring); the others forbid only the CR (RFC 3501, RFC 2449). */
static int has_control(protocol_id protocol, const uint8_t *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		int control = text[i] == '\r'
			|| (protocol == PROTOCOL_smtp
				&& ((text[i] < 0x20 && text[i] != '\t') || text[i] == 0x7f));
		if (control) {
			return 1;
		}
	}
	return 0;
}

void banner_line(dialog_io *io, const uint8_t *text, size_t len, int bare)
{
	protocol_id protocol = io->protocol;
	const char *oddity = len > 0 && memchr(text, 0, len) != NULL ? "nul"
		: has_8_bit(protocol, text, len)                         ? "8-bit"
		: has_control(protocol, text, len)                       ? "control-character"
		: bare                                                   ? "bare-line-feed"
																 : NULL;

	if (oddity != NULL && io->banner_oddity == NULL) {
		io->banner_oddity = oddity;
		io->banner_len = len < sizeof io->banner ? len : sizeof io->banner;
		memcpy(io->banner, text, io->banner_len);
	}
}

void banner_accepted(dialog_io *io)
{
	if (io->banner_oddity != NULL) {
		json *args = findings_begin(io->findings, DIAG_greeting_unusual);
		json_string(args, "reason", io->banner_oddity);
		findings_text(args, io->banner, io->banner_len);
		findings_end(io->findings);
	}
}

/* As far as it goes, the text is one of these, in letters of either case. */
static int may_become(const uint8_t *text, size_t len, const char *const *starts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t n = strlen(starts[i]);
		if (text_same(text, (const uint8_t *)starts[i], len < n ? len : n)) {
			return 1;
		}
	}
	return 0;
}

int banner_hopeless(dialog_io *io, const uint8_t *text, size_t len)
{
	static const char *const smtp[] = { "220", "221", "421", "450", "451", "5" };
	static const char *const imap[] = { "* OK", "* PREAUTH", "* BYE", "* NO", "* BAD" };
	static const char *const pop3[] = { "+OK", "-ERR" };
	static const struct {
		const char *const *starts;
		size_t count;
	} greetings[] = { [PROTOCOL_smtp] = { smtp, sizeof smtp / sizeof smtp[0] },
		[PROTOCOL_imap] = { imap, sizeof imap / sizeof imap[0] },
		[PROTOCOL_pop3] = { pop3, sizeof pop3 / sizeof pop3[0] } };
	protocol_id protocol = io->protocol;

	/* Lines that end with CR alone would be waited for until tomorrow (RFC 5321 2.3.8). */
	if (may_become(text, len, greetings[protocol].starts, greetings[protocol].count)
		&& memchr(text, '\r', len) == NULL && memchr(text, 0, len) == NULL) {
		return 0;
	}
	dialog_foreign_greeting(io, text, len);
	return 1;
}
