/*
 * A ClientHello scan: a TLS handshake that is begun and never finished, to hear what a server would choose
 * (RFC 5246 7.4, RFC 8446 4.1). This reads the first flight of the server's answer; client_hello.h writes
 * what it answers to. No key is ever agreed.
 *
 * It can also listen to a handshake that is meant to be finished, beside the client of tls.h.
 */
#ifndef MPC_CLIENT_HELLO_SCAN_H
#define MPC_CLIENT_HELLO_SCAN_H

#include "tls/recorder.h"

typedef enum {
	SCAN_READING,  /* the flight goes on */
	SCAN_COMPLETE, /* … is complete; with TLS 1.3 the rest of it is encrypted */
	SCAN_ALERT,    /* the server refuses: .alert */
	SCAN_BROKEN    /* no TLS that makes sense */
} scan_state;

typedef struct {
	scan_state state;
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
} client_hello_scan;

/* Both buffers must outlive the reader; what of a message does not fit into `buf` is passed over.
 * `certificates` may be NULL. */
void scan_init(client_hello_scan *s, recorder *certificates, uint8_t *buf, size_t room);

/* Reads on; what comes after the answer is ignored. */
void scan_read(client_hello_scan *s, const uint8_t *data, size_t len);

/* The version that was chosen, known as soon as a ServerHello begins; 0: none came. */
unsigned scan_version(const client_hello_scan *h);

/* An answer was understood, be it complete or not. */
int scan_answered(const client_hello_scan *h);

#endif
