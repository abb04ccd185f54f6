#include "check.h"

#include "tls/tls_names.h"

static void test_alerts(void)
{
	static const struct {
		int number;
		const char *name;
	} alerts[] = { { 0, "close_notify" }, { 10, "unexpected_message" }, { 20, "bad_record_mac" },
		{ 21, "decryption_failed" }, { 22, "record_overflow" }, { 30, "decompression_failure" },
		{ 40, "handshake_failure" }, { 41, "no_certificate" }, { 42, "bad_certificate" },
		{ 43, "unsupported_certificate" }, { 44, "certificate_revoked" },
		{ 45, "certificate_expired" }, { 46, "certificate_unknown" }, { 47, "illegal_parameter" },
		{ 48, "unknown_ca" }, { 49, "access_denied" }, { 50, "decode_error" },
		{ 51, "decrypt_error" }, { 60, "export_restriction" }, { 70, "protocol_version" },
		{ 71, "insufficient_security" }, { 80, "internal_error" }, { 86, "inappropriate_fallback" },
		{ 90, "user_canceled" }, { 100, "no_renegotiation" }, { 109, "missing_extension" },
		{ 110, "unsupported_extension" }, { 111, "certificate_unobtainable" },
		{ 112, "unrecognized_name" }, { 113, "bad_certificate_status_response" },
		{ 114, "bad_certificate_hash_value" }, { 115, "unknown_psk_identity" },
		{ 116, "certificate_required" }, { 120, "no_application_protocol" },
		{ 255, "unassigned" } };

	for (size_t i = 0; i < sizeof alerts / sizeof alerts[0]; i++) {
		CHECK_TEXT(tls_alert_name(alerts[i].number), alerts[i].name);
	}
}

/* What reports have said of errors so far. */
static void test_errors(void)
{
	static const struct {
		tls_error error;
		int number;
		const char *name;
		int alert;
	} errors[] = {
		{ TLS_ERROR_unknown, 0, "unknown", 80 },
		{ TLS_ERROR_bad_mac, 7, "BR_ERR_BAD_MAC", 20 },
		{ TLS_ERROR_unexpected, 10, "BR_ERR_UNEXPECTED", 10 },
		{ TLS_ERROR_bad_server_name, 21, "BR_ERR_BAD_SNI", 50 },
		{ TLS_ERROR_io, 31, "BR_ERR_IO", 80 },
		{ TLS_ERROR_certificate_unreadable, 33, "BR_ERR_X509_INVALID_VALUE", 42 },
		{ TLS_ERROR_no_certificate, 35, "BR_ERR_X509_EMPTY_CHAIN", 50 },
		{ TLS_ERROR_key_unusable, 49, "BR_ERR_X509_UNSUPPORTED", 43 },
		{ (tls_error)-1, 0, "unknown", 80 },
		{ TLS_ERROR_downgraded, 1001, "DOWNGRADED", 47 },
		{ TLS_ERROR_downgraded + 1, 0, "unknown", 80 },
	};

	for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
		CHECK(tls_error_number(errors[i].error), ==, errors[i].number);
		CHECK_TEXT(tls_error_name(errors[i].error), errors[i].name);
		CHECK(tls_error_alert(errors[i].error), ==, errors[i].alert);
		int known = errors[i].number != 0;
		CHECK(
			tls_error_by_number(errors[i].number), ==, known ? errors[i].error : TLS_ERROR_unknown);
	}
	CHECK(tls_error_by_number(11), ==, TLS_ERROR_unknown);
	CHECK(tls_error_by_number(-1), ==, TLS_ERROR_unknown);
}

static void test_versions(void)
{
	CHECK_TEXT(tls_version_name(0x0301), "TLS 1.0");
	CHECK_TEXT(tls_version_name(0x0302), "TLS 1.1");
	CHECK_TEXT(tls_version_name(0x0303), "TLS 1.2");
	CHECK_TEXT(tls_version_name(0x0304), "TLS 1.3");
	CHECK_TEXT(tls_version_name(0x0300), "SSL 3.0");
	CHECK_TEXT(tls_version_name(0x0305), "unknown");
	CHECK_TEXT(tls_version_name(0x02ff), "unknown");
}

void test_tls_names(void)
{
	test_alerts();
	test_errors();
	test_versions();
}
