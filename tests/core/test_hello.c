#include "check.h"

#include "tls/client_hello_scan.h"
#include "tls_server.h"

#include <stdio.h>
#include <stdlib.h>

static const uint8_t seed[HELLO_SEED] = { 1, 2, 3 };
static uint8_t out[LIMIT_OUTPUT];

/* --- what is said --------------------------------------------------------------------------------------- */

static size_t number(const uint8_t *p, size_t size)
{
	size_t value = 0;
	while (size-- > 0) {
		value = value << 8 | *p++;
	}
	return value;
}

/* The body of an extension of the ClientHello in `out`, its length in *len; NULL when it is not there. */
static const uint8_t *extension(unsigned kind, size_t *len)
{
	const uint8_t *p = out + 9 + 2 + 32;
	p += 1 + p[0];
	p += 2 + number(p, 2);
	p += 1 + p[0];
	const uint8_t *end = p + 2 + number(p, 2);
	for (p += 2; p < end; p += 4 + number(p + 2, 2)) {
		if (number(p, 2) == kind) {
			*len = number(p + 2, 2);
			return p + 4;
		}
	}
	CHECK(p == end, ==, 1);
	*len = 0;
	return NULL;
}

static int offers(const uint8_t *list, unsigned what)
{
	for (size_t at = 0, len = number(list, 2); at < len; at += 2) {
		if (number(list + 2 + at, 2) == what) {
			return 1;
		}
	}
	return 0;
}

static int offers_suite(unsigned suite)
{
	const uint8_t *session = out + 9 + 2 + 32;
	return offers(session + 1 + session[0], suite);
}

static void test_frame(size_t len)
{
	CHECK(out[0], ==, 22);
	CHECK(number(out + 1, 2), ==, TLS_1_0);
	CHECK(number(out + 3, 2), ==, len - 5);
	CHECK(out[5], ==, 1);
	CHECK(number(out + 6, 3), ==, len - 9);
}

static void test_written_old(unsigned highest)
{
	size_t len = hello_write(out, sizeof out, highest, 0, "mail.example.test", seed), n;

	test_frame(len);
	CHECK(number(out + 9, 2), ==, highest);
	CHECK(out[9 + 2 + 32], ==, 0);
	CHECK(offers_suite(0xc02f), ==, 1);
	CHECK(offers_suite(0x009f), ==, 1);
	CHECK(offers_suite(0x00a7), ==, 1);
	CHECK(offers_suite(0x1301), ==, 0);
	const uint8_t *body = extension(0, &n);
	CHECK(n, ==, 5 + strlen("mail.example.test"));
	CHECK(memcmp(body + 5, "mail.example.test", n - 5), ==, 0);
	body = extension(10, &n);
	CHECK(offers(body, 30), ==, 1);
	CHECK(offers(body, 256), ==, 0);
	CHECK(extension(13, &n) != NULL, ==, highest == TLS_1_2);
	CHECK(extension(43, &n) == NULL, ==, 1);
	CHECK(extension(51, &n) == NULL, ==, 1);
	CHECK(extension(23, &n) != NULL, ==, 1);
	CHECK(n, ==, 0);
}

/* What is to be left out is, and nothing else. */
static void test_written_lacking(void)
{
	static uint8_t whole[LIMIT_OUTPUT];
	size_t len = hello_write(whole, sizeof whole, TLS_1_2, 0, "mail.example.test", seed), n;

	test_frame(
		hello_write(out, sizeof out, TLS_1_2, HELLO_NO_MASTER_SECRET, "mail.example.test", seed));
	CHECK(extension(23, &n) == NULL, ==, 1);
	CHECK(number(out + 3, 2), ==, len - 5 - 4);
	CHECK(offers(extension(13, &n), 0x0201), ==, 1);
	test_frame(hello_write(out, sizeof out, TLS_1_2, HELLO_NO_SHA1, "mail.example.test", seed));
	CHECK(extension(23, &n) != NULL, ==, 1);
	const uint8_t *schemes = extension(13, &n);
	CHECK(number(out + 3, 2), ==, len - 5 - 6);
	for (unsigned low = 0; low < 4; low++) {
		CHECK(offers(schemes, 0x0200 + low), ==, 0);
	}
	CHECK(offers(schemes, 0x0401), ==, 1);
	CHECK(offers(schemes, 0x0301), ==, 1);
	hello_write(out, sizeof out, TLS_1_3, 0, "mail.example.test", seed);
	CHECK(extension(23, &n) == NULL, ==, 1);
}

