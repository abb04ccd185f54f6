/*
 * Messages of a server of TLS 1.3 that change nothing for us: what it would like of a certificate that we do not have
 * (RFC 8446 4.3.2), and a ticket for who comes back (4.6.1). They are read as they come in, since a list of
 * authorities may be longer than any buffer, and nothing of them is kept.
 */
#ifndef MPC_PASSED_OVER_MESSAGE_H
#define MPC_PASSED_OVER_MESSAGE_H

#include "tls/number_reader.h"

#include <stddef.h>
#include <stdint.h>

typedef struct {
	unsigned kind; /* of the message */
	unsigned part; /* that is being read: a number … */
	number_reader number;
	size_t skip; /* … when so many bytes have passed */
	size_t left; /* of all extensions, behind the one that is being read */
	unsigned extension;
	size_t list_left;
	uint64_t seen; /* extensions whose number is below 64 */
} passed_over_message;

/* MESSAGE_CERTIFICATE_REQUEST or MESSAGE_NEW_SESSION_TICKET */
void passed_over_message_begin(passed_over_message *m, unsigned kind);

/* Each returns 0, or the alert that such a message deserves. */
int passed_over_message_read(passed_over_message *m, const uint8_t *data, size_t len);
int passed_over_message_end(const passed_over_message *m);

#endif
