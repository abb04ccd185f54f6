#include "base/ip_address.h"

#include <string.h>

static size_t parse_ipv4(const char *s, uint8_t *out)
{
	for (int i = 0; i < 4; i++) {
		int value = 0, digits = 0;
		for (; *s >= '0' && *s <= '9' && digits < 4; s++, digits++) {
			value = value * 10 + (*s - '0');
		}
		if (digits == 0 || digits > 3 || value > 255 || *s != (i < 3 ? '.' : '\0')) {
			return 0;
		}
		out[i] = (uint8_t)value;
		s++;
	}
	return 4;
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0'
		: c >= 'a' && c <= 'f'  ? c - 'a' + 10
		: c >= 'A' && c <= 'F'  ? c - 'A' + 10
								: -1;
}

static size_t parse_ipv6(const char *s, uint8_t *out)
{
	uint8_t part[16];
	size_t len = 0, gap = 17;

	if (s[0] == ':' && s[1] == ':') {
		gap = 0;
		s += 2;
	}
	while (*s != '\0') {
		if (strchr(s, ':') == NULL && strchr(s, '.') != NULL) {
			if (len > 12 || parse_ipv4(s, part + len) == 0) {
				return 0;
			}
			len += 4;
			break;
		}
		int value = 0, digits = 0;
		for (; hex_digit(*s) >= 0 && digits < 4; s++, digits++) {
			value = value << 4 | hex_digit(*s);
		}
		if (digits == 0 || len > 14) {
			return 0;
		}
		part[len++] = (uint8_t)(value >> 8);
		part[len++] = (uint8_t)value;
		if (*s == ':' && s[1] == ':' && gap == 17) {
			gap = len;
			s += 2;
		} else if (*s == ':' && s[1] != '\0' && s[1] != ':') {
			s++;
		} else if (*s != '\0') {
			return 0;
		}
	}
	if (gap == 17 ? len != 16 : len > 14) {
		return 0;
	}
	size_t head = gap == 17 ? len : gap;
	memset(out, 0, 16);
	memcpy(out, part, head);
	memcpy(out + 16 - (len - head), part + head, len - head);
	return 16;
}

size_t ip_parse(const char *text, uint8_t out[16])
{
	size_t len = parse_ipv4(text, out);
	return len != 0 ? len : strchr(text, ':') != NULL ? parse_ipv6(text, out) : 0;
}

static size_t put_ip_part(char *out, unsigned value, unsigned base)
{
	char digits[5];
	size_t n = 0, len = 0;
	do {
		digits[n++] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value != 0);
	while (n > 0) {
		out[len++] = digits[--n];
	}
	return len;
}

size_t ip_text(bytes ip, char out[IP_TEXT])
{
	size_t len = 0;

	if (ip.len != 4 && ip.len != 16) {
		return 0;
	}
	for (size_t i = 0; ip.len == 4 && i < 4; i++) {
		len += put_ip_part(out + len, ip.p[i], 10);
		out[len++] = '.';
	}
	for (size_t i = 0; ip.len == 16 && i < 16; i += 2) {
		len += put_ip_part(out + len, (unsigned)wire_number(ip.p + i, 2), 16);
		out[len++] = ':';
	}
	return len - 1; /* the last separator is one too many */
}
