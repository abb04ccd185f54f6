/* Signatures on certificates: their algorithms, and whether one holds. */
#ifndef MPC_SIGNATURE_H
#define MPC_SIGNATURE_H

#include "x509/public_key.h"

/* Hash and key of a signature; see signatures[] for the rows. */
typedef struct {
	const char *name; /* as the standards write it */
	uint8_t oid_len;
	uint8_t oid[9];
	uint8_t hash; /* number of it in BearSSL; 0 where we cannot check it */
	uint8_t key;  /* key_kind */
	uint8_t weak; /* collisions are practical */
	uint8_t pss;  /* RSASSA-PSS, which a key of that kind makes too */
} signature_algorithm;

/* NULL where it is unknown. `pss`: the parameters, where it is RSASSA-PSS. */
const signature_algorithm *signature_algorithm_by_oid(bytes oid, const rsa_pss_parameters *pss);
/* It has parameters to be read. */
int signature_algorithm_is_pss(bytes oid);

typedef enum {
	SIGNATURE_UNASKED = 0, /* never an answer: for who remembers answers */
	SIGNATURE_GOOD,
	SIGNATURE_BAD,
	SIGNATURE_UNKNOWN /* of a kind that we cannot check */
} signature_answer;

/* Whether this is the signature of the text (RFC 5280 4.1.1.3). `a` may be NULL, an unknown algorithm; `salt_len` is
 * that of RSASSA-PSS. */
signature_answer signature_verify(const signature_algorithm *a, size_t salt_len, bytes text,
	bytes signature, const public_key *key);
/* What that costs for a text of this length, as LIMIT_JUDGEMENT_NS counts it; 0 where nothing is computed. */
int64_t signature_cost(const signature_algorithm *a, size_t len, const public_key *key);

#endif
