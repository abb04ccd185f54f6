/*
 * Rules of a well-made certificate (RFC 5280, CA/Browser Forum) that do not decide whom it identifies,
 * but on which strict programs insist. Every public authority keeps them; home-made ones may not.
 */
#ifndef MPC_PROFILE_H
#define MPC_PROFILE_H

#include "x509/faults.h"

/* Adds each rule that a certificate breaks. `as_issuer`: it stands above another one in a path. */
void profile_check(const certificate *c, int as_issuer, faults *out);

#endif
