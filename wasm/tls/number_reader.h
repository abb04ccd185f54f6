/*
 * A number of a message that comes in piece by piece, such as a length: its bytes, the highest first (RFC 8446 3.3),
 * may come in different records.
 */
#ifndef MPC_NUMBER_READER_H
#define MPC_NUMBER_READER_H

#include <stdint.h>

typedef struct {
	unsigned value; /* as far as it has come */
	unsigned size;  /* how many bytes it has … */
	unsigned left;  /* … and how many of them are still to come */
} number_reader;

/* Of 1 to 4 bytes. */
void number_reader_expect(number_reader *r, unsigned size);
/* Takes one byte of it; returns whether that was the last. */
int number_reader_take(number_reader *r, uint8_t byte);
/* Whether nothing of it has come yet. */
int number_reader_fresh(const number_reader *r);

#endif
