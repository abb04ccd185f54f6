/*
 * Points of the curves (crypto/curves.h), and a·G + b·Q of them, which is what checking an ECDSA signature
 * takes. The time it takes shows the points and the factors: for public ones only, never for keys of ours (crypto/ecdhe.h).
 */
#ifndef MPC_POINT_SUM_H
#define MPC_POINT_SUM_H

#include "base/wire.h"
#include "crypto/curves.h"

/* Jacobian coordinates, in Montgomery's form: x/z², y/z³. */
typedef struct {
	field_number x, y, z;
	int infinite;
} point;

/* b of its equation y² = x³ - 3x + b, in Montgomery's form. */
void curve_constant(const curve *c, int32_t *out);

/* An uncompressed point (SEC 1, 2.3.4): 0, or -1 where it is none of this curve, or the one at infinity. */
int point_read(const curve *c, bytes encoded, point *out);

/* Factors are plain numbers up to the order. */
void point_sum(const curve *c, const int32_t *a, const point *q, const int32_t *b, point *out);

/* The point's x-coordinate is this number, below the order, modulo the order. */
int point_has_x(const curve *c, const point *p, const int32_t *x, const int32_t *order);

#endif
