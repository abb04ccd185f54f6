/* The client against a server that can be told to break any rule, and against RFC 8448. */
#include "check.h"

#include "ed25519_sign.h"
#include "hex.h"
#include "rfc8448.h"
#include "tls/messages.h"
#include "tls/server_messages.h"
#include "tls/tls13.h"
#include "tls/tls13_handshake.h"
#include "tls/tls13_messages.h"
#include "tls13_server.h"

#include <stdio.h>
#include <stdlib.h>

static tls13 *client;
static tls13_server *server;
static recorder *certificates;
static uint8_t record_memory[TLS13_RECORD], hello_message[1024];
static bytes hello;
static key_share share;
static br_hmac_drbg_context rng;
static br_skey_decoder_context server_rsa_key, ec_key;
static br_x509_certificate rsa_chain[2], ec_chain[2];

/* --- how it is set up ------------------------------------------------------------------------------------ */

static void put_list(wire_writer *w, unsigned kind, size_t size, const uint16_t *numbers, size_t n)
{
	wire_put_number(w, kind, 2);
	size_t extension = wire_open(w, 2), list = wire_open(w, size);
	for (size_t i = 0; i < n; i++) {
		wire_put_number(w, numbers[i], 2);
	}
	wire_close(w, list, size);
	wire_close(w, extension, 2);
}

static void make_hello(void)
{
	static const uint16_t suites[] = { 0x1303, 0x1301, 0x1302 }, groups[] = { 29, 23, 24, 25 },
						  versions[] = { 0x0304 },
						  schemes[] = { 0x0403, 0x0503, 0x0804, 0x0805, 0x0806, 0x0807, 0x0809,
							  0x080a };
	wire_writer w = { .p = hello_message, .room = sizeof hello_message };
	uint8_t zeros[32] = { 7 };

	wire_put_number(&w, MESSAGE_CLIENT_HELLO, 1);
	size_t message = wire_open(&w, 3);
	wire_put_number(&w, TLS_1_2, 2);
	wire_put(&w, zeros, 32);
	wire_put_vector(&w, (bytes){ zeros, 32 }, 1);
	size_t list = wire_open(&w, 2);
	for (size_t i = 0; i < 3; i++) {
		wire_put_number(&w, suites[i], 2);
	}
	wire_close(&w, list, 2);
	wire_put_number(&w, 0x0100, 2);
	size_t all = wire_open(&w, 2);
	put_list(&w, EXTENSION_GROUPS, 2, groups, 4);
	put_list(&w, EXTENSION_SIGNATURES, 2, schemes, 8);
	put_list(&w, EXTENSION_VERSIONS, 1, versions, 1);
	wire_put_number(&w, EXTENSION_KEY_SHARE, 2);
	size_t extension = wire_open(&w, 2), shares = wire_open(&w, 2);
	wire_put_number(&w, share.group, 2);
	wire_put_vector(&w, (bytes){ share.public_key, share.public_len }, 2);
	wire_close(&w, shares, 2);
	wire_close(&w, extension, 2);
	wire_close(&w, all, 2);
	wire_close(&w, message, 3);
	hello = (bytes){ hello_message, w.len };
}

/* The private key in DER. */
static bytes load(
	const char *name, br_x509_certificate *chain_out, br_skey_decoder_context *key, uint8_t *data)
{
	char path[512];
	const chain *c = check_chain(name);

	for (size_t i = 0; i < 2 && i < c->count; i++) {
		chain_out[i].data = malloc(c->list[i].der.len);
		memcpy(chain_out[i].data, c->list[i].der.p, c->list[i].der.len);
		chain_out[i].data_len = c->list[i].der.len;
	}
	snprintf(path, sizeof path, "%s/%s.key.der", check_directory(), name);
	FILE *f = fopen(path, "rb");
	size_t len = f != NULL ? fread(data, 1, 4096, f) : 0;
	br_skey_decoder_init(key);
	br_skey_decoder_push(key, data, len);
	CHECK(br_skey_decoder_last_error(key) == 0, ==, ed25519_secret((bytes){ data, len }) == NULL);
	if (f != NULL) {
		fclose(f);
	}
	return (bytes){ data, len };
}

