/* How a TLS connection stands, whoever speaks it. */
#ifndef MPC_TLS_STATUS_H
#define MPC_TLS_STATUS_H

#include "tls/tls_names.h"

/* Bytes of randomness that a connection is given. */
#define TLS_SEED 32

/* How a connection stands, or how it came to its end. */
typedef enum {
	TLS_HANDSHAKING,
	TLS_ESTABLISHED,    /* application data may flow */
	TLS_CLOSED,         /* in order, by close_notify of either side */
	TLS_ALERT_RECEIVED, /* by a fatal alert of the server: `alert` */
	TLS_FAILED          /* what the server sent makes no sense: `error` */
} tls_outcome;

typedef struct {
	tls_outcome outcome;
	int handshake_complete; /* it was, at any time: also of a connection that has ended */
	int alert;
	tls_error error;
} tls_status;

#endif
