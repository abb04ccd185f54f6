/*
 * Remembers checked signatures of certificates: the ports of one server, and what follows up on them, mostly show the
 * same chain. An answer is found by the SHA-256 of the certificate, in which stand the signed bytes, the signature and
 * its algorithm, and of the whole key that it was checked with; so what is found is what the check would say. All 32
 * bytes count: who wants two that are alike can choose both. What is remembered is still paid for (path_build.c), so
 * that a judgement says the same with a cache and without.
 */
#ifndef MPC_SIGNATURE_CACHE_H
#define MPC_SIGNATURE_CACHE_H

#include "base/limits.h"
#include "x509/certificate.h"

/* The caller's memory; zeroed it is empty. Probes may share one, where they all belong to one thread. */
typedef struct {
	struct {
		uint8_t id[32];
		uint8_t answer; /* SIGNATURE_UNASKED: empty */
	} entries[LIMIT_SIGNATURE_CACHE];
	size_t next; /* to be written, over the oldest */
} signature_cache;

/* As certificate_signed_by() with the key of `spki`. `cache` may be NULL. */
signature_answer signature_cache_signed_by(
	signature_cache *cache, const certificate *child, const public_key *key, bytes spki);

#endif
