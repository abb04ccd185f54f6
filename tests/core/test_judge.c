#include "check.h"

#include "base/calendar.h"

static const char host[] = "mail.example.test";
static findings found;

static int64_t at(const char *text)
{
	int64_t t = 0;
	CHECK(calendar_parse(text, &t), ==, 0);
	return t;
}

static const char *ids(void)
{
	static char out[512];

	out[0] = '\0';
	for (size_t i = 0; i < found.count; i++) {
		strcat(out, i > 0 ? " " : "");
		strcat(out, diagnoses[found.list[i].id].id);
	}
	return out;
}

static int judge(const chain *c, const char *name, const anchors *roots)
{
	findings_init(&found);
	return judge_chain(c, name, at("2026-06-01T00:00:00Z"), KEY_USE_ANY, roots, NULL, &found);
}

/* A chain of build/tests/certificates, what is found, and the constraint that is named, if any. */
static const struct {
	const char *chain;
	const char *host;
	int trusted;
	const char *ids;
	const char *part;
} cases[] = {
	{ "good", host, 1, "", NULL },
	{ "good", "MAIL.example.test", 1, "", NULL },
	{ "good", "192.0.2.1", 0, "certificate-name-mismatch", "\"names\":[\"mail.example.test\"]" },
	{ "root-sent-too", host, 1, "", NULL },
	{ "ec", host, 1, "", NULL },
	{ "ec-384", host, 1, "", NULL },
	{ "ed25519", host, 1, "", NULL },
	{ "wildcard", host, 1, "", NULL },
	{ "wildcard", "example.test", 0, "certificate-name-mismatch", NULL },
	{ "wildcard-above-all", host, 0, "certificate-name-mismatch", NULL },
	{ "wildcard-inside-a-label", host, 0, "certificate-out-of-profile certificate-name-mismatch",
		NULL },
	{ "wildcard-for-two-labels", host, 0, "certificate-out-of-profile certificate-name-mismatch",
		NULL },
	{ "ip-san", "192.0.2.1", 1, "", NULL },
	{ "ipv6-san", "2001:db8:0::1", 1, "", NULL },
	{ "mail-address-only", host, 0, "certificate-without-san", NULL },
	{ "without-san", host, 0, "certificate-without-san", NULL },
	{ "expired", host, 0, "certificate-expired", "\"not_after\":\"2026-01-01T00:00:00Z\"" },
	{ "not-yet-valid", host, 0, "certificate-not-yet-valid",
		"\"not_before\":\"2026-07-01T00:00:00Z\"" },
	{ "expires-soon", host, 1, "certificate-expires-soon", NULL },
	{ "expired-and-wrong-name", host, 0, "certificate-expired certificate-name-mismatch", NULL },
	{ "expired-intermediate", host, 0, "certificate-expired", "CN=Expired Authority" },
	{ "self-signed", host, 0, "certificate-self-signed", NULL },
	{ "unknown-issuer", host, 0, "certificate-unknown-issuer", "CN=Unknown Root" },
	{ "incomplete-chain", host, 0, "certificate-unknown-issuer certificate-incomplete-chain",
		NULL },
	{ "misordered-chain", host, 1, "certificate-misordered-chain", NULL },
	{ "cross-signed", host, 1, "certificate-misordered-chain", "\"position\":3" },
	{ "renewed-intermediate", host, 1, "certificate-misordered-chain", "\"position\":3" },
	{ "bad-signature", host, 0, "certificate-constraint-violated", "\"signature\"" },
	{ "malformed", host, 0, "certificate-malformed", NULL },
	{ "duplicated-san", host, 0, "certificate-malformed", NULL },
	{ "path-length", host, 0, "certificate-constraint-violated", "\"path-length\"" },
	{ "path-length-kept", host, 1, "", NULL },
	{ "self-issued-intermediate", host, 1, "", NULL },
	{ "self-issued-leaf", host, 0, "certificate-constraint-violated", "\"name\"" },
	{ "issuer-not-a-ca", host, 0, "certificate-constraint-violated", "\"not-a-ca\"" },
	{ "issuer-of-version-1", host, 0, "certificate-constraint-violated certificate-out-of-profile",
		"\"not-a-ca\"" },
	{ "issuer-may-not-sign", host, 0, "certificate-constraint-violated", "\"key-usage\"" },
	{ "issuer-may-sign", host, 1, "", NULL },
	{ "issuer-of-clients", host, 0, "certificate-wrong-purpose", "CN=Client Authority" },
	{ "ca-as-server", host, 0, "certificate-constraint-violated", "\"ca-as-server\"" },
	{ "wrong-purpose", host, 0, "certificate-wrong-purpose", NULL },
	{ "right-purpose", host, 1, "", NULL },
	{ "any-purpose", host, 0, "certificate-wrong-purpose", NULL },
	{ "key-only-for-lists", host, 0, "certificate-constraint-violated", "\"key-usage\"" },
	{ "critical-unknown", host, 0, "certificate-constraint-violated", "\"critical-extension\"" },
	{ "uncritical-unknown", host, 1, "", NULL },
	{ "constraint-kept", host, 1, "", NULL },
	{ "constraint-broken", host, 0, "certificate-constraint-violated", "\"name\"" },
	{ "constraint-excluded", host, 0, "certificate-constraint-violated", "\"name\"" },
	{ "constraint-not-excluded", host, 1, "", NULL },
	{ "constraint-network-kept", "192.0.2.1", 1, "", NULL },
	{ "constraint-network-broken", host, 0, "certificate-constraint-violated", "\"name\"" },
	{ "constraint-wildcard", host, 0, "certificate-constraint-violated certificate-out-of-profile",
		"\"name\"" },
	{ "constraint-directory", host, 0, "certificate-constraint-violated", "\"name\"" },
	{ "constraint-directory-in-capitals", host, 0, "certificate-constraint-violated", "\"name\"" },
	{ "constraint-mail-address", host, 0, "certificate-constraint-violated", "\"name\"" },
	{ "ed25519-issuer", host, 1, "", NULL },
	{ "ed25519-issuer-bad-signature", host, 0, "certificate-constraint-violated", "\"signature\"" },
	{ "ed25519-issuer-parameters", host, 0, "certificate-malformed",
		"\"part\":\"signature-algorithm\"" },
	{ "ed25519-key-short", host, 0, "certificate-malformed", "\"part\":\"key\"" },
	{ "ed25519-key-with-parameters", host, 0, "certificate-malformed", "\"part\":\"key\"" },
	{ "ed448", host, 1, "", NULL },
	{ "ed448-issuer", host, 0, "beyond-our-reach", "\"signature\":\"Ed448\"" },
	{ "key-weak", host, 0, "certificate-key-weak", "\"RSA 1024\"" },
	{ "signature-weak", host, 0, "certificate-signature-weak", "\"ecdsa-with-SHA1\"" },
	{ "anchor-constraint-broken", host, 0, "certificate-constraint-violated",
		"\"constraint\":\"name\"" },
	{ "anchor-constraint-kept", host, 1, "", NULL },
	{ "anchor-critical-unknown", host, 0, "certificate-constraint-violated",
		"\"constraint\":\"critical-extension\"" },
	{ "anchor-expired", host, 0, "certificate-expired", "\"not_after\":\"2026-01-01T00:00:00Z\"" },
	{ "anchor-for-clients", host, 0, "certificate-wrong-purpose", NULL },
	{ "anchor-for-servers", host, 0, "certificate-out-of-profile", "\"rule\":\"trust-anchor\"" },
	{ "anchor-good", host, 1, "", NULL },
	{ "anchor-in-the-middle", host, 1, "", NULL },
	{ "anchor-itself", host, 1, "", NULL },
	{ "anchor-may-not-sign", host, 0, "certificate-constraint-violated",
		"\"constraint\":\"not-a-ca\"" },
	{ "anchor-not-a-ca", host, 0, "certificate-constraint-violated",
		"\"constraint\":\"not-a-ca\"" },
	{ "anchor-not-yet-valid", host, 0, "certificate-not-yet-valid",
		"\"not_before\":\"2026-07-01T00:00:00Z\"" },
	{ "anchor-numbered-differently", host, 0, "certificate-constraint-violated",
		"\"constraint\":\"key-identifiers\"" },
	{ "anchor-numbered", host, 1, "", NULL },
	{ "anchor-of-another-key", host, 0, "certificate-constraint-violated",
		"\"constraint\":\"key-identifiers\"" },
	{ "anchor-path-length", host, 0, "certificate-constraint-violated",
		"\"constraint\":\"path-length\"" },
	{ "anchor-serial-number-differs", host, 0, "certificate-constraint-violated",
		"\"constraint\":\"key-identifiers\"" },
	{ "anchor-serial-number-fits", host, 1, "", NULL },
	{ "anchor-uncritical", host, 1, "", NULL },
	{ "anchor-unidentified", host, 0, "certificate-out-of-profile", "\"rule\":\"trust-anchor\"" },
	{ "anchor-version-1", host, 1, "", NULL },
	{ "anchor-without-key-identifiers", host, 1, "", NULL },
	{ "any-purpose-too", host, 0, "certificate-out-of-profile", "\"rule\":\"purpose\"" },
	{ "authority-info-malformed", host, 0, "certificate-malformed", "\"part\":\"extension\"" },
	{ "both-purposes", host, 1, "", NULL },
	{ "common-name-elsewhere", host, 1, "", NULL },
	{ "constraint-with-a-dot", host, 0, "certificate-out-of-profile",
		"\"rule\":\"name-constraints\"" },
	{ "duplicated-extension", host, 0, "certificate-malformed",
		"\"part\":\"duplicate-extension\"" },
	{ "ec-192", host, 0, "certificate-key-weak beyond-our-reach", "\"key\":\"EC P-192\"" },
	{ "ec-521", host, 1, "", NULL },
	{ "everything-wrong", host, 0,
		"certificate-expired certificate-key-weak certificate-wrong-purpose "
		"certificate-name-mismatch",
		"\"more\":[{\"subject\":\"CN=Other Purpose, O=Example Test\"" },
	{ "idn-unicode-only", "xn--mller-kva.example.test", 0,
		"certificate-out-of-profile certificate-name-mismatch", "\"rule\":\"name-form\"" },
	{ "idn-unicode", host, 0, "certificate-out-of-profile", "\"rule\":\"name-form\"" },
	{ "idn", "xn--mller-kva.example.test", 1, "", NULL },
	{ "ip-as-host", "192.0.2.1", 0, "certificate-out-of-profile certificate-name-mismatch",
		"\"rule\":\"name-form\"" },
	{ "issuer-in-capitals", host, 0, "certificate-unknown-issuer certificate-incomplete-chain",
		NULL },
	{ "issuer-key-weak", host, 0, "certificate-key-weak", "\"key\":\"RSA 1024\"" },
	{ "issuer-of-issuer-differs", host, 0, "certificate-constraint-violated",
		"\"constraint\":\"key-identifiers\"" },
	{ "issuer-of-mail", host, 0, "certificate-wrong-purpose", NULL },
	{ "issuer-of-the-same-name", host, 0, "certificate-unknown-issuer certificate-incomplete-chain",
		NULL },
	{ "issuer-past-the-limit", host, 0, "beyond-our-reach certificate-chain-long",
		"\"sent\":44,\"read\":40" },
	{ "issuer-signature-weak", host, 0, "certificate-signature-weak",
		"\"signature\":\"ecdsa-with-SHA1\"" },
	{ "issuer-uncritical", host, 0, "certificate-out-of-profile",
		"\"rule\":\"basic-constraints\"" },
	{ "issuer-without-key-identifiers", host, 0, "certificate-out-of-profile",
		"\"rule\":\"authority-key-identifier\"" },
	{ "issuer-without-key-usage", host, 0, "certificate-out-of-profile", "\"rule\":\"key-usage\"" },
	{ "key-identifier-malformed", host, 0, "certificate-malformed", "\"part\":\"extension\"" },
	{ "key-identifiers-differ", host, 0, "certificate-constraint-violated",
		"\"constraint\":\"key-identifiers\"" },
	{ "expires-soon", "mail.example.test.", 1, "certificate-expires-soon", NULL },
	{ "six-days-old", host, 1, "certificate-expires-soon", NULL },
	{ "six-days-fresh", host, 1, "", NULL },
	{ "too-large", host, 1, "", NULL },
	{ "name-with-a-final-dot", host, 0, "certificate-out-of-profile certificate-name-mismatch",
		"\"names\":[\"mail.example.test.\"]" },
	{ "wildcard-with-a-final-dot", host, 0, "certificate-out-of-profile certificate-name-mismatch",
		NULL },
	{ "key-only-for-encryption", host, 1, "", NULL },
	{ "key-only-for-signatures", host, 1, "", NULL },
	{ "too-many-extensions", host, 0, "beyond-our-reach", "\"reason\":\"certificate-size\"" },
	{ "issuer-with-too-many-extensions", host, 0, "beyond-our-reach",
		"\"reason\":\"certificate-size\"" },
	{ "extra-with-too-many-extensions", host, 1, "", NULL },
	{ "rsa-exponent-long", host, 0, "certificate-out-of-profile", "\"rule\":\"key-size\"" },
	{ "issuer-exponent-long", host, 0, "beyond-our-reach", "\"reason\":\"signature\"" },
	{ "subject-of-two", host, 0, "certificate-name-mismatch",
		"\"CN=mail.example.test, O=evil\\\\, CN=mail.google.com\"" },
	{ "longest-chain", host, 1, "", NULL },
	{ "long-chain", host, 0, "beyond-our-reach", "\"reason\":\"chain\"" },
	{ "mail-protection-only", host, 0, "certificate-wrong-purpose", NULL },
	{ "many-certificates", host, 1, "certificate-chain-long", "\"sent\":44,\"read\":40" },
	{ "names-critical", host, 0, "certificate-out-of-profile", "\"rule\":\"alternative-names\"" },
	{ "netscape-client", host, 0, "certificate-wrong-purpose", NULL },
	{ "netscape-server", host, 1, "", NULL },
	{ "path-length-without-ca", host, 0, "certificate-constraint-violated",
		"\"constraint\":\"basic-constraints\"" },
	{ "policy-constraints", host, 0, "certificate-out-of-profile",
		"\"rule\":\"policy-constraints\"" },
	{ "policy-critical", host, 1, "", NULL },
	{ "public-suffix", host, 0, "certificate-out-of-profile", "\"rule\":\"public-suffix\"" },
	{ "purpose-critical", host, 0, "certificate-out-of-profile", "\"rule\":\"purpose\"" },
	{ "rsa-8192", host, 1, "", NULL },
	{ "rsa-exponent-of-one", host, 0, "certificate-malformed", "\"part\":\"key\"" },
	{ "rsa-issuer", host, 1, "", NULL },
	{ "rsa-odd-size", host, 0, "certificate-out-of-profile", "\"rule\":\"key-size\"" },
	{ "issuer-of-pss", host, 1, "", NULL },
	{ "issuer-of-pss-sha256", host, 1, "", NULL },
	{ "issuer-of-pss-salt-of-20", host, 1, "", NULL },
	{ "issuer-of-pss-sha384", host, 0, "certificate-constraint-violated",
		"\"constraint\":\"signature\"" },
	{ "issuer-of-pss-salt-of-40", host, 0, "certificate-constraint-violated",
		"\"constraint\":\"signature\"" },
	{ "issuer-of-pss-signs-otherwise", host, 0, "certificate-constraint-violated",
		"\"constraint\":\"signature\"" },
	{ "issuer-of-pss-two-hashes", host, 0, "beyond-our-reach", "\"reason\":\"signature\"" },
	{ "rsa-pss", host, 1, "", NULL },
	{ "rsa-pss-sha224", host, 1, "", NULL },
	{ "rsa-pss-sha384", host, 1, "", NULL },
	{ "rsa-pss-sha512", host, 1, "", NULL },
	{ "rsa-pss-salt-of-20", host, 1, "", NULL },
	{ "rsa-pss-without-salt", host, 1, "", NULL },
	{ "rsa-pss-without-null", host, 1, "", NULL },
	{ "rsa-pss-trailer-written", host, 1, "", NULL },
	{ "rsa-pss-all-left-out", host, 0, "certificate-signature-weak", "\"rsassaPss (SHA-1)\"" },
	{ "rsa-pss-sha1", host, 0, "certificate-signature-weak", "\"rsassaPss (SHA-1)\"" },
	{ "rsa-pss-sha3", host, 0, "beyond-our-reach", "\"signature\":\"rsassaPss (unknown hash)\"" },
	{ "rsa-pss-two-hashes", host, 0, "beyond-our-reach",
		"\"signature\":\"rsassaPss (MGF1 with another hash)\"" },
	{ "rsa-pss-salt-differs", host, 0, "certificate-constraint-violated",
		"\"constraint\":\"signature\"" },
	{ "rsa-pss-claimed", host, 0, "certificate-malformed", "\"part\":\"signature-algorithm\"" },
	{ "rsa-pss-claims-differ", host, 0, "certificate-malformed",
		"\"part\":\"signature-algorithm\"" },
	{ "rsa-pss-more-behind", host, 0, "certificate-malformed", "\"part\":\"signature-algorithm\"" },
	{ "rsa-pss-parameters-null", host, 0, "certificate-malformed",
		"\"part\":\"signature-algorithm\"" },
	{ "rsa-pss-trailer-of-two", host, 0, "certificate-malformed",
		"\"part\":\"signature-algorithm\"" },
	{ "rsa-pss-without-parameters", host, 0, "certificate-malformed",
		"\"part\":\"signature-algorithm\"" },
	{ "rsa-pss-key", host, 1, "", NULL },
	{ "rsa-pss-key-sha256", host, 1, "", NULL },
	{ "rsa-pss-key-sha384", host, 1, "", NULL },
	{ "rsa-pss-key-sha3", host, 1, "", NULL },
	{ "rsa-pss-key-and-more", host, 0, "certificate-malformed", "\"part\":\"key\"" },
	{ "rsa-pss-key-malformed", host, 0, "certificate-malformed", "\"part\":\"key\"" },
	{ "serial-long", host, 0, "certificate-out-of-profile", "\"rule\":\"serial-number\"" },
	{ "serial-longest", host, 1, "", NULL },
	{ "serial-negative", host, 0, "certificate-out-of-profile", "\"rule\":\"serial-number\"" },
	{ "serial-number-differs", host, 0, "certificate-constraint-violated",
		"\"constraint\":\"key-identifiers\"" },
	{ "serial-number-fits", host, 1, "", NULL },
	{ "serial-padded", host, 0, "certificate-malformed", "\"part\":\"serial-number\"" },
	{ "serial-zero", host, 0, "certificate-out-of-profile", "\"rule\":\"serial-number\"" },
	{ "signature-md5", host, 0, "certificate-signature-weak",
		"\"signature\":\"md5WithRSAEncryption\"" },
	{ "signature-sha1-rsa", host, 0, "certificate-signature-weak",
		"\"signature\":\"sha1WithRSAEncryption\"" },
	{ "stranger-at-the-end", host, 1, "", NULL },
	{ "subject-empty-names-uncritical", host, 0, "certificate-out-of-profile",
		"\"rule\":\"alternative-names\"" },
	{ "subject-empty", host, 1, "", NULL },
	{ "subject-misspelled", host, 0, "certificate-out-of-profile", "\"rule\":\"name-strings\"" },
	{ "thousand-names", host, 1, "", NULL },
	{ "underscore", host, 0, "certificate-out-of-profile", "\"rule\":\"name-form\"" },
	{ "unreadable-extra", host, 0, "certificate-malformed", "\"part\":\"extension\"" },
	{ "version-1", host, 0, "certificate-out-of-profile certificate-without-san",
		"\"rule\":\"version\"" },
	{ "wildcard-too-deep", "in.mail.example.test", 0, "certificate-name-mismatch", NULL },
	{ "with-duplicates", host, 1, "certificate-misordered-chain", "\"position\":3" },
	{ "with-stranger", host, 1, "certificate-misordered-chain", "\"position\":3" },
	{ "without-key-identifiers", host, 0, "certificate-out-of-profile",
		"\"rule\":\"authority-key-identifier\"" },
	{ "wrong-name", host, 0, "certificate-name-mismatch", NULL },
};

