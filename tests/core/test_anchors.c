#include "check.h"

/* Dates, path length, flags, digest, and the length of a key identifier that is not kept. */
enum { FIXED = 8 + 8 + 1 + 1 + ANCHOR_DIGEST + 1 };

static uint8_t packed[3 * ANCHOR_MAX];

/* Three anchors; returns the length. */
static size_t pack_three(void)
{
	static const char *const names[] = { "unknown-issuer", "constraint-kept", "good" };
	size_t len = anchors_write_header(packed, sizeof packed);

	CHECK(len, ==, ANCHORS_HEADER);
	for (size_t i = 0; i < 3; i++) {
		bytes der = check_chain(names[i])->list[1].der;
		size_t n = anchors_pack(der.p, der.len, packed + len, sizeof packed - len);
		CHECK(n, >, 0);
		len += n;
	}
	return len;
}

static void test_round_trip(void)
{
	anchors set = { packed, pack_three() };
	size_t at = 0;
	anchor a;

	CHECK(anchors_count(&set), ==, 3);
	CHECK(anchors_next(&set, &at, &a), ==, 1);
	const certificate *c = &check_chain("unknown-issuer")->list[1];
	CHECK(bytes_equal(a.subject, c->subject), ==, 1);
	CHECK(bytes_equal(a.spki, c->spki), ==, 1);
	CHECK(a.not_before, ==, c->not_before);
	CHECK(a.not_after, ==, c->not_after);
	CHECK(a.flags, ==, ANCHOR_SELF_ISSUED | ANCHOR_KEY_ID_IS_HASH);
	CHECK(a.key_id.len, ==, 0);
	CHECK(a.name_constraints.len, ==, 0);
	CHECK(anchors_next(&set, &at, &a), ==, 1);
	CHECK(bytes_equal(a.name_constraints, check_chain("constraint-kept")->list[1].name_constraints),
		==, 1);
	CHECK(anchors_next(&set, &at, &a), ==, 1);
	CHECK(anchors_next(&set, &at, &a), ==, 0);
	CHECK(anchors_next(&set, &at, &a), ==, 0);
}

static void test_empty(void)
{
	anchors none = { NULL, 0 };
	anchor a;
	size_t at = 0;

	CHECK(anchors_count(&none), ==, 0);
	CHECK(anchors_next(&none, &at, &a), ==, 0);
	none.data = packed;
	none.len = anchors_write_header(packed, ANCHORS_HEADER);
	CHECK(anchors_count(&none), ==, 0);
	CHECK(anchors_write_header(packed, ANCHORS_HEADER - 1), ==, 0);
}

/* Cut off at any place it is refused, except between two anchors. */
static void test_cut_off(void)
{
	size_t len = pack_three();
	int accepted = 0;

	for (size_t n = 0; n < len; n++) {
		anchors set = { packed, n };
		accepted += anchors_count(&set) >= 0;
	}
	CHECK(accepted, ==, 3); /* none, one, two */
	packed[3] = 'X';
	anchors set = { packed, len };
	CHECK(anchors_count(&set), ==, -1);
	pack_three();
	packed[4] = 1; /* another version */
	CHECK(anchors_count(&set), ==, -1);
	/* lengths that lie: of the first body, and of its subject */
	pack_three();
	packed[6]++;
	CHECK(anchors_count(&set), ==, -1);
	pack_three();
	packed[ANCHORS_HEADER + 2 + FIXED]++;
	CHECK(anchors_count(&set), ==, -1);
}

/* A body of zeros is an anchor without a name from the length on that all its fields need. */
static void test_short_bodies(void)
{
	static const size_t whole = FIXED + 2 + 2 + 2;

	memset(packed, 0, sizeof packed);
	anchors_write_header(packed, sizeof packed);
	for (size_t n = 0; n <= whole + 1; n++) {
		anchors set = { packed, ANCHORS_HEADER + 2 + n };
		packed[ANCHORS_HEADER + 1] = (uint8_t)n;
		CHECK(anchors_count(&set), ==, n == whole ? 1 : -1);
	}
}

static void test_packing_room(void)
{
	bytes der = check_chain("good")->list[1].der;
	uint8_t out[ANCHOR_MAX];
	size_t n = anchors_pack(der.p, der.len, out, sizeof out);

	CHECK(n, >, 0);
	memset(out, '#', sizeof out);
	CHECK(anchors_pack(der.p, der.len, out, n), ==, n);
	CHECK(out[n], ==, '#');
	CHECK(anchors_pack(der.p, der.len, out, n - 1), ==, 0);
	CHECK(anchors_pack(der.p, der.len - 1, out, sizeof out), ==, 0);
	CHECK(anchors_pack(der.p, 0, out, sizeof out), ==, 0);
}

/* What an anchor says of itself becomes a flag. */
static void test_flags(void)
{
	static const struct {
		const char *chain;
		unsigned flags;
	} cases[] = {
		{ "anchor-good", 0 },
		{ "anchor-critical-unknown", ANCHOR_CRITICAL_UNKNOWN },
		{ "anchor-not-a-ca", ANCHOR_NOT_A_CA },
		{ "anchor-may-not-sign", ANCHOR_NOT_A_CA },
		{ "anchor-for-clients", ANCHOR_WRONG_PURPOSE },
		{ "anchor-for-servers", ANCHOR_OUT_OF_PROFILE },
		{ "anchor-of-another-key", ANCHOR_CONTRADICTS_ITSELF },
		{ "anchor-unidentified", ANCHOR_OUT_OF_PROFILE },
		{ "anchor-version-1", 0 },
		{ "anchor-in-the-middle", 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		size_t at = 0;
		anchor a;
		unsigned form = ANCHOR_SELF_ISSUED | ANCHOR_KEY_ID_IS_HASH;
		CHECK(anchors_next(check_anchors(cases[i].chain), &at, &a), ==, 1);
		if (!CHECK(a.flags & ~form, ==, cases[i].flags)) {
			CHECK_TEXT(cases[i].chain, "");
		}
	}
}

static void test_named(void)
{
	static const struct {
		const char *chain;
		int other;
	} cases[] = {
		{ "anchor-good", 0 },
		{ "anchor-numbered", 0 },
		{ "anchor-numbered-differently", 1 },
		{ "anchor-serial-number-fits", 0 },
		{ "anchor-serial-number-differs", 1 },
		{ "anchor-without-key-identifiers", 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		size_t at = 0;
		anchor a;
		const chain *c = check_chain(cases[i].chain);
		CHECK(anchors_next(check_anchors(cases[i].chain), &at, &a), ==, 1);
		if (!CHECK(anchor_is_not_named(&a, &c->list[0]), ==, cases[i].other)) {
			CHECK_TEXT(cases[i].chain, "");
		}
	}
	/* the issuer of an issuer: known of a root only */
	size_t at = 0;
	anchor a;
	certificate child = check_chain("anchor-serial-number-fits")->list[0];
	CHECK(anchors_next(check_anchors("anchor-serial-number-fits"), &at, &a), ==, 1);
	a.subject = child.subject;
	CHECK(anchor_is_not_named(&a, &child), ==, 1);
	a.flags &= ~(unsigned)ANCHOR_SELF_ISSUED;
	CHECK(anchor_is_not_named(&a, &child), ==, 0);
}

void test_anchors(void)
{
	test_flags();
	test_named();
	test_round_trip();
	test_empty();
	test_cut_off();
	test_short_bodies();
	test_packing_room();
}
