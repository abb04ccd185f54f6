/* ECDSA (FIPS 186-5, 6.4.2). */
#ifndef MPC_ECDSA_VERIFY_H
#define MPC_ECDSA_VERIFY_H

#include "x509/public_key.h"

/*
 * Whether this is the signature, in DER (RFC 3279 2.2.3), of what was hashed: 1 or 0. The key is usable (public_key.h).
 * The time it takes shows all that is given: signatures, keys and messages that everybody may know.
 */
int ecdsa_verify(const public_key *key, const uint8_t *digest, size_t len, bytes signature);

#endif