static void start_client(int mute)
{
	tls13_start_options o = { .hello = hello,
		.share = share,
		.certificates = certificates,
		.primitives = { &br_aes_ct_ctr_vtable, br_ghash_ctmul, br_chacha20_ct_run,
			br_poly1305_ctmul_run },
		.rng = &rng.vtable,
		.in = record_memory,
		.mute = mute };
	tls13_start(client, &o);
}

static void start_muted(int mute)
{
	br_hmac_drbg_init(&rng, &br_sha256_vtable, "client", 6);
	key_share_make(&share, GROUP_X25519, &rng.vtable);
	make_hello();
	start_client(mute);
	tls13_server_start(server, ec_chain, 1, &ec_key);
}

static void start(void)
{
	start_muted(0);
}

static void send_hello(void)
{
	uint8_t record[5 + sizeof hello_message] = { 22, 3, 1, (uint8_t)(hello.len >> 8),
		(uint8_t)hello.len };

	memcpy(record + 5, hello.p, hello.len);
	tls13_server_receive(server, record, 5 + hello.len);
}

/* Lets both talk until neither has anything to say. */
static void talk(size_t step)
{
	const uint8_t *data;
	size_t len;

	for (int moved = 1; moved;) {
		moved = 0;
		while ((len = tls13_server_to_send(server, &data)) > 0) {
			size_t n = tls13_receive(client, data, len < step ? len : step);
			tls13_server_sent(server, n);
			moved |= n > 0;
			if (n == 0) {
				break;
			}
		}
		while ((len = tls13_to_send(client, &data)) > 0) {
			size_t n = len < step ? len : step;
			tls13_server_receive(server, data, n);
			tls13_sent(client, n);
			moved = 1;
		}
	}
}

static void shake_hands(void)
{
	send_hello();
	talk(1 << 20);
}

static const char *heard(void)
{
	static char text[256];
	const uint8_t *data;
	size_t len = tls13_readable(client, &data);

	snprintf(text, sizeof text, "%.*s", (int)len, (const char *)data);
	tls13_read(client, len);
	return text;
}

/* --- what works ------------------------------------------------------------------------------------------ */

static void conversation(size_t step)
{
	CHECK(client->state, ==, TLS13_CONNECTED);
	CHECK(client->complete, ==, 1);
	CHECK(server->finished, ==, 1);
	CHECK(tls13_writable(client), ==, 1);
	CHECK(tls13_write(client, (const uint8_t *)"a1 NOOP\r\n", 9), ==, 9);
	CHECK(tls13_writable(client), ==, 0); /* one record at a time */
	CHECK(tls13_write(client, (const uint8_t *)"x", 1), ==, 0);
	tls13_server_record(server, 23, "a1 OK", 5);
	tls13_server_record(server, 23, "", 0);
	tls13_server_record(server, 23, " done", 5);
	talk(step);
	CHECK_TEXT(server->said, "a1 NOOP\r\n");
	CHECK_TEXT(heard(), "a1 OK");
	talk(step);
	CHECK_TEXT(heard(), " done");
	CHECK_TEXT(heard(), "");
	tls13_close(client);
	CHECK(client->state, ==, TLS13_CLOSED);
	talk(step);
	CHECK(server->alert, ==, 0);
	CHECK(server->failed, ==, 0);
	tls13_close(client);
	CHECK(client->out_len, ==, 0);
}

static void good_case(uint16_t suite, uint16_t group, uint16_t scheme, int rsa, size_t step)
{
	start();
	server->suite = suite;
	server->group = group;
	server->scheme = scheme;
	if (rsa) {
		server->chain = rsa_chain;
		server->key = &server_rsa_key;
	}
	send_hello();
	talk(step);
	CHECK(client->suite, ==, suite);
	CHECK(client->group, ==, group);
	CHECK(client->retried, ==, group != GROUP_X25519);
	CHECK(client->scheme, ==, scheme != 0 ? scheme : rsa ? 0x0804 : 0x0403);
	CHECK(certificates->count, ==, 1);
	CHECK(server->hellos, ==, 1 + (group != GROUP_X25519));
	conversation(step);
}

