/* Signs with Ed25519 (RFC 8032 5.1.6), for servers of the tests. */
#ifndef MPC_ED25519_SIGN_H
#define MPC_ED25519_SIGN_H

#include "base/wire.h"

/* `secret` has 32 bytes. */
void ed25519_sign(const uint8_t *secret, bytes text, uint8_t signature[64]);

/* The secret of a private key as certificates.py writes it (RFC 8410 7); NULL where it is none of Ed25519. */
const uint8_t *ed25519_secret(bytes der);

#endif
