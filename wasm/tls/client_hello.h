/*
 * Writes the ClientHello of a ClientHello scan: it offers more than the check can speak, to hear what a
 * server would choose (client_hello_scan.h). No key of it is ever used.
 */
#ifndef MPC_CLIENT_HELLO_H
#define MPC_CLIENT_HELLO_H

#include "tls/tls_names.h"

#include <stddef.h>

#define CLIENT_HELLO_SEED 32

/* What a ClientHello may lack, to see whether a server can do without: bits. */
enum {
	CLIENT_HELLO_NO_MASTER_SECRET = 1, /* extended_master_secret (RFC 7627) */
	CLIENT_HELLO_NO_SHA1 = 2           /* signatures with SHA-1 */
};

/*
 * Writes a ClientHello, record header included, and returns its length; 0 where `room` is too small
 * (LIMIT_OUTPUT is enough for any name). It offers TLS 1.0 up to `highest`, or with TLS_1_3 that alone,
 * and every suite, group and signature that tls_names.h knows for it, but for what is `lacking`.
 * `server_name` goes into SNI as in tls_start(). Its random parts come from `seed`.
 */
size_t client_hello_write(uint8_t *out, size_t room, unsigned highest, unsigned lacking,
	const char *server_name, const uint8_t seed[CLIENT_HELLO_SEED]);

#endif
