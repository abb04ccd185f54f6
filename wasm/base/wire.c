#include "base/wire.h"

#include <string.h>

int bytes_equal(bytes a, bytes b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

uint64_t wire_number(const uint8_t *p, size_t size)
{
	uint64_t value = 0;

	for (size_t i = 0; i < size; i++) {
		value = value << 8 | p[i];
	}
	return value;
}

wire_reader wire_over(bytes all)
{
	return (wire_reader){ all, 0 };
}

int wire_done(const wire_reader *r)
{
	return r->bad || r->left.len == 0;
}

bytes wire_take(wire_reader *r, size_t len)
{
	bytes taken = { r->left.p, len };

	if (r->bad || len > r->left.len) {
		r->bad = 1;
		return (bytes){ NULL, 0 };
	}
	if (len != 0) { /* C allows no sums with a null pointer */
		r->left.p += len;
		r->left.len -= len;
	}
	return taken;
}

unsigned wire_take_number(wire_reader *r, size_t size)
{
	bytes number = wire_take(r, size);
	return (unsigned)wire_number(number.p, number.len);
}

bytes wire_take_vector(wire_reader *r, size_t size)
{
	return wire_take(r, wire_take_number(r, size));
}

void wire_put(wire_writer *w, const void *data, size_t len)
{
	w->bad |= len > w->room - w->len;
	if (!w->bad && len != 0) {
		memcpy(w->p + w->len, data, len);
		w->len += len;
	}
}

void wire_put_number(wire_writer *w, uint64_t value, size_t size)
{
	uint8_t number[8];

	for (size_t i = 0; i < size; i++) {
		number[i] = (uint8_t)(value >> 8 * (size - 1 - i));
	}
	wire_put(w, number, size);
}

void wire_put_vector(wire_writer *w, bytes b, size_t size)
{
	wire_put_number(w, b.len, size);
	wire_put(w, b.p, b.len);
}

size_t wire_open(wire_writer *w, size_t size)
{
	wire_put_number(w, 0, size);
	return w->len;
}

void wire_close(wire_writer *w, size_t opened, size_t size)
{
	if (!w->bad) {
		wire_writer length = { .p = w->p + opened - size, .room = size };
		wire_put_number(&length, w->len - opened, size);
	}
}

size_t wire_written(const wire_writer *w)
{
	return w->bad ? 0 : w->len;
}
