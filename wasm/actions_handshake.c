/* Actions of phases.def in the state handshake. */
#include "actions.h"
#include "base/text.h"

#include <string.h>

/* As long as text comes, its line may still end; but not for longer than a handshake may take. */
dialog_result on_wait_for_line(probe *p, const event *e)
{
	uint64_t last = p->at.started + p->at.step[PHASE_handshake].began_ms
		+ options_scaled(&p->options, LIMIT_HANDSHAKE_MS);
	uint64_t soon = conversation_from_now(p, LIMIT_SNIFF_MS);

	(void)e;
	p->at.deadline = soon < last ? soon : last;
	return DIALOG_MORE;
}

/* Plaintext where TLS was expected: what does it look like? */
dialog_result on_plaintext(probe *p, const event *e)
{
	on_heard(p, e);
	if (p->options.mode == MODE_starttls) {
		/* Nothing but TLS may follow the go-ahead; a client that reads on could be fooled. */
		findings_quote(&p->outcome.findings,
			dialog_answers_pipelined(&p->dialog, e->text, e->len) ? DIAG_starttls_pipelined_commands
																  : DIAG_starttls_injected,
			e->text, e->len);
		return DIALOG_MORE;
	}
	actions_remember_greeting(&p->outcome, e->text, e->len);
	const char *looks_like = text_protocol(e->text, e->len);
	if (looks_like != NULL && strcmp(looks_like, protocol_name(p->dialog.protocol)) == 0) {
		findings_quote(&p->outcome.findings, DIAG_starttls_expected, e->text, e->len);
	} else {
		dialog_foreign_greeting(&p->dialog, e->text, e->len);
	}
	return DIALOG_MORE;
}

static void remark_choice(probe *p)
{
	char text[HANDSHAKE_REMARK];

	handshake_remark(&p->outcome.tls, text);
	conversation_remark(p, text);
}

/* Between handshake and certificate no byte travels: that phase takes the time of its arithmetic. */
dialog_result on_established(probe *p, const event *e)
{
	handshake_facts *facts = &p->outcome.tls;

	(void)e;
	*facts = handshake_established(&p->stream.tls, &p->stream.scan, &p->outcome.findings);
	remark_choice(p);
	followup_note_choice(
		&p->followup, facts->version, tls_offers_newer(&p->stream.tls) ? TLS_1_3 : TLS_1_2);
	facts->chain_known = 1;
	facts->trusted = handshake_judge(
		&p->stream.tls.certificates, facts->suite, &p->options, &p->outcome.findings);
	p->at.step[PHASE_certificate].status = facts->trusted ? STEP_OK : STEP_FAILED;
	p->at.step[PHASE_certificate].began_ms = conversation_elapsed(p);
	conversation_remark(
		p, facts->trusted ? "the certificate is trusted" : "the certificate is not trusted");
	return DIALOG_MORE;
}

dialog_result on_scanned(probe *p, const event *e)
{
	const recorder *certificates = &p->stream.tls.certificates;
	handshake_facts *facts = &p->outcome.tls;

	(void)e;
	*facts = handshake_scanned(&p->stream.scan, &p->outcome.findings);
	if (facts->version != 0) {
		remark_choice(p);
		if (certificates->count > 0) {
			facts->chain_known = 1;
			/* Who owns the key was not shown, so nobody is trusted. */
			handshake_judge(certificates, facts->suite, &p->options, &p->outcome.findings);
		}
	}
	return scan_answered(&p->stream.scan) ? DIALOG_DONE : DIALOG_BROKEN;
}

dialog_result on_too_much_in_handshake(probe *p, const event *e)
{
	return handshake_chain_too_long(&p->stream.tls.certificates, &p->outcome.findings)
		? DIALOG_MORE
		: on_too_much(p, e);
}

dialog_result on_certificate_required(probe *p, const event *e)
{
	(void)e;
	findings_beyond_reach(&p->outcome.findings, "client-certificate", NULL, NULL);
	return DIALOG_MORE;
}

/* A chain that has come is worth showing, however the handshake ended. */
static void keep_chain(probe *p)
{
	p->outcome.tls.chain_known |= p->stream.tls.certificates.count > 0;
}

dialog_result on_ended_in_handshake(probe *p, const event *e)
{
	connection_end end = actions_end_of(e);

	if (p->options.is_followup) {
		handshake_add_failure(end, &p->outcome.findings);
	} else {
		conversation_ask(p, followup_explain(&p->followup, end));
	}
	keep_chain(p);
	return DIALOG_MORE;
}

dialog_result on_unreadable(probe *p, const event *e)
{
	handshake_add_unreadable(
		(tls_error)e->number, &p->stream.scan, &p->stream.tls.certificates, &p->outcome.findings);
	keep_chain(p);
	return DIALOG_MORE;
}
