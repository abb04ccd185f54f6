#include "base/json.h"

#include "base/text.h"

#include <string.h>

void json_init(json *j, char *buf, size_t cap)
{
	j->buf = buf;
	j->cap = cap;
	j->len = 0;
	j->comma = 0;
}

static void put(json *j, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++, j->len++) {
		if (j->len < j->cap) {
			j->buf[j->len] = text[i];
		}
	}
}

static void put_escape(json *j, unsigned code)
{
	static const char hex[] = "0123456789abcdef";
	char text[6] = { '\\', 'u', hex[code >> 12 & 15], hex[code >> 8 & 15], hex[code >> 4 & 15],
		hex[code & 15] };
	put(j, text, sizeof text);
}

static void put_text(json *j, const uint8_t *s, size_t len)
{
	put(j, "\"", 1);
	for (size_t i = 0; i < len;) {
		size_t n = text_utf8_length(s + i, len - i);
		if (n == 0 || s[i] < 0x20 || s[i] == 0x7f) {
			put_escape(j, s[i]);
			i++;
		} else if (n == 2 && s[i] == 0xc2 && s[i + 1] < 0xa0) {
			put_escape(j, s[i + 1]); /* C1 controls */
			i += 2;
		} else {
			if (s[i] == '"' || s[i] == '\\') {
				put(j, "\\", 1);
			}
			put(j, (const char *)s + i, n);
			i += n;
		}
	}
	put(j, "\"", 1);
}

static void begin(json *j, const char *key)
{
	if (j->comma) {
		put(j, ",", 1);
	}
	j->comma = 1;
	if (key != NULL) {
		put_text(j, (const uint8_t *)key, strlen(key));
		put(j, ":", 1);
	}
}

void json_open(json *j, const char *key, char bracket)
{
	begin(j, key);
	put(j, &bracket, 1);
	j->comma = 0;
}

void json_close(json *j, char bracket)
{
	put(j, &bracket, 1);
	j->comma = 1;
}

void json_text(json *j, const char *key, const void *text, size_t len)
{
	begin(j, key);
	put_text(j, text, len);
}

void json_string(json *j, const char *key, const char *text)
{
	json_text(j, key, text, strlen(text));
}

void json_int(json *j, const char *key, int64_t value)
{
	char digits[20];
	size_t n = sizeof digits;
	uint64_t v = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	do {
		digits[--n] = (char)('0' + v % 10);
		v /= 10;
	} while (v != 0);
	begin(j, key);
	if (value < 0) {
		put(j, "-", 1);
	}
	put(j, digits + n, sizeof digits - n);
}

void json_bool(json *j, const char *key, int value)
{
	json_raw(j, key, value ? "true" : "false", value ? 4 : 5);
}

void json_null(json *j, const char *key)
{
	json_raw(j, key, "null", 4);
}

void json_raw(json *j, const char *key, const char *text, size_t len)
{
	begin(j, key);
	put(j, text, len);
}
