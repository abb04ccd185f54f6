#include "check.h"

static void text_case(const char *text, size_t len, const char *expected)
{
	json_text(check_writer(), NULL, text, len);
	CHECK_TEXT(check_written(), expected);
}

static void test_strings(void)
{
	static const struct {
		const char *text;
		const char *expected;
	} cases[] = {
		{ "", "\"\"" },
		{ "a\"b\\c/", "\"a\\\"b\\\\c/\"" },
		{ "\x01\t\r\n\x1f\x7f", "\"\\u0001\\u0009\\u000d\\u000a\\u001f\\u007f\"" },
		{ "gr\xc3\xbc\xc3\x9f", "\"gr\xc3\xbc\xc3\x9f\"" },
		{ "gr\xfc\xdf", "\"gr\\u00fc\\u00df\"" },
		{ "\xe2\x82\xac \xf0\x9f\x93\xac", "\"\xe2\x82\xac \xf0\x9f\x93\xac\"" },
		/* what only looks like UTF-8: overlong, surrogates, past the end, cut off */
		{ "\xc0\x80", "\"\\u00c0\\u0080\"" },
		{ "\xc1\xbf", "\"\\u00c1\\u00bf\"" },
		{ "\xe0\x9f\xbf", "\"\\u00e0\\u009f\\u00bf\"" },
		{ "\xed\xa0\x80", "\"\\u00ed\\u00a0\\u0080\"" },
		{ "\xf0\x8f\xbf\xbf", "\"\\u00f0\\u008f\\u00bf\\u00bf\"" },
		{ "\xf4\x90\x80\x80", "\"\\u00f4\\u0090\\u0080\\u0080\"" },
		{ "\xe2\x82", "\"\\u00e2\\u0082\"" },
		{ "\x80x", "\"\\u0080x\"" },
		/* C1 control characters, though well-formed */
		{ "\xc2\x85\xc2\x9f\xc2\xa0", "\"\\u0085\\u009f\xc2\xa0\"" },
		{ "\xed\x9f\xbf\xef\xbf\xbf\xf4\x8f\xbf\xbf",
			"\"\xed\x9f\xbf\xef\xbf\xbf\xf4\x8f\xbf\xbf\"" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		text_case(cases[i].text, strlen(cases[i].text), cases[i].expected);
	}
	text_case("a\0b", 3, "\"a\\u0000b\"");
	text_case("\xe2\x82\xac", 2, "\"\\u00e2\\u0082\"");
}

static void test_numbers(void)
{
	json *j = check_writer();
	json_open(j, NULL, '[');
	json_int(j, NULL, 0);
	json_int(j, NULL, -1);
	json_int(j, NULL, INT64_MAX);
	json_int(j, NULL, INT64_MIN);
	json_bool(j, NULL, 7);
	json_bool(j, NULL, 0);
	json_null(j, NULL);
	json_close(j, ']');
	CHECK_TEXT(check_written(), "[0,-1,9223372036854775807,-9223372036854775808,true,false,null]");
}

static void write_nested(json *j)
{
	json_open(j, NULL, '{');
	json_open(j, "empty", '{');
	json_close(j, '}');
	json_open(j, "list", '[');
	json_string(j, NULL, "a");
	json_open(j, NULL, '[');
	json_close(j, ']');
	json_raw(j, NULL, "{\"x\":1}", 7);
	json_close(j, ']');
	json_int(j, "k\"ey", 5);
	json_close(j, '}');
}

static const char nested[] = "{\"empty\":{},\"list\":[\"a\",[],{\"x\":1}],\"k\\\"ey\":5}";

/* Whatever the room, the length is the same, and nothing past the room is touched. */
static void test_room(void)
{
	json j;

	write_nested(check_writer());
	CHECK_TEXT(check_written(), nested);
	json_init(&j, NULL, 0);
	write_nested(&j);
	CHECK(j.len, ==, sizeof nested - 1);
	for (size_t room = 0; room < sizeof nested; room++) {
		char buf[sizeof nested + 1];
		memset(buf, '#', sizeof buf);
		json_init(&j, buf, room);
		write_nested(&j);
		CHECK(j.len, ==, sizeof nested - 1);
		CHECK(memcmp(buf, nested, room), ==, 0);
		CHECK(buf[room], ==, '#');
	}
}

void test_json(void)
{
	test_strings();
	test_numbers();
	test_room();
}
