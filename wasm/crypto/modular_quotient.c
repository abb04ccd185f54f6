#include "crypto/modular_quotient.h"

#include <string.h>

/*
 * The binary algorithm of Euclid. It keeps two fractions, in which each number above the line, divided by the one
 * below, is the same modulo the modulus: what is done below the line is done above it. The numbers above the line
 * have a sign, and are no further from zero than the modulus.
 */
typedef struct {
	field_number below;
	field_number above[QUOTIENTS];
} fraction;

typedef struct {
	const int32_t *modulus;
	size_t limbs;
	uint32_t inverse; /* of -modulus, modulo 2^28 */
} division;

/* (number + times · modulus) / 2^bits, which is whole; bits from 1 to 28 */
static void add_and_halve(const division *d, int32_t *number, int64_t times, int bits)
{
	int64_t carry = 0, last = 0;

	for (size_t i = 0; i < d->limbs; i++) {
		int64_t limb = carry + number[i] + times * d->modulus[i];
		carry = limb >> LIMB_BITS;
		if (i > 0) {
			int64_t low = limb & LIMB_MASK;
			number[i - 1] = (int32_t)((last >> bits | low << (LIMB_BITS - bits)) & LIMB_MASK);
		}
		last = i + 1 < d->limbs ? limb & LIMB_MASK : limb;
	}
	number[d->limbs - 1] = (int32_t)(last >> bits);
}

static int zeros_below(uint32_t limb)
{
	int zeros = 0;

	while (zeros < LIMB_BITS && (limb >> zeros & 1) == 0) {
		zeros++;
	}
	return zeros;
}

/* Until what is below the line is odd. */
static void halve(const division *d, fraction *f)
{
	int bits;

	while ((bits = zeros_below((uint32_t)f->below[0])) > 0) {
		int32_t all = (int32_t)(1U << bits);
		add_and_halve(d, f->below, 0, bits);
		for (int i = 0; i < QUOTIENTS; i++) {
			int32_t *above = f->above[i];
			/* of the two that would do, the one that brings it nearer to zero */
			int64_t times = ((uint32_t)above[0] * d->inverse) & (uint32_t)(all - 1);
			times -= above[d->limbs - 1] < 0 ? 0 : all;
			add_and_halve(d, above, times, bits);
		}
	}
}

static int is_one(const division *d, const int32_t *number)
{
	int32_t rest = number[0] ^ 1;

	for (size_t i = 1; i < d->limbs; i++) {
		rest |= number[i];
	}
	return rest == 0;
}

void modular_quotients(
	field_number numbers[QUOTIENTS], const int32_t *divisor, const int32_t *modulus, size_t limbs)
{
	const division d = { modulus, limbs, limbs_inverse(modulus) };
	fraction one, other, *f = &one, *larger = &other;

	memset(&other, 0, sizeof other);
	memcpy(other.below, modulus, limbs * sizeof modulus[0]);
	memcpy(one.below, divisor, limbs * sizeof divisor[0]);
	memcpy(one.above, numbers, sizeof one.above);
	for (halve(&d, f); !is_one(&d, f->below); halve(&d, f)) {
		if (limbs_compare(f->below, larger->below, limbs) < 0) {
			fraction *swap = f;
			f = larger;
			larger = swap;
		}
		limbs_sum(f->below, f->below, 1, larger->below, -1, limbs);
		for (int i = 0; i < QUOTIENTS; i++) {
			limbs_sum(f->above[i], f->above[i], 1, larger->above[i], -1, limbs);
		}
	}
	for (int i = 0; i < QUOTIENTS; i++) {
		if (f->above[i][limbs - 1] < 0) {
			limbs_sum(f->above[i], f->above[i], 1, modulus, 1, limbs);
		}
		memcpy(numbers[i], f->above[i], limbs * sizeof modulus[0]);
	}
}
