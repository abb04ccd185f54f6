#include "check.h"

#include "base/tables.h"

static void test_services(void)
{
	for (int i = 0; i < SERVICE_COUNT; i++) {
		CHECK(service_by_name(services[i].name) - services, ==, i);
		CHECK(services[i].port, >, 0);
		for (int j = 0; j < i; j++) {
			CHECK(services[i].port, !=, services[j].port);
		}
	}
	CHECK(service_by_name("imap4") == NULL, ==, 1);
	CHECK(service_by_name("") == NULL, ==, 1);
	CHECK(service_by_name("IMAPS") == NULL, ==, 1);
}

static int kebab(const char *id)
{
	size_t len = strlen(id);
	return len > 0 && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == len && id[0] != '-'
		&& id[len - 1] != '-' && strstr(id, "--") == NULL;
}

static void test_diagnoses(void)
{
	for (int i = 0; i < DIAG_COUNT; i++) {
		/* An id that occurs twice would be found at its first place. */
		CHECK(diagnosis_by_id(diagnoses[i].id), ==, i);
		CHECK(kebab(diagnoses[i].id), ==, 1);
		/* What is to be mended is somebody's to mend. */
		CHECK(diagnoses[i].act != ACT_fix || diagnoses[i].who != 0, ==, 1);
	}
	CHECK(diagnosis_by_id("no-such-finding"), ==, DIAG_COUNT);
	CHECK(diagnosis_by_id(""), ==, DIAG_COUNT);
}

static void test_words(void)
{
	CHECK_TEXT(phase_name(PHASE_resolve), "resolve");
	CHECK_TEXT(phase_name(PHASE_COUNT - 1), "close");
	CHECK_TEXT(protocol_name(PROTOCOL_pop3), "pop3");
	for (int i = 0; i < MODE_COUNT; i++) {
		CHECK(mode_by_name(mode_name((mode_id)i)), ==, i);
	}
	CHECK(mode_by_name("tls"), ==, MODE_COUNT);
	CHECK(mode_by_name(""), ==, MODE_COUNT);
}

void test_tables(void)
{
	test_services();
	test_diagnoses();
	test_words();
}
