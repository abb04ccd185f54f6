#include "crypto/point_sum.h"

#include <string.h>

/* Factors are written with digits that are zero or odd and below 2^(WINDOW - 1), most of them zero (wNAF). */
enum { WINDOW = 5, DIGITS = 521 + 1 };

_Static_assert(ODD_MULTIPLES == 1 << (WINDOW - 2), "not the digits that there can be");

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

void point_sum(const curve *c, const int32_t *a, const point *q, const int32_t *b, point *out)
{
	const int32_t *factors[2] = { a, b };
	added_point odd[2][ODD_MULTIPLES];
	int8_t digits[2][DIGITS];
	calculation l;
	point g;

	calculation_begin(&l, c);
	point_read(c, (bytes){ c->generator, 1 + 2 * c->bytes }, &g);
	point_odd_multiples(&l, odd[0], &g);
	point_odd_multiples(&l, odd[1], q);
	for (int i = 0; i < 2; i++) {
		write_digits(digits[i], factors[i], c->field->limbs);
	}
	memset(out, 0, sizeof *out);
	out->infinite = 1;
	for (size_t at = DIGITS; at-- > 0;) {
		if (!out->infinite) {
			point_double(&l, out);
		}
		for (int i = 0; i < 2; i++) {
			int digit = digits[i][at];
			if (digit != 0) {
				point_add(&l, out, &odd[i][(digit < 0 ? -digit : digit) / 2], digit < 0);
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
		field_run(f, scale, sizeof scale / sizeof scale[0], registers);
		if (field_is_zero(f, asked)) {
			return 1;
		}
		field_run(f, &next, 1, registers);
	}
	return 0;
}
