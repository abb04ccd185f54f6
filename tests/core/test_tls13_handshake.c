/* What the messages of a handshake must not say. */
#include "check.h"

#include "ed25519_sign.h"
#include "hex.h"
#include "tls/messages.h"
#include "tls/tls13_handshake.h"
#include "tls13_pair.h"

#include <stdio.h>
#include <stdlib.h>

/* Keys that BearSSL has no word for; one that may not sign so. */
static void test_newer_keys(void)
{
	static const struct {
		const char *chain;
		uint16_t scheme;
		int alert;
	} cases[] = { { "ed25519", 0, 0 }, { "ed25519", 0x0403, 47 }, { "rsa-pss-key", 0x0809, 0 },
		{ "rsa-pss-key", 0x080a, 0 }, { "rsa-pss-key", 0x0804, 47 },
		{ "rsa-pss-key-sha384", 0x080a, 0 }, { "rsa-pss-key-sha384", 0x0809, 51 },
		{ "rsa-pss-key", 0x080b, 47 }, /* not offered here */
		{ "good", 0x0809, 47 }, { "good", 0x0807, 47 } };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		br_x509_certificate chain[2];
		br_skey_decoder_context key;
		uint8_t der[4096];
		int ed25519 = strcmp(cases[i].chain, "ed25519") == 0;
		bytes secret = pair_load(cases[i].chain, chain, &key, der);
		pair_start();
		server->chain = chain;
		server->key = &key;
		server->ed25519 = ed25519 ? ed25519_secret(secret) : NULL;
		server->scheme = cases[i].scheme;
		pair_shake_hands();
		if (cases[i].alert == 0) {
			CHECK(client->scheme, ==, cases[i].scheme != 0 ? cases[i].scheme : 0x0807);
			pair_conversation(1 << 20);
		} else {
			pair_expect_failure(cases[i].chain, cases[i].alert,
				cases[i].alert == 51 ? TLS_ERROR_bad_signature : TLS_ERROR_invalid_algorithm);
		}
		free(chain[0].data);
		free(chain[1].data);
	}
}

typedef struct {
	const char *what;
	uint8_t kind; /* of the message */
	int hashed;
	int at; /* a byte of it, from the end where negative … */
	uint8_t becomes_other_by;
	int alert;
	tls_error error;
} fault;

static void tamper_byte(tls13_server *t, int hashed, uint8_t *message, size_t *len)
{
	const fault *f = t->tamper_arg;

	if (hashed == f->hashed && message[0] == f->kind) {
		message[f->at < 0 ? (size_t)((int)*len + f->at) : (size_t)f->at] ^= f->becomes_other_by;
	}
}

