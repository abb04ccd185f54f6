#include "crypto/prime_field.h"

/*
 * Each column of a product is the sum of up to fourteen products of limbs, which 64 bits hold. Both primes are -1
 * modulo 2^28, so that what makes the lowest column vanish is that column itself times the prime, and since both have
 * few digits that is a handful of shifts (Montgomery's reduction without a multiplication).
 */
#ifdef __wasm__
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL /* the compiler knows best */
#endif

static inline void columns(int64_t *t, const int32_t *a, const int32_t *b, int n)
{
	UNROLL for (int k = 0; k < 2 * n - 1; k++)
	{
		int first = k < n ? 0 : k - n + 1, last = k < n ? k : n - 1;
		int64_t sum = 0;
		UNROLL for (int i = first; i <= last; i++)
		{
			sum += (int64_t)a[i] * b[k - i];
		}
		t[k] = sum;
	}
	t[2 * n - 1] = 0;
}

/* Of a square each product comes twice, but for those of a limb with itself. */
static inline void columns_of_square(int64_t *t, const int32_t *a, int n)
{
	UNROLL for (int k = 0; k < 2 * n - 1; k++)
	{
		int first = k < n ? 0 : k - n + 1;
		int64_t sum = 0;
		UNROLL for (int i = first; i < (k + 1) / 2; i++)
		{
			sum += (int64_t)a[i] * a[k - i];
		}
		t[k] = 2 * sum + (k % 2 == 0 ? (int64_t)a[k / 2] * a[k / 2] : 0);
	}
	t[2 * n - 1] = 0;
}

static inline void carried(int32_t *out, const int64_t *t, int n)
{
	int64_t carry = 0;

	UNROLL for (int i = 0; i < n - 1; i++)
	{
		carry += t[i];
		out[i] = (int32_t)(carry & LIMB_MASK);
		carry >>= LIMB_BITS;
	}
	out[n - 1] = (int32_t)(carry + t[n - 1]);
}

enum { N256 = 10, N384 = 14 };

/* p = 2^256 - 2^224 + 2^192 + 2^96 - 1 */
static inline void reduce_p256(int32_t *out, int64_t *t)
{
	UNROLL for (int k = 0; k < N256; k++)
	{
		int64_t m = t[k] & LIMB_MASK;
		t[k + 1] += t[k] >> LIMB_BITS;
		t[k + 3] += m << (96 - 3 * 28);
		t[k + 6] += m << (192 - 6 * 28);
		t[k + 8] -= m;
		t[k + 9] += m << (256 - 9 * 28);
	}
	carried(out, t + N256, N256);
}

/* p = 2^384 - 2^128 - 2^96 + 2^32 - 1 */
static inline void reduce_p384(int32_t *out, int64_t *t)
{
	UNROLL for (int k = 0; k < N384; k++)
	{
		int64_t m = t[k] & LIMB_MASK;
		t[k + 1] += (t[k] >> LIMB_BITS) + (m << (32 - 28));
		t[k + 3] -= m << (96 - 3 * 28);
		t[k + 4] -= m << (128 - 4 * 28);
		t[k + 13] += m << (384 - 13 * 28);
	}
	carried(out, t + N384, N384);
}

static void multiply_p256(int32_t *out, const int32_t *a, const int32_t *b)
{
	int64_t t[2 * N256];

	columns(t, a, b, N256);
	reduce_p256(out, t);
}

static void square_p256(int32_t *out, const int32_t *a)
{
	int64_t t[2 * N256];

	columns_of_square(t, a, N256);
	reduce_p256(out, t);
}

static void multiply_p384(int32_t *out, const int32_t *a, const int32_t *b)
{
	int64_t t[2 * N384];

	columns(t, a, b, N384);
	reduce_p384(out, t);
}

static void square_p384(int32_t *out, const int32_t *a)
{
	int64_t t[2 * N384];

	columns_of_square(t, a, N384);
	reduce_p384(out, t);
}

const prime_field field_p256 = {
	N256,
	multiply_p256,
	square_p256,
	{ 0xfffffff, 0xfffffff, 0xfffffff, 0xfff, 0, 0, 0x1000000, 0, 0xfffffff, 0xf },
	{ 0x50000, 0x300000, 0, 0, -0x6, -0x40, -0x100, -0x5000, 0x30000, 0 },
};
const prime_field field_p384 = {
	N384,
	multiply_p384,
	square_p384,
	{ 0xfffffff, 0xf, 0, 0xffff000, 0xffeffff, 0xfffffff, 0xfffffff, 0xfffffff, 0xfffffff,
		0xfffffff, 0xfffffff, 0xfffffff, 0xfffffff, 0xfffff },
	{ 0x10000, -0x200000, 0x1000000, 0, 2, 0, -0x200, 0x1000, 0x20000, 0x100000, 0, 0, 0, 0 },
};

void field_run(
	const prime_field *f, const field_step *steps, size_t count, int32_t *const *registers)
{
	for (size_t i = 0; i < count; i++) {
		const field_step *s = &steps[i];
		if (s->times_a != 0) {
			limbs_sum(registers[s->out], registers[s->a], s->times_a, registers[s->b], s->times_b,
				f->limbs);
		} else if (s->a == s->b) {
			f->square(registers[s->out], registers[s->a]);
		} else {
			f->multiply(registers[s->out], registers[s->a], registers[s->b]);
		}
	}
}

int32_t field_is_zero(const prime_field *f, const int32_t *number)
{
	static const field_number one = { 1 };
	field_number reduced;
	uint32_t above_zero = 0, beside_prime = 0;

	f->multiply(reduced, number, one); /* from 0 to p */
	for (size_t i = 0; i < f->limbs; i++) {
		above_zero |= (uint32_t)reduced[i];
		beside_prime |= (uint32_t)(reduced[i] ^ f->prime[i]);
	}
	return -(int32_t)(((above_zero - 1) | (beside_prime - 1)) >> 31);
}
