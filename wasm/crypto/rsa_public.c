#include "crypto/rsa_public.h"

#include "base/limits.h"
#include "base/wipe.h"
#include "crypto/limbs.h"

#include <string.h>

/* Two bits are kept free, and three limbs are the fewest. */
enum { LIMBS = (LIMIT_RSA_BITS_MAX + 2) / LIMB_BITS + 1, LIMBS_MIN = 3 };

_Static_assert(LIMBS < 1 << (64 - 2 * LIMB_BITS), "64 bits do not hold a column of a product");

typedef struct {
	int32_t n[LIMBS];
	size_t limbs;
	uint32_t inverse; /* of -n, modulo 2^28 */
} modulus;

/* The sum of products of one number's limbs upwards and another's downwards. */
static uint64_t products(const int32_t *up, const int32_t *down, size_t count)
{
	uint64_t sum = 0;

	for (; count >= 4; count -= 4, up += 4, down -= 4) {
		sum += (uint64_t)(uint32_t)up[0] * (uint32_t)down[0]
			+ (uint64_t)(uint32_t)up[1] * (uint32_t)down[-1];
		sum += (uint64_t)(uint32_t)up[2] * (uint32_t)down[-2]
			+ (uint64_t)(uint32_t)up[3] * (uint32_t)down[-3];
	}
	for (; count > 0; count--) {
		sum += (uint64_t)(uint32_t)*up++ * (uint32_t)*down--;
	}
	return sum;
}

/* One column of a · b; of a square each product but the middle one comes twice. */
static uint64_t column(const int32_t *a, const int32_t *b, size_t k, size_t limbs)
{
	size_t first = k < limbs ? 0 : k - limbs + 1;
	size_t count = k < limbs ? k + 1 : 2 * limbs - 1 - k;

	if (a != b) {
		return products(a + first, b + k - first, count);
	}
	uint64_t middle = count % 2 == 0 ? 0 : (uint64_t)a[k / 2] * (uint64_t)a[k / 2];
	return 2 * products(a + first, a + k - first, count / 2) + middle;
}

/* Montgomery's product, a · b / 2^(28 · limbs), of numbers below 2n: it is again. `out` may be a or b. */
static void multiply(int32_t *out, const int32_t *a, const int32_t *b, const modulus *m)
{
	int32_t times[LIMBS], high[LIMBS];
	uint64_t carry = 0;

	for (size_t k = 0; k < 2 * m->limbs; k++) {
		size_t first = k < m->limbs ? 0 : k - m->limbs + 1;
		size_t last = k < m->limbs ? k : m->limbs;
		/* The carry is below 2^38; the two sums together would be too large. */
		uint64_t sum = carry + (k + 1 < 2 * m->limbs ? column(a, b, k, m->limbs) : 0);
		carry = sum >> LIMB_BITS;
		sum &= LIMB_MASK;
		sum += products(times + first, m->n + k - first, last - first);
		if (k < m->limbs) {
			times[k] = (int32_t)((uint32_t)sum * m->inverse & LIMB_MASK);
			sum += (uint64_t)times[k] * (uint64_t)m->n[0];
		} else {
			high[k - m->limbs] = (int32_t)(sum & LIMB_MASK);
		}
		carry += sum >> LIMB_BITS;
	}
	memcpy(out, high, m->limbs * sizeof high[0]);
}

static double leading(const int32_t *number, size_t limbs)
{
	const int32_t *top = number + limbs - LIMBS_MIN;
	const double base = 1 << LIMB_BITS;

	return ((double)top[2] * base + (double)top[1]) * base + (double)top[0];
}

/* number · 2^28 modulo n, as the number nearest to zero: the quotient is as exact as it has to be. */
static void shift(int32_t *number, const modulus *m)
{
	double quotient = leading(number, m->limbs) / leading(m->n, m->limbs) * (1 << LIMB_BITS);
	int64_t times = (int64_t)(quotient < 0 ? quotient - 0.5 : quotient + 0.5), carry = 0;
	int32_t below = 0;

	for (size_t i = 0; i < m->limbs; i++) {
		carry += below - times * m->n[i];
		below = number[i];
		number[i] = (int32_t)(carry & LIMB_MASK);
		carry >>= LIMB_BITS;
	}
	number[m->limbs - 1] += (int32_t)((carry + below) * (1 << LIMB_BITS));
}

/* A number times 2^(28 · limbs), as multiply() wants it. */
static void enter(int32_t *out, const int32_t *number, const modulus *m)
{
	memcpy(out, number, m->limbs * sizeof number[0]);
	for (size_t i = 0; i < m->limbs; i++) {
		shift(out, m);
	}
	if (out[m->limbs - 1] < 0) {
		limbs_sum(out, out, 1, m->n, 1, m->limbs);
	}
}

static size_t bits_of(bytes number)
{
	size_t bits = number.len * 8;
	uint8_t top = bits > 0 ? number.p[0] : 0;

	for (; bits > 0 && (top & 0x80) == 0; top = (uint8_t)(top << 1)) {
		bits--;
	}
	return bits;
}

static int bit_of(bytes e, size_t bit)
{
	return e.p[e.len - 1 - bit / 8] >> bit % 8 & 1;
}

