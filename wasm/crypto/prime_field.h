/*
 * Arithmetic modulo the primes of P-256, P-384 and P-521 (SP 800-186), for multipliers of 32 × 32 → 64 bits: limbs of 28
 * bits (limbs.h), in Montgomery's form. None of it branches on numbers or looks anything up by them.
 *
 * Nothing is reduced but products: those are between -p and 2p, where both factors are between -16p and 16p. The limbs
 * of all results are from 0 to 2^28, but for the last, which has the sign.
 */
#ifndef MPC_PRIME_FIELD_H
#define MPC_PRIME_FIELD_H

#include "crypto/limbs.h"

enum { FIELD_LIMBS = 19 };

typedef int32_t field_number[FIELD_LIMBS];

typedef struct {
	size_t limbs; /* that are used, from the lowest */
	void (*multiply)(int32_t *out, const int32_t *a, const int32_t *b);
	void (*square)(int32_t *out, const int32_t *a);
	field_number prime;
	field_number
		into; /* the product with it is Montgomery's form of a number; with a plain 1, the number again */
} prime_field;

extern const prime_field field_p256, field_p384, field_p521;

/* One step of a calculation that is written as a list: a product, or a · times_a + b · times_b, the times below 16. */
typedef struct {
	uint8_t out, a, b; /* registers */
	int8_t times_a, times_b;
} field_step;

#define FIELD_PRODUCT(out, a, b)                                                                   \
	{                                                                                              \
		out, a, b, 0, 0                                                                            \
	}
#define FIELD_SUM(out, times_a, a, times_b, b)                                                     \
	{                                                                                              \
		out, a, b, times_a, times_b                                                                \
	}

/* Registers are named by where their numbers lie, which may overlap. */
void field_run(
	const prime_field *f, const field_step *steps, size_t count, int32_t *const *registers);

/* All ones for a multiple of p between -16p and 16p, else 0. */
int32_t field_is_zero(const prime_field *f, const int32_t *number);

#endif
