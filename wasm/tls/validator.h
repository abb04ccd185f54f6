/*
 * Stands where BearSSL expects an X.509 validator: records the certificates and hands out the first one's
 * key, so that a handshake goes on past a bad certificate. Only tls12.c and its tests include this.
 */
#ifndef MPC_VALIDATOR_H
#define MPC_VALIDATOR_H

#include "tls/recorder.h"

#include <bearssl.h>

typedef struct {
	const br_x509_class *vtable; /* first: BearSSL casts */
	recorder *record;
	br_x509_pkey key; /* points into the record */
} validator;

void validator_init(validator *v, recorder *record);

#endif