static void test_cases(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int trusted =
			judge(check_chain(cases[i].chain), cases[i].host, check_anchors(cases[i].chain));
		findings_write(&found, check_writer(), NULL);
		int holds = CHECK(trusted, ==, cases[i].trusted);
		holds &= CHECK_TEXT(ids(), cases[i].ids);
		holds &=
			cases[i].part == NULL || CHECK(strstr(check_written(), cases[i].part) != NULL, ==, 1);
		if (!holds) {
			CHECK_TEXT(check_written(), cases[i].chain);
		}
	}
}

/* Whatever was checked before, for whichever chain: what is said is the same. */
static void test_signatures_checked_earlier(void)
{
	static signature_cache shared;
	static char without[1 << 16];

	for (size_t i = 0; i < 2 * sizeof cases / sizeof cases[0]; i++) {
		const char *name = cases[i / 2].chain, *asked = cases[i / 2].host;
		const chain *one = check_chain(name);
		const anchors *roots = check_anchors(name);
		int trusted = judge(one, asked, roots);
		findings_write(&found, check_writer(), NULL);
		CHECK(strlen(check_written()), <, sizeof without);
		strcpy(without, check_written());
		findings_init(&found);
		CHECK(judge_chain(
				  one, asked, at("2026-06-01T00:00:00Z"), KEY_USE_ANY, roots, &shared, &found),
			==, trusted);
		findings_write(&found, check_writer(), NULL);
		CHECK_TEXT(check_written(), without);
	}
}

