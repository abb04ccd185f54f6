/* The curves P-256, P-384 and P-521 (SP 800-186): y² = x³ - 3x + b. */
#ifndef MPC_CURVES_H
#define MPC_CURVES_H

#include "crypto/prime_field.h"

typedef struct {
	const prime_field *field;
	size_t bytes; /* of a coordinate, and of the order */
	int number;   /* of the group in TLS */
	const uint8_t *order;
	const uint8_t *generator; /* uncompressed (SEC 1, 2.3.3) */
} curve;

/* NULL for another curve than these. */
const curve *curve_by_number(int number);

#endif
