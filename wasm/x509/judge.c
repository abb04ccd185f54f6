#include "x509/judge.h"

#include "x509/certificate_write.h"
#include "x509/distinguished_name.h"
#include "x509/issuer_identity.h"
#include "x509/path_build.h"
#include "x509/server_name.h"

/* --- the end-entity, whatever the path --- */

/* So little time is left that its renewal should have come. */
static int expires_soon(const certificate *c, int64_t now)
{
	int64_t part = (c->not_after - c->not_before) / LIMIT_EXPIRES_SOON_PART;
	int64_t soon = part < LIMIT_EXPIRES_SOON_S ? part : LIMIT_EXPIRES_SOON_S;
	return now >= c->not_before && now <= c->not_after && c->not_after - now < soon;
}

static void check_end_entity(const certificate *c, int64_t now, unsigned key_use, faults *out)
{
	path_validate_dates(c, now, out);
	if (expires_soon(c, now)) {
		faults_date(out, DIAG_certificate_expires_soon, "not_after", c->not_after, c->subject);
	}
	path_validate_key(&c->key, c->spki, c->subject, out);
	path_validate_purpose(c, out);
	if ((c->extensions & EXT_NETSCAPE_TYPE) && !c->netscape_server) {
		fault wrong = { .id = DIAG_certificate_wrong_purpose, .subject = c->subject };
		faults_add(out, &wrong);
	}
	/* Only a CA signs certificates, or binds others to names (RFC 5280 4.2.1.3, 4.2.1.10). */
	if (!c->is_ca && (c->key_usage & KEY_USAGE_KEY_CERT_SIGN) != 0) {
		faults_constraint(out, "key-usage", c->subject);
	}
	if (!c->is_ca && (c->extensions & EXT_NAME_CONSTRAINTS) != 0) {
		faults_constraint(out, "name", c->subject);
	}
	if ((c->extensions & EXT_KEY_USAGE) && (c->key_usage & key_use) == 0) {
		faults_constraint(out, "key-usage", c->subject);
	}
}

static void check_name(const certificate *c, const char *host, findings *out)
{
	if (!server_names_any(c)) {
		json *args = findings_begin(out, DIAG_certificate_without_san);
		json_string(args, "asked", host);
		distinguished_name_write(c->subject, args, "subject");
		findings_end(out);
	} else if (!server_names_match(c, host)) {
		json *args = findings_begin(out, DIAG_certificate_name_mismatch);
		json_string(args, "asked", host);
		server_names_write(c, args, "names");
		distinguished_name_write(c->subject, args, "subject");
		findings_end(out);
	}
}

/* --- the chain as it was sent --- */

/*
 * Programs of today read all that was sent before they judge any of it; what is only too large for us is
 * no trouble for them.
 */
static void check_readable(const chain *c, findings *out)
{
	for (size_t i = 0; i < c->count; i++) {
		if (!c->readable[i] && !c->list[i].past_limits) {
			json *args = findings_begin(out, DIAG_certificate_malformed);
			json_int(args, "position", (int64_t)i + 1);
			json_string(args, "part", c->list[i].unreadable);
			findings_end(out);
			return;
		}
	}
}

/* Each certificate has to follow the one that it vouches for (RFC 5246 7.4.2). */
static void check_order(const chain *c, const path *p, findings *out)
{
	for (size_t i = 1; i < p->len; i++) {
		if (p->at[i] != p->at[i - 1] + 1) {
			json *args = findings_begin(out, DIAG_certificate_misordered_chain);
			json_int(args, "position", (int64_t)p->at[i] + 1);
			distinguished_name_write(c->list[p->at[i]].subject, args, "subject");
			findings_end(out);
			return;
		}
	}
}

static void check_length(const chain *c, findings *out)
{
	if (c->dropped != 0) {
		json *args = findings_begin(out, DIAG_certificate_chain_long);
		json_int(args, "sent", (int64_t)(c->count + c->dropped));
		json_int(args, "read", (int64_t)c->count);
		findings_end(out);
	}
}

/* --- why there is no path --- */

static void add_issuer(findings *out, diagnosis_id id, const certificate *c)
{
	json *args = findings_begin(out, id);
	distinguished_name_write(c->issuer, args, "issuer");
	distinguished_name_write(c->subject, args, "subject");
	findings_end(out);
}

