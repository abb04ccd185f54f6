#include "tls13_pair.h"

#include "check.h"
#include "ed25519_sign.h"
#include "tls/messages.h"

#include <stdio.h>
#include <stdlib.h>

static tls13 client_memory;
static tls13_server server_memory;
static recorder certificates_memory;
tls13 *const client = &client_memory;
tls13_server *const server = &server_memory;
recorder *const certificates = &certificates_memory;

static uint8_t record_memory[TLS13_RECORD], hello_message[1024];
static bytes hello;
static key_share share;
static br_hmac_drbg_context rng;
static br_skey_decoder_context server_rsa_key, ec_key;
static br_x509_certificate rsa_chain[2], ec_chain[2];

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

bytes pair_load(
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
		.rng = &rng.vtable,
		.in = record_memory,
		.mute = mute };
	tls13_start(client, &o);
}

/* Once: they stay as they are. */
static void load_keys(void)
{
	uint8_t der[4096];

	if (ec_chain[0].data == NULL) {
		pair_load("good", rsa_chain, &server_rsa_key, der);
		pair_load("ec", ec_chain, &ec_key, der);
	}
}

void pair_start_muted(int mute)
{
	load_keys();
	br_hmac_drbg_init(&rng, &br_sha256_vtable, "client", 6);
	key_share_make(&share, GROUP_X25519, &rng.vtable);
	make_hello();
	start_client(mute);
	tls13_server_start(server, ec_chain, 1, &ec_key);
}

void pair_start(void)
{
	pair_start_muted(0);
}

void pair_start_as(bytes own_hello, const key_share *own_share)
{
	pair_start();
	hello = own_hello;
	share = *own_share;
	start_client(0);
}

void pair_use_rsa(void)
{
	server->chain = rsa_chain;
	server->key = &server_rsa_key;
}

void pair_send_hello(void)
{
	uint8_t record[5 + sizeof hello_message] = { 22, 3, 1, (uint8_t)(hello.len >> 8),
		(uint8_t)hello.len };

	memcpy(record + 5, hello.p, hello.len);
	tls13_server_receive(server, record, 5 + hello.len);
}

void pair_talk(size_t step)
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

void pair_shake_hands(void)
{
	pair_send_hello();
	pair_talk(1 << 20);
}

void pair_lead_to(moment when)
{
	pair_start();
	if (when == CONNECTED) {
		pair_shake_hands();
	} else if (when == AFTER_HELLO) {
		const uint8_t *data;
		pair_send_hello();
		size_t len = 5 + (size_t)wire_number(server->out + 3, 2);
		CHECK(tls13_receive(client, server->out, len), ==, len);
		tls13_server_sent(server, tls13_server_to_send(server, &data));
		/* as the client reads now */
		record_protection_start(&server->writing, client->suite, client->server_secret);
	}
}

const char *pair_heard(void)
{
	static char text[256];
	const uint8_t *data;
	size_t len = tls13_readable(client, &data);

	snprintf(text, sizeof text, "%.*s", (int)len, (const char *)data);
	tls13_read(client, len);
	return text;
}

void pair_conversation(size_t step)
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
	pair_talk(step);
	CHECK_TEXT(server->said, "a1 NOOP\r\n");
	CHECK_TEXT(pair_heard(), "a1 OK");
	pair_talk(step);
	CHECK_TEXT(pair_heard(), " done");
	CHECK_TEXT(pair_heard(), "");
	tls13_close(client);
	CHECK(client->state, ==, TLS13_CLOSED);
	pair_talk(step);
	CHECK(server->alert, ==, 0);
	CHECK(server->failed, ==, 0);
	tls13_close(client);
	CHECK(client->out_len, ==, 0);
}

void pair_expect_failure(const char *what, int alert, tls_error error)
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
