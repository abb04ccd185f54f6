#include "crypto/point_sum.h"

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

typedef struct {
	field_number x, y, zz, zzz, z;
} added_point;

typedef struct {
	const curve *curve;
	field_number work[REGISTERS - A];
	int32_t *registers[REGISTERS];
} calculation;

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

static void begin(calculation *l, const curve *c)
{
	l->curve = c;
	for (int i = A; i < REGISTERS; i++) {
		l->registers[i] = l->work[i - A];
	}
}

/* A number between -16p and 16p is a multiple of p. */
static int is_zero(const curve *c, const int32_t *number)
{
	static const field_number zero, one = { 1 };
	field_number reduced;

	c->field->multiply(reduced, number, one); /* from 0 to p */
	return limbs_compare(reduced, zero, c->field->limbs) == 0
		|| limbs_compare(reduced, c->field->prime, c->field->limbs) == 0;
}

/* The lowest limb of k·p is -k: nearly no other number has to be looked at more closely. */
static int may_be_zero(const int32_t *number)
{
	return ((number[0] + 16) & LIMB_MASK) <= 32;
}

static void add(calculation *l, point *sum, added_point *p, int negative)
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
	if (may_be_zero(l->work[0]) && is_zero(l->curve, l->work[0])) {
		if (is_zero(l->curve, l->work[1])) {
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
	memset(&l, 0, sizeof l);
	for (size_t i = 0; i < COUNT(both); i++) {
		limbs_read(both[i], f->limbs, coordinates + i * c->bytes, c->bytes);
		if (limbs_compare(both[i], f->prime, f->limbs) >= 0) {
			return -1;
		}
		f->multiply(both[i], both[i], f->into);
	}
	begin(&l, c);
	set_sum(&l, out);
	RUN(&l, equation);
	memcpy(value, l.work[0], sizeof l.work[0]);
	return 0;
}

static bytes generator(const curve *c)
{
	return (bytes){ c->generator, 1 + 2 * c->bytes };
}

void curve_constant(const curve *c, int32_t *out)
{
	point g;

	read_coordinates(c, c->generator + 1, &g, out);
}

int point_read(const curve *c, bytes encoded, point *out)
{
	static const field_number one = { 1 };
	const prime_field *f = c->field;
	field_number value, constant;

	if (encoded.len != 1 + 2 * c->bytes || encoded.p[0] != c->generator[0]
		|| read_coordinates(c, encoded.p + 1, out, value) != 0) {
		return -1;
	}
	curve_constant(c, constant);
	limbs_sum(value, value, 1, constant, -1, f->limbs);
	if (!is_zero(c, value)) {
		return -1;
	}
	f->multiply(out->z, one, f->into);
	return 0;
}

/* --- the sum --------------------------------------------------------------------------------------------- */

/* Factors are written with digits that are zero or odd and below 2^(WINDOW - 1), most of them zero (wNAF). */
enum { WINDOW = 5, ODD_MULTIPLES = 1 << (WINDOW - 2), DIGITS = 521 + 1 };

static unsigned bit(const int32_t *number, size_t limbs, size_t at)
{
	return at / LIMB_BITS < limbs ? (unsigned)number[at / LIMB_BITS] >> at % LIMB_BITS & 1 : 0;
}

static void write_digits(int8_t *digits, const int32_t *number, size_t limbs)
{
	unsigned carry = 0;

	memset(digits, 0, DIGITS);
	for (size_t at = 0; at < DIGITS;) {
		if (bit(number, limbs, at) == carry) {
			at++;
			continue;
		}
		unsigned window = carry;
		for (size_t i = 0; i < WINDOW; i++) {
			window += bit(number, limbs, at + i) << i;
		}
		carry = window >> (WINDOW - 1) & 1;
		digits[at] = (int8_t)((int)window - (int)(carry << WINDOW));
		at += WINDOW;
	}
}

/* 1, 3, 5 … times a point */
static void multiples(calculation *l, added_point *out, const point *p)
{
	point twice = *p;
	added_point step;

	set_sum(l, &twice);
	RUN(l, doubling);
	memcpy(step.x, twice.x, sizeof step.x);
	memcpy(step.y, twice.y, sizeof step.y);
	memcpy(step.z, twice.z, sizeof step.z);
	set_added(l, &step);
	RUN(l, powers_of_z);
	point now = *p;
	for (int i = 0; i < ODD_MULTIPLES; i++) {
		if (i > 0) {
			add(l, &now, &step, 0);
		}
		memcpy(out[i].x, now.x, sizeof out[i].x);
		memcpy(out[i].y, now.y, sizeof out[i].y);
		memcpy(out[i].z, now.z, sizeof out[i].z);
		set_added(l, &out[i]);
		RUN(l, powers_of_z);
	}
}

void point_sum(const curve *c, const int32_t *a, const point *q, const int32_t *b, point *out)
{
	const int32_t *factors[2] = { a, b };
	added_point odd[2][ODD_MULTIPLES];
	int8_t digits[2][DIGITS];
	calculation l;
	point g;

	memset(&l, 0, sizeof l);
	begin(&l, c);
	point_read(c, generator(c), &g);
	multiples(&l, odd[0], &g);
	multiples(&l, odd[1], q);
	for (int i = 0; i < 2; i++) {
		write_digits(digits[i], factors[i], c->field->limbs);
	}
	memset(out, 0, sizeof *out);
	out->infinite = 1;
	for (size_t at = DIGITS; at-- > 0;) {
		set_sum(&l, out);
		if (!out->infinite) {
			RUN(&l, doubling);
		}
		for (int i = 0; i < 2; i++) {
			int digit = digits[i][at];
			if (digit != 0) {
				add(&l, out, &odd[i][(digit < 0 ? -digit : digit) / 2], digit < 0);
			}
		}
	}
}

int point_has_x(const curve *c, const point *p, const int32_t *x, const int32_t *order)
{
	const prime_field *f = c->field;
	/* Of two numbers below the prime, one the order more than the other, it may be either. */
	enum { OF_POINT, ZZ, ASKED, PLAIN, ORDER, INTO, COUNT_OF };
	static const field_step scale[] = {
		FIELD_PRODUCT(ASKED, PLAIN, INTO),
		FIELD_PRODUCT(ASKED, ASKED, ZZ),
		FIELD_SUM(ASKED, 1, ASKED, -1, OF_POINT),
	};
	static const field_step next = FIELD_SUM(PLAIN, 1, PLAIN, 1, ORDER);
	field_number zz, asked, plain;
	int32_t *registers[COUNT_OF] = { (int32_t *)p->x, zz, asked, plain, (int32_t *)order,
		(int32_t *)f->into };

	if (p->infinite) {
		return 0;
	}
	f->square(zz, p->z);
	memcpy(plain, x, sizeof plain);
	while (limbs_compare(plain, f->prime, f->limbs) < 0) {
		field_run(f, scale, COUNT(scale), registers);
		if (is_zero(c, asked)) {
			return 1;
		}
		field_run(f, &next, 1, registers);
	}
	return 0;
}