static void test_matrix(void)
{
	static const uint16_t suites[] = { 0x1301, 0x1302, 0x1303 }, groups[] = { 29, 23, 24, 25 },
						  schemes[] = { 0x0804, 0x0805, 0x0806 };

	for (size_t s = 0; s < 3; s++) {
		for (size_t g = 0; g < 4; g++) {
			good_case(suites[s], groups[g], 0, 0, 1 << 20);
			good_case(suites[s], groups[g], schemes[g % 3], 1, 1 << 20);
		}
	}
	good_case(0x1302, 24, 0, 0, 1);
	good_case(0x1303, 29, 0x0805, 1, 3);
}

/* Messages in pieces, padding, a companion in between, a cookie, a wish for our certificate, keys that change. */
static void test_variety(void)
{
	static const size_t fragments[] = { 1, 3, 64, 512 };

	for (size_t i = 0; i < 4; i++) {
		start();
		server->fragment = fragments[i];
		server->padding = i * 100;
		server->chain_len = 2;
		server->wants_certificate = i % 2 == 1;
		shake_hands();
		CHECK(client->certificate_wanted, ==, i % 2);
		CHECK(server->certificates_heard, ==, i % 2);
		CHECK(certificates->count, ==, 2);
		conversation(1 << 20);
	}
	start();
	server->retries = 1;
	server->cookie_len = LIMIT_COOKIE;
	shake_hands();
	CHECK(client->retried, ==, 1);
	conversation(1 << 20);
	start();
	shake_hands();
	for (uint8_t i = 0; i < LIMIT_KEY_UPDATES; i++) {
		tls13_server_update_key(server, i % 2);
	}
	/* tickets, of which one comes in two records */
	uint8_t ticket[200] = { MESSAGE_NEW_SESSION_TICKET, 0, 0, 196, [14] = 183 };
	tls13_server_record(server, 22, ticket, 200);
	tls13_server_record(server, 22, ticket, 100);
	tls13_server_record(server, 22, ticket + 100, 100);
	talk(1 << 20);
	CHECK(server->key_updates, ==, LIMIT_KEY_UPDATES / 2);
	conversation(1 << 20);
	tls13_server_update_key(server, 0);
	CHECK(client->state, ==, TLS13_CLOSED);
}

/* RFC 8448 section 3, with the flight sealed as there. */
static void test_trace(void)
{
	static const char *const flight[] = { RFC8448_ENCRYPTED_EXTENSIONS, RFC8448_CERTIFICATE,
		RFC8448_CERTIFICATE_VERIFY, RFC8448_SERVER_FINISHED };
	static uint8_t record[2048];
	uint8_t secret[32], wanted[128];
	record_protection writing;
	const uint8_t *data;
	size_t len = 0;

	start();
	hello = (bytes){ hello_message, unhex(RFC8448_CLIENT_HELLO, hello_message) };
	share = (key_share){ .group = 29, .private_len = 32, .public_len = 32 };
	unhex(RFC8448_CLIENT_PRIVATE, share.private_key);
	unhex(RFC8448_CLIENT_PUBLIC, share.public_key);
	start_client(0);
	len = unhex(RFC8448_SERVER_HELLO, record + 5);
	memcpy(record, "\x16\x03\x03\0", 4);
	record[4] = (uint8_t)len;
	CHECK(tls13_receive(client, record, 5 + len), ==, 5 + len);
	unhex(RFC8448_SERVER_HANDSHAKE, secret);
	record_protection_start(&writing, 0x1301, secret, &client->primitives);
	len = 0;
	for (size_t i = 0; i < 4; i++) {
		len += unhex(flight[i], record + 5 + len);
	}
	CHECK(len + 22, ==, 679); /* as long as in the RFC */
	len = record_seal(&writing, 22, record, len);
	CHECK(tls13_receive(client, record, len), ==, len);
	CHECK(client->state, ==, TLS13_CONNECTED);
	CHECK(client->scheme, ==, 0x0804);
	/* our companion, and then the very record */
	CHECK(tls13_to_send(client, &data), ==, 6 + 58);
	unhex(RFC8448_CLIENT_FINISHED_RECORD, wanted);
	CHECK(memcmp(data, "\x14\3\3\0\1\1", 6), ==, 0);
	CHECK(memcmp(data + 6, wanted, 58), ==, 0);
	tls13_sent(client, 64);
	/* its ticket, under the next key */
	unhex(RFC8448_SERVER_APPLICATION, secret);
	record_protection_start(&writing, 0x1301, secret, &client->primitives);
	len = record_seal(&writing, 22, record, unhex(RFC8448_NEW_SESSION_TICKET, record + 5));
	CHECK(tls13_receive(client, record, len), ==, len);
	CHECK(client->state, ==, TLS13_CONNECTED);
}

