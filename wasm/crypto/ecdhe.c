#include "crypto/ecdhe.h"

#include "base/wipe.h"
#include "crypto/point.h"

#include <string.h>

/* --- without a question about numbers ----------------------------------------------------------------------- */

/* Takes the other numbers where the mask is all ones, and none where it is 0. */
static void choose_limbs(int32_t *out, const int32_t *other, int32_t mask, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		out[i] ^= (out[i] ^ other[i]) & mask;
	}
}

static void negate(int32_t *number, int32_t mask)
{
	for (size_t i = 0; i < FIELD_LIMBS; i++) {
		number[i] = (number[i] ^ mask) - mask;
	}
}

static void set(point *to, const added_point *from)
{
	memcpy(to->x, from->x, sizeof to->x);
	memcpy(to->y, from->y, sizeof to->y);
	memcpy(to->z, from->z, sizeof to->z);
}

/*
 * A factor is written with digits of four bits, all of them odd and none of them zero, so that there is always something
 * to be added, and never nothing to add it to: where k is odd, windows of (k - 1)/2 + 2^(bits - 1), from 0 to 15, stand for
 * the digits -15, -13 … 15 (regular recoding: Joye and Tunstall, 2009).
 */
enum { WINDOW_BITS = 4, SIGN = ODD_MULTIPLES };

static unsigned window(const int32_t *number, size_t bit)
{
	const int32_t *limb = number + bit / LIMB_BITS;
	uint64_t both = (uint64_t)limb[1] << LIMB_BITS | (uint64_t)limb[0];

	return (unsigned)(both >> bit % LIMB_BITS) & ((1 << WINDOW_BITS) - 1);
}

/* Where the factor is even, takes the order's rest in its place: all ones then, else 0. */
static int32_t make_odd(const curve *c, int32_t *factor)
{
	size_t limbs = c->field->limbs;
	field_number rest;
	int32_t even = (factor[0] & 1) - 1;

	limbs_read(rest, limbs, c->order, c->bytes);
	limbs_sum(rest, rest, 1, factor, -1, limbs);
	choose_limbs(factor, rest, even, limbs);
	wipe(rest, sizeof rest);
	return even;
}

/* Reads all of the table, to take one entry, or its opposite. */
static void choose(added_point *out, const added_point *table, unsigned digit)
{
	enum { LIMBS_OF_POINT = sizeof *out / sizeof(int32_t) };
	int32_t negative = (int32_t)(digit / SIGN) - 1;
	unsigned index = (digit ^ (unsigned)negative) % SIGN;

	memset(out, 0, sizeof *out);
	for (unsigned i = 0; i < ODD_MULTIPLES; i++) {
		int32_t mask = -(int32_t)(((i ^ index) - 1) >> 31); /* all ones where they are the same */
		choose_limbs(out->x, table[i].x, mask, LIMBS_OF_POINT);
	}
	negate(out->y, negative);
}

_Static_assert(
	sizeof(added_point) == 5 * sizeof(field_number), "coordinates do not lie side by side");

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
	size_t bits = 8 * c->bytes;
	added_point table[ODD_MULTIPLES];
	struct {
		calculation l;
		added_point chosen;
		point sum, twice;
		field_number inverse, square;
		int32_t factor[FIELD_LIMBS + 1]; /* where the highest window ends */
	} s;

	calculation_begin(&s.l, c);
	point_odd_multiples(&s.l, table, p);
	memset(s.factor, 0, sizeof s.factor);
	limbs_read(s.factor, f->limbs, factor, len);
	int32_t even = make_odd(c, s.factor);
	s.factor[bits / LIMB_BITS] |= 1 << bits % LIMB_BITS;
	memset(&s.sum, 0, sizeof s.sum);
	for (size_t at = bits; at > 0;) {
		at -= WINDOW_BITS;
		for (int i = 0; i < WINDOW_BITS; i++) {
			point_double(&s.l, &s.sum);
		}
		choose(&s.chosen, table, window(s.factor, at + 1));
		if (at == bits - WINDOW_BITS) {
			set(&s.sum, &s.chosen);
		} else {
			point_add_another(&s.l, &s.sum, &s.chosen);
		}
	}
	/* With one factor of each curve what is added last is the sum so far. */
	set(&s.twice, &s.chosen);
	point_double(&s.l, &s.twice);
	choose_limbs(s.sum.x, s.twice.x, field_is_zero(f, s.sum.z), 3 * FIELD_LIMBS);
	negate(s.sum.y, even);
	invert(f, s.inverse, s.sum.z);
	f->square(s.square, s.inverse);
	f->multiply(s.sum.x, s.sum.x, s.square);
	f->multiply(s.square, s.square, s.inverse);
	f->multiply(s.sum.y, s.sum.y, s.square);
	out[0] = 4; /* uncompressed (SEC 1, 2.3.3) */
	write_coordinate(f, out + 1, c->bytes, s.sum.x);
	write_coordinate(f, out + 1 + c->bytes, c->bytes, s.sum.y);
	wipe(&s, sizeof s);
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
