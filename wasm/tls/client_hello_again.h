/* The ClientHello that answers a HelloRetryRequest (RFC 8446 4.1.2): the first one with another key share, and with the
 * cookie where there is one. */
#ifndef MPC_CLIENT_HELLO_AGAIN_H
#define MPC_CLIENT_HELLO_AGAIN_H

#include "tls/key_share.h"

/* Both are messages with their headers. Returns the length of the one that was written, 0 where `room` is too small or
 * `first` is none. */
size_t client_hello_again(
	uint8_t *out, size_t room, bytes first, const key_share *share, bytes cookie);

#endif
