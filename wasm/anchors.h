/*
 * Trust anchors, packed: one run of bytes that the page loads beside the core, and that stays where
 * the caller put it. Each anchor keeps what a judgement needs of a root certificate: its name, key,
 * last day, name constraints and how long a path it allows.
 *
 *   "MPCA" 0x02, then per anchor, all numbers big-endian:
 *   u16 length of what follows · i64 not_after · u8 path length (255: no limit) ·
 *   u8 1 where a critical extension is not understood, else 0 ·
 *   u16 + subject (DER Name) · u16 + SubjectPublicKeyInfo (DER) · u16 + name constraints (or 0)
 */
#ifndef MPC_ANCHORS_H
#define MPC_ANCHORS_H

#include "certificate.h"

#define ANCHORS_HEADER 5
/* Above every root in use: 4096-bit RSA, a long name. */
#define ANCHOR_MAX 8192

typedef struct {
	const uint8_t *data; /* header included; NULL for an empty set */
	size_t len;
} anchors;

typedef struct {
	bytes subject;
	bytes spki;
	bytes name_constraints;
	int64_t not_after;
	long path_length; /* -1: no limit */
	int critical_unknown;
} anchor;

/* Writes the header, and one anchor: bytes written, 0 where there is no room or no certificate. */
size_t anchors_write_header(uint8_t *out, size_t room);
size_t anchors_pack(const uint8_t *der, size_t len, uint8_t *out, size_t room);

/* The set is whole and well-formed: the number of anchors, or -1. */
long anchors_count(const anchors *set);

/* Walks over a set: *at starts as 0. 0 at the end. Only for sets that anchors_count() accepted. */
int anchors_next(const anchors *set, size_t *at, anchor *out);

#endif
