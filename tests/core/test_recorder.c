#include "check.h"

#include "tls/recorder.h"

static recorder r;

static void give(const uint8_t *data, size_t len, size_t step)
{
	recorder_begin_certificate(&r, len);
	for (size_t at = 0; at < len; at += step) {
		recorder_append(&r, data + at, len - at < step ? len - at : step);
	}
}

static recorder_result record(const char *name, size_t step)
{
	const chain *c = check_chain(name);

	recorder_begin(&r);
	for (size_t i = 0; i < c->count; i++) {
		give(c->list[i].der.p, c->list[i].der.len, step);
	}
	return recorder_end(&r);
}

static void test_record(size_t step)
{
	static chain kept;

	CHECK(record("good", step), ==, RECORDER_USABLE);
	recorder_chain(&r, &kept);
	const chain *given = check_chain("good");
	CHECK(kept.count, ==, given->count);
	CHECK(kept.dropped, ==, 0);
	for (size_t i = 0; i < kept.count; i++) {
		CHECK(kept.readable[i], ==, 1);
		CHECK(bytes_equal(kept.list[i].der, given->list[i].der), ==, 1);
	}
	CHECK(r.key.kind, ==, KEY_RSA);
	CHECK(r.key.rsa.modulus.len, ==, 256);
	CHECK(r.key_unusable, ==, 0);
}

/* Bad certificates are none of its business, as long as their key is of use. */
static void test_keys(void)
{
	CHECK(record("expired-and-wrong-name", 4096), ==, RECORDER_USABLE);
	CHECK(record("ec-384", 4096), ==, RECORDER_USABLE);
	CHECK(r.key.curve, ==, 24); /* secp384r1 (RFC 8422 5.1.1) */
	CHECK(record("ed25519", 4096), ==, RECORDER_USABLE);
	CHECK(r.key.kind, ==, KEY_ED25519);
	CHECK(record("ed448", 4096), ==, RECORDER_UNUSABLE);
	CHECK(r.key_unusable, ==, 1);
	CHECK(r.key.kind, ==, KEY_ED448);
	CHECK(record("malformed", 4096), ==, RECORDER_UNREADABLE);
	CHECK(r.key_unusable, ==, 1);
	CHECK(r.count, ==, 2);
	recorder_begin(&r);
	CHECK(recorder_end(&r), ==, RECORDER_EMPTY);
}

static void test_too_many(void)
{
	bytes der = check_chain("good")->list[0].der;
	static chain kept;

	recorder_begin(&r);
	for (int i = 0; i < LIMIT_CERTIFICATES + 2; i++) {
		give(der.p, der.len, 4096);
	}
	CHECK(recorder_end(&r), ==, RECORDER_USABLE);
	recorder_chain(&r, &kept);
	CHECK(kept.count, ==, LIMIT_CERTIFICATES);
	CHECK(kept.dropped, ==, 2);
}

/* One that does not fit is dropped whole; a smaller one after it still fits. */
static void test_too_big(void)
{
	static uint8_t big[LIMIT_CHAIN + 1];
	bytes der = check_chain("good")->list[0].der;
	static chain kept;

	recorder_begin(&r);
	give(big, LIMIT_CHAIN - der.len, 4096);
	give(big, der.len + 1, 4096);
	give(der.p, der.len, 4096);
	give(big, 1, 1);
	CHECK(recorder_end(&r), ==, RECORDER_UNREADABLE);
	recorder_chain(&r, &kept);
	CHECK(kept.count, ==, 2);
	CHECK(kept.dropped, ==, 2);
	CHECK(kept.readable[0], ==, 0);
	CHECK(kept.readable[1], ==, 1);
	CHECK(r.past_limits, ==, 0);
	/* where the first one is too large, the second does not stand in its place */
	recorder_begin(&r);
	give(big, LIMIT_CHAIN + 1, 4096);
	give(der.p, der.len, 4096);
	CHECK(recorder_end(&r), ==, RECORDER_EMPTY);
	CHECK(r.past_limits, ==, 1);
	CHECK(r.dropped, ==, 2);
	CHECK(record("too-many-extensions", 4096), ==, RECORDER_UNREADABLE);
	CHECK(r.past_limits, ==, 1);
	/* and so for who reads a whole message */
	recorder_begin(&r);
	recorder_append_message(&r, (const uint8_t *)"\x02\x00\x03\x02\x00\x00", 6);
	for (int i = 0; i < 2; i++) {
		recorder_append_message(&r, big, LIMIT_CHAIN);
	}
	CHECK(recorder_end_message(&r), ==, 0);
	CHECK(r.past_limits, ==, 1);
	recorder_chain(&r, &kept);
	findings found;
	findings_init(&found);
	CHECK(judge_chain(&kept, "mail.example.test", 0, KEY_USE_ANY, check_roots(), NULL, &found), ==,
		0);
	findings_write(&found, check_writer(), NULL);
	CHECK_TEXT(check_written(),
		"[{\"id\":\"beyond-our-reach\",\"args\":{\"reason\":\"certificate-size\"}}]");
}

/* More than was announced, or than anything was announced for, is left out. */
static void test_too_much(void)
{
	static chain kept;

	recorder_begin(&r);
	recorder_append(&r, (const uint8_t *)"early", 5);
	recorder_begin_certificate(&r, 2);
	recorder_append(&r, (const uint8_t *)"0\0more", 6);
	recorder_append(&r, (const uint8_t *)"and more", 8);
	CHECK(recorder_end(&r), ==, RECORDER_UNREADABLE);
	recorder_chain(&r, &kept);
	CHECK(kept.count, ==, 1);
	CHECK(kept.list[0].der.len, ==, 2);
	CHECK(r.used, ==, 2);
}

/* More certificates than are kept: what fits is kept, the rest counted. */
static void test_many_certificates(void)
{
	const chain *good = check_chain("good");
	bytes der = good->list[0].der;
	static uint8_t message[3 + (LIMIT_CERTIFICATES + 3) * 3000];
	static chain kept;
	size_t at = 3;

	for (int i = 0; i < LIMIT_CERTIFICATES + 2; i++) {
		message[at++] = 0;
		message[at++] = (uint8_t)(der.len >> 8);
		message[at++] = (uint8_t)der.len;
		memcpy(message + at, der.p, der.len);
		at += der.len;
	}
	message[0] = 0;
	message[1] = (uint8_t)((at - 3) >> 8);
	message[2] = (uint8_t)(at - 3);
	recorder_begin(&r);
	recorder_append_message(&r, message, at);
	CHECK(recorder_end_message(&r), ==, 0);
	recorder_chain(&r, &kept);
	CHECK(kept.count, ==, LIMIT_CERTIFICATES);
	CHECK(kept.dropped, ==, 2);

	recorder_begin(&r);
	for (size_t given = 0; given < LIMIT_CHAIN + 5000; given += at) {
		recorder_append_message(&r, message, at);
	}
	CHECK(recorder_end_message(&r), ==, 0);
	CHECK(r.overflowed, ==, 1);
	CHECK(r.dropped > 0, ==, 1);
	CHECK(r.used, ==, LIMIT_CHAIN);
}

void test_recorder(void)
{
	test_record(1 << 20);
	test_record(1);
	test_record(100);
	test_keys();
	test_too_many();
	test_too_big();
	test_too_much();
	test_many_certificates();
}