/* --- what must not ----------------------------------------------------------------------------------- */

static void expect_failure(const char *what, int alert, tls_error error)
{
	int good = CHECK(client->state, ==, TLS13_FAILED);

	good &= CHECK(client->error, ==, error);
	good &= CHECK(server->alert, ==, alert);
	good &= CHECK(tls13_receive(client, (const uint8_t *)"more", 4), ==, 0);
	good &= CHECK(tls13_writable(client), ==, 0);
	if (!good) {
		fprintf(stderr, "%s\n", what);
	}
	/* Nothing is left of what was secret. */
	static const uint8_t zeros[sizeof client->writing];
	CHECK(memcmp(client->client_secret, zeros, sizeof client->client_secret), ==, 0);
	CHECK(memcmp(client->server_secret, zeros, sizeof client->server_secret), ==, 0);
	CHECK(memcmp(&client->schedule.secret, zeros, sizeof client->schedule.secret), ==, 0);
	CHECK(memcmp(&client->reading, zeros, sizeof client->reading), ==, 0);
	CHECK(memcmp(&client->writing, zeros, sizeof client->writing), ==, 0);
	CHECK(memcmp(client->share.private_key, zeros, sizeof client->share.private_key), ==, 0);
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
		start();
		server->tamper = tamper_byte;
		server->tamper_arg = (void *)&faults[i];
		shake_hands();
		expect_failure(faults[i].what, faults[i].alert, faults[i].error);
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
	start();
	server->tamper = replace;
	server->tamper_arg = (void *)hex;
	shake_hands();
	expect_failure(hex, alert, error);
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
	start();
	server->wants_certificate = 1;
	server->tamper = replace;
	server->tamper_arg = "0d00000401010000";
	shake_hands();
	expect_failure("context of a request", 47, TLS_ERROR_bad_handshake);
	start();
	server->wants_certificate = 1;
	server->tamper = replace;
	server->tamper_arg = "0d000003000000";
	shake_hands();
	expect_failure("a request without schemes", 109, TLS_ERROR_bad_handshake);
	start();
	server->wants_certificate = 1;
	server->tamper = replace;
	server->tamper_arg = "0d000000";
	shake_hands();
	expect_failure("a request of no bytes", 50, TLS_ERROR_bad_handshake);
	start();
	shake_hands();
	tls13_server_record(server, 22, "\4\0\0\3\0\0\0", 7);
	talk(1 << 20);
	expect_failure("a ticket that is none", 50, TLS_ERROR_bad_handshake);
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
	start();
	server->wants_certificate = 1;
	server->tamper = name_authorities;
	shake_hands();
	CHECK(client->certificate_wanted, ==, 1);
	CHECK(server->certificates_heard, ==, 1);
	conversation(1 << 20);
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
		start();
		server->group = cases[i].group;
		server->retries = cases[i].retries;
		server->cookie_len = cases[i].cookie_len;
		shake_hands();
		expect_failure(cases[i].what, cases[i].alert, cases[i].error);
	}
	/* the group of our share again */
	start();
	tls13_server_plain_record(server, 22,
		"\x02\0\0\x54\3\3\xcf\x21\xad\x74\xe5\x9a\x61\x11\xbe\x1d\x8c\x02\x1e\x65\xb8\x91\xc2\xa2"
		"\x11"
		"\x16\x7a\xbb\x8c\x5e\x07\x9e\x09\xe2\xc8\xa8\x33\x9c\x20\7\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
		"\0\0"
		"\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\1\0\0\x0c\0\x2b\0\2\3\4\0\x33\0\2\0\x1d",
		88);
	talk(1 << 20);
	expect_failure("a share twice", 47, TLS_ERROR_bad_parameter);
}

