/*
 * Elliptic curves for key exchanges, as BearSSL wants them: its own X25519, and P-256, P-384 and P-521 on the field
 * arithmetic that checks signatures, too (crypto/prime_field.h).
 *
 * These are for secrets: how long they take, and which memory they touch, does not show the factor.
 */
#ifndef MPC_ECDHE_H
#define MPC_ECDHE_H

#include <bearssl.h>

/* .muladd is not there: signatures are checked elsewhere (crypto/ecdsa_verify.h). */
extern const br_ec_impl ecdhe_curves;

#endif
