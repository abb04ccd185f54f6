/* Whether a certificate says that somebody else issued it (RFC 5280 4.2.1.1). */
#ifndef MPC_ISSUER_IDENTITY_H
#define MPC_ISSUER_IDENTITY_H

#include "x509/certificate.h"

/* What of an issuer's certificate an authority key identifier can name. */
typedef struct {
	bytes key_id; /* p NULL where it has none */
	bytes issuer; /* Name, header included */
	bytes serial;
} issuer_identity;

issuer_identity issuer_identity_of(const certificate *c);
/* The child's authority key identifier names another certificate than this one (RFC 5280 4.2.1.1). */
int issuer_identity_differs(const issuer_identity *issuer, const certificate *child);

#endif
