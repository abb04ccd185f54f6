#include "check.h"

#include "hex.h"
#include "rfc8448.h"
#include "tls/key_share.h"

static br_hmac_drbg_context rng;

static const br_prng_class **random_source(void)
{
	br_hmac_drbg_init(&rng, &br_sha256_vtable, "seed", 4);
	return &rng.vtable;
}

static void test_x25519(void)
{
	key_share k = { .group = 29, .private_len = 32, .public_len = 32 };
	uint8_t theirs[32], wanted[32], secret[KEY_SHARE_PRIVATE];

	unhex(RFC8448_CLIENT_PRIVATE, k.private_key);
	unhex(RFC8448_SERVER_PUBLIC, theirs);
	unhex(RFC8448_AGREED, wanted);
	CHECK(key_share_agree(&k, (bytes){ theirs, 32 }, secret), ==, 32);
	CHECK(memcmp(secret, wanted, 32), ==, 0);
	/* points of small order (RFC 7748 6.1): 0 and 1 */
	memset(theirs, 0, sizeof theirs);
	CHECK(key_share_agree(&k, (bytes){ theirs, 32 }, secret), ==, 0);
	theirs[0] = 1;
	CHECK(key_share_agree(&k, (bytes){ theirs, 32 }, secret), ==, 0);
}

static void test_groups(void)
{
	static const struct {
		uint16_t group;
		size_t public_len;
		size_t secret_len;
	} groups[] = { { 29, 32, 32 }, { 23, 65, 32 }, { 24, 97, 48 }, { 25, 133, 66 } };
	const br_prng_class **random = random_source();
	key_share ours, theirs;
	uint8_t one[KEY_SHARE_PRIVATE], other[KEY_SHARE_PRIVATE];

	for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
		CHECK(key_share_make(&ours, groups[i].group, random), ==, 0);
		CHECK(key_share_make(&theirs, groups[i].group, random), ==, 0);
		CHECK(ours.public_len, ==, groups[i].public_len);
		CHECK(memcmp(ours.public_key, theirs.public_key, ours.public_len), !=, 0);
		bytes half = { theirs.public_key, theirs.public_len };
		CHECK(key_share_agree(&ours, half, one), ==, groups[i].secret_len);
		half.p = ours.public_key;
		CHECK(key_share_agree(&theirs, half, other), ==, groups[i].secret_len);
		CHECK(memcmp(one, other, groups[i].secret_len), ==, 0);
		half.len--;
		CHECK(key_share_agree(&theirs, half, other), ==, 0);
		if (groups[i].group != 29) { /* every x is one of X25519 */
			half.len++;
			ours.public_key[ours.public_len - 1] ^= 1;
			CHECK(key_share_agree(&theirs, half, other), ==, 0);
		}
	}
	/* none of ours: x448, ffdhe2048, X25519MLKEM768, and no group at all */
	static const uint16_t others[] = { 30, 256, 4588, 0, 22 };
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		CHECK(key_share_make(&ours, others[i], random), ==, -1);
		CHECK(key_share_agree(&ours, (bytes){ one, 0 }, other), ==, 0);
	}
}

void test_key_share(void)
{
	test_x25519();
	test_groups();
}
