#include "certificate.h"

#include "limits.h"

#include <string.h>

/* RFC 3279, 4055, 5758, 8410: the algorithms seen on certificates of servers, past and present. */
static const signature_algorithm signatures[] = {
	{ "md5WithRSAEncryption", 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 4 }, br_md5_ID,
		KEY_RSA, 1 },
	{ "sha1WithRSAEncryption", 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 5 }, br_sha1_ID,
		KEY_RSA, 1 },
	{ "rsassaPss", 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10 }, 0, KEY_RSA, 0 },
	{ "sha256WithRSAEncryption", 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11 }, br_sha256_ID,
		KEY_RSA, 0 },
	{ "sha384WithRSAEncryption", 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 12 }, br_sha384_ID,
		KEY_RSA, 0 },
	{ "sha512WithRSAEncryption", 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 13 }, br_sha512_ID,
		KEY_RSA, 0 },
	{ "sha224WithRSAEncryption", 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 14 }, br_sha224_ID,
		KEY_RSA, 0 },
	{ "ecdsa-with-SHA1", 7, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1 }, br_sha1_ID, KEY_EC, 1 },
	{ "ecdsa-with-SHA224", 8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 1 }, br_sha224_ID, KEY_EC, 0 },
	{ "ecdsa-with-SHA256", 8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2 }, br_sha256_ID, KEY_EC, 0 },
	{ "ecdsa-with-SHA384", 8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3 }, br_sha384_ID, KEY_EC, 0 },
	{ "ecdsa-with-SHA512", 8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 4 }, br_sha512_ID, KEY_EC, 0 },
	{ "Ed25519", 3, { 0x2b, 0x65, 0x70 }, 0, KEY_ED25519, 0 },
	{ "Ed448", 3, { 0x2b, 0x65, 0x71 }, 0, KEY_ED448, 0 },
};

/* The hash functions that check signatures, with their OIDs for PKCS#1 (length first). */
static const struct {
	uint8_t id;
	const br_hash_class *class;
	const uint8_t *pkcs1;
} hashes[] = {
	{ br_md5_ID, &br_md5_vtable, (const uint8_t *)"\x08\x2a\x86\x48\x86\xf7\x0d\x02\x05" },
	{ br_sha1_ID, &br_sha1_vtable, BR_HASH_OID_SHA1 },
	{ br_sha224_ID, &br_sha224_vtable, BR_HASH_OID_SHA224 },
	{ br_sha256_ID, &br_sha256_vtable, BR_HASH_OID_SHA256 },
	{ br_sha384_ID, &br_sha384_vtable, BR_HASH_OID_SHA384 },
	{ br_sha512_ID, &br_sha512_vtable, BR_HASH_OID_SHA512 },
};

static int oid_is(bytes oid, const char *text, size_t len)
{
	return oid.len == len && memcmp(oid.p, text, len) == 0;
}

#define OID(oid, text) oid_is(oid, text, sizeof text - 1)

static const signature_algorithm *signature_by_oid(bytes oid)
{
	for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
		if (oid_is(oid, (const char *)signatures[i].oid, signatures[i].oid_len)) {
			return &signatures[i];
		}
	}
	return NULL;
}

static bytes without_leading_zeros(bytes b)
{
	while (b.len > 0 && b.p[0] == 0) {
		b.p++;
		b.len--;
	}
	return b;
}

static int read_rsa_key(public_key *key, bytes bits)
{
	der outer = der_over(bits);
	der d = der_enter(&outer, DER_SEQUENCE);

	key->kind = KEY_RSA;
	key->modulus = without_leading_zeros(der_take(&d, DER_INTEGER));
	key->exponent = without_leading_zeros(der_take(&d, DER_INTEGER));
	if (d.bad || !der_done(&d) || key->modulus.len == 0 || key->exponent.len == 0) {
		return -1;
	}
	key->bits = (unsigned)(key->modulus.len * 8);
	for (uint8_t top = key->modulus.p[0]; (top & 0x80) == 0; top = (uint8_t)(top << 1)) {
		key->bits--;
	}
	return 0;
}

