/* Names of hosts, as they stand on certificates (RFC 5280 4.2.1.6) and in requests (RFC 9525). */
#ifndef MPC_DNS_NAME_H
#define MPC_DNS_NAME_H

#include "base/wire.h"

/* Letters, digits and hyphens, of a length that DNS allows, with at most one leftmost `*` label, and no
 * address. */
int dns_well_formed(bytes name);

/* A name of a certificate is this host, or with a leftmost `*` label stands for it (RFC 9525 6.3). A dot at
 * the end of the host is passed over. */
int dns_matches(bytes pattern, bytes host);

/* The name is the base or below it; a base that begins with a dot means only below. */
int dns_within(bytes name, bytes base);

/* Some host that a wildcard name stands for is within the base. */
int dns_wildcard_reaches(bytes name, bytes base);

/* A wildcard stands for everybody's domains, like `*.co.uk`. */
int dns_public_suffix_wildcard(bytes name);

#endif
