#include "crypto/edwards25519.h"

#include <stddef.h>
#include <string.h>

enum { LIMBS = 10, BITS = 255 };

typedef edwards25519_field field;

/* --- the field ------------------------------------------------------------------------------------------- */

static int width(int limb)
{
	return 26 - (limb & 1);
}

/* Limbs of 64 bits, the first ten of them, to limbs of 26 and 25 bits, with a sign. */
static void carry(field out, int64_t *wide)
{
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < LIMBS; i++) {
			int64_t over = (wide[i] + ((int64_t)1 << (width(i) - 1))) >> width(i);
			wide[i] -= over * ((int64_t)1 << width(i));
			wide[(i + 1) % LIMBS] += i == LIMBS - 1 ? 19 * over : over;
		}
	}
	for (int i = 0; i < LIMBS; i++) {
		out[i] = (int32_t)wide[i];
	}
}

/* A factor may be the sum of three numbers that came out of a multiplication, no more. */
static void multiply(field out, const field a, const field b)
{
	int64_t wide[2 * LIMBS] = { 0 };

	for (int i = 0; i < LIMBS; i++) {
		for (int j = 0; j < LIMBS; j++) {
			/* Two limbs of odd places together are a bit short. */
			wide[i + j] += (int64_t)a[i] * b[j] * (1 + (i & j & 1));
		}
	}
	for (int i = 0; i < LIMBS; i++) {
		wide[i] += 19 * wide[i + LIMBS];
	}
	carry(out, wide);
}

static void add(field out, const field a, const field b)
{
	for (int i = 0; i < LIMBS; i++) {
		out[i] = a[i] + b[i];
	}
}

static void subtract(field out, const field a, const field b)
{
	for (int i = 0; i < LIMBS; i++) {
		out[i] = a[i] - b[i];
	}
}

/* The bit above the 255th is passed over. */
static void read_field(field out, const edwards25519_number n)
{
	uint8_t padded[40] = { 0 };
	int64_t wide[LIMBS];

	memcpy(padded, n, 32);
	padded[31] &= 0x7f;
	for (int i = 0; i < LIMBS; i++) {
		int bit = (51 * i + 1) / 2;
		uint64_t at = 0;
		for (int byte = 4; byte >= 0; byte--) {
			at = at << 8 | padded[bit / 8 + byte];
		}
		wide[i] = (int64_t)(at >> bit % 8 & (((uint64_t)1 << width(i)) - 1));
	}
	carry(out, wide);
}

/* The shortest way to write it: below 2^255 - 19. */
static void write_field(edwards25519_number out, const field a)
{
	int64_t wide[LIMBS];
	field n;

	for (int i = 0; i < LIMBS; i++) {
		wide[i] = a[i];
	}
	carry(n, wide);
	/* How often the modulus goes into it, rounded down. */
	int64_t over = (19 * (int64_t)n[9] + (1 << 24)) >> 25;
	for (int i = 0; i < LIMBS; i++) {
		over = (n[i] + over) >> width(i);
	}
	over *= 19;
	memset(out, 0, 32);
	for (int i = 0; i < LIMBS; i++) {
		over += n[i];
		uint64_t limb = (uint64_t)over & (((uint64_t)1 << width(i)) - 1);
		over >>= width(i);
		int bit = (51 * i + 1) / 2;
		limb <<= bit % 8;
		for (int byte = bit / 8; limb != 0; byte++, limb >>= 8) {
			out[byte] |= (uint8_t)limb;
		}
	}
}

static int equal(const field a, const field b)
{
	edwards25519_number one, other;

	write_field(one, a);
	write_field(other, b);
	return memcmp(one, other, sizeof one) == 0;
}

/* a to the power of 2^252 - 3, which roots and inverses are made of (RFC 8032 5.1.3). */
static void power(field out, const field a)
{
	field now, run;

	/* `now` is a to the power of 2^n - 1, where n is 250's first bits. */
	memcpy(now, a, sizeof now);
	for (int n = 1, bit = 64; bit > 0; bit >>= 1) {
		memcpy(run, now, sizeof run);
		for (int i = 0; i < n; i++) {
			multiply(run, run, run);
		}
		multiply(now, now, run);
		n *= 2;
		if ((250 & bit) != 0) {
			multiply(now, now, now);
			multiply(now, now, a);
			n++;
		}
	}
	multiply(now, now, now);
	multiply(now, now, now);
	multiply(out, now, a);
}

/* --- points ---------------------------------------------------------------------------------------------- */

static const field one = { 1 };
/* d of the curve's equation, and a root of -1 */
static const field d = { -10913610, 13857413, -15372611, 6949391, 114729, -8787816, -6275908,
	-3247719, -18696448, -12055116 };
static const field root = { -32595792, -7943725, 9377950, 3500415, 12389472, -272473, -25146209,
	-2005654, 326686, 11406482 };

