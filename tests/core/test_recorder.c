#include "check.h"

#include "tls/recorder.h"

static recorder r;

static void begin(void)
{
	recorder_init(&r);
	r.vtable->start_chain(&r.vtable, "mail.example.test");
}

static void give(const uint8_t *data, size_t len, size_t step)
{
	r.vtable->start_cert(&r.vtable, (uint32_t)len);
	for (size_t at = 0; at < len; at += step) {
		r.vtable->append(&r.vtable, data + at, len - at < step ? len - at : step);
	}
	r.vtable->end_cert(&r.vtable);
}

static unsigned record(const char *name, size_t step)
{
	const chain *c = check_chain(name);

	begin();
	for (size_t i = 0; i < c->count; i++) {
		give(c->list[i].der.p, c->list[i].der.len, step);
	}
	return r.vtable->end_chain(&r.vtable);
}

static void test_record(size_t step)
{
	static chain kept;
	unsigned usages = 0;

	CHECK(record("good", step), ==, 0);
	recorder_chain(&r, &kept);
	const chain *given = check_chain("good");
	CHECK(kept.count, ==, given->count);
	CHECK(kept.dropped, ==, 0);
	for (size_t i = 0; i < kept.count; i++) {
		CHECK(kept.readable[i], ==, 1);
		CHECK(bytes_equal(kept.list[i].der, given->list[i].der), ==, 1);
	}
	const br_x509_pkey *key = r.vtable->get_pkey(&r.vtable, &usages);
	CHECK(key != NULL, ==, 1);
	CHECK(key->key_type, ==, BR_KEYTYPE_RSA);
	CHECK(key->key.rsa.nlen, ==, 256);
	CHECK(usages, ==, BR_KEYTYPE_KEYX | BR_KEYTYPE_SIGN);
}

/* Bad certificates are none of its business, as long as their key is of use. */
static void test_keys(void)
{
	CHECK(record("expired-and-wrong-name", 4096), ==, 0);
	CHECK(record("ec-384", 4096), ==, 0);
	CHECK(r.vtable->get_pkey(&r.vtable, NULL)->key.ec.curve, ==, BR_EC_secp384r1);
	CHECK(record("ed25519", 4096), ==, BR_ERR_X509_UNSUPPORTED);
	CHECK(r.vtable->get_pkey(&r.vtable, NULL) == NULL, ==, 1);
	CHECK(r.key.kind, ==, KEY_ED25519);
	CHECK(record("malformed", 4096), ==, BR_ERR_X509_INVALID_VALUE);
	CHECK(r.vtable->get_pkey(&r.vtable, NULL) == NULL, ==, 1);
	CHECK(r.count, ==, 2);
	begin();
	CHECK(r.vtable->end_chain(&r.vtable), ==, BR_ERR_X509_EMPTY_CHAIN);
}

static void test_too_many(void)
{
	bytes der = check_chain("good")->list[0].der;
	static chain kept;

	begin();
	for (int i = 0; i < LIMIT_CERTIFICATES + 2; i++) {
		give(der.p, der.len, 4096);
	}
	CHECK(r.vtable->end_chain(&r.vtable), ==, 0);
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

	begin();
	give(big, LIMIT_CHAIN - der.len, 4096);
	give(big, der.len + 1, 4096);
	give(der.p, der.len, 4096);
	give(big, 1, 1);
	CHECK(r.vtable->end_chain(&r.vtable), ==, BR_ERR_X509_INVALID_VALUE);
	recorder_chain(&r, &kept);
	CHECK(kept.count, ==, 2);
	CHECK(kept.dropped, ==, 2);
	CHECK(kept.readable[0], ==, 0);
	CHECK(kept.readable[1], ==, 1);
	CHECK(r.past_limits, ==, 0);
	/* where the first one is too large, the second does not stand in its place */
	begin();
	give(big, LIMIT_CHAIN + 1, 4096);
	give(der.p, der.len, 4096);
	CHECK(r.vtable->end_chain(&r.vtable), ==, BR_ERR_X509_EMPTY_CHAIN);
	CHECK(r.past_limits, ==, 1);
	CHECK(r.dropped, ==, 2);
	CHECK(record("too-many-extensions", 4096), ==, BR_ERR_X509_INVALID_VALUE);
	CHECK(r.past_limits, ==, 1);
	/* and so for who reads a whole message */
	recorder_begin_message(&r);
	recorder_append_message(&r, (const uint8_t *)"\x02\x00\x03\x02\x00\x00", 6);
	for (int i = 0; i < 2; i++) {
		recorder_append_message(&r, big, LIMIT_CHAIN);
	}
	CHECK(recorder_end_message(&r), ==, 0);
	CHECK(r.past_limits, ==, 1);
	recorder_chain(&r, &kept);
	findings found;
	findings_init(&found);
	CHECK(judge_chain(&kept, "mail.example.test", 0, KEY_USE_ANY, check_roots(), &found), ==, 0);
	findings_write(&found, check_writer(), NULL);
	CHECK_TEXT(check_written(),
		"[{\"id\":\"beyond-our-reach\",\"args\":{\"reason\":\"certificate-size\"}}]");
}

void test_recorder(void)
{
	test_record(1 << 20);
	test_record(1);
	test_record(100);
	test_keys();
	test_too_many();
	test_too_big();
}
