/*
 * The Certificate message of TLS 1.3 as it comes in (RFC 8446 4.4.2): its certificates go to a recorder, piece
 * by piece, so that a chain may be larger than any buffer.
 */
#ifndef MPC_CERTIFICATE_MESSAGE_H
#define MPC_CERTIFICATE_MESSAGE_H

#include "tls/number_reader.h"
#include "tls/recorder.h"

typedef struct {
	recorder *record;
	enum {
		CERTIFICATE_CONTEXT,
		CERTIFICATE_LIST,
		CERTIFICATE_LENGTH,
		CERTIFICATE_DATA,
		CERTIFICATE_EXTENSIONS
	} part; /* that is being read: a length, or the certificate … */
	number_reader length;
	size_t part_left; /* … of which so much is still to come */
	size_t list_left;
} certificate_message;

void certificate_message_begin(certificate_message *m, recorder *record);

/* Each returns 0, or the alert that such a message deserves. */
int certificate_message_read(certificate_message *m, const uint8_t *data, size_t len);
int certificate_message_end(const certificate_message *m);

#endif
