#include "check.h"

#include "base/calendar.h"
#include "x509/path_validate.h"

static path_validation validation;
static faults against;
static chain current;
static path way;

/* A chain as a path in its order, ended by the anchor that check_anchors() has for it. */
static void follow(const char *name)
{
	size_t at = 0;

	memset(&validation, 0, sizeof validation);
	validation.work = LIMIT_JUDGEMENT_NS;
	memset(&way, 0, sizeof way);
	current = *check_chain(name);
	validation.chain = &current;
	CHECK(calendar_parse("2026-06-01T00:00:00Z", &validation.time), ==, 0);
	way.len = current.count;
	for (size_t i = 0; i < way.len; i++) {
		way.at[i] = i;
	}
	CHECK(anchors_next(check_anchors(name), &at, &way.root), ==, 1);
}

static const char *words(void)
{
	static char text[400];

	faults_init(&against);
	path_validate(&validation, &way, &against);
	text[0] = '\0';
	for (size_t i = 0; i < against.count; i++) {
		strcat(text, i > 0 ? " " : "");
		strcat(text,
			against.list[i].word != NULL ? against.list[i].word : diagnoses[against.list[i].id].id);
	}
	return text;
}

static void path_case(const char *name, const char *expected)
{
	follow(name);
	if (!CHECK_TEXT(words(), expected)) {
		CHECK_TEXT(name, "");
	}
}

static void test_issuers(void)
{
	path_case("good", "");
	path_case("path-length", "path-length");
	path_case("path-length-kept", "");
	path_case("self-issued-intermediate", "");
	path_case("issuer-may-not-sign", "key-usage");
	path_case("issuer-of-clients", "certificate-wrong-purpose");
	path_case("constraint-broken", "name");
	path_case("key-identifiers-differ", "key-identifiers");
	path_case("serial-number-differs", "key-identifiers");
	path_case("serial-number-fits", "");
	path_case("issuer-of-issuer-differs", "key-identifiers");
	path_case("ca-as-server", "ca-as-server");
	path_case("path-length-without-ca", "");
}

static void test_anchors_of_their_own(void)
{
	path_case("anchor-good", "");
	path_case("anchor-itself", "");
	path_case("anchor-expired", "certificate-expired");
	path_case("anchor-not-yet-valid", "certificate-not-yet-valid");
	path_case("anchor-path-length", "path-length");
	path_case("anchor-not-a-ca", "not-a-ca");
	path_case("anchor-numbered", "");
	path_case("anchor-numbered-differently", "key-identifiers");
	path_case("anchor-serial-number-fits", "");
	path_case("anchor-serial-number-differs", "key-identifiers");
	path_case("anchor-of-another-key", "key-identifiers");
	path_case("anchor-for-clients", "certificate-wrong-purpose");
	path_case("anchor-for-servers", "trust-anchor");
	/* an anchor with a weak key, one of an odd size, one whose constraints begin with a dot */
	follow("good");
	way.root.spki = check_chain("key-weak")->list[0].spki;
	way.root.flags &= ~(unsigned)ANCHOR_KEY_ID_IS_HASH;
	current = *check_chain("good");
	static uint8_t kept[1024];
	const certificate *weak = &check_chain("key-weak")->list[0];
	memcpy(kept, weak->spki.p, weak->spki.len);
	way.root.spki = (bytes){ kept, weak->spki.len };
	current = *check_chain("good");
	CHECK_TEXT(words(), "certificate-key-weak");
	const certificate *odd = &check_chain("rsa-odd-size")->list[0];
	memcpy(kept, odd->spki.p, odd->spki.len);
	way.root.spki = (bytes){ kept, odd->spki.len };
	current = *check_chain("good");
	CHECK_TEXT(words(), "key-size");
	kept[0] ^= 1;
	CHECK_TEXT(words(), "");
}

/* Names are held against a CA's constraints once for all paths. */
static void test_names_once(void)
{
	follow("constraint-broken");
	CHECK_TEXT(words(), "name");
	CHECK(validation.within[1][0], ==, 1 + 1);
	validation.within[1][0] = 1;
	CHECK_TEXT(words(), "");
}

void test_path_validate(void)
{
	test_issuers();
	test_anchors_of_their_own();
	test_names_once();
}
