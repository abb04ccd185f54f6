#include "check.h"

#include "tls/client_hello.h"
#include "tls/record_protection.h"
#include "tls/server_messages.h"

#include <stdlib.h>

static const uint8_t seed[CLIENT_HELLO_SEED] = { 1, 2, 3 };
static uint8_t out[LIMIT_OUTPUT];

static size_t number(const uint8_t *p, size_t size)
{
	size_t value = 0;
	while (size-- > 0) {
		value = value << 8 | *p++;
	}
	return value;
}

/* The body of an extension of the ClientHello in `out`, its length in *len; NULL when it is not there. */
static const uint8_t *extension(unsigned kind, size_t *len)
{
	const uint8_t *p = out + 9 + 2 + 32;
	p += 1 + p[0];
	p += 2 + number(p, 2);
	p += 1 + p[0];
	const uint8_t *end = p + 2 + number(p, 2);
	for (p += 2; p < end; p += 4 + number(p + 2, 2)) {
		if (number(p, 2) == kind) {
			*len = number(p + 2, 2);
			return p + 4;
		}
	}
	CHECK(p == end, ==, 1);
	*len = 0;
	return NULL;
}

static int offers(const uint8_t *list, unsigned what)
{
	for (size_t at = 0, len = number(list, 2); at < len; at += 2) {
		if (number(list + 2 + at, 2) == what) {
			return 1;
		}
	}
	return 0;
}

static int offers_suite(unsigned suite)
{
	const uint8_t *session = out + 9 + 2 + 32;
	return offers(session + 1 + session[0], suite);
}

static void test_frame(size_t len)
{
	CHECK(out[0], ==, 22);
	CHECK(number(out + 1, 2), ==, TLS_1_0);
	CHECK(number(out + 3, 2), ==, len - 5);
	CHECK(out[5], ==, 1);
	CHECK(number(out + 6, 3), ==, len - 9);
}

static void test_old(unsigned highest)
{
	size_t len = client_hello_write_scan(out, sizeof out, highest, 0, "mail.example.test", seed), n;

	test_frame(len);
	CHECK(number(out + 9, 2), ==, highest);
	CHECK(out[9 + 2 + 32], ==, 0);
	CHECK(offers_suite(0xc02f), ==, 1);
	CHECK(offers_suite(0x009f), ==, 1);
	CHECK(offers_suite(0x00a7), ==, 1);
	CHECK(offers_suite(0x1301), ==, 0);
	const uint8_t *body = extension(0, &n);
	CHECK(n, ==, 5 + strlen("mail.example.test"));
	CHECK(memcmp(body + 5, "mail.example.test", n - 5), ==, 0);
	body = extension(10, &n);
	CHECK(offers(body, 30), ==, 1);
	CHECK(offers(body, 256), ==, 0);
	CHECK(extension(13, &n) != NULL, ==, highest == TLS_1_2);
	CHECK(extension(43, &n) == NULL, ==, 1);
	CHECK(extension(51, &n) == NULL, ==, 1);
	CHECK(extension(23, &n) != NULL, ==, 1);
	CHECK(n, ==, 0);
}

/* What is to be left out is, and nothing else. */
static void test_lacking(void)
{
	static uint8_t whole[LIMIT_OUTPUT];
	size_t len =
			   client_hello_write_scan(whole, sizeof whole, TLS_1_2, 0, "mail.example.test", seed),
		   n;

	test_frame(client_hello_write_scan(
		out, sizeof out, TLS_1_2, CLIENT_HELLO_NO_MASTER_SECRET, "mail.example.test", seed));
	CHECK(extension(23, &n) == NULL, ==, 1);
	CHECK(number(out + 3, 2), ==, len - 5 - 4);
	CHECK(offers(extension(13, &n), 0x0201), ==, 1);
	test_frame(client_hello_write_scan(
		out, sizeof out, TLS_1_2, CLIENT_HELLO_NO_SHA1, "mail.example.test", seed));
	CHECK(extension(23, &n) != NULL, ==, 1);
	const uint8_t *schemes = extension(13, &n);
	CHECK(number(out + 3, 2), ==, len - 5 - 6);
	for (unsigned low = 0; low < 4; low++) {
		CHECK(offers(schemes, 0x0200 + low), ==, 0);
	}
	CHECK(offers(schemes, 0x0401), ==, 1);
	CHECK(offers(schemes, 0x0301), ==, 1);
	client_hello_write_scan(out, sizeof out, TLS_1_3, 0, "mail.example.test", seed);
	CHECK(extension(23, &n) == NULL, ==, 1);
}

