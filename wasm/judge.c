#include "judge.h"

#include "calendar.h"
#include "names.h"

#include <string.h>

/* A way from the end-entity to an anchor, by indices into the chain. */
typedef struct {
	size_t at[LIMIT_CERTIFICATES];
	size_t len;
	anchor root;
} path;

/* A Name without any part is a bare SEQUENCE header: it identifies nobody. */
enum { EMPTY_NAME = 2 };

enum { UNASKED = 0, SIGNED, NOT_SIGNED, CANNOT_TELL };

typedef struct {
	const chain *chain;
	const anchors *roots;
	int64_t time;
	int verifications; /* left */
	int steps;         /* left */
	int cannot_tell;   /* a signature of a kind that BearSSL does not know was met */
	uint8_t signed_by[LIMIT_CERTIFICATES][LIMIT_CERTIFICATES];
	path now;
	path first; /* the first way that was found, for its faults */
	int found;
	int clean; /* … is a way without faults */
} search;

/* --- what is wrong with a certificate, whatever the path --- */

static void add_date(findings *out, diagnosis_id id, const char *key, int64_t when, bytes subject)
{
	char text[CALENDAR_TEXT];
	json *args = findings_begin(out, id);

	calendar_text(when, text);
	json_string(args, key, text);
	certificate_write_name(subject, args, "subject");
	findings_end(out);
}

static void check_dates(const certificate *c, int64_t now, findings *out)
{
	if (now > c->not_after) {
		add_date(out, DIAG_certificate_expired, "not_after", c->not_after, c->subject);
	} else if (now < c->not_before) {
		add_date(out, DIAG_certificate_not_yet_valid, "not_before", c->not_before, c->subject);
	}
}

static void check_strength(const public_key *key, bytes subject, findings *out)
{
	if (key->kind == KEY_RSA && key->bits < LIMIT_RSA_BITS_MIN) {
		json *args = findings_begin(out, DIAG_certificate_key_weak);
		certificate_write_key(key, args, "key");
		certificate_write_name(subject, args, "subject");
		findings_end(out);
	}
}

/* Not asked of a self-signed certificate, whose signature proves nothing anyway. */
static void check_signature_strength(const certificate *c, findings *out)
{
	if (c->signature_algorithm != NULL && c->signature_algorithm->weak) {
		json *args = findings_begin(out, DIAG_certificate_signature_weak);
		json_string(args, "signature", c->signature_algorithm->name);
		certificate_write_name(c->subject, args, "subject");
		findings_end(out);
	}
}

static void add_constraint(findings *out, const char *which, const certificate *c)
{
	json *args = findings_begin(out, DIAG_certificate_constraint_violated);
	json_string(args, "constraint", which);
	certificate_write_name(c->subject, args, "subject");
	findings_end(out);
}

/* Good for both ends of a chain: purpose and extensions. */
static void check_usage(const certificate *c, findings *out)
{
	/* anyExtendedKeyUsage does not count: mail apps refuse it too (RFC 5280 4.2.1.12 lets them). */
	if ((c->extensions & EXT_EXTENDED_KEY_USAGE) && !c->for_server) {
		json *args = findings_begin(out, DIAG_certificate_wrong_purpose);
		certificate_write_name(c->subject, args, "subject");
		findings_end(out);
	}
	if (c->critical_unknown) {
		add_constraint(out, "critical-extension", c);
	}
}

static void check_name(const certificate *c, const char *host, findings *out)
{
	if (!names_any(c)) {
		json *args = findings_begin(out, DIAG_certificate_without_san);
		json_string(args, "asked", host);
		certificate_write_name(c->subject, args, "subject");
		findings_end(out);
	} else if (!names_match(c, host)) {
		json *args = findings_begin(out, DIAG_certificate_name_mismatch);
		json_string(args, "asked", host);
		names_write(c, args, "names");
		findings_end(out);
	}
}

static void check_end_entity(const certificate *c, const char *host, int64_t now, findings *out)
{
	check_dates(c, now, out);
	if (now >= c->not_before && now <= c->not_after && c->not_after - now < LIMIT_EXPIRES_SOON_S) {
		add_date(out, DIAG_certificate_expires_soon, "not_after", c->not_after, c->subject);
	}
	check_name(c, host, out);
	check_strength(&c->key, c->subject, out);
	check_usage(c, out);
	/* Only a CA signs certificates, or binds others to names (RFC 5280 4.2.1.3, 4.2.1.10). */
	if (!c->is_ca && (c->key_usage & KEY_USAGE_KEY_CERT_SIGN) != 0) {
		add_constraint(out, "key-usage", c);
	}
	if (!c->is_ca && (c->extensions & EXT_NAME_CONSTRAINTS) != 0) {
		add_constraint(out, "name", c);
	}
	/* With a key usage, one of the three that TLS makes use of (RFC 5246 7.4.2). */
	const unsigned tls_uses = KEY_USAGE_DIGITAL_SIGNATURE | 1u << 2 | 1u << 4;
	if ((c->extensions & EXT_KEY_USAGE) && (c->key_usage & tls_uses) == 0) {
		add_constraint(out, "key-usage", c);
	}
}

