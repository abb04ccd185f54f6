#include "check.h"

#include "../../wasm/tls.h"

#include <stdlib.h>

static tls *start(const char *server_name)
{
	static const uint8_t seed[TLS_SEED] = { 1, 2, 3 };
	tls *t = malloc(sizeof *t);

	tls_start(t, server_name, seed);
	return t;
}

/* The whole first flight; how long. */
static size_t hello(const char *server_name, uint8_t *out, size_t room)
{
	tls *t = start(server_name);
	const uint8_t *data;
	size_t len = tls_to_send(t, &data);

	CHECK(len, >, 0);
	CHECK(len, <=, room);
	memcpy(out, data, len);
	tls_sent(t, len);
	CHECK(tls_to_send(t, &data), ==, 0);
	CHECK(tls_established(t) || tls_closed(t), ==, 0);
	free(t);
	return len;
}

static int contains(const uint8_t *data, size_t len, const char *text)
{
	return memmem(data, len, text, strlen(text)) != NULL;
}

static void test_hello(void)
{
	uint8_t one[1024], other[1024];
	size_t len = hello("mail.example.test", one, sizeof one);

	CHECK(one[0], ==, 0x16);
	CHECK(contains(one, len, "mail.example.test"), ==, 1);
	/* The seed is all the randomness there is. */
	CHECK(hello("mail.example.test", other, sizeof other), ==, len);
	CHECK(memcmp(one, other, len), ==, 0);
	/* no SNI for addresses (RFC 6066 section 3) */
	len = hello("192.0.2.1", one, sizeof one);
	CHECK(contains(one, len, "192.0.2.1"), ==, 0);
	CHECK(hello("", one, sizeof one), ==, len);
}

static void failure_case(const char *bytes, size_t len, size_t step, tls_outcome outcome, int number)
{
	tls *t = start("mail.example.test");
	const uint8_t *data;
	int found = -1;

	tls_sent(t, tls_to_send(t, &data));
	for (size_t at = 0; at < len; at += step) {
		tls_receive(t, (const uint8_t *)bytes + at, len - at < step ? len - at : step);
	}
	tls_sent(t, tls_to_send(t, &data)); /* an alert of its own, if any */
	CHECK(tls_closed(t), ==, 1);
	CHECK(tls_failure(t, &found), ==, outcome);
	CHECK(found, ==, number);
	free(t);
}

static void test_failures(void)
{
	static const size_t steps[] = { 64, 1 };

	for (size_t i = 0; i < 2; i++) {
		failure_case("\x15\x03\x03\0\x02\x02\x28", 7, steps[i], TLS_ALERT_RECEIVED, 40);
		failure_case("\x15\x03\x03\0\x02\x01\x00", 7, steps[i], TLS_NOT_FAILED, 0);
		failure_case("\x17\x03\x03\0\x01x", 6, steps[i], TLS_FAILED, BR_ERR_UNEXPECTED);
		failure_case("\x16\x03\x03\xff\xff", 5, steps[i], TLS_FAILED, BR_ERR_BAD_LENGTH);
	}
}

static void test_words(void)
{
	CHECK_TEXT(tls_alert_name(40), "handshake_failure");
	CHECK_TEXT(tls_alert_name(0), "close_notify");
	CHECK_TEXT(tls_alert_name(255), "unassigned");
	CHECK_TEXT(tls_error_name(BR_ERR_BAD_MAC), "BR_ERR_BAD_MAC");
	CHECK_TEXT(tls_error_name(-1), "unknown");
	CHECK_TEXT(tls_version_name(0x0301), "TLS 1.0");
	CHECK_TEXT(tls_version_name(0x0303), "TLS 1.2");
	CHECK_TEXT(tls_version_name(0x0304), "unknown");
}

void test_tls(void)
{
	test_hello();
	test_failures();
	test_words();
}
