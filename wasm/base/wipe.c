#include "base/wipe.h"

#include <string.h>

/* A function that a compiler cannot see through has to be called, and with this memory. */
static void *(*const volatile clear)(void *, int, size_t) = memset;

void wipe(void *data, size_t len)
{
	if (len > 0) {
		clear(data, 0, len);
	}
}
