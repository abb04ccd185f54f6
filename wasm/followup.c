#include "followup.h"

#include "tls/tls_names.h"
#include "x509/judge.h"

unsigned followup_highest(followup_id question)
{
	switch (question) {
	case FOLLOWUP_older:
	case FOLLOWUP_bare:
	case FOLLOWUP_without_sha1:
	case FOLLOWUP_tls12:
		return TLS_1_2;
	case FOLLOWUP_newer:
	case FOLLOWUP_tls13:
		return TLS_1_3;
	case FOLLOWUP_tls10:
		return TLS_1_0;
	case FOLLOWUP_tls11:
		return TLS_1_1;
	default:
		return 0;
	}
}

unsigned followup_lacking(followup_id question)
{
	return question == FOLLOWUP_bare        ? CLIENT_HELLO_NO_MASTER_SECRET
		: question == FOLLOWUP_without_sha1 ? CLIENT_HELLO_NO_SHA1
											: 0;
}

void followup_ask(followup *f, followup_id question)
{
	f->asked = question;
	f->open = 0;
}

/* --- the TLS version scan ----------------------------------------------------------------------------- */

static void note_version(followup *f, unsigned version)
{
	if (version >= TLS_1_0 && version <= TLS_1_3) {
		f->versions[version - TLS_1_0] = VERSION_accepted;
	}
}

void followup_note_choice(followup *f, unsigned version, unsigned highest)
{
	note_version(f, version);
	for (unsigned above = version + 1; above <= highest; above++) {
		if (above >= TLS_1_0 && f->versions[above - TLS_1_0] == VERSION_unknown) {
			f->versions[above - TLS_1_0] = VERSION_refused;
		}
	}
}

/* TLS 1.3, and nothing that is older. */
static int new_only(const followup *f)
{
	int only = f->versions[TLS_1_3 - TLS_1_0] == VERSION_accepted;

	for (unsigned i = 0; i < TLS_1_3 - TLS_1_0; i++) {
		only &= f->versions[i] == VERSION_refused;
	}
	return only;
}

static followup_id next_version(followup *f, findings *found)
{
	static const followup_id questions[VERSIONS] = { FOLLOWUP_tls10, FOLLOWUP_tls11, FOLLOWUP_tls12,
		FOLLOWUP_tls13 };

	for (unsigned i = 0; i < VERSIONS; i++) {
		if (f->versions[i] == VERSION_unknown && !f->version_asked[i]) {
			f->version_asked[i] = 1;
			return questions[i];
		}
	}
	int old = f->versions[0] == VERSION_accepted || f->versions[1] == VERSION_accepted;
	if (old && !findings_has(found, DIAG_tls_version_old)) {
		json *args = findings_begin(found, DIAG_tls_version_old_accepted);
		json_string(
			args, "version", tls_version_name(TLS_1_0 + (f->versions[0] != VERSION_accepted)));
		findings_end(found);
	}
	if (new_only(f)) {
		findings_add(found, DIAG_tls_version_new_only);
	}
	return FOLLOWUP_none;
}

/* Only where TLS was spoken at all. */
static followup_id first_version(followup *f, const followup_first *first, findings *found)
{
	return f->scans_versions && first->began && first->saw_tls ? next_version(f, found)
															   : FOLLOWUP_none;
}

/* It did not come so far this time, or was cut off by our side: nothing was learned. */
static int lost(const followup_answer *a)
{
	return !a->began || (!scan_answered(a->scan) && a->cut_off);
}

/* What an answer says about versions, whatever it was asked for. */
static void note_versions(followup *f, const followup_answer *a)
{
	if (scan_answered(a->scan)) {
		note_version(f, a->scan->version);
	}
	int alone = a->offered == TLS_1_3 || f->asked >= FOLLOWUP_tls10;
	int silent = findings_has(a->findings, DIAG_handshake_timeout);
	if (alone && !silent && !lost(a) && f->versions[a->offered - TLS_1_0] == VERSION_unknown) {
		f->versions[a->offered - TLS_1_0] = VERSION_refused;
	}
}

static bytes first_certificate(const recorder *r)
{
	return r->count == 0 ? (bytes){ NULL, 0 }
						 : (bytes){ r->data + r->entry[0].at, r->entry[0].len };
}

/* A server may well have two: but who asks for an older version should not get one that is broken. */
static void compare_certificates(
	const followup_first *first, const followup_answer *a, findings *found)
{
	bytes newer = first_certificate(first->certificates),
		  older = first_certificate(a->certificates);

	if (newer.len > 0 && older.len > 0 && !bytes_equal(newer, older)
		&& findings_any(a->findings, PHASE_certificate, STATUS_broken)
		&& !findings_any(found, PHASE_certificate, STATUS_broken)
		&& !findings_has(found, DIAG_certificate_of_older_version)) {
		json *args = findings_begin(found, DIAG_certificate_of_older_version);
		json_string(args, "version", tls_version_name(a->scan->version));
		findings_end(found);
	}
}

