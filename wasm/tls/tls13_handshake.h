/* What each message of a server of TLS 1.3 does (RFC 8446 4, A.1). */
#ifndef MPC_TLS13_HANDSHAKE_H
#define MPC_TLS13_HANDSHAKE_H

#include "tls/tls13_connection.h"

/* A message that may come now is here: in .message, or where it was streamed to. */
void tls13_message_ended(tls13 *t);

#endif
