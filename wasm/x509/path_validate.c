#include "x509/path_validate.h"

#include "x509/issuer_identity.h"
#include "x509/name_constraints.h"
#include "x509/profile.h"

/* --- one certificate --- */

static void check_period(int64_t from, int64_t until, bytes subject, int64_t now, faults *out)
{
	if (now > until) {
		faults_date(out, DIAG_certificate_expired, "not_after", until, subject);
	} else if (now < from) {
		faults_date(out, DIAG_certificate_not_yet_valid, "not_before", from, subject);
	}
}

void path_validate_dates(const certificate *c, int64_t now, faults *out)
{
	check_period(c->not_before, c->not_after, c->subject, now, out);
}

void path_validate_key(const public_key *key, bytes spki, bytes subject, faults *out)
{
	int rsa = key->kind == KEY_RSA || key->kind == KEY_RSA_PSS;

	if ((rsa && key->bits < LIMIT_RSA_BITS_MIN)
		|| (key->kind == KEY_EC && key->named != NULL && key->bits < LIMIT_EC_BITS_MIN)) {
		fault weak = {
			.id = DIAG_certificate_key_weak, .subject = subject, .label = "key", .spki = spki
		};
		faults_add(out, &weak);
	}
}

static void wrong_purpose(bytes subject, faults *out)
{
	fault wrong = { .id = DIAG_certificate_wrong_purpose, .subject = subject };
	faults_add(out, &wrong);
}

void path_validate_purpose(const certificate *c, faults *out)
{
	/* anyExtendedKeyUsage does not count: mail apps refuse it too (RFC 5280 4.2.1.12 lets them). */
	if ((c->extensions & EXT_EXTENDED_KEY_USAGE) && !c->for_server) {
		wrong_purpose(c->subject, out);
	}
	if (c->critical_unknown) {
		faults_constraint(out, "critical-extension", c->subject);
	}
	if (!c->is_ca && c->path_length >= 0) {
		faults_constraint(out, "basic-constraints", c->subject);
	}
}

static void check_signature_strength(const certificate *c, faults *out)
{
	if (c->signature_algorithm != NULL && c->signature_algorithm->weak) {
		fault weak = { .id = DIAG_certificate_signature_weak,
			.subject = c->subject,
			.label = "signature",
			.word = c->signature_algorithm->name };
		faults_add(out, &weak);
	}
}

/* --- a certificate above others --- */

/* How many count towards a path length set at `position` (RFC 5280 4.2.1.9). */
static long issuers_below(const path_validation *validation, const path *p, size_t position)
{
	long below = 0;

	for (size_t i = 1; i < position; i++) {
		below += !certificate_self_issued(&validation->chain->list[p->at[i]]);
	}
	return below;
}

/* A CA's own renewed certificate is exempt from its constraints (RFC 5280 6.1.3 b). */
static int exempt(const certificate *c, size_t position)
{
	return position > 0 && certificate_self_issued(c);
}

static void check_names_below(
	path_validation *validation, const path *p, size_t position, faults *out)
{
	size_t ca = p->at[position];
	bytes constraints = validation->chain->list[ca].name_constraints;

	for (size_t i = 0; i < position && constraints.len != 0; i++) {
		const certificate *c = &validation->chain->list[p->at[i]];
		uint8_t *known = &validation->within[ca][p->at[i]];
		if (exempt(c, i)) {
			continue;
		}
		/* Thousands of names under thousands of constraints are compared once, not for every path. */
		if (*known == 0) {
			*known = (uint8_t)(1 + name_constraints_check(c, constraints, &validation->work));
		}
		if (*known != 1 + NAMES_ALLOWED) {
			faults_constraint(out, "name", c->subject);
		}
	}
}

