/* What a CA may allow its children to be called (RFC 5280 4.2.1.10). */
#ifndef MPC_NAME_CONSTRAINTS_H
#define MPC_NAME_CONSTRAINTS_H

#include "x509/certificate.h"

/* Why a certificate's names are not what a CA may vouch for. */
typedef enum { NAMES_ALLOWED, NAMES_FORBIDDEN, NAMES_UNDECIDED, NAMES_TOO_MANY } names_verdict;

/*
 * `constraints`: contents of a NameConstraints. UNDECIDED where a kind of name is constrained that
 * the core cannot compare, or the constraints are malformed. Each comparison is taken off `work`
 * (LIMIT_JUDGEMENT_NS), which may end a little below zero; TOO_MANY once nothing is left of it.
 */
names_verdict name_constraints_check(const certificate *c, bytes constraints, int64_t *work);

/* A host among the constraints begins with a dot: obeyed by most, forbidden by RFC 5280 4.2.1.10. */
int name_constraints_odd(bytes constraints);

#endif
