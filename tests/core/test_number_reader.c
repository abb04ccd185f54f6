#include "check.h"

#include "tls/number_reader.h"

static void number_case(unsigned size, const uint8_t *data, unsigned expected)
{
	number_reader r;

	number_reader_expect(&r, size);
	CHECK(number_reader_fresh(&r), ==, 1);
	for (unsigned i = 0; i < size; i++) {
		CHECK(number_reader_take(&r, data[i]), ==, i == size - 1);
		CHECK(number_reader_fresh(&r), ==, 0);
	}
	CHECK(r.value, ==, expected);
}

void test_number_reader(void)
{
	static const uint8_t data[] = { 0xfe, 0xdc, 0xba, 0x98 }, zeros[3] = { 0 };

	number_case(1, data, 0xfe);
	number_case(2, data, 0xfedc);
	number_case(3, data, 0xfedcba);
	number_case(4, data, 0xfedcba98);
	number_case(3, zeros, 0);
	/* The next has nothing of the one before. */
	number_reader r;
	number_reader_expect(&r, 2);
	number_reader_take(&r, 7);
	number_reader_expect(&r, 1);
	CHECK(number_reader_fresh(&r), ==, 1);
	CHECK(number_reader_take(&r, 9), ==, 1);
	CHECK(r.value, ==, 9);
}
