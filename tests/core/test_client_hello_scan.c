#include "check.h"

#include "tls/client_hello.h"
#include "tls/client_hello_scan.h"
#include "tls_server.h"

#include <stdio.h>
#include <stdlib.h>

static client_hello_scan h;
static recorder certificates;
static uint8_t buf[512];

static scan_state hear(const uint8_t *data, size_t len, size_t step)
{
	scan_init(&h, &certificates, buf, sizeof buf);
	for (size_t at = 0; at < len; at += step) {
		scan_read(&h, data + at, len - at < step ? len - at : step);
	}
	return h.state;
}

/* What a server with these certificates answers to a hello: in `flight`, its length returned. */
static uint8_t flight[40000];

static size_t answer_of_server(const char *arguments)
{
	static const uint8_t seed[CLIENT_HELLO_SEED] = { 1, 2, 3 };
	static tls_server server;
	uint8_t out[LIMIT_OUTPUT];
	size_t len = client_hello_write_scan(out, sizeof out, TLS_1_2, 0, "mail.example.test", seed);
	size_t room, used = 0;

	tls_server_start(&server, check_directory(), arguments);
	br_ssl_engine_context *eng = &server.context.eng;
	for (size_t at = 0; at < len; at += room) {
		uint8_t *to = br_ssl_engine_recvrec_buf(eng, &room);
		room = len - at < room ? len - at : room;
		memcpy(to, out + at, room);
		br_ssl_engine_recvrec_ack(eng, room);
	}
	const uint8_t *from;
	while ((from = br_ssl_engine_sendrec_buf(eng, &room)) != NULL) {
		memcpy(flight + used, from, room);
		used += room;
		br_ssl_engine_sendrec_ack(eng, room);
	}
	tls_server_free(&server);
	return used;
}

static void test_real_server(size_t step)
{
	static chain sent;

	CHECK(hear(flight, answer_of_server("good"), step), ==, SCAN_COMPLETE);
	CHECK(scan_answered(&h), ==, 1);
	CHECK(h.version, ==, TLS_1_2);
	CHECK(h.suite, ==, BR_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256);
	CHECK(h.group, ==, 29);
	CHECK(h.scheme, ==, 0x0401);
	CHECK(h.certificate_wanted, ==, 0);
	recorder_chain(&certificates, &sent);
	const chain *given = check_chain("good");
	CHECK(sent.count, ==, given->count);
	CHECK(sent.dropped, ==, 0);
	for (size_t i = 0; i < sent.count; i++) {
		CHECK(bytes_equal(sent.list[i].der, given->list[i].der), ==, 1);
	}
	CHECK(certificates.key_unusable, ==, 0);

	CHECK(hear(flight, answer_of_server("ec max=1.0"), step), ==, SCAN_COMPLETE);
	CHECK(h.version, ==, TLS_1_0);
	CHECK(h.scheme, ==, 0); /* only TLS 1.2 says it */
	CHECK(hear(flight, answer_of_server("good suite=TLS_RSA_WITH_AES_128_CBC_SHA"), step), ==,
		SCAN_COMPLETE);
	CHECK(h.group, ==, 0);
}

/* One that listens beside another keeps no certificates; what it needs is in small messages. */
static void test_listener(void)
{
	static uint8_t small[200];
	size_t len = answer_of_server("ec");

	scan_init(&h, NULL, small, sizeof small);
	for (size_t at = 0; at < len; at += 9) {
		scan_read(&h, flight + at, len - at < 9 ? len - at : 9);
	}
	CHECK(h.state, ==, SCAN_COMPLETE);
	CHECK(h.group, ==, 29);
	CHECK(h.scheme, ==, 0x0403);
	CHECK(h.prime_bits, ==, 0);
	/* A server that has never heard of it does not agree to it. */
	CHECK(h.master_secret, ==, 0);
}

/* Cut anywhere, a flight is no answer before its ServerHello is whole, and one ever after. */
static void test_cut(void)
{
	size_t len = answer_of_server("good");
	int answered = 0;

	for (size_t n = 0; n < len; n++) {
		CHECK(hear(flight, n, n + 1), ==, SCAN_READING);
		CHECK(scan_answered(&h) >= answered, ==, 1);
		answered = scan_answered(&h);
	}
	CHECK(answered, ==, 1);
	/* What follows the answer is not looked at. */
	memset(flight + len, 0xff, 100);
	CHECK(hear(flight, len + 100, 7), ==, SCAN_COMPLETE);
}