/* Each date's own second still counts. */
static void test_time(void)
{
	static const struct {
		const char *time;
		const char *ids;
	} times[] = {
		{ "2025-12-31T23:59:59Z", "certificate-not-yet-valid" },
		{ "2026-01-01T00:00:00Z", "" },
		{ "2026-12-18T00:00:00Z", "" },
		{ "2026-12-18T00:00:01Z", "certificate-expires-soon" },
		{ "2027-01-01T00:00:00Z", "certificate-expires-soon" },
		{ "2027-01-01T00:00:01Z", "certificate-expired" },
	};
	for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
		findings_init(&found);
		int trusted = judge_chain(
			check_chain("good"), host, at(times[i].time), KEY_USE_ANY, check_roots(), NULL, &found);
		CHECK_TEXT(ids(), times[i].ids);
		CHECK(trusted, ==, !findings_any(&found, PHASE_certificate, STATUS_broken));
	}
}

static anchors only(const certificate *c)
{
	static uint8_t packed[ANCHORS_HEADER + ANCHOR_MAX];
	size_t len = anchors_write_header(packed, sizeof packed);

	len += anchors_pack(c->der.p, c->der.len, packed + len, sizeof packed - len);
	return (anchors){ packed, len };
}

static void test_roots(void)
{
	anchors none = { NULL, 0 };

	CHECK(judge(check_chain("good"), host, &none), ==, 0);
	CHECK_TEXT(ids(), "certificate-unknown-issuer certificate-incomplete-chain");
	/* A server's own certificate may be the anchor; and so may an intermediate. */
	anchors self = only(&check_chain("self-signed")->list[0]);
	CHECK(judge(check_chain("self-signed"), host, &self), ==, 1);
	CHECK(judge(check_chain("ec"), host, &self), ==, 0);
	anchors middle = only(&check_chain("good")->list[1]);
	CHECK(judge(check_chain("incomplete-chain"), host, &middle), ==, 1);
	/* An anchor's own end and its name constraints bind as well. */
	anchors old = only(&check_chain("expired-intermediate")->list[1]);
	chain one = *check_chain("expired-intermediate");
	one.count = 1;
	CHECK(judge(&one, host, &old), ==, 0);
	CHECK_TEXT(ids(), "certificate-expired");
	anchors narrow = only(&check_chain("constraint-broken")->list[1]);
	one = *check_chain("constraint-broken");
	one.count = 1;
	CHECK(judge(&one, host, &narrow), ==, 0);
	CHECK_TEXT(ids(), "certificate-constraint-violated");
}