/* A ServerHello of these extensions, and no other; `retry` makes it a HelloRetryRequest. */
static void hello_case(const char *extensions, int retry, int alert, tls_error error)
{
	static const char head[] = "0303", tail[] = "130100";
	char hex[1024];
	uint8_t record[600], body[300];

	start();
	size_t len = unhex(extensions, body);
	snprintf(hex, sizeof hex, "020000%02x%s%s20%s%s%04x%s", (unsigned)(72 + len), head,
		retry ? "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"
			  : "0000000000000000000000000000000000000000000000000000000000000001",
		"0700000000000000000000000000000000000000000000000000000000000000", tail, (unsigned)len,
		extensions);
	tls13_server_plain_record(server, 22, record, unhex(hex, record));
	talk(1 << 20);
	expect_failure(hex, alert, error);
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
	start();
	server->group = 24;
	server->suite = 0x1301;
	server->tamper = other_suite;
	shake_hands();
	expect_failure("another suite", 47, TLS_ERROR_bad_cipher_suite);
}

/* What may not come before, between or after. Each comes after so much of a handshake. */
typedef enum { AT_START, AFTER_HELLO, CONNECTED } moment;

static void lead_to(moment when)
{
	start();
	if (when == CONNECTED) {
		shake_hands();
	} else if (when == AFTER_HELLO) {
		const uint8_t *data;
		send_hello();
		size_t len = 5 + (size_t)wire_number(server->out + 3, 2);
		CHECK(tls13_receive(client, server->out, len), ==, len);
		tls13_server_sent(server, tls13_server_to_send(server, &data));
		/* as the client reads now */
		record_protection_start(
			&server->writing, client->suite, client->server_secret, &server->primitives);
	}
}

static void longer_finished(tls13_server *t, int hashed, uint8_t *message, size_t *len)
{
	(void)t;
	if (hashed && message[0] == MESSAGE_FINISHED) {
		memcpy(message + *len, "\x18\0\0\1\0", 5);
		*len += 5;
	}
}

