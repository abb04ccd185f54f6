#include "crypto/limbs.h"

void limbs_read(int32_t *out, size_t limbs, const uint8_t *data, size_t len)
{
	uint64_t pending = 0;
	int bits = 0;

	for (size_t i = 0; i < limbs; i++) {
		for (; bits < LIMB_BITS && len > 0; bits += 8) {
			pending |= (uint64_t)data[--len] << bits;
		}
		out[i] = (int32_t)(pending & LIMB_MASK);
		pending >>= LIMB_BITS;
		bits = bits > LIMB_BITS ? bits - LIMB_BITS : 0;
	}
}

void limbs_write(uint8_t *out, size_t len, const int32_t *number, size_t limbs)
{
	uint64_t pending = 0;
	size_t at = 0;

	for (int bits = 0; len > 0; bits -= 8) {
		if (bits < 8 && at < limbs) {
			pending |= (uint64_t)number[at++] << bits;
			bits += LIMB_BITS;
		}
		out[--len] = (uint8_t)pending;
		pending >>= 8;
	}
}

int limbs_compare(const int32_t *a, const int32_t *b, size_t limbs)
{
	while (limbs-- > 0) {
		if (a[limbs] != b[limbs]) {
			return a[limbs] < b[limbs] ? -1 : 1;
		}
	}
	return 0;
}

void limbs_sum(int32_t *out, const int32_t *a, int64_t times_a, const int32_t *b, int64_t times_b,
	size_t limbs)
{
	int64_t carry = 0, last = 0;

	for (size_t i = 0; i < limbs; i++) {
		last = carry + a[i] * times_a + b[i] * times_b;
		out[i] = (int32_t)(last & LIMB_MASK);
		carry = last >> LIMB_BITS;
	}
	out[limbs - 1] = (int32_t)last;
}

/* Newton's iteration doubles the bits that are right; of an odd number itself three are. */
uint32_t limbs_inverse(const int32_t *odd)
{
	uint32_t number = (uint32_t)odd[0], inverse = number;

	for (int bits = 3; bits < LIMB_BITS; bits *= 2) {
		inverse *= 2 - number * inverse;
	}
	return 0 - inverse;
}