/* An anchor's path length binds those below it. */
static void test_root_path_length(void)
{
	chain c = *check_chain("path-length");
	anchors brief = only(&c.list[2]);

	c.count = 2;
	CHECK(judge(&c, host, &brief), ==, 0);
	CHECK_TEXT(ids(), "certificate-constraint-violated");
	c = *check_chain("path-length-kept");
	brief = only(&c.list[1]);
	c.count = 1;
	CHECK(judge(&c, host, &brief), ==, 1);
}

/* What is asked of a CA's certificate is not asked of one that is trusted as it is. */
static void test_own_anchor(void)
{
	static const signature_algorithm weak = { .name = "weak", .key = KEY_RSA, .weak = 1 };
	chain c = *check_chain("self-signed");
	anchors self = only(&c.list[0]);

	c.list[0].is_ca = 1;
	c.list[0].signature_algorithm = &weak;
	CHECK(judge(&c, host, &self), ==, 1);
	CHECK_TEXT(ids(), "");
	/* the key alone is not enough: the name must be the anchor's as well */
	((uint8_t *)self.data)[self.len - 2 - c.list[0].spki.len - 2 - 1] ^= 1;
	CHECK(anchors_count(&self), ==, 1);
	CHECK(judge(&c, host, &self), ==, 0);
	/* an anchor is good in its last second */
	c = *check_chain("expired-intermediate");
	anchors old = only(&c.list[1]);
	c.count = 1;
	findings_init(&found);
	CHECK(
		judge_chain(&c, host, at("2026-01-01T00:00:00Z"), KEY_USE_ANY, &old, NULL, &found), ==, 1);
}

