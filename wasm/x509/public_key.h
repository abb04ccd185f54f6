/* The key of a certificate (RFC 5280 4.1.2.7). All pointers go into the caller's DER. */
#ifndef MPC_PUBLIC_KEY_H
#define MPC_PUBLIC_KEY_H

#include "crypto/rsa_public.h"
#include "x509/rsa_pss_parameters.h"

typedef enum { KEY_UNKNOWN, KEY_RSA, KEY_EC, KEY_ED25519, KEY_ED448, KEY_RSA_PSS } key_kind;

typedef struct {
	key_kind kind;
	bytes algorithm;   /* object identifier */
	unsigned bits;     /* RSA, RSA-PSS: of the modulus; EC: of the field, 0 for an unknown curve */
	rsa_key rsa;       /* RSA, RSA-PSS */
	int curve;         /* EC: number of the group in TLS, 0 when we cannot use it */
	const char *named; /* EC: the curve's usual name, NULL where it has none here */
	bytes point;       /* EC, Ed25519 */
	int pss_only;      /* RSA-PSS: with these parameters alone (RFC 4055 1.2) … */
	rsa_pss_parameters pss;
} public_key;

/* Reads a SubjectPublicKeyInfo, header included: 0 or -1 where it is malformed. */
int public_key_read(public_key *key, bytes spki);

/* A key that can check signatures here: an RSA key of limits.h, or one on a curve that we know. */
int public_key_usable(const public_key *key);

#endif
