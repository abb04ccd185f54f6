#include "check.h"

#include "hex.h"
#include "tls/key_exchange_rewrite.h"
#include "ed25519_sign.h"
#include "tls13_server.h"

#include <stdio.h>

static key_exchange_rewrite k;
static br_multihash_context hello;
static uint8_t out[512];
static size_t out_len;

static void start(void)
{
	br_multihash_zero(&hello);
	br_multihash_setimpl(&hello, br_sha256_ID, &br_sha256_vtable);
	br_multihash_init(&hello);
	br_multihash_update(&hello, "hello", 5);
	key_exchange_rewrite_start(&k, &hello);
	out_len = 0;
}

static void give(const char *hex)
{
	uint8_t bytes[512];
	size_t len = unhex(hex, bytes);

	for (size_t i = 0; i < len; i++) {
		out_len += key_exchange_rewrite_byte(&k, bytes[i], out + out_len);
	}
}

/* The same in pieces of at most so many bytes, and how many of them passed together. */
static size_t give_pieces(const char *hex, size_t piece)
{
	uint8_t data[512];
	size_t len = unhex(hex, data), passed = 0;

	for (size_t at = 0; at < len;) {
		bytes next = { data + at, len - at < piece ? len - at : piece };
		size_t n = key_exchange_rewrite_passes(&k, next);
		memcpy(out + out_len, data + at, n);
		out_len += n;
		passed += n;
		at += n;
		if (n == 0) {
			out_len += key_exchange_rewrite_byte(&k, data[at++], out + out_len);
		}
	}
	return passed;
}

/* Without a certificate, which makes no difference here. */
#define HELLO_1_2                                                                                  \
	"160303000602000002"                                                                           \
	"0303"
#define DONE "16030300040e000000"
/* … of a point of two bytes and a signature of one */
#define EXCHANGE(scheme) "160303000f0c00000b03001d02aabb" scheme "0001cc"

static void one_case(const char *what, const char *in, const char *expected, unsigned scheme)
{
	uint8_t wanted[512];

	start();
	give(in);
	size_t len = unhex(expected, wanted);
	int good = CHECK(out_len, ==, len);
	good &= CHECK(memcmp(out, wanted, len), ==, 0);
	good &= CHECK(k.scheme, ==, scheme);
	good &= CHECK(k.rewritten, ==, strcmp(in, expected) != 0);
	if (!good) {
		fprintf(stderr, "%s\n", what);
	}
}

static void same(const char *what, const char *in, unsigned scheme)
{
	one_case(what, in, in, scheme);
}

/* A certificate, in two records and in one with the message after it. */
#define CERTIFICATE                                                                                \
	"16030300060b0000041122"                                                                       \
	"160303001133440c00000b03001d02aabb08040001cc" DONE

static void test_pieces(void)
{
	uint8_t whole[512], hash[br_sha256_SIZE], again[br_sha256_SIZE];

	start();
	give(HELLO_1_2 CERTIFICATE);
	size_t len = out_len;
	CHECK(k.rewritten, ==, 1);
	memcpy(whole, out, len);
	br_multihash_out(&k.sent, br_sha256_ID, hash);
	for (size_t piece = 1; piece < 60; piece++) {
		start();
		size_t passed = give_pieces(HELLO_1_2 CERTIFICATE, piece);
		CHECK(passed, ==, 4 + 2 + 3); /* the certificate, the point, and the signature */
		CHECK(k.rewritten, ==, 1);
		CHECK(out_len, ==, len);
		CHECK(memcmp(out, whole, len), ==, 0);
		br_multihash_out(&k.sent, br_sha256_ID, again);
		CHECK(memcmp(again, hash, sizeof hash), ==, 0);
	}
}

static void test_bytes(void)
{
	static const struct {
		const char *sent;
		const char *shown;
		unsigned scheme;
	} schemes[] = { { "0804", "0401", 0x0804 }, { "0805", "0501", 0x0805 },
		{ "0806", "0601", 0x0806 }, { "0809", "0401", 0x0809 }, { "080a", "0501", 0x080a },
		{ "080b", "0601", 0x080b }, { "0807", "0403", 0x0807 }, { "080c", "080c", 0x080c },
		{ "0803", "0803", 0x0803 }, { "0401", "0401", 0x0401 }, { "0403", "0403", 0x0403 } };

	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
		char in[256], expected[256];
		snprintf(in, sizeof in, "%s160303000f0c00000b03001d02aabb%s0001cc%s", HELLO_1_2,
			schemes[i].sent, DONE);
		snprintf(expected, sizeof expected, "%s160303000f0c00000b03001d02aabb%s0001cc%s", HELLO_1_2,
			schemes[i].shown, DONE);
		one_case(in, in, expected, schemes[i].scheme);
	}
	one_case("a record ends within the scheme",
		HELLO_1_2 "160303000b0c00000b03001d02aabb08"
				  "16030300040400"
				  "01cc" DONE,
		HELLO_1_2 "160303000b0c00000b03001d02aabb04"
				  "16030300040100"
				  "01cc" DONE,
		0x0804);
	/* more between the halves than anybody sends: then it is left alone */
	same("an alert within the scheme",
		HELLO_1_2 "160303000b0c00000b03001d02aabb08"
				  "150303000c0101010101010101010101"
				  "01",
		0);
	same("TLS 1.1 has no scheme",
		"160302000602000002"
		"0302" EXCHANGE("0804") DONE,
		0);
	same("explicit curves", HELLO_1_2 "160303000f0c00000b01001d02aabb08040001cc" DONE, 0);
	same("no key exchange", HELLO_1_2 DONE EXCHANGE("0804"), 0);
	same("behind a change_cipher_spec", HELLO_1_2 "140303000101" EXCHANGE("0804"), 0);
	same("an empty message before", HELLO_1_2 "160303000400000000" EXCHANGE("0401"), 0x0401);
}

