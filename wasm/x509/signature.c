#include "x509/signature.h"

#include "crypto/ecdsa_verify.h"
#include "crypto/ed25519.h"
#include "x509/rsa_pss.h"
#include "crypto/rsa_public.h"

#include <bearssl.h>
#include <string.h>

/* RFC 3279, 4055, 5758, 8410: the algorithms seen on certificates of servers, past and present. */
static const signature_algorithm signatures[] = {
	{ "md5WithRSAEncryption", 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 4 }, br_md5_ID,
		KEY_RSA, 1, 0 },
	{ "sha1WithRSAEncryption", 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 5 }, br_sha1_ID,
		KEY_RSA, 1, 0 },
	{ "sha256WithRSAEncryption", 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11 }, br_sha256_ID,
		KEY_RSA, 0, 0 },
	{ "sha384WithRSAEncryption", 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 12 }, br_sha384_ID,
		KEY_RSA, 0, 0 },
	{ "sha512WithRSAEncryption", 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 13 }, br_sha512_ID,
		KEY_RSA, 0, 0 },
	{ "sha224WithRSAEncryption", 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 14 }, br_sha224_ID,
		KEY_RSA, 0, 0 },
	{ "ecdsa-with-SHA1", 7, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1 }, br_sha1_ID, KEY_EC, 1, 0 },
	{ "ecdsa-with-SHA224", 8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 1 }, br_sha224_ID, KEY_EC, 0,
		0 },
	{ "ecdsa-with-SHA256", 8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2 }, br_sha256_ID, KEY_EC, 0,
		0 },
	{ "ecdsa-with-SHA384", 8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3 }, br_sha384_ID, KEY_EC, 0,
		0 },
	{ "ecdsa-with-SHA512", 8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 4 }, br_sha512_ID, KEY_EC, 0,
		0 },
	{ "Ed25519", 3, { 0x2b, 0x65, 0x70 }, br_sha512_ID, KEY_ED25519, 0, 0 },
	{ "Ed448", 3, { 0x2b, 0x65, 0x71 }, 0, KEY_ED448, 0, 0 },
};

/* RSASSA-PSS by its parameters. */
static const struct {
	uint8_t two; /* of rsa_pss_parameters */
	signature_algorithm row;
} pss_signatures[] = {
#define PSS                                                                                        \
	9,                                                                                             \
	{                                                                                              \
		0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10                                               \
	}
	{ 0, { "rsassaPss (SHA-1)", PSS, br_sha1_ID, KEY_RSA, 1, 1 } },
	{ 0, { "rsassaPss (SHA-224)", PSS, br_sha224_ID, KEY_RSA, 0, 1 } },
	{ 0, { "rsassaPss (SHA-256)", PSS, br_sha256_ID, KEY_RSA, 0, 1 } },
	{ 0, { "rsassaPss (SHA-384)", PSS, br_sha384_ID, KEY_RSA, 0, 1 } },
	{ 0, { "rsassaPss (SHA-512)", PSS, br_sha512_ID, KEY_RSA, 0, 1 } },
	{ 0, { "rsassaPss (unknown hash)", PSS, 0, KEY_RSA, 0, 1 } },
	{ 1, { "rsassaPss (MGF1 with another hash)", PSS, 0, KEY_RSA, 0, 1 } },
#undef PSS
};

/* The hash functions that check signatures, with their OIDs for PKCS#1 (length first). */
static const struct {
	uint8_t id;
	const br_hash_class *class;
	const uint8_t *pkcs1;
} hashes[] = {
	{ br_md5_ID, &br_md5_vtable, (const uint8_t *)"\x08\x2a\x86\x48\x86\xf7\x0d\x02\x05" },
	{ br_sha1_ID, &br_sha1_vtable, BR_HASH_OID_SHA1 },
	{ br_sha224_ID, &br_sha224_vtable, BR_HASH_OID_SHA224 },
	{ br_sha256_ID, &br_sha256_vtable, BR_HASH_OID_SHA256 },
	{ br_sha384_ID, &br_sha384_vtable, BR_HASH_OID_SHA384 },
	{ br_sha512_ID, &br_sha512_vtable, BR_HASH_OID_SHA512 },
};

