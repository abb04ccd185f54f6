/* (EC)DHE of TLS 1.3: our half of a key exchange, and what both halves make (RFC 8446 4.2.8, 7.4). */
#ifndef MPC_KEY_SHARE_H
#define MPC_KEY_SHARE_H

#include "base/wire.h"

#include <bearssl.h>

/* Of P-521, the largest group: a private key, and an uncompressed point. */
#define KEY_SHARE_PRIVATE 66
#define KEY_SHARE_PUBLIC 133

typedef struct {
	uint16_t group;
	uint8_t private_key[KEY_SHARE_PRIVATE];
	size_t private_len;
	uint8_t public_key[KEY_SHARE_PUBLIC];
	size_t public_len;
} key_share;

/* 0, or -1 for a group that is not ours. */
int key_share_make(key_share *k, uint16_t group, const br_prng_class **rng);

/* Writes the contents of a client's key_share extension with this one share (RFC 8446 4.2.8). */
void key_share_put(wire_writer *w, unsigned group, bytes public_key);

/* What was agreed with the other side: its length, 0 where its half is none. At most KEY_SHARE_PRIVATE. */
size_t key_share_agree(const key_share *k, bytes theirs, uint8_t secret[KEY_SHARE_PRIVATE]);

#endif
