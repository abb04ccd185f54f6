#include "base/base64.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int base64_encode(const uint8_t *data, size_t len, char *out, size_t room)
{
	if (room < BASE64_LENGTH(len)) {
		return -1;
	}
	for (size_t i = 0; i < len; i += 3) {
		size_t left = len - i;
		uint32_t group = (uint32_t)data[i] << 16 | (left > 1 ? (uint32_t)data[i + 1] << 8 : 0)
			| (left > 2 ? data[i + 2] : 0);
		*out++ = alphabet[group >> 18];
		*out++ = alphabet[group >> 12 & 63];
		*out++ = left > 1 ? alphabet[group >> 6 & 63] : '=';
		*out++ = left > 2 ? alphabet[group & 63] : '=';
	}
	return 0;
}

int base64_value(uint8_t c)
{
	if (c >= 'A' && c <= 'Z') {
		return c - 'A';
	}
	if (c >= 'a' && c <= 'z') {
		return c - 'a' + 26;
	}
	if (c >= '0' && c <= '9') {
		return c - '0' + 52;
	}
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static size_t padding_of(const uint8_t *text, size_t len)
{
	return (size_t)(text[len - 1] == '=') + (text[len - 1] == '=' && text[len - 2] == '=');
}

int base64_decode(const uint8_t *text, size_t len, uint8_t *out, size_t room, size_t *out_len)
{
	*out_len = 0;
	if (len % 4 != 0) {
		return -1;
	}
	size_t padding = len > 0 ? padding_of(text, len) : 0;
	size_t bytes = len / 4 * 3 - padding;
	uint32_t bits = 0;
	if (bytes > room) {
		return -1;
	}
	for (size_t i = 0, written = 0; i < len; i++) {
		int value = i < len - padding ? base64_value(text[i]) : 0;
		if (value < 0) {
			return -1;
		}
		bits = bits << 6 | (uint32_t)value;
		for (int shift = 16; i % 4 == 3 && shift >= 0; shift -= 8) {
			if (written < bytes) {
				out[written++] = (uint8_t)(bits >> shift);
			} else if ((bits >> shift & 0xFF) != 0) {
				return -1; /* what the padding hides must be nothing (RFC 4648 3.5) */
			}
		}
	}
	*out_len = bytes;
	return 0;
}
