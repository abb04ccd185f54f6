#include "check.h"

#include "x509/faults.h"

static const bytes alice = { (const uint8_t *)"\x30\x0c\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c\x01"
											  "A",
	14 };
static const bytes bob = { (const uint8_t *)"\x30\x0c\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c\x01"
											"B",
	14 };

static const char *as_findings(const faults *f, bytes end_entity)
{
	static findings out;

	findings_init(&out);
	faults_write(f, end_entity, &out);
	findings_write(&out, check_writer(), NULL);
	return check_written();
}

static void test_weight(void)
{
	faults f;

	faults_init(&f);
	CHECK(faults_weigh(&f), ==, FAULTS_NONE);
	faults_date(&f, DIAG_certificate_expires_soon, "not_after", 0, alice);
	CHECK(faults_weigh(&f), ==, FAULTS_NONE);
	faults_profile(&f, "serial-number", alice);
	CHECK(faults_weigh(&f), ==, FAULTS_STRICT);
	faults_constraint(&f, "name", alice);
	CHECK(faults_weigh(&f), ==, FAULTS_BROKEN);
}

/* One finding for each kind, however often it holds; the same thing is said once. */
static void test_write(void)
{
	faults f;

	faults_init(&f);
	CHECK_TEXT(as_findings(&f, alice), "[]");
	faults_constraint(&f, "name", alice);
	faults_constraint(&f, "name", alice);
	faults_date(&f, DIAG_certificate_expired, "not_after", 0, bob);
	CHECK_TEXT(as_findings(&f, alice),
		"[{\"id\":\"certificate-constraint-violated\",\"args\":{\"constraint\":\"name\","
		"\"subject\":\"CN=A\"}},"
		"{\"id\":\"certificate-expired\",\"args\":{\"not_after\":\"1970-01-01T00:00:00Z\","
		"\"subject\":\"CN=B\",\"authority\":\"CN=B\"}}]");
	faults_init(&f);
	faults_constraint(&f, "name", alice);
	faults_constraint(&f, "path-length", alice);
	faults_constraint(&f, "name", bob);
	CHECK_TEXT(as_findings(&f, alice),
		"[{\"id\":\"certificate-constraint-violated\",\"args\":{\"constraint\":\"name\","
		"\"subject\":\"CN=A\","
		"\"more\":[{\"constraint\":\"path-length\",\"subject\":\"CN=A\"},"
		"{\"constraint\":\"name\",\"subject\":\"CN=B\",\"authority\":\"CN=B\"}]}}]");
	/* without a detail; a key that cannot be read has no name */
	faults_init(&f);
	faults_add(&f, &(fault){ .id = DIAG_certificate_wrong_purpose, .subject = alice });
	faults_add(&f,
		&(fault){ .id = DIAG_certificate_key_weak, .subject = alice, .label = "key", .spki = bob });
	CHECK_TEXT(as_findings(&f, alice),
		"[{\"id\":\"certificate-wrong-purpose\",\"args\":{\"subject\":\"CN=A\"}},"
		"{\"id\":\"certificate-key-weak\",\"args\":{\"subject\":\"CN=A\"}}]");
}

static void test_bound(void)
{
	static char words[LIMIT_FAULTS + 1][4];
	faults f;

	faults_init(&f);
	for (size_t i = 0; i <= LIMIT_FAULTS; i++) {
		words[i][0] = (char)('a' + i % 26);
		words[i][1] = (char)('a' + i / 26);
		faults_profile(&f, words[i], alice);
	}
	CHECK(f.count, ==, LIMIT_FAULTS);
}

void test_faults(void)
{
	test_weight();
	test_write();
	test_bound();
}