/* --- why a handshake failed ----------------------------------------------------------------------------- */

static int failed_by(const followup *f, int alert)
{
	return f->failed.how == END_ALERT && f->failed.number == alert;
}

followup_id followup_explain(followup *f, connection_end end)
{
	f->failed = end;
	return FOLLOWUP_older;
}

/* Some boxes on the way swallow a hello that they do not like (RFC 8446 D.4): then a plainer one is answered. */
followup_id followup_explain_silence(followup *f, unsigned seconds)
{
	f->failed = (connection_end){ .how = END_SILENCE, .number = (int)seconds };
	return FOLLOWUP_plain;
}

/* What failed is explained, or nobody can explain it. */
static followup_id explained(followup *f, findings *found)
{
	return f->scans_versions ? next_version(f, found) : FOLLOWUP_none;
}

static followup_id unexplained(followup *f, findings *found)
{
	handshake_add_failure(f->failed, found);
	return explained(f, found);
}

/* It had taken our offer, sent its certificate, and did not like what we answered. */
static int explained_by_wish(const followup_answer *a, findings *found)
{
	if (a->scan->certificate_wanted) {
		findings_beyond_reach(found, "client-certificate", NULL, NULL);
	}
	return a->scan->certificate_wanted;
}

/* What the server chose of an offer of everything: 1 when that explains why it wanted nothing of ours. */
static int explained_by_choice(
	const followup_first *first, const followup_answer *a, findings *found)
{
	const client_hello_scan *h = a->scan;
	const tls_suite *suite = tls_suite_by_number(h->suite);

	if (first->certificates->count > 0) {
		return explained_by_wish(a, found);
	}
	if (h->version < TLS_1_0) {
		handshake_add_version_old(h->version, found);
	} else if (h->version > TLS_1_2) {
		return 0; /* nobody offered that */
	} else if (suite->strength == SUITE_obsolete) {
		handshake_add_cipher(DIAG_cipher_obsolete, suite->name, 0, found);
	} else if (h->prime_bits != 0 && h->prime_bits < LIMIT_DH_BITS_REFUSED) {
		handshake_add_cipher(DIAG_cipher_obsolete, suite->name, h->prime_bits, found);
	} else if (a->certificates->past_limits) {
		findings_beyond_reach(found, "certificate-size", NULL, NULL);
	} else if (a->certificates->count > 0 && a->certificates->key_unusable) {
		judge_key_beyond_reach(&a->certificates->key, found);
	} else if (!tls_suite_spoken(suite)) {
		findings_beyond_reach(found, "suite", "suite", suite->name);
		if (h->prime_bits != 0 && h->prime_bits < LIMIT_DH_BITS_MIN) {
			handshake_add_cipher(DIAG_cipher_weak, suite->name, h->prime_bits, found);
		}
	} else if (h->group != 0 && !tls_group_by_number(h->group)->speaks) {
		findings_beyond_reach(found, "group", "group", tls_group_by_number(h->group)->name);
	} else if (h->scheme != 0 && !tls_scheme_by_number(h->scheme)->speaks) {
		findings_beyond_reach(
			found, "signature", "signature", tls_scheme_by_number(h->scheme)->name);
	} else {
		return 0;
	}
	return 1;
}

/* It did answer, and does not want what was offered: not silence, nor a loss on the way. */
static int refused(const followup_answer *a)
{
	return !scan_answered(a->scan)
		&& (findings_has(a->findings, DIAG_handshake_alert)
			|| findings_has(a->findings, DIAG_handshake_closed));
}

/* OpenSSL's FIPS module notices only when it makes the keys, and calls it an internal error. */
static int wants_master_secret_late(
	const followup *f, const followup_first *first, const followup_answer *a)
{
	return a->scan->master_secret && first->certificates->count > 0
		&& failed_by(f, ALERT_INTERNAL_ERROR);
}

/* It takes what we speak, so it may be our offer of more that it does not like. */
static followup_id ask_plain(followup *f, const followup_first *first, findings *found)
{
	int refused_unseen = first->offered_newer && first->certificates->count == 0;

	return refused_unseen ? FOLLOWUP_plain : unexplained(f, found);
}

