#include "x509/certificate.h"

#include "base/limits.h"
#include "x509/distinguished_name.h"

#include <bearssl.h>
#include <string.h>

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

/* One of the nine kinds of names, in the form that it must have (RFC 5280 4.2.1.6); most readers refuse a certificate
 * over any other. */
static int is_general_name(int tag, bytes name)
{
	der d = der_over(name);

	switch (tag) {
	case NAME_OTHER:
		der_take(&d, DER_OID);
		der_take(&d, DER_CONTEXT_CONSTRUCTED | 0);
		break;
	case NAME_DIRECTORY:
		der_take(&d, DER_SEQUENCE);
		break;
	case NAME_EDI_PARTY:
		if (der_peek(&d) == (DER_CONTEXT_CONSTRUCTED | 0)) {
			der_any(&d, NULL, NULL);
		}
		der_take(&d, DER_CONTEXT_CONSTRUCTED | 1);
		break;
	default:
		return tag == NAME_MAIL || tag == NAME_DNS || tag == NAME_X400 || tag == NAME_URI
			|| tag == NAME_IP || tag == NAME_REGISTERED;
	}
	return !d.bad && der_done(&d);
}

static void read_alt_names(certificate *c, der *d)
{
	c->alt_names = der_take(d, DER_SEQUENCE);
	der names = der_over(c->alt_names);
	while (!der_done(&names)) {
		int tag = 0;
		bytes one = der_any(&names, &tag, NULL);
		names.bad |= !is_general_name(tag, one);
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
		if (!der_oid_is(oid, known_extensions[i].oid, known_extensions[i].oid_len)) {
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
	if (!distinguished_name_readable(c->issuer) || !distinguished_name_readable(c->subject)) {
		return cannot_read(c, "name");
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

/* 0 where its parameters are what they have to be. */
static int read_signature_algorithm(certificate *c, bytes algorithm)
{
	der outer = der_over(algorithm), d = der_enter(&outer, DER_SEQUENCE);
	int good = 1;

	c->signature_oid = der_take(&d, DER_OID);
	if (signature_algorithm_is_pss(c->signature_oid)) {
		good = rsa_pss_parameters_read(&c->signature_pss, &d) == 0 && der_done(&d);
	}
	c->signature_algorithm = signature_algorithm_by_oid(c->signature_oid, &c->signature_pss);
	if (c->signature_algorithm != NULL && c->signature_algorithm->key == KEY_ED25519) {
		good = der_done(&d); /* none (RFC 8410 3) */
	}
	return good && !d.bad ? 0 : cannot_read(c, "signature-algorithm");
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
	if (read_tbs(c, contents, algorithm) != 0) {
		return -1;
	}
	return read_signature_algorithm(c, algorithm);
}

int certificate_self_issued(const certificate *c)
{
	return bytes_equal(c->subject, c->issuer);
}

signature_answer certificate_signed_by(const certificate *child, const public_key *key)
{
	return signature_verify(child->signature_algorithm, child->signature_pss.salt_len, child->tbs,
		child->signature, key);
}

int64_t certificate_signature_cost(const certificate *child, const public_key *key)
{
	return signature_cost(child->signature_algorithm, child->tbs.len, key);
}
