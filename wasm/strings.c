/*
 * What the core uses of <string.h>, for the WebAssembly module: those of the small C library read by words, or build tables
 * first, which no text here is long enough for.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

size_t strlen(const char *text)
{
	const char *end = text;

	while (*end != '\0') {
		end++;
	}
	return (size_t)(end - text);
}

int strncmp(const char *a, const char *b, size_t len)
{
	for (; len > 0; len--, a++, b++) {
		if (*a != *b || *a == '\0') {
			return (uint8_t)*a - (uint8_t)*b;
		}
	}
	return 0;
}

int strcmp(const char *a, const char *b)
{
	return strncmp(a, b, SIZE_MAX);
}

int memcmp(const void *a, const void *b, size_t len)
{
	const uint8_t *p = a, *q = b;

	for (; len > 0; len--, p++, q++) {
		if (*p != *q) {
			return *p - *q;
		}
	}
	return 0;
}

void *memchr(const void *data, int value, size_t len)
{
	const uint8_t *p = data;

	for (; len > 0; len--, p++) {
		if (*p == (uint8_t)value) {
			return (void *)p;
		}
	}
	return NULL;
}

char *strchr(const char *text, int value)
{
	return memchr(text, value, strlen(text) + 1);
}

char *strstr(const char *text, const char *part)
{
	size_t len = strlen(part);

	for (; strncmp(text, part, len) != 0; text++) {
		if (*text == '\0') {
			return NULL;
		}
	}
	return (char *)text;
}

char *strcpy(char *restrict to, const char *restrict from)
{
	return memcpy(to, from, strlen(from) + 1);
}

char *strcat(char *restrict to, const char *restrict from)
{
	strcpy(to + strlen(to), from);
	return to;
}

size_t strcspn(const char *text, const char *stops)
{
	const char *end = text;

	while (*end != '\0' && strchr(stops, *end) == NULL) {
		end++;
	}
	return (size_t)(end - text);
}

char *strpbrk(const char *text, const char *wanted)
{
	text += strcspn(text, wanted);
	return *text == '\0' ? NULL : (char *)text;
}
