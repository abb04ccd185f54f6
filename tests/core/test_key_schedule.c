/* Against the handshake of RFC 8448. */
#include "check.h"

#include "hex.h"
#include "rfc8448.h"
#include "tls/key_schedule.h"

static void check_hex(const uint8_t *actual, size_t len, const char *expected)
{
	uint8_t wanted[64];

	CHECK(unhex(expected, wanted), ==, len);
	CHECK(memcmp(actual, wanted, len), ==, 0);
}

static void add(br_sha256_context *h, const char *hex)
{
	uint8_t message[1024];

	br_sha256_update(h, message, unhex(hex, message));
}

static void test_secrets(void)
{
	key_schedule k;
	br_sha256_context h;
	uint8_t agreed[32], hash[32], client[32], server[32], out[32];

	key_schedule_start(&k, &br_sha256_vtable);
	check_hex(k.secret, 32, RFC8448_EARLY_SECRET);
	unhex(RFC8448_AGREED, agreed);
	key_schedule_next(&k, (bytes){ agreed, sizeof agreed });
	check_hex(k.secret, 32, RFC8448_HANDSHAKE_SECRET);
	br_sha256_init(&h);
	add(&h, RFC8448_CLIENT_HELLO);
	add(&h, RFC8448_SERVER_HELLO);
	br_sha256_out(&h, hash);
	key_schedule_derive(&k, "c hs traffic", hash, client);
	key_schedule_derive(&k, "s hs traffic", hash, server);
	check_hex(client, 32, RFC8448_CLIENT_HANDSHAKE);
	check_hex(server, 32, RFC8448_SERVER_HANDSHAKE);
	add(&h, RFC8448_ENCRYPTED_EXTENSIONS);
	add(&h, RFC8448_CERTIFICATE);
	add(&h, RFC8448_CERTIFICATE_VERIFY);
	br_sha256_out(&h, hash);
	key_schedule_finished(&br_sha256_vtable, server, hash, out);
	check_hex(out, 32, RFC8448_SERVER_FINISHED + 8);
	add(&h, RFC8448_SERVER_FINISHED);
	br_sha256_out(&h, hash);
	key_schedule_finished(&br_sha256_vtable, client, hash, out);
	check_hex(out, 32, RFC8448_CLIENT_FINISHED + 8);
	key_schedule_next(&k, (bytes){ NULL, 0 });
	check_hex(k.secret, 32, RFC8448_MASTER_SECRET);
	key_schedule_derive(&k, "c ap traffic", hash, out);
	check_hex(out, 32, RFC8448_CLIENT_APPLICATION);
	key_schedule_derive(&k, "s ap traffic", hash, out);
	check_hex(out, 32, RFC8448_SERVER_APPLICATION);
}

/* The keys and IVs of section 3. */
static void test_keys(void)
{
	uint8_t secret[48], out[48];

	unhex(RFC8448_SERVER_HANDSHAKE, secret);
	key_schedule_expand(&br_sha256_vtable, secret, "key", (bytes){ NULL, 0 }, out, 16);
	check_hex(out, 16, "3fce516009c21727d0f2e4e86ee403bc");
	key_schedule_expand(&br_sha256_vtable, secret, "iv", (bytes){ NULL, 0 }, out, 12);
	check_hex(out, 12, "5d313eb2671276ee13000b30");
	unhex(RFC8448_CLIENT_APPLICATION, secret);
	key_schedule_expand(&br_sha256_vtable, secret, "key", (bytes){ NULL, 0 }, out, 16);
	check_hex(out, 16, "17422dda596ed5d9acd890e3c63f5051");
	/* RFC 9001 A.1 has the only published vector of a label that is not of TLS; an update changes all */
	memcpy(out, secret, 32);
	key_schedule_update(&br_sha256_vtable, out);
	CHECK(memcmp(out, secret, 32), !=, 0);
	/* SHA-384: longer, and another beginning */
	key_schedule k;
	key_schedule_start(&k, &br_sha384_vtable);
	CHECK(k.hash_len, ==, 48);
	check_hex(k.secret, 48,
		"7ee8206f5570023e6dc7519eb1073bc4e791ad37b5c382aa10ba18e2357e716971f9362f2c2fe2a76bfd78df"
		"ec4ea9b5");
}

void test_key_schedule(void)
{
	test_secrets();
	test_keys();
}