static void test_out_of_place(void)
{
	static const struct {
		moment when;
		int plain;
		uint8_t type;
		size_t len;
		const char *content;
		int alert;
		tls_error error;
	} cases[] = {
		{ AT_START, 1, 23, 4, "text", 10, TLS_ERROR_unexpected },
		{ AT_START, 1, 22, 4, "\x0b\0\0\0", 10, TLS_ERROR_unexpected },
		{ AT_START, 1, 22, 0, "", 10, TLS_ERROR_unexpected },
		{ AT_START, 1, 24, 3, "abc", 10, TLS_ERROR_unexpected },
		{ AT_START, 1, 20, 1, "\2", 10, TLS_ERROR_bad_change_cipher_spec },
		{ AT_START, 1, 20, 2, "\1\1", 10, TLS_ERROR_bad_change_cipher_spec },
		{ AT_START, 1, 21, 1, "\2", 50, TLS_ERROR_bad_alert },
		{ AT_START, 1, 22, 4, "\2\0\x0f\xff", 47, TLS_ERROR_too_large },
		{ AFTER_HELLO, 1, 22, 6, "\x08\0\0\2\0\0", 10, TLS_ERROR_unexpected }, /* in the clear */
		{ AFTER_HELLO, 1, 21, 2, "\2\x28", 10, TLS_ERROR_unexpected },
		{ AFTER_HELLO, 1, 23, 40, "0123456789012345678901234567890123456789", 20,
			TLS_ERROR_bad_mac },
		{ AFTER_HELLO, 1, 23, 10, "0123456789", 20, TLS_ERROR_bad_mac },
		{ AFTER_HELLO, 0, 23, 4, "text", 10, TLS_ERROR_unexpected },
		{ AFTER_HELLO, 0, 20, 1, "\1", 10, TLS_ERROR_unexpected },
		{ AFTER_HELLO, 0, 22, 0, "", 10, TLS_ERROR_unexpected },
		{ AFTER_HELLO, 0, 0, 0, "", 10, TLS_ERROR_unexpected }, /* nothing but padding */
		{ AFTER_HELLO, 0, 21, 3, "\2\x28\0", 50, TLS_ERROR_bad_alert },
		{ CONNECTED, 1, 20, 1, "\1", 10, TLS_ERROR_bad_change_cipher_spec },
		{ CONNECTED, 1, 22, 4, "\4\0\0\0", 10, TLS_ERROR_unexpected },
		{ CONNECTED, 0, 22, 4, "\x0d\0\0\0", 10, TLS_ERROR_unexpected }, /* nobody offered this */
		{ CONNECTED, 0, 22, 4, "\0\0\0\0", 10, TLS_ERROR_unexpected },   /* HelloRequest */
		{ CONNECTED, 0, 22, 5, "\x18\0\0\1\2", 50, TLS_ERROR_bad_handshake },
		{ CONNECTED, 0, 22, 4, "\x18\0\0\0", 50, TLS_ERROR_bad_handshake },
		{ CONNECTED, 0, 22, 6, "\x18\0\0\2\0\0", 50, TLS_ERROR_bad_handshake },
		{ CONNECTED, 0, 22, 9, "\x18\0\0\1\0\4\0\0\0", 10,
			TLS_ERROR_unexpected }, /* and something */
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char what[32];
		lead_to(cases[i].when);
		if (cases[i].plain) {
			tls13_server_plain_record(server, cases[i].type, cases[i].content, cases[i].len);
		} else {
			tls13_server_record(server, cases[i].type, cases[i].content, cases[i].len);
		}
		talk(1 << 20);
		snprintf(what, sizeof what, "out of place: %zu", i);
		/* A server in the clear has no key for what we say sealed. */
		if (cases[i].when == AFTER_HELLO) {
			server->alert = cases[i].alert;
		}
		expect_failure(what, cases[i].alert, cases[i].error);
	}
	/* something else between the halves of a message */
	lead_to(CONNECTED);
	tls13_server_record(server, 22, "\4\0\0\x09", 4);
	tls13_server_record(server, 23, "text", 4);
	talk(1 << 20);
	expect_failure("between", 10, TLS_ERROR_unexpected);
	lead_to(CONNECTED);
	tls13_server_record(server, 22, "\4\0\0\x09h", 5);
	tls13_server_record(server, 21, "\1\0", 2);
	talk(1 << 20);
	expect_failure("alert between", 10, TLS_ERROR_unexpected);
	/* a hello that does not end its record */
	start();
	server->fragment = 0;
	send_hello();
	uint8_t longer[600];
	size_t len = (size_t)wire_number(server->out + 3, 2);
	memcpy(longer, server->out + 5, len);
	server->out_len = server->out_at = 0;
	memcpy(longer + len, "\x08\0\0\2\0\0", 6);
	tls13_server_plain_record(server, 22, longer, len + 6);
	talk(1 << 20);
	expect_failure("behind a hello", 10, TLS_ERROR_unexpected);
	/* a hello again; and something behind the Finished, within its record or before our own */
	lead_to(AFTER_HELLO);
	tls13_server_record(server, 22, "\2\0\0\0", 4);
	talk(1 << 20);
	server->alert = 10;
	expect_failure("hello again", 10, TLS_ERROR_unexpected);
	start();
	server->tamper = longer_finished;
	shake_hands();
	expect_failure("behind a Finished", 10, TLS_ERROR_unexpected);
	/* nothing at all, in the middle of a message */
	lead_to(CONNECTED);
	tls13_server_record(server, 22, "\4\0\0\1", 4);
	tls13_server_record(server, 22, "", 0);
	talk(1 << 20);
	expect_failure("nothing between", 10, TLS_ERROR_unexpected);
	/* more new keys than anybody needs */
	lead_to(CONNECTED);
	for (int i = 0; i <= LIMIT_KEY_UPDATES; i++) {
		tls13_server_update_key(server, 0);
	}
	talk(1 << 20);
	expect_failure("flood", 10, TLS_ERROR_limit_exceeded);
}

