/* Conversations and records, also against RFC 8448; what is in a record that goes wrong has files of its own. */
#include "check.h"

#include "hex.h"
#include "rfc8448.h"
#include "tls/messages.h"
#include "tls/tls13.h"
#include "tls13_pair.h"

static void good_case(uint16_t suite, uint16_t group, uint16_t scheme, int rsa, size_t step)
{
	pair_start();
	server->suite = suite;
	server->group = group;
	server->scheme = scheme;
	if (rsa) {
		pair_use_rsa();
	}
	pair_send_hello();
	pair_talk(step);
	CHECK(client->suite, ==, suite);
	CHECK(client->group, ==, group);
	CHECK(client->retried, ==, group != GROUP_X25519);
	CHECK(client->scheme, ==, scheme != 0 ? scheme : rsa ? 0x0804 : 0x0403);
	CHECK(certificates->count, ==, 1);
	CHECK(server->hellos, ==, 1 + (group != GROUP_X25519));
	pair_conversation(step);
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
		pair_start();
		server->fragment = fragments[i];
		server->padding = i * 100;
		server->chain_len = 2;
		server->wants_certificate = i % 2 == 1;
		pair_shake_hands();
		CHECK(client->certificate_wanted, ==, i % 2);
		CHECK(server->certificates_heard, ==, i % 2);
		CHECK(certificates->count, ==, 2);
		pair_conversation(1 << 20);
	}
	pair_start();
	server->retries = 1;
	server->cookie_len = LIMIT_COOKIE;
	pair_shake_hands();
	CHECK(client->retried, ==, 1);
	pair_conversation(1 << 20);
	pair_start();
	pair_shake_hands();
	for (uint8_t i = 0; i < LIMIT_KEY_UPDATES; i++) {
		tls13_server_update_key(server, i % 2);
	}
	/* tickets, of which one comes in two records */
	uint8_t ticket[200] = { MESSAGE_NEW_SESSION_TICKET, 0, 0, 196, [14] = 183 };
	tls13_server_record(server, 22, ticket, 200);
	tls13_server_record(server, 22, ticket, 100);
	tls13_server_record(server, 22, ticket + 100, 100);
	pair_talk(1 << 20);
	CHECK(server->key_updates, ==, LIMIT_KEY_UPDATES / 2);
	pair_conversation(1 << 20);
	tls13_server_update_key(server, 0);
	CHECK(client->state, ==, TLS13_CLOSED);
}

/* RFC 8448 section 3, with the flight sealed as there. */
static void test_trace(void)
{
	static const char *const flight[] = { RFC8448_ENCRYPTED_EXTENSIONS, RFC8448_CERTIFICATE,
		RFC8448_CERTIFICATE_VERIFY, RFC8448_SERVER_FINISHED };
	static uint8_t record[2048], hello[1024];
	key_share share = { .group = 29, .private_len = 32, .public_len = 32 };
	uint8_t secret[32], wanted[128];
	record_protection writing;
	const uint8_t *data;
	size_t len = 0;

	unhex(RFC8448_CLIENT_PRIVATE, share.private_key);
	unhex(RFC8448_CLIENT_PUBLIC, share.public_key);
	pair_start_as((bytes){ hello, unhex(RFC8448_CLIENT_HELLO, hello) }, &share);
	len = unhex(RFC8448_SERVER_HELLO, record + 5);
	memcpy(record, "\x16\x03\x03\0", 4);
	record[4] = (uint8_t)len;
	CHECK(tls13_receive(client, record, 5 + len), ==, 5 + len);
	unhex(RFC8448_SERVER_HANDSHAKE, secret);
	record_protection_start(&writing, 0x1301, secret);
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
	record_protection_start(&writing, 0x1301, secret);
	len = record_seal(&writing, 22, record, unhex(RFC8448_NEW_SESSION_TICKET, record + 5));
	CHECK(tls13_receive(client, record, len), ==, len);
	CHECK(client->state, ==, TLS13_CONNECTED);
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
		pair_lead_to(cases[i].when);
		tls13_receive(client, (const uint8_t *)cases[i].header, 5);
		pair_talk(1 << 20);
		pair_expect_failure("header", cases[i].alert, cases[i].error);
	}
	/* the longest that there may be */
	static uint8_t content[RECORD_CONTENT_MAX];
	pair_lead_to(CONNECTED);
	memset(content, 'x', sizeof content);
	server->padding = 0;
	tls13_server_record(server, 23, content, sizeof content);
	pair_talk(1 << 20);
	const uint8_t *data;
	CHECK(tls13_readable(client, &data), ==, sizeof content);
}

static void alert_case(moment when, const char *alert, tls13_state state, int number)
{
	pair_lead_to(when);
	tls13_server_record(server, 21, alert, 2);
	pair_talk(1 << 20);
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
		pair_start_muted(1);
		server->group = groups[i];
		pair_shake_hands();
		CHECK(client->state, ==, TLS13_CONNECTED);
		CHECK(client->complete, ==, 1);
		CHECK(server->finished, ==, 0);
		CHECK(server->hellos, ==, i + 1);
		CHECK(tls13_writable(client), ==, 0);
		CHECK(tls13_write(client, (const uint8_t *)"x", 1), ==, 0);
		tls13_server_update_key(server, 1);
		pair_talk(1 << 20);
		tls13_close(client);
		CHECK(tls13_to_send(client, &data), ==, 0);
	}
}

/* What a server of this group says, flight after flight, to the client's usual hellos. */
static size_t record_flights(uint16_t group, uint8_t *out, size_t *first)
{
	const uint8_t *data;

	pair_start();
	server->group = group;
	pair_send_hello();
	*first = tls13_server_to_send(server, &data);
	memcpy(out, data, *first);
	pair_talk(1 << 20);
	CHECK(client->complete, ==, 1);
	/* once more, up to where the client answers a HelloRetryRequest */
	pair_start();
	server->group = group;
	pair_send_hello();
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
		pair_start();
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
	test_matrix();
	test_variety();
	test_trace();
	test_headers();
	test_alerts();
	test_mute();
	test_flipped_bits();
}
