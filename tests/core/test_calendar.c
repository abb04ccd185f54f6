#include "check.h"

#include "base/calendar.h"

static const struct {
	const char *text;
	int64_t unix_time;
} dates[] = {
	{ "1970-01-01T00:00:00Z", 0 },
	{ "1969-12-31T23:59:59Z", -1 },
	{ "2000-02-29T12:00:00Z", 951825600 },
	{ "2000-03-01T00:00:00Z", 951868800 },
	{ "2026-11-23T22:00:00Z", 1795471200 },
	{ "2038-01-19T03:14:08Z", 2147483648 },
	{ "2100-02-28T23:59:59Z", 4107542399 },
	{ "2100-03-01T00:00:00Z", 4107542400 },
	{ "0000-01-01T00:00:00Z", -62167219200 },
	{ "9999-12-31T23:59:59Z", 253402300799 },
};

static void test_both_ways(void)
{
	for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
		char text[CALENDAR_TEXT];
		int64_t back = 1;
		calendar_text(dates[i].unix_time, text);
		CHECK_TEXT(text, dates[i].text);
		CHECK(calendar_parse(dates[i].text, &back), ==, 0);
		CHECK(back, ==, dates[i].unix_time);
	}
}

/* Every day of 400 years, by counting. */
static void test_every_day(void)
{
	int64_t expected = 951868800, found; /* 1 March 2000 */
	int wrong = 0;

	for (int day = 0; day < 146097; day++, expected += 86400) {
		char text[CALENDAR_TEXT];
		calendar_text(expected, text);
		wrong += calendar_parse(text, &found) != 0 || found != expected;
	}
	CHECK(wrong, ==, 0);
	char text[CALENDAR_TEXT];
	calendar_text(expected, text);
	CHECK_TEXT(text, "2400-03-01T00:00:00Z");
}

static void test_clamped(void)
{
	char text[CALENDAR_TEXT];

	calendar_text(INT64_MIN, text);
	CHECK_TEXT(text, "0000-01-01T00:00:00Z");
	calendar_text(INT64_MAX, text);
	CHECK_TEXT(text, "9999-12-31T23:59:59Z");
}

static void test_parts(void)
{
	int64_t t = 5;

	CHECK(calendar_to_unix(2023, 2, 29, 0, 0, 0, &t), ==, -1);
	CHECK(calendar_to_unix(2024, 2, 29, 0, 0, 0, &t), ==, 0);
	CHECK(calendar_to_unix(1900, 2, 29, 0, 0, 0, &t), ==, -1);
	CHECK(calendar_to_unix(2024, 0, 1, 0, 0, 0, &t), ==, -1);
	CHECK(calendar_to_unix(2024, 13, 1, 0, 0, 0, &t), ==, -1);
	CHECK(calendar_to_unix(2024, 4, 31, 0, 0, 0, &t), ==, -1);
	CHECK(calendar_to_unix(2024, 4, 0, 0, 0, 0, &t), ==, -1);
	CHECK(calendar_to_unix(2024, 4, 1, 24, 0, 0, &t), ==, -1);
	CHECK(calendar_to_unix(2024, 4, 1, -1, 0, 0, &t), ==, -1);
	CHECK(calendar_to_unix(2024, 4, 1, 0, -1, 0, &t), ==, -1);
	CHECK(calendar_to_unix(2024, 4, 1, 0, 60, 0, &t), ==, -1);
	CHECK(calendar_to_unix(2024, 4, 1, 0, 0, -1, &t), ==, -1);
	CHECK(calendar_to_unix(2024, 4, 1, 0, 0, 61, &t), ==, -1);
	CHECK(calendar_to_unix(-1, 4, 1, 0, 0, 0, &t), ==, -1);
	CHECK(calendar_to_unix(10000, 1, 1, 0, 0, 0, &t), ==, -1);
	int64_t leap = 0;
	CHECK(calendar_to_unix(2016, 12, 31, 23, 59, 60, &leap), ==, 0);
	CHECK(calendar_to_unix(2016, 12, 31, 23, 59, 59, &t), ==, 0);
	CHECK(leap, ==, t);
}

static void test_rfc3339(void)
{
	static const char *const wrong[] = { "", "2026", "2026-01-01", "2026-01-01T00:00:00",
		"2026-01-01 00:00:00Z", "2026-1-01T00:00:00Z", "2026-01-01T00:00:00Zx",
		"2026-13-01T00:00:00Z", "2026-01-01T00:00:00+1:00", "2026-01-01T00:00:00+24:00",
		"2026-01-01T00:00:00+00:60", "2026-01-01T00:00:00+0100", "02026-01-01T00:00:00Z",
		"2026-01-01T00:00Z", "2026/01-01T00:00:00Z", "2026-01/01T00:00:00Z", "2026-0a-01T00:00:00Z",
		"2026-01-0aT00:00:00Z", "2026-01-01Taa:00:00Z", "2026-01-01T00.00:00Z",
		"2026-01-01T00:0a:00Z", "2026-01-01T00:00.00Z", "2026-01-01T00:00:0aZ",
		"2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+0a:00", "2026-01-01T00:00:00+01:0a" };
	static const struct {
		const char *text;
		const char *same;
	} right[] = {
		{ "2026-01-01t00:00:00z", "2026-01-01T00:00:00Z" },
		{ "2026-01-01T00:00:00.125Z", "2026-01-01T00:00:00Z" },
		{ "2026-01-01T01:30:00+01:30", "2026-01-01T00:00:00Z" },
		{ "2025-12-31T16:00:00.9-08:00", "2026-01-01T00:00:00Z" },
		{ "2026-01-01T00:00:00-00:00", "2026-01-01T00:00:00Z" },
	};
	int64_t t, same;

	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		if (!CHECK(calendar_parse(wrong[i], &t), ==, -1)) {
			CHECK_TEXT(wrong[i], "refused");
		}
	}
	for (size_t i = 0; i < sizeof right / sizeof right[0]; i++) {
		CHECK(calendar_parse(right[i].text, &t), ==, 0);
		CHECK(calendar_parse(right[i].same, &same), ==, 0);
		CHECK(t, ==, same);
	}
}

void test_calendar(void)
{
	test_both_ways();
	test_every_day();
	test_clamped();
	test_parts();
	test_rfc3339();
}
