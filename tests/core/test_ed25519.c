#include "check.h"

#include "ed25519_sign.h"
#include "hex.h"
#include "crypto/ed25519.h"

/* RFC 8032 7.1, tests 1, 2, 3 and SHA(abc) */
static const struct {
	const char *key;
	const char *text;
	const char *signature;
} vectors[] = {
	{ "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
		"e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
		"1cf9b46bd25bf5f0595bbe24655141438e7a100b" },
	{ "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
		"92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613"
		"d0f11d8c387b2eaeb4302aeeb00d291612bb0c00" },
	{ "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
		"6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760"
		"984dc6594a7c15e9716ed28dc027beceea1ec40a" },
	{ "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
		"ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23"
		"a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
		"dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c6"
		"6431e0303dca179c138ac17ad9bef1177331a704" },
};

static uint8_t key_room[64], text_room[256], signature_room[128];

static int verify(const char *key, const char *text, const char *signature)
{
	bytes k = { key_room, unhex(key, key_room) }, t = { text_room, unhex(text, text_room) },
		  s = { signature_room, unhex(signature, signature_room) };

	return ed25519_verify(t, s, k);
}

static int verify_again(size_t text_len)
{
	return ed25519_verify(
		(bytes){ text_room, text_len }, (bytes){ signature_room, 64 }, (bytes){ key_room, 32 });
}

static void test_vectors(void)
{
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
		CHECK(verify(vectors[i].key, vectors[i].text, vectors[i].signature), ==, 1);
		/* of another text, by another key */
		CHECK(verify_again(strlen(vectors[i].text) / 2 + 1), ==, 0);
		const char *other = vectors[(i + 1) % 4].key;
		CHECK(verify(other, vectors[i].text, vectors[i].signature), ==, 0);
	}
}

/* No bit of it may be another. */
static void test_bits(void)
{
	size_t accepted = 0;

	CHECK(verify(vectors[1].key, vectors[1].text, vectors[1].signature), ==, 1);
	for (size_t bit = 0; bit < 8 * 64; bit++) {
		signature_room[bit / 8] ^= (uint8_t)(1 << bit % 8);
		accepted += (size_t)verify_again(1);
		signature_room[bit / 8] ^= (uint8_t)(1 << bit % 8);
		key_room[bit / 8 % 32] ^= (uint8_t)(1 << bit % 8);
		accepted += (size_t)(bit < 256 && verify_again(1));
		key_room[bit / 8 % 32] ^= (uint8_t)(1 << bit % 8);
	}
	CHECK(accepted, ==, 0);
	CHECK(verify_again(1), ==, 1);
}

static void test_lengths(void)
{
	const bytes text = { text_room, 1 };

	CHECK(verify(vectors[1].key, vectors[1].text, vectors[1].signature), ==, 1);
	CHECK(ed25519_verify(text, (bytes){ signature_room, 63 }, (bytes){ key_room, 32 }), ==, 0);
	CHECK(ed25519_verify(text, (bytes){ signature_room, 65 }, (bytes){ key_room, 32 }), ==, 0);
	CHECK(ed25519_verify(text, (bytes){ signature_room, 0 }, (bytes){ key_room, 32 }), ==, 0);
	CHECK(ed25519_verify(text, (bytes){ signature_room, 64 }, (bytes){ key_room, 31 }), ==, 0);
	CHECK(ed25519_verify(text, (bytes){ signature_room, 64 }, (bytes){ key_room, 33 }), ==, 0);
}

#define ZERO "0000000000000000000000000000000000000000000000000000000000000000"
#define NEUTRAL "0100000000000000000000000000000000000000000000000000000000000000"
/* test 3's R */
#define R3 "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"

/* What a careless reader takes. */
static void test_odd(void)
{
	static const struct {
		const char *what;
		const char *key;
		const char *text;
		const char *signature;
	} cases[] = {
		{ "S and L", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
			R3 "05d391b0a77904e98404ef037747a56e4a7c15e9716ed28dc027beceea1ec41a" },
		{ "S is L", NEUTRAL, "",
			NEUTRAL "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010" },
		{ "S of all bits", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
			"af82", R3 "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" },
		{ "nothing", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
			ZERO ZERO },
		{ "R is neutral", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
			"af82", NEUTRAL ZERO },
		/* with these keys the neutral element signs everything, or every other text */
		{ "key of order 1", NEUTRAL, "af82", NEUTRAL ZERO },
		{ "key of order 2", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
			"02", NEUTRAL ZERO },
		{ "key of order 4", ZERO, "02", NEUTRAL ZERO },
		{ "key of order 8", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
			"02", NEUTRAL ZERO },
		/* y = 1 and y = 0, written as y + p; x = 0 with a sign; no point at all */
		{ "key above p", "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "af82",
			NEUTRAL ZERO },
		{ "R above p", NEUTRAL, "af82",
			"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f" ZERO },
		{ "sign of zero", "0100000000000000000000000000000000000000000000000000000000000080", "",
			NEUTRAL ZERO },
		{ "R has a sign of zero", NEUTRAL, "",
			"0100000000000000000000000000000000000000000000000000000000000080" ZERO },
		{ "no point", "0200000000000000000000000000000000000000000000000000000000000000", "",
			NEUTRAL ZERO },
		{ "R is no point", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
			"af82", "0200000000000000000000000000000000000000000000000000000000000000" ZERO },
		/* right only when both sides are multiplied by eight, which others do not */
		{ "cofactor", "95dc11d0b0703bef48b9e10078126dbe5dcdce3f0b61eae412b2547c377eb34e", "00",
			"84ce2467ad27f13a100a8517150611b1142cf16b3fcbf70460fe3793552ec3f16bff7f23ba5ecfb659cc"
			"94d7c276cae6e2277d382347232ec1448ed4bade260c" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		if (!CHECK(verify(cases[i].key, cases[i].text, cases[i].signature), ==, 0)) {
			CHECK_TEXT(cases[i].what, "");
		}
	}
}

/* The tests' servers sign as RFC 8032 does: its test 3, by its secret. */
static void test_signer(void)
{
	uint8_t secret[32], signature[64];

	CHECK(verify(vectors[2].key, vectors[2].text, vectors[2].signature), ==, 1);
	unhex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", secret);
	ed25519_sign(secret, (bytes){ text_room, 2 }, signature);
	CHECK(memcmp(signature, signature_room, sizeof signature), ==, 0);
}

void test_ed25519(void)
{
	test_signer();
	test_vectors();
	test_bits();
	test_lengths();
	test_odd();
}