static void read_ec_key(public_key *key, bytes curve, bytes bits)
{
	key->kind = KEY_EC;
	key->point = bits;
	if (OID(curve, "\x2a\x86\x48\xce\x3d\x03\x01\x07")) {
		key->curve = BR_EC_secp256r1;
		key->bits = 256;
	} else if (OID(curve, "\x2b\x81\x04\x00\x22")) {
		key->curve = BR_EC_secp384r1;
		key->bits = 384;
	} else if (OID(curve, "\x2b\x81\x04\x00\x23")) {
		key->curve = BR_EC_secp521r1;
		key->bits = 521;
	}
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
	if (OID(oid, "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01")) {
		return read_rsa_key(key, bits);
	}
	if (OID(oid, "\x2a\x86\x48\xce\x3d\x02\x01")) {
		/* Only named curves (RFC 5480 2.1.1); another form is a curve that we do not know. */
		bytes curve = der_peek(&algorithm) == DER_OID ? der_take(&algorithm, DER_OID) : oid;
		read_ec_key(key, curve, bits);
		return algorithm.bad ? -1 : 0;
	}
	key->kind = OID(oid, "\x2b\x65\x70") ? KEY_ED25519
		: OID(oid, "\x2b\x65\x71")       ? KEY_ED448
										 : KEY_UNKNOWN;
	return 0;
}

static void read_key_usage(certificate *c, der *d)
{
	bytes b = der_take(d, DER_BIT_STRING);
	if (d->bad || b.len < 2 || b.p[0] > 7) {
		d->bad = 1;
		return;
	}
	for (size_t i = 0; i < (b.len - 1) * 8 && i < 16; i++) {
		if (b.p[1 + i / 8] & 0x80 >> i % 8) {
			c->key_usage |= 1u << i;
		}
	}
}

static void read_basic_constraints(certificate *c, der *d)
{
	der inner = der_enter(d, DER_SEQUENCE);
	if (der_peek(&inner) == DER_BOOLEAN) {
		c->is_ca = der_boolean(&inner);
	}
	if (der_peek(&inner) == DER_INTEGER) {
		c->path_length = der_small_integer(&inner);
	}
	d->bad |= inner.bad || !der_done(&inner);
}

static void read_extended_key_usage(certificate *c, der *d)
{
	der inner = der_enter(d, DER_SEQUENCE);
	d->bad |= der_done(&inner);
	while (!der_done(&inner)) {
		bytes oid = der_take(&inner, DER_OID);
		c->for_server |= OID(oid, "\x2b\x06\x01\x05\x05\x07\x03\x01");
	}
	d->bad |= inner.bad;
}

static void read_authority_info(certificate *c, der *d)
{
	der inner = der_enter(d, DER_SEQUENCE);
	while (!der_done(&inner)) {
		der access = der_enter(&inner, DER_SEQUENCE);
		c->ca_issuers |= OID(der_take(&access, DER_OID), "\x2b\x06\x01\x05\x05\x07\x30\x02");
	}
	/* Only a hint: a malformed one is no reason to refuse the certificate. */
}

