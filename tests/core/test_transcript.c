#include "check.h"

#include "transcript.h"

static transcript t;

static void test_words(void)
{
	transcript_init(&t);
	transcript_write(&t, check_writer(), NULL);
	CHECK_TEXT(check_written(), "[]");
	transcript_add(&t, 0, REMARK, "connected", 9);
	transcript_add(&t, 12, FROM_SERVER, "220 \xfc\0", 6);
	transcript_add(&t, 4294967295u, FROM_CLIENT, NULL, 0);
	transcript_write(&t, check_writer(), NULL);
	CHECK_TEXT(check_written(),
		"[{\"t\":0,\"from\":\"-\",\"text\":\"connected\"},"
		"{\"t\":12,\"from\":\"S\",\"text\":\"220 \\u00fc\\u0000\"},"
		"{\"t\":4294967295,\"from\":\"C\",\"text\":\"\"}]");
}

/* Adds lines of this length until it is full; how many, the remark about the rest included. */
static size_t fill(size_t len)
{
	static char line[LIMIT_TRANSCRIPT];

	memset(line, 'x', sizeof line);
	transcript_init(&t);
	for (int i = 0; i < 2 * LIMIT_TRANSCRIPT_ENTRIES; i++) {
		transcript_add(&t, 0, FROM_SERVER, line, len);
	}
	CHECK(t.full, ==, 1);
	CHECK(t.used, <=, sizeof t.text);
	CHECK(t.entry[t.count - 1].from, ==, REMARK);
	CHECK(memcmp(t.text + t.entry[t.count - 1].text, "(the rest is left out)", 22), ==, 0);
	/* A short line that would fit is no more taken than a long one. */
	size_t count = t.count;
	transcript_add(&t, 0, FROM_SERVER, "y", 1);
	CHECK(t.count, ==, count);
	return count;
}

static void test_full(void)
{
	CHECK(fill(0), ==, LIMIT_TRANSCRIPT_ENTRIES);
	CHECK(fill(1), ==, LIMIT_TRANSCRIPT_ENTRIES);
	CHECK(fill(LIMIT_TRANSCRIPT / 4), ==, 4);
	CHECK(fill(LIMIT_TRANSCRIPT), ==, 1);
	CHECK(fill(LIMIT_LINE), ==, 4);
}

void test_transcript(void)
{
	test_words();
	test_full();
}