static void test_wrong_bytes(void)
{
	static const fault faults[] = {
		/* for what is hashed before, both sides agree on the wrong bytes: only the byte itself is at fault */
		{ "Finished", 20, 0, -1, 1, 51, TLS_ERROR_bad_finished },
		{ "CertificateVerify", 15, 0, -1, 1, 51, TLS_ERROR_bad_signature },
		{ "scheme not offered", 15, 0, 5, 0x06, 47, TLS_ERROR_invalid_algorithm },
		{ "scheme of another key", 15, 0, 4, 0x0c, 47, TLS_ERROR_invalid_algorithm },
		/* … and after: the transcript differs */
		{ "transcript at EncryptedExtensions", 11, 1, -9, 1, 51, TLS_ERROR_bad_signature },
		/* … or the keys do: then the server cannot read our alert, either */
		{ "random", 2, 1, 10, 1, -1, TLS_ERROR_bad_mac },
		{ "session", 2, 0, 40, 1, 47, TLS_ERROR_bad_parameter },
		{ "version below", 2, 0, 5, 1, 47, TLS_ERROR_bad_parameter },
		{ "version above", 2, 0, 5, 7, 47, TLS_ERROR_bad_parameter },
		{ "compression", 2, 0, 73, 1, 47, TLS_ERROR_bad_parameter },
		{ "length of the session", 2, 0, 38, 0x01, 50, TLS_ERROR_bad_handshake },
		{ "length of the share", 2, 0, 89, 1, 50, TLS_ERROR_bad_handshake },
		{ "suite not offered", 2, 0, 72, 0x04, 47, TLS_ERROR_bad_parameter },
		{ "group not of our share", 2, 0, 87, 0x0a, 47, TLS_ERROR_bad_parameter },
		{ "version chosen", 2, 0, 81, 0x01, 47, TLS_ERROR_bad_parameter },
		{ "extension unknown", 2, 0, 83, 0x7f, 110, TLS_ERROR_bad_parameter },
		{ "length of the extensions", 2, 0, 75, 0x01, 50, TLS_ERROR_bad_handshake },
		{ "extensions in EncryptedExtensions", 8, 0, -1, 1, 50, TLS_ERROR_bad_handshake },
		{ "context of a certificate", 11, 0, 4, 1, 47, TLS_ERROR_bad_handshake },
		{ "list of certificates", 11, 0, 7, 1, 50, TLS_ERROR_bad_handshake },
		{ "extensions of a certificate", 11, 0, -1, 1, 110, TLS_ERROR_extra_extension },
		{ "a certificate that is none", 11, 0, 11, 0x10, 42, TLS_ERROR_certificate_unreadable },
		{ "length of a signature", 15, 0, 7, 1, 50, TLS_ERROR_bad_handshake },
		{ "no EncryptedExtensions", 8, 0, 0, 1, 10, TLS_ERROR_unexpected },
		{ "no CertificateVerify", 15, 0, 0, 27, 10, TLS_ERROR_unexpected },
		{ "no Certificate", 11, 0, 0, 4, 10, TLS_ERROR_unexpected },
	};

	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		pair_start();
		server->tamper = tamper_byte;
		server->tamper_arg = (void *)&faults[i];
		pair_shake_hands();
		pair_expect_failure(faults[i].what, faults[i].alert, faults[i].error);
		CHECK(client->complete, ==, 0);
		CHECK(server->finished, ==, 0);
	}
}

/* The whole message becomes another. */
static void replace(tls13_server *t, int hashed, uint8_t *message, size_t *len)
{
	const char *hex = t->tamper_arg;
	uint8_t other[4096];
	size_t n = unhex(hex, other);

	if (!hashed && message[0] == other[0]) {
		memcpy(message, other, n);
		*len = n;
	}
}

static void replaced_case(const char *hex, int alert, tls_error error)
{
	pair_start();
	server->tamper = replace;
	server->tamper_arg = (void *)hex;
	pair_shake_hands();
	pair_expect_failure(hex, alert, error);
}

/* … of a server that asks for a certificate, whose request this is. */
static void requested_case(const char *hex, const char *what, int alert, tls_error error)
{
	pair_start();
	server->wants_certificate = 1;
	server->tamper = replace;
	server->tamper_arg = (void *)hex;
	pair_shake_hands();
	pair_expect_failure(what, alert, error);
}

static void test_replaced(void)
{
	replaced_case("0b00000400000000", 50, TLS_ERROR_no_certificate);
	replaced_case("0b000000", 50, TLS_ERROR_bad_handshake);
	replaced_case("08000002ffff", 50, TLS_ERROR_bad_handshake);
	replaced_case("08000006000400050000", 110, TLS_ERROR_extra_extension);
	replaced_case("08010000", 47, TLS_ERROR_too_large);
	replaced_case("14000000", 51, TLS_ERROR_bad_finished);
	replaced_case("02000000", 50, TLS_ERROR_bad_handshake);
	/* the same twice; what may not be here; messages with something behind their end */
	replaced_case("0800000a0008000a0000000a0000", 47, TLS_ERROR_extra_extension);
	replaced_case("08000006000400330000", 47, TLS_ERROR_extra_extension);
	replaced_case("080000030000ff", 50, TLS_ERROR_bad_handshake);
	replaced_case("0f000005080700000000", 50, TLS_ERROR_bad_handshake);
	replaced_case("0f00000404030000", 51, TLS_ERROR_bad_signature);
	replaced_case("0f00000408070000", 47, TLS_ERROR_invalid_algorithm);
	replaced_case("0b0000050000000000", 50, TLS_ERROR_bad_handshake);
	replaced_case("0b000008000000040000000000", 50, TLS_ERROR_bad_handshake);
	replaced_case("0f000000", 50, TLS_ERROR_bad_handshake);
	requested_case("0d00000401010000", "context of a request", 47, TLS_ERROR_bad_handshake);
	requested_case("0d000003000000", "a request without schemes", 109, TLS_ERROR_bad_handshake);
	requested_case("0d000000", "a request of no bytes", 50, TLS_ERROR_bad_handshake);
	pair_start();
	pair_shake_hands();
	tls13_server_record(server, 22, "\4\0\0\3\0\0\0", 7);
	pair_talk(1 << 20);
	pair_expect_failure("a ticket that is none", 50, TLS_ERROR_bad_handshake);
}