int signature_algorithm_is_pss(bytes oid)
{
	return der_oid_is(oid, (const char *)pss_signatures[0].row.oid, pss_signatures[0].row.oid_len);
}

const signature_algorithm *signature_algorithm_by_oid(bytes oid, const rsa_pss_parameters *pss)
{
	size_t last = sizeof pss_signatures / sizeof pss_signatures[0] - 1, at = 0;

	if (signature_algorithm_is_pss(oid)) {
		while (at < last
			&& (pss_signatures[at].two != pss->two || pss_signatures[at].row.hash != pss->hash)) {
			at++;
		}
		return &pss_signatures[at].row;
	}
	for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
		if (der_oid_is(oid, (const char *)signatures[i].oid, signatures[i].oid_len)) {
			return &signatures[i];
		}
	}
	return NULL;
}

static int check_rsa(bytes signature, const public_key *key, const uint8_t *oid,
	const uint8_t *digest, size_t digest_len)
{
	uint8_t found[64];

	return rsa_pkcs1_recover(signature, oid, found, digest_len, &key->rsa)
		&& memcmp(found, digest, digest_len) == 0;
}

/* The key is one that makes such signatures. */
static int goes_with(const signature_algorithm *a, const public_key *key)
{
	return a->key == key->kind || (a->pss && key->kind == KEY_RSA_PSS);
}

int64_t signature_cost(const signature_algorithm *a, size_t len, const public_key *key)
{
	enum {
		HASH_NS = 7,
		RSA_PARTS = 42,
		P256_NS = 400000,
		P384_NS = 1000000,
		P521_NS = 3000000,
		ED25519_NS = 1500000,
		MGF1_PARTS = 4
	};

	if (a == NULL || a->hash == 0 || !goes_with(a, key) || !public_key_usable(key)) {
		return 0;
	}
	int64_t hashing = (int64_t)len * HASH_NS;
	if (key->kind == KEY_ED25519) {
		return hashing + ED25519_NS;
	}
	if (key->kind != KEY_EC) {
		/* Each block of the mask is a hash of its own. */
		hashing += a->pss ? (int64_t)key->bits / 8 * MGF1_PARTS * HASH_NS : 0;
		/* As many multiplications as the exponent is long, each of the modulus with itself. */
		return hashing
			+ (int64_t)key->bits * key->bits * (int64_t)key->rsa.exponent.len / RSA_PARTS;
	}
	return hashing + (key->bits <= 256 ? P256_NS : key->bits <= 384 ? P384_NS : P521_NS);
}

signature_answer signature_verify(const signature_algorithm *a, size_t salt_len, bytes text,
	bytes signature, const public_key *key)
{
	uint8_t digest[64];
	br_hash_compat_context hash;

	if (a == NULL || a->hash == 0 || key->kind == KEY_UNKNOWN) {
		return SIGNATURE_UNKNOWN;
	}
	if (!goes_with(a, key)) {
		return SIGNATURE_BAD;
	}
	if (!public_key_usable(key)) {
		return SIGNATURE_UNKNOWN; /* BearSSL has no such curve, no room for such a modulus, or it would take too long */
	}
	if (key->kind == KEY_ED25519) {
		return ed25519_verify(text, signature, key->point) ? SIGNATURE_GOOD : SIGNATURE_BAD;
	}
	for (size_t i = 0; i < sizeof hashes / sizeof hashes[0]; i++) {
		if (hashes[i].id != a->hash) {
			continue;
		}
		const br_hash_class *class = hashes[i].class;
		size_t digest_len = class->desc >> BR_HASHDESC_OUT_OFF & BR_HASHDESC_OUT_MASK;
		class->init(&hash.vtable);
		class->update(&hash.vtable, text.p, text.len);
		class->out(&hash.vtable, digest);
		int good = key->kind == KEY_EC
			? ecdsa_verify(key->curve, key->point, digest, digest_len, signature)
			: a->pss ? rsa_pss_verify(class, digest, salt_len, signature, key)
					 : check_rsa(signature, key, hashes[i].pkcs1, digest, digest_len);
		return good ? SIGNATURE_GOOD : SIGNATURE_BAD;
	}
	return SIGNATURE_UNKNOWN;
}
