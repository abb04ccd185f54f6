/*
 * Path validation (RFC 5280 section 6.1): what is wrong with a certification path from the end-entity of
 * a chain to a trust anchor. Signatures are checked by path building (path_build.h).
 */
#ifndef MPC_PATH_VALIDATE_H
#define MPC_PATH_VALIDATE_H

#include "x509/anchors.h"
#include "x509/faults.h"
#include "x509/chain.h"

/* Indices into the chain, the end-entity's first. */
typedef struct {
	size_t at[LIMIT_PATH];
	size_t len;
	anchor root;
} path;

/* What paths are checked against; one for all paths of a chain. */
typedef struct {
	const chain *chain;
	int64_t time;
	int64_t
		work; /* LIMIT_JUDGEMENT_NS: what is left. At 0 a check of a path is not to be relied on */
	/* names_verdict + 1 of the second certificate under the first one's constraints; 0: not asked */
	uint8_t within[LIMIT_CERTIFICATES][LIMIT_CERTIFICATES];
} path_validation;

/* The certificate at a position above the end-entity's, as the issuer of all that is below it. */
void path_validate_issuer(path_validation *validation, const path *p, size_t position, faults *out);

/* The whole path, its anchor included. */
void path_validate(path_validation *validation, const path *p, faults *out);

/* Questions that concern the end-entity as well. */
void path_validate_dates(const certificate *c, int64_t now, faults *out);
void path_validate_key(const public_key *key, bytes spki, bytes subject, faults *out);
void path_validate_purpose(const certificate *c, faults *out);

#endif