/* One extension whose kind is known: `bit` says which; 0 stands for "not one of ours". */
static unsigned read_known_extension(certificate *c, bytes oid, bytes value)
{
	der d = der_over(value);
	unsigned bit = 0;

	if (OID(oid, "\x55\x1d\x13")) {
		bit = EXT_BASIC_CONSTRAINTS;
		read_basic_constraints(c, &d);
	} else if (OID(oid, "\x55\x1d\x0f")) {
		bit = EXT_KEY_USAGE;
		read_key_usage(c, &d);
	} else if (OID(oid, "\x55\x1d\x25")) {
		bit = EXT_EXTENDED_KEY_USAGE;
		read_extended_key_usage(c, &d);
	} else if (OID(oid, "\x55\x1d\x11")) {
		bit = EXT_SUBJECT_ALT_NAME;
		c->alt_names = der_take(&d, DER_SEQUENCE);
	} else if (OID(oid, "\x55\x1d\x1e")) {
		bit = EXT_NAME_CONSTRAINTS;
		c->name_constraints = der_take(&d, DER_SEQUENCE);
	} else if (OID(oid, "\x2b\x06\x01\x05\x05\x07\x01\x01")) {
		read_authority_info(c, &d);
		return EXT_AUTHORITY_INFO;
	} else if (OID(oid, "\x55\x1d\x0e")) {
		return EXT_SUBJECT_KEY_ID;
	} else if (OID(oid, "\x55\x1d\x23")) {
		return EXT_AUTHORITY_KEY_ID;
	}
	return bit != 0 && (d.bad || !der_done(&d)) ? ~0u : bit;
}

static int read_extensions(certificate *c, der *tbs)
{
	der wrapper = der_enter(tbs, DER_CONTEXT_CONSTRUCTED | 3);
	der list = der_enter(&wrapper, DER_SEQUENCE);

	while (!der_done(&list)) {
		der e = der_enter(&list, DER_SEQUENCE);
		bytes oid = der_take(&e, DER_OID);
		int critical = der_peek(&e) == DER_BOOLEAN ? der_boolean(&e) : 0;
		bytes value = der_take(&e, DER_OCTET_STRING);
		if (e.bad || !der_done(&e)) {
			return -1;
		}
		unsigned bit = read_known_extension(c, oid, value);
		/* A second extension of the same kind is forbidden (RFC 5280 4.2), and a classic trick. */
		if (bit == ~0u || (c->extensions & bit) != 0) {
			return -1;
		}
		c->extensions |= bit;
		/* Those three are hints, and must not be critical (RFC 5280 4.2.1.1, 4.2.1.2, 4.2.2.1). */
		const unsigned hints = EXT_AUTHORITY_INFO | EXT_AUTHORITY_KEY_ID | EXT_SUBJECT_KEY_ID;
		if (critical && (bit == 0 || (bit & hints) != 0)) {
			c->critical_unknown = 1;
		}
	}
	return list.bad || wrapper.bad || !der_done(&wrapper) ? -1 : 0;
}

static bytes take_whole(der *d, int tag)
{
	bytes whole = { NULL, 0 };
	if (der_peek(d) != tag) {
		d->bad = 1;
		return whole;
	}
	der_any(d, NULL, &whole);
	return whole;
}

static int read_tbs(certificate *c, bytes contents, bytes outer_algorithm)
{
	der d = der_over(contents);

	c->version = 1;
	if (der_peek(&d) == (DER_CONTEXT_CONSTRUCTED | 0)) {
		der v = der_enter(&d, DER_CONTEXT_CONSTRUCTED | 0);
		long n = der_small_integer(&v);
		if (n < 0 || n > 2 || !der_done(&v)) {
			return -1;
		}
		c->version = (int)n + 1;
	}
	c->serial = der_take(&d, DER_INTEGER);
	bytes inner_algorithm = take_whole(&d, DER_SEQUENCE);
	c->issuer = take_whole(&d, DER_SEQUENCE);
	der validity = der_enter(&d, DER_SEQUENCE);
	c->not_before = der_time(&validity);
	c->not_after = der_time(&validity);
	c->subject = take_whole(&d, DER_SEQUENCE);
	c->spki = take_whole(&d, DER_SEQUENCE);
	/* What is signed and what the signature says of itself must agree (RFC 5280 4.1.1.2). */
	if (d.bad || validity.bad || !der_done(&validity)
		|| !bytes_equal(inner_algorithm, outer_algorithm)) {
		return -1;
	}
	if (public_key_read(&c->key, c->spki) != 0) {
		return -1;
	}
	for (int tag = 1; tag <= 2; tag++) { /* issuerUniqueID, subjectUniqueID */
		if (der_peek(&d) == (DER_CONTEXT | tag)) {
			der_any(&d, NULL, NULL);
		}
	}
	if (der_peek(&d) == (DER_CONTEXT_CONSTRUCTED | 3)
		&& (c->version != 3 || read_extensions(c, &d) != 0)) {
		return -1;
	}
	return d.bad || !der_done(&d) ? -1 : 0;
}

