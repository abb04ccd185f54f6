/*
 * Writes a ClientHello (RFC 5246 7.4.1.2, RFC 8446 4.1.2): one that begins a handshake, and the one of a ClientHello scan,
 * which offers more than the check can speak, to hear what a server would choose (client_hello_scan.h).
 */
#ifndef MPC_CLIENT_HELLO_H
#define MPC_CLIENT_HELLO_H

#include "tls/key_share.h"
#include "tls/messages.h"
#include "tls/tls_names.h"

#include <stddef.h>

#define CLIENT_HELLO_SEED 32

/* What the hello of a scan may lack, to see whether a server can do without: bits. */
enum {
	CLIENT_HELLO_NO_MASTER_SECRET = 1, /* extended_master_secret (RFC 7627) */
	CLIENT_HELLO_NO_SHA1 = 2           /* signatures with SHA-1 */
};

/* A hello for a handshake offers what the check speaks, of TLS 1.0 to 1.2, and of 1.3 where it has a share. */
typedef struct {
	/* goes into the SNI extension unless it is an IP literal or empty (RFC 6066 3) */
	const char *server_name;
	const uint8_t *random; /* HELLO_RANDOM bytes */
	const uint8_t *
		session; /* as many, which look like a session to be resumed (RFC 8446 D.4); with a share alone */
	const key_share *share; /* NULL: no TLS 1.3, and no signature that came with it */
} client_hello;

/* Both write it with its record header and return its length; 0 where `room` is too small. For a handshake
 * RECORD_HEADER + LIMIT_CLIENT_HELLO is enough for any name, for a scan LIMIT_OUTPUT. */
size_t client_hello_write(uint8_t *out, size_t room, const client_hello *h);

/*
 * For a scan: TLS 1.0 up to `highest`, or with TLS_1_3 that alone, and every suite, group and signature that tls_names.h
 * knows for it, but for what is `lacking`. Its random parts come from `seed`; no key of it is ever used.
 */
size_t client_hello_write_scan(uint8_t *out, size_t room, unsigned highest, unsigned lacking,
	const char *server_name, const uint8_t seed[CLIENT_HELLO_SEED]);

#endif
