/* The certificates that a server sent. */
#ifndef MPC_CHAIN_H
#define MPC_CHAIN_H

#include "base/limits.h"
#include "x509/certificate.h"

/* A chain as it was received, end-entity first. */
typedef struct {
	certificate list[LIMIT_CERTIFICATES];
	int readable[LIMIT_CERTIFICATES]; /* certificate_read() understood it */
	size_t count;
	size_t dropped; /* sent, but past LIMIT_CERTIFICATES or LIMIT_CHAIN */
} chain;

#endif
