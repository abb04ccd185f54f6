/* The names that a certificate vouches for: its dNSNames and iPAddresses (RFC 9525). */
#ifndef MPC_SERVER_NAME_H
#define MPC_SERVER_NAME_H

#include "base/json.h"
#include "x509/certificate.h"

/*
 * The certificate is for this host: a dNSName matches it, or for an IP literal an iPAddress. Never the
 * common name (RFC 9525 section 6.4).
 */
int server_names_match(const certificate *c, const char *host);

/* A dNSName or an iPAddress is there at all. */
int server_names_any(const certificate *c);

/* The array of names; at most LIMIT_NAMES_LISTED. */
void server_names_write(const certificate *c, json *out, const char *key);

#endif
