/* What is refused of a caller's options is in test_probe.c; here: what is kept of them. */
#include "check.h"

#include "options.h"

static probe_options from(const char *service)
{
	probe_options o;

	memset(&o, 0, sizeof o);
	o.service = service_by_name(service);
	o.mode = o.service->mode;
	o.server_name = "mail.example.test.";
	o.client_name = "check.invalid";
	return o;
}

void test_options(void)
{
	kept_options kept;
	probe_options o = from("imap");

	CHECK(options_read(&kept, &o), ==, 0);
	CHECK_TEXT(kept.server_name, "mail.example.test");
	CHECK_TEXT(kept.address, "");
	CHECK(kept.port, ==, 143);
	CHECK(kept.timeout_permille, ==, 1000);
	CHECK(kept.is_followup, ==, 0);
	CHECK(kept.scan_highest, ==, 0);
	CHECK(options_scaled(&kept, 30000), ==, 30000);

	/* The pipelining test needs STARTTLS. */
	o.test_pipelining = 1;
	CHECK(options_read(&kept, &o), ==, 0);
	CHECK(kept.test_pipelining, ==, 1);
	o.mode = MODE_cleartext;
	CHECK(options_read(&kept, &o), ==, 0);
	CHECK(kept.test_pipelining, ==, 0);

	o.port = 10143;
	o.timeout_permille = 1;
	CHECK(options_read(&kept, &o), ==, 0);
	CHECK(kept.port, ==, 10143);
	CHECK(options_scaled(&kept, 30000), ==, 30);
	CHECK(options_scaled(&kept, 3), ==, 1);
	o.client_name = "two words";
	CHECK(options_read(&kept, &o), ==, -1);
}
