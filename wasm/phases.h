/*
 * The states of a conversation: where it is, since when and until when, and what an event leads to there.
 * phases.def is the table; phases.c acts by it, and is the only writer of a conversation.
 *
 * `struct probe` is all that an action may touch, each part declared by its owner. Besides phases.c only
 * probe.c and report.c see the whole.
 */
#ifndef MPC_PHASES_H
#define MPC_PHASES_H

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
	conversation at;
	stream stream;
	dialog_io dialog;
	followup followup;
	outcome outcome;
} probe;

/* The first state begins. Everything but `options` is set up. */
void phases_start(probe *p, uint64_t now);
/* Of a probe that could not be started: it is over. */
void phases_start_over(probe *p);

/* A clock that goes back stands still. */
void phases_set_now(probe *p, uint64_t now);

/* An event has happened: what it leads to. */
void phases_on(probe *p, const event *e);

/* The next moment at which phases_due() may have something; UINT64_MAX: nothing is awaited. */
uint64_t phases_next_deadline(const probe *p);
/* That the event is due now: of silence, followup_overdue and timeout, in this order. */
int phases_due(const probe *p, event_id event);

/* A follow-up connection is wanted, and none is open. */
int phases_want_followup(const probe *p);
/* Nothing is left to do but to send what the stream has. */
int phases_over(const probe *p);

/* --- the table, for its test --- */

typedef enum { NEXT_STAY, NEXT_NEXT, NEXT_GOODBYE, NEXT_END, NEXT_RESULT } next_id;

typedef struct {
	int state; /* -1: any */
	event_id event;
	dialog_result (*action)(probe *p, const event *e);
	next_id next;
} phase_row;

/* The row of a cell; NULL: it has none. */
const phase_row *phases_row(state_id state, event_id event);
/* The phase of a state, and its name. */
phase_id phases_phase_of(state_id state);

#endif
