#include "handshake.h"

#include "tls/tls_names.h"
#include "x509/judge.h"

#include <string.h>

void connection_end_write(connection_end end, json *args)
{
	static const char *const reasons[] = {
		[END_FIN] = "closed",
		[END_RESET] = "reset",
		[END_CLOSE_NOTIFY] = "close_notify",
		[END_ALERT] = "alert",
		[END_UNREADABLE] = "unreadable",
		[END_SILENCE] = "silence",
	};

	json_string(args, "reason", reasons[end.how]);
	if (end.how == END_ALERT) {
		json_string(args, "alert", tls_alert_name(end.number));
		json_int(args, "number", end.number);
	} else if (end.how == END_UNREADABLE) {
		json_string(args, "error", tls_error_name((tls_error)end.number));
		json_int(args, "number", tls_error_number((tls_error)end.number));
	}
}

void handshake_remark(const handshake_facts *facts, char out[HANDSHAKE_REMARK])
{
	strcpy(out, tls_version_name(facts->version));
	strcat(out, ", ");
	strcat(out, facts->suite); /* the longest of suites.def has 45 characters */
}

void handshake_add_version_old(unsigned version, findings *found)
{
	json *args = findings_begin(found, DIAG_tls_version_old);
	json_string(args, "version", tls_version_name(version));
	findings_end(found);
}

void handshake_add_cipher(diagnosis_id id, const char *suite, unsigned bits, findings *found)
{
	json *args = findings_begin(found, id);

	json_string(args, "suite", suite);
	if (bits != 0) {
		json_int(args, "bits", bits);
	}
	findings_end(found);
}

static const char *scheme_name(uint16_t scheme)
{
	return scheme != 0 ? tls_scheme_by_number(scheme)->name : "";
}

handshake_facts handshake_established(
	const tls *t, const client_hello_scan *listener, findings *found)
{
	uint16_t sealed = tls_scheme(t); /* which nobody can listen to */
	handshake_facts facts = { .version = tls_version(t),
		.suite = tls_suite_name(t),
		.group = tls_group_name(t),
		.signature = scheme_name(sealed != 0 ? sealed : listener->scheme),
		.retried = tls_retried(t),
		.certificate_wanted = tls_certificate_wanted(t) || listener->certificate_wanted };

	if (facts.version < TLS_1_2) {
		handshake_add_version_old(facts.version, found);
	}
	if (tls_suite_weak(t)) {
		handshake_add_cipher(DIAG_cipher_weak, facts.suite, 0, found);
	}
	return facts;
}

/* What the suite asks of the server's key. */
static unsigned key_use(const char *suite)
{
	if (strncmp(suite, "TLS_ECDH_", 9) == 0 || strncmp(suite, "TLS_DH_", 7) == 0) {
		return KEY_USE_AGREE;
	}
	if (strncmp(suite, "TLS_RSA_", 8) == 0) {
		return KEY_USE_DECRYPT;
	}
	return strncmp(suite, "TLS_", 4) == 0 ? KEY_USE_SIGN : KEY_USE_ANY;
}

int handshake_judge(
	const recorder *certificates, const char *suite, const kept_options *o, findings *found)
{
	chain c;

	recorder_chain(certificates, &c);
	return judge_chain(
		&c, o->server_name, o->unix_time, key_use(suite), &o->roots, o->signatures, found);
}

handshake_facts handshake_scanned(const client_hello_scan *scan, findings *found)
{
	handshake_facts facts = { .version = 0, .suite = "", .group = "", .signature = "" };

	if (scan->state == SCAN_ALERT) {
		handshake_add_failure((connection_end){ .how = END_ALERT, .number = scan->alert }, found);
	} else if (scan->state == SCAN_BROKEN || scan->version == 0) {
		json *args = findings_begin(found, DIAG_handshake_failed);
		json_string(args, "error", "not a first flight");
		findings_end(found);
	} else {
		facts.version = scan->version;
		facts.suite = tls_suite_by_number(scan->suite)->name;
		facts.group = scan->group != 0 ? tls_group_by_number(scan->group)->name : "";
		facts.signature = scheme_name(scan->scheme);
		facts.certificate_wanted = scan->certificate_wanted;
	}
	return facts;
}

void handshake_add_failure(connection_end end, findings *found)
{
	if (end.how == END_SILENCE) {
		json_int(findings_begin(found, DIAG_handshake_timeout), "seconds", end.number);
		findings_end(found);
		return;
	}
	json *args =
		findings_begin(found, end.how == END_ALERT ? DIAG_handshake_alert : DIAG_handshake_closed);
	connection_end_write(end, args);
	findings_end(found);
}

int handshake_chain_too_long(const recorder *certificates, findings *found)
{
	int too_long = certificates->dropped > 0 || certificates->overflowed;

	if (too_long) {
		findings_beyond_reach(found, "certificate-size", NULL, NULL);
	}
	return too_long;
}

void handshake_add_unreadable(tls_error error, const client_hello_scan *listener,
	const recorder *certificates, findings *found)
{
	unsigned version = scan_version(listener);

	if (version >= SSL_3_0 && version < TLS_1_0) {
		handshake_add_version_old(version, found);
	} else if (certificates->past_limits) {
		/* What TLS was not given is no fault of the server's. */
		findings_beyond_reach(found, "certificate-size", NULL, NULL);
	} else if (certificates->count > 0 && certificates->key_unusable
		&& certificates->key.kind != KEY_UNKNOWN) {
		judge_key_beyond_reach(&certificates->key, found);
	} else if (error == TLS_ERROR_certificate_unreadable) {
		findings_add(found, DIAG_certificate_malformed);
	} else {
		json *args = findings_begin(found, DIAG_handshake_failed);
		json_string(args, "error", tls_error_name(error));
		json_int(args, "number", tls_error_number(error));
		findings_end(found);
	}
}