static void test_written_new(void)
{
	size_t len = hello_write(out, sizeof out, TLS_1_3, 0, "mail.example.test", seed), n;

	test_frame(len);
	CHECK(number(out + 9, 2), ==, TLS_1_2);
	CHECK(out[9 + 2 + 32], ==, 32);
	CHECK(offers_suite(0x1301), ==, 1);
	CHECK(offers_suite(0xc02f), ==, 0);
	CHECK(offers(extension(10, &n), 256), ==, 1);
	const uint8_t *body = extension(43, &n);
	CHECK(n, ==, 3);
	CHECK(number(body, 3), ==, 0x020304);
	body = extension(51, &n);
	CHECK(n, ==, 2 + 4 + 32);
	CHECK(number(body + 2, 2), ==, 29);
}

static void test_written_names(void)
{
	char longest[LIMIT_NAME];
	size_t n;

	hello_write(out, sizeof out, TLS_1_2, 0, "192.0.2.1", seed);
	CHECK(extension(0, &n) == NULL, ==, 1);
	hello_write(out, sizeof out, TLS_1_2, 0, "2001:db8::1", seed);
	CHECK(extension(0, &n) == NULL, ==, 1);
	hello_write(out, sizeof out, TLS_1_2, 0, "", seed);
	CHECK(extension(0, &n) == NULL, ==, 1);
	memset(longest, 'a', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	size_t len = hello_write(out, sizeof out, TLS_1_3, 0, longest, seed);
	test_frame(len);
	CHECK(extension(0, &n) != NULL, ==, 1);
	CHECK(n, ==, 5 + sizeof longest - 1);
}

static void test_written_bounds(void)
{
	static uint8_t again[LIMIT_OUTPUT], other[HELLO_SEED];
	size_t len = hello_write(out, sizeof out, TLS_1_2, 0, "mail.example.test", seed);

	CHECK(hello_write(again, sizeof again, TLS_1_2, 0, "mail.example.test", seed), ==, len);
	CHECK(memcmp(out, again, len), ==, 0);
	hello_write(again, sizeof again, TLS_1_2, 0, "mail.example.test", other);
	CHECK(memcmp(out + 11, again + 11, 32) != 0, ==, 1);
	for (size_t room = 0; room < len; room++) {
		uint8_t *exact = malloc(room + 1);
		CHECK(hello_write(exact, room, TLS_1_2, 0, "mail.example.test", seed), ==, 0);
		free(exact);
	}
}

/* --- what is heard -------------------------------------------------------------------------------------- */

static hello h;
static recorder certificates;
static uint8_t buf[512];

static hello_state hear(const uint8_t *data, size_t len, size_t step)
{
	hello_init(&h, &certificates, buf, sizeof buf);
	for (size_t at = 0; at < len; at += step) {
		hello_read(&h, data + at, len - at < step ? len - at : step);
	}
	return h.state;
}

/* What a server with these certificates answers to a hello: in `flight`, its length returned. */
static uint8_t flight[40000];

static size_t answer_of_server(const char *arguments)
{
	static tls_server server;
	size_t len = hello_write(out, sizeof out, TLS_1_2, 0, "mail.example.test", seed), room,
		   used = 0;

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

	CHECK(hear(flight, answer_of_server("good"), step), ==, HELLO_READ);
	CHECK(hello_answered(&h), ==, 1);
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

	CHECK(hear(flight, answer_of_server("ec max=1.0"), step), ==, HELLO_READ);
	CHECK(h.version, ==, TLS_1_0);
	CHECK(h.scheme, ==, 0); /* only TLS 1.2 says it */
	CHECK(hear(flight, answer_of_server("good suite=TLS_RSA_WITH_AES_128_CBC_SHA"), step), ==,
		HELLO_READ);
	CHECK(h.group, ==, 0);
}

/* One that listens beside another keeps no certificates; what it needs is in small messages. */
static void test_listener(void)
{
	static uint8_t small[200];
	size_t len = answer_of_server("ec");

	hello_init(&h, NULL, small, sizeof small);
	for (size_t at = 0; at < len; at += 9) {
		hello_read(&h, flight + at, len - at < 9 ? len - at : 9);
	}
	CHECK(h.state, ==, HELLO_READ);
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
		CHECK(hear(flight, n, n + 1), ==, HELLO_READING);
		CHECK(hello_answered(&h) >= answered, ==, 1);
		answered = hello_answered(&h);
	}
	CHECK(answered, ==, 1);
	/* What follows the answer is not looked at. */
	memset(flight + len, 0xff, 100);
	CHECK(hear(flight, len + 100, 7), ==, HELLO_READ);
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
		CHECK(hello_version(&h), ==, n < 5 + 4 + 2 ? 0 : SSL_3_0);
		CHECK(h.version, ==, n < len ? 0 : SSL_3_0);
	}
	hear(record, put_record(record, 22, "63000002abcd"), 1);
	CHECK(hello_version(&h), ==, 0);
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
		CHECK(hear(record, put_record(record, 22, hex), 1), ==, HELLO_READ);
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
	CHECK(h.state, ==, HELLO_READ);
	CHECK(h.master_secret, ==, 1);
}

