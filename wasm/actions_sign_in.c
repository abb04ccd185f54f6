#include "actions_sign_in.h"

#include "actions.h"
#include "base/text.h"

#include <string.h>

/* What is found of a connection and still says nothing about who is at the other end of it. */
static int is_harmless(diagnosis_id id)
{
	return id == DIAG_certificate_expires_soon || id == DIAG_cleartext_sign_in_offered
		|| id == DIAG_starttls_offered_inside_tls;
}

/* The first finding that keeps a password here; DIAG_COUNT: there is none. */
static diagnosis_id doubt(const findings *f)
{
	for (size_t i = 0; i < f->count; i++) {
		phase_id phase = diagnoses[f->list[i].id].phase;
		int counts =
			phase == PHASE_starttls || phase == PHASE_handshake || phase == PHASE_certificate;
		if (counts && !is_harmless(f->list[i].id)) {
			return f->list[i].id;
		}
	}
	return DIAG_COUNT;
}

static void withhold(probe *p, const char *because)
{
	json *args = findings_begin(&p->outcome.findings, DIAG_sign_in_withheld);

	json_string(args, "because", because);
	findings_end(&p->outcome.findings);
	credentials_wipe(&p->credentials);
}

static void choose_way(probe *p)
{
	int oauth_only;
	sign_in_way way =
		sign_in_choose(p->dialog.capabilities, p->dialog.protocol, &p->credentials, &oauth_only);

	if (way == WAY_none) {
		findings_add(
			&p->outcome.findings, oauth_only ? DIAG_sign_in_oauth_only : DIAG_sign_in_not_offered);
		credentials_wipe(&p->credentials);
		return;
	}
	p->dialog.sign_in.way = way;
	p->dialog.sign_in.seed = p->options.seed;
}

void actions_choose_sign_in(probe *p)
{
	diagnosis_id why = doubt(&p->outcome.findings);

	if (!p->credentials.given) {
		return;
	}
	if (why != DIAG_COUNT) {
		withhold(p, diagnoses[why].id);
	} else if (!p->dialog.within_tls || !p->stream.tls_up) {
		withhold(p, "cleartext");
	} else if (!p->outcome.tls.trusted) {
		withhold(p, "not-trusted");
	} else {
		choose_way(p);
	}
}

/*
 * What a server says while a mechanism is under way is not for a report: from the challenges of SCRAM, and what
 * answers them, a password can be guessed.
 */
dialog_result on_sign_in_line(probe *p, const event *e)
{
	const char *challenge = p->dialog.protocol == PROTOCOL_smtp ? "334 " : "+ ";
	size_t prefix = strlen(challenge);

	if (e->len > prefix && text_starts(e->text, e->len, challenge)) {
		conversation_note(p, FROM_SERVER, e->text, prefix - 1);
		conversation_remark(p, "its challenge is not shown");
	} else {
		on_heard(p, e);
	}
	return actions_read_line(p, e);
}
