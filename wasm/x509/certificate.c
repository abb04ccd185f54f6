#include "x509/certificate.h"

#include "base/limits.h"

#include <bearssl.h>
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
	key->modulus = take_positive(&d);
	key->exponent = take_positive(&d);
	if (d.bad || !der_done(&d) || !der_done(&outer)) {
		return -1;
	}
	/* With 1 as exponent a signature is its own message: anyone could sign. An even one is none. */
	if ((key->exponent.len == 1 && key->exponent.p[0] < 3)
		|| (key->exponent.p[key->exponent.len - 1] & 1) == 0) {
		return -1;
	}
	key->bits = (unsigned)(key->modulus.len * 8);
	for (uint8_t top = key->modulus.p[0]; (top & 0x80) == 0; top = (uint8_t)(top << 1)) {
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
		if (oid_is(curve, curves[i].oid, curves[i].oid_len)) {
			key->curve = curves[i].curve;
			key->named = curves[i].name;
			key->bits = curves[i].bits;
		}
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
	key->algorithm = oid;
	if (OID(oid, "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01")) {
		return read_rsa_key(key, KEY_RSA, bits);
	}
	if (OID(oid, "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a")) {
		return read_rsa_key(key, KEY_RSA_PSS, bits); /* RFC 4055 1.2 */
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
		c->for_anything |= OID(oid, "\x55\x1d\x25\x00");
	}
	d->bad |= inner.bad;
}

/* Only a hint, but other readers (Go's) refuse a certificate over one that is malformed. */
static void read_authority_info(certificate *c, der *d)
{
	der inner = der_enter(d, DER_SEQUENCE);
	d->bad |= der_done(&inner);
	while (!der_done(&inner)) {
		der access = der_enter(&inner, DER_SEQUENCE);
		c->ca_issuers |= OID(der_take(&access, DER_OID), "\x2b\x06\x01\x05\x05\x07\x30\x02");
		der_any(&access, NULL, NULL);
		d->bad |= access.bad || !der_done(&access);
	}
	d->bad |= inner.bad;
}

static void read_alt_names(certificate *c, der *d)
{
	c->alt_names = der_take(d, DER_SEQUENCE);
	der names = der_over(c->alt_names);
	while (!der_done(&names)) {
		int tag = 0;
		der_any(&names, &tag, NULL);
		names.bad |= (tag & 0xc0) != DER_CONTEXT;
	}
	d->bad |= names.bad;
}

static void read_name_constraints(certificate *c, der *d)
{
	c->name_constraints = der_take(d, DER_SEQUENCE);
}

static void read_key_id(certificate *c, der *d)
{
	c->key_id = der_take(d, DER_OCTET_STRING);
}

static void read_authority_key_id(certificate *c, der *d)
{
	der inner = der_enter(d, DER_SEQUENCE);
	if (der_peek(&inner) == (DER_CONTEXT | 0)) {
		c->authority_key_id = der_any(&inner, NULL, NULL);
	}
	if (der_peek(&inner) == (DER_CONTEXT_CONSTRUCTED | 1)) {
		c->authority_issuer = der_any(&inner, NULL, NULL);
	}
	if (der_peek(&inner) == (DER_CONTEXT | 2)) {
		c->authority_serial = der_any(&inner, NULL, NULL);
	}
	d->bad |= inner.bad || !der_done(&inner);
}

/* A list of SEQUENCEs, not empty. What they say is nobody's business here, but it must be readable. */
static void read_sequences(der *d, int begin_with_oid)
{
	der list = der_enter(d, DER_SEQUENCE);
	d->bad |= der_done(&list);
	while (!der_done(&list)) {
		der one = der_enter(&list, DER_SEQUENCE);
		if (begin_with_oid) {
			der_take(&one, DER_OID);
		}
		while (!der_done(&one)) {
			der_any(&one, NULL, NULL);
		}
		d->bad |= one.bad;
	}
	d->bad |= list.bad;
}

static void read_policies(certificate *c, der *d)
{
	(void)c;
	read_sequences(d, 1);
}

