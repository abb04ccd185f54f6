/* What a report says of a certificate and of its key. */
#ifndef MPC_CERTIFICATE_WRITE_H
#define MPC_CERTIFICATE_WRITE_H

#include "base/json.h"
#include "x509/certificate.h"

/* The report's object for one certificate. */
void certificate_write(const certificate *c, json *out);

/* "RSA 2048", "EC P-256", "Ed25519" …; the object identifier of what has no name here. */
void certificate_write_key(const public_key *key, json *out, const char *label);

#endif