/* The hash is of what was sent, up to the end of the message, wherever records end. */
static void test_hash(void)
{
	uint8_t hash[32], wanted[32], bytes[512];
	br_sha256_context h;

	start();
	give(HELLO_1_2 EXCHANGE("0804") DONE);
	CHECK(k.over, ==, 1);
	br_multihash_out(&k.sent, br_sha256_ID, hash);
	br_sha256_init(&h);
	br_sha256_update(&h, "hello", 5);
	br_sha256_update(&h, bytes, unhex("020000020303", bytes));
	br_sha256_update(&h, bytes, unhex("0c00000b03001d02aabb08040001cc", bytes));
	br_sha256_out(&h, wanted);
	CHECK(memcmp(hash, wanted, sizeof hash), ==, 0);
}

static void test_signed_by(void)
{
	static br_ssl_engine_context eng;
	static const uint8_t params[] = { 3, 0, 29, 2, 0xaa, 0xbb };
	static const uint16_t schemes[] = { 0x0804, 0x0805, 0x0806, 0x0809 };
	static const br_hash_class *const classes[] = { &br_sha256_vtable, &br_sha384_vtable,
		&br_sha512_vtable, &br_sha256_vtable };
	uint8_t digest[64], found[64], signature[512];
	br_skey_decoder_context sk;
	unsigned char der[4096];
	char path[512];
	public_key key = check_chain("good")->list[0].key;

	snprintf(path, sizeof path, "%s/good.key.der", check_directory());
	FILE *f = fopen(path, "rb");
	br_skey_decoder_init(&sk);
	br_skey_decoder_push(&sk, der, fread(der, 1, sizeof der, f));
	fclose(f);
	memset(eng.client_random, 1, 32);
	memset(eng.server_random, 2, 32);
	eng.ecdhe_curve = 29;
	eng.ecdhe_point_len = 2;
	memcpy(eng.ecdhe_point, params + 4, 2);
	for (size_t i = 0; i < 4; i++) {
		br_hash_compat_context h;
		const br_hash_class *class = NULL;
		classes[i]->init(&h.vtable);
		classes[i]->update(&h.vtable, eng.client_random, 32);
		classes[i]->update(&h.vtable, eng.server_random, 32);
		classes[i]->update(&h.vtable, params, sizeof params);
		classes[i]->out(&h.vtable, digest);
		bytes by = { signature, tls13_server_sign_pss(&sk, classes[i], digest, signature) };
		start();
		k.scheme = schemes[i];
		key.kind = i == 3 ? KEY_RSA_PSS : KEY_RSA;
		CHECK(key_exchange_signed(&k, &eng, &key, by, &class, found), ==, 1);
		CHECK(class == classes[i], ==, 1);
		CHECK(memcmp(found, digest, 32), ==, 0);
		eng.server_random[31] ^= 1;
		CHECK(key_exchange_signed(&k, &eng, &key, by, &class, found), ==, 0);
		eng.server_random[31] ^= 1;
		key.kind = i == 3 ? KEY_RSA : KEY_RSA_PSS;
		CHECK(key_exchange_signed(&k, &eng, &key, by, &class, found), ==, 0);
	}
}

/* No digest of it, but the text itself (RFC 8422 5.10). */
static void test_signed_by_ed25519(void)
{
	static br_ssl_engine_context eng;
	static const uint8_t params[] = { 3, 0, 29, 2, 0xaa, 0xbb };
	uint8_t text[64 + sizeof params], signature[64], digest[64], der[64];
	const br_hash_class *class;
	public_key key = check_chain("ed25519")->list[0].key;
	char path[512];

	snprintf(path, sizeof path, "%s/ed25519.key.der", check_directory());
	FILE *f = fopen(path, "rb");
	bytes secret = { der, fread(der, 1, sizeof der, f) };
	fclose(f);
	memset(text, 1, 64);
	memcpy(text + 64, params, sizeof params);
	memset(eng.client_random, 1, 32);
	memset(eng.server_random, 1, 32);
	eng.ecdhe_curve = 29;
	eng.ecdhe_point_len = 2;
	memcpy(eng.ecdhe_point, params + 4, 2);
	ed25519_sign(ed25519_secret(secret), (bytes){ text, sizeof text }, signature);
	start();
	k.scheme = 0x0807;
	const bytes by = { signature, sizeof signature };
	CHECK(key_exchange_signed(&k, &eng, &key, by, &class, digest), ==, 1);
	eng.client_random[7] ^= 1;
	CHECK(key_exchange_signed(&k, &eng, &key, by, &class, digest), ==, 0);
	eng.client_random[7] ^= 1;
	key.kind = KEY_EC;
	CHECK(key_exchange_signed(&k, &eng, &key, by, &class, digest), ==, 0);
}

void test_key_exchange_rewrite(void)
{
	test_pieces();
	test_signed_by_ed25519();
	test_bytes();
	test_hash();
	test_signed_by();
}