/* The root of u/v, made as RFC 8032 5.1.3 says; -1 where there is none. */
static int root_of_quotient(field x, const field u, const field v)
{
	field v3, check, minus;

	multiply(v3, v, v);
	multiply(v3, v3, v);
	multiply(x, v3, v3);
	multiply(x, x, v);
	multiply(x, x, u);
	power(x, x);
	multiply(x, x, v3);
	multiply(x, x, u);
	multiply(check, x, x);
	multiply(check, check, v);
	if (equal(check, u)) {
		return 0;
	}
	subtract(minus, (const field){ 0 }, u);
	multiply(x, x, root);
	return equal(check, minus) ? 0 : -1;
}

int edwards25519_decode(edwards25519 *p, const edwards25519_number encoded)
{
	field u, v;
	edwards25519_number again;
	int sign = encoded[31] >> 7;

	read_field(p->y, encoded);
	memcpy(p->z, one, sizeof p->z);
	write_field(again, p->y);
	again[31] |= encoded[31] & 0x80;
	if (memcmp(again, encoded, sizeof again) != 0) {
		return -1;
	}
	multiply(u, p->y, p->y);
	multiply(v, u, d);
	subtract(u, u, one);
	add(v, v, one);
	if (root_of_quotient(p->x, u, v) != 0) {
		return -1;
	}
	write_field(again, p->x);
	if ((again[0] & 1) != sign) {
		if (equal(p->x, (const field){ 0 })) {
			return -1;
		}
		subtract(p->x, (const field){ 0 }, p->x);
	}
	multiply(p->t, p->x, p->y);
	return 0;
}

/* RFC 8032 5.1.4. It holds for all points, so also where both are the same. */
static void add_points(edwards25519 *out, const edwards25519 *p, const edwards25519 *q)
{
	field a, b, c, e, f, g;

	subtract(a, p->y, p->x);
	subtract(b, q->y, q->x);
	multiply(a, a, b);
	add(b, p->y, p->x);
	add(c, q->y, q->x);
	multiply(b, b, c);
	multiply(c, p->t, q->t);
	add(c, c, c);
	multiply(c, c, d);
	multiply(g, p->z, q->z);
	add(g, g, g);
	subtract(e, b, a);
	add(b, b, a);
	subtract(f, g, c);
	add(g, g, c);
	multiply(out->x, e, f);
	multiply(out->y, g, b);
	multiply(out->z, f, g);
	multiply(out->t, e, b);
}

void edwards25519_encode(edwards25519_number out, const edwards25519 *p)
{
	field inverse, at;
	edwards25519_number x;

	/* z to the power of 2^255 - 21 */
	power(inverse, p->z);
	for (int i = 0; i < 3; i++) {
		multiply(inverse, inverse, inverse);
	}
	multiply(at, p->z, p->z);
	multiply(at, at, p->z);
	multiply(inverse, inverse, at);
	multiply(at, p->x, inverse);
	write_field(x, at);
	multiply(at, p->y, inverse);
	write_field(out, at);
	out[31] |= (uint8_t)(x[0] << 7);
}

void edwards25519_negate(edwards25519 *p)
{
	subtract(p->x, (const field){ 0 }, p->x);
	subtract(p->t, (const field){ 0 }, p->t);
}

int edwards25519_small_order(const edwards25519 *p)
{
	edwards25519 eightfold = *p;

	for (int i = 0; i < 3; i++) {
		add_points(&eightfold, &eightfold, &eightfold);
	}
	return equal(eightfold.x, (const field){ 0 });
}

static int bit_of(const edwards25519_number n, int bit)
{
	return n[bit / 8] >> bit % 8 & 1;
}

void edwards25519_multiply(edwards25519 *out, const edwards25519_number s, const edwards25519 *p,
	const edwards25519_number k)
{
	edwards25519 sum[4], now = { { 0 }, { 1 }, { 1 }, { 0 } };
	edwards25519_number base;

	memset(base, 0x66, sizeof base);
	base[0] = 0x58;
	edwards25519_decode(&sum[1], base);
	sum[2] = *p;
	add_points(&sum[3], &sum[1], &sum[2]);
	for (int bit = BITS; bit >= 0; bit--) {
		int which = bit_of(s, bit) | bit_of(k, bit) << 1;
		add_points(&now, &now, &now);
		if (which != 0) {
			add_points(&now, &now, &sum[which]);
		}
	}
	*out = now;
}

/* --- numbers --------------------------------------------------------------------------------------------- */

static const edwards25519_number order = { 0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6,
	0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10 };

int edwards25519_reduced(const edwards25519_number n)
{
	for (int i = 31; i >= 0; i--) {
		if (n[i] != order[i]) {
			return n[i] < order[i];
		}
	}
	return 0;
}

/* Bit by bit: what has been read so far is doubled, and L taken away where it went in. */
void edwards25519_reduce(edwards25519_number out, const uint8_t wide[64])
{
	memset(out, 0, 32);
	for (int bit = 511; bit >= 0; bit--) {
		unsigned over = wide[bit / 8] >> bit % 8 & 1;
		for (int i = 0; i < 32; i++) {
			over |= (unsigned)out[i] << 1;
			out[i] = (uint8_t)over;
			over >>= 8;
		}
		int less = 0, taken = !edwards25519_reduced(out);
		for (int i = 0; i < 32 && taken; i++) {
			less += out[i] - order[i];
			out[i] = (uint8_t)less;
			less >>= 8;
		}
	}
}