static void no_path_case(const chain *c, const char *expected, const char *detail)
{
	anchors none = { NULL, 0 };

	CHECK(judge(c, host, &none), ==, 0);
	CHECK_TEXT(ids(), expected);
	findings_write(&found, check_writer(), NULL);
	CHECK(strstr(check_written(), detail) != NULL, ==, 1);
}

static void test_no_path(void)
{
	chain c = *check_chain("good");

	/* it says where its issuer is: that one was forgotten */
	c.list[1].ca_issuers = 1;
	no_path_case(&c, "certificate-incomplete-chain", "CN=Example Test Root");
	/* an impostor of the same name comes first, and does not count once the right one is there */
	c.list[1].ca_issuers = 0;
	c.list[2] = c.list[1];
	c.readable[2] = 1;
	c.count = 3;
	c.list[1].key = c.list[0].key;
	no_path_case(
		&c, "certificate-unknown-issuer certificate-incomplete-chain", "CN=Example Test Root");
	c.count = 2;
	no_path_case(&c, "certificate-constraint-violated", "\"signature\"");
	/* strangers are passed over */
	c.list[1] = c.list[0];
	no_path_case(&c, "certificate-unknown-issuer certificate-incomplete-chain",
		"CN=Example Test Intermediate");
	/* a signature that has no name here is none that we can check */
	c = *check_chain("good");
	c.list[0].signature_algorithm = NULL;
	no_path_case(&c, "beyond-our-reach", "\"signature\":\"unknown\"");
}