/* A request with so many authorities that no buffer of ours would hold it. */
static void name_authorities(tls13_server *t, int hashed, uint8_t *message, size_t *len)
{
	enum { NAMES = 1300, NAME = 30 };
	static const uint8_t schemes[] = { 0, 13, 0, 4, 0, 2, 4, 3 };
	wire_writer w = { .p = message + 4, .room = 60000 };

	(void)t;
	if (hashed || message[0] != MESSAGE_CERTIFICATE_REQUEST) {
		return;
	}
	wire_put_number(&w, 0, 1);
	size_t all = wire_open(&w, 2);
	wire_put(&w, schemes, sizeof schemes);
	wire_put_number(&w, EXTENSION_AUTHORITIES, 2);
	size_t extension = wire_open(&w, 2), list = wire_open(&w, 2);
	for (unsigned i = 0; i < NAMES; i++) {
		wire_put_vector(
			&w, (bytes){ (const uint8_t *)"0123456789abcdef0123456789abcdef", NAME }, 2);
	}
	wire_close(&w, list, 2);
	wire_close(&w, extension, 2);
	wire_close(&w, all, 2);
	CHECK(w.bad, ==, 0);
	wire_writer header = { .p = message + 1, .room = 3 };
	wire_put_number(&header, w.len, 3);
	*len = 4 + w.len;
}

static void test_many_authorities(void)
{
	pair_start();
	server->wants_certificate = 1;
	server->tamper = name_authorities;
	pair_shake_hands();
	CHECK(client->certificate_wanted, ==, 1);
	CHECK(server->certificates_heard, ==, 1);
	pair_conversation(1 << 20);
}

static void test_retries(void)
{
	static const struct {
		const char *what;
		uint16_t group;
		int retries;
		size_t cookie_len;
		int alert;
		tls_error error;
	} cases[] = {
		{ "a second one", 0, 2, 4, 10, TLS_ERROR_unexpected },
		{ "one that asks for nothing", 0, 1, 0, 47, TLS_ERROR_bad_parameter },
		{ "a group that we did not offer", 30, 0, 0, 47, TLS_ERROR_bad_parameter },
		{ "a cookie that is too long", 0, 1, LIMIT_COOKIE + 1, 47, TLS_ERROR_too_large },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pair_start();
		server->group = cases[i].group;
		server->retries = cases[i].retries;
		server->cookie_len = cases[i].cookie_len;
		pair_shake_hands();
		pair_expect_failure(cases[i].what, cases[i].alert, cases[i].error);
	}
	/* the group of our share again */
	pair_start();
	tls13_server_plain_record(server, 22,
		"\x02\0\0\x54\3\3\xcf\x21\xad\x74\xe5\x9a\x61\x11\xbe\x1d\x8c\x02\x1e\x65\xb8\x91\xc2\xa2"
		"\x11"
		"\x16\x7a\xbb\x8c\x5e\x07\x9e\x09\xe2\xc8\xa8\x33\x9c\x20\7\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
		"\0\0"
		"\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\1\0\0\x0c\0\x2b\0\2\3\4\0\x33\0\2\0\x1d",
		88);
	pair_talk(1 << 20);
	pair_expect_failure("a share twice", 47, TLS_ERROR_bad_parameter);
}

