#include "tls/key_schedule.h"

#include "base/wipe.h"

#include <string.h>

static size_t length_of(const br_hash_class *hash)
{
	return hash->desc >> BR_HASHDESC_OUT_OFF & BR_HASHDESC_OUT_MASK;
}

static void hmac(
	const br_hash_class *hash, bytes key, bytes first, bytes second, uint8_t *out, size_t len)
{
	br_hmac_key_context prepared;
	br_hmac_context context;

	br_hmac_key_init(&prepared, hash, key.p, key.len);
	br_hmac_init(&context, &prepared, len);
	br_hmac_update(&context, first.p, first.len);
	br_hmac_update(&context, second.p, second.len);
	br_hmac_out(&context, out);
	wipe(&prepared, sizeof prepared);
	wipe(&context, sizeof context);
}

void key_schedule_expand(const br_hash_class *hash, const uint8_t *secret, const char *label,
	bytes context, uint8_t *out, size_t len)
{
	static const uint8_t prefix[] = "tls13 ", first_block[] = { 1 };
	uint8_t info[128];
	wire_writer w = { .p = info, .room = sizeof info };

	wire_put_number(&w, len, 2);
	size_t name = wire_open(&w, 1);
	wire_put(&w, prefix, sizeof prefix - 1);
	wire_put(&w, label, strlen(label));
	wire_close(&w, name, 1);
	wire_put_vector(&w, context, 1);
	/* HKDF-Expand (RFC 5869 2.3): one block is all there ever is. */
	hmac(hash, (bytes){ secret, length_of(hash) }, (bytes){ info, w.len },
		(bytes){ first_block, sizeof first_block }, out, len);
}

/* HKDF-Extract (RFC 5869 2.2) */
static void extract(key_schedule *k, const uint8_t *salt, bytes input)
{
	static const uint8_t zeros[KEY_SCHEDULE_HASH];
	bytes material = input.len > 0 ? input : (bytes){ zeros, k->hash_len };

	hmac(k->hash, (bytes){ salt, k->hash_len }, material, (bytes){ zeros, 0 }, k->secret,
		k->hash_len);
}

void key_schedule_start(key_schedule *k, const br_hash_class *hash)
{
	static const uint8_t zeros[KEY_SCHEDULE_HASH];

	k->hash = hash;
	k->hash_len = length_of(hash);
	extract(k, zeros, (bytes){ zeros, 0 });
}

void key_schedule_derive(
	const key_schedule *k, const char *label, const uint8_t *transcript, uint8_t *out)
{
	key_schedule_expand(
		k->hash, k->secret, label, (bytes){ transcript, k->hash_len }, out, k->hash_len);
}

void key_schedule_next(key_schedule *k, bytes agreed)
{
	br_hash_compat_context context;
	uint8_t nothing[KEY_SCHEDULE_HASH], salt[KEY_SCHEDULE_HASH];

	k->hash->init(&context.vtable);
	k->hash->out(&context.vtable, nothing);
	key_schedule_derive(k, "derived", nothing, salt);
	extract(k, salt, agreed);
	wipe(salt, sizeof salt);
}

void key_schedule_finished(const br_hash_class *hash, const uint8_t *traffic_secret,
	const uint8_t *transcript, uint8_t *out)
{
	size_t len = length_of(hash);
	uint8_t key[KEY_SCHEDULE_HASH];

	key_schedule_expand(hash, traffic_secret, "finished", (bytes){ key, 0 }, key, len);
	hmac(hash, (bytes){ key, len }, (bytes){ transcript, len }, (bytes){ transcript, 0 }, out, len);
	wipe(key, sizeof key);
}

void key_schedule_update(const br_hash_class *hash, uint8_t *traffic_secret)
{
	uint8_t next[KEY_SCHEDULE_HASH];
	size_t len = length_of(hash);

	key_schedule_expand(hash, traffic_secret, "traffic upd", (bytes){ next, 0 }, next, len);
	memcpy(traffic_secret, next, len);
	wipe(next, sizeof next);
}
