/* ECDSA (FIPS 186-5, 6.4.2). */
#ifndef MPC_ECDSA_VERIFY_H
#define MPC_ECDSA_VERIFY_H

#include "base/wire.h"

/*
 * Whether this is the signature, in DER (RFC 3279 2.2.3), of what was hashed: 1 or 0. The key is a point of a curve, which
 * is named by its number in TLS: P-256, P-384 or P-521.
 * The time it takes shows all that is given: signatures, keys and messages that everybody may know.
 */
int ecdsa_verify(int curve, bytes key, const uint8_t *digest, size_t len, bytes signature);

#endif
