/* Actions of phases.def for follow-up connections, and for an early end. */
#include "actions.h"

dialog_result on_ask_for_tls(probe *p, const event *e)
{
	(void)e;
	p->at.silence_at = UINT64_MAX;
	conversation_ask(p, FOLLOWUP_implicit_tls);
	return DIALOG_MORE;
}

dialog_result on_followup_begun(probe *p, const event *e)
{
	(void)e;
	p->followup.open = 1;
	return DIALOG_MORE;
}

/* Some servers refuse who talks too early: from now on a refusal may be our doing. */
dialog_result on_followup_in_greeting(probe *p, const event *e)
{
	p->dialog.disturbed = 1;
	conversation_remark(p, "our second connection asks whether this port expects TLS");
	return on_followup_begun(p, e);
}

dialog_result on_heard_of_tls(probe *p, const event *e)
{
	if (e->answer->saw_tls) {
		conversation_remark(p, "a second connection was answered with TLS");
		findings_add(&p->outcome.findings, DIAG_tls_expected);
		return DIALOG_BROKEN;
	}
	return findings_copy(&p->outcome.findings, e->answer->findings, DIAG_not_a_mail_server)
		? DIALOG_BROKEN
		: DIALOG_MORE;
}

dialog_result on_followup_heard(probe *p, const event *e)
{
	if (e->answer->over) {
		if (p->followup.asked == FOLLOWUP_plain && e->answer->complete) {
			conversation_remark(p, "on a second connection, without an offer of TLS 1.3:");
			conversation_adopt(p, e->answer->whole);
		}
		followup_first first = conversation_first(p);
		conversation_ask(
			p, followup_conclude(&p->followup, &first, e->answer, &p->outcome.findings));
	}
	return DIALOG_MORE;
}

dialog_result on_followup_given_up(probe *p, const event *e)
{
	followup_first first = conversation_first(p);

	(void)e;
	conversation_ask(p, followup_give_up(&p->followup, &first, &p->outcome.findings));
	return DIALOG_MORE;
}

dialog_result on_stopped_asking(probe *p, const event *e)
{
	p->followup.scans_versions = 0;
	return p->followup.asked != FOLLOWUP_none ? on_followup_given_up(p, e) : DIALOG_MORE;
}

dialog_result on_stopped(probe *p, const event *e)
{
	(void)e;
	p->followup.scans_versions = 0;
	p->at.stopped = 1;
	stream_mute(&p->stream);
	return DIALOG_MORE;
}
