/*
 * What a list of capabilities tells once it is complete: not the action of an event, but of a state that has
 * ended well.
 */
#ifndef MPC_ACTIONS_CAPABILITIES_H
#define MPC_ACTIONS_CAPABILITIES_H

#include "conversation.h"

void actions_note_capabilities(probe *p);
void actions_note_capabilities_after_starttls(probe *p);

#endif