/* Follows the names upwards as far as the server sent certificates. */
static size_t highest(path_builder *b, int *bad_signature)
{
	const chain *all = b->validation.chain;
	size_t at = 0;
	uint8_t seen[LIMIT_CERTIFICATES] = { 1 };

	for (;;) {
		const certificate *c = &all->list[at];
		size_t next = 0;
		for (size_t i = 1; i < all->count && next == 0; i++) {
			if (seen[i] || !all->readable[i] || !bytes_equal(all->list[i].subject, c->issuer)) {
				continue;
			}
			issuer_identity identity = issuer_identity_of(&all->list[i]);
			signature_answer answer = path_build_signed_by(b, at, i);
			if (answer == SIGNATURE_GOOD) {
				next = i;
			} else if (answer == SIGNATURE_BAD && !issuer_identity_differs(&identity, c)) {
				*bad_signature = 1;
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

/* Some certificate of the chain is larger than what we read. */
static int any_past_limits(const chain *c)
{
	int any = 0;

	for (size_t i = 0; i < c->count; i++) {
		any |= c->list[i].past_limits;
	}
	return any;
}

static void explain_no_path(path_builder *b, findings *out)
{
	int bad_signature = 0;
	size_t at = highest(b, &bad_signature);
	const certificate *top = &b->validation.chain->list[at];
	const signature_algorithm *algorithm = top->signature_algorithm;

	if (any_past_limits(b->validation.chain)) {
		findings_beyond_reach(out, "certificate-size", NULL, NULL); /* it may be the missing link */
	} else if (b->cut_short) {
		findings_beyond_reach(out, "chain", NULL, NULL); /* so tangled that we gave up looking */
	} else if (b->cannot_tell) {
		/* An issuer of that name is there; whether it signed is not for us to say. */
		findings_beyond_reach(
			out, "signature", "signature", algorithm != NULL ? algorithm->name : "unknown");
	} else if (bad_signature) {
		faults against;
		faults_init(&against);
		faults_constraint(&against, "signature", top->subject);
		faults_write(&against, b->validation.chain->list[0].subject, out);
	} else if (certificate_self_issued(top) && path_build_signed_by(b, at, at) != SIGNATURE_BAD) {
		add_issuer(
			out, at == 0 ? DIAG_certificate_self_signed : DIAG_certificate_unknown_issuer, top);
	} else if (b->validation.chain->dropped != 0) {
		findings_beyond_reach(
			out, "chain", NULL, NULL); /* the missing link may be among what was not kept */
	} else {
		/*
		 * The issuer was not sent. A certificate of a public authority says where to fetch it;
		 * one that does not is as likely from an authority that nobody knows, and both are true:
		 * a link is missing, and nothing leads to a root we trust.
		 */
		if (!top->ca_issuers) {
			add_issuer(out, DIAG_certificate_unknown_issuer, top);
		}
		add_issuer(out, DIAG_certificate_incomplete_chain, top);
	}
}

/* --- all together --- */

/* A kind of key of which we know at least what it is worth. */
static int key_known(const public_key *key)
{
	return key->kind != KEY_UNKNOWN && (key->kind != KEY_EC || key->curve != 0);
}

void judge_key_beyond_reach(const public_key *key, findings *out)
{
	json *args = findings_begin(out, DIAG_beyond_our_reach);

	json_string(args, "reason", "key");
	certificate_write_key(key, args, "key");
	findings_end(out);
}

int judge_chain(const chain *c, const char *host, int64_t unix_time, unsigned key_use,
	const anchors *roots, signature_cache *signatures, findings *out)
{
	path_builder b;
	faults against;

	check_readable(c, out);
	if (c->count == 0 ? c->dropped != 0 : c->list[0].past_limits) {
		findings_beyond_reach(out, "certificate-size", NULL, NULL);
	} else if (c->count == 0) {
		findings_add(out, DIAG_certificate_malformed);
	}
	if (c->count == 0 || !c->readable[0]) {
		return 0;
	}
	path_build_init(&b, c, unix_time, roots);
	b.signatures = signatures;
	path_build_run(&b);

	faults_init(&against);
	check_end_entity(&c->list[0], unix_time, key_use, &against);
	for (size_t i = 0; b.found && i < b.against.count; i++) {
		faults_add(&against, &b.against.list[i]);
	}
	faults_write(&against, c->list[0].subject, out);
	check_name(&c->list[0], host, out);
	if (b.found) {
		check_order(c, &b.best, out);
	} else {
		explain_no_path(&b, out);
	}
	check_length(c, out);
	if (!key_known(&c->list[0].key)) {
		judge_key_beyond_reach(&c->list[0].key, out);
		return 0;
	}
	return b.found && faults_weigh(&against) == FAULTS_NONE
		&& !findings_any(out, PHASE_certificate, STATUS_broken);
}
