#include "check.h"

#include "base/calendar.h"
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
	static search s;
	chain c = *check_chain("renewed-intermediate");
	int64_t now = at("2026-06-01T00:00:00Z");

	search_init(&s, &c, now, check_roots());
	search_run(&s);
	CHECK(s.found, ==, 1);
	CHECK(s.weight, ==, FAULTS_NONE);
	CHECK(s.best.at[1], ==, 2);
	CHECK(s.verifications, ==, LIMIT_VERIFICATIONS - 2);
	CHECK(search_signed_by(&s, 0, 1), ==, SIGNATURE_GOOD);
	CHECK(s.verifications, ==, LIMIT_VERIFICATIONS - 3);
	CHECK(search_signed_by(&s, 0, 1), ==, SIGNATURE_GOOD);
	CHECK(s.verifications, ==, LIMIT_VERIFICATIONS - 3);
	/* what strict programs refuse is better than what is broken */
	c.list[2].serial = (bytes){ (const uint8_t *)"", 1 };
	search_init(&s, &c, now, check_roots());
	search_run(&s);
	CHECK(s.weight, ==, FAULTS_STRICT);
	CHECK(s.best.at[1], ==, 2);
	/* nothing left to ask with */
	s.verifications = 0;
	CHECK(search_signed_by(&s, 0, 0), ==, SIGNATURE_BAD);
	CHECK(s.cut_short, ==, 1);
}

/* Where the work ends nothing is said that one check more could have shown to be wrong. */
static void test_work(void)
{
	static search s;
	chain c = *check_chain("constraint-broken");
	int64_t now = at("2026-06-01T00:00:00Z");

	search_init(&s, &c, now, check_roots());
	search_run(&s);
	CHECK(s.found, ==, 1);
	CHECK(s.weight, ==, FAULTS_BROKEN);
	CHECK(s.against.count, >, 0);
	int64_t price = LIMIT_JUDGEMENT_NS - s.facts.work;
	CHECK(price, >, certificate_signature_cost(&c.list[0], &c.list[1].key));
	for (int64_t work = 1; work < price; work += 1 + price / 4000) {
		search_init(&s, &c, now, check_roots());
		s.facts.work = work;
		search_run(&s);
		if (!CHECK(s.found && s.weight != FAULTS_BROKEN, ==, 0)
			|| !CHECK(s.found || s.cut_short, ==, 1)) {
			break;
		}
	}
}

/* The kinds of keys, by what they cost. */
static void test_prices(void)
{
	certificate child = check_chain("rsa-issuer")->list[0];
	public_key key = check_chain("rsa-issuer")->list[1].key;
	int64_t hash = (int64_t)child.tbs.len * 7;
	int64_t usual = certificate_signature_cost(&child, &key);

	CHECK(usual, >, hash);
	key.exponent.len = LIMIT_RSA_EXPONENT;
	CHECK(certificate_signature_cost(&child, &key), >, 2 * usual);
	key.exponent.len = LIMIT_RSA_EXPONENT + 1;
	CHECK(certificate_signature_cost(&child, &key), ==, 0);
	CHECK(certificate_signed_by(&child, &key), ==, -1);
	key.kind = KEY_EC;
	CHECK(certificate_signature_cost(&child, &key), ==, 0); /* another kind than the signature's */
	child = check_chain("good")->list[0];
	const unsigned bits[] = { 256, 384, 521 };
	int64_t last = 0;
	key.curve = 23; /* any that can be used */
	for (size_t i = 0; i < 3; i++) {
		key.bits = bits[i];
		int64_t price = certificate_signature_cost(&child, &key);
		CHECK(price, >, last);
		last = price;
	}
	key.curve = 0;
	CHECK(certificate_signature_cost(&child, &key), ==, 0);
}

void test_search(void)
{
	test_work();
	test_prices();
	test_many_ways();
	test_two_faulty_ways();
	test_many_anchors();
	test_best();
}
