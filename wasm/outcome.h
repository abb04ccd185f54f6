/*
 * What a probe has learned, for its report.
 */
#ifndef MPC_OUTCOME_H
#define MPC_OUTCOME_H

#include "base/findings.h"
#include "dialog/capabilities.h"
#include "handshake.h"
#include "transcript.h"

typedef struct {
	uint8_t greeting[LIMIT_QUOTE]; /* the server's first line */
	size_t greeting_len;
	capabilities before; /* TLS */
	capabilities after;
	handshake_facts tls;
	findings findings;
	transcript transcript;
} outcome;

#endif
