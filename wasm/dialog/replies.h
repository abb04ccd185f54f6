/*
 * The cause of a refusal, by the table of replies.def.
 */
#ifndef MPC_REPLIES_H
#define MPC_REPLIES_H

#include "base/tables.h"

/*
 * `status`: SMTP's three digits, or the word that refused; `text`: the whole reply; `client_name`: what
 * we said after EHLO, or NULL. DIAG_COUNT where the table has no row: then it is no refusal that matters.
 */
diagnosis_id reply_cause(protocol_id protocol, phase_id phase, const char *status,
	const uint8_t *text, size_t len, const char *client_name);

#endif
