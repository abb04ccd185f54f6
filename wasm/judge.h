/*
 * Judges a recorded chain of certificates for one server name at one time: one question after the
 * other, each answered on its own, so that everything that is wrong is found and not only the first
 * fault. Works on a chain as it was sent: misordered, repeated and foreign certificates are sorted
 * out first (RFC 5280 section 6, RFC 9525).
 */
#ifndef MPC_JUDGE_H
#define MPC_JUDGE_H

#include "anchors.h"
#include "findings.h"
#include "limits.h"

/* A chain as it was received, end-entity first. */
typedef struct {
	certificate list[LIMIT_CERTIFICATES];
	int readable[LIMIT_CERTIFICATES]; /* certificate_read() understood it */
	size_t count;
	size_t dropped; /* sent, but past LIMIT_CERTIFICATES or LIMIT_CHAIN */
} chain;

/*
 * Adds what is wrong to `out` and returns whether every mail app, the strict ones included, may trust
 * this chain for `host`: 0 also where a finding is only a note (certificate-out-of-profile,
 * certificate-incomplete-chain). Does at most LIMIT_VERIFICATIONS signature checks.
 */
int judge_chain(
	const chain *c, const char *host, int64_t unix_time, const anchors *roots, findings *out);

#endif
