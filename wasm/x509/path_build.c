#include "x509/path_build.h"

#include <string.h>

void search_init(search *s, const chain *c, int64_t unix_time, const anchors *roots)
{
	memset(s, 0, sizeof *s);
	s->facts.chain = c;
	s->facts.time = unix_time;
	s->roots = roots;
	s->facts.work = LIMIT_JUDGEMENT_NS;
	s->verifications = LIMIT_VERIFICATIONS;
}

/* --- work --- */

/* Prices, as LIMIT_JUDGEMENT_NS counts: for each byte that a profile is checked of, and of an anchor. */
enum { PROFILE_NS = 30, COMPARE_NS = 2, ANCHOR_NS = 200 };

/* 0 where the work is used up. */
static int afford(search *s, int64_t cost)
{
	if (cost < s->facts.work) {
		s->facts.work -= cost;
		return 1;
	}
	s->cut_short = 1;
	return 0;
}

/* --- signatures --- */

/* UNASKED where there is no work left for it. */
static signature_answer ask(search *s, const certificate *child, const public_key *key)
{
	if (s->verifications == 0 || !afford(s, certificate_signature_cost(child, key))) {
		s->cut_short = 1;
		return SIGNATURE_UNASKED;
	}
	s->verifications--;
	int answer = certificate_signed_by(child, key);
	if (answer < 0) {
		s->cannot_tell = 1;
		return SIGNATURE_UNKNOWN;
	}
	return answer ? SIGNATURE_GOOD : SIGNATURE_BAD;
}

signature_answer search_signed_by(search *s, size_t child, size_t issuer)
{
	uint8_t *known = &s->signed_by[child][issuer];

	if (*known == SIGNATURE_UNASKED) {
		const certificate *list = s->facts.chain->list;
		*known = (uint8_t)ask(s, &list[child], &list[issuer].key);
	}
	return *known == SIGNATURE_UNASKED ? SIGNATURE_BAD : (signature_answer)*known;
}

static int signed_by_anchor(search *s, size_t child, const anchor *root, size_t root_at)
{
	public_key key;

	for (size_t i = 0; i < s->asked_count; i++) {
		if (s->asked[i].child == child && s->asked[i].anchor == root_at) {
			return s->asked[i].answer == SIGNATURE_GOOD;
		}
	}
	if (public_key_read(&key, root->spki) != 0) {
		return 0;
	}
	signature_answer answer = ask(s, &s->facts.chain->list[child], &key);
	if (answer == SIGNATURE_UNASKED) {
		return 0;
	}
	s->asked[s->asked_count].child = child;
	s->asked[s->asked_count].anchor = root_at;
	s->asked[s->asked_count].answer = (uint8_t)answer;
	s->asked_count++;
	return answer == SIGNATURE_GOOD;
}

/* --- one pass --- */

/* This pass need not look any further, or cannot. */
static int enough(const search *s)
{
	return s->facts.work <= 0 || (s->found && s->weight <= s->tolerated);
}

static void path_found(search *s, const anchor *root)
{
	faults against;
	size_t size = root->spki.len + root->name_constraints.len;

	for (size_t i = 0; i < s->now.len; i++) {
		size += s->facts.chain->list[s->now.at[i]].der.len;
	}
	if (!afford(s, (int64_t)size * PROFILE_NS)) {
		return;
	}
	s->now.root = *root;
	faults_init(&against);
	path_check(&s->facts, &s->now, &against);
	faults_weight weight = faults_weigh(&against);
	/* Half a check may have missed what is wrong. */
	if (s->facts.work > 0 && (!s->found || weight < s->weight)) {
		s->best = s->now;
		s->against = against;
		s->weight = weight;
		s->found = 1;
	}
}

static void try_anchors(search *s, size_t top)
{
	const certificate *c = &s->facts.chain->list[top];
	size_t at = 0;
	anchor root;

	while (!enough(s) && afford(s, ANCHOR_NS) && anchors_next(s->roots, &at, &root)) {
		int is_itself = s->now.len == 1 && bytes_equal(root.subject, c->subject)
			&& bytes_equal(root.spki, c->spki);
		if (is_itself
			|| (root.subject.len > EMPTY_NAME && bytes_equal(root.subject, c->issuer)
				&& signed_by_anchor(s, top, &root, at))) {
			path_found(s, &root);
		}
	}
}

static int on_path(const search *s, const certificate *c)
{
	for (size_t i = 0; i < s->now.len; i++) {
		if (memcmp(s->facts.chain->list[s->now.at[i]].sha256, c->sha256, sizeof c->sha256) == 0) {
			return 1;
		}
	}
	return 0;
}

/*
 * What is wrong with the last step stays wrong wherever the way goes on: it costs no signature to turn
 * back here.
 */
static int step_tolerable(search *s)
{
	const certificate *ca = &s->facts.chain->list[s->now.at[s->now.len - 1]];
	faults against;

	if (!afford(s, (int64_t)ca->der.len * PROFILE_NS)) {
		return 0;
	}
	faults_init(&against);
	path_check_issuer(&s->facts, &s->now, s->now.len - 1, &against);
	return s->facts.work > 0 && faults_weigh(&against) <= s->tolerated;
}

/* Depth first, at most LIMIT_PATH deep. */
static void extend(search *s)
{
	const chain *c = s->facts.chain;
	size_t top = s->now.at[s->now.len - 1];

	try_anchors(s, top);
	for (size_t i = 1; i < c->count && !enough(s); i++) {
		if (!afford(s, (int64_t)c->list[i].subject.len * COMPARE_NS)) {
			return;
		}
		if (!c->readable[i] || !bytes_equal(c->list[i].subject, c->list[top].issuer)
			|| on_path(s, &c->list[i])) {
			continue;
		}
		if (s->steps == 0 || s->now.len == LIMIT_PATH) {
			s->cut_short = 1;
			return;
		}
		s->steps--;
		s->now.at[s->now.len++] = i;
		if (step_tolerable(s) && search_signed_by(s, top, i) == SIGNATURE_GOOD) {
			extend(s);
		}
		s->now.len--;
	}
}

void search_run(search *s)
{
	/* Good ways first; one with faults only where there is none, so that its faults can be told. */
	for (int tolerated = FAULTS_NONE; tolerated <= FAULTS_BROKEN && !enough(s); tolerated++) {
		s->tolerated = (faults_weight)tolerated;
		s->steps = LIMIT_PATH_STEPS;
		s->now.at[0] = 0;
		s->now.len = 1;
		extend(s);
	}
	s->cut_short |= s->facts.work <= 0;
	/* A way with faults is not the server's fault where a better one may be among those not tried. */
	s->found = s->found && !(s->cut_short && s->weight == FAULTS_BROKEN);
}