static void test_new(void)
{
	size_t len = client_hello_write_scan(out, sizeof out, TLS_1_3, 0, "mail.example.test", seed), n;

	test_frame(len);
	CHECK(number(out + 9, 2), ==, TLS_1_2);
	CHECK(out[9 + 2 + 32], ==, 32);
	CHECK(offers_suite(0x1301), ==, 1);
	CHECK(offers_suite(0xc02f), ==, 0);
	CHECK(offers(extension(10, &n), 256), ==, 1);
	const uint8_t *body = extension(43, &n);
	CHECK(n, ==, 3);
	CHECK(number(body, 3), ==, 0x020304);
	body = extension(51, &n);
	CHECK(n, ==, 2 + 4 + 32);
	CHECK(number(body + 2, 2), ==, 29);
}

/* --- for a handshake --- */

static bytes hello_for(const char *server_name, const key_share *share)
{
	static const uint8_t random[HELLO_RANDOM] = { 4, 4, 4 }, session[HELLO_RANDOM] = { 3, 3, 3 };
	client_hello h = { server_name, random, session, share };
	size_t len = client_hello_write(out, RECORD_HEADER + LIMIT_CLIENT_HELLO, &h);

	test_frame(len);
	CHECK(memcmp(out + 11, random, sizeof random), ==, 0);
	CHECK(number(out + 9, 2), ==, TLS_1_2);
	return (bytes){ out + RECORD_HEADER, len - RECORD_HEADER };
}

static key_share x25519_share(void)
{
	br_hmac_drbg_context rng;
	key_share share;

	br_hmac_drbg_init(&rng, &br_sha256_vtable, "seed", 4);
	CHECK(key_share_make(&share, 29, &rng.vtable), ==, 0);
	return share;
}

static void test_all_versions(void)
{
	static const uint8_t session[HELLO_RANDOM] = { 3, 3, 3 };
	key_share share = x25519_share();
	bytes hello = hello_for("mail.example.test", &share);

	CHECK(hello.len, ==, 512);
	CHECK(bytes_equal(client_hello_session(hello), (bytes){ session, sizeof session }), ==, 1);
	CHECK(number(hello.p + 4 + 2 + 32 + 1 + 32 + 2, 1), ==, 0x13); /* the newest suites first */
	CHECK(client_hello_offers_suite(hello, 0x1301), ==, 1);
	CHECK(client_hello_offers_suite(hello, 0x1304), ==, 0);
	CHECK(client_hello_offers_suite(hello, 0xc02f), ==, 1);
	CHECK(client_hello_offers_suite(hello, 0x009f), ==, 0);
	for (unsigned version = 0x0301; version <= 0x0304; version++) {
		CHECK(client_hello_lists(hello, 43, 1, version), ==, 1);
	}
	CHECK(client_hello_lists(hello, 43, 1, 0x0300), ==, 0);
	/* the group of our share first, then all others that are spoken */
	bytes groups = client_hello_extension(hello, 10);
	CHECK(number(groups.p + 2, 2), ==, share.group);
	CHECK(groups.len, ==, 2 + 4 * 2);
	/* what came with TLS 1.3 last */
	bytes schemes = client_hello_extension(hello, 13);
	CHECK(number(schemes.p + schemes.len - 2, 2), ==, 0x0807);
	CHECK(client_hello_lists(hello, 13, 2, 0x0403), ==, 1);
	CHECK(client_hello_lists(hello, 13, 2, 0x0804), ==, 1);
	CHECK(client_hello_lists(hello, 13, 2, 0x080b), ==, 1);
	CHECK(client_hello_lists(hello, 13, 2, 0x0808), ==, 0);
	bytes shares = client_hello_extension(hello, 51);
	CHECK(shares.len, ==, 38);
	CHECK(memcmp(shares.p + 6, share.public_key, 32), ==, 0);
	/* BearSSL cannot */
	CHECK(client_hello_extension(hello, 23).p == NULL, ==, 1);
	CHECK(memmem(hello.p, hello.len, "mail.example.test", 17) != NULL, ==, 1);
}

