/*
 * A TLS handshake that is begun and never finished, to hear what a server would choose (RFC 5246 7.4,
 * RFC 8446 4.1): writes one ClientHello that offers more than the check can speak, and reads the first
 * flight of the answer. No key is ever agreed, and nothing of this is used to talk.
 *
 * Like everything of the core it does no I/O: bytes in, bytes out.
 */
#ifndef MPC_HELLO_H
#define MPC_HELLO_H

#include "tls/recorder.h"
#include "tls/tls_names.h"

#define HELLO_SEED 32

/* What a ClientHello may lack, to see whether a server can do without: bits. */
enum {
	HELLO_NO_MASTER_SECRET = 1, /* extended_master_secret (RFC 7627) */
	HELLO_NO_SHA1 = 2           /* signatures with SHA-1 */
};

/*
 * Writes a ClientHello, record header included, and returns its length; 0 where `room` is too small
 * (LIMIT_OUTPUT is enough for any name). It offers TLS 1.0 up to `highest`, or with TLS_1_3 that
 * alone, and every suite, group and signature that tls_names.h knows for it, but for what is `lacking`.
 * `server_name` goes into SNI as in tls_start(). Its random parts come from `seed`.
 */
size_t hello_write(uint8_t *out, size_t room, unsigned highest, unsigned lacking,
	const char *server_name, const uint8_t seed[HELLO_SEED]);

typedef enum {
	HELLO_READING, /* the flight goes on */
	HELLO_READ,    /* … is complete; with TLS 1.3 the rest of it is encrypted */
	HELLO_ALERT,   /* the server refuses: .alert */
	HELLO_BROKEN   /* no TLS that makes sense */
} hello_state;

typedef struct {
	hello_state state;
	/* learned; 0 where it was not said */
	unsigned version;
	uint16_t suite;
	uint16_t group;         /* of the key exchange */
	unsigned prime_bits;    /* of its field, where that is one of the server's own */
	uint16_t scheme;        /* of the server's signature on it, TLS 1.2 */
	int master_secret;      /* it agrees to extended_master_secret */
	int certificate_wanted; /* the server asks for the client's */
	int alert;
	recorder *certificates; /* what it sent of itself, up to TLS 1.2; NULL: not recorded */

	/* where it is in the bytes */
	uint8_t *buf; /* the handshake message that is being read */
	size_t room;
	size_t have;
	uint8_t header[5]; /* of the record */
	size_t header_len;
	size_t record_left;
	uint8_t message[4]; /* header of the message */
	size_t message_len;
	size_t message_left;
	uint8_t level; /* of an alert whose second byte is still to come */
} hello;

/* Both buffers must outlive the reader; what of a message does not fit into `buf` is passed over.
 * `certificates` may be NULL. */
void hello_init(hello *h, recorder *certificates, uint8_t *buf, size_t room);

/* Reads on; what comes after the answer is ignored. */
void hello_read(hello *h, const uint8_t *data, size_t len);

/* The version that was chosen, known as soon as a ServerHello begins; 0: none came. */
unsigned hello_version(const hello *h);

/* An answer was understood, be it complete or not. */
int hello_answered(const hello *h);

#endif
