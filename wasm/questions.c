/*
 * What a probe cannot tell alone, and the second connection that can: see PROBE_SECOND in probe.h. One
 * question at a time; most probes have none.
 */
#include "engine.h"
#include "tls/tls_names.h"
#include "x509/certificate_write.h"

#include <string.h>

enum { ALERT_PROTOCOL_VERSION = 70, ALERT_INTERNAL_ERROR = 80 };

/* The highest version that a question's hello offers; 0 where the conversation is a usual one. */
static unsigned hello_for(question_id question)
{
	switch (question) {
	case QUESTION_older:
	case QUESTION_bare:
	case QUESTION_without_sha1:
	case QUESTION_tls12:
		return TLS_1_2;
	case QUESTION_newer:
	case QUESTION_tls13:
		return TLS_1_3;
	case QUESTION_tls10:
		return TLS_1_0;
	case QUESTION_tls11:
		return TLS_1_1;
	default:
		return 0;
	}
}

static unsigned lacking_for(question_id question)
{
	return question == QUESTION_bare        ? CLIENT_HELLO_NO_MASTER_SECRET
		: question == QUESTION_without_sha1 ? CLIENT_HELLO_NO_SHA1
											: 0;
}

static void ask(probe *p, question_id question)
{
	p->question = question;
	p->question_open = 0;
	p->answer_by = p->now + engine_scaled(p, LIMIT_ANSWER_MS);
}

int questions_pending(const probe *p)
{
	return p->ended && p->question != QUESTION_none;
}

int probe_start_second(probe *p, probe *second, const uint8_t seed[PROBE_SEED], uint64_t now)
{
	probe_options o;

	if (p->question == QUESTION_none || p->question_open) {
		return -1;
	}
	p->question_open = 1;
	memset(&o, 0, sizeof o);
	o.service = p->service;
	o.mode = p->question == QUESTION_implicit_tls ? MODE_implicit_tls : p->mode;
	o.port = p->port;
	o.address = p->address;
	o.server_name = p->server_name;
	o.client_name = p->client_name;
	o.roots = p->roots;
	o.unix_time = p->unix_time;
	memcpy(o.seed, seed, sizeof o.seed);
	o.timeout_permille = p->timeout_permille;
	int started = probe_start(second, &o, now);
	second->second = 1;
	second->hello_highest = hello_for(p->question);
	second->hello_lacking = lacking_for(p->question);
	if (p->question == QUESTION_implicit_tls && started == 0) {
		p->disturbed = 1;
		engine_set_now(p, now);
		engine_remark(p, "our second connection asks whether this port expects TLS");
	}
	return started;
}

/* --- the deep check --------------------------------------------------------------------------- */

static const question_id version_questions[VERSIONS] = { QUESTION_tls10, QUESTION_tls11,
	QUESTION_tls12, QUESTION_tls13 };

static void ask_next_version(probe *p)
{
	for (unsigned i = 0; i < VERSIONS; i++) {
		if (p->versions[i] == VERSION_unknown && !p->version_asked[i]) {
			p->version_asked[i] = 1;
			ask(p, version_questions[i]);
			return;
		}
	}
	p->question = QUESTION_none;
	int old = p->versions[0] == VERSION_accepted || p->versions[1] == VERSION_accepted;
	if (old && !findings_has(&p->findings, DIAG_tls_version_old)) {
		json *args = findings_begin(&p->findings, DIAG_tls_version_old_accepted);
		json_string(
			args, "version", tls_version_name(TLS_1_0 + (p->versions[0] != VERSION_accepted)));
		findings_end(&p->findings);
		engine_note_findings(p);
	}
}

static void go_deep(probe *p)
{
	if (p->deep && p->step[PHASE_handshake].status != STEP_SKIPPED && p->saw_tls) {
		ask_next_version(p);
	}
}

/* It did not come so far this time, or was cut off by our side: nothing was learned. */
static int lost(const probe *second)
{
	return second->step[PHASE_handshake].status == STEP_SKIPPED
		|| (!scan_answered(&second->hello)
			&& (second->stopped
				|| findings_any(&second->findings, PHASE_connect, STATUS_not_tested)));
}

/* What an answer says about versions, whatever it was asked for. */
static void note_versions(probe *p, const probe *second)
{
	unsigned offered = second->hello_highest, chosen = second->hello.version;

	if (scan_answered(&second->hello) && chosen >= TLS_1_0) {
		p->versions[chosen - TLS_1_0] = VERSION_accepted;
	}
	int alone = offered == TLS_1_3 || p->question >= QUESTION_tls10;
	int silent = findings_has(&second->findings, DIAG_handshake_timeout);
	if (alone && !silent && !lost(second) && p->versions[offered - TLS_1_0] == VERSION_unknown) {
		p->versions[offered - TLS_1_0] = VERSION_refused;
	}
}

