#include "actions_capabilities.h"

static void note_dropped_capabilities(probe *p)
{
	if (p->dialog.capabilities->dropped > 0) {
		dialog_reply_too_long(&p->dialog, LIMIT_CAPABILITIES);
	}
}

/* What a sign-in before TLS would give away is worth knowing, and only knowable here. */
static void note_cleartext_sign_in(probe *p)
{
	const capabilities *before = &p->outcome.before;

	if (capabilities_write_password_ways(before, p->dialog.protocol, NULL, NULL) > 0) {
		json *args = findings_begin(&p->outcome.findings, DIAG_cleartext_sign_in_offered);
		capabilities_write_password_ways(before, p->dialog.protocol, args, "mechanisms");
		findings_end(&p->outcome.findings);
	}
}

/* What the whole list tells, where it has come in the clear. */
static void note_capabilities_before(probe *p)
{
	const capabilities *before = &p->outcome.before;

	note_cleartext_sign_in(p);
	if (p->options.mode == MODE_starttls && !dialog_offers_starttls(&p->dialog)) {
		int masked = p->dialog.protocol == PROTOCOL_smtp && capabilities_masked(before);
		p->at.step[PHASE_starttls].status = STEP_FAILED;
		findings_add(
			&p->outcome.findings, masked ? DIAG_starttls_masked : DIAG_starttls_not_offered);
	}
}

void actions_note_capabilities(probe *p)
{
	note_dropped_capabilities(p);
	if (!p->dialog.within_tls) {
		note_capabilities_before(p);
	}
}

void actions_note_capabilities_after_starttls(probe *p)
{
	note_dropped_capabilities(p);
	if (capabilities_has(p->dialog.capabilities, dialog_upgrade_keyword(&p->dialog))) {
		findings_add(&p->outcome.findings, DIAG_starttls_offered_inside_tls); /* RFC 3207 4.2 */
	}
}
