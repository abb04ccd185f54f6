/*
 * Cuts a stream of bytes into lines. A line ends with LF; one CR before it is dropped. NUL and
 * 8-bit bytes are data. A line longer than LIMIT_LINE is an error, and stays one.
 */
#ifndef MPC_LINE_H
#define MPC_LINE_H

#include "base/limits.h"

#include <stddef.h>
#include <stdint.h>

typedef enum { LINE_MORE, LINE_READY, LINE_TOO_LONG } line_status;

typedef struct {
	uint8_t text[LIMIT_LINE];
	size_t len;
	line_status status;
	int bare; /* the line ended with LF alone */
} line_reader;

void line_init(line_reader *r);

/*
 * Takes bytes up to the end of one line and returns how many it took. With LINE_READY the line is
 * text[0..len), without its ending, until the next call.
 */
size_t line_feed(line_reader *r, const uint8_t *data, size_t len);

#endif
