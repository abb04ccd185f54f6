#include "check.h"

#include "hex.h"
#include "rfc8448.h"
#include "tls/certificate_message.h"

#include <stdlib.h>

static recorder *record;

/* The alert of a body that comes in pieces. */
static int read_body(const uint8_t *body, size_t len, size_t step)
{
	certificate_message m;
	int alert = 0;

	certificate_message_begin(&m, record);
	for (size_t at = 0; at < len && alert == 0; at += step) {
		alert = certificate_message_read(&m, body + at, len - at < step ? len - at : step);
	}
	return alert != 0 ? alert : certificate_message_end(&m);
}

static void test_trace(void)
{
	uint8_t message[1024];
	size_t len = unhex(RFC8448_CERTIFICATE, message);
	const size_t steps[] = { 1024, 1, 7 };

	for (size_t i = 0; i < 3; i++) {
		CHECK(read_body(message + 4, len - 4, steps[i]), ==, 0);
		CHECK(record->count, ==, 1);
		CHECK(record->used, ==, 432);
		CHECK(recorder_end(record), ==, RECORDER_USABLE);
		CHECK(record->key.kind, ==, KEY_RSA);
	}
	/* cut off anywhere it is none */
	for (size_t cut = 0; cut < len - 4; cut++) {
		CHECK(read_body(message + 4, cut, 1024), ==, 50);
	}
	message[len++] = 0;
	CHECK(read_body(message + 4, len - 4, 1024), ==, 50);
}

static void test_rules(void)
{
	static const struct {
		const char *body;
		int alert;
	} cases[] = {
		{ "00000000", 0 }, /* no certificate: for who knows what that means */
		{ "0000000801020303" /* context, … */, 50 },
		{ "01000000", 47 },                          /* a context, where a server has none */
		{ "00000006000001aa0000", 0 },               /* one, of one byte */
		{ "0000000c000001aa0000000001bb0000", 0 },   /* two */
		{ "00000005000000aa00", 50 },                /* an empty one */
		{ "00000006000002aaaa00", 50 },              /* its extensions end too early */
		{ "00000006000003aabbcc", 50 },              /* … have no room at all */
		{ "00000006000009aabbcc", 50 },              /* longer than the list */
		{ "0000000a000001aa000400050000", 109 + 1 }, /* status_request, which we did not send */
		{ "00000006000001aa000000", 50 },            /* something behind it */
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		uint8_t body[64];
		size_t len = unhex(cases[i].body, body);
		CHECK(read_body(body, len, 64), ==, cases[i].alert);
		CHECK(read_body(body, len, 1), ==, cases[i].alert);
	}
}

void test_certificate_message(void)
{
	record = malloc(sizeof *record);
	test_trace();
	test_rules();
	free(record);
}
