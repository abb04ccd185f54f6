/*
 * The curve of Ed25519 (RFC 7748 4.1, RFC 8032 5.1): its points, and the numbers that they are multiplied with. For
 * public data only: how long it takes shows what it was given.
 */
#ifndef MPC_EDWARDS25519_H
#define MPC_EDWARDS25519_H

#include <stdint.h>

/* A number modulo 2^255 - 19, in limbs of 26 and 25 bits by turns. */
typedef int32_t edwards25519_field[10];

/* Extended coordinates (RFC 8032 5.1.4). */
typedef struct {
	edwards25519_field x, y, z, t;
} edwards25519;

/* A number in 32 bytes, the lowest first, as all of them are here. */
typedef uint8_t edwards25519_number[32];

/* 0, or -1 where the bytes are no point, or not the shortest way to write one (RFC 8032 5.1.3). */
int edwards25519_decode(edwards25519 *p, const edwards25519_number encoded);
void edwards25519_encode(edwards25519_number out, const edwards25519 *p);
void edwards25519_negate(edwards25519 *p);
/* It is one of the eight points with which every product is one of them again. */
int edwards25519_small_order(const edwards25519 *p);
/* s B + k p, B being the base point. */
void edwards25519_multiply(edwards25519 *out, const edwards25519_number s, const edwards25519 *p,
	const edwards25519_number k);

/* … modulo L, the order of B. */
void edwards25519_reduce(edwards25519_number out, const uint8_t wide[64]);
/* It is below L. */
int edwards25519_reduced(const edwards25519_number n);

#endif
