#include "base/text.h"

#include <string.h>

static uint8_t upper(uint8_t c)
{
	return c >= 'a' && c <= 'z' ? (uint8_t)(c - 32) : c;
}

size_t text_utf8_length(const uint8_t *s, size_t len)
{
	if (s[0] < 0x80) {
		return 1;
	}
	size_t n = s[0] >= 0xc2 && s[0] <= 0xdf ? 2
		: (s[0] & 0xf0) == 0xe0             ? 3
		: s[0] >= 0xf0 && s[0] <= 0xf4      ? 4
											: 0;
	if (n == 0 || n > len) {
		return 0;
	}
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80) {
			return 0;
		}
	}
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f)
		|| (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f)) {
		return 0;
	}
	return n;
}

int text_same(const uint8_t *a, const uint8_t *b, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (upper(a[i]) != upper(b[i])) {
			return 0;
		}
	}
	return 1;
}

int text_is(const uint8_t *text, size_t len, const char *word)
{
	return len == strlen(word) && text_starts(text, len, word);
}

int text_starts(const uint8_t *text, size_t len, const char *prefix)
{
	size_t n = strlen(prefix);
	return len >= n && text_same(text, (const uint8_t *)prefix, n);
}

int text_word(const uint8_t *text, size_t len, const char *word)
{
	size_t n = strlen(word);
	return text_starts(text, len, word) && (len == n || text[n] == ' ');
}

static int text_contains(const uint8_t *text, size_t len, const char *part)
{
	for (size_t i = 0; i < len; i++) {
		if (text_starts(text + i, len - i, part)) {
			return 1;
		}
	}
	return 0;
}

const uint8_t *text_next_word(const uint8_t *text, size_t *rest, size_t *len)
{
	while (*rest > 0 && *text == ' ') {
		text++;
		(*rest)--;
	}
	if (*rest == 0) {
		return NULL;
	}
	const uint8_t *end = memchr(text, ' ', *rest);
	*len = end != NULL ? (size_t)(end - text) : *rest;
	*rest -= *len;
	return text;
}

static int is_reply_code(const uint8_t *t, size_t len)
{
	return len >= 3 && t[0] >= '1' && t[0] <= '5' && t[1] >= '0' && t[1] <= '9' && t[2] >= '0'
		&& t[2] <= '9' && (len == 3 || t[3] == ' ' || t[3] == '-');
}

const char *text_protocol(const uint8_t *text, size_t len)
{
	static const struct {
		const char *prefix;
		const char *name;
	} known[] = {
		{ "* OK", "imap" },
		{ "* PREAUTH", "imap" },
		{ "* BYE", "imap" },
		{ "+OK", "pop3" },
		{ "-ERR", "pop3" },
		{ "HTTP/", "http" },
		{ "<!DOCTYPE", "http" },
		{ "<HTML", "http" },
		{ "SSH-", "ssh" },
		{ "\"IMPLEMENTATION\"", "managesieve" },
		{ "RFB 0", "vnc" },
		{ "@RSYNCD", "rsync" },
	};

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (text_starts(text, len, known[i].prefix)) {
			return known[i].name;
		}
	}
	if (!is_reply_code(text, len)) {
		return NULL;
	}
	/* FTP and NNTP answer with three digits too; their greetings say who they are. A host may be
	 * called ftp.example.com and still speak SMTP, so the name alone is no sign. */
	static const struct {
		const char *sign;
		const char *name;
	} signs[] = {
		{ "SMTP", "smtp" },
		{ " FTP", "ftp" },
		{ "FTPD", "ftp" },
		{ "FILEZILLA", "ftp" },
		{ " NNTP", "nntp" },
		{ "INN ", "nntp" },
	};
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		if (text_contains(text, len, signs[i].sign)) {
			return signs[i].name;
		}
	}
	return "smtp";
}
