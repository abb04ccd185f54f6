#include "check.h"

#include "tls/tls.h"
#include "tls/tls_names.h"

#include <stdlib.h>

static tls *start(const char *server_name)
{
	static const uint8_t seed[TLS_SEED] = { 1, 2, 3 };
	tls *t = malloc(sizeof *t);

	tls_start(t, server_name, seed);
	return t;
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
	CHECK(tls_established(t) || tls_closed(t), ==, 0);
	free(t);
	return len;
}

static int contains(const uint8_t *data, size_t len, const char *text)
{
	return memmem(data, len, text, strlen(text)) != NULL;
}

static void test_client_hello(void)
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
	const char *bytes, size_t len, size_t step, tls_outcome outcome, int number)
{
	tls *t = start("mail.example.test");
	const uint8_t *data;
	int found = -1;

	tls_sent(t, tls_to_send(t, &data));
	for (size_t at = 0; at < len; at += step) {
		tls_receive(t, (const uint8_t *)bytes + at, len - at < step ? len - at : step);
	}
	tls_sent(t, tls_to_send(t, &data)); /* an alert of its own, if any */
	CHECK(tls_closed(t), ==, 1);
	CHECK(tls_failure(t, &found), ==, outcome);
	CHECK(found, ==, number);
	free(t);
}

static void test_failures(void)
{
	static const size_t steps[] = { 64, 1 };

	for (size_t i = 0; i < 2; i++) {
		failure_case("\x15\x03\x03\0\x02\x02\x28", 7, steps[i], TLS_ALERT_RECEIVED, 40);
		failure_case("\x15\x03\x03\0\x02\x01\x00", 7, steps[i], TLS_NOT_FAILED, 0);
		failure_case("\x17\x03\x03\0\x01x", 6, steps[i], TLS_FAILED, BR_ERR_UNEXPECTED);
		failure_case("\x16\x03\x03\xff\xff", 5, steps[i], TLS_FAILED, BR_ERR_BAD_LENGTH);
	}
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
		{ 0xfefe, "unknown", 0 },
	};
	tls *t = start("mail.example.test");

	for (size_t i = 0; i < sizeof suites / sizeof suites[0]; i++) {
		t->client.eng.session.cipher_suite = suites[i].number;
		CHECK_TEXT(tls_suite_name(t), suites[i].name);
		CHECK(tls_suite_weak(t), ==, suites[i].weak);
	}
	free(t);
}

/* A group is said only where a suite makes use of one. */
static void test_groups(void)
{
	static const struct {
		int curve;
		const char *name;
	} groups[] = { { 23, "secp256r1" }, { 24, "secp384r1" }, { 25, "secp521r1" }, { 29, "x25519" },
		{ 30, "x448" }, { 99, "unknown" }, { 0, "" } };
	tls *t = start("mail.example.test");

	for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
		t->client.eng.ecdhe_curve = (unsigned char)groups[i].curve;
		t->client.eng.session.cipher_suite = 0xc02f;
		CHECK_TEXT(tls_group_name(t), groups[i].name);
		t->client.eng.session.cipher_suite = 0xc031; /* ECDH, of the certificate's key */
		CHECK_TEXT(tls_group_name(t), "");
	}
	free(t);
}

/* An alert keeps its number, and who sent it. */
static void test_outcomes(void)
{
	tls *t = start("mail.example.test");
	int number;

	CHECK(tls_failure(t, &number), ==, TLS_NOT_FAILED);
	t->client.eng.err = BR_ERR_RECV_FATAL_ALERT + 40;
	CHECK(tls_failure(t, &number), ==, TLS_ALERT_RECEIVED);
	CHECK(number, ==, 40);
	t->client.eng.err = BR_ERR_SEND_FATAL_ALERT + 70;
	CHECK(tls_failure(t, &number), ==, TLS_ALERT_SENT);
	CHECK(number, ==, 70);
	t->client.eng.err = BR_ERR_BAD_MAC;
	CHECK(tls_failure(t, &number), ==, TLS_FAILED);
	CHECK(number, ==, BR_ERR_BAD_MAC);
	free(t);
}

