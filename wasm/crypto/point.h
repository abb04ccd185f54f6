/*
 * Points of the curves (crypto/curves.h), and what sums of them are made of. The time that these take shows the points, but
 * for what says that it does not.
 */
#ifndef MPC_POINT_H
#define MPC_POINT_H

#include "base/wire.h"
#include "crypto/curves.h"

/* Jacobian coordinates, in Montgomery's form: x/z², y/z³. */
typedef struct {
	field_number x, y, z;
	int infinite;
} point;

/* One that is added to others, with the powers of z that this takes. */
typedef struct {
	field_number x, y, zz, zzz, z;
} added_point;

enum { ODD_MULTIPLES = 8, POINT_REGISTERS = 14, POINT_WORK = 6 };

typedef struct {
	const curve *curve;
	field_number work[POINT_WORK];
	int32_t *registers[POINT_REGISTERS];
} calculation;

void calculation_begin(calculation *l, const curve *c);

/* An uncompressed point (SEC 1, 2.3.4): 0, or -1 where it is none of this curve, or the one at infinity. */
int point_read(const curve *c, bytes encoded, point *out);

/* 1, 3, 5 … times a point, ODD_MULTIPLES of them. */
void point_odd_multiples(calculation *l, added_point *out, const point *p);

/* Adds p, or its opposite. */
void point_add(calculation *l, point *sum, added_point *p, int negative);

/* The time that these two take shows nothing. None may be infinite, and for the second they are neither the same nor
 * opposites: where they are, z becomes a multiple of the prime. */
void point_double(calculation *l, point *p);
void point_add_another(calculation *l, point *sum, added_point *p);

#endif
