#include "conversation.h"

#include <string.h>

const dialog *conversation_dialog(const probe *p)
{
	static const dialog *const dialogs[] = { &smtp_dialog, &imap_dialog, &pop3_dialog };

	return dialogs[p->dialog.protocol];
}

uint32_t conversation_elapsed(const probe *p)
{
	return (uint32_t)(p->at.now - p->at.started);
}

uint64_t conversation_from_now(const probe *p, uint64_t ms)
{
	return p->at.now + options_scaled(&p->options, ms);
}

void conversation_note(probe *p, speaker from, const void *text, size_t len)
{
	transcript_add(&p->outcome.transcript, conversation_elapsed(p), from, text, len);
}

void conversation_remark(probe *p, const char *text)
{
	conversation_note(p, REMARK, text, strlen(text));
}

void conversation_ask(probe *p, followup_id question)
{
	followup_ask(&p->followup, question);
	p->at.answer_by =
		question == FOLLOWUP_none ? UINT64_MAX : conversation_from_now(p, LIMIT_ANSWER_MS);
}

void conversation_adopt(probe *p, const probe *other)
{
	const transcript *t = &other->outcome.transcript;
	transcript kept = p->outcome.transcript;
	uint32_t later = (uint32_t)(other->at.started - p->at.started);

	p->outcome = other->outcome;
	p->outcome.transcript = kept;
	for (size_t i = 0; i < t->count; i++) {
		transcript_add(&p->outcome.transcript, later + t->entry[i].at_ms, (speaker)t->entry[i].from,
			t->text + t->entry[i].text, t->entry[i].len);
	}
	memcpy(p->at.step, other->at.step, sizeof p->at.step);
	p->at.phase = other->at.phase;
	p->stream.tls.certificates = other->stream.tls.certificates;
	recorder_end(&p->stream.tls.certificates); /* its key lies in it */
	p->stream.scan.scheme = other->stream.scan.scheme;
}

followup_first conversation_first(const probe *p)
{
	step_status handshake = p->at.step[PHASE_handshake].status;

	return (followup_first){ .began = handshake != STEP_SKIPPED,
		.complete = handshake == STEP_OK,
		.saw_tls = p->stream.saw_tls,
		.offered_newer = p->stream.through_tls && tls_offers_newer(&p->stream.tls),
		.listener = &p->stream.scan,
		.certificates = &p->stream.tls.certificates };
}
