/*
 * Which anchors a judgement of a chain can ask for: those named like an issuer or a subject in it. A caller
 * that has not all anchors at hand finds them by short hashes of these names.
 */
#ifndef MPC_ANCHOR_NAMES_H
#define MPC_ANCHOR_NAMES_H

#include "x509/chain.h"

/* The first bytes of the SHA-256 of a name (DER). It finds anchors; what it finds is compared whole. */
#define ANCHOR_NAME 8
#define ANCHOR_NAMES_MAX (2 * LIMIT_CERTIFICATES)

/* Each once, in the order of the chain. How many; `out` has room for ANCHOR_NAMES_MAX. */
size_t anchor_names(const chain *c, uint8_t out[][ANCHOR_NAME]);

#endif