/* --- why a handshake failed ------------------------------------------------------------------- */

static int failed_by(const probe *p, int alert)
{
	return p->failed.how == END_ALERT && p->failed.number == alert;
}

void questions_explain(probe *p, connection_end end)
{
	if (p->second) {
		handshake_add_failure(p, end);
		return;
	}
	p->failed = end;
	/* protocol_version against an offer of 1.0 to 1.2 comes from servers that want 1.3: what is
	 * older than 1.0 does not know the alert (RFC 8446 6.2, D.4). */
	ask(p, failed_by(p, ALERT_PROTOCOL_VERSION) ? QUESTION_newer : QUESTION_older);
}

static void beyond(probe *p, const char *reason, const char *key, const char *value)
{
	json *args = findings_begin(&p->findings, DIAG_beyond_our_reach);
	json_string(args, "reason", reason);
	if (key != NULL) {
		json_string(args, key, value);
	}
	findings_end(&p->findings);
}

/* It had taken our offer, sent its certificate, and did not like what we answered. */
static int explained_by_wish(probe *p, const probe *second)
{
	if (second->hello.certificate_wanted) {
		beyond(p, "client-certificate", NULL, NULL);
	}
	return second->hello.certificate_wanted;
}

static void add_cipher(probe *p, diagnosis_id id, const tls_suite *suite, unsigned bits)
{
	json *args = findings_begin(&p->findings, id);
	json_string(args, "suite", suite->name);
	if (bits != 0) { /* of a field that is too small for it */
		json_int(args, "bits", bits);
	}
	findings_end(&p->findings);
}

/* What the server chose of an offer of everything: 1 when that explains why it wanted nothing of ours. */
static int explained_by_choice(probe *p, const probe *second)
{
	const client_hello_scan *h = &second->hello;
	const tls_suite *suite = tls_suite_by_number(h->suite);
	const recorder *certificates = &second->tls.certificates;

	if (p->tls.certificates.count > 0) {
		return explained_by_wish(p, second);
	}
	if (h->version < TLS_1_0) {
		json *args = findings_begin(&p->findings, DIAG_tls_version_old);
		json_string(args, "version", tls_version_name(h->version));
		findings_end(&p->findings);
	} else if (suite->strength == SUITE_obsolete) {
		add_cipher(p, DIAG_cipher_obsolete, suite, 0);
	} else if (h->prime_bits != 0 && h->prime_bits < LIMIT_DH_BITS_REFUSED) {
		add_cipher(p, DIAG_cipher_obsolete, suite, h->prime_bits);
	} else if (certificates->past_limits) {
		beyond(p, "certificate-size", NULL, NULL);
	} else if (certificates->count > 0 && certificates->key_unusable) {
		json *args = findings_begin(&p->findings, DIAG_beyond_our_reach);
		json_string(args, "reason", "key");
		certificate_write_key(&certificates->key, args, "key");
		findings_end(&p->findings);
	} else if (!tls_suite_spoken(suite)) {
		beyond(p, "suite", "suite", suite->name);
		if (h->prime_bits != 0 && h->prime_bits < LIMIT_DH_BITS_MIN) {
			add_cipher(p, DIAG_cipher_weak, suite, h->prime_bits);
		}
	} else if (h->group != 0 && !tls_group_by_number(h->group)->speaks) {
		beyond(p, "group", "group", tls_group_by_number(h->group)->name);
	} else if (h->scheme != 0 && !tls_scheme_by_number(h->scheme)->speaks) {
		beyond(p, "signature", "signature", tls_scheme_by_number(h->scheme)->name);
	} else {
		return 0;
	}
	return 1;
}

static void conclude(probe *p)
{
	p->question = QUESTION_none;
	if (p->deep) {
		ask_next_version(p);
	}
	engine_note_findings(p);
}

/* It did answer, and does not want what was offered: not silence, nor a loss on the way. */
static int refused(const probe *second)
{
	return !scan_answered(&second->hello)
		&& (findings_has(&second->findings, DIAG_handshake_alert)
			|| findings_has(&second->findings, DIAG_handshake_closed));
}

/* We come without extended_master_secret: is that what it does not like? */
static int may_want_master_secret(const probe *p, const probe *second)
{
	return second->hello.master_secret && p->tls.certificates.count == 0;
}

/* OpenSSL's FIPS module notices only when it makes the keys, and calls it an internal error. */
static int wants_master_secret_late(const probe *p, const probe *second)
{
	return second->hello.master_secret && p->tls.certificates.count > 0
		&& failed_by(p, ALERT_INTERNAL_ERROR);
}

