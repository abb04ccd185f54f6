/* libFuzzer: the line reader gives the same lines however the bytes are cut, and never one too long. */
#include "dialog/line.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct {
	size_t lines;
	size_t bytes;
	line_status end;
} outcome;

static outcome read_all(const uint8_t *data, size_t size, size_t piece)
{
	static line_reader r;
	outcome o = { 0, 0, LINE_MORE };

	line_init(&r);
	for (size_t at = 0; at < size;) {
		size_t n = size - at < piece ? size - at : piece;
		for (size_t used = 0; used < n;) {
			size_t took = line_feed(&r, data + at + used, n - used);
			if (r.status == LINE_TOO_LONG) {
				o.end = LINE_TOO_LONG;
				return o;
			}
			if (took == 0 || r.len > LIMIT_LINE) {
				abort();
			}
			used += took;
			if (r.status == LINE_READY) {
				o.lines++;
				o.bytes += r.len;
			}
		}
		at += n;
	}
	return o;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	outcome whole = read_all(data, size, size + 1), single = read_all(data, size, 1);

	if (whole.lines != single.lines || whole.bytes != single.bytes || whole.end != single.end) {
		abort();
	}
	return 0;
}
