#include "check.h"

#include "hex.h"
#include "crypto/ecdsa_verify.h"

#include <bearssl.h>
#include <string.h>

#define KEY_23                                                                                     \
	"0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e956" \
	"28bc64f2f1b20c2d7e9f5177a3c294d4462299"
#define KEY_24                                                                                     \
	"04ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64def8f0ea9055866064a2545154" \
	"80bc138015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344fd" \
	"2533264720"
/* RFC 6979 A.2.5 and A.2.6: signatures of "sample" and "test". */
static const struct {
	int curve;
	const char *point;
	const br_hash_class *hash;
	const char *text;
	const char *r, *s;
} published[] = {
	{ 23, KEY_23, &br_sha1_vtable, "sample",
		"61340c88c3aaebeb4f6d667f672ca9759a6ccaa9fa8811313039ee4a35471d32",
		"6d7f147dac089441bb2e2fe8f7a3fa264b9c475098fdcf6e00d7c996e1b8b7eb" },
	{ 23, KEY_23, &br_sha224_vtable, "sample",
		"53b2fff5d1752b2c689df257c04c40a587fababb3f6fc2702f1343af7ca9aa3f",
		"b9afb64fdc03dc1a131c7d2386d11e349f070aa432a4acc918bea988bf75c74c" },
	{ 23, KEY_23, &br_sha256_vtable, "sample",
		"efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
		"f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8" },
	{ 23, KEY_23, &br_sha384_vtable, "sample",
		"0eafea039b20e9b42309fb1d89e213057cbf973dc0cfc8f129edddc800ef7719",
		"4861f0491e6998b9455193e34e7b0d284ddd7149a74b95b9261f13abde940954" },
	{ 23, KEY_23, &br_sha512_vtable, "sample",
		"8496a60b5e9b47c825488827e0495b0e3fa109ec4568fd3f8d1097678eb97f00",
		"2362ab1adbe2b8adf9cb9edab740ea6049c028114f2460f96554f61fae3302fe" },
	{ 23, KEY_23, &br_sha1_vtable, "test",
		"0cbcc86fd6abd1d99e703e1ec50069ee5c0b4ba4b9ac60e409e8ec5910d81a89",
		"01b9d7b73dfaa60d5651ec4591a0136f87653e0fd780c3b1bc872ffdeae479b1" },
	{ 23, KEY_23, &br_sha224_vtable, "test",
		"c37edb6f0ae79d47c3c27e962fa269bb4f441770357e114ee511f662ec34a692",
		"c820053a05791e521fcaad6042d40aea1d6b1a540138558f47d0719800e18f2d" },
	{ 23, KEY_23, &br_sha256_vtable, "test",
		"f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367",
		"019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083" },
	{ 23, KEY_23, &br_sha384_vtable, "test",
		"83910e8b48bb0c74244ebdf7f07a1c5413d61472bd941ef3920e623fbccebeb6",
		"8ddbec54cf8cd5874883841d712142a56a8d0f218f5003cb0296b6b509619f2c" },
	{ 23, KEY_23, &br_sha512_vtable, "test",
		"461d93f31b6540894788fd206c07cfa0cc35f46fa3c91816fff1040ad1581a04",
		"39af9f15de0db8d97e72719c74820d304ce5226e32dedae67519e840d1194e55" },
	{ 24, KEY_24, &br_sha1_vtable, "sample",
		"ec748d839243d6fbef4fc5c4859a7dffd7f3abddf72014540c16d73309834fa37b9ba002899f6fda3a4a938679"
		"0d4eb2",
		"a3bcfa947beef4732bf247ac17f71676cb31a847b9ff0cbc9c9ed4c1a5b3facf26f49ca031d4857570ccb5ca44"
		"24a443" },
	{ 24, KEY_24, &br_sha224_vtable, "sample",
		"42356e76b55a6d9b4631c865445dbe54e056d3b3431766d0509244793c3f9366450f76ee3de43f5a125333a6be"
		"060122",
		"9da0c81787064021e78df658f2fbb0b042bf304665db721f077a4298b095e4834c082c03d83028efbf93a3c239"
		"40ca8d" },
	{ 24, KEY_24, &br_sha256_vtable, "sample",
		"21b13d1e013c7fa1392d03c5f99af8b30c570c6f98d4ea8e354b63a21d3daa33bde1e888e63355d92fa2b3c36d"
		"8fb2cd",
		"f3aa443fb107745bf4bd77cb3891674632068a10ca67e3d45db2266fa7d1feebefdc63eccd1ac42ec0cb8668a4"
		"fa0ab0" },
	{ 24, KEY_24, &br_sha384_vtable, "sample",
		"94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80"
		"fabe46",
		"99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38"
		"628ac8" },
	{ 24, KEY_24, &br_sha512_vtable, "sample",
		"ed0959d5880ab2d869ae7f6c2915c6d60f96507f9cb3e047c0046861da4a799cfe30f35cc900056d7c99cd7882"
		"433709",
		"512c8cceee3890a84058ce1e22dbc2198f42323ce8aca9135329f03c068e5112dc7cc3ef3446defceb01a45c26"
		"67fdd5" },
	{ 24, KEY_24, &br_sha1_vtable, "test",
		"4bc35d3a50ef4e30576f58cd96ce6bf638025ee624004a1f7789a8b8e43d0678acd9d29876daf46638645f7f40"
		"4b11c7",
		"d5a6326c494ed3ff614703878961c0fde7b2c278f9a65fd8c4b7186201a2991695ba1c84541327e966fa7b50f7"
		"382282" },
	{ 24, KEY_24, &br_sha224_vtable, "test",
		"e8c9d0b6ea72a0e7837fea1d14a1a9557f29faa45d3e7ee888fc5bf954b5e62464a9a817c47ff78b8c11066b24"
		"080e72",
		"07041d4a7a0379ac7232ff72e6f77b6ddb8f09b16cce0ec3286b2bd43fa8c6141c53ea5abef0d8231077a04540"
		"a96b66" },
	{ 24, KEY_24, &br_sha256_vtable, "test",
		"6d6defac9ab64dabafe36c6bf510352a4cc27001263638e5b16d9bb51d451559f918eedaf2293be5b475cc8f01"
		"88636b",
		"2d46f3becbcc523d5f1a1256bf0c9b024d879ba9e838144c8ba6baeb4b53b47d51ab373f9845c0514eefb14024"
		"787265" },
	{ 24, KEY_24, &br_sha384_vtable, "test",
		"8203b63d3c853e8d77227fb377bcf7b7b772e97892a80f36ab775d509d7a5feb0542a7f0812998da8f1dd3ca3c"
		"f023db",
		"ddd0760448d42d8a43af45af836fce4de8be06b485e9b61b827c2f13173923e06a739f040649a667bf3b828246"
		"baa5a5" },
	{ 24, KEY_24, &br_sha512_vtable, "test",
		"a0d5d090c9980faf3c2ce57b7ae951d31977dd11c775d314af55f76c676447d06fb6495cd21b4b6e340fc23658"
		"4fb277",
		"976984e59b4c77b0e8e4460dca3d9f20e07b9bb1f63beefaf576f6b2e8b224634a2092cd3792e0159ad9cee376"
		"59c736" },
};

