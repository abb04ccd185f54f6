/*
 * From state to state: phases.def is the table, and this acts by it. The only writer of a conversation's
 * state; what is learned on the way is the actions' (actions.h).
 */
#ifndef MPC_PHASES_H
#define MPC_PHASES_H

#include "conversation.h"

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
	dialog_result (*action)(probe *p, const event *e);
	int8_t state;  /* -1: any */
	uint8_t event; /* an event_id */
	uint8_t next;  /* a next_id */
} phase_row;

/* The row of a cell; NULL: it has none. */
const phase_row *phases_row(state_id state, event_id event);
/* The phase of a state, and its name. */
phase_id phases_phase_of(state_id state);

#endif