int certificate_read(certificate *c, const uint8_t *data, size_t len)
{
	br_sha256_context hash;
	bytes all = { data, len };
	der outer = der_over(all);

	memset(c, 0, sizeof *c);
	c->der = all;
	c->path_length = -1;
	br_sha256_init(&hash);
	br_sha256_update(&hash, data, len);
	br_sha256_out(&hash, c->sha256);

	der d = der_enter(&outer, DER_SEQUENCE);
	if (d.bad || !der_done(&outer)) {
		return -1;
	}
	bytes contents;
	if (der_peek(&d) != DER_SEQUENCE) {
		return -1;
	}
	contents = der_any(&d, NULL, &c->tbs);
	bytes algorithm = take_whole(&d, DER_SEQUENCE);
	c->signature = der_bits(&d);
	if (d.bad || !der_done(&d)) {
		return -1;
	}
	der a = der_over(algorithm);
	der oid = der_enter(&a, DER_SEQUENCE);
	c->signature_oid = der_take(&oid, DER_OID);
	c->signature_algorithm = signature_by_oid(c->signature_oid);
	return oid.bad ? -1 : read_tbs(c, contents, algorithm);
}

int certificate_self_issued(const certificate *c)
{
	return bytes_equal(c->subject, c->issuer);
}

static int check_rsa(const certificate *child, const public_key *key, const uint8_t *oid,
	const uint8_t *digest, size_t digest_len)
{
	br_rsa_public_key pk = { (unsigned char *)key->modulus.p, key->modulus.len,
		(unsigned char *)key->exponent.p, key->exponent.len };
	uint8_t found[64];

	return br_rsa_pkcs1_vrfy_get_default()(
			   child->signature.p, child->signature.len, oid, digest_len, &pk, found)
		&& memcmp(found, digest, digest_len) == 0;
}

static int check_ecdsa(
	const certificate *child, const public_key *key, const uint8_t *digest, size_t digest_len)
{
	br_ec_public_key pk = { key->curve, (unsigned char *)key->point.p, key->point.len };

	return (int)br_ecdsa_vrfy_asn1_get_default()(
		br_ec_get_default(), digest, digest_len, &pk, child->signature.p, child->signature.len);
}

int certificate_signed_by(const certificate *child, const public_key *key)
{
	const signature_algorithm *a = child->signature_algorithm;
	uint8_t digest[64];
	br_hash_compat_context hash;

	if (a == NULL || a->hash == 0 || key->kind == KEY_UNKNOWN) {
		return -1;
	}
	if (a->key != key->kind) {
		return 0;
	}
	if ((key->kind == KEY_EC && key->curve == 0)
		|| (key->kind == KEY_RSA && key->bits > LIMIT_RSA_BITS_MAX)) {
		return -1; /* BearSSL has no such curve, and no room for such a modulus */
	}
	for (size_t i = 0; i < sizeof hashes / sizeof hashes[0]; i++) {
		if (hashes[i].id != a->hash) {
			continue;
		}
		const br_hash_class *class = hashes[i].class;
		size_t digest_len = class->desc >> BR_HASHDESC_OUT_OFF & BR_HASHDESC_OUT_MASK;
		class->init(&hash.vtable);
		class->update(&hash.vtable, child->tbs.p, child->tbs.len);
		class->out(&hash.vtable, digest);
		return key->kind == KEY_RSA ? check_rsa(child, key, hashes[i].pkcs1, digest, digest_len)
									: check_ecdsa(child, key, digest, digest_len);
	}
	return -1;
}