/* --- what is wrong with a path --- */

/* How many count towards a path length set at `position` (RFC 5280 4.2.1.9). */
static long issuers_below(const search *s, const path *p, size_t position)
{
	long below = 0;

	for (size_t i = 1; i < position; i++) {
		below += !certificate_self_issued(&s->chain->list[p->at[i]]);
	}
	return below;
}

static void check_issuer(const search *s, const path *p, size_t position, findings *out)
{
	const certificate *ca = &s->chain->list[p->at[position]];

	if (ca->version != 3 || !ca->is_ca) {
		add_constraint(out, "not-a-ca", ca);
	}
	if (ca->subject.len <= EMPTY_NAME) {
		add_constraint(out, "empty-subject", ca);
	}
	if ((ca->extensions & EXT_NAME_CONSTRAINTS) && ca->name_constraints.len == 0) {
		add_constraint(out, "name", ca);
	}
	if ((ca->extensions & EXT_KEY_USAGE) && (ca->key_usage & KEY_USAGE_KEY_CERT_SIGN) == 0) {
		add_constraint(out, "key-usage", ca);
	}
	if (ca->path_length >= 0 && issuers_below(s, p, position) > ca->path_length) {
		add_constraint(out, "path-length", ca);
	}
	check_dates(ca, s->time, out);
	check_strength(&ca->key, ca->subject, out);
	check_usage(ca, out);
}

static void check_constraints(
	const search *s, const path *p, size_t below, bytes constraints, findings *out)
{
	for (size_t i = 0; i < below; i++) {
		const certificate *c = &s->chain->list[p->at[i]];
		/* A CA's own renewed certificate is exempt (RFC 5280 6.1.3 b). */
		if ((i > 0 && certificate_self_issued(c)) || constraints.len == 0) {
			continue;
		}
		if (names_within(c, constraints) != NAMES_ALLOWED) {
			add_constraint(out, "name", c);
		}
	}
}

static void check_path(const search *s, const path *p, findings *out)
{
	int own_anchor = p->len == 1 && bytes_equal(s->chain->list[0].spki, p->root.spki);

	for (size_t i = 0; i < p->len; i++) {
		const certificate *c = &s->chain->list[p->at[i]];
		if (!own_anchor) {
			check_signature_strength(c, out);
		}
		if (i > 0) {
			check_issuer(s, p, i, out);
			check_constraints(s, p, i, c->name_constraints, out);
		}
	}
	check_constraints(s, p, p->len, p->root.name_constraints, out);
	if (p->root.path_length >= 0 && issuers_below(s, p, p->len) > p->root.path_length) {
		add_constraint(out, "path-length", &s->chain->list[p->at[p->len - 1]]);
	}
	if (!own_anchor && s->chain->list[0].is_ca) {
		add_constraint(out, "ca-as-server", &s->chain->list[0]);
	}
	if (p->root.critical_unknown) {
		add_constraint(out, "critical-extension", &s->chain->list[p->at[p->len - 1]]);
	}
	public_key key;
	if (public_key_read(&key, p->root.spki) == 0) {
		check_strength(&key, p->root.subject, out);
	}
	if (s->time > p->root.not_after) {
		add_date(out, DIAG_certificate_expired, "not_after", p->root.not_after, p->root.subject);
	}
	for (size_t i = 1; i < p->len; i++) {
		if (p->at[i] < p->at[i - 1]) {
			findings_add(out, DIAG_certificate_misordered_chain);
		}
	}
}

static int any_fault(const findings *f)
{
	return findings_any(f, PHASE_certificate, STATUS_broken);
}

/* --- the search for a path --- */

static int ask_signature(search *s, const certificate *child, const public_key *key)
{
	if (s->verifications == 0) {
		return NOT_SIGNED;
	}
	s->verifications--;
	int answer = certificate_signed_by(child, key);
	if (answer < 0) {
		s->cannot_tell = 1;
		return CANNOT_TELL;
	}
	return answer ? SIGNED : NOT_SIGNED;
}

static int signed_by(search *s, size_t child, size_t issuer)
{
	uint8_t *known = &s->signed_by[child][issuer];

	if (*known == UNASKED) {
		*known = (uint8_t)ask_signature(s, &s->chain->list[child], &s->chain->list[issuer].key);
	}
	return *known == SIGNED;
}

static void path_found(search *s, const anchor *root)
{
	findings faults;

	s->now.root = *root;
	findings_init(&faults);
	check_path(s, &s->now, &faults);
	s->clean = !any_fault(&faults);
	if (!s->found || s->clean) {
		s->first = s->now;
		s->found = 1;
	}
}

