/*
 * One ClientHello for all versions: BearSSL's, which offers TLS 1.0 to 1.2, and in it what a server needs to
 * choose TLS 1.3 (RFC 8446 4.1.2, D.1). All messages here are whole, with their headers, and each function
 * returns the length of the one that it has written, 0 where `room` is too small.
 */
#ifndef MPC_CLIENT_HELLO_EXTEND_H
#define MPC_CLIENT_HELLO_EXTEND_H

#include "tls/key_share.h"
#include "tls/messages.h"

/*
 * Whatever suites `older` offers, this one offers all that are spoken. `session` makes the hello look like one of TLS 1.2
 * that resumes a session (RFC 8446 D.4).
 */
size_t client_hello_extend(uint8_t *out, size_t room, bytes older, const key_share *share,
	const uint8_t session[HELLO_RANDOM]);

/* The hello that answers a HelloRetryRequest (RFC 8446 4.1.2): the first one with another key share, and with the
 * cookie where there is one. */
size_t client_hello_again(
	uint8_t *out, size_t room, bytes first, const key_share *share, bytes cookie);

#endif
