#include "crypto/ecdhe.h"

#include "base/wipe.h"
#include "crypto/point_sum.h"

#include <string.h>

/* Projective coordinates, in Montgomery's form: x/z, y/z. At infinity z is 0. */
typedef struct {
	field_number x, y, z;
} projective;

enum { X1, Y1, Z1, X2, Y2, Z2, B, T0, T1, T2, T3, T4, T5, T6, T7, REGISTERS };

/*
 * Algorithm 4 of Renes, Costello and Batina, "Complete addition formulas for prime order elliptic curves" (2016): the
 * sum of any two points of a curve with a = -3, the same twice and the one at infinity included, without a question.
 */
static const field_step addition[] = {
	FIELD_PRODUCT(T0, X1, X2),
	FIELD_PRODUCT(T1, Y1, Y2),
	FIELD_PRODUCT(T2, Z1, Z2),
	FIELD_SUM(T3, 1, X1, 1, Y1),
	FIELD_SUM(T4, 1, X2, 1, Y2),
	FIELD_PRODUCT(T3, T3, T4),
	FIELD_SUM(T3, 1, T3, -1, T0),
	FIELD_SUM(T3, 1, T3, -1, T1),
	FIELD_SUM(T4, 1, Y1, 1, Z1),
	FIELD_SUM(T5, 1, Y2, 1, Z2),
	FIELD_PRODUCT(T4, T4, T5),
	FIELD_SUM(T4, 1, T4, -1, T1),
	FIELD_SUM(T4, 1, T4, -1, T2),
	FIELD_SUM(T5, 1, X1, 1, Z1),
	FIELD_SUM(T6, 1, X2, 1, Z2),
	FIELD_PRODUCT(T5, T5, T6),
	FIELD_SUM(T5, 1, T5, -1, T0),
	FIELD_SUM(T5, 1, T5, -1, T2),
	FIELD_PRODUCT(T7, B, T2),
	FIELD_SUM(T7, 3, T5, -3, T7),
	FIELD_SUM(T6, 1, T1, -1, T7),
	FIELD_SUM(T7, 1, T1, 1, T7),
	FIELD_PRODUCT(T5, B, T5),
	FIELD_SUM(T5, 1, T5, -3, T2),
	FIELD_SUM(T5, 3, T5, -3, T0),
	FIELD_SUM(T0, 3, T0, -3, T2),
	FIELD_PRODUCT(T1, T0, T5),
	FIELD_PRODUCT(Y1, T7, T6),
	FIELD_SUM(Y1, 1, Y1, 1, T1),
	FIELD_PRODUCT(T1, T4, T5),
	FIELD_PRODUCT(X1, T3, T7),
	FIELD_SUM(X1, 1, X1, -1, T1),
	FIELD_PRODUCT(T1, T3, T0),
	FIELD_PRODUCT(Z1, T4, T6),
	FIELD_SUM(Z1, 1, Z1, 1, T1),
};

typedef struct {
	const prime_field *field;
	field_number work[REGISTERS - B];
	int32_t *registers[REGISTERS];
} calculation;

static void add(calculation *l, projective *sum, projective *point)
{
	int32_t *const named[] = { sum->x, sum->y, sum->z, point->x, point->y, point->z };

	memcpy(l->registers, named, sizeof named);
	field_run(l->field, addition, sizeof addition / sizeof addition[0], l->registers);
}

enum { WINDOW_BITS = 4, WINDOW = 1 << WINDOW_BITS };

/* Reads all of the table, to take one entry. */
static void choose(projective *out, const projective *table, unsigned index)
{
	int32_t *to = out->x;

	memset(out, 0, sizeof *out);
	for (unsigned i = 0; i < WINDOW; i++) {
		int32_t mask = -(int32_t)(((i ^ index) - 1) >> 31); /* all ones where they are the same */
		const int32_t *from = table[i].x;
		for (size_t k = 0; k < sizeof *out / sizeof *to; k++) {
			to[k] |= from[k] & mask;
		}
	}
}

_Static_assert(
	sizeof(projective) == 3 * sizeof(field_number), "coordinates do not lie side by side");

/* number^(p - 2): its inverse. The exponent is no secret. */
static void invert(const prime_field *f, int32_t *out, const int32_t *number)
{
	field_number power;
	int first = 1;

	memcpy(power, number, sizeof power);
	for (size_t bit = f->limbs * LIMB_BITS; bit-- > 0;) {
		int32_t limb = f->prime[bit / LIMB_BITS] - (bit < LIMB_BITS ? 2 : 0);
		int set = limb >> bit % LIMB_BITS & 1;
		if (!first) {
			f->square(power, power);
			if (set) {
				f->multiply(power, power, number);
			}
		}
		first &= !set;
	}
	memcpy(out, power, sizeof power);
}

