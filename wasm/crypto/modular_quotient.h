/*
 * Division modulo an odd number. The time it takes shows the numbers: for public ones only.
 */
#ifndef MPC_MODULAR_QUOTIENT_H
#define MPC_MODULAR_QUOTIENT_H

#include "crypto/prime_field.h"

enum { QUOTIENTS = 2 };

/* Divides each of the two numbers by the divisor. All are below the modulus, and the divisor has no factor in common
 * with it, which is not zero. */
void modular_quotients(
	field_number numbers[QUOTIENTS], const int32_t *divisor, const int32_t *modulus, size_t limbs);

#endif
