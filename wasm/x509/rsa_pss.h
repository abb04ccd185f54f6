/* RSASSA-PSS (RFC 8017 8.1.2), as certificates and handshakes use it: MGF1 with the hash of the message. */
#ifndef MPC_RSA_PSS_H
#define MPC_RSA_PSS_H

#include "x509/public_key.h"

#include <bearssl.h>

/* 1 where this is the signature of a text with this digest, its salt being exactly so long. The key must be
 * usable (public_key_usable()). Everything here is public, so nothing hides how long it takes. */
int rsa_pss_verify(const br_hash_class *hash, const uint8_t *digest, size_t salt_len,
	bytes signature, const public_key *key);

#endif