/* A longer hello has the length that boxes like by itself. */
static void test_long_name(void)
{
	char longest[LIMIT_NAME];
	key_share share = x25519_share();

	memset(longest, 'a', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	bytes hello = hello_for(longest, &share);
	CHECK(hello.len, >, 512);
	CHECK(client_hello_extension(hello, 21).p == NULL, ==, 1);
}

/* What a client of before TLS 1.3 says. */
static void test_plain(void)
{
	bytes hello = hello_for("mail.example.test", NULL);

	CHECK(client_hello_session(hello).len, ==, 0);
	CHECK(client_hello_offers_suite(hello, 0x1301), ==, 0);
	CHECK(client_hello_offers_suite(hello, 0xc02f), ==, 1);
	CHECK(client_hello_offers_suite(hello, 0x009f), ==, 0);
	CHECK(client_hello_extension(hello, 43).p == NULL, ==, 1);
	CHECK(client_hello_extension(hello, 51).p == NULL, ==, 1);
	CHECK(client_hello_extension(hello, 21).p == NULL, ==, 1);
	CHECK(client_hello_lists(hello, 13, 2, 0x0401), ==, 1);
	CHECK(client_hello_lists(hello, 13, 2, 0x0804), ==, 0);
	CHECK(client_hello_lists(hello, 13, 2, 0x0807), ==, 0);
	CHECK(client_hello_extension(hello, 10).len, ==, 2 + 4 * 2);
}

static void test_room(void)
{
	static const uint8_t random[HELLO_RANDOM];
	key_share share = x25519_share();
	client_hello h = { "mail.example.test", random, random, &share };

	for (size_t room = 0; room < 512 + RECORD_HEADER; room += 13) {
		uint8_t *exact = malloc(room + 1);
		CHECK(client_hello_write(exact, room, &h), ==, 0);
		free(exact);
	}
}

/* --- in general --- */

static void test_server_names(void)
{
	char longest[LIMIT_NAME];
	size_t n;

	client_hello_write_scan(out, sizeof out, TLS_1_2, 0, "192.0.2.1", seed);
	CHECK(extension(0, &n) == NULL, ==, 1);
	client_hello_write_scan(out, sizeof out, TLS_1_2, 0, "2001:db8::1", seed);
	CHECK(extension(0, &n) == NULL, ==, 1);
	client_hello_write_scan(out, sizeof out, TLS_1_2, 0, "", seed);
	CHECK(extension(0, &n) == NULL, ==, 1);
	memset(longest, 'a', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	size_t len = client_hello_write_scan(out, sizeof out, TLS_1_3, 0, longest, seed);
	test_frame(len);
	CHECK(extension(0, &n) != NULL, ==, 1);
	CHECK(n, ==, 5 + sizeof longest - 1);
}

static void test_bounds(void)
{
	static uint8_t again[LIMIT_OUTPUT], other[CLIENT_HELLO_SEED];
	size_t len = client_hello_write_scan(out, sizeof out, TLS_1_2, 0, "mail.example.test", seed);

	CHECK(client_hello_write_scan(again, sizeof again, TLS_1_2, 0, "mail.example.test", seed), ==,
		len);
	CHECK(memcmp(out, again, len), ==, 0);
	client_hello_write_scan(again, sizeof again, TLS_1_2, 0, "mail.example.test", other);
	CHECK(memcmp(out + 11, again + 11, 32) != 0, ==, 1);
	for (size_t room = 0; room < len; room++) {
		uint8_t *exact = malloc(room + 1);
		CHECK(client_hello_write_scan(exact, room, TLS_1_2, 0, "mail.example.test", seed), ==, 0);
		free(exact);
	}
}

void test_client_hello(void)
{
	test_old(TLS_1_0);
	test_old(TLS_1_1);
	test_old(TLS_1_2);
	test_new();
	test_lacking();
	test_all_versions();
	test_long_name();
	test_plain();
	test_room();
	test_server_names();
	test_bounds();
}