static void read_crl_points(certificate *c, der *d)
{
	(void)c;
	read_sequences(d, 0);
}

static void read_any(certificate *c, der *d)
{
	(void)c;
	der_any(d, NULL, NULL);
}

/* From before there were extended key usages; OpenSSL still obeys it. */
static void read_netscape_type(certificate *c, der *d)
{
	bytes b = der_take(d, DER_BIT_STRING);
	c->netscape_server = b.len > 1 && (b.p[1] & 0x40) != 0;
}

/* Those that somebody asks about. `obeyed`: it may be critical, since it is obeyed here. */
static const struct {
	const char *oid;
	uint8_t oid_len;
	uint8_t obeyed;
	unsigned bit;
	void (*read)(certificate *c, der *d);
} known_extensions[] = {
	{ "\x55\x1d\x13", 3, 1, EXT_BASIC_CONSTRAINTS, read_basic_constraints },
	{ "\x55\x1d\x0f", 3, 1, EXT_KEY_USAGE, read_key_usage },
	{ "\x55\x1d\x25", 3, 1, EXT_EXTENDED_KEY_USAGE, read_extended_key_usage },
	{ "\x55\x1d\x11", 3, 1, EXT_SUBJECT_ALT_NAME, read_alt_names },
	{ "\x55\x1d\x1e", 3, 1, EXT_NAME_CONSTRAINTS, read_name_constraints },
	/* Nobody who asks for a mail server asks for a policy: any will do (RFC 5280 6.1.1 c). */
	{ "\x55\x1d\x20", 3, 1, EXT_POLICIES, read_policies },
	{ "\x55\x1d\x24", 3, 0, EXT_POLICY_CONSTRAINTS, read_any },
	/* Hints, which must not be critical (RFC 5280 4.2.1.1, 4.2.1.2, 4.2.2.1). */
	{ "\x2b\x06\x01\x05\x05\x07\x01\x01", 8, 0, EXT_AUTHORITY_INFO, read_authority_info },
	{ "\x55\x1d\x0e", 3, 0, EXT_SUBJECT_KEY_ID, read_key_id },
	{ "\x55\x1d\x23", 3, 0, EXT_AUTHORITY_KEY_ID, read_authority_key_id },
	/* We fetch no lists: a critical one asks for more than we do. */
	{ "\x55\x1d\x1f", 3, 0, EXT_CRL_POINTS, read_crl_points },
	{ "\x60\x86\x48\x01\x86\xf8\x42\x01\x01", 9, 1, EXT_NETSCAPE_TYPE, read_netscape_type },
};

static int read_extension(certificate *c, bytes oid, int critical, bytes value)
{
	for (size_t i = 0; i < sizeof known_extensions / sizeof known_extensions[0]; i++) {
		if (!oid_is(oid, known_extensions[i].oid, known_extensions[i].oid_len)) {
			continue;
		}
		der d = der_over(value);
		known_extensions[i].read(c, &d);
		c->extensions |= known_extensions[i].bit;
		if (critical) {
			c->critical |= known_extensions[i].bit;
			c->critical_unknown |= !known_extensions[i].obeyed;
		}
		return d.bad || !der_done(&d) ? -1 : 0;
	}
	c->critical_unknown |= critical;
	return 0;
}

static int cannot_read(certificate *c, const char *what)
{
	c->unreadable = what;
	return -1;
}

