/* RSA's public operation, and signatures of PKCS #1 version 1.5 (RFC 8017). */
#ifndef MPC_RSA_PUBLIC_H
#define MPC_RSA_PUBLIC_H

#include "base/wire.h"

/* Both without leading zeros. */
typedef struct {
	bytes modulus;
	bytes exponent;
} rsa_key;

/*
 * RSAVP1 (RFC 8017 5.2.2) of a number as long as the modulus, in its place: 0, or -1 where it is not below the modulus,
 * or the key is none: too large, even, or with an exponent that is even or 1. The time it takes shows the number and
 * the key: for signatures.
 */
int rsa_public(uint8_t *number, size_t len, const rsa_key *key);

/* RSAEP (RFC 8017 5.1.1): the same, in a time that does not show the number, of which the first byte is zero. */
int rsa_encrypt(uint8_t *number, size_t len, const rsa_key *key);

/*
 * The hash that was signed (RFC 8017 8.2.2). `oid` is its algorithm's, after its length; NULL for what TLS below 1.2 signs.
 * 1 or 0, as BearSSL's functions do.
 */
int rsa_pkcs1_recover(
	bytes signature, const uint8_t *oid, uint8_t *digest, size_t digest_len, const rsa_key *key);

#endif
