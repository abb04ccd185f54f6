/* The report: what it says of each part of a probe. Its shape is report.schema.json's. */
#include "check.h"

#include "phases.h"
#include "report.h"

#include <stdlib.h>

static probe *p;

static void start(const char *service)
{
	probe_options o = check_options(service);

	o.address = "192.0.2.1";
	CHECK(options_read(&p->options, &o), ==, 0);
	phases_start(p, 1000);
}

static int reports(const char *part)
{
	static char text[1 << 16];
	size_t len = report_write(p, text, sizeof text - 1);

	text[len] = '\0';
	if (strstr(text, part) == NULL) {
		CHECK_TEXT(text, part);
	}
	return 1;
}

static void test_at_the_start(void)
{
	start("imaps");
	reports("{\"version\":1,\"target\":{\"name\":\"mail.example.test\",\"address\":\"192.0.2.1\","
			"\"port\":993,\"service\":\"imaps\",\"mode\":\"implicit-tls\"},");
	reports("\"greeting\":\"\",\"capabilities\":{\"before\":[],\"after\":[]},\"auth\":{\"before\":["
			"],\"after\":[]},\"tls\":null,\"hello\":null,");
	reports("\"certificates\":[],\"trusted\":false,\"findings\":[]");
}

static void test_phases_of_report(void)
{
	start("imaps");
	p->at.step[PHASE_connect].status = STEP_OK;
	p->at.step[PHASE_connect].took_ms = 7;
	p->at.step[PHASE_handshake].status = STEP_FAILED;
	p->at.step[PHASE_close].status = STEP_RUNNING; /* it was never seen to end */
	reports("{\"phase\":\"connect\",\"status\":\"ok\",\"ms\":7}");
	reports("{\"phase\":\"greeting\",\"status\":\"skipped\",\"ms\":0}");
	reports("{\"phase\":\"handshake\",\"status\":\"failed\",\"ms\":0}");
	reports("{\"phase\":\"close\",\"status\":\"failed\",\"ms\":0}");
}

static void test_facts(void)
{
	start("submission");
	p->outcome.tls = (handshake_facts){
		.version = TLS_1_3, .suite = "S", .group = "G", .signature = "X", .retried = 1, .trusted = 1
	};
	memcpy(p->outcome.greeting, "220 \xff", 5);
	p->outcome.greeting_len = 5;
	capabilities_add(&p->outcome.before, (const uint8_t *)"AUTH PLAIN", 10);
	p->followup.versions[0] = VERSION_refused;
	p->followup.versions[3] = VERSION_accepted;
	reports("\"tls\":{\"version\":\"TLS 1.3\",\"suite\":\"S\",\"group\":\"G\",\"signature\":\"X\","
			"\"retry_request\":true,\"certificate_wanted\":false}");
	reports("\"trusted\":true");
	reports("\"before\":[\"AUTH PLAIN\"]");
	reports("\"auth\":{\"before\":[\"PLAIN\"],\"after\":[]}");
	reports("\"versions\":{\"TLS 1.0\":\"refused\",\"TLS 1.1\":\"unknown\",\"TLS "
			"1.2\":\"unknown\",\"TLS 1.3\":\"accepted\"}");
}

static void test_scan(void)
{
	start("imaps");
	p->options.scan_highest = TLS_1_3;
	reports("\"hello\":{\"highest\":\"TLS 1.3\",\"lacking\":[],\"answered\":false,"
			"\"certificate_wanted\":false}");
	p->options.scan_lacking = 3;
	p->stream.scan.state = SCAN_ALERT;
	p->stream.scan.alert = 70;
	reports("\"lacking\":[\"extended_master_secret\",\"sha1\"],\"answered\":false,\"alert\":"
			"\"protocol_version\",");
}

/* A probe that was refused at its start has no report. */
static void test_none(void)
{
	char out[8];

	memset(p, 0, sizeof *p);
	phases_start_over(p);
	CHECK(report_write(p, out, sizeof out), ==, 0);
}

void test_report(void)
{
	p = malloc(sizeof *p);
	test_at_the_start();
	test_phases_of_report();
	test_facts();
	test_scan();
	test_none();
	free(p);
}
