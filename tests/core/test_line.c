#include "check.h"

#include "dialog/line.h"

/* All lines that bytes make, each in brackets; "!" where one is too long, "~" for an open rest. */
static const char *lines_of(const uint8_t *data, size_t len, size_t step)
{
	static char out[4 * LIMIT_LINE];
	static line_reader r;
	size_t n = 0;

	line_init(&r);
	for (size_t at = 0; at < len;) {
		size_t piece = len - at < step ? len - at : step;
		size_t took = line_feed(&r, data + at, piece);
		if (r.status == LINE_TOO_LONG) {
			out[n++] = '!';
			break;
		}
		CHECK(took, >, 0);
		at += took;
		if (r.status == LINE_READY) {
			out[n++] = '[';
			memcpy(out + n, r.text, r.len);
			n += r.len;
			out[n++] = ']';
		} else {
			CHECK(took, ==, piece);
		}
	}
	if (r.status == LINE_MORE && r.len > 0) {
		out[n++] = '~';
	}
	out[n] = '\0';
	return out;
}

static void line_case(const char *text, size_t len, const char *expected)
{
	CHECK_TEXT(lines_of((const uint8_t *)text, len, len), expected);
	CHECK_TEXT(lines_of((const uint8_t *)text, len, 1), expected);
	CHECK_TEXT(lines_of((const uint8_t *)text, len, 3), expected);
}

static void test_endings(void)
{
	line_case("220 ready\r\n", 11, "[220 ready]");
	line_case("a\nb\r\n\r\n\nc", 9, "[a][b][][]~");
	line_case("a\r\r\n", 4, "[a\r]");
	line_case("a\rb\n", 4, "[a\rb]");
	line_case("\r", 1, "~");
	line_case("\xff\x80\n", 3, "[\xff\x80]");
	line_case("x\ny", 3, "[x]~");
}

/* What ended the line, whole or a byte at a time. */
static void test_bare(void)
{
	static const uint8_t text[] = "a\r\nb\n\n\r\n";
	static const int bare[] = { 0, 1, 1, 0 };
	static line_reader r;

	for (size_t step = 1; step < sizeof text; step++) {
		size_t lines = 0;
		line_init(&r);
		for (size_t at = 0; at < sizeof text - 1;) {
			size_t left = sizeof text - 1 - at;
			at += line_feed(&r, text + at, left < step ? left : step);
			if (r.status == LINE_READY) {
				CHECK(r.bare, ==, bare[lines]);
				lines++;
			}
		}
		CHECK(lines, ==, 4);
	}
}

static void test_nul(void)
{
	static line_reader r;

	line_init(&r);
	CHECK(line_feed(&r, (const uint8_t *)"a\0b\r\n", 5), ==, 5);
	CHECK(r.status, ==, LINE_READY);
	CHECK(r.len, ==, 3);
	CHECK(memcmp(r.text, "a\0b", 3), ==, 0);
}

/* `length` bytes before the newline: whether they are a line. */
static int is_line(size_t length, size_t step)
{
	static line_reader r;
	static uint8_t data[LIMIT_LINE + 3];
	size_t at = 0;

	line_init(&r);
	memset(data, 'x', length);
	data[length] = '\n';
	while (at < length + 1 && r.status == LINE_MORE) {
		size_t piece = length + 1 - at < step ? length + 1 - at : step;
		at += line_feed(&r, data + at, piece);
	}
	int ready = r.status == LINE_READY;
	if (!ready) {
		/* It stays an error, and takes nothing more. */
		CHECK(r.status, ==, LINE_TOO_LONG);
		CHECK(r.len, ==, LIMIT_LINE); /* what fits is there to be quoted */
		CHECK(line_feed(&r, (const uint8_t *)"\n", 1), ==, 0);
		CHECK(r.status, ==, LINE_TOO_LONG);
	} else {
		CHECK(r.len, ==, length);
	}
	return ready;
}

static void test_limit(void)
{
	static const size_t steps[] = { LIMIT_LINE + 2, 1, 1000 };

	for (size_t i = 0; i < 3; i++) {
		CHECK(is_line(LIMIT_LINE - 1, steps[i]), ==, 1);
		CHECK(is_line(LIMIT_LINE, steps[i]), ==, 1);
		CHECK(is_line(LIMIT_LINE + 1, steps[i]), ==, 0);
		CHECK(is_line(LIMIT_LINE + 2, steps[i]), ==, 0);
	}
}

static void test_nothing(void)
{
	static line_reader r;

	line_init(&r);
	CHECK(line_feed(&r, NULL, 0), ==, 0);
	CHECK(r.status, ==, LINE_MORE);
}

void test_line(void)
{
	test_endings();
	test_bare();
	test_nul();
	test_limit();
	test_nothing();
}
