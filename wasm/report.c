#include "report.h"

#include "tls/client_hello.h"
#include "tls/tls_names.h"
#include "x509/certificate_write.h"

#include <string.h>

static void write_target(const probe *p, json *out)
{
	json_open(out, "target", '{');
	json_string(out, "name", p->options.server_name);
	json_string(out, "address", p->options.address);
	json_int(out, "port", p->options.port);
	json_string(out, "service", p->options.service->name);
	json_string(out, "mode", mode_name(p->options.mode));
	json_close(out, '}');
}

static void write_phases(const probe *p, json *out)
{
	static const char *const status[] = { "skipped", "failed", "ok", "failed" };

	json_open(out, "phases", '[');
	for (phase_id i = 0; i < PHASE_COUNT; i++) {
		json_open(out, NULL, '{');
		json_string(out, "phase", phase_name(i));
		json_string(out, "status", status[p->at.step[i].status]);
		json_int(out, "ms", p->at.step[i].took_ms);
		json_close(out, '}');
	}
	json_close(out, ']');
}

static void write_lists(const probe *p, json *out)
{
	protocol_id protocol = p->options.service->protocol;

	json_open(out, "capabilities", '{');
	capabilities_write(&p->outcome.before, out, "before");
	capabilities_write(&p->outcome.after, out, "after");
	json_close(out, '}');
	json_open(out, "auth", '{');
	capabilities_write_auth(&p->outcome.before, protocol, out, "before");
	capabilities_write_auth(&p->outcome.after, protocol, out, "after");
	json_close(out, '}');
}

static void write_tls(const probe *p, json *out)
{
	if (p->outcome.tls.version == 0) {
		json_null(out, "tls");
		return;
	}
	json_open(out, "tls", '{');
	json_string(out, "version", tls_version_name(p->outcome.tls.version));
	json_string(out, "suite", p->outcome.tls.suite);
	json_string(out, "group", p->outcome.tls.group);
	json_string(out, "signature", p->outcome.tls.signature);
	json_bool(out, "retry_request", p->outcome.tls.retried);
	json_bool(out, "certificate_wanted", p->outcome.tls.certificate_wanted);
	json_close(out, '}');
}

/* Of a follow-up connection whose handshake was a ClientHello scan. */
static void write_hello(const probe *p, json *out)
{
	const client_hello_scan *h = &p->stream.scan;

	if (p->options.scan_highest == 0) {
		json_null(out, "hello");
		return;
	}
	json_open(out, "hello", '{');
	json_string(out, "highest", tls_version_name(p->options.scan_highest));
	json_open(out, "lacking", '[');
	if ((p->options.scan_lacking & CLIENT_HELLO_NO_MASTER_SECRET) != 0) {
		json_string(out, NULL, "extended_master_secret");
	}
	if ((p->options.scan_lacking & CLIENT_HELLO_NO_SHA1) != 0) {
		json_string(out, NULL, "sha1");
	}
	json_close(out, ']');
	json_bool(out, "answered", scan_answered(h));
	if (h->state == SCAN_ALERT) {
		json_string(out, "alert", tls_alert_name(h->alert));
	}
	if (h->scheme != 0) {
		json_string(out, "signature", tls_scheme_by_number(h->scheme)->name);
	}
	json_bool(out, "certificate_wanted", h->certificate_wanted);
	json_close(out, '}');
}

static void write_versions(const probe *p, json *out)
{
	static const char *const words[] = { "unknown", "accepted", "refused" };

	json_open(out, "versions", '{');
	for (unsigned i = 0; i < VERSIONS; i++) {
		json_string(out, tls_version_name(TLS_1_0 + i), words[p->followup.versions[i]]);
	}
	json_close(out, '}');
}

static void write_certificates(const probe *p, json *out)
{
	chain c;

	json_open(out, "certificates", '[');
	if (p->outcome.tls.chain_known) {
		recorder_chain(&p->stream.tls.certificates, &c);
		for (size_t i = 0; i < c.count; i++) {
			certificate_write(&c.list[i], out);
		}
	}
	json_close(out, ']');
}

size_t report_write(const probe *p, char *buf, size_t room)
{
	json out;

	if (p->options.service == NULL) {
		return 0;
	}
	json_init(&out, buf, room);
	json_open(&out, NULL, '{');
	json_int(&out, "version", 1);
	write_target(p, &out);
	write_phases(p, &out);
	json_text(&out, "greeting", p->outcome.greeting, p->outcome.greeting_len);
	write_lists(p, &out);
	write_tls(p, &out);
	write_hello(p, &out);
	write_versions(p, &out);
	write_certificates(p, &out);
	json_bool(&out, "trusted", p->outcome.tls.trusted);
	findings_write(&p->outcome.findings, &out, "findings");
	transcript_write(&p->outcome.transcript, &out, "transcript");
	json_close(&out, '}');
	return out.len;
}
