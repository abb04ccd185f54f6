/*
 * The names a server is known by, in its certificate and in a request (RFC 9525), and what a CA may
 * allow its children to be called (RFC 5280 4.2.1.10).
 */
#ifndef MPC_NAMES_H
#define MPC_NAMES_H

#include "x509/certificate.h"

/* 4 or 16 bytes of an IPv4 or IPv6 literal in text; 0 where it is a host name. */
size_t names_parse_ip(const char *text, uint8_t out[16]);

/*
 * The certificate is for this host: a dNSName that matches it, with at most one leftmost `*` label
 * for one label; for an IP literal an iPAddress. Never the common name (RFC 9525 section 6.4).
 */
int names_match(const certificate *c, const char *host);

/* A dNSName or an iPAddress is there at all. */
int names_any(const certificate *c);

/*
 * Each name is in a form that it may have (RFC 5280 4.2.1.6): hosts of letters, digits and hyphens with
 * at most one leftmost `*` label, addresses of 4 or 16 bytes, the rest in ASCII.
 */
int names_in_order(const certificate *c);

/* A wildcard stands for everybody's domains, like `*.co.uk`. */
int names_too_wide(const certificate *c);

/* A host among the constraints begins with a dot: obeyed by most, forbidden by RFC 5280 4.2.1.10. */
int names_odd_constraints(bytes constraints);

/* The array of names; at most LIMIT_NAMES_LISTED. */
void names_write(const certificate *c, json *out, const char *key);

/* Why a certificate's names are not what a CA may vouch for. */
typedef enum { NAMES_ALLOWED, NAMES_FORBIDDEN, NAMES_UNDECIDED, NAMES_TOO_MANY } names_verdict;

/*
 * `constraints`: contents of a NameConstraints. UNDECIDED where a kind of name is constrained that
 * the core cannot compare, or the constraints are malformed. Each comparison is taken off `work`
 * (LIMIT_JUDGEMENT_NS), which may end a little below zero; TOO_MANY once nothing is left of it.
 */
names_verdict names_within(const certificate *c, bytes constraints, int64_t *work);

#endif