void path_validate_issuer(path_validation *validation, const path *p, size_t position, faults *out)
{
	const certificate *ca = &validation->chain->list[p->at[position]];
	const certificate *child = &validation->chain->list[p->at[position - 1]];
	issuer_identity identity = issuer_identity_of(ca);

	check_signature_strength(child, out);
	if (issuer_identity_differs(&identity, child)) {
		faults_constraint(out, "key-identifiers", child->subject);
	}
	if (ca->version != 3 || !ca->is_ca) {
		faults_constraint(out, "not-a-ca", ca->subject);
	}
	if (ca->subject.len <= EMPTY_NAME) {
		faults_constraint(out, "empty-subject", ca->subject);
	}
	if ((ca->extensions & EXT_NAME_CONSTRAINTS) && ca->name_constraints.len == 0) {
		faults_constraint(out, "name", ca->subject);
	}
	if ((ca->extensions & EXT_KEY_USAGE) && (ca->key_usage & KEY_USAGE_KEY_CERT_SIGN) == 0) {
		faults_constraint(out, "key-usage", ca->subject);
	}
	if (ca->path_length >= 0 && issuers_below(validation, p, position) > ca->path_length) {
		faults_constraint(out, "path-length", ca->subject);
	}
	path_validate_dates(ca, validation->time, out);
	path_validate_key(&ca->key, ca->spki, ca->subject, out);
	path_validate_purpose(ca, out);
	profile_check(ca, 1, out);
	check_names_below(validation, p, position, out);
}

/* --- the anchor --- */

static void check_anchor(path_validation *validation, const path *p, faults *out)
{
	const anchor *root = &p->root;
	const certificate *top = &validation->chain->list[p->at[p->len - 1]];
	public_key key;

	check_signature_strength(top, out);
	if (anchor_is_not_named(root, top)) {
		faults_constraint(out, "key-identifiers", top->subject);
	}
	for (size_t i = 0; i < p->len; i++) {
		const certificate *c = &validation->chain->list[p->at[i]];
		if (root->name_constraints.len != 0 && !exempt(c, i)
			&& name_constraints_check(c, root->name_constraints, &validation->work)
				!= NAMES_ALLOWED) {
			faults_constraint(out, "name", c->subject);
		}
	}
	if (root->path_length >= 0 && issuers_below(validation, p, p->len) > root->path_length) {
		faults_constraint(out, "path-length", root->subject);
	}
	if (root->flags & ANCHOR_CRITICAL_UNKNOWN) {
		faults_constraint(out, "critical-extension", root->subject);
	}
	if (root->flags & ANCHOR_NOT_A_CA) {
		faults_constraint(out, "not-a-ca", root->subject);
	}
	if (root->flags & ANCHOR_CONTRADICTS_ITSELF) {
		faults_constraint(out, "key-identifiers", root->subject);
	}
	if (root->flags & ANCHOR_WRONG_PURPOSE) {
		wrong_purpose(root->subject, out);
	}
	if (root->flags & ANCHOR_OUT_OF_PROFILE || name_constraints_odd(root->name_constraints)) {
		faults_profile(out, "trust-anchor", root->subject);
	}
	if (public_key_read(&key, root->spki) == 0) {
		path_validate_key(&key, root->spki, root->subject, out);
		if (key.bits % 8 != 0 && key.kind == KEY_RSA) {
			faults_profile(out, "key-size", root->subject);
		}
	}
	check_period(root->not_before, root->not_after, root->subject, validation->time, out);
}

void path_validate(path_validation *validation, const path *p, faults *out)
{
	const certificate *leaf = &validation->chain->list[p->at[0]];

	if (p->len == 1 && bytes_equal(leaf->spki, p->root.spki)) {
		/* Trusted as it is: nothing needs to be signed, and no authority is asked for. */
		check_period(p->root.not_before, p->root.not_after, p->root.subject, validation->time, out);
		return;
	}
	for (size_t i = 1; i < p->len; i++) {
		path_validate_issuer(validation, p, i, out);
	}
	check_anchor(validation, p, out);
	if (leaf->is_ca) {
		faults_constraint(out, "ca-as-server", leaf->subject);
	}
	profile_check(leaf, 0, out);
}
