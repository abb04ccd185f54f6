#include "check.h"

#include "base/calendar.h"
#include "x509/der.h"

#define D(text) der_over((bytes){ (const uint8_t *)(text), sizeof(text) - 1 })

static void test_lengths(void)
{
	static uint8_t big[4 + 65536] = { DER_OCTET_STRING, 0x82, 0xff, 0xff };
	static const char *const wrong[] = {
		"\x04",
		"\x04\x01",
		"\x04\x80",
		"\x04\x81",
		"\x04\x81\x01x",
		"\x04\x81\x7fx",
		"\x04\x82\x01x",
		"\x1f\x81\x01x",
		"\x04\x84\x01\x01\x01\x01x",
		"\x04\x02x",
		"\x04\xffx",
	};
	int tag = 0;
	bytes whole;

	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		der d = der_over((bytes){ (const uint8_t *)wrong[i], strlen(wrong[i]) });
		CHECK(der_any(&d, &tag, &whole).len, ==, 0);
		CHECK(d.bad, ==, 1);
		CHECK(der_done(&d), ==, 1);
	}
	/* a length in more bytes than it needs (X.690 10.1) */
	der d = D("\x04\x82\x00\x80");
	der_any(&d, NULL, NULL);
	CHECK(d.bad, ==, 1);

	d = der_over((bytes){ big, 4 + 65535 });
	CHECK(der_any(&d, &tag, &whole).len, ==, 65535);
	CHECK(tag, ==, DER_OCTET_STRING);
	CHECK(whole.len, ==, sizeof big - 1);
	CHECK(der_done(&d) && !d.bad, ==, 1);
	d = der_over((bytes){ big, 4 + 65534 });
	der_any(&d, NULL, NULL);
	CHECK(d.bad, ==, 1);
}

static void test_sticky(void)
{
	der d = D("\x02\x01\x05\x04\x01x");

	CHECK(der_peek(&d), ==, DER_INTEGER);
	der_take(&d, DER_OCTET_STRING);
	CHECK(d.bad, ==, 1);
	CHECK(der_peek(&d), ==, -1);
	CHECK(der_take(&d, DER_INTEGER).len, ==, 0);
	der inner = der_enter(&d, DER_SEQUENCE);
	CHECK(inner.bad, ==, 1);
	CHECK(der_done(&inner), ==, 1);
	CHECK(der_small_integer(&d), ==, -1);
}

static void test_nested(void)
{
	der d = D("\x30\x05\x30\x03\x01\x01\xff");
	der outer = der_enter(&d, DER_SEQUENCE);
	der inner = der_enter(&outer, DER_SEQUENCE);

	CHECK(der_boolean(&inner), ==, 1);
	CHECK(der_done(&inner) && !inner.bad, ==, 1);
	CHECK(der_done(&outer) && der_done(&d), ==, 1);
	/* an inner element that claims more than the outer has */
	d = D("\x30\x03\x04\x05xyzzy");
	outer = der_enter(&d, DER_SEQUENCE);
	der_take(&outer, DER_OCTET_STRING);
	CHECK(outer.bad, ==, 1);
}

static long integer(const char *text, size_t len)
{
	der d = der_over((bytes){ (const uint8_t *)text, len });
	long value = der_small_integer(&d);
	CHECK(d.bad, ==, value < 0);
	return value;
}

static void test_integers(void)
{
	CHECK(integer("\x02\x01\x00", 3), ==, 0);
	CHECK(integer("\x02\x01\x7f", 3), ==, 127);
	CHECK(integer("\x02\x02\x00\x80", 4), ==, 128);
	CHECK(integer("\x02\x04\x7f\xff\xff\xff", 6), ==, 2147483647);
	CHECK(integer("\x02\x01\xff", 3), ==, -1);
	CHECK(integer("\x02\x02\x00\x7f", 4), ==, -1);
	CHECK(integer("\x02\x00", 2), ==, -1);
	CHECK(integer("\x02\x05\x01\x00\x00\x00\x00", 7), ==, -1);
	CHECK(integer("\x04\x01\x01", 3), ==, -1);
}

static void test_booleans_and_bits(void)
{
	der d = D("\x01\x01\x01");
	CHECK(der_boolean(&d), ==, 0);
	CHECK(d.bad, ==, 1);
	d = D("\x01\x02\xff\xff");
	der_boolean(&d);
	CHECK(d.bad, ==, 1);
	d = D("\x03\x03\x00xy");
	CHECK(der_bits(&d).len, ==, 2);
	CHECK(d.bad, ==, 0);
	d = D("\x03\x03\x01xy");
	der_bits(&d);
	CHECK(d.bad, ==, 1);
	d = D("\x03\x00");
	der_bits(&d);
	CHECK(d.bad, ==, 1);
}

static void time_case(char tag, const char *text, const char *expected)
{
	uint8_t data[64] = { (uint8_t)tag, (uint8_t)strlen(text) };
	char found[CALENDAR_TEXT] = "bad";

	memcpy(data + 2, text, strlen(text));
	der d = der_over((bytes){ data, 2 + strlen(text) });
	int64_t t = der_time(&d);
	if (!d.bad) {
		calendar_text(t, found);
	}
	CHECK_TEXT(found, expected);
}

static void test_times(void)
{
	time_case(DER_UTC_TIME, "260601000000Z", "2026-06-01T00:00:00Z");
	time_case(DER_UTC_TIME, "491231235959Z", "2049-12-31T23:59:59Z");
	time_case(DER_UTC_TIME, "500101000000Z", "1950-01-01T00:00:00Z");
	time_case(DER_GENERALIZED_TIME, "20500101000000Z", "2050-01-01T00:00:00Z");
	time_case(DER_GENERALIZED_TIME, "99991231235959Z", "9999-12-31T23:59:59Z");
	time_case(DER_UTC_TIME, "2606010000Z", "bad");
	time_case(DER_UTC_TIME, "260601000000+0000", "bad");
	time_case(DER_UTC_TIME, "2606010000000", "bad");
	time_case(DER_UTC_TIME, "2606010 0000Z", "bad");
	time_case(DER_UTC_TIME, "261301000000Z", "bad");
	time_case(DER_UTC_TIME, "260601000060Z", "bad");
	time_case(DER_UTC_TIME, "260230000000Z", "bad");
	time_case(DER_GENERALIZED_TIME, "20260601000000.5Z", "bad");
	time_case(DER_GENERALIZED_TIME, "260601000000Z", "bad");
	time_case(DER_OCTET_STRING, "260601000000Z", "bad");
	time_case(DER_UTC_TIME, "", "bad");
}

static void test_equal(void)
{
	const uint8_t *p = (const uint8_t *)"abab";

	CHECK(bytes_equal((bytes){ p, 2 }, (bytes){ p + 2, 2 }), ==, 1);
	CHECK(bytes_equal((bytes){ p, 2 }, (bytes){ p + 1, 2 }), ==, 0);
	CHECK(bytes_equal((bytes){ p, 1 }, (bytes){ p, 2 }), ==, 0);
	CHECK(bytes_equal((bytes){ NULL, 0 }, (bytes){ p, 0 }), ==, 1);
}

void test_der(void)
{
	test_lengths();
	test_sticky();
	test_nested();
	test_integers();
	test_booleans_and_bits();
	test_times();
	test_equal();
}
