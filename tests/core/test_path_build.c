#include "check.h"

#include "base/calendar.h"
#include "x509/judge.h"
#include "x509/path_build.h"

static const char host[] = "mail.example.test";
static findings found;

static int64_t at(const char *text)
{
	int64_t t = 0;
	CHECK(calendar_parse(text, &t), ==, 0);
	return t;
}

static int judge(const chain *c, const anchors *roots)
{
	findings_init(&found);
	return judge_chain(c, host, at("2026-06-01T00:00:00Z"), KEY_USE_ANY, roots, NULL, &found);
}

/* The names of forty certificates fit all of them and no signature holds: it ends all the same. */
static void test_many_ways(void)
{
	static chain many;
	const chain *c = check_chain("unknown-issuer");

	many.count = LIMIT_CERTIFICATES;
	many.dropped = 3;
	for (size_t i = 0; i < many.count; i++) {
		many.list[i] = c->list[i > 0];
		many.readable[i] = 1;
	}
	CHECK(judge(&many, check_roots()), ==, 0);
	CHECK(findings_has(&found, DIAG_beyond_our_reach), ==, 1);
	CHECK(findings_has(&found, DIAG_certificate_unknown_issuer), ==, 0);
}

/* The first of two faulty ways is the one that is explained. */
static void test_two_faulty_ways(void)
{
	chain c = *check_chain("renewed-intermediate");

	c.list[2].not_after = at("2026-03-01T00:00:00Z");
	CHECK(judge(&c, check_roots()), ==, 0);
	findings_write(&found, check_writer(), NULL);
	CHECK(strstr(check_written(), "2026-01-01") != NULL, ==, 1);
	CHECK(strstr(check_written(), "2026-03-01") == NULL, ==, 1);
}

/* Anchors of the right name and a wrong key, then the right one: as many as there are checks. */
static void test_many_anchors(void)
{
	static uint8_t packed[ANCHORS_HEADER + (LIMIT_VERIFICATIONS + 1) * 512];
	uint8_t other[65]; /* a key, which lies before the empty constraints */
	memcpy(other, check_chain("ec")->list[0].key.point.p, sizeof other);
	chain c = *check_chain("good");
	bytes middle = c.list[1].der;

	c.count = 1;
	for (int wrong = LIMIT_VERIFICATIONS - 1; wrong <= LIMIT_VERIFICATIONS; wrong++) {
		size_t len = anchors_write_header(packed, sizeof packed);
		for (int i = 0; i <= wrong; i++) {
			size_t n = anchors_pack(middle.p, middle.len, packed + len, sizeof packed - len);
			CHECK(n, >, 0);
			len += n;
			if (i < wrong) {
				memcpy(packed + len - 2 - sizeof other, other, sizeof other);
			}
		}
		anchors roots = { packed, len };
		CHECK(anchors_count(&roots), ==, wrong + 1);
		CHECK(judge(&c, &roots), ==, wrong < LIMIT_VERIFICATIONS);
	}
	/* an anchor whose key cannot be read is passed over */
	size_t len = anchors_write_header(packed, sizeof packed);
	len += anchors_pack(middle.p, middle.len, packed + len, sizeof packed - len);
	packed[len - 2 - c.list[1].spki.len] = DER_SET;
	anchors roots = { packed, len };
	CHECK(anchors_count(&roots), ==, 1);
	CHECK(judge(&c, &roots), ==, 0);
}

/* The best way wins over the first one, and a bad step is left before its signature is asked for. */
static void test_best(void)
{
	static path_builder b;
	chain c = *check_chain("renewed-intermediate");
	int64_t now = at("2026-06-01T00:00:00Z");

	path_build_init(&b, &c, now, check_roots());
	path_build_run(&b);
	CHECK(b.found, ==, 1);
	CHECK(b.weight, ==, FAULTS_NONE);
	CHECK(b.best.at[1], ==, 2);
	CHECK(b.verifications, ==, LIMIT_VERIFICATIONS - 2);
	CHECK(path_build_signed_by(&b, 0, 1), ==, SIGNATURE_GOOD);
	CHECK(b.verifications, ==, LIMIT_VERIFICATIONS - 3);
	CHECK(path_build_signed_by(&b, 0, 1), ==, SIGNATURE_GOOD);
	CHECK(b.verifications, ==, LIMIT_VERIFICATIONS - 3);
	/* what strict programs refuse is better than what is broken */
	c.list[2].serial = (bytes){ (const uint8_t *)"", 1 };
	path_build_init(&b, &c, now, check_roots());
	path_build_run(&b);
	CHECK(b.weight, ==, FAULTS_STRICT);
	CHECK(b.best.at[1], ==, 2);
	/* nothing left to ask with */
	b.verifications = 0;
	CHECK(path_build_signed_by(&b, 0, 0), ==, SIGNATURE_BAD);
	CHECK(b.cut_short, ==, 1);
}

/* Where the work ends nothing is said that one check more could have shown to be wrong. */
static void test_work(void)
{
	static path_builder b;
	chain c = *check_chain("constraint-broken");
	int64_t now = at("2026-06-01T00:00:00Z");

	path_build_init(&b, &c, now, check_roots());
	path_build_run(&b);
	CHECK(b.found, ==, 1);
	CHECK(b.weight, ==, FAULTS_BROKEN);
	CHECK(b.against.count, >, 0);
	int64_t price = LIMIT_JUDGEMENT_NS - b.validation.work;
	CHECK(price, >, certificate_signature_cost(&c.list[0], &c.list[1].key));
	for (int64_t work = 1; work < price; work += 1 + price / 4000) {
		path_build_init(&b, &c, now, check_roots());
		b.validation.work = work;
		path_build_run(&b);
		if (!CHECK(b.found && b.weight != FAULTS_BROKEN, ==, 0)
			|| !CHECK(b.found || b.cut_short, ==, 1)) {
			break;
		}
	}
}

