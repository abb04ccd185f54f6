#include "crypto/prime_field.h"

#include <string.h>

/* As those of prime_field.c do it, but in loops: of the three curves this is the rare one. */

enum { LIMBS = FIELD_LIMBS, ODD_BITS = 521 - (LIMBS - 1) * LIMB_BITS };

/* p = 2^521 - 1 */
static void multiply(int32_t *out, const int32_t *a, const int32_t *b)
{
	int64_t t[2 * LIMBS], carry = 0;

	memset(t, 0, sizeof t);
	for (int i = 0; i < LIMBS; i++) {
		for (int k = 0; k < LIMBS; k++) {
			t[i + k] += (int64_t)a[i] * b[k];
		}
	}
	for (int k = 0; k < LIMBS; k++) {
		t[k + 1] += t[k] >> LIMB_BITS;
		t[k + LIMBS - 1] += (t[k] & LIMB_MASK) << ODD_BITS;
	}
	for (int i = 0; i < LIMBS; i++) {
		carry += t[LIMBS + i];
		out[i] = (int32_t)(i < LIMBS - 1 ? carry & LIMB_MASK : carry);
		carry >>= LIMB_BITS;
	}
}

static void square(int32_t *out, const int32_t *a)
{
	multiply(out, a, a);
}

const prime_field field_p521 = {
	LIMBS,
	multiply,
	square,
	{ 0xfffffff, 0xfffffff, 0xfffffff, 0xfffffff, 0xfffffff, 0xfffffff, 0xfffffff, 0xfffffff,
		0xfffffff, 0xfffffff, 0xfffffff, 0xfffffff, 0xfffffff, 0xfffffff, 0xfffffff, 0xfffffff,
		0xfffffff, 0xfffffff, 0x1ffff },
	{ 1 << 22 },
};
