/* Large numbers as limbs of 28 bits, the lowest first: 64 bits hold the sum of many products of two limbs. */
#ifndef MPC_LIMBS_H
#define MPC_LIMBS_H

#include <stddef.h>
#include <stdint.h>

enum { LIMB_BITS = 28, LIMB_MASK = (1 << LIMB_BITS) - 1 };

/* A number below 2^(28 · limbs) out of big-endian bytes, and back into so many of them. */
void limbs_read(int32_t *out, size_t limbs, const uint8_t *data, size_t len);
void limbs_write(uint8_t *out, size_t len, const int32_t *number, size_t limbs);

/* Below zero, zero or above as the one is to the other. The time it takes shows the numbers. */
int limbs_compare(const int32_t *a, const int32_t *b, size_t limbs);

/* a · times_a + b · times_b in `out`, which may be a or b, the times below 2^32; the last limb has the sign. */
void limbs_sum(int32_t *out, const int32_t *a, int64_t times_a, const int32_t *b, int64_t times_b,
	size_t limbs);

/* What an odd number has to be multiplied with to be -1 modulo 2^28. */
uint32_t limbs_inverse(const int32_t *odd);

#endif
