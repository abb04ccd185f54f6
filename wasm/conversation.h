/*
 * A probe as its parts, each declared by its owner; and of these the conversation itself: where it is, since
 * when and until when. The whole is for probe.c, phases.c with its actions, and report.c alone; what changes
 * the state is phases.c alone.
 */
#ifndef MPC_CONVERSATION_H
#define MPC_CONVERSATION_H

#include "dialog/dialog.h"
#include "followup.h"
#include "options.h"
#include "outcome.h"
#include "stream.h"

typedef enum {
#define STATE(name, phase, limit) STATE_##name,
#define ROW(state, event, action, next)
#define PATH(state, condition, next)
#include "phases.def"
#undef STATE
#undef ROW
#undef PATH
	STATE_COUNT
} state_id;

typedef enum { STEP_SKIPPED, STEP_RUNNING, STEP_OK, STEP_FAILED } step_status;

typedef struct {
	state_id state;
	phase_id phase; /* in which it is, or has ended */
	struct {
		step_status status;
		uint32_t began_ms;
		uint32_t took_ms;
	} step[PHASE_COUNT];
	int stopped;      /* on request */
	uint64_t started; /* times of the caller's clock; UINT64_MAX: never */
	uint64_t now;
	uint64_t deadline;   /* of the state */
	uint64_t silence_at; /* when to ask why no greeting comes */
	uint64_t answer_by;  /* after the end: when not to wait for a follow-up connection any more */
} conversation;

typedef struct probe {
	kept_options options;
	event
		held; /* it waits for the anchors that its judgement asks for; EVENT_none: nothing waits */
	conversation at;
	stream stream;
	dialog_io dialog;
	credentials credentials; /* of a sign-in; wiped when it is over, and when there is to be none */
	followup followup;
	outcome outcome;
} probe;

/* The protocol's part. */
const dialog *conversation_dialog(const probe *p);

uint32_t conversation_elapsed(const probe *p);
/* The moment so many milliseconds of limits.h ahead. */
uint64_t conversation_from_now(const probe *p, uint64_t ms);

/* For the transcript. */
void conversation_note(probe *p, speaker from, const void *text, size_t len);
void conversation_remark(probe *p, const char *text);

/* Asks a question of a follow-up connection, or none any more. */
void conversation_ask(probe *p, followup_id question);
/* What another conversation with the same server has met counts, in place of what this one has met. */
void conversation_adopt(probe *p, const probe *other);
/* What this connection has met so far, for the answer to be understood. */
followup_first conversation_first(const probe *p);

#endif
