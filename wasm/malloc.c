/*
 * malloc() of the WebAssembly module. A page asks for little else than some dozen probes, which are all of one size, and
 * for texts that live as long as a call: what is free is a list in the order of addresses, of which the first that is
 * large enough is taken.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = 16, PAGE = 65536 };

typedef struct block {
	size_t size; /* this header included */
	struct block *next;
} block;

_Static_assert(sizeof(block) <= ALIGN, "what is given is not aligned");

/* Where the linker says that memory ends which has a use. */
extern char __heap_base;

static block first; /* stands before all of the list */
static uintptr_t end;

static block *header_of(void *given)
{
	return (block *)((uintptr_t)given - ALIGN);
}

static int adjoin(const block *b, const block *next)
{
	return (uintptr_t)b + b->size == (uintptr_t)next;
}

void free(void *given)
{
	block *before = &first, *b = header_of(given);

	if (given == NULL) {
		return;
	}
	while (before->next != NULL && before->next < b) {
		before = before->next;
	}
	b->next = before->next;
	before->next = b;
	if (b->next != NULL && adjoin(b, b->next)) {
		b->size += b->next->size;
		b->next = b->next->next;
	}
	if (adjoin(before, b)) {
		before->size += b->size;
		before->next = b->next;
	}
}

/* Adds to the list what memory there is, first, and then as much more as is needed: 0 where there is none. */
static int grow(size_t size)
{
	if (end == 0) {
		end = ((uintptr_t)&__heap_base + ALIGN - 1) / ALIGN * ALIGN;
	} else if (__builtin_wasm_memory_grow(0, size / PAGE + 1) == SIZE_MAX) {
		return 0;
	}
	block *b = (block *)end;
	end = __builtin_wasm_memory_size(0) * PAGE;
	b->size = end - (uintptr_t)b;
	free((uint8_t *)b + ALIGN);
	return 1;
}

void *malloc(size_t len)
{
	size_t size = (len + 2 * ALIGN - 1) / ALIGN * ALIGN;

	if (size < len) {
		return NULL;
	}
	do {
		for (block *before = &first, *b; (b = before->next) != NULL; before = b) {
			if (b->size > size) {
				block *rest = (block *)((uintptr_t)b + size);
				rest->size = b->size - size;
				rest->next = b->next;
				before->next = rest;
				b->size = size;
				return (uint8_t *)b + ALIGN;
			}
			if (b->size == size) {
				before->next = b->next;
				return (uint8_t *)b + ALIGN;
			}
		}
	} while (grow(size));
	return NULL;
}

void *realloc(void *given, size_t len)
{
	void *moved = malloc(len);

	if (moved != NULL && given != NULL) {
		size_t had = header_of(given)->size - ALIGN;
		memcpy(moved, given, had < len ? had : len);
		free(given);
	}
	return moved;
}