/* The same, without a question about the number: with the product of that and R², R being the factor. */
static void enter_secret(int32_t *out, const int32_t *number, const modulus *m)
{
	static const int32_t one[LIMBS] = { 1 };
	int32_t factor[LIMBS], square[LIMBS];

	enter(factor, one, m);
	enter(square, factor, m);
	multiply(out, number, square, m);
}

/* Of a number below 2n what is left of it modulo n. */
static void reduce(int32_t *number, const modulus *m)
{
	int32_t less[LIMBS];

	limbs_sum(less, number, 1, m->n, -1, m->limbs);
	int32_t below = -(int32_t)((uint32_t)less[m->limbs - 1] >> 31); /* all ones where it was */
	for (size_t i = 0; i < m->limbs; i++) {
		number[i] = (number[i] & below) | (less[i] & ~below);
	}
}

static int raise(uint8_t *number, size_t len, const rsa_key *key,
	void (*into)(int32_t *out, const int32_t *number, const modulus *m))
{
	int32_t plain[LIMBS], power[LIMBS], base[LIMBS];
	bytes e = key->exponent;
	modulus m;
	size_t bits = bits_of(key->modulus);

	/* What is larger already by its first byte may have more bits than the limbs. */
	if (len == 0 || len != key->modulus.len || bits > LIMIT_RSA_BITS_MAX
		|| number[0] > key->modulus.p[0] || (key->modulus.p[len - 1] & 1) == 0 || e.len == 0
		|| (e.p[e.len - 1] & 1) == 0) {
		return -1;
	}
	m.limbs = (bits + 2) / LIMB_BITS + 1;
	m.limbs = m.limbs < LIMBS_MIN ? LIMBS_MIN : m.limbs;
	limbs_read(m.n, m.limbs, key->modulus.p, len);
	m.inverse = limbs_inverse(m.n);
	limbs_read(plain, m.limbs, number, len);
	if (limbs_compare(plain, m.n, m.limbs) >= 0) {
		return -1;
	}
	size_t bit = e.len * 8;
	while (!bit_of(e, bit - 1)) {
		bit--;
	}
	if (bit == 1) {
		return -1;
	}
	into(base, plain, &m);
	memcpy(power, base, sizeof power);
	/* Bits from the second to the last. That is set, and the factor for it is the plain number: so is the product. */
	for (bit--; bit-- > 0;) {
		multiply(power, power, power, &m);
		if (bit_of(e, bit)) {
			multiply(power, power, bit == 0 ? plain : base, &m);
		}
	}
	reduce(power, &m);
	limbs_write(number, len, power, m.limbs);
	wipe(plain, sizeof plain);
	wipe(base, sizeof base);
	return 0;
}

int rsa_public(uint8_t *number, size_t len, const rsa_key *key)
{
	return raise(number, len, key, enter);
}

int rsa_encrypt(uint8_t *number, size_t len, const rsa_key *key)
{
	return raise(number, len, key, enter_secret);
}

/* --- PKCS #1 version 1.5 ---------------------------------------------------------------------------------- */

/* The end of what is signed, DigestInfo but for the digest (RFC 8017 9.2); parameters are NULL, or, as some wrote,
 * left out. */
static size_t write_info(uint8_t *out, const uint8_t *oid, size_t digest_len, int parameters)
{
	size_t oid_len = oid == NULL ? 0 : oid[0];
	size_t algorithm = 2 + oid_len + (parameters ? 2 : 0);
	uint8_t *p = out;

	if (oid == NULL) {
		return 0;
	}
	*p++ = 0x30;
	*p++ = (uint8_t)(2 + algorithm + 2 + digest_len);
	*p++ = 0x30;
	*p++ = (uint8_t)algorithm;
	*p++ = 0x06;
	memcpy(p, oid, 1 + oid_len);
	p += 1 + oid_len;
	if (parameters) {
		*p++ = 0x05;
		*p++ = 0;
	}
	*p++ = 0x04;
	*p++ = (uint8_t)digest_len;
	return (size_t)(p - out);
}

/* 00 01 FF … FF 00, with eight FF at least */
static int padded(const uint8_t *em, size_t len)
{
	if (len < 11 || em[0] != 0 || em[1] != 1 || em[len - 1] != 0) {
		return 0;
	}
	for (size_t i = 2; i < len - 1; i++) {
		if (em[i] != 0xff) {
			return 0;
		}
	}
	return 1;
}

int rsa_pkcs1_recover(
	bytes signature, const uint8_t *oid, uint8_t *digest, size_t digest_len, const rsa_key *key)
{
	uint8_t em[LIMIT_RSA_BITS_MAX / 8], info[64];

	if (signature.len > sizeof em) {
		return 0;
	}
	memcpy(em, signature.p, signature.len);
	if (rsa_public(em, signature.len, key) != 0) {
		return 0;
	}
	for (int parameters = 0; parameters < 2; parameters++) {
		size_t info_len = write_info(info, oid, digest_len, parameters);
		size_t end = digest_len + info_len;
		if (signature.len > end && padded(em, signature.len - end)
			&& memcmp(em + signature.len - end, info, info_len) == 0) {
			memcpy(digest, em + signature.len - digest_len, digest_len);
			return 1;
		}
	}
	return 0;
}