static int compared_names(const path_builder *b)
{
	return b->validation.within[1][0] != 0;
}

static int kept_a_path(const path_builder *b)
{
	return b->best.len > 0;
}

/* Runs with the least work with which it gets this far, or with one nanosecond less. */
static void run_with_least(path_builder *b, const chain *c, const anchors *roots,
	int (*far_enough)(const path_builder *), int64_t less)
{
	int64_t too_little = 0;
	int64_t enough = LIMIT_JUDGEMENT_NS;

	while (enough - too_little > 1) {
		int64_t work = (too_little + enough) / 2;
		path_build_init(b, c, at("2026-06-01T00:00:00Z"), roots);
		b->validation.work = work;
		path_build_run(b);
		*(far_enough(b) ? &enough : &too_little) = work;
	}
	path_build_init(b, c, at("2026-06-01T00:00:00Z"), roots);
	b->validation.work = enough - less;
	path_build_run(b);
}

/* What a check found whose work ended under way is not kept: of a step, and of a whole path. */
static void test_cut_short_under_way(void)
{
	static path_builder b;

	run_with_least(&b, check_chain("constraint-broken"), check_roots(), compared_names, 0);
	CHECK(compared_names(&b), ==, 1);
	CHECK(b.validation.work, <=, 0);
	CHECK(b.verifications, ==, LIMIT_VERIFICATIONS);
	CHECK(b.found, ==, 0);
	CHECK(b.cut_short, ==, 1);
	const char *anchored = "anchor-constraint-broken";
	run_with_least(&b, check_chain(anchored), check_anchors(anchored), kept_a_path, 1);
	CHECK(b.now.root.spki.len, >, 0);
	CHECK(b.validation.work, <=, 0);
	CHECK(b.found, ==, 0);
	CHECK(b.cut_short, ==, 1);
}

/* The anchor once more, without its constraints, which stand last in it. */
static size_t append_unconstrained(uint8_t *packed, size_t len)
{
	const anchors set = { packed, len };
	uint8_t *again = packed + len;
	size_t at = 0;
	anchor root;

	CHECK(anchors_next(&set, &at, &root), ==, 1);
	CHECK(root.name_constraints.len, >, 0);
	size_t size = len - ANCHORS_HEADER - root.name_constraints.len;
	memcpy(again, packed + ANCHORS_HEADER, size);
	again[0] = (uint8_t)((size - 2) >> 8);
	again[1] = (uint8_t)(size - 2);
	again[size - 2] = again[size - 1] = 0;
	return len + size;
}

/* Of two ways with the same fault the first stays; a better one wins, wherever it stands. */
static void test_two_anchors(void)
{
	static path_builder b;
	static uint8_t packed[ANCHORS_HEADER + 4 * 1024];
	const anchors *once = check_anchors("anchor-constraint-broken");
	const chain *c = check_chain("anchor-constraint-broken");
	int64_t now = at("2026-06-01T00:00:00Z");
	size_t one = once->len - ANCHORS_HEADER;

	if (!CHECK(ANCHORS_HEADER + 3 * one, <=, sizeof packed)) {
		return;
	}
	memcpy(packed, once->data, once->len);
	anchors better = { packed, append_unconstrained(packed, once->len) };
	CHECK(anchors_count(&better), ==, 2);
	path_build_init(&b, c, now, &better);
	path_build_run(&b);
	CHECK(b.weight, ==, FAULTS_NONE);
	CHECK(b.best.root.name_constraints.len, ==, 0);
	memcpy(packed + once->len, once->data + ANCHORS_HEADER, one);
	anchors twice = { packed, once->len + one };
	CHECK(anchors_count(&twice), ==, 2);
	path_build_init(&b, c, now, &twice);
	path_build_run(&b);
	CHECK(b.weight, ==, FAULTS_BROKEN);
	CHECK(b.best.root.spki.p < packed + once->len, ==, 1);
}

/* What was asked of one certificate and an anchor is not taken for the answer about another. */
static void test_anchors_asked_of_two(void)
{
	static uint8_t packed[ANCHORS_HEADER + 2 * 1024];
	const anchors *all = check_roots();
	chain c = *check_chain("good");
	bytes middle = c.list[1].der;
	size_t len = anchors_write_header(packed, sizeof packed);

	len += anchors_pack(middle.p, middle.len, packed + len, sizeof packed - len);
	packed[len - 3] ^= 1; /* the last byte of the key: before the empty constraints */
	size_t rest = all->len - ANCHORS_HEADER;
	if (!CHECK(rest, <=, sizeof packed - len)) {
		return;
	}
	memcpy(packed + len, all->data + ANCHORS_HEADER, rest);
	anchors roots = { packed, len + rest };
	CHECK(anchors_count(&roots), ==, anchors_count(all) + 1);
	CHECK(judge(&c, &roots), ==, 1);
}

void test_path_build(void)
{
	test_cut_short_under_way();
	test_two_anchors();
	test_anchors_asked_of_two();
	test_work();
	test_many_ways();
	test_two_faulty_ways();
	test_many_anchors();
	test_best();
}
