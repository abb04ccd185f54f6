/*
 * RSA-PSS and Ed25519 in TLS 1.2 (RFC 8446 4.2.3, RFC 8422 5.4, RFC 5246 7.4.3), which BearSSL does not know: the
 * server's messages are read along as they go to BearSSL, a signature scheme of RSA-PSS is shown to it as the one
 * of PKCS #1 with that hash, Ed25519 as ECDSA, and in place of its verifiers of such signatures stand ours, which
 * check what was really signed. Ours also give BearSSL back the hash of the messages as they were sent.
 *
 * Where there is nothing to be rewritten, nothing is changed. Only tls12.c and its tests include this.
 */
#ifndef MPC_KEY_EXCHANGE_REWRITE_H
#define MPC_KEY_EXCHANGE_REWRITE_H

#include "x509/public_key.h"

#include <bearssl.h>

typedef struct {
	int over; /* the message came, or never will */
	/* in the record, and in the message */
	uint8_t record[5];
	size_t record_len;
	size_t record_left;
	uint8_t message[4];
	size_t message_len;
	size_t message_left;
	size_t message_at;
	unsigned version; /* of the ServerHello */
	size_t scheme_at; /* in the ServerKeyExchange; 0: not known yet */
	/* bytes from the first one of the scheme, until the second has come; a record may end between them */
	uint8_t held[16];
	size_t held_len;

	uint16_t scheme;           /* that was sent; 0: none */
	int rewritten;             /* … and BearSSL was shown another */
	br_multihash_context sent; /* the messages so far, as they came */
} key_exchange_rewrite;

/* Begins after the ClientHello, with the hash of that. */
void key_exchange_rewrite_start(key_exchange_rewrite *k, const br_multihash_context *hello);

/* How many of the bytes that come next concern nobody here, and pass as they are: those are taken.
 * 0 where key_exchange_rewrite_byte() has to see the next one. */
size_t key_exchange_rewrite_passes(key_exchange_rewrite *k, bytes data);

/* Takes one byte of the server's; writes what BearSSL is to be given now, and returns how much: 0 where it has to
 * wait, at most sizeof .held. */
size_t key_exchange_rewrite_byte(key_exchange_rewrite *k, uint8_t byte, uint8_t *out);

/* Whether this is the server's signature of the key exchange that the engine has read; the digest that was signed, of
 * RSA-PSS alone. */
int key_exchange_signed(const key_exchange_rewrite *k, const br_ssl_engine_context *eng,
	const public_key *key, bytes signature, const br_hash_class **hash, uint8_t digest[64]);

/* BearSSL's hash of the messages becomes that of those which were sent. What it has of other hashes than SHA-256 and
 * SHA-384 is worth nothing from then on, but they are there: MACs of records are made with them. */
void key_exchange_restore(const key_exchange_rewrite *k, br_multihash_context *hash);

#endif