static int read_extensions(certificate *c, der *tbs)
{
	der wrapper = der_enter(tbs, DER_CONTEXT_CONSTRUCTED | 3);
	der list = der_enter(&wrapper, DER_SEQUENCE);
	bytes seen[LIMIT_EXTENSIONS];
	size_t count = 0;

	while (!der_done(&list)) {
		der e = der_enter(&list, DER_SEQUENCE);
		bytes oid = der_take(&e, DER_OID);
		int critical = der_peek(&e) == DER_BOOLEAN ? der_boolean(&e) : 0;
		bytes value = der_take(&e, DER_OCTET_STRING);
		if (e.bad || !der_done(&e)) {
			return cannot_read(c, "extension");
		}
		if (count == LIMIT_EXTENSIONS) {
			c->past_limits = 1;
			return cannot_read(c, "extension");
		}
		/* A second extension of the same kind is forbidden (RFC 5280 4.2), and a classic trick. */
		for (size_t i = 0; i < count; i++) {
			if (bytes_equal(seen[i], oid)) {
				return cannot_read(c, "duplicate-extension");
			}
		}
		seen[count++] = oid;
		if (read_extension(c, oid, critical, value) != 0) {
			return cannot_read(c, "extension");
		}
	}
	return list.bad || wrapper.bad || !der_done(&wrapper) ? cannot_read(c, "extension") : 0;
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
			return cannot_read(c, "version");
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
	if (d.bad) {
		return -1;
	}
	if (validity.bad || !der_done(&validity)) {
		return cannot_read(c, "dates");
	}
	if (!bytes_equal(inner_algorithm, outer_algorithm)) {
		return cannot_read(c, "signature-algorithm");
	}
	/* The shortest form of a number (X.690 8.3.2): everyone's reader insists. */
	const bytes n = c->serial;
	if (n.len == 0 || (n.len > 1 && (n.p[0] == 0 || n.p[0] == 0xff) && (n.p[0] ^ n.p[1]) < 0x80)) {
		return cannot_read(c, "serial-number");
	}
	if (public_key_read(&c->key, c->spki) != 0) {
		return cannot_read(c, "key");
	}
	for (int tag = 1; tag <= 2; tag++) { /* issuerUniqueID, subjectUniqueID */
		if (der_peek(&d) == (DER_CONTEXT | tag)) {
			der_any(&d, NULL, NULL);
		}
	}
	if (der_peek(&d) == (DER_CONTEXT_CONSTRUCTED | 3)) {
		if (c->version != 3) {
			return cannot_read(c, "version");
		}
		if (read_extensions(c, &d) != 0) {
			return -1;
		}
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
	c->unreadable = "encoding";
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

issuer_identity certificate_identity(const certificate *c)
{
	return (issuer_identity){ c->key_id, c->issuer, c->serial };
}

int certificate_names_other_issuer(const certificate *child, const issuer_identity *issuer)
{
	if (child->authority_key_id.len != 0 && issuer->key_id.len != 0
		&& !bytes_equal(child->authority_key_id, issuer->key_id)) {
		return 1;
	}
	if (child->authority_serial.len != 0 && !bytes_equal(child->authority_serial, issuer->serial)) {
		return 1;
	}
	der names = der_over(child->authority_issuer);
	while (!der_done(&names)) {
		int tag = 0;
		bytes name = der_any(&names, &tag, NULL);
		if (tag == NAME_DIRECTORY) {
			return !bytes_equal(name, issuer->issuer);
		}
	}
	return 0;
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

int public_key_usable(const public_key *key)
{
	if (key->kind == KEY_EC) {
		return key->curve != 0;
	}
	return key->kind == KEY_RSA && key->bits <= LIMIT_RSA_BITS_MAX
		&& key->exponent.len <= LIMIT_RSA_EXPONENT;
}

int64_t certificate_signature_cost(const certificate *child, const public_key *key)
{
	enum { HASH_NS = 7, RSA_PARTS = 42, P256_NS = 1000000, P384_NS = 6000000, P521_NS = 12000000 };
	const signature_algorithm *a = child->signature_algorithm;

	if (a == NULL || a->hash == 0 || a->key != key->kind || !public_key_usable(key)) {
		return 0;
	}
	int64_t hashing = (int64_t)child->tbs.len * HASH_NS;
	if (key->kind == KEY_RSA) {
		/* As many multiplications as the exponent is long, each of the modulus with itself. */
		return hashing + (int64_t)key->bits * key->bits * (int64_t)key->exponent.len / RSA_PARTS;
	}
	return hashing + (key->bits <= 256 ? P256_NS : key->bits <= 384 ? P384_NS : P521_NS);
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
	if (!public_key_usable(key)) {
		return -1; /* BearSSL has no such curve, no room for such a modulus, or it would take too long */
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
