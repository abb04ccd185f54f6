/*
 * Judges a recorded chain of certificates for one server name at one time: one question after the
 * other, each answered on its own, so that everything that is wrong is found and not only the first
 * fault. Works on a chain as it was sent: misordered, repeated and foreign certificates are sorted
 * out first (RFC 5280 section 6, RFC 9525).
 */
#ifndef MPC_JUDGE_H
#define MPC_JUDGE_H

#include "base/findings.h"
#include "x509/anchors.h"
#include "x509/chain.h"
#include "x509/signature_cache.h"

/* What TLS may ask of a server's key (RFC 5246 7.4.2), as bits of its key usage: one of them must be set. */
enum {
	KEY_USE_SIGN = KEY_USAGE_DIGITAL_SIGNATURE,   /* ECDHE, DHE, TLS 1.3 */
	KEY_USE_DECRYPT = KEY_USAGE_KEY_ENCIPHERMENT, /* RSA */
	KEY_USE_AGREE = KEY_USAGE_KEY_AGREEMENT,      /* ECDH, DH */
	/* No suite was agreed on: some client would find one that the key may be used for. */
	KEY_USE_ANY = KEY_USE_SIGN | KEY_USE_DECRYPT | KEY_USE_AGREE
};

/*
 * Adds what is wrong to `out` and returns whether every mail app, the strict ones included, may trust
 * this chain for `host`: 0 also where a finding is only a note (certificate-out-of-profile,
 * certificate-incomplete-chain). Does at most LIMIT_VERIFICATIONS signature checks, and with all else
 * no more than LIMIT_JUDGEMENT_NS; where that does not suffice, the chain is beyond our reach. `signatures`: checked
 * earlier, or NULL.
 */
int judge_chain(const chain *c, const char *host, int64_t unix_time, unsigned key_use,
	const anchors *roots, signature_cache *signatures, findings *out);

/* Adds that a key is of a kind, or a size, that we cannot use. */
void judge_key_beyond_reach(const public_key *key, findings *out);

#endif