/* One of the three uses that TLS knows is enough (RFC 5246 7.4.2). */
static void test_key_usages(void)
{
	for (unsigned bit = 0; bit < 9; bit++) {
		chain c = *check_chain("good");
		c.list[0].extensions |= EXT_KEY_USAGE;
		c.list[0].key_usage = 1u << bit;
		CHECK(judge(&c, host, check_roots()), ==, bit == 0 || bit == 2 || bit == 4);
	}
	/* a CA of before there were extensions is none, whatever it says */
	chain c = *check_chain("good");
	c.list[1].version = 1;
	CHECK(judge(&c, host, check_roots()), ==, 0);
	CHECK_TEXT(ids(), "certificate-constraint-violated certificate-out-of-profile");
}

static void constraint_case(const chain *c, const anchors *roots, const char *constraint)
{
	CHECK(judge(c, host, roots), ==, 0);
	findings_write(&found, check_writer(), NULL);
	if (!CHECK(strstr(check_written(), constraint) != NULL, ==, 1)) {
		CHECK_TEXT(check_written(), constraint);
	}
}

/* What only a CA may have, and what a CA must not lack. */
static void test_roles(void)
{
	static const bytes nobody = { (const uint8_t *)"\x30\x00", 2 };
	chain c = *check_chain("good");

	c.list[0].extensions |= EXT_NAME_CONSTRAINTS;
	constraint_case(&c, check_roots(), "\"name\"");
	c = *check_chain("good");
	c.list[1].extensions |= EXT_NAME_CONSTRAINTS;
	constraint_case(&c, check_roots(), "\"name\"");
	c = *check_chain("good");
	c.list[0].issuer = c.list[1].subject = nobody;
	constraint_case(&c, check_roots(), "\"empty-subject\"");
	/* an anchor with a critical extension that nobody here understands */
	c = *check_chain("good");
	anchors strange = only(&c.list[1]);
	c.count = 1;
	CHECK(judge(&c, host, &strange), ==, 1);
	((uint8_t *)strange.data)[ANCHORS_HEADER + 2 + 8 + 8 + 1] |= ANCHOR_CRITICAL_UNKNOWN;
	constraint_case(&c, &strange, "\"critical-extension\"");
	/* a key that no connection can be made with */
	c = *check_chain("good");
	c.list[0].key.kind = KEY_UNKNOWN;
	CHECK(judge(&c, host, check_roots()), ==, 0);
	c = *check_chain("ec");
	c.list[0].key.curve = 0;
	CHECK(judge(&c, host, check_roots()), ==, 0);
}

