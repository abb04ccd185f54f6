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
	return judge_chain(c, host, at("2026-06-01T00:00:00Z"), KEY_USE_ANY, roots, &found);
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
	chain c = *check_chain("good");
	bytes middle = c.list[1].der;

	c.count = 1;
	for (int wrong = LIMIT_VERIFICATIONS - 1; wrong <= LIMIT_VERIFICATIONS; wrong++) {
		size_t len = anchors_write_header(packed, sizeof packed);
		for (int i = 0; i <= wrong; i++) {
			size_t n = anchors_pack(middle.p, middle.len, packed + len, sizeof packed - len);
			CHECK(n, >, 0);
			len += n;
			packed[len - 3] ^=
				i < wrong; /* the last byte of the key: before the empty constraints */
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

void test_path_build(void)
{
	test_work();
	test_many_ways();
	test_two_faulty_ways();
	test_many_anchors();
	test_best();
}
