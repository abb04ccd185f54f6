#include "check.h"

#include "x509/short_text.h"

static void oid_case(const char *oid, size_t len, const char *expected)
{
	short_text t = { .len = 0 };

	short_text_put_oid(&t, (bytes){ (const uint8_t *)oid, len });
	short_text_write(&t, check_writer(), NULL);
	CHECK_TEXT(check_written(), expected);
}

#define OID_TEXT(oid, expected) oid_case(oid, sizeof oid - 1, "\"" expected "\"")

static void test_object_identifiers(void)
{
	OID_TEXT("\0", "0.0");
	OID_TEXT("\x27", "0.39");
	OID_TEXT("\x28", "1.0");
	OID_TEXT("\x4f\x01", "1.39.1");
	OID_TEXT("\x50", "2.0");
	OID_TEXT("\x59", "2.9");
	OID_TEXT("\x5a", "2.10");
	OID_TEXT("\x81\x34", "2.100");
	OID_TEXT("\x88\x37\x03", "2.999.3");
	OID_TEXT("\x2a\x8f\xff\xff\xff\x7f", "1.2.4294967295");
	OID_TEXT("\x2a\x90\x80\x80\x80\x00", "1.2.4294967296");
	OID_TEXT("\x2a\x81\xff\xff\xff\xff\xff\xff\xff\xff\x7f", "1.2.18446744073709551615");
	/* a UUID as a number (X.667): the highest there is */
	OID_TEXT("\x69\x83\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
		"2.25.340282366920938463463374607431768211455");
	/* and in the place of the first two */
	OID_TEXT("\x90\x80\x80\x80\x80\x00", "2.549755813808");
	/* too long, the longest that is not, and without an end */
	OID_TEXT("\x2a\x81\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80"
			 "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00\x01",
		"1.2.\xe2\x80\xa6");
	OID_TEXT("\x2a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
			 "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f\x01",
		"1.2.26959946667150639794667015087019630673637144422540572481103610249215.1");
	OID_TEXT("\x2a\x81", "1.2.\xe2\x80\xa6");
	OID_TEXT("\x81", "\xe2\x80\xa6");
}

/* What finds no room is left out, with all that follows; the ellipsis always finds some. */
static void test_cut(void)
{
	short_text t = { .len = 0 };

	for (int i = 0; i < 1020; i++) {
		short_text_put(&t, "x", 1);
	}
	short_text_put_string(&t, "ab");
	short_text_put_string(&t, "c");
	CHECK(t.cut, ==, 1);
	CHECK(t.len, ==, 1020);
	short_text_write(&t, check_writer(), NULL);
	CHECK(strlen(check_written()), ==, 1 + 1020 + 3 + 1);
	CHECK_TEXT(check_written() + 1019, "xx\xe2\x80\xa6\"");
}

static void test_numbers(void)
{
	short_text t = { .len = 0 };
	const bytes two = { (const uint8_t *)"\x0a\xff", 2 };

	short_text_put_number(&t, 0);
	short_text_put_number(&t, 4096);
	short_text_put_string(&t, " ");
	short_text_put_hex(&t, two, 0);
	short_text_put_hex(&t, two, 1);
	short_text_write(&t, check_writer(), NULL);
	CHECK_TEXT(check_written(), "\"04096 0AFF\\\\0A\\\\FF\"");
}

void test_short_text(void)
{
	test_object_identifiers();
	test_cut();
	test_numbers();
}