static followup_id heard_older(
	followup *f, const followup_first *first, const followup_answer *a, findings *found)
{
	if (!scan_answered(a->scan)) {
		return FOLLOWUP_newer;
	}
	if (explained_by_choice(first, a, found)) {
		/* Its certificate came in the clear, and what is wrong with it is worth knowing. */
		findings_copy_phase(found, a->findings, PHASE_certificate);
		return explained(f, found);
	}
	/* We come without extended_master_secret: is that what it does not like? */
	if (a->scan->master_secret && first->certificates->count == 0) {
		findings_copy_phase(found, a->findings, PHASE_certificate);
		return FOLLOWUP_bare;
	}
	if (wants_master_secret_late(f, first, a)) {
		findings_beyond_reach(found, "extended-master-secret", NULL, NULL);
		return explained(f, found);
	}
	return ask_plain(f, first, found);
}

static followup_id heard_bare(
	followup *f, const followup_first *first, const followup_answer *a, findings *found)
{
	if (refused(a)) {
		findings_beyond_reach(found, "extended-master-secret", NULL, NULL);
		return explained(f, found);
	}
	return ask_plain(f, first, found);
}

/* With TLS 1.3 its certificate would come sealed, so the hello is all there is to go by. */
static void explain_newer(const client_hello_scan *h, findings *found)
{
	const tls_suite *suite = tls_suite_by_number(h->suite);
	const tls_word *group = tls_group_by_number(h->group);

	if (!tls_suite_spoken(suite)) {
		findings_beyond_reach(found, "suite", "suite", suite->name);
	} else if (h->group != 0 && !group->speaks) {
		findings_beyond_reach(found, "group", "group", group->name);
	} else {
		/* What it was offered more than by us is a way to sign. */
		findings_beyond_reach(found, "signature", NULL, NULL);
	}
}

static followup_id heard_newer(followup *f, const followup_answer *a, findings *found)
{
	if (a->scan->version == TLS_1_3) {
		explain_newer(a->scan, found);
		return explained(f, found);
	}
	return unexplained(f, found);
}

/* --- a signature with SHA-1 ----------------------------------------------------------------------------- */

/* RFC 5246 7.4.1.4.1: the first byte is the hash, 2 is SHA-1. 0: there was no signature, or one of TLS
 * 1.1, which has a finding of its own. */
static int signed_with_sha1(const client_hello_scan *h)
{
	return h->scheme >> 8 == 2;
}

static followup_id heard_without_sha1(
	followup *f, const followup_first *first, const followup_answer *a, findings *found)
{
	if (refused(a) || signed_with_sha1(a->scan)) {
		json *args = findings_begin(found, DIAG_handshake_signature_weak);
		json_string(args, "signature", tls_scheme_by_number(first->listener->scheme)->name);
		findings_end(found);
	}
	return first_version(f, first, found);
}

followup_id followup_afterwards(followup *f, const followup_first *first, findings *found)
{
	return first->complete && signed_with_sha1(first->listener) ? FOLLOWUP_without_sha1
																: first_version(f, first, found);
}

/* --- a plainer hello ------------------------------------------------------------------------------------ */

/* What that conversation has found is ours by now: see actions_followup.c. */
static followup_id heard_plain(
	followup *f, const followup_first *first, const followup_answer *a, findings *found)
{
	if (!a->complete) {
		return unexplained(f, found);
	}
	json *args = findings_begin(found, DIAG_tls_version_intolerance);
	connection_end_write(f->failed, args);
	findings_end(found);
	return followup_afterwards(f, first, found);
}

/* --- answers -------------------------------------------------------------------------------------------- */

followup_id followup_conclude(
	followup *f, const followup_first *first, const followup_answer *answer, findings *found)
{
	note_versions(f, answer);
	if (f->asked >= FOLLOWUP_tls10) {
		compare_certificates(first, answer, found);
		return next_version(f, found);
	}
	if (lost(answer)) {
		return followup_give_up(f, first, found);
	}
	switch (f->asked) {
	case FOLLOWUP_without_sha1:
		return heard_without_sha1(f, first, answer, found);
	case FOLLOWUP_older:
		return heard_older(f, first, answer, found);
	case FOLLOWUP_bare:
		return heard_bare(f, first, answer, found);
	case FOLLOWUP_plain:
		return heard_plain(f, first, answer, found);
	default:
		return heard_newer(f, answer, found);
	}
}

followup_id followup_give_up(followup *f, const followup_first *first, findings *found)
{
	switch (f->asked) {
	case FOLLOWUP_older:
	case FOLLOWUP_newer:
	case FOLLOWUP_bare:
	case FOLLOWUP_plain:
		handshake_add_failure(f->failed, found);
		break;
	case FOLLOWUP_without_sha1:
		return first_version(f, first, found);
	default:
		break;
	}
	return FOLLOWUP_none;
}
