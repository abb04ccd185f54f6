#include "check.h"

#include "hex.h"
#include "tls/tls.h"
#include "tls_server.h"

#include <bearssl.h>
#include <stdio.h>
#include <stdlib.h>

static tls *start(const char *server_name)
{
	static const uint8_t seed[TLS_SEED] = { 1, 2, 3 };
	tls *t = malloc(sizeof *t);

	tls_start(t, &(tls_options){ .server_name = server_name, .seed = seed });
	return t;
}

/* As the server hears it: all that the client has to say. */
static void fall_silent(tls *t)
{
	const uint8_t *data;
	size_t len;

	while ((len = tls_to_send(t, &data)) > 0) {
		tls_sent(t, len);
	}
}

/* The whole first flight; how long. */
static size_t hello(const char *server_name, uint8_t *out, size_t room)
{
	tls *t = start(server_name);
	const uint8_t *data;
	size_t len = tls_to_send(t, &data);

	CHECK(len, >, 0);
	CHECK(len, <=, room);
	memcpy(out, data, len);
	tls_sent(t, len);
	CHECK(tls_to_send(t, &data), ==, 0);
	CHECK(tls_state(t).outcome, ==, TLS_HANDSHAKING);
	free(t);
	return len;
}

static int contains(const uint8_t *data, size_t len, const char *text)
{
	return memmem(data, len, text, strlen(text)) != NULL;
}

static void test_first_flight(void)
{
	uint8_t one[1024], other[1024];
	size_t len = hello("mail.example.test", one, sizeof one);

	CHECK(one[0], ==, 0x16);
	CHECK(contains(one, len, "mail.example.test"), ==, 1);
	/* The seed is all the randomness there is. */
	CHECK(hello("mail.example.test", other, sizeof other), ==, len);
	CHECK(memcmp(one, other, len), ==, 0);
	/* no SNI for addresses (RFC 6066 section 3) */
	len = hello("192.0.2.1", one, sizeof one);
	CHECK(contains(one, len, "192.0.2.1"), ==, 0);
	CHECK(hello("", one, sizeof one), ==, len);
}

static void failure_case(
	const char *bytes, size_t len, size_t step, tls_outcome outcome, int alert, tls_error error)
{
	tls *t = start("mail.example.test");
	const uint8_t *data;

	tls_sent(t, tls_to_send(t, &data));
	for (size_t at = 0; at < len; at += step) {
		tls_receive(t, (const uint8_t *)bytes + at, len - at < step ? len - at : step);
	}
	tls_sent(t, tls_to_send(t, &data)); /* an alert of its own, if any */
	tls_status status = tls_state(t);
	CHECK(status.outcome, ==, outcome);
	CHECK(status.handshake_complete, ==, 0);
	CHECK(status.alert, ==, alert);
	CHECK(status.error, ==, error);
	free(t);
}

/* Alerts in place of a ServerHello need nobody to read them; what they follow, or are no alerts, do. */
static void test_awaits_older(void)
{
	static const struct {
		const char *bytes;
		size_t len;
		int awaits;
	} cases[] = {
		{ "\x15\x03\x03\0\x02\x02\x28", 7, 0 },
		{ "\x15\x03\x03\0\x02\x01\x00", 7, 0 },
		{ "\x15\x03\x03\0\x02\x01\x70", 7, 0 }, /* of a name that is not known: it goes on */
		{ "\x15\x03\x03\0\x02\x01\x70\x15\x03\x03\0\x02\x02\x28", 14, 0 },
		{ "\x17\x03\x03\0\x01x", 6, 1 },
		{ "\x16\x03\x03\xff\xff", 5, 1 },
	};
	static const uint8_t seed[TLS_SEED] = { 1, 2, 3 };
	tls *t = malloc(sizeof *t);

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		tls_start(t,
			&(tls_options){
				.server_name = "mail.example.test", .seed = seed, .older_on_demand = 1 });
		fall_silent(t);
		const uint8_t *said = (const uint8_t *)cases[i].bytes;
		size_t taken = tls_receive(t, said, cases[i].len);
		CHECK(tls_awaits_older(t), ==, cases[i].awaits);
		if (cases[i].awaits) {
			CHECK(tls_state(t).outcome, ==, TLS_HANDSHAKING);
			CHECK(tls_receive(t, said + taken, cases[i].len - taken), ==, 0);
			tls_older_comes(t);
			CHECK(tls_awaits_older(t), ==, 0);
			tls_receive(t, said + taken, cases[i].len - taken);
			CHECK(tls_state(t).outcome, ==, TLS_FAILED);
		}
	}
	free(t);
}

