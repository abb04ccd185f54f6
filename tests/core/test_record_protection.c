#include "check.h"

#include <stdio.h>

#include "hex.h"
#include "rfc8448.h"
#include "tls/record_protection.h"

static record_protection ours, theirs;
static uint8_t record[RECORD_HEADER + RECORD_CONTENT_MAX + RECORD_EXPANSION_MAX + 64];
static uint8_t type;
static size_t content;

/* Two records of RFC 8448, to the byte. */
static void trace_case(const char *secret, int kind, const char *text, const char *expected)
{
	uint8_t traffic[32], wanted[128], plain[64];
	size_t len = unhex(text, plain), all = unhex(expected, wanted);

	unhex(secret, traffic);
	record_protection_start(&ours, 0x1301, traffic);
	memcpy(record + RECORD_HEADER, plain, len);
	CHECK(record_seal(&ours, (uint8_t)kind, record, len), ==, all);
	CHECK(memcmp(record, wanted, all), ==, 0);
	record_protection_start(&theirs, 0x1301, traffic);
	CHECK(record_open(&theirs, record, all, &type, &content), ==, RECORD_OPENED);
	CHECK(type, ==, kind);
	CHECK(content, ==, len);
	CHECK(memcmp(record + RECORD_HEADER, plain, len), ==, 0);
}

static void start(uint16_t suite)
{
	static const uint8_t secret[48] = { 1, 2, 3 };

	record_protection_start(&ours, suite, secret);
	record_protection_start(&theirs, suite, secret);
}

static size_t seal(const char *text, size_t padding)
{
	size_t len = strlen(text);

	memcpy(record + RECORD_HEADER, text, len);
	if (padding > 0) {
		record[RECORD_HEADER + len] = 23;
		memset(record + RECORD_HEADER + len + 1, 0, padding);
		return record_seal(&ours, 0, record, len + padding);
	}
	return record_seal(&ours, 23, record, len);
}

static void suite_case(uint16_t suite)
{
	start(suite);
	/* many in order: the sequence number counts */
	for (int i = 0; i < 300; i++) {
		size_t len = seal("a001 OK", i % 3 * 50);
		CHECK(record_open(&theirs, record, len, &type, &content), ==, RECORD_OPENED);
		CHECK(content, ==, 7);
		CHECK(type, ==, 23);
	}
	/* each byte of it counts, the header too */
	for (size_t at = 0; at < RECORD_HEADER + 7 + RECORD_EXPANSION; at++) {
		start(suite);
		size_t len = seal("a001 OK", 0);
		record[at] ^= 0x10;
		CHECK(record_open(&theirs, record, len, &type, &content), ==, RECORD_BAD_MAC);
	}
	/* the same one twice, and one that is missing */
	start(suite);
	size_t len = seal("a", 0);
	uint8_t copy[64];
	memcpy(copy, record, len);
	CHECK(record_open(&theirs, record, len, &type, &content), ==, RECORD_OPENED);
	CHECK(record_open(&theirs, copy, len, &type, &content), ==, RECORD_BAD_MAC);
	start(suite);
	seal("a", 0);
	len = seal("b", 0);
	CHECK(record_open(&theirs, record, len, &type, &content), ==, RECORD_BAD_MAC);
	/* too short to be any */
	CHECK(record_open(&theirs, record, RECORD_HEADER + 16, &type, &content), ==, RECORD_BAD_MAC);
	/* nothing but padding */
	start(suite);
	memset(record, 0, sizeof record);
	len = record_seal(&ours, 0, record, 20);
	CHECK(record_open(&theirs, record, len, &type, &content), ==, RECORD_TYPELESS);
	/* an empty one, the largest, and one more than that */
	start(suite);
	len = record_seal(&ours, 23, record, 0);
	CHECK(record_open(&theirs, record, len, &type, &content), ==, RECORD_OPENED);
	CHECK(content, ==, 0);
	len = record_seal(&ours, 23, record, RECORD_CONTENT_MAX);
	CHECK(record_open(&theirs, record, len, &type, &content), ==, RECORD_OPENED);
	CHECK(content, ==, RECORD_CONTENT_MAX);
	len = record_seal(&ours, 23, record, RECORD_CONTENT_MAX + 1);
	CHECK(record_open(&theirs, record, len, &type, &content), ==, RECORD_TOO_LONG);
}

void test_record_protection(void)
{
	static const uint16_t suites[] = { 0x1301, 0x1302, 0x1303 };
	char numbers[101] = "";

	trace_case(
		RFC8448_CLIENT_HANDSHAKE, 22, RFC8448_CLIENT_FINISHED, RFC8448_CLIENT_FINISHED_RECORD);
	for (int i = 0; i < 50; i++) {
		snprintf(numbers + 2 * i, 3, "%02x", i);
	}
	trace_case(RFC8448_CLIENT_APPLICATION, 23, numbers, RFC8448_CLIENT_DATA_RECORD);
	for (size_t i = 0; i < sizeof suites / sizeof suites[0]; i++) {
		suite_case(suites[i]);
	}
	CHECK(record_suite_hash(0x1304) == NULL, ==, 1);
	CHECK(record_suite_hash(0x1302) == &br_sha384_vtable, ==, 1);
}
