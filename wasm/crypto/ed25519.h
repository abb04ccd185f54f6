/* Ed25519 (RFC 8032 5.1), as certificates (RFC 8410) and handshakes use it. */
#ifndef MPC_ED25519_H
#define MPC_ED25519_H

#include "base/wire.h"

enum { ED25519_KEY = 32, ED25519_SIGNATURE = 64 };

/* 1 where this is the key's signature of the text. Everything here is public, so nothing hides how long it takes.
 * A key of small order has signed nothing: with it anybody could. */
int ed25519_verify(bytes text, bytes signature, bytes key);

#endif
