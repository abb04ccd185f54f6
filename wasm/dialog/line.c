#include "dialog/line.h"

#include <string.h>

void line_init(line_reader *r)
{
	r->len = 0;
	r->status = LINE_MORE;
	r->bare = 0;
}

size_t line_feed(line_reader *r, const uint8_t *data, size_t len)
{
	if (r->status == LINE_TOO_LONG) {
		return 0;
	}
	if (r->status == LINE_READY) {
		line_init(r);
	}
	const uint8_t *end = len == 0 ? NULL : memchr(data, '\n', len);
	size_t taken = end != NULL ? (size_t)(end - data) : len;

	if (taken > sizeof r->text - r->len) {
		/* What fits is kept, so that a finding can quote the start however the bytes came. */
		memcpy(r->text + r->len, data, sizeof r->text - r->len);
		r->len = sizeof r->text;
		r->status = LINE_TOO_LONG;
		return 0;
	}
	if (taken != 0) {
		memcpy(r->text + r->len, data, taken);
		r->len += taken;
	}
	if (end == NULL) {
		return taken;
	}
	r->bare = r->len == 0 || r->text[r->len - 1] != '\r';
	r->len -= !r->bare;
	r->status = LINE_READY;
	return taken + 1;
}
