/* Handshake messages of TLS 1.3, put together from the records that they come in (RFC 8446 5.1). */
#ifndef MPC_TLS13_MESSAGES_H
#define MPC_TLS13_MESSAGES_H

#include "tls/tls13_connection.h"

/* The content of a handshake record: pieces of messages. */
void tls13_handshake_read(tls13 *t, const uint8_t *data, size_t len);

#endif
