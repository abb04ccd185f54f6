/*
 * a·G + b·Q of points, which is what checking an ECDSA signature takes. The time it takes shows the points and the
 * factors: for public ones only, never for keys of ours (crypto/ecdhe.h).
 */
#ifndef MPC_POINT_SUM_H
#define MPC_POINT_SUM_H

#include "crypto/point.h"

/* Factors are plain numbers up to the order. */
void point_sum(const curve *c, const int32_t *a, const point *q, const int32_t *b, point *out);

/* The point's x-coordinate is this number, below the order, modulo the order. */
int point_has_x(const curve *c, const point *p, const int32_t *x, const int32_t *order);

#endif
