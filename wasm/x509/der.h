/*
 * Reading DER (X.690), as far as certificates need it. A cursor walks over bytes that belong to
 * the caller. Errors are sticky: after the first, every call gives an empty answer, so a reader
 * may check once at the end.
 */
#ifndef MPC_DER_H
#define MPC_DER_H

#include "base/wire.h"

typedef struct {
	const uint8_t *p;
	const uint8_t *end;
	int bad;
} der;

enum {
	DER_BOOLEAN = 0x01,
	DER_INTEGER = 0x02,
	DER_BIT_STRING = 0x03,
	DER_OCTET_STRING = 0x04,
	DER_NULL = 0x05,
	DER_OID = 0x06,
	DER_UTF8_STRING = 0x0c,
	DER_NUMERIC_STRING = 0x12,
	DER_PRINTABLE_STRING = 0x13,
	DER_TELETEX_STRING = 0x14,
	DER_IA5_STRING = 0x16,
	DER_UTC_TIME = 0x17,
	DER_GENERALIZED_TIME = 0x18,
	DER_VISIBLE_STRING = 0x1a,
	DER_UNIVERSAL_STRING = 0x1c,
	DER_BMP_STRING = 0x1e,
	DER_SEQUENCE = 0x30,
	DER_SET = 0x31,
	DER_CONSTRUCTED = 0x20,
	/* context-specific: n primitive, n constructed */
	DER_CONTEXT = 0x80,
	DER_CONTEXT_CONSTRUCTED = 0xa0
};

der der_over(bytes b);
/* No bytes left, or an error. */
int der_done(const der *d);
/* Tag of the next element; -1 at the end. */
int der_peek(const der *d);
/* The next element must have this tag: its contents. */
bytes der_take(der *d, int tag);
/* The next element whatever it is: its contents, and the whole of it in *whole when not NULL. */
bytes der_any(der *d, int *tag, bytes *whole);
/* der_take(), as a cursor over the contents. */
der der_enter(der *d, int tag);
/* Not negative and below 2^31, or -1 with an error set. */
long der_small_integer(der *d);
int der_boolean(der *d);
/* The bits of a BIT STRING that must be whole bytes. */
bytes der_bits(der *d);
/* UTCTime or GeneralizedTime (RFC 5280 4.1.2.5), as seconds since 1970. */
int64_t der_time(der *d);

/* The object identifier has these contents. */
int der_oid_is(bytes oid, const char *contents, size_t len);
#define OID(oid, contents) der_oid_is(oid, contents, sizeof contents - 1)

#endif
