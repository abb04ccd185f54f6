/*
 * libFuzzer: signatures and key exchanges on the core's own arithmetic, each held against BearSSL's. The first byte
 * says which; a public key is a multiple of the generator, or what it is.
 */
#include "crypto/ecdhe.h"
#include "crypto/ecdsa_verify.h"
#include "crypto/rsa_public.h"

#include <bearssl.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { POINT = 133, DIGEST = 32, FACTOR = 4, MODULUS_MAX = 160 };

static void require(int same)
{
	if (!same) {
		abort();
	}
}

/* Four bytes are a private key, for points that lie on the curve. */
static size_t read_point(int curve, const uint8_t *factor, uint8_t *out)
{
	uint8_t scalar[FACTOR];

	memcpy(scalar, factor, FACTOR);
	scalar[FACTOR - 1] |= 1;
	return br_ec_prime_i31.mulgen(out, scalar, FACTOR, curve);
}

/* With a digest that is 0 modulo the order, which nobody can make, BearSSL finds no signature good. */
static int is_zero(int curve, const uint8_t *digest)
{
	static const uint8_t zeros[DIGEST];
	size_t len;

	return memcmp(digest, zeros, DIGEST) == 0
		|| memcmp(digest, br_ec_prime_i31.order(curve, &len), DIGEST) == 0;
}

static void try_ecdsa(int curve, int as_given, const uint8_t *data, size_t size)
{
	uint8_t point[POINT];
	size_t len = curve == BR_EC_secp256r1 ? 65 : curve == BR_EC_secp384r1 ? 97 : 133;

	if (size < len + DIGEST) {
		return;
	}
	if (as_given) {
		memcpy(point, data, len);
	} else {
		read_point(curve, data, point);
	}
	bytes key = { point, len };
	br_ec_public_key theirs = { curve, point, len };
	const uint8_t *digest = data + len, *signature = digest + DIGEST;
	size -= len + DIGEST;
	require(is_zero(curve, digest)
		|| ecdsa_verify(curve, key, digest, DIGEST, (bytes){ signature, size })
			== (int)br_ecdsa_i31_vrfy_asn1(
				&br_ec_prime_i31, digest, DIGEST, &theirs, signature, size));
}

/* A signature that holds, and what becomes of it where bytes are changed. */
static void try_signed(int curve, const uint8_t *data, size_t size)
{
	uint8_t point[POINT], digest[DIGEST] = { 0 }, signature[160];
	uint8_t factor[FACTOR];

	if (size < FACTOR + DIGEST + 2) {
		return;
	}
	memcpy(factor, data, FACTOR);
	factor[FACTOR - 1] |= 1;
	size_t len = read_point(curve, data, point);
	memcpy(digest, data + FACTOR, DIGEST);
	br_ec_private_key ours = { curve, factor, FACTOR };
	size_t signature_len =
		br_ecdsa_i31_sign_asn1(&br_ec_prime_i31, &br_sha256_vtable, digest, &ours, signature);
	bytes key = { point, len };
	bytes whole = { signature, signature_len };
	require(ecdsa_verify(curve, key, digest, DIGEST, whole));
	const uint8_t *change = data + FACTOR + DIGEST;
	digest[change[0] % DIGEST] ^= change[1];
	require(ecdsa_verify(curve, key, digest, DIGEST, whole) == (change[1] == 0));
}

static void try_key_exchange(int curve, const uint8_t *data, size_t size)
{
	uint8_t ours[POINT], theirs[POINT], scalar[FACTOR + 8] = { 0 };

	if (size < FACTOR + 8) {
		return;
	}
	size_t len = read_point(curve, data, ours);
	memcpy(theirs, ours, len);
	memcpy(scalar, data + FACTOR, 8);
	scalar[7] |= 1;
	require(ecdhe_curves.mul(ours, len, scalar, 8, curve)
		== br_ec_prime_i31.mul(theirs, len, scalar, 8, curve));
	require(memcmp(ours, theirs, len) == 0);
}

static void try_rsa(const uint8_t *data, size_t size)
{
	uint8_t modulus[MODULUS_MAX], ours[MODULUS_MAX], same[MODULUS_MAX], theirs[MODULUS_MAX],
		exponent[4];
	size_t len = (size - 4) / 2 < MODULUS_MAX ? (size - 4) / 2 : MODULUS_MAX;

	if (size < 8 || len < 2 || data[4] == 0) {
		return;
	}
	memcpy(exponent, data, sizeof exponent);
	exponent[0] &= 1;
	exponent[2] |= 1; /* not 1 */
	exponent[3] |= 1;
	memcpy(modulus, data + 4, len);
	modulus[len - 1] |= 1;
	memcpy(ours, data + 4 + len, len);
	memcpy(theirs, ours, len);
	rsa_key key = { { modulus, len }, { exponent, sizeof exponent } };
	br_rsa_public_key pk = { modulus, len, exponent, sizeof exponent };
	int good = (int)br_rsa_i31_public(theirs, len, &pk);
	memcpy(same, ours, len);
	require((rsa_public(ours, len, &key) == 0) == good);
	require((rsa_encrypt(same, len, &key) == 0) == good);
	require(!good || (memcmp(ours, theirs, len) == 0 && memcmp(same, theirs, len) == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1) {
		return 0;
	}
	int curve = (data[0] & 0x10) != 0 ? BR_EC_secp521r1
		: (data[0] & 1) != 0          ? BR_EC_secp256r1
									  : BR_EC_secp384r1;
	switch (data[0] >> 1 & 3) {
	case 0:
		try_ecdsa(curve, (data[0] & 8) != 0, data + 1, size - 1);
		break;
	case 1:
		try_signed(curve, data + 1, size - 1);
		break;
	case 2:
		try_key_exchange(curve, data + 1, size - 1);
		break;
	default:
		try_rsa(data + 1, size - 1);
		break;
	}
	return 0;
}
