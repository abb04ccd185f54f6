/*
 * Trust anchors, packed: one run of bytes that the page loads beside the core, and that stays where
 * the caller put it. Each anchor keeps what a judgement needs of a root certificate: its name, key,
 * days, name constraints, how long a path it allows, and how a child may refer to it.
 *
 *   "MPCA" 0x03, then per anchor, all numbers big-endian:
 *   u16 length of what follows · i64 not_before · i64 not_after · u8 path length (255: no limit) ·
 *   u8 flags (ANCHOR_*) · u32 first bytes of the serial number's SHA-256 ·
 *   u8 + subject key identifier (or 0) · u16 + subject (DER Name) ·
 *   u16 + SubjectPublicKeyInfo (DER) · u16 + name constraints (or 0)
 */
#ifndef MPC_ANCHORS_H
#define MPC_ANCHORS_H

#include "x509/certificate.h"

#define ANCHORS_HEADER 5
/* Above every root in use: 4096-bit RSA, a long name. */
#define ANCHOR_MAX 8192

typedef struct {
	const uint8_t *data; /* header included; NULL for an empty set */
	size_t len;
} anchors;

enum {
	ANCHOR_CRITICAL_UNKNOWN = 1 << 0, /* a critical extension is not understood */
	ANCHOR_NOT_A_CA = 1 << 1,         /* it says itself that it may not issue */
	ANCHOR_WRONG_PURPOSE = 1 << 2,    /* … or not for servers */
	ANCHOR_CONTRADICTS_ITSELF =
		1 << 3,                     /* self-issued, and its issuer is said to have another key */
	ANCHOR_OUT_OF_PROFILE = 1 << 4, /* in a form that strict programs refuse */
	ANCHOR_KEY_ID_IS_HASH = 1 << 5, /* SHA-1 of the key (RFC 5280 4.2.1.2), so it is not kept */
	ANCHOR_SELF_ISSUED = 1 << 6
};

typedef struct {
	bytes subject;
	bytes spki;
	bytes name_constraints;
	bytes key_id; /* empty where it is a hash or missing */
	int64_t not_before;
	int64_t not_after;
	long path_length; /* -1: no limit */
	unsigned flags;
	const uint8_t *serial_digest; /* ANCHOR_DIGEST bytes */
} anchor;

#define ANCHOR_DIGEST 4

/* Writes the header, and one anchor: bytes written, 0 where there is no room or no certificate. */
size_t anchors_write_header(uint8_t *out, size_t room);
size_t anchors_pack(const uint8_t *der, size_t len, uint8_t *out, size_t room);

/* The set is whole and well-formed: the number of anchors, or -1. */
long anchors_count(const anchors *set);

/* Walks over a set: *at starts as 0. 0 at the end. Only for sets that anchors_count() accepted. */
int anchors_next(const anchors *set, size_t *at, anchor *out);

/* The authority key identifier of a certificate names another issuer than this one. */
int anchor_is_not_named(const anchor *a, const certificate *child);

#endif
