#include "x509/rsa_pss_parameters.h"

#include <bearssl.h>

enum { SALT_LEN = 20, SALT_LEN_MAX = 0xffff, TRAILER_BC = 1 };

/* --- AlgorithmIdentifiers of hash functions (RFC 4055 2.1), and of MGF1 with one ----------------------------- */

static uint8_t hash_by_oid(bytes oid)
{
	/* SHA-256, -384, -512 and -224 differ in their last byte, in this order. */
	static const uint8_t last[] = { br_sha256_ID, br_sha384_ID, br_sha512_ID, br_sha224_ID };

	if (OID(oid, "\x2b\x0e\x03\x02\x1a")) {
		return br_sha1_ID;
	}
	int is_sha2 = oid.len == 9
		&& der_oid_is((bytes){ oid.p, 8 }, "\x60\x86\x48\x01\x65\x03\x04\x02", 8) && oid.p[8] >= 1
		&& oid.p[8] <= sizeof last;
	return is_sha2 ? last[oid.p[8] - 1] : 0;
}

/* Its parameters are NULL, or not there: both are to be understood. */
static uint8_t take_hash(der *d)
{
	der algorithm = der_enter(d, DER_SEQUENCE);
	bytes oid = der_take(&algorithm, DER_OID);

	if (!der_done(&algorithm)) {
		algorithm.bad |= der_take(&algorithm, DER_NULL).len != 0;
	}
	d->bad |= algorithm.bad || !der_done(&algorithm);
	return hash_by_oid(oid);
}

static uint8_t take_mask(der *d)
{
	der algorithm = der_enter(d, DER_SEQUENCE);
	int is_mgf1 = OID(der_take(&algorithm, DER_OID), "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x08");
	uint8_t hash = 0;

	if (is_mgf1) {
		hash = take_hash(&algorithm);
	} else {
		while (!der_done(&algorithm)) {
			der_any(&algorithm, NULL, NULL);
		}
	}
	d->bad |= algorithm.bad || !der_done(&algorithm);
	return hash;
}

/* --- the sequence ------------------------------------------------------------------------------------------ */

/* A field that is there, as a cursor over its contents. */
static int enter_field(der *d, int tag, der *field)
{
	if (der_peek(d) != (DER_CONTEXT_CONSTRUCTED | tag)) {
		return 0;
	}
	*field = der_enter(d, DER_CONTEXT_CONSTRUCTED | tag);
	return 1;
}

static void leave_field(der *d, const der *field)
{
	d->bad |= field->bad || !der_done(field);
}

int rsa_pss_parameters_read(rsa_pss_parameters *p, der *d)
{
	der list = der_enter(d, DER_SEQUENCE), field;
	uint8_t hash = br_sha1_ID, mask = br_sha1_ID;
	long salt_len = SALT_LEN, trailer = TRAILER_BC;

	if (enter_field(&list, 0, &field)) {
		hash = take_hash(&field);
		leave_field(&list, &field);
	}
	if (enter_field(&list, 1, &field)) {
		mask = take_mask(&field);
		leave_field(&list, &field);
	}
	if (enter_field(&list, 2, &field)) {
		salt_len = der_small_integer(&field);
		leave_field(&list, &field);
	}
	if (enter_field(&list, 3, &field)) {
		trailer = der_small_integer(&field);
		leave_field(&list, &field);
	}
	p->two = hash != mask;
	p->hash = p->two ? 0 : hash;
	p->salt_len = (uint16_t)salt_len;
	return d->bad || list.bad || !der_done(&list) || salt_len > SALT_LEN_MAX
			|| trailer != TRAILER_BC
		? -1
		: 0;
}