static const struct {
	const char *what;
	int curve;
	const char *point;
	const char *digest;
	const char *signature;
	int good;
} edges[] = {
#include "ecdsa_vectors.inc"
};

static uint8_t point[200], digest[64], signature[200];

static int verify(int curve, size_t point_len, size_t digest_len, size_t len)
{
	return ecdsa_verify(
		curve, (bytes){ point, point_len }, digest, digest_len, (bytes){ signature, len });
}

static size_t hash(const br_hash_class *class, const char *text)
{
	br_hash_compat_context context;

	class->init(&context.vtable);
	class->update(&context.vtable, text, strlen(text));
	class->out(&context.vtable, digest);
	return class->desc >> BR_HASHDESC_OUT_OFF & BR_HASHDESC_OUT_MASK;
}

static void test_published(void)
{
	for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
		size_t point_len = unhex(published[i].point, point);
		size_t half = unhex(published[i].r, signature);
		unhex(published[i].s, signature + half);
		size_t len = br_ecdsa_raw_to_asn1(signature, 2 * half);
		size_t digest_len = hash(published[i].hash, published[i].text);
		CHECK(verify(published[i].curve, point_len, digest_len, len), ==, 1);
		digest[0] ^= 1;
		CHECK(verify(published[i].curve, point_len, digest_len, len), ==, 0);
	}
}

