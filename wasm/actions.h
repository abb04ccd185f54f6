/*
 * The actions of phases.def: what an event teaches, and what is said to it. None of them leads to another
 * state; where the row says RESULT what it returns decides, else that means nothing.
 */
#ifndef MPC_ACTIONS_H
#define MPC_ACTIONS_H

#include "conversation.h"

#define STATE(name, phase, limit)
#define ROW(state, happened, action, next) dialog_result on_##action(probe *p, const event *e);
#define PATH(state, condition, next)
#include "phases.def"
#undef STATE
#undef ROW
#undef PATH

/* Between the files of the actions. */
connection_end actions_end_of(const event *e);
/* What a line of the server means to the dialog. */
dialog_result actions_read_line(probe *p, const event *e);
/* The server's first line. */
void actions_remember_greeting(outcome *o, const uint8_t *text, size_t len);

#endif