static void try_anchors(search *s, const certificate *top)
{
	size_t at = 0;
	anchor root;
	public_key key;

	while (!s->clean && anchors_next(s->roots, &at, &root)) {
		int is_itself = s->now.len == 1 && bytes_equal(root.subject, top->subject)
			&& bytes_equal(root.spki, top->spki);
		if (is_itself) {
			path_found(s, &root);
		} else if (root.subject.len > EMPTY_NAME && bytes_equal(root.subject, top->issuer)
			&& public_key_read(&key, root.spki) == 0 && ask_signature(s, top, &key) == SIGNED) {
			path_found(s, &root);
		}
	}
}

static int on_path(const search *s, const certificate *c)
{
	for (size_t i = 0; i < s->now.len; i++) {
		if (bytes_equal(s->chain->list[s->now.at[i]].der, c->der)) {
			return 1;
		}
	}
	return 0;
}

/* Depth first, at most LIMIT_CERTIFICATES deep, until a way without faults is found. */
static void extend(search *s)
{
	size_t top = s->now.at[s->now.len - 1];

	try_anchors(s, &s->chain->list[top]);
	for (size_t i = 1; i < s->chain->count && !s->clean && s->now.len < LIMIT_CERTIFICATES; i++) {
		const certificate *next = &s->chain->list[i];
		if (!s->chain->readable[i] || !bytes_equal(next->subject, s->chain->list[top].issuer)
			|| on_path(s, next)) {
			continue;
		}
		if (s->steps == 0) {
			return;
		}
		s->steps--;
		if (signed_by(s, top, i)) {
			s->now.at[s->now.len++] = i;
			extend(s);
			s->now.len--;
		}
	}
}

/* --- why there is no path --- */

static void add_issuer(findings *out, diagnosis_id id, bytes name)
{
	json *args = findings_begin(out, id);
	certificate_write_name(name, args, "issuer");
	findings_end(out);
}

/* Follows the names upwards as far as the server sent certificates. */
static size_t highest(search *s, int *bad_signature)
{
	size_t at = 0;
	uint8_t seen[LIMIT_CERTIFICATES] = { 1 };

	for (;;) {
		const certificate *c = &s->chain->list[at];
		size_t next = 0;
		for (size_t i = 1; i < s->chain->count && next == 0; i++) {
			if (!seen[i] && s->chain->readable[i]
				&& bytes_equal(s->chain->list[i].subject, c->issuer)) {
				if (signed_by(s, at, i)) {
					next = i;
				} else if (s->signed_by[at][i] == NOT_SIGNED) {
					*bad_signature = 1;
				}
			}
		}
		if (next == 0) {
			return at;
		}
		*bad_signature = 0;
		seen[next] = 1;
		at = next;
	}
}

static void explain_no_path(search *s, findings *out)
{
	int bad_signature = 0;
	size_t at = highest(s, &bad_signature);
	const certificate *top = &s->chain->list[at];

	if (s->cannot_tell) {
		json *args = findings_begin(out, DIAG_beyond_our_reach);
		json_string(args, "reason", "signature");
		json_string(args, "signature",
			top->signature_algorithm != NULL ? top->signature_algorithm->name : "unknown");
		findings_end(out);
		return; /* an issuer of that name is there; whether it signed is not for us to say */
	}
	if (bad_signature) {
		add_constraint(out, "signature", top);
	} else if (certificate_self_issued(top)) {
		if (at == 0) {
			findings_add(out, DIAG_certificate_self_signed);
		} else {
			add_issuer(out, DIAG_certificate_unknown_issuer, top->issuer);
		}
	} else {
		/*
		 * The issuer was not sent. A certificate of a public authority says where to fetch it;
		 * one that does not is as likely from an authority that nobody knows, and both are true:
		 * a link is missing, and nothing leads to a root we trust.
		 */
		if (!top->ca_issuers) {
			add_issuer(out, DIAG_certificate_unknown_issuer, top->issuer);
		}
		add_issuer(out, DIAG_certificate_incomplete_chain, top->issuer);
	}
}

/* A kind of key of which we know at least what it is worth. */
static int key_known(const public_key *key)
{
	return key->kind != KEY_UNKNOWN && (key->kind != KEY_EC || key->curve != 0);
}

int judge_chain(
	const chain *c, const char *host, int64_t unix_time, const anchors *roots, findings *out)
{
	search s;

	if (c->count == 0 || !c->readable[0]) {
		findings_add(out, DIAG_certificate_malformed);
		return 0;
	}
	memset(&s, 0, sizeof s);
	s.chain = c;
	s.roots = roots;
	s.time = unix_time;
	s.verifications = LIMIT_VERIFICATIONS;
	s.steps = LIMIT_PATH_STEPS;
	s.now.len = 1;
	extend(&s);

	check_end_entity(&c->list[0], host, unix_time, out);
	if (s.found) {
		check_path(&s, &s.first, out);
	} else {
		explain_no_path(&s, out);
	}
	if (!key_known(&c->list[0].key)) {
		json *args = findings_begin(out, DIAG_beyond_our_reach);
		json_string(args, "reason", "key");
		certificate_write_key(&c->list[0].key, args, "key");
		findings_end(out);
		return 0;
	}
	return s.found && !any_fault(out);
}