/* A ServerHello of these extensions, and no other; `retry` makes it a HelloRetryRequest. */
static void hello_case(const char *extensions, int retry, int alert, tls_error error)
{
	static const char head[] = "0303", tail[] = "130100";
	char hex[1024];
	uint8_t record[600], body[300];

	pair_start();
	size_t len = unhex(extensions, body);
	snprintf(hex, sizeof hex, "020000%02x%s%s20%s%s%04x%s", (unsigned)(72 + len), head,
		retry ? "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"
			  : "0000000000000000000000000000000000000000000000000000000000000001",
		"0700000000000000000000000000000000000000000000000000000000000000", tail, (unsigned)len,
		extensions);
	tls13_server_plain_record(server, 22, record, unhex(hex, record));
	pair_talk(1 << 20);
	pair_expect_failure(hex, alert, error);
}

#define V13 "002b00020304"
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static void test_hellos(void)
{
	hello_case(V13, 0, 109, TLS_ERROR_bad_parameter); /* no share */
	hello_case("", 0, 47, TLS_ERROR_bad_parameter);   /* no version */
	hello_case("002b00020303", 0, 47, TLS_ERROR_bad_parameter);
	hello_case("002b00020305", 0, 47, TLS_ERROR_bad_parameter);
	hello_case("002b00020302", 0, 47, TLS_ERROR_bad_parameter);
	hello_case("002b00027f1c", 0, 47, TLS_ERROR_bad_parameter); /* a draft */
	hello_case("002b0003030400", 0, 50, TLS_ERROR_bad_handshake);
	hello_case(V13 V13, 0, 47, TLS_ERROR_bad_parameter);
	hello_case(V13 "00330024001d0020" ZEROS, 0, 47, TLS_ERROR_bad_parameter);
	hello_case(V13 "00330004001d0000", 0, 47, TLS_ERROR_bad_parameter);
	hello_case(V13 "0033000400170000", 0, 47, TLS_ERROR_bad_parameter);
	hello_case(V13 "002900020000", 0, 110, TLS_ERROR_bad_parameter); /* a PSK that nobody offered */
	hello_case(V13 "00000000", 0, 110, TLS_ERROR_bad_parameter);
	hello_case(V13 "002c0003000161", 0, 110, TLS_ERROR_bad_parameter); /* a cookie, too late */
	hello_case(V13 "002c00020000", 1, 50, TLS_ERROR_bad_handshake);    /* an empty one */
	hello_case(V13 "002c0003000261", 1, 50, TLS_ERROR_bad_handshake);
	hello_case(V13 "002c0003000161002c0003000161", 1, 47, TLS_ERROR_bad_parameter);
	hello_case(V13 "00330002001700", 1, 50, TLS_ERROR_bad_handshake);
	hello_case(V13 "003300020017ff", 1, 50, TLS_ERROR_bad_handshake);
	hello_case(V13 "00330002001d", 1, 47, TLS_ERROR_bad_parameter);
	hello_case(V13 "00330002001e", 1, 47, TLS_ERROR_bad_parameter);
	hello_case(V13 "0033000200170010000400020161", 1, 110, TLS_ERROR_bad_parameter);
	hello_case("003300020017", 1, 47, TLS_ERROR_bad_parameter);
}

/* After a HelloRetryRequest the suite stays. */
static void other_suite(tls13_server *t, int hashed, uint8_t *message, size_t *len)
{
	(void)len;
	if (!hashed && message[0] == MESSAGE_SERVER_HELLO && t->hellos == 2) {
		message[72] ^= 2;
	}
}

static void test_suite_after_retry(void)
{
	pair_start();
	server->group = 24;
	server->suite = 0x1301;
	server->tamper = other_suite;
	pair_shake_hands();
	pair_expect_failure("another suite", 47, TLS_ERROR_bad_cipher_suite);
}

/* A key that no signature can be checked with. */
static void test_unusable_key(void)
{
	static unsigned char ed448[4096];
	static br_x509_certificate other;
	const chain *c = check_chain("ed448");

	memcpy(ed448, c->list[0].der.p, c->list[0].der.len);
	other = (br_x509_certificate){ ed448, c->list[0].der.len };
	pair_start();
	server->chain = &other;
	pair_shake_hands();
	pair_expect_failure("Ed448", 43, TLS_ERROR_key_unusable);
	CHECK(certificates->count, ==, 1);
}

void test_tls13_handshake(void)
{
	test_newer_keys();
	test_wrong_bytes();
	test_replaced();
	test_many_authorities();
	test_retries();
	test_hellos();
	test_suite_after_retry();
	test_unusable_key();
}
