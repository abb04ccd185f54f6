#include "check.h"

#include "hex.h"
#include "rfc8448.h"
#include "tls/certificate_verify.h"
#include "x509/certificate.h"

#include <bearssl.h>

static void test_trace(void)
{
	uint8_t certificate_der[1024], verify[256], hash[32], message[1024];
	const char *const messages[] = { RFC8448_CLIENT_HELLO, RFC8448_SERVER_HELLO,
		RFC8448_ENCRYPTED_EXTENSIONS, RFC8448_CERTIFICATE };
	certificate c;
	br_sha256_context h;

	br_sha256_init(&h);
	for (size_t i = 0; i < 4; i++) {
		br_sha256_update(&h, message, unhex(messages[i], message));
	}
	br_sha256_out(&h, hash);
	unhex(RFC8448_CERTIFICATE, certificate_der);
	CHECK(certificate_read(&c, certificate_der + 11, 432), ==, 0);
	size_t len = unhex(RFC8448_CERTIFICATE_VERIFY, verify);
	bytes signature = { verify + 8, len - 8 }, transcript = { hash, 32 };
	CHECK(certificate_verify_check(0x0804, signature, &c.key, transcript), ==, 0);
	/* another hash, another kind of key, what TLS 1.3 has done with, and what nobody knows */
	CHECK(certificate_verify_check(0x0805, signature, &c.key, transcript), ==, 51);
	static const uint16_t others[] = { 0x0809, 0x0403, 0x0401, 0x0201, 0x0807, 0x0000, 0xfefe };
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		CHECK(certificate_verify_check(others[i], signature, &c.key, transcript), ==, 47);
	}
	hash[5] ^= 1;
	CHECK(certificate_verify_check(0x0804, signature, &c.key, transcript), ==, 51);
	hash[5] ^= 1;
	verify[60] ^= 1;
	CHECK(certificate_verify_check(0x0804, signature, &c.key, transcript), ==, 51);
	verify[60] ^= 1;
	c.key.kind = KEY_RSA_PSS;
	CHECK(certificate_verify_check(0x0804, signature, &c.key, transcript), ==, 47);
	CHECK(certificate_verify_check(0x0809, signature, &c.key, transcript), ==, 0);
}

/* A curve goes with one hash alone (RFC 8446 4.2.3). */
static void test_curves(void)
{
	static const uint8_t hash[32] = { 4 };
	const public_key key = check_chain("good")->list[1].key;
	const bytes signature = { hash, 8 }, transcript = { hash, 32 };

	CHECK(key.curve, ==, BR_EC_secp256r1);
	CHECK(certificate_verify_check(0x0403, signature, &key, transcript), ==, 51);
	CHECK(certificate_verify_check(0x0503, signature, &key, transcript), ==, 47);
	CHECK(certificate_verify_check(0x0804, signature, &key, transcript), ==, 47);
}

void test_certificate_verify(void)
{
	test_trace();
	test_curves();
}