static void test_failures(void)
{
	static const size_t steps[] = { 64, 1 };

	for (size_t i = 0; i < 2; i++) {
		failure_case("\x15\x03\x03\0\x02\x02\x28", 7, steps[i], TLS_ALERT_RECEIVED, 40, 0);
		failure_case("\x15\x03\x03\0\x02\x01\x00", 7, steps[i], TLS_CLOSED, 0, 0);
		failure_case("\x17\x03\x03\0\x01x", 6, steps[i], TLS_FAILED, 0, TLS_ERROR_unexpected);
		failure_case("\x16\x03\x03\xff\xff", 5, steps[i], TLS_FAILED, 0, TLS_ERROR_bad_length);
	}
}

/* One round between client and server: 0 when neither had anything. What the server sends comes in
 * pieces of `step` bytes. */
static int go_round(tls *t, tls_server *server, size_t step)
{
	br_ssl_engine_context *eng = &server->context.eng;
	const uint8_t *data;
	size_t len = tls_to_send(t, &data), room, moved = len;

	if (len > 0) {
		uint8_t *to = br_ssl_engine_recvrec_buf(eng, &room);
		len = len < room ? len : room;
		memcpy(to, data, len);
		br_ssl_engine_recvrec_ack(eng, len);
		tls_sent(t, len);
	}
	data = br_ssl_engine_sendrec_buf(eng, &len);
	if (data != NULL) {
		len = tls_receive(t, data, len < step ? len : step);
		br_ssl_engine_sendrec_ack(eng, len);
		moved += len;
	}
	return moved > 0;
}

/* That the handshake was complete is remembered, however the connection ends. */
static void test_established(size_t step)
{
	static tls_server server;
	unsigned char record[TLS_SERVER_RECORD];
	tls *t = start("mail.example.test");
	tls_status status;

	for (int i = 0; i < 3; i++) {
		tls_start(t,
			&(tls_options){
				.server_name = "mail.example.test", .seed = (const uint8_t[TLS_SEED]){ 1, 2, 3 } });
		CHECK(tls_state(t).handshake_complete, ==, 0);
		tls_server_start(&server, check_directory(), "good");
		while (go_round(t, &server, step)) {
		}
		status = tls_state(t);
		CHECK(status.outcome, ==, TLS_ESTABLISHED);
		CHECK(status.handshake_complete, ==, 1);
		CHECK(tls_version(t), ==, TLS_1_2);
		CHECK(t->certificates.count, ==, check_chain("good")->count);
		if (i == 0) {
			tls_receive(t, record, tls_server_alert(&server, 80, record));
			CHECK(tls_state(t).outcome, ==, TLS_ALERT_RECEIVED);
			CHECK(tls_state(t).alert, ==, 80);
		} else if (i == 1) {
			tls_receive(t, record, tls_server_damaged(record));
			CHECK(tls_state(t).outcome, ==, TLS_FAILED);
			CHECK(tls_state(t).error, ==, TLS_ERROR_bad_mac);
		} else {
			tls_close(t);
			CHECK(tls_state(t).outcome, ==, TLS_ESTABLISHED); /* until the server has heard it */
			while (go_round(t, &server, step)) {
			}
			CHECK(tls_state(t).outcome, ==, TLS_CLOSED);
		}
		CHECK(tls_state(t).handshake_complete, ==, 1);
		tls_server_free(&server);
	}
	free(t);
}