/* What is given or taken at the wrong time is neither lost nor made up. */
static void test_wrong_time(void)
{
	tls *t = start("mail.example.test");
	const uint8_t *data;

	CHECK(tls_receive(t, (const uint8_t *)"x", 0), ==, 0);
	CHECK(tls_write(t, (const uint8_t *)"QUIT\r\n", 6), ==, 0); /* not established yet */
	CHECK(tls_readable(t, &data), ==, 0);
	tls_sent(t, tls_to_send(t, &data));
	tls_receive(t, (const uint8_t *)"\x16\x03\x03\xff\xff", 5);
	CHECK(tls_closed(t), ==, 1);
	CHECK(tls_receive(t, (const uint8_t *)"more", 4), ==, 0);
	CHECK(tls_to_send(t, &data), ==, 0);
	free(t);
}

static void test_alerts(void)
{
	static const struct {
		int number;
		const char *name;
	} alerts[] = { { 10, "unexpected_message" }, { 20, "bad_record_mac" },
		{ 21, "decryption_failed" }, { 22, "record_overflow" }, { 30, "decompression_failure" },
		{ 41, "no_certificate" }, { 42, "bad_certificate" }, { 43, "unsupported_certificate" },
		{ 44, "certificate_revoked" }, { 45, "certificate_expired" }, { 46, "certificate_unknown" },
		{ 47, "illegal_parameter" }, { 48, "unknown_ca" }, { 49, "access_denied" },
		{ 50, "decode_error" }, { 51, "decrypt_error" }, { 60, "export_restriction" },
		{ 70, "protocol_version" }, { 71, "insufficient_security" }, { 80, "internal_error" },
		{ 86, "inappropriate_fallback" }, { 90, "user_canceled" }, { 100, "no_renegotiation" },
		{ 109, "missing_extension" }, { 110, "unsupported_extension" },
		{ 111, "certificate_unobtainable" }, { 112, "unrecognized_name" },
		{ 113, "bad_certificate_status_response" }, { 114, "bad_certificate_hash_value" },
		{ 115, "unknown_psk_identity" }, { 116, "certificate_required" },
		{ 120, "no_application_protocol" } };

	for (size_t i = 0; i < sizeof alerts / sizeof alerts[0]; i++) {
		CHECK_TEXT(tls_alert_name(alerts[i].number), alerts[i].name);
	}
}

/* Every number that BearSSL gives to an error of TLS has its name. */
static void test_errors(void)
{
	for (int error = BR_ERR_BAD_PARAM; error <= BR_ERR_NO_CLIENT_AUTH; error++) {
		if (error == 11) { /* never given a meaning */
			continue;
		}
		if (!CHECK(strncmp(tls_error_name(error), "BR_ERR_", 7), ==, 0)) {
			CHECK(error, ==, 0);
		}
	}
	CHECK_TEXT(tls_error_name(21), "BR_ERR_BAD_SNI");
	CHECK_TEXT(tls_error_name(31), "BR_ERR_IO");
	CHECK_TEXT(tls_error_name(33), "BR_ERR_X509_INVALID_VALUE");
	CHECK_TEXT(tls_error_name(35), "BR_ERR_X509_EMPTY_CHAIN");
	CHECK_TEXT(tls_error_name(49), "BR_ERR_X509_UNSUPPORTED");
	CHECK_TEXT(tls_error_name(0), "unknown");
}

static void test_words(void)
{
	CHECK_TEXT(tls_alert_name(40), "handshake_failure");
	CHECK_TEXT(tls_alert_name(0), "close_notify");
	CHECK_TEXT(tls_alert_name(255), "unassigned");
	CHECK_TEXT(tls_error_name(BR_ERR_BAD_MAC), "BR_ERR_BAD_MAC");
	CHECK_TEXT(tls_error_name(-1), "unknown");
	CHECK_TEXT(tls_version_name(0x0301), "TLS 1.0");
	CHECK_TEXT(tls_version_name(0x0302), "TLS 1.1");
	CHECK_TEXT(tls_version_name(0x0303), "TLS 1.2");
	CHECK_TEXT(tls_version_name(0x0304), "TLS 1.3");
	CHECK_TEXT(tls_version_name(0x0300), "SSL 3.0");
	CHECK_TEXT(tls_version_name(0x0305), "unknown");
	CHECK_TEXT(tls_version_name(0x02ff), "unknown");
}

void test_tls(void)
{
	test_client_hello();
	test_outcomes();
	test_suites();
	test_groups();
	test_failures();
	test_wrong_time();
	test_alerts();
	test_errors();
	test_words();
}
