#include "crypto/point.h"

#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* --- formulas -------------------------------------------------------------------------------------------- */

/* The sum so far, what is added to it, and what is worked with. */
enum { X, Y, Z, ADDED_X, ADDED_Y, ADDED_ZZ, ADDED_ZZZ, ADDED_Z, A, B, C, D, E, F, REGISTERS };

/* dbl-2001-b of the Explicit-Formulas Database: a = -3 */
static const field_step doubling[] = {
	FIELD_PRODUCT(A, Z, Z),
	FIELD_PRODUCT(B, Y, Y),
	FIELD_PRODUCT(C, X, B),
	FIELD_SUM(D, 1, X, -1, A),
	FIELD_SUM(E, 1, X, 1, A),
	FIELD_PRODUCT(D, D, E),
	FIELD_SUM(D, 1, D, 2, D),
	FIELD_SUM(Z, 1, Y, 1, Z),
	FIELD_PRODUCT(Z, Z, Z),
	FIELD_SUM(Z, 1, Z, -1, A),
	FIELD_SUM(Z, 1, Z, -1, B),
	FIELD_PRODUCT(X, D, D),
	FIELD_SUM(X, 1, X, -8, C),
	FIELD_SUM(C, 4, C, -1, X),
	FIELD_PRODUCT(C, C, D),
	FIELD_PRODUCT(B, B, B),
	FIELD_SUM(Y, 1, C, -8, B),
};

/* add-1998-cmo-2, for points that are neither the same nor opposites: that shows in A, and then in B */
static const field_step difference[] = {
	FIELD_PRODUCT(C, Z, Z),
	FIELD_PRODUCT(A, ADDED_X, C),
	FIELD_PRODUCT(C, C, Z),
	FIELD_PRODUCT(B, ADDED_Y, C),
	FIELD_PRODUCT(C, X, ADDED_ZZ),
	FIELD_PRODUCT(D, Y, ADDED_ZZZ),
	FIELD_SUM(A, 1, A, -1, C),
};
static const field_step minus[] = {
	FIELD_SUM(B, 1, B, -1, D),
	FIELD_SUM(B, -1, B, -1, D),
};
static const field_step addition[] = {
	FIELD_PRODUCT(E, A, A),
	FIELD_PRODUCT(C, C, E),
	FIELD_PRODUCT(E, E, A),
	FIELD_PRODUCT(X, B, B),
	FIELD_SUM(X, 1, X, -1, E),
	FIELD_SUM(X, 1, X, -2, C),
	FIELD_SUM(C, 1, C, -1, X),
	FIELD_PRODUCT(C, C, B),
	FIELD_PRODUCT(D, D, E),
	FIELD_SUM(Y, 1, C, -1, D),
	FIELD_PRODUCT(Z, Z, A),
	FIELD_PRODUCT(Z, Z, ADDED_Z),
};

static const field_step powers_of_z[] = {
	FIELD_PRODUCT(ADDED_ZZ, ADDED_Z, ADDED_Z),
	FIELD_PRODUCT(ADDED_ZZZ, ADDED_ZZ, ADDED_Z),
};

/* y² - x³ + 3x: the same for all points of a curve */
static const field_step equation[] = {
	FIELD_PRODUCT(A, X, X),
	FIELD_PRODUCT(A, A, X),
	FIELD_PRODUCT(B, Y, Y),
	FIELD_SUM(B, 1, B, 3, X),
	FIELD_SUM(A, 1, B, -1, A),
};

/* --- points ---------------------------------------------------------------------------------------------- */

_Static_assert((int)REGISTERS == POINT_REGISTERS && REGISTERS - A == POINT_WORK, "as point.h says");

#define RUN(calculation, steps)                                                                    \
	field_run((calculation)->curve->field, steps, COUNT(steps), (calculation)->registers)

static void set_sum(calculation *l, point *p)
{
	l->registers[X] = p->x;
	l->registers[Y] = p->y;
	l->registers[Z] = p->z;
}

static void set_added(calculation *l, added_point *p)
{
	l->registers[ADDED_X] = p->x;
	l->registers[ADDED_Y] = p->y;
	l->registers[ADDED_ZZ] = p->zz;
	l->registers[ADDED_ZZZ] = p->zzz;
	l->registers[ADDED_Z] = p->z;
}