static void test_headers(void)
{
	static const struct {
		moment when;
		const char *header;
		int alert;
		tls_error error;
	} cases[] = {
		{ AT_START, "\x16\3\3\x40\1", 22, TLS_ERROR_too_large },
		{ AT_START, "\x16\2\3\0\1", 50, TLS_ERROR_bad_version },
		{ CONNECTED, "\x17\3\3\x41\1", 22, TLS_ERROR_too_large },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		lead_to(cases[i].when);
		tls13_receive(client, (const uint8_t *)cases[i].header, 5);
		talk(1 << 20);
		expect_failure("header", cases[i].alert, cases[i].error);
	}
	/* the longest that there may be */
	static uint8_t content[RECORD_CONTENT_MAX];
	lead_to(CONNECTED);
	memset(content, 'x', sizeof content);
	server->padding = 0;
	tls13_server_record(server, 23, content, sizeof content);
	talk(1 << 20);
	const uint8_t *data;
	CHECK(tls13_readable(client, &data), ==, sizeof content);
}

static void alert_case(moment when, const char *alert, tls13_state state, int number)
{
	lead_to(when);
	tls13_server_record(server, 21, alert, 2);
	talk(1 << 20);
	CHECK(client->state, ==, state);
	CHECK(client->alert, ==, number);
	CHECK(client->complete, ==, when == CONNECTED);
}

static void test_alerts(void)
{
	alert_case(AT_START, "\2\x28", TLS13_ALERT_RECEIVED, 40);
	alert_case(AT_START, "\1\x70", TLS13_SERVER_HELLO, 0); /* unrecognized_name is no refusal */
	alert_case(AT_START, "\2\x70", TLS13_ALERT_RECEIVED, 112);
	alert_case(AT_START, "\1\x28", TLS13_ALERT_RECEIVED, 40);
	alert_case(AFTER_HELLO, "\2\x28", TLS13_ALERT_RECEIVED, 40);
	alert_case(AFTER_HELLO, "\1\x70", TLS13_ALERT_RECEIVED, 112);
	alert_case(CONNECTED, "\1\0", TLS13_CLOSED, 0);
	alert_case(CONNECTED, "\1\x5a", TLS13_CONNECTED, 0); /* user_canceled: close_notify follows */
	alert_case(CONNECTED, "\1\x74", TLS13_ALERT_RECEIVED, 116);
}

/* Not a sealed byte from us, and yet all is known. */
static void test_mute(void)
{
	static const uint16_t groups[] = { 29, 23 };
	const uint8_t *data;

	for (size_t i = 0; i < 2; i++) {
		start_muted(1);
		server->group = groups[i];
		shake_hands();
		CHECK(client->state, ==, TLS13_CONNECTED);
		CHECK(client->complete, ==, 1);
		CHECK(server->finished, ==, 0);
		CHECK(server->hellos, ==, i + 1);
		CHECK(tls13_writable(client), ==, 0);
		CHECK(tls13_write(client, (const uint8_t *)"x", 1), ==, 0);
		tls13_server_update_key(server, 1);
		talk(1 << 20);
		tls13_close(client);
		CHECK(tls13_to_send(client, &data), ==, 0);
	}
}

