#include "check.h"

#include "crypto/rsa_public.h"

#include <bearssl.h>
#include <string.h>

enum { SIZE = 128 };

static uint8_t modulus[513], number[513], expected[512];
static br_hmac_drbg_context rng;

static rsa_key key_of(unsigned bits, const uint8_t *exponent, size_t len)
{
	return (rsa_key){ { modulus, (bits + 7) / 8 }, { exponent, len } };
}

/* Of an odd modulus with so many bits, and of any number: BearSSL's function must say the same. */
static void compare(unsigned bits, const uint8_t *exponent, size_t exponent_len)
{
	size_t len = (bits + 7) / 8;
	uint8_t same[sizeof expected], top = (uint8_t)(0xff >> (len * 8 - bits));
	rsa_key key = key_of(bits, exponent, exponent_len);
	br_rsa_public_key theirs = { modulus, len, (unsigned char *)exponent, exponent_len };

	br_hmac_drbg_generate(&rng, modulus, len);
	br_hmac_drbg_generate(&rng, number, len);
	modulus[0] = (uint8_t)((modulus[0] & top) | (top ^ top >> 1));
	modulus[len - 1] |= 1;
	number[0] &= top;
	if (number[0] % 4 == 0) {
		memset(number + 1, number[0] % 8 == 0 ? 0 : 0xff, len - 1);
	}
	memcpy(expected, number, len);
	int known = (int)br_rsa_public_get_default()(expected, len, &theirs);
	memcpy(same, number, len);
	CHECK(rsa_public(number, len, &key), ==, known ? 0 : -1);
	CHECK(rsa_encrypt(same, len, &key), ==, known ? 0 : -1);
	CHECK(!known || memcmp(same, expected, len) == 0, ==, 1);
	CHECK(!known || memcmp(number, expected, len) == 0, ==, 1);
}

