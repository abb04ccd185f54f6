/*
 * Path building (RFC 4158): looks for the best certification path from the end-entity of a chain to a
 * trust anchor. The certificates may have been sent in any order, with strangers and duplicates among
 * them, and an issuer may have several certificates. Each path that is found is validated
 * (path_validate.h). The work is bounded: LIMIT_JUDGEMENT_NS, LIMIT_VERIFICATIONS, LIMIT_PATH_STEPS.
 */
#ifndef MPC_PATH_BUILD_H
#define MPC_PATH_BUILD_H

#include "x509/path_validate.h"
#include "x509/signature_cache.h"

typedef struct {
	path_validation validation;
	const anchors *roots;
	signature_cache *signatures; /* checked earlier; NULL, as at first: none */
	int verifications;           /* left */
	int steps;                   /* left, of this pass */
	int cut_short;               /* a bound was met: some paths may not have been tried */
	int cannot_tell;             /* a signature that cannot be checked was met */
	/* What was asked of pairs of certificates, and of certificates and anchors. */
	uint8_t signed_by[LIMIT_CERTIFICATES][LIMIT_CERTIFICATES];
	struct {
		size_t child;
		size_t anchor; /* where it stands in the set */
		uint8_t answer;
	} asked[LIMIT_VERIFICATIONS];
	size_t asked_count;
	faults_weight tolerated; /* by this pass */
	path now;                /* the path under construction */
	path best;               /* where one was found */
	int found;
	faults against; /* what is wrong with the best */
	faults_weight weight;
} path_builder;

void path_build_init(path_builder *b, const chain *c, int64_t unix_time, const anchors *roots);

/* Fills `found`, `best`, `against` and `weight`: a path without faults where there is one. */
void path_build_run(path_builder *b);

/* Whether one certificate of the chain signed another; BAD too where no more may be asked. */
signature_answer path_build_signed_by(path_builder *b, size_t child, size_t issuer);

#endif
