#include "search.h"

#include <string.h>

void search_init(search *s, const chain *c, int64_t unix_time, const anchors *roots)
{
	memset(s, 0, sizeof *s);
	s->facts.chain = c;
	s->facts.time = unix_time;
	s->roots = roots;
	s->verifications = LIMIT_VERIFICATIONS;
}

/* --- signatures --- */

static signature_answer ask(search *s, const certificate *child, const public_key *key)
{
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
		if (s->verifications == 0) {
			s->cut_short = 1;
			return SIGNATURE_BAD;
		}
		const certificate *list = s->facts.chain->list;
		*known = (uint8_t)ask(s, &list[child], &list[issuer].key);
	}
	return (signature_answer)*known;
}

static int signed_by_anchor(search *s, size_t child, const anchor *root, size_t root_at)
{
	public_key key;

	for (size_t i = 0; i < s->asked_count; i++) {
		if (s->asked[i].child == child && s->asked[i].anchor == root_at) {
			return s->asked[i].answer == SIGNATURE_GOOD;
		}
	}
	if (s->verifications == 0) {
		s->cut_short = 1;
		return 0;
	}
	if (public_key_read(&key, root->spki) != 0) {
		return 0;
	}
	signature_answer answer = ask(s, &s->facts.chain->list[child], &key);
	s->asked[s->asked_count].child = child;
	s->asked[s->asked_count].anchor = root_at;
	s->asked[s->asked_count].answer = (uint8_t)answer;
	s->asked_count++;
	return answer == SIGNATURE_GOOD;
}

/* --- one pass --- */

/* This pass need not look any further. */
static int enough(const search *s)
{
	return s->found && s->weight <= s->tolerated;
}

static void path_found(search *s, const anchor *root)
{
	faults against;

	s->now.root = *root;
	faults_init(&against);
	path_check(&s->facts, &s->now, &against);
	faults_weight weight = faults_weigh(&against);
	if (!s->found || weight < s->weight) {
		s->best = s->now;
		s->weight = weight;
		s->found = 1;
	}
}

static void try_anchors(search *s, size_t top)
{
	const certificate *c = &s->facts.chain->list[top];
	size_t at = 0;
	anchor root;

	while (!enough(s) && anchors_next(s->roots, &at, &root)) {
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
		if (bytes_equal(s->facts.chain->list[s->now.at[i]].der, c->der)) {
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
	faults against;

	faults_init(&against);
	path_check_issuer(&s->facts, &s->now, s->now.len - 1, &against);
	return faults_weigh(&against) <= s->tolerated;
}

/* Depth first, at most LIMIT_PATH deep. */
static void extend(search *s)
{
	const chain *c = s->facts.chain;
	size_t top = s->now.at[s->now.len - 1];

	try_anchors(s, top);
	for (size_t i = 1; i < c->count && !enough(s); i++) {
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
}