static void test_bearssl(void)
{
	static const uint8_t exponents[][8] = { { 1, 0, 1 }, { 3 }, { 0, 0, 0, 0, 0, 1, 0, 1 },
		{ 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, { 0x80, 0, 0, 0, 0, 0, 0, 1 } };
	static const size_t lengths[] = { 3, 1, 8, 8, 8 };
	static const unsigned sizes[] = { 1024, 2047, 2048, 2049, 3072, 3584, 4095, 4096 };

	br_hmac_drbg_init(&rng, &br_sha256_vtable, "rsa", 3);
	for (unsigned bits = 9; bits < 700; bits++) {
		compare(bits, exponents[bits % 5], lengths[bits % 5]);
	}
	for (size_t i = 0; i < 80; i++) {
		compare(sizes[i % 8], exponents[i % 5], lengths[i % 5]);
	}
}

static void test_refused(void)
{
	static const uint8_t exponent[] = { 1, 0, 1 };
	rsa_key odd = key_of(1024, exponent, 3);

	memset(modulus, 0xff, sizeof modulus);
	memset(number, 0x11, sizeof number);
	CHECK(rsa_public(number, 127, &odd), ==, -1);
	CHECK(rsa_public(number, 129, &odd), ==, -1);
	memcpy(number, modulus, 128);
	CHECK(rsa_public(number, 128, &odd), ==, -1);
	number[127]--;
	CHECK(rsa_public(number, 128, &odd), ==, 0);
	/* (-1) to an odd power */
	modulus[127]--;
	CHECK(memcmp(number, modulus, 128), ==, 0);
	CHECK(rsa_public(number, 128, &odd), ==, -1); /* an even modulus is none */
	modulus[127]++;
	odd.exponent.len = 0;
	CHECK(rsa_public(number, 128, &odd), ==, -1);
	odd.exponent = (bytes){ exponent, 2 }; /* 256 */
	CHECK(rsa_public(number, 128, &odd), ==, -1);
	odd.exponent.len = 1;
	CHECK(rsa_public(number, 128, &odd), ==, -1);
	odd.exponent.len = 3;
	CHECK(rsa_public(number, 128, &odd), ==, 0);
	odd.modulus.len = 0;
	CHECK(rsa_public(number, 0, &odd), ==, -1);
	/* One byte more than there is room for. */
	odd.modulus.len = sizeof number;
	CHECK(rsa_public(number, sizeof number, &odd), ==, -1);
	/* Of 81 bits: three limbs have 84, the number 88. */
	odd.modulus.len = 11;
	modulus[0] = 1;
	memset(number, 0, 11);
	number[0] = 0xf0;
	CHECK(rsa_public(number, 11, &odd), ==, -1);
	CHECK(rsa_encrypt(number, 11, &odd), ==, -1);
	number[0] = 1;
	CHECK(rsa_public(number, 11, &odd), ==, 0);
}

static rsa_key key;
static br_rsa_private_key private_key;

/* What is in `number`, signed and read again. */
static int recover(const uint8_t *oid, size_t digest_len, uint8_t *digest)
{
	uint8_t signature[SIZE];

	memcpy(signature, number, SIZE);
	CHECK(br_rsa_private_get_default()(signature, &private_key), ==, 1);
	return rsa_pkcs1_recover((bytes){ signature, SIZE }, oid, digest, digest_len, &key);
}

static const uint8_t with_null[] = { 0x30, 0x31, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4,
	2, 1, 5, 0, 4, 0x20 };
static const uint8_t without[] = { 0x30, 0x2f, 0x30, 0x0b, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2,
	1, 4, 0x20 };

/* 00 01 FF … 00, the info, and the digest */
static void encode(const uint8_t *info, size_t info_len, size_t digest_len)
{
	memset(number, 0xff, SIZE);
	number[0] = 0;
	number[1] = 1;
	memset(number + SIZE - digest_len, 0x77, digest_len);
	memcpy(number + SIZE - digest_len - info_len, info, info_len);
	number[SIZE - digest_len - info_len - 1] = 0;
}

static void test_pkcs1(void)
{
	uint8_t digest[SIZE] = { 0 };

	encode(with_null, sizeof with_null, 32);
	CHECK(recover(BR_HASH_OID_SHA256, 32, digest), ==, 1);
	CHECK(digest[0] == 0x77 && digest[31] == 0x77 && digest[32] == 0, ==, 1);
	CHECK(recover(BR_HASH_OID_SHA224, 28, digest), ==, 0);
	CHECK(recover(BR_HASH_OID_SHA512, 64, digest), ==, 0);
	CHECK(recover(NULL, 32, digest), ==, 0);
	CHECK(rsa_pkcs1_recover((bytes){ number, SIZE - 1 }, NULL, digest, 32, &key), ==, 0);
	CHECK(rsa_pkcs1_recover((bytes){ number, sizeof number + 1 }, NULL, digest, 32, &key), ==, 0);
	encode(without, sizeof without, 32);
	CHECK(recover(BR_HASH_OID_SHA256, 32, digest), ==, 1);
	/* TLS below 1.2 signs a hash alone; eight bytes at least are padding. */
	encode(without, 0, SIZE - 11);
	CHECK(recover(NULL, SIZE - 11, digest), ==, 1);
	encode(without, 0, SIZE - 10);
	CHECK(recover(NULL, SIZE - 10, digest), ==, 0);
	CHECK(recover(NULL, SIZE, digest), ==, 0);
}

static void test_pkcs1_damaged(void)
{
	uint8_t digest[64];

	for (size_t i = 1; i < SIZE - 32; i++) {
		encode(with_null, sizeof with_null, 32);
		number[i] ^= (uint8_t)(1 << i % 8);
		CHECK(recover(BR_HASH_OID_SHA256, 32, digest), ==, 0);
	}
	/* As it was forged where nobody looked: little padding, and the rest behind the hash. */
	encode(with_null, sizeof with_null, 32);
	memmove(number + 10, number + SIZE - 32 - sizeof with_null - 1, 33 + sizeof with_null);
	CHECK(recover(BR_HASH_OID_SHA256, 32, digest), ==, 0);
}

void test_rsa_public(void)
{
	static uint8_t kept[BR_RSA_KBUF_PRIV_SIZE(SIZE * 8)], shown[BR_RSA_KBUF_PUB_SIZE(SIZE * 8)];
	br_rsa_public_key made;

	test_bearssl();
	test_refused();
	br_rsa_keygen_get_default()(&rng.vtable, &private_key, kept, &made, shown, SIZE * 8, 65537);
	key = (rsa_key){ { made.n, made.nlen }, { made.e, made.elen } };
	test_pkcs1();
	test_pkcs1_damaged();
}