static void heard_older(probe *p, const probe *second)
{
	if (!scan_answered(&second->hello)) {
		ask(p, QUESTION_newer);
		return;
	}
	if (explained_by_choice(p, second)) {
		/* Its certificate came in the clear, and what is wrong with it is worth knowing. */
		findings_copy_phase(&p->findings, &second->findings, PHASE_certificate);
	} else if (may_want_master_secret(p, second)) {
		findings_copy_phase(&p->findings, &second->findings, PHASE_certificate);
		ask(p, QUESTION_bare);
		return;
	} else if (wants_master_secret_late(p, second)) {
		beyond(p, "extended-master-secret", NULL, NULL);
	} else {
		handshake_add_failure(p, p->failed);
	}
	conclude(p);
}

static void heard_bare(probe *p, const probe *second)
{
	if (refused(second)) {
		beyond(p, "extended-master-secret", NULL, NULL);
	} else {
		handshake_add_failure(p, p->failed);
	}
	conclude(p);
}

/* --- a signature with SHA-1 -------------------------------------------------------------------- */

/* RFC 5246 7.4.1.4.1: the first byte is the hash, 2 is SHA-1. 0: there was no signature, or one of TLS
 * 1.1, which has a finding of its own. */
static int signed_with_sha1(const client_hello_scan *h)
{
	return h->scheme >> 8 == 2;
}

static void heard_without_sha1(probe *p, const probe *second)
{
	if (refused(second) || signed_with_sha1(&second->hello)) {
		json *args = findings_begin(&p->findings, DIAG_handshake_signature_weak);
		json_string(args, "signature", tls_scheme_by_number(p->hello.scheme)->name);
		findings_end(&p->findings);
	}
	p->question = QUESTION_none;
	go_deep(p);
	engine_note_findings(p);
}

void questions_afterwards(probe *p)
{
	int shaken = p->step[PHASE_handshake].status == STEP_OK;

	if (!p->second && shaken && p->hello_highest == 0 && signed_with_sha1(&p->hello)) {
		ask(p, QUESTION_without_sha1);
	} else {
		go_deep(p);
	}
}

static void add_tls13_only(probe *p)
{
	json *args = findings_begin(&p->findings, DIAG_tls13_only);
	if (p->failed.how == END_ALERT) {
		json_string(args, "alert", tls_alert_name(p->failed.number));
		json_int(args, "number", p->failed.number);
	}
	findings_end(&p->findings);
}

static void heard_newer(probe *p, const probe *second)
{
	if (second->hello.version == TLS_1_3) {
		add_tls13_only(p);
	} else {
		handshake_add_failure(p, p->failed);
	}
	conclude(p);
}

void questions_give_up(probe *p)
{
	question_id asked = p->question;

	p->question = QUESTION_none;
	if (asked == QUESTION_newer && failed_by(p, ALERT_PROTOCOL_VERSION)) {
		add_tls13_only(p); /* the alert alone says as much */
	} else if (asked == QUESTION_older || asked == QUESTION_newer || asked == QUESTION_bare) {
		handshake_add_failure(p, p->failed);
	} else if (asked == QUESTION_without_sha1) {
		go_deep(p);
	}
	engine_note_findings(p);
}

int questions_disturbed(probe *p, diagnosis_id id)
{
	return p->phase == PHASE_greeting && p->disturbed
		&& (id == DIAG_greeting_busy || id == DIAG_greeting_refused || id == DIAG_greeting_closed
			|| id == DIAG_connection_closed);
}

/* --- answers ---------------------------------------------------------------------------------- */

static void heard_implicit_tls(probe *p, const probe *second)
{
	if (second->saw_tls) {
		engine_remark(p, "a second connection was answered with TLS");
		findings_add(&p->findings, DIAG_tls_expected);
		engine_failed(p, 0);
	} else if (findings_copy(&p->findings, &second->findings, DIAG_not_a_mail_server)) {
		engine_failed(p, 0);
	}
	engine_note_findings(p);
}

void probe_heard(probe *p, const probe *second, uint64_t now)
{
	engine_set_now(p, now);
	if (p->question == QUESTION_implicit_tls) {
		heard_implicit_tls(p, second);
		return;
	}
	if (!questions_pending(p) || !p->question_open || !second->ended) {
		return;
	}
	note_versions(p, second);
	if (p->question >= QUESTION_tls10) {
		ask_next_version(p);
	} else if (lost(second)) {
		questions_give_up(p);
	} else if (p->question == QUESTION_without_sha1) {
		heard_without_sha1(p, second);
	} else if (p->question == QUESTION_older) {
		heard_older(p, second);
	} else if (p->question == QUESTION_bare) {
		heard_bare(p, second);
	} else {
		heard_newer(p, second);
	}
}
