#include "x509/path_build.h"

#include <string.h>

void path_build_init(path_builder *b, const chain *c, int64_t unix_time, const anchors *roots)
{
	memset(b, 0, sizeof *b);
	b->validation.chain = c;
	b->validation.time = unix_time;
	b->roots = roots;
	b->validation.work = LIMIT_JUDGEMENT_NS;
	b->verifications = LIMIT_VERIFICATIONS;
}

/* --- work --- */

/* Prices, as LIMIT_JUDGEMENT_NS counts: for each byte that a profile is checked of, and of an anchor. */
enum { PROFILE_NS = 30, COMPARE_NS = 2, ANCHOR_NS = 200 };

/* 0 where the work is used up. */
static int afford(path_builder *b, int64_t cost)
{
	if (cost < b->validation.work) {
		b->validation.work -= cost;
		return 1;
	}
	b->cut_short = 1;
	return 0;
}

/* --- signatures --- */

/* UNASKED where there is no work left for it. */
static signature_answer ask(
	path_builder *b, const certificate *child, const public_key *key, bytes spki)
{
	if (b->verifications == 0 || !afford(b, certificate_signature_cost(child, key))) {
		b->cut_short = 1;
		return SIGNATURE_UNASKED;
	}
	b->verifications--;
	signature_answer answer = signature_cache_signed_by(b->signatures, child, key, spki);
	b->cannot_tell |= answer == SIGNATURE_UNKNOWN;
	return answer;
}

signature_answer path_build_signed_by(path_builder *b, size_t child, size_t issuer)
{
	uint8_t *known = &b->signed_by[child][issuer];

	if (*known == SIGNATURE_UNASKED) {
		const certificate *list = b->validation.chain->list;
		*known = (uint8_t)ask(b, &list[child], &list[issuer].key, list[issuer].spki);
	}
	return *known == SIGNATURE_UNASKED ? SIGNATURE_BAD : (signature_answer)*known;
}

static int signed_by_anchor(path_builder *b, size_t child, const anchor *root, size_t root_at)
{
	public_key key;

	for (size_t i = 0; i < b->asked_count; i++) {
		if (b->asked[i].child == child && b->asked[i].anchor == root_at) {
			return b->asked[i].answer == SIGNATURE_GOOD;
		}
	}
	if (public_key_read(&key, root->spki) != 0) {
		return 0;
	}
	signature_answer answer = ask(b, &b->validation.chain->list[child], &key, root->spki);
	if (answer == SIGNATURE_UNASKED) {
		return 0;
	}
	b->asked[b->asked_count].child = child;
	b->asked[b->asked_count].anchor = root_at;
	b->asked[b->asked_count].answer = (uint8_t)answer;
	b->asked_count++;
	return answer == SIGNATURE_GOOD;
}

/* --- one pass --- */

/* This pass need not look any further, or cannot. */
static int enough(const path_builder *b)
{
	return b->validation.work <= 0 || (b->found && b->weight <= b->tolerated);
}

static void path_found(path_builder *b, const anchor *root)
{
	faults against;
	size_t size = root->spki.len + root->name_constraints.len;

	for (size_t i = 0; i < b->now.len; i++) {
		size += b->validation.chain->list[b->now.at[i]].der.len;
	}
	if (!afford(b, (int64_t)size * PROFILE_NS)) {
		return;
	}
	b->now.root = *root;
	faults_init(&against);
	path_validate(&b->validation, &b->now, &against);
	faults_weight weight = faults_weigh(&against);
	/* A validation that was cut short may have missed faults. */
	if (b->validation.work > 0 && (!b->found || weight < b->weight)) {
		b->best = b->now;
		b->against = against;
		b->weight = weight;
		b->found = 1;
	}
}

static void try_anchors(path_builder *b, size_t top)
{
	const certificate *c = &b->validation.chain->list[top];
	size_t at = 0;
	anchor root;

	while (!enough(b) && afford(b, ANCHOR_NS) && anchors_next(b->roots, &at, &root)) {
		int is_itself = b->now.len == 1 && bytes_equal(root.subject, c->subject)
			&& bytes_equal(root.spki, c->spki);
		if (is_itself
			|| (root.subject.len > EMPTY_NAME && bytes_equal(root.subject, c->issuer)
				&& signed_by_anchor(b, top, &root, at))) {
			path_found(b, &root);
		}
	}
}

static int on_path(const path_builder *b, const certificate *c)
{
	for (size_t i = 0; i < b->now.len; i++) {
		if (memcmp(b->validation.chain->list[b->now.at[i]].sha256, c->sha256, sizeof c->sha256)
			== 0) {
			return 1;
		}
	}
	return 0;
}

/*
 * What is wrong with the newest certificate of a path is wrong with every longer path too. This is asked
 * before the signature, which costs more.
 */
static int step_tolerable(path_builder *b)
{
	const certificate *ca = &b->validation.chain->list[b->now.at[b->now.len - 1]];
	faults against;

	if (!afford(b, (int64_t)ca->der.len * PROFILE_NS)) {
		return 0;
	}
	faults_init(&against);
	path_validate_issuer(&b->validation, &b->now, b->now.len - 1, &against);
	return b->validation.work > 0 && faults_weigh(&against) <= b->tolerated;
}

/* Depth first, at most LIMIT_PATH deep. */
static void extend(path_builder *b)
{
	const chain *c = b->validation.chain;
	size_t top = b->now.at[b->now.len - 1];

	try_anchors(b, top);
	for (size_t i = 1; i < c->count && !enough(b); i++) {
		if (!afford(b, (int64_t)c->list[i].subject.len * COMPARE_NS)) {
			return;
		}
		if (!c->readable[i] || !bytes_equal(c->list[i].subject, c->list[top].issuer)
			|| on_path(b, &c->list[i])) {
			continue;
		}
		if (b->steps == 0 || b->now.len == LIMIT_PATH) {
			b->cut_short = 1;
			return;
		}
		b->steps--;
		b->now.at[b->now.len++] = i;
		if (step_tolerable(b) && path_build_signed_by(b, top, i) == SIGNATURE_GOOD) {
			extend(b);
		}
		b->now.len--;
	}
}

void path_build_run(path_builder *b)
{
	/* Paths without faults first; one with faults only where there is no other, to tell its faults. */
	for (int tolerated = FAULTS_NONE; tolerated <= FAULTS_BROKEN && !enough(b); tolerated++) {
		b->tolerated = (faults_weight)tolerated;
		b->steps = LIMIT_PATH_STEPS;
		b->now.at[0] = 0;
		b->now.len = 1;
		extend(b);
	}
	b->cut_short |= b->validation.work <= 0;
	/* The faults of a path are not the server's where a better path may be among those not tried. */
	b->found = b->found && !(b->cut_short && b->weight == FAULTS_BROKEN);
}