static void test_edges(void)
{
	for (size_t i = 0; i < sizeof edges / sizeof edges[0]; i++) {
		size_t point_len = unhex(edges[i].point, point);
		size_t digest_len = unhex(edges[i].digest, digest);
		size_t len = unhex(edges[i].signature, signature);
		CHECK(verify(edges[i].curve, point_len, digest_len, len), ==, edges[i].good);
	}
}

/* A signature is refused, and not cut, where a number is longer than the curve's, or the whole than any signature is. */
static void test_too_long(void)
{
	size_t point_len = unhex(published[0].point, point);
	size_t digest_len = hash(published[0].hash, published[0].text);

	memset(signature, 1, 2 * 33);
	size_t len = br_ecdsa_raw_to_asn1(signature, 2 * 33);
	CHECK(verify(published[0].curve, point_len, digest_len, len), ==, 0);
	CHECK(verify(published[0].curve, point_len, digest_len, sizeof signature), ==, 0);
	CHECK(verify(BR_EC_curve25519, point_len, digest_len, len), ==, 0);
}

/* Signatures of keys as they come, now and then damaged: BearSSL's verifier must say the same. */
static void compare(int curve, int count)
{
	static const br_hash_class *const hashes[] = { &br_sha1_vtable, &br_sha224_vtable,
		&br_sha256_vtable, &br_sha384_vtable, &br_sha512_vtable };
	const br_ec_impl *ec = br_ec_get_default();
	br_hmac_drbg_context rng;
	br_ec_private_key ours;
	br_ec_public_key pk;
	uint8_t key[100], damage[2];
	int good = 0;

	br_hmac_drbg_init(&rng, &br_sha256_vtable, &curve, sizeof curve);
	for (int i = 0; i < count; i++) {
		if (i % 4 == 0) {
			br_ec_keygen(&rng.vtable, ec, &ours, key, curve);
			br_ec_compute_pub(ec, &pk, point, &ours);
		}
		const br_hash_class *class = hashes[i % 5];
		size_t digest_len = class->desc >> BR_HASHDESC_OUT_OFF & BR_HASHDESC_OUT_MASK;
		br_hmac_drbg_generate(&rng, digest, digest_len);
		size_t len = br_ecdsa_sign_asn1_get_default()(ec, class, digest, &ours, signature);
		br_hmac_drbg_generate(&rng, damage, sizeof damage);
		if (i % 3 == 2) {
			signature[damage[0] % len] ^= (uint8_t)(1 << damage[1] % 8);
		} else if (i % 7 == 6) {
			point[damage[0] % pk.qlen] ^= (uint8_t)(1 << damage[1] % 8);
		}
		int theirs =
			(int)br_ecdsa_vrfy_asn1_get_default()(ec, digest, digest_len, &pk, signature, len);
		CHECK(verify(curve, pk.qlen, digest_len, len), ==, theirs);
		good += theirs;
		br_ec_compute_pub(ec, &pk, point, &ours);
	}
	CHECK(good > count / 3 && good < count, ==, 1);
}

static void test_bearssl(void)
{
	compare(BR_EC_secp256r1, 1000);
	compare(BR_EC_secp384r1, 300);
	compare(BR_EC_secp521r1, 60);
}

void test_ecdsa_verify(void)
{
	test_published();
	test_edges();
	test_too_long();
	test_bearssl();
}