/* The share of the hello is the ClientKeyExchange, too, where the server takes its group (RFC 8422 5.7). */
static void test_share_serves(int group, const char *name, int serves)
{
	static const uint8_t x25519[] = { 0, 29, 0, 32 };
	static tls_server server;
	br_ec_impl one_curve;
	uint8_t exchange[5 + 32] = { 16, 0, 0, 33, 32 }, sent[4096];
	size_t len = 0, waiting;
	const uint8_t *data;
	tls *t = start("mail.example.test");

	waiting = tls_to_send(t, &data);
	const uint8_t *share = memmem(data, waiting, x25519, sizeof x25519);
	memcpy(exchange + 5, share + sizeof x25519, 32);
	tls_server_start(&server, check_directory(), "good");
	one_curve = *server.context.eng.iec;
	one_curve.supported_curves = 1U << group;
	br_ssl_engine_set_ec(&server.context.eng, &one_curve);
	do {
		if ((waiting = tls_to_send(t, &data)) > 0) {
			CHECK(len + waiting, <=, sizeof sent);
			memcpy(sent + len, data, waiting);
			len += waiting;
		}
	} while (go_round(t, &server, TLS_SERVER_RECORD));
	CHECK(tls_state(t).outcome, ==, TLS_ESTABLISHED);
	CHECK(tls_version(t), ==, TLS_1_2);
	CHECK_TEXT(tls_group_name(t), name);
	CHECK(memmem(sent, len, exchange, sizeof exchange) != NULL, ==, serves);
	tls_server_free(&server);
	free(t);
}

#define NO_SESSION "00"

/* A ServerHello of TLS 1.2 with this session, suite and compression, and extensions. */
static size_t older_hello(const char *session, const char *rest, uint8_t *out)
{
	char text[1024];
	size_t len = strlen(session) / 2 + strlen(rest) / 2 + 34;

	snprintf(text, sizeof text,
		"160303%04x02%06x03030101010101010101010101010101010101010101010101010101010101010101%s%s",
		(unsigned)len + 4, (unsigned)len, session, rest);
	return unhex(text, out);
}

