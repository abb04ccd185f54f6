/* How a server of TLS 1.3 proves that it has the key of its certificate (RFC 8446 4.4.3). */
#ifndef MPC_CERTIFICATE_VERIFY_H
#define MPC_CERTIFICATE_VERIFY_H

#include "x509/public_key.h"

/* 0 where the signature is one of the messages with this hash (at most 64 bytes), by this key (which must be usable),
 * in a way that the scheme allows with it; or the alert that it deserves. */
int certificate_verify_check(
	uint16_t scheme, bytes signature, const public_key *key, bytes transcript);

#endif