/* Records of `kind`, each with a body in hex. */
static size_t put_record(uint8_t *to, unsigned kind, const char *hex)
{
	size_t len = strlen(hex) / 2;
	to[0] = (uint8_t)kind;
	to[1] = to[2] = 3;
	to[3] = (uint8_t)(len >> 8);
	to[4] = (uint8_t)len;
	for (size_t i = 0; i < len; i++) {
		char pair[3] = { hex[2 * i], hex[2 * i + 1], '\0' };
		to[5 + i] = (uint8_t)strtoul(pair, NULL, 16);
	}
	return 5 + len;
}

#define RANDOM_HEX                                                                                 \
	"00000000000000000000000000000000"                                                             \
	"00000000000000000000000000000000"
#define SERVER_HELLO                                                                               \
	"02000026"                                                                                     \
	"0303" RANDOM_HEX "00"                                                                         \
	"c02f"                                                                                         \
	"00"
#define HELLO_DONE "0e000000"

/* The version is known with its two bytes, though all else is still to come. */
static void test_version(void)
{
	uint8_t record[64];
	size_t len = put_record(record, 22, SERVER_HELLO);

	record[10] = 0; /* SSL 3.0 */
	for (size_t n = 0; n <= len; n++) {
		hear(record, n, n + 1);
		CHECK(scan_version(&h), ==, n < 5 + 4 + 2 ? 0 : SSL_3_0);
		CHECK(h.version, ==, n < len ? 0 : SSL_3_0);
	}
	hear(record, put_record(record, 22, "63000002abcd"), 1);
	CHECK(scan_version(&h), ==, 0);
}

/* A suite of finite fields, and a prime of so many bits before the rest. */
static void test_prime_bits(void)
{
	static const struct {
		const char *prime;
		unsigned bits;
	} cases[] = { { "0000", 0 }, { "000100", 0 }, { "000101", 1 }, { "000180", 8 },
		{ "00020080", 8 }, { "00027fff", 15 }, { "0003010000", 17 }, { "000400ffffff", 24 },
		{ "00ffffff", 0 } };
	char hex[300];
	uint8_t record[160];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *rest = "00010200017f0401000173";
		snprintf(hex, sizeof hex, "020000260303" RANDOM_HEX "00009f000c0000%02x%s%s" HELLO_DONE,
			(unsigned)(strlen(cases[i].prime) + strlen(rest)) / 2, cases[i].prime, rest);
		CHECK(hear(record, put_record(record, 22, hex), 1), ==, SCAN_COMPLETE);
		CHECK(h.prime_bits, ==, cases[i].bits);
		CHECK(h.scheme, ==,
			cases[i].prime[2] == 'f' ? 0 : 0x0401); /* the last one's length is wrong */
	}
}

static void test_master_secret(void)
{
	uint8_t record[100];

	hear(record,
		put_record(record, 22, "0200002c0303" RANDOM_HEX "00c02f00000400170000" HELLO_DONE), 3);
	CHECK(h.state, ==, SCAN_COMPLETE);
	CHECK(h.master_secret, ==, 1);
}