/* What finds no room is left out whole. */
static void test_no_room(void)
{
	static const uint8_t content[sizeof client->out];

	start();
	tls13_send(client, RECORD_HANDSHAKE, (bytes){ content, sizeof content });
	CHECK(client->out_len, ==, 0);
}

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
		bytes secret = load(cases[i].chain, chain, &key, der);
		start();
		server->chain = chain;
		server->key = &key;
		server->ed25519 = ed25519 ? ed25519_secret(secret) : NULL;
		server->scheme = cases[i].scheme;
		shake_hands();
		if (cases[i].alert == 0) {
			CHECK(client->scheme, ==, cases[i].scheme != 0 ? cases[i].scheme : 0x0807);
			conversation(1 << 20);
		} else {
			expect_failure(cases[i].chain, cases[i].alert,
				cases[i].alert == 51 ? TLS_ERROR_bad_signature : TLS_ERROR_invalid_algorithm);
		}
		free(chain[0].data);
		free(chain[1].data);
	}
}

/* A key that no signature can be checked with. */
static void test_unusable_key(void)
{
	static unsigned char ed448[4096];
	static br_x509_certificate other;
	const chain *c = check_chain("ed448");

	memcpy(ed448, c->list[0].der.p, c->list[0].der.len);
	other = (br_x509_certificate){ ed448, c->list[0].der.len };
	start();
	server->chain = &other;
	shake_hands();
	expect_failure("Ed448", 43, TLS_ERROR_key_unusable);
	CHECK(certificates->count, ==, 1);
}

/* What a server of this group says, flight after flight, to the client's usual hellos. */
static size_t record_flights(uint16_t group, uint8_t *out, size_t *first)
{
	const uint8_t *data;

	start();
	server->group = group;
	send_hello();
	*first = tls13_server_to_send(server, &data);
	memcpy(out, data, *first);
	talk(1 << 20);
	CHECK(client->complete, ==, 1);
	/* once more, up to where the client answers a HelloRetryRequest */
	start();
	server->group = group;
	send_hello();
	tls13_server_sent(server, *first);
	tls13_receive(client, out, *first);
	tls13_server_receive(server, client->out, client->out_len);
	size_t second = client->complete ? 0 : tls13_server_to_send(server, &data);
	memcpy(out + *first, data, second);
	return *first + second;
}

/* One bit of each byte: no change of it is taken for the truth. */
static void flipped_case(uint16_t group, size_t listed)
{
	static uint8_t flights[16384];
	size_t first, accepted = 0, all = record_flights(group, flights, &first);

	for (size_t at = 0; at <= all; at++) {
		/* What comes sealed behind two hellos is as it is behind one. */
		if (first < 200 && at > first + 200 && at < all && at % 4 != 0) {
			continue;
		}
		start();
		flights[at] ^= (uint8_t)(at < all ? 1 << at % 8 : 0);
		tls13_receive(client, flights, first);
		tls13_receive(client, flights + first, all - first);
		flights[at] ^= (uint8_t)(at < all ? 1 << at % 8 : 0);
		accepted += (size_t)client->complete;
	}
	/* the last one is whole; the others are versions of records in the clear, which nobody reads (RFC 8446 5.1) */
	CHECK(accepted, ==, listed + 1);
}

static void test_flipped_bits(void)
{
	flipped_case(GROUP_X25519, 2);
	flipped_case(23, 4); /* a HelloRetryRequest has two such records, too */
}

void test_tls13(void)
{
	client = malloc(sizeof *client);
	server = malloc(sizeof *server);
	certificates = malloc(sizeof *certificates);
	uint8_t der[4096];
	load("good", rsa_chain, &server_rsa_key, der);
	load("ec", ec_chain, &ec_key, der);
	test_matrix();
	test_newer_keys();
	test_variety();
	test_trace();
	test_wrong_bytes();
	test_replaced();
	test_many_authorities();
	test_retries();
	test_hellos();
	test_suite_after_retry();
	test_out_of_place();
	test_headers();
	test_alerts();
	test_mute();
	test_no_room();
	test_unusable_key();
	test_flipped_bits();
	for (size_t i = 0; i < 2; i++) {
		free(rsa_chain[i].data);
		free(ec_chain[i].data);
	}
	free(certificates);
	free(server);
	free(client);
}
