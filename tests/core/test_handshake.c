/* What a handshake tells: findings as functions of what was read. See also tests/transcripts/. */
#include "check.h"

#include "handshake.h"

#include <stdio.h>
#include <stdlib.h>

static findings found;
static recorder *certificates;
static client_hello_scan scan;

/* The findings as a report has them, until the next call. */
static const char *written(void)
{
	findings_write(&found, check_writer(), NULL);
	return check_written();
}

static void reset(void)
{
	findings_init(&found);
	recorder_begin(certificates);
	memset(&scan, 0, sizeof scan);
}

static void test_ends(void)
{
	static const struct {
		connection_end end;
		const char *written;
	} ends[] = {
		{ { END_FIN, 0 }, "[{\"id\":\"handshake-closed\",\"args\":{\"reason\":\"closed\"}}]" },
		{ { END_RESET, 0 }, "[{\"id\":\"handshake-closed\",\"args\":{\"reason\":\"reset\"}}]" },
		{ { END_CLOSE_NOTIFY, 0 },
			"[{\"id\":\"handshake-closed\",\"args\":{\"reason\":\"close_notify\"}}]" },
		{ { END_ALERT, 40 },
			"[{\"id\":\"handshake-alert\",\"args\":{\"reason\":\"alert\",\"alert\":\"handshake_"
			"failure\",\"number\":40}}]" },
	};

	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		reset();
		handshake_add_failure(ends[i].end, &found);
		CHECK_TEXT(written(), ends[i].written);
	}
	json *args = check_writer();
	json_open(args, NULL, '{');
	connection_end_write(
		(connection_end){ END_UNREADABLE, TLS_ERROR_certificate_unreadable }, args);
	json_close(args, '}');
	CHECK(strncmp(check_written(), "{\"reason\":\"unreadable\",\"error\":\"", 32), ==, 0);
}

static void unreadable(tls_error error, const char *expected)
{
	findings_init(&found);
	handshake_add_unreadable(error, &scan, certificates, &found);
	CHECK(strncmp(written(), expected, strlen(expected)), ==, 0);
}

/* What could not be read: the cause that is known best. */
static void test_unreadable(void)
{
	reset();
	unreadable(TLS_ERROR_unknown, "[{\"id\":\"handshake-failed\",\"args\":{\"error\":\"");
	unreadable(TLS_ERROR_certificate_unreadable, "[{\"id\":\"certificate-malformed\"");
	certificates->count = 1;
	certificates->key_unusable = 1;
	certificates->key.kind = KEY_UNKNOWN;
	unreadable(TLS_ERROR_unknown, "[{\"id\":\"handshake-failed\"");
	certificates->key.kind = KEY_RSA;
	unreadable(TLS_ERROR_certificate_unreadable,
		"[{\"id\":\"beyond-our-reach\",\"args\":{\"reason\":\"key\",\"key\":\"RSA");
	certificates->past_limits = 1;
	unreadable(TLS_ERROR_unknown,
		"[{\"id\":\"beyond-our-reach\",\"args\":{\"reason\":\"certificate-size\"}}]");
	/* SSL 3.0 explains all of that. */
	static uint8_t message[64];
	scan_init(&scan, NULL, message, sizeof message);
	scan_read(&scan, (const uint8_t *)"\x16\x03\x00\x00\x2a\x02\x00\x00\x26\x03\x00", 11);
	CHECK(scan_version(&scan), ==, SSL_3_0);
	unreadable(
		TLS_ERROR_unknown, "[{\"id\":\"tls-version-old\",\"args\":{\"version\":\"SSL 3.0\"}}]");
}

static void test_chain_too_long(void)
{
	reset();
	CHECK(handshake_chain_too_long(certificates, &found), ==, 0);
	CHECK_TEXT(written(), "[]");
	certificates->dropped = 1;
	CHECK(handshake_chain_too_long(certificates, &found), ==, 1);
	CHECK(findings_has(&found, DIAG_beyond_our_reach), ==, 1);
	reset();
	certificates->overflowed = 1;
	CHECK(handshake_chain_too_long(certificates, &found), ==, 1);
}

static void test_scanned(void)
{
	char remark[HANDSHAKE_REMARK];

	reset();
	scan.state = SCAN_ALERT;
	scan.alert = 70;
	CHECK(handshake_scanned(&scan, &found).version, ==, 0);
	CHECK(findings_has(&found, DIAG_handshake_alert), ==, 1);
	for (scan_state state = SCAN_READING; state <= SCAN_BROKEN; state++) {
		reset();
		scan.state = state;
		scan.version = state == SCAN_BROKEN ? TLS_1_2 : 0;
		CHECK(handshake_scanned(&scan, &found).version, ==, 0);
		CHECK(found.count, ==, 1);
	}
	reset();
	scan.state = SCAN_COMPLETE;
	scan.version = TLS_1_1;
	scan.suite = 0x002f;
	handshake_facts facts = handshake_scanned(&scan, &found);
	CHECK_TEXT(facts.group, "");
	handshake_remark(&facts, remark);
	CHECK_TEXT(remark, "TLS 1.1, TLS_RSA_WITH_AES_128_CBC_SHA");
	scan.group = 29;
	CHECK_TEXT(handshake_scanned(&scan, &found).group, "x25519");
	CHECK_TEXT(written(), "[]");
}

static void record(const char *name)
{
	const chain *c = check_chain(name);

	reset();
	for (size_t i = 0; i < c->count; i++) {
		recorder_begin_certificate(certificates, c->list[i].der.len);
		recorder_append(certificates, c->list[i].der.p, c->list[i].der.len);
	}
	recorder_end(certificates);
}

/* The suite says what the key must be good for. */
static void test_chain(void)
{
	static const char *const suites[] = { "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
		"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDH_RSA_WITH_AES_128_CBC_SHA",
		"TLS_DH_RSA_WITH_AES_128_CBC_SHA", "unknown" };
	kept_options o;

	memset(&o, 0, sizeof o);
	strcpy(o.server_name, "mail.example.test");
	o.unix_time = 1780272000;
	o.roots = *check_roots();
	for (size_t i = 0; i < sizeof suites / sizeof suites[0]; i++) {
		record("good");
		int trusted = handshake_judge(certificates, suites[i], &o, &found);
		CHECK(trusted, ==, found.count == 0);
	}
	record("good");
	CHECK(handshake_judge(certificates, suites[0], &o, &found), ==, 1);
	strcpy(o.server_name, "other.example.test");
	CHECK(handshake_judge(certificates, suites[0], &o, &found), ==, 0);
	CHECK(findings_has(&found, DIAG_certificate_name_mismatch), ==, 1);
}

/* A call at the wrong time: no session, and no fault. */
static void test_without_session(void)
{
	static const uint8_t seed[TLS_SEED] = { 1 };
	tls *t = malloc(sizeof *t);

	reset();
	tls_start(t, &(tls_options){ .server_name = "mail.example.test", .seed = seed });
	client_hello_scan listener = { .scheme = 0 };
	handshake_facts facts = handshake_established(t, &listener, &found);
	CHECK(facts.trusted, ==, 0);
	CHECK(facts.chain_known, ==, 0);
	free(t);
}

void test_handshake(void)
{
	certificates = malloc(sizeof *certificates);
	test_ends();
	test_unreadable();
	test_chain_too_long();
	test_scanned();
	test_chain();
	test_without_session();
	free(certificates);
}