static void test_odd_flights(void)
{
	static const struct {
		const char *what;
		unsigned kind;
		const char *hex;
		hello_state state;
		int answered;
	} cases[] = {
		{ "no extensions", 22, SERVER_HELLO HELLO_DONE, HELLO_READ, 1 },
		{ "HelloRequest first", 22, "00000000" SERVER_HELLO HELLO_DONE, HELLO_READ, 1 },
		{ "an unknown message", 22, SERVER_HELLO "63000002abcd" HELLO_DONE, HELLO_READ, 1 },
		{ "CertificateStatus", 22, SERVER_HELLO "16000001ab" HELLO_DONE, HELLO_READ, 1 },
		{ "CertificateRequest", 22, SERVER_HELLO "0d000000" HELLO_DONE, HELLO_READ, 1 },
		{ "done without a hello", 22, HELLO_DONE, HELLO_BROKEN, 0 },
		{ "two hellos", 22, SERVER_HELLO SERVER_HELLO, HELLO_BROKEN, 0 },
		{ "an empty hello", 22, "02000000", HELLO_BROKEN, 0 },
		{ "compression", 22,
			"02000026"
			"0303" RANDOM_HEX "00"
			"c02f"
			"01",
			HELLO_BROKEN, 0 },
		{ "a version of the future", 22,
			"02000026"
			"0305" RANDOM_HEX "00"
			"c02f"
			"00",
			HELLO_BROKEN, 0 },
		{ "a version of the past", 22,
			"02000026"
			"0002" RANDOM_HEX "00"
			"c02f"
			"00",
			HELLO_BROKEN, 0 },
		{ "half a length of extensions", 22,
			"02000027"
			"0303" RANDOM_HEX "00"
			"c02f"
			"00"
			"00",
			HELLO_BROKEN, 0 },
		{ "an extension cut off", 22,
			"0200002b"
			"0303" RANDOM_HEX "00"
			"c02f"
			"00"
			"0003"
			"002b00",
			HELLO_BROKEN, 0 },
		{ "a key share without a group", 22,
			"0200002c"
			"0303" RANDOM_HEX "00"
			"c02f"
			"00"
			"0004"
			"00330000",
			HELLO_BROKEN, 0 },
		{ "1.2 chosen as 1.3 is", 22,
			"0200002e"
			"0303" RANDOM_HEX "00"
			"c02f"
			"00"
			"0006"
			"002b00020303",
			HELLO_BROKEN, 0 },
		{ "a session too long", 22,
			"02000026"
			"0303" RANDOM_HEX "ff"
			"c02f"
			"00",
			HELLO_BROKEN, 0 },
		{ "certificates that are no list", 22,
			SERVER_HELLO "0b000002"
						 "0000",
			HELLO_BROKEN, 0 },
		{ "certificates of another length", 22,
			SERVER_HELLO "0b000004"
						 "000002ab",
			HELLO_BROKEN, 0 },
		{ "an empty certificate", 22,
			SERVER_HELLO "0b000006"
						 "000003000000",
			HELLO_BROKEN, 0 },
		{ "no certificates", 22,
			SERVER_HELLO "0b000003"
						 "000000" HELLO_DONE,
			HELLO_READ, 1 },
		{ "a key exchange of another kind", 22,
			SERVER_HELLO "0c000003"
						 "010203" HELLO_DONE,
			HELLO_READ, 1 },
		{ "a fatal alert", 21, "0228", HELLO_ALERT, 0 },
		{ "a warning, then a fatal alert", 21, "01700246", HELLO_ALERT, 0 },
		{ "a warning alone", 21, "0170", HELLO_READING, 0 },
		{ "half an alert", 21, "02", HELLO_READING, 0 },
		{ "close_notify", 21, "0100", HELLO_ALERT, 0 },
		{ "change_cipher_spec first", 20, "01", HELLO_READING, 0 },
		{ "application data", 23, "00", HELLO_BROKEN, 0 },
		{ "an empty record", 22, "", HELLO_BROKEN, 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		for (size_t step = 1; step < 1000; step += 998) {
			size_t len = put_record(flight, cases[i].kind, cases[i].hex);
			if (!CHECK(hear(flight, len, step), ==, cases[i].state)
				|| !CHECK(hello_answered(&h), ==, cases[i].answered)) {
				CHECK_TEXT(cases[i].what, "");
			}
		}
	}
	/* The header of a record alone tells that it is none. */
	CHECK(hear((const uint8_t *)"\x16\x03\x03\x40\x00", 5, 1), ==, HELLO_READING);
	CHECK(hear((const uint8_t *)"\x16\x03\x03\x40\x01", 5, 1), ==, HELLO_BROKEN);
	CHECK(hear((const uint8_t *)"\x16\x02\x00\x00\x10", 5, 1), ==, HELLO_BROKEN);
	/* A curve that is spelled out has no name. */
	CHECK(hear(flight,
			  put_record(flight, 22,
				  SERVER_HELLO "0c000008"
							   "01001d04abcdefab"),
			  1),
		==, HELLO_READING);
	CHECK(h.group, ==, 0);
	CHECK(hear(flight, put_record(flight, 22, SERVER_HELLO "0d000000"), 1), ==, HELLO_READING);
	CHECK(h.certificate_wanted, ==, 1);
	CHECK(hear(flight,
			  put_record(flight, 21,
				  "0170"
				  "0246"),
			  1),
		==, HELLO_ALERT);
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
	CHECK(hear(flight, at, 1000), ==, HELLO_READ);
	flight[len + 3] = 0x40;
	flight[len + 4] = 0x01; /* longer than a record may be */
	CHECK(hear(flight, at, 1000), ==, HELLO_BROKEN);
}

/* More certificates than are kept: what fits is kept, the rest counted. */
static void test_many_certificates(void)
{
	const chain *good = check_chain("good");
	bytes der = good->list[0].der;
	static uint8_t message[3 + (LIMIT_CERTIFICATES + 3) * 3000];
	static chain kept;
	size_t at = 3;

	for (int i = 0; i < LIMIT_CERTIFICATES + 2; i++) {
		message[at++] = 0;
		message[at++] = (uint8_t)(der.len >> 8);
		message[at++] = (uint8_t)der.len;
		memcpy(message + at, der.p, der.len);
		at += der.len;
	}
	message[0] = 0;
	message[1] = (uint8_t)((at - 3) >> 8);
	message[2] = (uint8_t)(at - 3);
	recorder_begin(&certificates);
	recorder_append_message(&certificates, message, at);
	CHECK(recorder_end_message(&certificates), ==, 0);
	recorder_chain(&certificates, &kept);
	CHECK(kept.count, ==, LIMIT_CERTIFICATES);
	CHECK(kept.dropped, ==, 2);

	recorder_begin(&certificates);
	for (size_t given = 0; given < LIMIT_CHAIN + 5000; given += at) {
		recorder_append_message(&certificates, message, at);
	}
	CHECK(recorder_end_message(&certificates), ==, 0);
	CHECK(certificates.overflowed, ==, 1);
	CHECK(certificates.dropped > 0, ==, 1);
	CHECK(certificates.used, ==, LIMIT_CHAIN);
}

void test_hello(void)
{
	test_written_old(TLS_1_0);
	test_written_old(TLS_1_1);
	test_written_old(TLS_1_2);
	test_written_new();
	test_written_lacking();
	test_written_names();
	test_written_bounds();
	test_real_server(1);
	test_real_server(sizeof flight);
	test_listener();
	test_cut();
	test_version();
	test_prime_bits();
	test_master_secret();
	test_odd_flights();
	test_long_messages();
	test_many_certificates();
}
