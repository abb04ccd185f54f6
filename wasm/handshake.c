/* What a handshake tells, whether it succeeded or not: version, suite, chain, alert. */
#include "engine.h"

#include <string.h>

static void note_session(probe *p)
{
	unsigned version = tls_version(&p->tls);
	char remark[160];

	strcpy(p->version, tls_version_name(version));
	p->suite = tls_suite_name(&p->tls);
	p->group = tls_group_name(&p->tls);
	strcpy(remark, p->version);
	strcat(remark, ", ");
	strcat(remark, p->suite); /* the longest of suites.def has 45 characters */
	engine_remark(p, remark);

	if (version < BR_TLS12) {
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

void handshake_established(probe *p)
{
	chain c;

	note_session(p);
	engine_note_findings(p);
	/* Between the two phases no byte travels: the certificate's takes the time of its arithmetic. */
	recorder_chain(&p->tls.certificates, &c);
	p->chain_known = 1;
	p->trusted = judge_chain(&c, p->server_name, p->unix_time, &p->roots, &p->findings);
	p->step[PHASE_certificate].status = p->trusted ? STEP_OK : STEP_FAILED;
	p->step[PHASE_certificate].began_ms = engine_ms(p);
	engine_remark(p, p->trusted ? "the certificate is trusted" : "the certificate is not trusted");
	engine_succeeded(p);
	engine_note_findings(p);
}

static void key_beyond_reach(probe *p)
{
	json *args = findings_begin(&p->findings, DIAG_beyond_our_reach);
	json_string(args, "reason", "key");
	certificate_write_key(&p->tls.certificates.key, args, "key");
	findings_end(&p->findings);
}

static void alert_received(probe *p, int number)
{
	/*
	 * protocol_version against an offer of 1.0 to 1.2 comes from servers that want 1.3: what is
	 * older than 1.0 does not know the alert (RFC 8446 6.2, D.4).
	 */
	json *args =
		findings_begin(&p->findings, number == 70 ? DIAG_tls13_only : DIAG_handshake_alert);
	json_string(args, "alert", tls_alert_name(number));
	json_int(args, "number", number);
	findings_end(&p->findings);
}

void handshake_broke(probe *p)
{
	int number = 0;
	json *args;

	switch (tls_failure(&p->tls, &number)) {
	case TLS_ALERT_RECEIVED:
		alert_received(p, number);
		break;
	case TLS_NOT_FAILED: /* close_notify in the middle of a handshake */
		findings_add(&p->findings, DIAG_handshake_closed);
		break;
	default:
		if (p->tls.certificates.count > 0 && p->tls.certificates.key_unusable
			&& p->tls.certificates.key.kind != KEY_UNKNOWN) {
			key_beyond_reach(p);
			break;
		}
		if (number == BR_ERR_X509_INVALID_VALUE) {
			findings_add(&p->findings, DIAG_certificate_malformed);
			break;
		}
		args = findings_begin(&p->findings, DIAG_handshake_failed);
		json_string(args, "error", tls_error_name(number));
		json_int(args, "number", number);
		findings_end(&p->findings);
	}
	if (p->tls.certificates.count > 0) {
		p->chain_known = 1;
	}
	engine_failed(p, 0);
}