static void test_odd_flights(void)
{
	static const struct {
		const char *what;
		unsigned kind;
		const char *hex;
		scan_state state;
		int answered;
	} cases[] = {
		{ "no extensions", 22, SERVER_HELLO HELLO_DONE, SCAN_COMPLETE, 1 },
		{ "HelloRequest first", 22, "00000000" SERVER_HELLO HELLO_DONE, SCAN_COMPLETE, 1 },
		{ "an unknown message", 22, SERVER_HELLO "63000002abcd" HELLO_DONE, SCAN_COMPLETE, 1 },
		{ "CertificateStatus", 22, SERVER_HELLO "16000001ab" HELLO_DONE, SCAN_COMPLETE, 1 },
		{ "CertificateRequest", 22, SERVER_HELLO "0d000000" HELLO_DONE, SCAN_COMPLETE, 1 },
		{ "done without a hello", 22, HELLO_DONE, SCAN_BROKEN, 0 },
		{ "two hellos", 22, SERVER_HELLO SERVER_HELLO, SCAN_BROKEN, 0 },
		{ "an empty hello", 22, "02000000", SCAN_BROKEN, 0 },
		{ "compression", 22,
			"02000026"
			"0303" RANDOM_HEX "00"
			"c02f"
			"01",
			SCAN_BROKEN, 0 },
		{ "a version of the future", 22,
			"02000026"
			"0305" RANDOM_HEX "00"
			"c02f"
			"00",
			SCAN_BROKEN, 0 },
		{ "a version of the past", 22,
			"02000026"
			"0002" RANDOM_HEX "00"
			"c02f"
			"00",
			SCAN_BROKEN, 0 },
		{ "half a length of extensions", 22,
			"02000027"
			"0303" RANDOM_HEX "00"
			"c02f"
			"00"
			"00",
			SCAN_BROKEN, 0 },
		{ "an extension cut off", 22,
			"0200002b"
			"0303" RANDOM_HEX "00"
			"c02f"
			"00"
			"0003"
			"002b00",
			SCAN_BROKEN, 0 },
		{ "a key share without a group", 22,
			"0200002c"
			"0303" RANDOM_HEX "00"
			"c02f"
			"00"
			"0004"
			"00330000",
			SCAN_BROKEN, 0 },
		{ "1.2 chosen as 1.3 is", 22,
			"0200002e"
			"0303" RANDOM_HEX "00"
			"c02f"
			"00"
			"0006"
			"002b00020303",
			SCAN_BROKEN, 0 },
		{ "a session too long", 22,
			"02000026"
			"0303" RANDOM_HEX "ff"
			"c02f"
			"00",
			SCAN_BROKEN, 0 },
		{ "certificates that are no list", 22,
			SERVER_HELLO "0b000002"
						 "0000",
			SCAN_BROKEN, 0 },
		{ "certificates of another length", 22,
			SERVER_HELLO "0b000004"
						 "000002ab",
			SCAN_BROKEN, 0 },
		{ "an empty certificate", 22,
			SERVER_HELLO "0b000006"
						 "000003000000",
			SCAN_BROKEN, 0 },
		{ "no certificates", 22,
			SERVER_HELLO "0b000003"
						 "000000" HELLO_DONE,
			SCAN_COMPLETE, 1 },
		{ "a key exchange of another kind", 22,
			SERVER_HELLO "0c000003"
						 "010203" HELLO_DONE,
			SCAN_COMPLETE, 1 },
		{ "a fatal alert", 21, "0228", SCAN_ALERT, 0 },
		{ "a warning, then a fatal alert", 21, "01700246", SCAN_ALERT, 0 },
		{ "a warning alone", 21, "0170", SCAN_READING, 0 },
		{ "half an alert", 21, "02", SCAN_READING, 0 },
		{ "close_notify", 21, "0100", SCAN_ALERT, 0 },
		{ "change_cipher_spec first", 20, "01", SCAN_READING, 0 },
		{ "application data", 23, "00", SCAN_BROKEN, 0 },
		{ "an empty record", 22, "", SCAN_BROKEN, 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		for (size_t step = 1; step < 1000; step += 998) {
			size_t len = put_record(flight, cases[i].kind, cases[i].hex);
			if (!CHECK(hear(flight, len, step), ==, cases[i].state)
				|| !CHECK(scan_answered(&h), ==, cases[i].answered)) {
				CHECK_TEXT(cases[i].what, "");
			}
		}
	}
	/* The header of a record alone tells that it is none. */
	CHECK(hear((const uint8_t *)"\x16\x03\x03\x40\x00", 5, 1), ==, SCAN_READING);
	CHECK(hear((const uint8_t *)"\x16\x03\x03\x40\x01", 5, 1), ==, SCAN_BROKEN);
	CHECK(hear((const uint8_t *)"\x16\x02\x00\x00\x10", 5, 1), ==, SCAN_BROKEN);
	/* A curve that is spelled out has no name. */
	CHECK(hear(flight,
			  put_record(flight, 22,
				  SERVER_HELLO "0c000008"
							   "01001d04abcdefab"),
			  1),
		==, SCAN_READING);
	CHECK(h.group, ==, 0);
	CHECK(hear(flight, put_record(flight, 22, SERVER_HELLO "0d000000"), 1), ==, SCAN_READING);
	CHECK(h.certificate_wanted, ==, 1);
	CHECK(hear(flight,
			  put_record(flight, 21,
				  "0170"
				  "0246"),
			  1),
		==, SCAN_ALERT);
	CHECK(h.alert, ==, 70);
}

/* A message longer than the buffer is passed over, in bounded memory. */
static void test_long_messages(void)
{
	size_t len = put_record(flight, 22, SERVER_HELLO), at = len;
	static const uint8_t header[] = { 22, 3, 3, 0x40, 0x00 };

	for (int i = 0; i < 2; i++, at += sizeof header + 0x4000) {
		memcpy(flight + at, header, sizeof header);
		memset(flight + at + sizeof header, 0, 0x4000);
	}
	memcpy(flight + len + sizeof header, "\x63\x00\x7f\xfc", 4); /* 32,764 bytes in two records */
	at += put_record(flight + at, 22, HELLO_DONE);
	CHECK(hear(flight, at, 1000), ==, SCAN_COMPLETE);
	flight[len + 3] = 0x40;
	flight[len + 4] = 0x01; /* longer than a record may be */
	CHECK(hear(flight, at, 1000), ==, SCAN_BROKEN);
}

void test_client_hello_scan(void)
{
	test_real_server(1);
	test_real_server(sizeof flight);
	test_listener();
	test_cut();
	test_version();
	test_prime_bits();
	test_master_secret();
	test_odd_flights();
	test_long_messages();
}
