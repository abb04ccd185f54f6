#include "crypto/ecdsa_verify.h"

#include "crypto/modular_quotient.h"
#include "crypto/point_sum.h"

#include <bearssl.h>
#include <string.h>

/* INTEGERs of P-521 with a few zeros before them; BearSSL has room for no more than twice 66 bytes in all. */
enum { SIGNATURE_MAX = 150 };

/* A number that is neither zero nor as large as the limit: 0, else -1. */
static int read_below(int32_t *out, const int32_t *limit, size_t limbs, bytes b)
{
	static const field_number zero;

	while (b.len > 0 && b.p[0] == 0) {
		b.p++;
		b.len--;
	}
	if (b.len * 8 > limbs * LIMB_BITS) {
		return -1;
	}
	limbs_read(out, limbs, b.p, b.len);
	return limbs_compare(out, limit, limbs) < 0 && limbs_compare(out, zero, limbs) > 0 ? 0 : -1;
}

/* The leftmost bits of the hash, as many as the order has (FIPS 186-5, 6.4.2), once the order less where it is larger. */
static void read_digest(
	int32_t *out, const curve *c, const int32_t *order, const uint8_t *digest, size_t len)
{
	size_t limbs = c->field->limbs;

	limbs_read(out, limbs, digest, len < c->bytes ? len : c->bytes);
	if (limbs_compare(out, order, limbs) >= 0) {
		limbs_sum(out, out, 1, order, -1, limbs);
	}
}

int ecdsa_verify(int number, bytes key, const uint8_t *digest, size_t len, bytes signature)
{
	const curve *c = curve_by_number(number);
	uint8_t raw[SIGNATURE_MAX];
	field_number order, r, s, scalars[QUOTIENTS];
	point sum, q;

	if (c == NULL || signature.len > sizeof raw || point_read(c, key, &q) != 0) {
		return 0;
	}
	memcpy(raw, signature.p, signature.len);
	size_t half = br_ecdsa_asn1_to_raw(raw, signature.len) / 2;
	limbs_read(order, c->field->limbs, c->order, c->bytes);
	if (read_below(r, order, c->field->limbs, (bytes){ raw, half }) != 0
		|| read_below(s, order, c->field->limbs, (bytes){ raw + half, half }) != 0) {
		return 0;
	}
	read_digest(scalars[0], c, order, digest, len);
	memcpy(scalars[1], r, sizeof r);
	modular_quotients(scalars, s, order, c->field->limbs);
	point_sum(c, scalars[0], &q, scalars[1], &sum);
	return point_has_x(c, &sum, r, order);
}
