#include "crypto/ed25519.h"

#include "crypto/edwards25519.h"

#include <bearssl.h>
#include <string.h>

/* R = S B - k A, without the cofactor, as other programs have it (RFC 8032 5.1.7). */
int ed25519_verify(bytes text, bytes signature, bytes key)
{
	br_sha512_context hash;
	uint8_t digest[64];
	edwards25519_number k, r;
	edwards25519 a;

	if (key.len != ED25519_KEY || signature.len != ED25519_SIGNATURE) {
		return 0;
	}
	const uint8_t *s = signature.p + ED25519_KEY;
	/* With a larger S a signature could be written in another way (RFC 8032 8.4). */
	if (!edwards25519_reduced(s) || edwards25519_decode(&a, key.p) != 0
		|| edwards25519_small_order(&a)) {
		return 0;
	}
	br_sha512_init(&hash);
	br_sha512_update(&hash, signature.p, ED25519_KEY);
	br_sha512_update(&hash, key.p, key.len);
	br_sha512_update(&hash, text.p, text.len);
	br_sha512_out(&hash, digest);
	edwards25519_reduce(k, digest);
	edwards25519_negate(&a);
	edwards25519_multiply(&a, s, &a, k);
	edwards25519_encode(r, &a);
	return memcmp(r, signature.p, sizeof r) == 0;
}
