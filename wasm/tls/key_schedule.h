/*
 * The key schedule of TLS 1.3 (RFC 8446 7.1): from the secret that both sides have agreed on, and the hash of
 * the messages so far, to the keys of each direction. No PSK is ever used.
 */
#ifndef MPC_KEY_SCHEDULE_H
#define MPC_KEY_SCHEDULE_H

#include "base/wire.h"

#include <bearssl.h>

/* The longest hash of a suite that we speak: SHA-384. */
#define KEY_SCHEDULE_HASH 48

typedef struct {
	const br_hash_class *hash;
	size_t hash_len;
	uint8_t secret[KEY_SCHEDULE_HASH]; /* the Early, Handshake or Master Secret */
} key_schedule;

/* The Early Secret without a PSK. `hash` is SHA-256 or SHA-384. */
void key_schedule_start(key_schedule *k, const br_hash_class *hash);
/* … on to the Handshake Secret with what was agreed; then, with no bytes, to the Master Secret. */
void key_schedule_next(key_schedule *k, bytes agreed);
/* Derive-Secret(): `transcript` is the hash of the messages, and like `out` as long as the hash. */
void key_schedule_derive(
	const key_schedule *k, const char *label, const uint8_t *transcript, uint8_t *out);

/* HKDF-Expand-Label(); `len` is at most the length of the hash, as everything is that TLS asks for. */
void key_schedule_expand(const br_hash_class *hash, const uint8_t *secret, const char *label,
	bytes context, uint8_t *out, size_t len);
/* verify_data of a Finished message (RFC 8446 4.4.4); as long as the hash. */
void key_schedule_finished(const br_hash_class *hash, const uint8_t *traffic_secret,
	const uint8_t *transcript, uint8_t *out);
/* The traffic secret after this one (RFC 8446 7.2), in its place. */
void key_schedule_update(const br_hash_class *hash, uint8_t *traffic_secret);

#endif