void calculation_begin(calculation *l, const curve *c)
{
	memset(l, 0, sizeof *l);
	l->curve = c;
	for (int i = A; i < REGISTERS; i++) {
		l->registers[i] = l->work[i - A];
	}
}

void point_double(calculation *l, point *p)
{
	set_sum(l, p);
	RUN(l, doubling);
}

void point_add_another(calculation *l, point *sum, added_point *p)
{
	set_sum(l, sum);
	set_added(l, p);
	RUN(l, difference);
	field_run(l->curve->field, &minus[0], 1, l->registers);
	RUN(l, addition);
}

/* The lowest limb of k·p is -k: nearly no other number has to be looked at more closely. */
static int may_be_zero(const int32_t *number)
{
	return ((number[0] + 16) & LIMB_MASK) <= 32;
}

void point_add(calculation *l, point *sum, added_point *p, int negative)
{
	const prime_field *f = l->curve->field;

	set_sum(l, sum);
	set_added(l, p);
	if (sum->infinite) {
		static const field_step copy[][3] = {
			{ FIELD_SUM(X, 1, ADDED_X, 0, A), FIELD_SUM(Y, 1, ADDED_Y, 0, A),
				FIELD_SUM(Z, 1, ADDED_Z, 0, A) },
			{ FIELD_SUM(X, 1, ADDED_X, 0, A), FIELD_SUM(Y, -1, ADDED_Y, 0, A),
				FIELD_SUM(Z, 1, ADDED_Z, 0, A) },
		};
		RUN(l, copy[negative]);
		sum->infinite = 0;
		return;
	}
	RUN(l, difference);
	field_run(f, &minus[negative], 1, l->registers);
	if (may_be_zero(l->work[0]) && field_is_zero(f, l->work[0])) {
		if (field_is_zero(f, l->work[1])) {
			RUN(l, doubling);
		} else {
			sum->infinite = 1;
		}
		return;
	}
	RUN(l, addition);
}

/* Reads coordinates, and what the equation makes of them. */
static int read_coordinates(const curve *c, const uint8_t *coordinates, point *out, int32_t *value)
{
	const prime_field *f = c->field;
	int32_t *const both[] = { out->x, out->y };
	calculation l;

	memset(out, 0, sizeof *out);
	for (size_t i = 0; i < COUNT(both); i++) {
		limbs_read(both[i], f->limbs, coordinates + i * c->bytes, c->bytes);
		if (limbs_compare(both[i], f->prime, f->limbs) >= 0) {
			return -1;
		}
		f->multiply(both[i], both[i], f->into);
	}
	calculation_begin(&l, c);
	set_sum(&l, out);
	RUN(&l, equation);
	memcpy(value, l.work[0], sizeof l.work[0]);
	return 0;
}

int point_read(const curve *c, bytes encoded, point *out)
{
	static const field_number one = { 1 };
	const prime_field *f = c->field;
	field_number value, constant;
	point g;

	if (encoded.len != 1 + 2 * c->bytes || encoded.p[0] != c->generator[0]
		|| read_coordinates(c, encoded.p + 1, out, value) != 0) {
		return -1;
	}
	read_coordinates(c, c->generator + 1, &g, constant);
	limbs_sum(value, value, 1, constant, -1, f->limbs);
	if (!field_is_zero(f, value)) {
		return -1;
	}
	f->multiply(out->z, one, f->into);
	return 0;
}

static void make_added(calculation *l, added_point *out, const point *p)
{
	memcpy(out->x, p->x, sizeof out->x);
	memcpy(out->y, p->y, sizeof out->y);
	memcpy(out->z, p->z, sizeof out->z);
	set_added(l, out);
	RUN(l, powers_of_z);
}

void point_odd_multiples(calculation *l, added_point *out, const point *p)
{
	point now = *p;
	added_point twice;

	point_double(l, &now);
	make_added(l, &twice, &now);
	now = *p;
	make_added(l, &out[0], &now);
	for (int i = 1; i < ODD_MULTIPLES; i++) {
		point_add(l, &now, &twice, 0);
		make_added(l, &out[i], &now);
	}
}
