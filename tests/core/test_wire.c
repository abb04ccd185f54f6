#include "check.h"

#include "base/wire.h"

static const uint8_t data[] = { 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08 };

static bytes first(size_t len)
{
	return (bytes){ data, len };
}

static void test_numbers(void)
{
	CHECK(wire_number(data, 0), ==, 0);
	CHECK(wire_number(data, 1), ==, 0x01);
	CHECK(wire_number(data, 3), ==, 0x010203);
	CHECK(wire_number(data, 8), ==, 0x0102030405060708);
}

static void test_equal(void)
{
	CHECK(bytes_equal(first(2), first(2)), ==, 1);
	CHECK(bytes_equal(first(2), first(3)), ==, 0);
	CHECK(bytes_equal(first(1), (bytes){ data + 1, 1 }), ==, 0);
	CHECK(bytes_equal((bytes){ NULL, 0 }, first(0)), ==, 1);
}

static void test_reading(void)
{
	wire_reader r = wire_over(first(8));

	CHECK(wire_take_number(&r, 2), ==, 0x0102);
	bytes vector = wire_take_vector(&r, 1);
	CHECK(vector.p - data, ==, 3);
	CHECK(vector.len, ==, 3);
	CHECK(wire_done(&r), ==, 0);
	CHECK(wire_take(&r, 2).p - data, ==, 6);
	CHECK(wire_done(&r), ==, 1);
	CHECK(r.bad, ==, 0);
	CHECK(wire_take(&r, 0).len, ==, 0);
	CHECK(r.bad, ==, 0);
	r = wire_over((bytes){ NULL, 0 });
	CHECK(wire_done(&r), ==, 1);
	CHECK(wire_take(&r, 0).len, ==, 0);
	CHECK(r.bad, ==, 0);
}

/* After the first error nothing more is given, even where it would fit. */
static void test_sticky_reading(void)
{
	wire_reader r = wire_over(first(4));

	CHECK(wire_take(&r, 5).p == NULL, ==, 1);
	CHECK(r.bad, ==, 1);
	CHECK(wire_done(&r), ==, 1);
	CHECK(wire_take(&r, 1).p == NULL, ==, 1);
	CHECK(wire_take_number(&r, 1), ==, 0);
	CHECK(wire_take_vector(&r, 1).len, ==, 0);
	r = wire_over(first(1)); /* says that one byte follows */
	CHECK(wire_take_vector(&r, 1).p == NULL, ==, 1);
	CHECK(r.bad, ==, 1);
	r = wire_over(first(1)); /* half a length */
	wire_take_vector(&r, 2);
	CHECK(r.bad, ==, 1);
}

static void test_writing(void)
{
	static const uint8_t expected[] = { 0x12, 0x34, 0, 3, 1, 2, 3, 2, 1, 2 };
	uint8_t out[sizeof expected];

	for (size_t room = 0; room <= sizeof out; room++) {
		wire_writer w = { .p = out, .room = room };
		memset(out, 0xee, sizeof out);
		wire_put_number(&w, 0x1234, 2);
		size_t vector = wire_open(&w, 2);
		wire_put(&w, data, 3);
		wire_close(&w, vector, 2);
		wire_put_vector(&w, first(2), 1);
		wire_put(&w, NULL, 0);
		CHECK(w.bad, ==, room < sizeof out);
		CHECK(wire_written(&w), ==, room < sizeof out ? 0 : sizeof out);
		for (size_t i = room; i < sizeof out; i++) {
			CHECK(out[i], ==, 0xee);
		}
	}
	CHECK(memcmp(out, expected, sizeof out), ==, 0);
}

/* Where something did not fit, what is smaller does not stand in its place. */
static void test_sticky_writing(void)
{
	uint8_t out[2];
	wire_writer w = { .p = out, .room = sizeof out };

	wire_put(&w, data, 3);
	wire_put(&w, data, 1);
	CHECK(w.len, ==, 0);
	CHECK(wire_written(&w), ==, 0);
}

void test_wire(void)
{
	test_numbers();
	test_equal();
	test_reading();
	test_sticky_reading();
	test_writing();
	test_sticky_writing();
}
