#include "check.h"

#include "hex.h"
#include "x509/rsa_pss.h"

/* Signatures of "abc", made by OpenSSL. A modulus of 8n + 1 bits has a byte of its own. */
static const struct {
	unsigned bits;
	const br_hash_class *hash;
	size_t salt;
	const char *modulus;
	const char *signature;
} cases[] = {
	{ 2048, &br_sha256_vtable, 32,
		"b6c3fe3afa2e50f690c8501d9d400936ade2430bbfebf150cc6ff90c570b60b0378d8e64dcd6"
		"b38bbc5d9a1aec0113d5b8bae9427f86edc0f92cf57977da595b19d1aaec64b2e221e8a77df7"
		"d190d1bb1523976e3956142d42f3c8ee8918462c39f1202874feb5b43e84ad9085da7224ed9c"
		"f73b4473f3a9e1602a783393266f72b6ca83ee4b2fd898c5a12dbc72580aecd5726af86885e5"
		"df5620af2a0e93abc1a06becfb37c384cde2eb61d82a91cd0b78376357a738573c45dc67d058"
		"acfea94489ced89374de86d2782bf9997d432e7548c177eca260dc28b8965c411f0f5b5e7b45"
		"8d29b8460134d595bb983cca99ba8529df4c2be78eb3d432e5c0362f",
		"92e3a44ca3d94280769dfdd51de37aae95804470c04de9c50c5342d04d731adcaec38fa1218d"
		"f61839a69456943f97a30d7e292e2d88998f92855337a30ef08ff9f712acc897e8c43a609d3f"
		"d8fa37beb4b3dff04af95085ccec8749c11276e786d91eec7b32e563d03420e5e5b0572b80ab"
		"073a7765e385ab75dc870bb39bb4f9460049c89b2195af55716258a148944ef1767b78329a8c"
		"e108d60e3a913409826ae38b3fc630889dc41439d2fc341ad66ed99e0b8c60766bde1b72209d"
		"76a20bb4934875dd6d847cc5938e111c3f48364b7de72ac3070584521d3fb35c3ede4d177d2a"
		"1ab394ec05546ea33db029108654214e0e2e7a5a795848a567f40a21" },
	{ 2049, &br_sha384_vtable, 48,
		"c5b00d3083dd714bba906ec83c2c93ffe71763e3328a9f675b8430791ce16907a06053e79741"
		"1c97da35e2059784e59baad65995c6f54096f3b876244d2683fadbd7c006669704d0524e5b49"
		"944ca9f3ed94aba503f77911075a330d40637f6d6e30adc6a986e2b4599a991884cf00f6ede7"
		"fc77c674e2ca15841c9eb9fc819323c065d9103baeeed5bea2877e278540ea0ba9ea28849e08"
		"5bd86e2b645e6b77ee77f313033aa9c5d5ed243a0440eac4e438c0f15392a58984753e480ff0"
		"8ba217b0b02ddc843e293320a2d1c067de6cd10d0185d4a635a57340e0a28f8d3de1a108dee6"
		"51a0771080a30edd7c5c922bb067290509cbb098135d2e8cecf724b3",
		"be72b898e6a3bb1955ef31b87a83bbf5625cc035b1107b4d71952bcff28f20d2830676dbf8f2"
		"d98a51348c5b5f811334a1bf7ed6a12042fb025bc9561380fe6b6fc37a43d1d1906b225216cf"
		"682a59f0345c98cb2262a7d78e9c161ec85462368f4929a5312e97877bade204a33130f8b83e"
		"ca92485080687a1c1a0b509261f4809156128844a44cba797b5ae7a8ce06984a1a9a6dc440d5"
		"c2698434c4ae4b01eabcb06beda00eb4ee16359f2f0399776c43408a1f51b8c22c77eb98b5a3"
		"6dc007119951b8495c6b229ab70553f305a13fafa3f333202c50c9901e58d9bdebf7f7567cfb"
		"0735936a8a834df4d4810fb1dc5737f8804b2795451d906ab7fefb96" },
	{ 1024, &br_sha512_vtable, 20,
		"d6572fa44a47caba72e3b3b615c44fe2057d0a4078f26eee0f127925629c8f4b18da10a20268"
		"42ddb5720c3c1e58d92d9769c126ade9ab0843831f0a174ad8cec5359b9441f66f305598da6a"
		"5a863b9291f9b8389189de27978d2a70cf9ba78cf484c146d509fa5026cf5303694652aefa82"
		"43c3ceee11880bec9a20baa5c667",
		"816a900f91501c32224b031848318a2bcad647344731448dd4c3ae2b250465d01278cf2afe5f"
		"dea7571309b2100c683b383705ada36c9a813cf948ff434e8607def2d5b7aa4334c5e5326683"
		"5a469fba22971afc69cdc4a6221396a993631759f2cab58369e085bc56bdc44f3a804717c7c8"
		"72f2123cc2e03b2b8f8bd1e38e4f" },
};

