/*
 * The end of a connection that the server brought about, or the way to it: one rule for a FIN, a reset, a
 * close_notify, a fatal alert and a record that cannot be read. The phase alone decides what it means; how
 * it ended is an argument of the finding.
 *
 *   phase                                      finding
 *   connect                                    connect-reset
 *   greeting, in the clear or inside TLS,
 *     before a byte of it                      greeting-closed; greeting-busy where a second connection
 *                                              of ours may be the reason
 *     in the middle of it                      connection-closed
 *   capability, starttls, recapability         connection-closed; ehlo-name-refused where our name was
 *                                              refused, and then our address for a name
 *   handshake                                  a second connection is asked why; without an answer:
 *     FIN, close_notify, reset                   handshake-closed
 *     alert                                      handshake-alert
 *     unreadable                               (at once) tls-version-old, beyond-our-reach,
 *                                              certificate-malformed or handshake-failed: handshake.c
 *   close                                      none: some servers answer QUIT so
 *
 * Whenever it comes, certificate_required is a wish, not a fault: a server of TLS 1.3 can only refuse a
 * client without a certificate when the handshake is over for the client (RFC 8446 4.4.2.4, 6.2). In the phases
 * resolve, certificate and signin no connection ends.
 */
#include "engine.h"
#include "tls/tls_names.h"

enum { ALERT_CERTIFICATE_REQUIRED = 116 };

void ends_write_reason(json *args, connection_end end)
{
	static const char *const reasons[] = {
		[END_FIN] = "closed",
		[END_RESET] = "reset",
		[END_CLOSE_NOTIFY] = "close_notify",
		[END_ALERT] = "alert",
		[END_UNREADABLE] = "unreadable",
	};

	json_string(args, "reason", reasons[end.how]);
	if (end.how == END_ALERT) {
		json_string(args, "alert", tls_alert_name(end.number));
		json_int(args, "number", end.number);
	} else if (end.how == END_UNREADABLE) {
		json_string(args, "error", tls_error_name((tls_error)end.number));
		json_int(args, "number", tls_error_number((tls_error)end.number));
	}
}

static int greeting_began(const probe *p)
{
	return p->greeting_len > 0 || p->lines.len > 0;
}

static diagnosis_id finding_for(const probe *p)
{
	if (p->phase == PHASE_connect) {
		return DIAG_connect_reset;
	}
	return p->phase == PHASE_greeting && !greeting_began(p) ? DIAG_greeting_closed
															: DIAG_connection_closed;
}

void ends_connection(probe *p, connection_end end)
{
	if (p->stream == STREAM_SNIFF) {
		stream_classify(p, p->lines.text, p->lines.len);
		engine_note_findings(p);
		return;
	}
	if (p->phase == PHASE_close) {
		engine_succeeded(p);
		return;
	}
	if (p->stream == STREAM_HELLO && scan_answered(&p->hello)) {
		handshake_hello_ended(p);
		return;
	}
	if (end.how == END_ALERT && end.number == ALERT_CERTIFICATE_REQUIRED) {
		json *args = findings_begin(&p->findings, DIAG_beyond_our_reach);
		json_string(args, "reason", "client-certificate");
		findings_end(&p->findings);
		engine_failed(p, 0);
		return;
	}
	if (p->phase == PHASE_handshake) {
		handshake_broke(p, end);
		return;
	}
	if (smtp_ended_over_our_name(p)) {
		engine_failed(p, 0);
		return;
	}
	diagnosis_id id = finding_for(p);
	if (questions_disturbed(p, id)) {
		json *args = findings_begin(&p->findings, DIAG_greeting_busy);
		json_string(args, "reason", "second-connection");
		findings_end(&p->findings);
		engine_failed(p, 0);
		return;
	}
	json *args = findings_begin(&p->findings, id);
	if (id == DIAG_connection_closed) {
		json_string(args, "command", probe_command_name(p));
	}
	ends_write_reason(args, end);
	if (p->lines.status == LINE_MORE && p->lines.len > 0) {
		findings_text(args, p->lines.text, p->lines.len);
	}
	findings_end(&p->findings);
	engine_failed(p, 0);
}
