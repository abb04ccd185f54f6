/* RSASSA-PSS-params (RFC 4055 3.1): of a signature how it was made, of a key what may be made with it. */
#ifndef MPC_RSA_PSS_PARAMETERS_H
#define MPC_RSA_PSS_PARAMETERS_H

#include "x509/der.h"

typedef struct {
	uint8_t hash; /* BearSSL's number of the one for the text and for MGF1; 0: unknown, or two */
	uint8_t two;  /* … two: RFC 4055 3.1 advises against that, and few programs take it */
	uint16_t salt_len; /* of a key: the least */
} rsa_pss_parameters;

/* The next element. 0, or -1 where it is malformed. What is left out is SHA-1, and a salt as long as that. */
int rsa_pss_parameters_read(rsa_pss_parameters *p, der *d);

#endif
