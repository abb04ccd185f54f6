/*
 * Whether a password may be said at all, and how. Whatever the caller asks: only within TLS whose certificate
 * passed every check, and only where nothing was found on the way there (RFC 8314 4.1, 5.5).
 */
#ifndef MPC_ACTIONS_SIGN_IN_H
#define MPC_ACTIONS_SIGN_IN_H

#include "conversation.h"

/* The capabilities are known that count: chooses the way, or adds the finding that says why there is none. */
void actions_choose_sign_in(probe *p);

#endif
