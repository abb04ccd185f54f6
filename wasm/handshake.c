/* What a handshake tells, whether it succeeded or not: version, suite, chain, alert. */
#include "engine.h"
#include "tls/tls_names.h"
#include "x509/certificate_write.h"
#include "x509/judge.h"

#include <string.h>

/* What was agreed, or would be. */
static void note_choice(probe *p, unsigned version, const char *suite, const char *group)
{
	char remark[160];

	strcpy(p->version, tls_version_name(version));
	p->suite = suite;
	p->group = group;
	strcpy(remark, p->version);
	strcat(remark, ", ");
	strcat(remark, p->suite); /* the longest of suites.def has 45 characters */
	engine_remark(p, remark);
}

static void note_session(probe *p)
{
	unsigned version = tls_version(&p->tls);

	note_choice(p, version, tls_suite_name(&p->tls), tls_group_name(&p->tls));
	p->versions[version - TLS_1_0] = VERSION_accepted;

	if (version < TLS_1_2) {
		json *args = findings_begin(&p->findings, DIAG_tls_version_old);
		json_string(args, "version", p->version);
		findings_end(&p->findings);
	}
	if (tls_suite_weak(&p->tls)) {
		json *args = findings_begin(&p->findings, DIAG_cipher_weak);
		json_string(args, "suite", p->suite);
		findings_end(&p->findings);
	}
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

static void judge(probe *p)
{
	chain c;

	recorder_chain(&p->tls.certificates, &c);
	p->chain_known = 1;
	p->trusted =
		judge_chain(&c, p->server_name, p->unix_time, key_use(p->suite), &p->roots, &p->findings);
}

void handshake_established(probe *p)
{
	note_session(p);
	engine_note_findings(p);
	/* Between the two phases no byte travels: the certificate's takes the time of its arithmetic. */
	judge(p);
	p->step[PHASE_certificate].status = p->trusted ? STEP_OK : STEP_FAILED;
	p->step[PHASE_certificate].began_ms = engine_ms(p);
	engine_remark(p, p->trusted ? "the certificate is trusted" : "the certificate is not trusted");
	engine_succeeded(p);
	engine_note_findings(p);
}

/* What BearSSL was not given is no fault of the server's. */
static void chain_beyond_reach(probe *p)
{
	json *args = findings_begin(&p->findings, DIAG_beyond_our_reach);
	json_string(args, "reason", "certificate-size");
	findings_end(&p->findings);
}

static void key_beyond_reach(probe *p)
{
	json *args = findings_begin(&p->findings, DIAG_beyond_our_reach);
	json_string(args, "reason", "key");
	certificate_write_key(&p->tls.certificates.key, args, "key");
	findings_end(&p->findings);
}

int handshake_chain_too_long(probe *p)
{
	const recorder *r = &p->tls.certificates;
	int too_long = p->phase == PHASE_handshake && (r->dropped > 0 || r->overflowed);

	if (too_long) {
		chain_beyond_reach(p);
	}
	return too_long;
}

void handshake_add_failure(probe *p, connection_end end)
{
	json *args = findings_begin(
		&p->findings, end.how == END_ALERT ? DIAG_handshake_alert : DIAG_handshake_closed);
	ends_write_reason(args, end);
	findings_end(&p->findings);
}

/* What the server sent makes no sense to us. */
static void add_unreadable(probe *p, tls_error error)
{
	const recorder *r = &p->tls.certificates;
	unsigned version = scan_version(&p->hello);

	if (version >= SSL_3_0 && version < TLS_1_0) {
		json *args = findings_begin(&p->findings, DIAG_tls_version_old);
		json_string(args, "version", tls_version_name(version));
		findings_end(&p->findings);
	} else if (r->past_limits) {
		chain_beyond_reach(p);
	} else if (r->count > 0 && r->key_unusable && r->key.kind != KEY_UNKNOWN) {
		key_beyond_reach(p);
	} else if (error == TLS_ERROR_certificate_unreadable) {
		findings_add(&p->findings, DIAG_certificate_malformed);
	} else {
		json *args = findings_begin(&p->findings, DIAG_handshake_failed);
		json_string(args, "error", tls_error_name(error));
		json_int(args, "number", tls_error_number(error));
		findings_end(&p->findings);
	}
}

void handshake_broke(probe *p, connection_end end)
{
	if (end.how == END_UNREADABLE) {
		add_unreadable(p, (tls_error)end.number);
	} else {
		questions_explain(p, end);
	}
	if (p->tls.certificates.count > 0) {
		p->chain_known = 1;
	}
	engine_failed(p, 0);
}

void handshake_hello_ended(probe *p)
{
	const client_hello_scan *h = &p->hello;

	if (h->state == SCAN_ALERT) {
		handshake_add_failure(p, (connection_end){ .how = END_ALERT, .number = h->alert });
	} else if (h->state == SCAN_BROKEN || h->version == 0) {
		json *args = findings_begin(&p->findings, DIAG_handshake_failed);
		json_string(args, "error", "not a first flight");
		findings_end(&p->findings);
	} else {
		const char *group = h->group != 0 ? tls_group_by_number(h->group)->name : "";
		note_choice(p, h->version, tls_suite_by_number(h->suite)->name, group);
		if (p->tls.certificates.count > 0) {
			judge(p);
		}
		/* Who owns the key was not shown, so nobody is trusted. */
		p->trusted = 0;
	}
	engine_hello_over(p);
}
