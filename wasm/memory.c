/*
 * memset(), memcpy() and memmove() of the WebAssembly module. Those of the small C library go byte by byte, and one
 * probe begins and ends with the clearing of a quarter of a megabyte.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Any memory, at any address: WebAssembly needs no alignment. */
typedef uint64_t __attribute__((may_alias, aligned(1))) word;

void *memset(void *to, int value, size_t len)
{
	uint8_t *p = to;
	uint64_t all = (uint8_t)value * 0x0101010101010101u;

	for (; len >= 4 * sizeof all; len -= 4 * sizeof all, p += 4 * sizeof all) {
		word *w = (word *)p;
		w[0] = all;
		w[1] = all;
		w[2] = all;
		w[3] = all;
	}
	while (len-- > 0) {
		*p++ = (uint8_t)value;
	}
	return to;
}

/* From the lowest byte, which serves memmove(), too, unless its bytes move up. */
void *memcpy(void *to, const void *from, size_t len)
{
	uint8_t *p = to;
	const uint8_t *q = from;

	for (; len >= 2 * sizeof(word); len -= 2 * sizeof(word), p += 2 * sizeof(word)) {
		((word *)p)[0] = ((const word *)q)[0];
		((word *)p)[1] = ((const word *)q)[1];
		q += 2 * sizeof(word);
	}
	while (len-- > 0) {
		*p++ = *q++;
	}
	return to;
}

void *memmove(void *to, const void *from, size_t len)
{
	uint8_t *p = to;
	const uint8_t *q = from;

	if ((size_t)(p - q) >= len) {
		return memcpy(to, from, len);
	}
	while (len-- > 0) {
		p[len] = q[len];
	}
	return to;
}
