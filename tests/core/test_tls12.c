#include "check.h"

#include "tls/client_hello.h"
#include "tls/record_protection.h"
#include "tls/tls12.h"

#include <stdlib.h>

static recorder *certificates;

static tls12 *start(int offers_newer)
{
	static const uint8_t seed[TLS_SEED] = { 1, 2, 3 };
	static key_share share;
	uint8_t out[RECORD_HEADER + LIMIT_CLIENT_HELLO];
	client_hello hello = { "mail.example.test", seed, seed, offers_newer ? &share : NULL };
	tls12 *t = malloc(sizeof *t);
	const uint8_t *data;

	certificates = malloc(sizeof *certificates);
	size_t len = client_hello_write(out, sizeof out, &hello);
	bytes message = { out + RECORD_HEADER, len - RECORD_HEADER };
	tls12_start(t, message, offers_newer ? &share : NULL, seed, certificates);
	/* the hello has been sent */
	CHECK(tls12_to_send(t, &data), ==, 0);
	CHECK(memcmp(t->client.eng.client_random, seed, sizeof seed), ==, 0);
	return t;
}

static void stop(tls12 *t)
{
	free(certificates);
	free(t);
}

/* BearSSL's number for an alert of either side, and for an error that it has no name for. */
static void test_numbers(void)
{
	static const struct {
		int number;
		tls_outcome outcome;
		int alert;
		tls_error error;
	} cases[] = {
		{ BR_ERR_OK, TLS_CLOSED, 0, TLS_ERROR_unknown },
		{ BR_ERR_BAD_MAC, TLS_FAILED, 0, TLS_ERROR_bad_mac },
		{ BR_ERR_X509_INVALID_VALUE, TLS_FAILED, 0, TLS_ERROR_certificate_unreadable },
		{ BR_ERR_X509_EXPIRED, TLS_FAILED, 0, TLS_ERROR_unknown },
		{ BR_ERR_RECV_FATAL_ALERT, TLS_ALERT_RECEIVED, 0, TLS_ERROR_unknown },
		{ BR_ERR_RECV_FATAL_ALERT + 255, TLS_ALERT_RECEIVED, 255, TLS_ERROR_unknown },
		{ BR_ERR_SEND_FATAL_ALERT + 70, TLS_FAILED, 0, TLS_ERROR_unknown },
	};
	tls12 *t = start(1);

	t->client.eng.iomode = 0; /* failed, or closed */
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		t->client.eng.err = cases[i].number;
		tls_status status = tls12_state(t);
		CHECK(status.outcome, ==, cases[i].outcome);
		CHECK(status.alert, ==, cases[i].alert);
		CHECK(status.error, ==, cases[i].error);
	}
	stop(t);
}

/* A ServerHello of TLS 1.2 whose random ends with these bytes. */
static size_t server_hello(const char end[8], uint8_t *out)
{
	static const uint8_t start_of_it[] = { 0x16, 3, 3, 0, 42, 2, 0, 0, 38, 3, 3 };
	static const uint8_t rest[] = { 0, 0xc0, 0x2f, 0 };

	memcpy(out, start_of_it, sizeof start_of_it);
	memset(out + sizeof start_of_it, 5, 24);
	memcpy(out + sizeof start_of_it + 24, end, 8);
	memcpy(out + sizeof start_of_it + 32, rest, sizeof rest);
	return sizeof start_of_it + 32 + sizeof rest;
}

/* Who could do better and does not has been told of less (RFC 8446 4.1.3). */
static void downgrade_case(const char end[8], int offers_newer, int refused)
{
	tls12 *t = start(offers_newer);
	const uint8_t *data;
	uint8_t flight[64];
	size_t len = server_hello(end, flight);

	CHECK(tls12_receive(t, flight, len), >, len - 5);
	tls_status status = tls12_state(t);
	CHECK(status.outcome, ==, refused ? TLS_FAILED : TLS_HANDSHAKING);
	CHECK(status.error, ==, refused ? TLS_ERROR_downgraded : TLS_ERROR_unknown);
	if (refused) {
		CHECK(tls12_to_send(t, &data), ==, 7);
		tls12_sent(t, 3);
		CHECK(tls12_to_send(t, &data), ==, 4);
		CHECK(data[3], ==, 47);
		tls12_sent(t, 9);
		CHECK(tls12_to_send(t, &data), ==, 0);
		CHECK(tls12_receive(t, flight, len), ==, 0);
	}
	stop(t);
}

void test_tls12(void)
{
	test_numbers();
	downgrade_case("DOWNGRD\1", 1, 1);
	downgrade_case("DOWNGRD\0", 1, 1);
	downgrade_case("DOWNGRD\2", 1, 0);
	downgrade_case("DOWNGRE\1", 1, 0);
	downgrade_case("DOWNGRD\1", 0, 0);
}
