#include "check.h"

#include "tls/client_hello.h"
#include "tls/client_hello_again.h"
#include "tls/record_protection.h"
#include "tls/server_messages.h"

static key_share make_share(uint16_t group)
{
	br_hmac_drbg_context rng;
	key_share share;

	br_hmac_drbg_init(&rng, &br_sha256_vtable, &group, sizeof group);
	CHECK(key_share_make(&share, group, &rng.vtable), ==, 0);
	return share;
}

void test_client_hello_again(void)
{
	static const uint8_t random[HELLO_RANDOM] = { 1 }, session[HELLO_RANDOM] = { 2 };
	static const uint8_t cookie[] = "cookie";
	const bytes none = { cookie, 0 };
	uint8_t record[1024], *first = record + RECORD_HEADER, second[2048];
	key_share share = make_share(29), other = make_share(24);
	client_hello h = { "mail.example.test", random, session, &share };
	bytes hello = { first, client_hello_write(record, sizeof record, &h) - RECORD_HEADER };

	bytes again = { second, client_hello_again(second, sizeof second, hello, &other, none) };
	CHECK(again.len, ==, hello.len + 97 - 32);
	CHECK(wire_number(second + 1, 3), ==, again.len - 4);
	CHECK(client_hello_extension(again, 51).len, ==, 2 + 4 + 97);
	CHECK(client_hello_extension(again, 44).p == NULL, ==, 1);
	CHECK(memcmp(second + 4, first + 4, 34 + 33), ==, 0);
	CHECK(bytes_equal(client_hello_extension(again, 21), client_hello_extension(hello, 21)), ==, 1);
	/* the same share, and a cookie */
	again.len = client_hello_again(second, sizeof second, hello, &share, (bytes){ cookie, 6 });
	CHECK(again.len, ==, hello.len + 4 + 2 + 6);
	bytes extension = client_hello_extension(again, 44);
	CHECK(extension.len, ==, 8);
	CHECK(memcmp(extension.p + 2, "cookie", 6), ==, 0);
	for (size_t room = 0; room < again.len; room += 13) {
		CHECK(client_hello_again(second, room, hello, &share, (bytes){ cookie, 6 }), ==, 0);
	}
	CHECK(client_hello_again(second, sizeof second, (bytes){ first, 99 }, &share, none), ==, 0);
}