/* Numbers, names and weaknesses as IANA and RFC 9325 have them, of each kind of suite. */
static void test_suites(void)
{
	static const struct {
		uint16_t number;
		const char *name;
		int weak;
	} suites[] = {
		{ 0xcca9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", 0 },
		{ 0xcca8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", 0 },
		{ 0xc02b, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", 0 },
		{ 0xc02f, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", 0 },
		{ 0xc02c, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", 0 },
		{ 0xc030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", 0 },
		{ 0xc0ac, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM", 0 },
		{ 0xc0ad, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM", 0 },
		{ 0xc0ae, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8", 0 },
		{ 0xc0af, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8", 0 },
		{ 0xc023, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", 0 },
		{ 0xc027, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", 0 },
		{ 0xc024, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", 0 },
		{ 0xc028, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", 0 },
		{ 0xc009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", 0 },
		{ 0xc013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", 0 },
		{ 0xc00a, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", 0 },
		{ 0xc014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", 0 },
		{ 0xc02d, "TLS_ECDH_ECDSA_WITH_AES_128_GCM_SHA256", 1 },
		{ 0xc031, "TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256", 1 },
		{ 0xc02e, "TLS_ECDH_ECDSA_WITH_AES_256_GCM_SHA384", 1 },
		{ 0xc032, "TLS_ECDH_RSA_WITH_AES_256_GCM_SHA384", 1 },
		{ 0xc025, "TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA256", 1 },
		{ 0xc029, "TLS_ECDH_RSA_WITH_AES_128_CBC_SHA256", 1 },
		{ 0xc026, "TLS_ECDH_ECDSA_WITH_AES_256_CBC_SHA384", 1 },
		{ 0xc02a, "TLS_ECDH_RSA_WITH_AES_256_CBC_SHA384", 1 },
		{ 0xc004, "TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA", 1 },
		{ 0xc00e, "TLS_ECDH_RSA_WITH_AES_128_CBC_SHA", 1 },
		{ 0xc005, "TLS_ECDH_ECDSA_WITH_AES_256_CBC_SHA", 1 },
		{ 0xc00f, "TLS_ECDH_RSA_WITH_AES_256_CBC_SHA", 1 },
		{ 0x009c, "TLS_RSA_WITH_AES_128_GCM_SHA256", 1 },
		{ 0x009d, "TLS_RSA_WITH_AES_256_GCM_SHA384", 1 },
		{ 0xc09c, "TLS_RSA_WITH_AES_128_CCM", 1 },
		{ 0xc09d, "TLS_RSA_WITH_AES_256_CCM", 1 },
		{ 0xc0a0, "TLS_RSA_WITH_AES_128_CCM_8", 1 },
		{ 0xc0a1, "TLS_RSA_WITH_AES_256_CCM_8", 1 },
		{ 0x003c, "TLS_RSA_WITH_AES_128_CBC_SHA256", 1 },
		{ 0x003d, "TLS_RSA_WITH_AES_256_CBC_SHA256", 1 },
		{ 0x002f, "TLS_RSA_WITH_AES_128_CBC_SHA", 1 },
		{ 0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA", 1 },
		{ 0xc008, "TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA", 1 },
		{ 0xc012, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA", 1 },
		{ 0xc003, "TLS_ECDH_ECDSA_WITH_3DES_EDE_CBC_SHA", 1 },
		{ 0xc00d, "TLS_ECDH_RSA_WITH_3DES_EDE_CBC_SHA", 1 },
		{ 0x000a, "TLS_RSA_WITH_3DES_EDE_CBC_SHA", 1 },
	};
	uint8_t flight[512];
	char rest[8];

	for (size_t i = 0; i < sizeof suites / sizeof suites[0]; i++) {
		tls *t = start("mail.example.test");
		fall_silent(t);
		snprintf(rest, sizeof rest, "%04x00", suites[i].number);
		size_t len = older_hello(NO_SESSION, rest, flight);
		CHECK(tls_receive(t, flight, len), ==, len);
		CHECK(tls_state(t).outcome, ==, TLS_HANDSHAKING);
		CHECK_TEXT(tls_suite_name(t), suites[i].name);
		CHECK(tls_suite_weak(t), ==, suites[i].weak);
		CHECK_TEXT(tls_group_name(t), ""); /* not yet, or that of the certificate's key */
		free(t);
	}
}

/* What is given or taken at the wrong time is neither lost nor made up. */
static void test_wrong_time(void)
{
	tls *t = start("mail.example.test");
	const uint8_t *data;

	CHECK(tls_receive(t, (const uint8_t *)"x", 0), ==, 0);
	CHECK(tls_write(t, (const uint8_t *)"QUIT\r\n", 6), ==, 0); /* not established yet */
	CHECK(tls_readable(t, &data), ==, 0);
	tls_read(t, 1);
	tls_sent(t, 0);
	tls_sent(t, tls_to_send(t, &data) + 1); /* no more than there was */
	CHECK(tls_to_send(t, &data), ==, 0);
	tls_sent(t, 1);
	CHECK(tls_state(t).outcome, ==, TLS_HANDSHAKING);
	tls_receive(t, (const uint8_t *)"\x16\x03\x03\xff\xff", 5);
	CHECK(tls_state(t).outcome, ==, TLS_FAILED);
	CHECK(tls_receive(t, (const uint8_t *)"more", 4), ==, 0);
	CHECK(tls_to_send(t, &data), ==, 7);
	CHECK(memcmp(data, "\x15\3\1\0\2\2\x16", 7), ==, 0); /* record_overflow */
	free(t);
}

/* --- flights that make no sense -------------------------------------------------------------------------------- */

/* What such bytes come to: the last of what is said is a fatal alert, in the clear. */
static void expect_refusal(tls *t, const uint8_t *flight, size_t len, int alert, tls_error error)
{
	const uint8_t *data;
	size_t waiting;

	for (size_t at = 0; at < len; at++) {
		tls_receive(t, flight + at, 1);
	}
	CHECK(tls_state(t).outcome, ==, TLS_FAILED);
	CHECK(tls_state(t).error, ==, error);
	tls_sent(t, 0);
	waiting = tls_to_send(t, &data);
	CHECK(waiting, ==, 7);
	CHECK(data[0], ==, 0x15);
	CHECK(data[5], ==, 2);
	CHECK(data[6], ==, alert);
	tls_sent(t, 3);
	CHECK(tls_to_send(t, &data), ==, 4);
	tls_sent(t, 4);
	CHECK(tls_to_send(t, &data), ==, 0);
	CHECK(tls_receive(t, flight, len), ==, 0);
}

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define POINT "0900000000000000000000000000000000000000000000000000000000000000"
#define GCM "c02f00"

static void test_older_hellos(void)
{
	static const struct {
		const char *session;
		const char *rest;
		int alert;
		tls_error error;
	} cases[] = {
		{ NO_SESSION, "c02f01", 47, TLS_ERROR_bad_compression },
		{ NO_SESSION, "130300", 47, TLS_ERROR_bad_cipher_suite },
		{ NO_SESSION, GCM "00", 50, TLS_ERROR_bad_parameter },
		{ NO_SESSION, GCM "0000ff", 50, TLS_ERROR_bad_parameter },
		{ NO_SESSION, GCM "0005ff01000101", 40, TLS_ERROR_bad_renegotiation },
		{ NO_SESSION, GCM "000400230000", 110, TLS_ERROR_extra_extension },           /* a ticket */
		{ NO_SESSION, GCM "0009001000050003026832", 110, TLS_ERROR_extra_extension }, /* ALPN */
		{ NO_SESSION, GCM "000400050000", 110, TLS_ERROR_extra_extension },           /* stapling */
		{ NO_SESSION,
			GCM "00043374"
				"0000",
			110, TLS_ERROR_extra_extension }, /* NPN */
		{ NO_SESSION, GCM "000400170000", 110, TLS_ERROR_extra_extension },
		{ NO_SESSION, GCM "000aff01000100ff01000100", 110, TLS_ERROR_extra_extension },
		{ NO_SESSION, GCM "0005000000010a", 50, TLS_ERROR_bad_server_name },
		{ NO_SESSION, GCM "0006000b00020101", 47, TLS_ERROR_invalid_algorithm },
		{ NO_SESSION, GCM "0005000b000100", 47, TLS_ERROR_invalid_algorithm },
		{ "21"
		  "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20",
			GCM, 50, TLS_ERROR_oversized_id },
	};
	static uint8_t flight[512];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		for (int plain = 0; plain < 2; plain++) {
			static const uint8_t seed[TLS_SEED] = { 1, 2, 3 };
			tls *t = malloc(sizeof *t);
			tls_start(t,
				&(tls_options){ .server_name = "mail.example.test", .seed = seed, .plain = plain });
			fall_silent(t);
			expect_refusal(t, flight, older_hello(cases[i].session, cases[i].rest, flight),
				cases[i].alert, cases[i].error);
			free(t);
		}
	}
}

/* A session that never was cannot be taken up, and any other may get a name. */
static void test_sessions(void)
{
	static uint8_t flight[512];
	char session[80] = "20";
	const uint8_t *data;

	for (int other = 0; other < 2; other++) {
		tls *t = start("mail.example.test");
		CHECK(tls_to_send(t, &data), >, 100);
		CHECK(data[5 + 4 + 2 + 32], ==, 32);
		for (size_t i = 0; i < 32; i++) {
			snprintf(session + 2 + 2 * i, 3, "%02x",
				(unsigned)data[5 + 4 + 2 + 32 + 1 + i] ^ (unsigned)(other && i == 31));
		}
		size_t len = older_hello(session, GCM, flight);
		fall_silent(t);
		if (other) {
			CHECK(tls_receive(t, flight, len), ==, len);
			CHECK(tls_state(t).outcome, ==, TLS_HANDSHAKING);
		} else {
			expect_refusal(t, flight, len, 47, TLS_ERROR_resume_mismatch);
		}
		free(t);
	}
}

/* A companion may come before everything else in TLS 1.3 (RFC 8446 5). */
static void test_companion_first(void)
{
	static uint8_t flight[512];
	char session[80] = "20";
	const uint8_t *data;
	tls *t = start("mail.example.test");

	CHECK(tls_to_send(t, &data), >, 100);
	for (size_t i = 0; i < 32; i++) {
		snprintf(session + 2 + 2 * i, 3, "%02x", (unsigned)data[5 + 4 + 2 + 32 + 1 + i]);
	}
	size_t len = unhex("140303000101", flight);
	len += older_hello(session,
		"130300002e"
		"002b00020304"
		"00330024001d0020" POINT,
		flight + len);
	fall_silent(t);
	for (size_t at = 0; at < len; at++) {
		CHECK(tls_receive(t, flight + at, 1), ==, 1);
	}
	CHECK(tls_version(t), ==, TLS_1_3);
	CHECK(tls_state(t).outcome, ==, TLS_HANDSHAKING);
	free(t);
}

static void test_older_records(void)
{
	static const struct {
		const char *flight;
		int alert;
		tls_error error;
	} cases[] = {
		{ "1602000004", 70, TLS_ERROR_unsupported_version },
		{ "18030300020100", 10, TLS_ERROR_unexpected }, /* a heartbeat */
		{ "1703030002aaaa", 10, TLS_ERROR_unexpected },
		{ "140303000101", 10, TLS_ERROR_unexpected },
		{ "1603034001", 22, TLS_ERROR_bad_length },
		{ "160303000414000000", 10, TLS_ERROR_unexpected },
		{ "16030300040b000000", 10, TLS_ERROR_unexpected },
		{ "1603000029"
		  "02000025"
		  "0300" ZEROS "00"
		  "002f",
			70, TLS_ERROR_unsupported_version },
	};
	static uint8_t flight[512];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		tls *t = start("mail.example.test");
		fall_silent(t);
		size_t len = unhex(cases[i].flight, flight);
		if (flight[0] == 20) {
			/* might be a companion of TLS 1.3: it is refused when the hello shows that it is none */
			CHECK(tls_receive(t, flight, len), ==, len);
			CHECK(tls_state(t).outcome, ==, TLS_HANDSHAKING);
			len = older_hello(NO_SESSION, GCM, flight);
		}
		expect_refusal(t, flight, len, cases[i].alert, cases[i].error);
		free(t);
	}
}

static br_sslrec_out_gcm_class longer;

static unsigned char *seal_longer(
	const br_sslrec_out_class **context, int type, unsigned version, void *data, size_t *len)
{
	if (type == 22) {
		((uint8_t *)data)[(*len)++] = 0;
	}
	return br_sslrec_out_gcm_vtable.inner.encrypt(context, type, version, data, len);
}

static void start_longer(const br_sslrec_out_gcm_class **context, const br_block_ctr_class *aes,
	const void *key, size_t key_len, br_ghash ghash, const void *iv)
{
	br_sslrec_out_gcm_vtable.init(context, aes, key, key_len, ghash, iv);
	*context = &longer;
}

/* Something behind the server's Finished, in its record: nobody would ever read it, nor what comes next. */
static void test_longer_finished(void)
{
	static tls_server server;
	tls *t = start("mail.example.test");
	const uint8_t *data;
	size_t len;

	longer = br_sslrec_out_gcm_vtable;
	longer.inner.encrypt = seal_longer;
	longer.init = start_longer;
	tls_server_start(
		&server, check_directory(), "good suite=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
	server.context.eng.igcm_out = &longer;
	for (int round = 0; round < 4; round++) {
		while ((len = tls_to_send(t, &data)) > 0) {
			size_t n = tls_server_receive(&server, data, len);
			tls_sent(t, n);
			if (n < len) {
				break;
			}
		}
		while ((len = 0, data = tls_server_to_send(&server, &len)) != NULL && len > 0) {
			tls_receive(t, data, len);
			tls_server_sent(&server, len);
		}
	}
	CHECK(tls_state(t).outcome, ==, TLS_FAILED);
	CHECK(tls_state(t).error, ==, TLS_ERROR_unexpected);
	CHECK(tls_state(t).handshake_complete, ==, 0);
	/* … and the server heard why, sealed. */
	CHECK(br_ssl_engine_last_error(&server.context.eng), ==, BR_ERR_RECV_FATAL_ALERT + 10);
	tls_server_free(&server);
	free(t);
}

/* --- TLS 1.2 with a signature that BearSSL does not know ------------------------------------------------------ */

static const br_ssl_server_policy_class *usual_policy;
static br_ssl_server_policy_class pss_policy;
static const br_skey_decoder_context *pss_key;

static int choose_pss(const br_ssl_server_policy_class **context, const br_ssl_server_context *cc,
	br_ssl_server_choices *choices)
{
	int chosen = usual_policy->choose(context, cc, choices);

	choices->algo_id = 0x0804; /* below 0xff00: sent as it is, and the text is not hashed */
	return chosen;
}

static size_t sign_pss(const br_ssl_server_policy_class **context, unsigned algorithm,
	unsigned char *data, size_t text_len, size_t room)
{
	uint8_t digest[32], signature[512];
	br_sha256_context h;

	(void)context;
	br_sha256_init(&h);
	br_sha256_update(&h, data, text_len);
	br_sha256_out(&h, digest);
	size_t len = tls13_server_sign_pss(pss_key, &br_sha256_vtable, digest, signature);
	CHECK(algorithm, ==, 0x0804);
	CHECK(len, <=, room);
	memcpy(data, signature, len);
	return len;
}

/* Both flights of a server that signs so, to the client's usual ones. */
static size_t record_pss(tls *t, const char *arguments, uint8_t *out, size_t room, size_t *first)
{
	static tls_server server;
	size_t len = 0;

	tls_server_start(&server, check_directory(), arguments);
	usual_policy = *server.context.policy_vtable;
	pss_policy = *usual_policy;
	pss_policy.choose = choose_pss;
	pss_policy.do_sign = sign_pss;
	*server.context.policy_vtable = &pss_policy;
	pss_key = &server.key;
	for (int moved = 1; moved;) {
		const uint8_t *data;
		size_t n;
		moved = 0;
		while ((n = tls_to_send(t, &data)) > 0) {
			n = tls_server_receive(&server, data, n);
			tls_sent(t, n);
			*first = len;
			moved = 1;
		}
		while ((n = 0, data = tls_server_to_send(&server, &n)) != NULL && n > 0) {
			CHECK(n, <=, room - len);
			memcpy(out + len, data, n);
			tls_receive(t, data, n);
			tls_server_sent(&server, n);
			len += n;
			moved = 1;
		}
	}
	tls_server_free(&server);
	return len;
}

static void restart(tls *t)
{
	static const uint8_t seed[TLS_SEED] = { 1, 2, 3 };

	tls_start(t, &(tls_options){ .server_name = "mail.example.test", .seed = seed });
}

/* The hash that the signature was checked against is not the only one that the connection wants. */
static void test_suites_with_pss(void)
{
	static const char *const servers[] = {
		"good suite=TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
		"good suite=TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
		"good suite=TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
		"good suite=TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
		"good suite=TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
		"good suite=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
	};
	static uint8_t flights[16384];
	tls *t = malloc(sizeof *t);
	size_t first;

	for (size_t i = 0; i < sizeof servers / sizeof servers[0]; i++) {
		restart(t);
		record_pss(t, servers[i], flights, sizeof flights, &first);
		CHECK(tls_state(t).handshake_complete, ==, 1);
	}
	free(t);
}

/* One bit of each byte: no change of it is taken for the truth. */
static void test_flipped_bits(void)
{
	static uint8_t flights[16384];
	tls *t = malloc(sizeof *t);
	size_t first = 0, accepted = 0;

	restart(t);
	size_t all = record_pss(
		t, "good suite=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", flights, sizeof flights, &first);
	CHECK(tls_state(t).handshake_complete, ==, 1);
	CHECK(tls_version(t), ==, TLS_1_2);
	for (size_t at = 0; at <= all; at++) {
		/* The middle is certificates, all under one hash: every fourth byte of them will do. */
		if (at > 150 && at < first - 400 && at % 4 != 0) {
			continue;
		}
		restart(t);
		fall_silent(t);
		flights[at] ^= (uint8_t)(at < all ? 1 << at % 8 : 0);
		tls_receive(t, flights, first);
		fall_silent(t);
		tls_receive(t, flights + first, all - first);
		flights[at] ^= (uint8_t)(at < all ? 1 << at % 8 : 0);
		accepted += (size_t)tls_state(t).handshake_complete;
	}
	CHECK(accepted, ==, 1); /* the last one, which is whole */
	free(t);
}

void test_tls(void)
{
	test_suites_with_pss();
	test_flipped_bits();
	test_first_flight();
	test_established(1 << 20);
	test_established(1);
	test_share_serves(BR_EC_curve25519, "x25519", 1);
	test_share_serves(BR_EC_secp256r1, "secp256r1", 0);
	test_share_serves(BR_EC_secp384r1, "secp384r1", 0);
	test_share_serves(BR_EC_secp521r1, "secp521r1", 0);
	test_suites();
	test_failures();
	test_awaits_older();
	test_wrong_time();
	test_older_hellos();
	test_sessions();
	test_companion_first();
	test_older_records();
	test_longer_finished();
}