/* A coordinate, out of Montgomery's form. Of what is a multiple of the prime that may be 0 or the prime; a point that
 * was multiplied has such a coordinate as often as a key is guessed. */
static void write_coordinate(const prime_field *f, uint8_t *out, size_t len, int32_t *number)
{
	static const field_number one = { 1 };

	f->multiply(number, number, one);
	limbs_write(out, len, number, f->limbs);
}

static void multiply(
	const curve *c, const point *p, const uint8_t *factor, size_t len, uint8_t *out)
{
	const prime_field *f = c->field;
	static const field_number one = { 1 };
	projective table[WINDOW], sum, chosen;
	calculation l;

	memset(&l, 0, sizeof l);
	l.field = f;
	for (int i = B; i < REGISTERS; i++) {
		l.registers[i] = l.work[i - B];
	}
	curve_constant(c, l.registers[B]);
	memset(table, 0, sizeof table);
	f->multiply(table[0].y, one, f->into);
	memcpy(table[1].x, p->x, sizeof p->x);
	memcpy(table[1].y, p->y, sizeof p->y);
	memcpy(table[1].z, p->z, sizeof p->z);
	for (int i = 2; i < WINDOW; i++) {
		table[i] = table[i - 1];
		add(&l, &table[i], &table[1]);
	}
	sum = table[0];
	for (size_t at = 0; at < 2 * len; at++) {
		for (int i = 0; i < WINDOW_BITS; i++) {
			add(&l, &sum, &sum);
		}
		choose(&chosen, table, factor[at / 2] >> (at % 2 == 0 ? WINDOW_BITS : 0) & (WINDOW - 1));
		add(&l, &sum, &chosen);
	}
	invert(f, sum.z, sum.z);
	f->multiply(sum.x, sum.x, sum.z);
	f->multiply(sum.y, sum.y, sum.z);
	out[0] = 4; /* uncompressed (SEC 1, 2.3.3) */
	write_coordinate(f, out + 1, c->bytes, sum.x);
	write_coordinate(f, out + 1 + c->bytes, c->bytes, sum.y);
	wipe(table, sizeof table);
	wipe(&sum, sizeof sum);
	wipe(&chosen, sizeof chosen);
	wipe(&l, sizeof l);
}

/* --- what BearSSL calls ----------------------------------------------------------------------------------- */

static const unsigned char *generator(int number, size_t *len)
{
	const curve *c = curve_by_number(number);

	if (c == NULL) {
		return br_ec_c25519_m31.generator(number, len);
	}
	*len = 1 + 2 * c->bytes;
	return c->generator;
}

static const unsigned char *order(int number, size_t *len)
{
	const curve *c = curve_by_number(number);

	if (c == NULL) {
		return br_ec_c25519_m31.order(number, len);
	}
	*len = c->bytes;
	return c->order;
}

static size_t xoff(int number, size_t *len)
{
	const curve *c = curve_by_number(number);

	if (c == NULL) {
		return br_ec_c25519_m31.xoff(number, len);
	}
	*len = c->bytes;
	return 1;
}

static uint32_t mul(unsigned char *encoded, size_t encoded_len, const unsigned char *factor,
	size_t factor_len, int number)
{
	const curve *c = curve_by_number(number);
	point p;

	if (c == NULL) {
		return br_ec_c25519_m31.mul(encoded, encoded_len, factor, factor_len, number);
	}
	if (point_read(c, (bytes){ encoded, encoded_len }, &p) != 0) {
		return 0;
	}
	multiply(c, &p, factor, factor_len, encoded);
	return 1;
}

static size_t mulgen(unsigned char *out, const unsigned char *factor, size_t factor_len, int number)
{
	size_t len;
	const unsigned char *g = generator(number, &len);

	memcpy(out, g, len);
	mul(out, len, factor, factor_len, number);
	return len;
}

const br_ec_impl ecdhe_curves = {
	1 << BR_EC_secp256r1 | 1 << BR_EC_secp384r1 | 1 << BR_EC_secp521r1 | 1 << BR_EC_curve25519,
	generator,
	order,
	xoff,
	mul,
	mulgen,
	NULL,
};
