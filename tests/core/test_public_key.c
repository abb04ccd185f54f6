#include "check.h"

#include "hex.h"
#include "x509/public_key.h"

#include <stdlib.h>

static int read_key(const char *hex, public_key *key)
{
	static uint8_t spki[256];

	return public_key_read(key, (bytes){ spki, unhex(hex, spki) });
}

#define RSA "300d06092a864886f70d0101010500"

static void test_made_keys(void)
{
	static const struct {
		const char *hex;
		int result;
		key_kind kind;
		unsigned bits;
	} cases[] = {
		{ "301a" RSA "0309003006020100020103", -1, KEY_UNKNOWN, 0 }, /* modulus 0 */
		{ "301a" RSA "0309003006020103020100", -1, KEY_UNKNOWN, 0 }, /* exponent 0 */
		{ "301a" RSA "0309003006020103020103", 0, KEY_RSA, 2 },
		{ "301b" RSA "030a00300702020081020103", 0, KEY_RSA, 8 },
		{ "301c" RSA "030b003006020103020103"
		  "0500",
			-1, KEY_UNKNOWN, 0 },                                    /* bits behind the key */
		{ "301a" RSA "0309003006020183020103", -1, KEY_UNKNOWN, 0 }, /* a modulus below zero */
		{ "301a" RSA "0309003006020103020183", -1, KEY_UNKNOWN, 0 }, /* an exponent below zero */
		{ "301a" RSA "0309003006020103020101", -1, KEY_UNKNOWN, 0 }, /* with which anyone signs */
		{ "301a" RSA "0309003006020103020104", -1, KEY_UNKNOWN, 0 }, /* an even exponent */
		{ "301b" RSA "030a00300702010302020101", 0, KEY_RSA, 2 },
		{ "301a"
		  "300d06092a864886f70d01010a0500"
		  "0309003006020103020103",
			-1, KEY_UNKNOWN, 0 },
		{ "3018"
		  "300b06092a864886f70d01010a"
		  "0309003006020103020103",
			0, KEY_RSA_PSS, 2 },
		{ "301c" RSA "030b003008020103020103"
		  "0500",
			-1, KEY_UNKNOWN, 0 },                              /* a third number */
		{ "3017" RSA "0306003003020103", -1, KEY_UNKNOWN, 0 }, /* no exponent */
		{ "3019"
		  "301306072a8648ce3d020106082a8648ce3d030107"
		  "03020002",
			0, KEY_EC, 256 }, /* compressed: not looked at */
		{ "3019"
		  "301306072a8648ce3d020106082a8648ce3d030107"
		  "03020004",
			-1, KEY_UNKNOWN, 0 }, /* no point of this curve */
		{ "3016"
		  "301006072a8648ce3d020106052b81040022"
		  "03020002",
			0, KEY_EC, 384 }, /* compressed: not looked at */
		{ "3016"
		  "301006072a8648ce3d020106052b81040022"
		  "03020004",
			-1, KEY_UNKNOWN, 0 }, /* no point of this curve */
		{ "3016"
		  "301006072a8648ce3d020106052b81040023"
		  "03020002",
			0, KEY_EC, 521 }, /* compressed: not looked at */
		{ "3016"
		  "301006072a8648ce3d020106052b81040023"
		  "03020004",
			-1, KEY_UNKNOWN, 0 }, /* no point of this curve */
		{ "3016"
		  "301006072a8648ce3d020106052b8104000a"
		  "03020004",
			0, KEY_EC, 256 }, /* secp256k1 */
		{ "3011"
		  "300b06072a8648ce3d02013000"
		  "03020004",
			0, KEY_EC, 0 }, /* a curve in numbers */
		{ "3011"
		  "300b06072a8648ce3d02010605"
		  "03020004",
			-1, KEY_UNKNOWN, 0 },
		{ "300b"
		  "300506032b6571"
		  "03020004",
			0, KEY_ED448, 0 },
		{ "300b"
		  "300506032b6572"
		  "03020004",
			0, KEY_UNKNOWN, 0 },
		{ "300d"
		  "300506032b6571"
		  "03020004"
		  "0500",
			-1, KEY_UNKNOWN, 0 },
		{ "3008"
		  "30020500"
		  "03020004",
			-1, KEY_UNKNOWN, 0 },
		{ "300b"
		  "300506032b6571"
		  "03020104",
			-1, KEY_UNKNOWN, 0 }, /* bits that are no bytes */
	};
	public_key key;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int holds = CHECK(read_key(cases[i].hex, &key), ==, cases[i].result);
		if (holds && cases[i].result == 0) {
			holds = CHECK(key.kind, ==, cases[i].kind) & CHECK(key.bits, ==, cases[i].bits);
		}
		if (!holds) {
			CHECK_TEXT(cases[i].hex, "");
		}
	}
}

static void test_malformed(void)
{
	public_key key;

	/* no SubjectPublicKeyInfo at all; RSA without a modulus */
	CHECK(public_key_read(&key, (bytes){ (const uint8_t *)"\x30\x00", 2 }), ==, -1);
	static const char zero[] =
		"\x30\x1b\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00\x03\x0a\x00"
		"\x30\x07\x02\x01\x00\x02\x02\x01\x01";
	CHECK(public_key_read(&key, (bytes){ (const uint8_t *)zero, sizeof zero - 1 }), ==, -1);
}

/* Keys that BearSSL has no room or no curve for, or that would take too long. */
static void test_usable(void)
{
	public_key key = check_chain("self-signed")->list[0].key; /* RSA */

	CHECK(public_key_usable(&key), ==, 1);
	key.bits = LIMIT_RSA_BITS_MAX;
	CHECK(public_key_usable(&key), ==, 1);
	key.bits = LIMIT_RSA_BITS_MAX + 1;
	CHECK(public_key_usable(&key), ==, 0);
	CHECK(public_key_usable(&check_chain("rsa-exponent-long")->list[0].key), ==, 0);
	CHECK(public_key_usable(&check_chain("rsa-pss-key")->list[0].key), ==, 1);
	CHECK(public_key_usable(&check_chain("rsa-pss-key-sha384")->list[0].key), ==, 1);
	CHECK(public_key_usable(&check_chain("rsa-pss-key-sha3")->list[0].key), ==, 0);
	CHECK(public_key_usable(&check_chain("ec-384")->list[0].key), ==, 1);
	CHECK(public_key_usable(&check_chain("ec-192")->list[0].key), ==, 0);
	CHECK(public_key_usable(&check_chain("ed25519")->list[0].key), ==, 1);
	CHECK(public_key_usable(&check_chain("ed448")->list[0].key), ==, 0);
}

void test_public_key(void)
{
	test_made_keys();
	test_malformed();
	test_usable();
}