static uint8_t modulus[512], signature[512], digest[64];
static public_key key;

static bytes read_case(size_t i)
{
	br_hash_compat_context h;

	key = (public_key){ .kind = KEY_RSA,
		.bits = cases[i].bits,
		.rsa = {
			{ modulus, unhex(cases[i].modulus, modulus) }, { (const uint8_t *)"\1\0\1", 3 } } };
	cases[i].hash->init(&h.vtable);
	cases[i].hash->update(&h.vtable, "abc", 3);
	cases[i].hash->out(&h.vtable, digest);
	return (bytes){ signature, unhex(cases[i].signature, signature) };
}

static int verify(size_t i, size_t salt, bytes by)
{
	return rsa_pss_verify(cases[i].hash, digest, salt, by, &key);
}

/* What a key says that it may sign with (RFC 4055 3.3), and bits above those that its modulus leaves room for. */
static void test_limits_of_keys(void)
{
	bytes by = read_case(0);

	key.pss_only = 1;
	key.pss = (rsa_pss_parameters){ .hash = br_sha256_ID, .salt_len = 32 };
	CHECK(verify(0, 32, by), ==, 1);
	key.pss.salt_len = 20;
	CHECK(verify(0, 32, by), ==, 1);
	key.pss.salt_len = 33;
	CHECK(verify(0, 32, by), ==, 0);
	key.pss = (rsa_pss_parameters){ .hash = br_sha384_ID, .salt_len = 20 };
	CHECK(verify(0, 32, by), ==, 0);
	key.pss_only = 0;
	CHECK(verify(0, 32, by), ==, 1);
	key.bits = 2042;
	CHECK(verify(0, 32, by), ==, 0);
	key.bits = 2041; /* its first byte has to be empty */
	CHECK(verify(0, 32, by), ==, 0);
}

void test_rsa_pss(void)
{
	test_limits_of_keys();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		bytes by = read_case(i);
		CHECK(verify(i, cases[i].salt, by), ==, 1);
		/* another salt, another text, another length */
		CHECK(verify(i, cases[i].salt + 1, by), ==, 0);
		CHECK(verify(i, cases[i].salt - 1, by), ==, 0);
		CHECK(verify(i, 500, by), ==, 0);
		digest[3] ^= 1;
		CHECK(verify(i, cases[i].salt, by), ==, 0);
		digest[3] ^= 1;
		CHECK(verify(i, cases[i].salt, (bytes){ by.p, by.len - 1 }), ==, 0);
		for (size_t at = 0; at < by.len; at += 17) {
			signature[at] ^= 4;
			CHECK(verify(i, cases[i].salt, by), ==, 0);
			signature[at] ^= 4;
		}
		/* not below the modulus */
		memset(signature, 0xff, by.len);
		CHECK(verify(i, cases[i].salt, by), ==, 0);
	}
	/* larger than what there is room for */
	static uint8_t large[600];
	key.rsa.modulus = (bytes){ large, sizeof large };
	CHECK(verify(0, 32, (bytes){ large, sizeof large }), ==, 0);
	bytes by = read_case(0);
	key.bits = 1;
	CHECK(verify(0, 32, by), ==, 0);
	/* With 1 as exponent the signature is the encoded message: each of its rules on its own. */
	key.bits = 2048;
	key.rsa.exponent = (bytes){ (const uint8_t *)"\1", 1 };
	memset(signature, 0, by.len);
	CHECK(verify(0, 32, by), ==, 0); /* no trailer */
	signature[by.len - 1] = 0xbc;
	CHECK(verify(0, 32, by), ==, 0); /* no padding */
	signature[0] = 0x80;
	CHECK(verify(0, 32, by), ==, 0); /* a bit too many */
	by = read_case(1);
	key.rsa.exponent = (bytes){ (const uint8_t *)"\1", 1 };
	memset(signature, 0, by.len);
	signature[0] = 1;
	CHECK(verify(1, 48, by), ==, 0); /* in the byte that should be empty */
}
