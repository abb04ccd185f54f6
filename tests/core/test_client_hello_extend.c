#include "check.h"

#include "tls/client_hello_extend.h"
#include "tls/server_messages.h"

static const uint8_t session[HELLO_RANDOM] = { 3, 3, 3 };
static key_share share;
static uint8_t older_message[1024];

/* What BearSSL would send for a name, without its record header. */
static bytes older_hello(const char *name)
{
	static br_ssl_client_context client;
	static br_x509_minimal_context x509;
	static unsigned char buffer[BR_SSL_BUFSIZE_BIDI];
	size_t len;

	br_ssl_client_init_full(&client, &x509, NULL, 0);
	br_ssl_engine_set_buffer(&client.eng, buffer, sizeof buffer, 1);
	br_ssl_engine_inject_entropy(&client.eng, "seed", 4);
	br_ssl_client_reset(&client, name, 0);
	const unsigned char *record = br_ssl_engine_sendrec_buf(&client.eng, &len);
	memcpy(older_message, record + 5, len - 5);
	return (bytes){ older_message, len - 5 };
}

static bytes extend(const char *name, uint8_t *out, size_t room)
{
	return (bytes){ out, client_hello_extend(out, room, older_hello(name), &share, session) };
}

static void test_hello(void)
{
	uint8_t out[1024];
	bytes hello = extend("mail.example.test", out, sizeof out);

	CHECK(hello.len, >=, 512);
	CHECK(hello.len, <, 640);
	CHECK(wire_number(out + 1, 3), ==, hello.len - 4);
	CHECK(memcmp(out + 4, older_message + 4, 34), ==, 0); /* version and random */
	CHECK(bytes_equal(client_hello_session(hello), (bytes){ session, sizeof session }), ==, 1);
	CHECK(client_hello_offers_suite(hello, 0x1301), ==, 1);
	CHECK(client_hello_offers_suite(hello, 0x1304), ==, 0);
	CHECK(client_hello_offers_suite(hello, 0xc02f), ==, 1);
	for (unsigned version = 0x0301; version <= 0x0304; version++) {
		CHECK(client_hello_lists(hello, 43, 1, version), ==, 1);
	}
	CHECK(client_hello_lists(hello, 43, 1, 0x0300), ==, 0);
	/* the group of our share first, all others once */
	bytes groups = client_hello_extension(hello, 10);
	CHECK(wire_number(groups.p + 2, 2), ==, 29);
	CHECK(groups.len, ==, 2 + 4 * 2);
	/* what BearSSL does not know last */
	bytes schemes = client_hello_extension(hello, 13);
	CHECK(wire_number(schemes.p + schemes.len - 2, 2), ==, 0x0807);
	CHECK(client_hello_lists(hello, 13, 2, 0x0403), ==, 1);
	CHECK(client_hello_lists(hello, 13, 2, 0x0804), ==, 1);
	CHECK(client_hello_lists(hello, 13, 2, 0x080b), ==, 1);
	CHECK(client_hello_lists(hello, 13, 2, 0x0808), ==, 0);
	bytes shares = client_hello_extension(hello, 51);
	CHECK(shares.len, ==, 38);
	CHECK(memcmp(shares.p + 6, share.public_key, 32), ==, 0);
	CHECK(memmem(out, hello.len, "mail.example.test", 17) != NULL, ==, 1);
	/* no room, by any byte */
	for (size_t room = 0; room < hello.len; room += 13) {
		CHECK(extend("mail.example.test", older_message + 512, room).len, ==, 0);
	}
	CHECK(
		client_hello_extend(out, sizeof out, (bytes){ older_message, 20 }, &share, session), ==, 0);
}

/* A longer hello has the length that boxes like by itself. */
static void test_long_name(void)
{
	char name[251];
	uint8_t out[1024];

	memset(name, 'a', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	bytes hello = extend(name, out, sizeof out);
	CHECK(hello.len, >, 512);
	CHECK(client_hello_extension(hello, 21).p == NULL, ==, 1);
}

static void test_again(void)
{
	static const uint8_t cookie[] = "cookie";
	const bytes none = { cookie, 0 };
	uint8_t first[1024], second[2048];
	br_hmac_drbg_context rng;
	key_share other;
	bytes hello = extend("mail.example.test", first, sizeof first);

	br_hmac_drbg_init(&rng, &br_sha256_vtable, "other", 5);
	CHECK(key_share_make(&other, 24, &rng.vtable), ==, 0);
	bytes again = { second, client_hello_again(second, sizeof second, hello, &other, none) };
	CHECK(again.len, ==, hello.len + 97 - 32);
	CHECK(client_hello_extension(again, 51).len, ==, 2 + 4 + 97);
	CHECK(client_hello_extension(again, 44).p == NULL, ==, 1);
	CHECK(memcmp(second + 4, first + 4, 34 + 33), ==, 0);
	/* the same share, and a cookie */
	again.len = client_hello_again(second, sizeof second, hello, &share, (bytes){ cookie, 6 });
	CHECK(again.len, ==, hello.len + 4 + 2 + 6);
	bytes extension = client_hello_extension(again, 44);
	CHECK(extension.len, ==, 8);
	CHECK(memcmp(extension.p + 2, "cookie", 6), ==, 0);
	CHECK(client_hello_again(second, again.len - 1, hello, &share, (bytes){ cookie, 6 }), ==, 0);
	CHECK(client_hello_again(second, sizeof second, (bytes){ first, 99 }, &share, none), ==, 0);
}

void test_client_hello_extend(void)
{
	br_hmac_drbg_context rng;

	br_hmac_drbg_init(&rng, &br_sha256_vtable, "seed", 4);
	key_share_make(&share, 29, &rng.vtable);
	test_hello();
	test_long_name();
	test_again();
}