static void test_nothing(void)
{
	static chain empty;

	CHECK(judge(&empty, host, check_roots()), ==, 0);
	CHECK_TEXT(ids(), "certificate-malformed");
	/* an intermediate that cannot be read is passed over, but not passed over in silence */
	chain c = *check_chain("good");
	c.readable[1] = 0;
	CHECK(judge(&c, host, check_roots()), ==, 0);
	CHECK_TEXT(
		ids(), "certificate-malformed certificate-unknown-issuer certificate-incomplete-chain");
}

/* What did not fit into the record may be the link that is missing: then it is not the server's fault. */
static void test_dropped(void)
{
	anchors none = { NULL, 0 };
	chain c = *check_chain("good");

	c.dropped = 3;
	CHECK(judge(&c, host, check_roots()), ==, 1);
	CHECK_TEXT(ids(), "certificate-chain-long");
	findings_write(&found, check_writer(), NULL);
	CHECK(strstr(check_written(), "{\"sent\":5,\"read\":2}") != NULL, ==, 1);
	CHECK(judge(&c, host, &none), ==, 0);
	CHECK_TEXT(ids(), "beyond-our-reach certificate-chain-long");
}

/* Someone else's fault says whose; the end-entity's own does not. */
static void test_whose_fault(void)
{
	judge(check_chain("expired"), host, check_roots());
	findings_write(&found, check_writer(), NULL);
	CHECK(strstr(check_written(), "\"subject\":\"CN=mail.example.test, O=Example Test\"") != NULL,
		==, 1);
	CHECK(strstr(check_written(), "\"authority\"") == NULL, ==, 1);
	judge(check_chain("expired-intermediate"), host, check_roots());
	findings_write(&found, check_writer(), NULL);
	CHECK(strstr(check_written(), "\"authority\":\"CN=Expired Authority, O=Example Test\"") != NULL,
		==, 1);
}

/* Subject and issuer alike do not make a certificate self-signed: its own key must have signed it. */
static void test_self_issued(void)
{
	anchors none = { NULL, 0 };
	chain c = *check_chain("self-issued-leaf");

	c.count = 1;
	CHECK(judge(&c, host, &none), ==, 0);
	CHECK_TEXT(ids(), "certificate-unknown-issuer certificate-incomplete-chain");
}

void test_judge(void)
{
	test_dropped();
	test_whose_fault();
	test_self_issued();
	test_cases();
	test_signatures_checked_earlier();
	test_time();
	test_roots();
	test_root_path_length();
	test_own_anchor();
	test_no_path();
	test_key_usages();
	test_roles();
	test_nothing();
}
