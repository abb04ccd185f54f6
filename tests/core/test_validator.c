#include "check.h"

#include "tls/validator.h"

static recorder record;
static validator v;

/* What BearSSL does with a chain. */
static unsigned validate(const char *name)
{
	const chain *c = check_chain(name);

	validator_init(&v, &record);
	v.vtable->start_chain(&v.vtable, "mail.example.test");
	for (size_t i = 0; i < c->count; i++) {
		v.vtable->start_cert(&v.vtable, (uint32_t)c->list[i].der.len);
		v.vtable->append(&v.vtable, c->list[i].der.p, 2);
		v.vtable->append(&v.vtable, c->list[i].der.p + 2, c->list[i].der.len - 2);
		v.vtable->end_cert(&v.vtable);
	}
	return v.vtable->end_chain(&v.vtable);
}

static void test_keys(void)
{
	unsigned usages = 0;

	CHECK(validate("good"), ==, 0);
	const br_x509_pkey *key = v.vtable->get_pkey(&v.vtable, &usages);
	CHECK(key->key_type, ==, BR_KEYTYPE_RSA);
	CHECK(key->key.rsa.nlen, ==, 256);
	CHECK(key->key.rsa.elen, ==, 3);
	CHECK(usages, ==, BR_KEYTYPE_KEYX | BR_KEYTYPE_SIGN);
	CHECK(validate("ec-384"), ==, 0);
	key = v.vtable->get_pkey(&v.vtable, NULL);
	CHECK(key->key_type, ==, BR_KEYTYPE_EC);
	CHECK(key->key.ec.curve, ==, BR_EC_secp384r1);
	CHECK(key->key.ec.qlen, ==, 97);
	/* These do nothing but sign; that Ed25519 is no curve of ECDSA keeps BearSSL from computing with it. */
	CHECK(validate("rsa-pss-key"), ==, 0);
	key = v.vtable->get_pkey(&v.vtable, &usages);
	CHECK(key->key_type, ==, BR_KEYTYPE_RSA);
	CHECK(usages, ==, BR_KEYTYPE_SIGN);
	CHECK(validate("ed25519"), ==, 0);
	key = v.vtable->get_pkey(&v.vtable, &usages);
	CHECK(key->key_type, ==, BR_KEYTYPE_EC);
	CHECK(key->key.ec.curve, ==, 0);
	CHECK(usages, ==, BR_KEYTYPE_SIGN);
}

/* A bad certificate is recorded; a handshake goes on as long as its key is of use. */
static void test_bad_certificates(void)
{
	CHECK(validate("expired-and-wrong-name"), ==, 0);
	CHECK(v.vtable->get_pkey(&v.vtable, NULL) != NULL, ==, 1);
	CHECK(validate("ed448"), ==, BR_ERR_X509_UNSUPPORTED);
	CHECK(v.vtable->get_pkey(&v.vtable, NULL) == NULL, ==, 1);
	CHECK(validate("malformed"), ==, BR_ERR_X509_INVALID_VALUE);
	CHECK(v.vtable->get_pkey(&v.vtable, NULL) == NULL, ==, 1);
	CHECK(record.count, ==, 2);
	validator_init(&v, &record);
	CHECK(record.count, ==, 0);
	CHECK(v.vtable->end_chain(&v.vtable), ==, BR_ERR_X509_EMPTY_CHAIN);
}

void test_validator(void)
{
	test_keys();
	test_bad_certificates();
}
