#include "x509/public_key.h"

#include "base/limits.h"
#include "crypto/curves.h"
#include "crypto/ed25519.h"
#include "crypto/point.h"

#include <bearssl.h>
#include <string.h>

enum { UNCOMPRESSED = 4 /* a point, SEC 1 2.3.3 */ };

static bytes without_leading_zeros(bytes b)
{
	while (b.len > 0 && b.p[0] == 0) {
		b.p++;
		b.len--;
	}
	return b;
}

/* A number above zero, without the zero that keeps it from being negative. */
static bytes take_positive(der *d)
{
	bytes b = der_take(d, DER_INTEGER);
	if (b.len == 0 || (b.p[0] & 0x80) != 0) {
		d->bad = 1;
		return b;
	}
	b = without_leading_zeros(b);
	d->bad |= b.len == 0;
	return b;
}

static int read_rsa_key(public_key *key, key_kind kind, bytes bits)
{
	der outer = der_over(bits);
	der d = der_enter(&outer, DER_SEQUENCE);

	key->kind = kind;
	key->rsa.modulus = take_positive(&d);
	key->rsa.exponent = take_positive(&d);
	if (d.bad || !der_done(&d) || !der_done(&outer)) {
		return -1;
	}
	/* With 1 as exponent a signature is its own message: anyone could sign. An even one is none. */
	if ((key->rsa.exponent.len == 1 && key->rsa.exponent.p[0] < 3)
		|| (key->rsa.exponent.p[key->rsa.exponent.len - 1] & 1) == 0) {
		return -1;
	}
	key->bits = (unsigned)(key->rsa.modulus.len * 8);
	for (uint8_t top = key->rsa.modulus.p[0]; (top & 0x80) == 0; top = (uint8_t)(top << 1)) {
		key->bits--;
	}
	return 0;
}

/* Curves that certificates were seen with: those of BearSSL, and others we can at least call by name. */
static const struct {
	const char *name;
	const char *oid;
	uint8_t oid_len;
	uint8_t curve;
	uint16_t bits;
} curves[] = {
	{ "P-256", "\x2a\x86\x48\xce\x3d\x03\x01\x07", 8, BR_EC_secp256r1, 256 },
	{ "P-384", "\x2b\x81\x04\x00\x22", 5, BR_EC_secp384r1, 384 },
	{ "P-521", "\x2b\x81\x04\x00\x23", 5, BR_EC_secp521r1, 521 },
	{ "P-192", "\x2a\x86\x48\xce\x3d\x03\x01\x01", 8, 0, 192 },
	{ "P-224", "\x2b\x81\x04\x00\x21", 5, 0, 224 },
	{ "secp256k1", "\x2b\x81\x04\x00\x0a", 5, 0, 256 },
	{ "brainpoolP256r1", "\x2b\x24\x03\x03\x02\x08\x01\x01\x07", 9, 0, 256 },
	{ "brainpoolP384r1", "\x2b\x24\x03\x03\x02\x08\x01\x01\x0b", 9, 0, 384 },
	{ "brainpoolP512r1", "\x2b\x24\x03\x03\x02\x08\x01\x01\x0d", 9, 0, 512 },
};

static void read_ec_key(public_key *key, bytes curve, bytes bits)
{
	key->kind = KEY_EC;
	key->point = bits;
	for (size_t i = 0; i < sizeof curves / sizeof curves[0]; i++) {
		if (der_oid_is(curve, curves[i].oid, curves[i].oid_len)) {
			key->curve = curves[i].curve;
			key->named = curves[i].name;
			key->bits = curves[i].bits;
		}
	}
}

/* A point that is not compressed is one of its curve. */
static int is_point(const public_key *key)
{
	const curve *c = curve_by_number(key->curve);
	point p;

	return c == NULL || key->point.len == 0 || key->point.p[0] != UNCOMPRESSED
		|| point_read(c, key->point, &p) == 0;
}

static int read_rsa_pss_key(public_key *key, der *algorithm, bytes bits)
{
	key->pss_only = !der_done(algorithm);
	if (key->pss_only && rsa_pss_parameters_read(&key->pss, algorithm) != 0) {
		return -1;
	}
	return der_done(algorithm) ? read_rsa_key(key, KEY_RSA_PSS, bits) : -1;
}

int public_key_read(public_key *key, bytes spki)
{
	der outer = der_over(spki);
	der d = der_enter(&outer, DER_SEQUENCE);
	der algorithm = der_enter(&d, DER_SEQUENCE);
	bytes oid = der_take(&algorithm, DER_OID);
	bytes bits = der_bits(&d);

	memset(key, 0, sizeof *key);
	if (d.bad || algorithm.bad || !der_done(&d)) {
		return -1;
	}
	key->algorithm = oid;
	if (OID(oid, "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01")) {
		return read_rsa_key(key, KEY_RSA, bits);
	}
	if (OID(oid, "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a")) {
		return read_rsa_pss_key(key, &algorithm, bits);
	}
	if (OID(oid, "\x2a\x86\x48\xce\x3d\x02\x01")) {
		/* Only named curves (RFC 5480 2.1.1); another form is a curve that we do not know. */
		bytes curve = der_peek(&algorithm) == DER_OID ? der_take(&algorithm, DER_OID) : oid;
		read_ec_key(key, curve, bits);
		return algorithm.bad || !is_point(key) ? -1 : 0;
	}
	if (OID(oid, "\x2b\x65\x70")) {
		key->kind = KEY_ED25519;
		key->point = bits;
		return bits.len == ED25519_KEY && der_done(&algorithm) ? 0 : -1; /* RFC 8410 3 */
	}
	key->kind = OID(oid, "\x2b\x65\x71") ? KEY_ED448 : KEY_UNKNOWN;
	return 0;
}

int public_key_usable(const public_key *key)
{
	if (key->kind == KEY_EC) {
		return key->curve != 0;
	}
	if (key->kind == KEY_RSA_PSS && key->pss_only && key->pss.hash == 0) {
		return 0;
	}
	return key->kind == KEY_ED25519
		|| ((key->kind == KEY_RSA || key->kind == KEY_RSA_PSS) && key->bits <= LIMIT_RSA_BITS_MAX
			&& key->rsa.exponent.len <= LIMIT_RSA_EXPONENT);
}
