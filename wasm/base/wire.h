/*
 * Numbers and vectors as protocols write them: the highest byte first, a vector after its own length (RFC
 * 8446 3). Errors are sticky: after the first, a reader gives zeros and empty bytes and a writer writes
 * nothing, so that one look at `bad` at the end is enough.
 */
#ifndef MPC_WIRE_H
#define MPC_WIRE_H

#include <stddef.h>
#include <stdint.h>

/* Bytes that belong to somebody else. */
typedef struct {
	const uint8_t *p;
	size_t len;
} bytes;

int bytes_equal(bytes a, bytes b);

/* The number in `size` bytes (at most 8). */
uint64_t wire_number(const uint8_t *p, size_t size);

/* --- reading --- */

typedef struct {
	bytes left;
	int bad; /* more was asked for than there was */
} wire_reader;

wire_reader wire_over(bytes all);
int wire_done(const wire_reader *r); /* nothing is left, or an error */

/* Take from the front: bytes; a number of `size` bytes (at most 4); a vector whose length has `size` bytes. */
bytes wire_take(wire_reader *r, size_t len);
unsigned wire_take_number(wire_reader *r, size_t size);
bytes wire_take_vector(wire_reader *r, size_t size);

/* --- writing --- */

typedef struct {
	uint8_t *p;
	size_t room;
	size_t len; /* written so far */
	int bad;    /* it found no room */
} wire_writer;

void wire_put(wire_writer *w, const void *data, size_t len);
void wire_put_number(wire_writer *w, uint64_t value, size_t size);
void wire_put_vector(wire_writer *w, bytes b, size_t size);

/* A vector whose length is not known yet: what is written after wire_open() is its contents, until
 * wire_close() is given what that returned. */
size_t wire_open(wire_writer *w, size_t size);
void wire_close(wire_writer *w, size_t opened, size_t size);

/* How much was written; 0 where not everything found room. */
size_t wire_written(const wire_writer *w);

#endif
