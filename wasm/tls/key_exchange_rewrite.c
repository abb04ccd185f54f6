#include "tls/key_exchange_rewrite.h"

#include "tls/messages.h"
#include "tls/tls_names.h"
#include "crypto/ed25519.h"
#include "x509/rsa_pss.h"

#include <string.h>

enum {
	SCHEME_ED25519 = 7,
	NAMED_CURVE = 3,
	POINT_LENGTH_AT = 3,
	HASH_SHA256 = 4,
	SIGNED_BY_RSA = 1,
	SIGNED_BY_ECDSA = 3,
	POINT_MAX = 133
};

/* The last byte of a scheme of RSA-PSS tells its hash: rsa_pss_rsae_… from 4, rsa_pss_pss_… from 9, in the
 * order of RFC 5246's numbers. 0: it is none. Ed25519 has none to be told. */
static uint8_t hash_of(uint8_t scheme)
{
	return scheme == SCHEME_ED25519   ? HASH_SHA256
		: scheme >= 4 && scheme <= 6  ? scheme
		: scheme >= 9 && scheme <= 11 ? (uint8_t)(scheme - 9 + HASH_SHA256)
									  : 0;
}

void key_exchange_rewrite_start(key_exchange_rewrite *k, const br_multihash_context *hello)
{
	memset(k, 0, sizeof *k);
	k->sent = *hello;
	/* Only TLS 1.2 is rewritten, and its Finished is made with one of two. */
	for (int id = br_md5_ID; id <= br_sha512_ID; id++) {
		if (id != br_sha256_ID && id != br_sha384_ID) {
			br_multihash_setimpl(&k->sent, id, NULL);
		}
	}
}

void key_exchange_restore(const key_exchange_rewrite *k, br_multihash_context *hash)
{
	br_multihash_context sent = k->sent;

	for (int id = br_md5_ID; id <= br_sha512_ID; id++) {
		br_multihash_setimpl(&sent, id, br_multihash_getimpl(hash, id));
	}
	*hash = sent;
}

static void scheme_known(key_exchange_rewrite *k, uint8_t last)
{
	uint8_t hash = hash_of(last);

	k->scheme = (uint16_t)(k->held[0] << 8 | last);
	if (k->held[0] == SCHEMES_NEWER && hash != 0) {
		k->held[0] = hash;
		k->held[k->held_len - 1] = last == SCHEME_ED25519 ? SIGNED_BY_ECDSA : SIGNED_BY_RSA;
		k->rewritten = 1;
	}
}

/* One byte of a message's body; what it becomes is at the end of `held`. */
static void read_body(key_exchange_rewrite *k, uint8_t byte)
{
	size_t at = k->message_at++;
	unsigned kind = k->message[0];

	if (kind == MESSAGE_SERVER_HELLO && at < 2) {
		k->version = k->version << 8 | byte;
	}
	if (kind != MESSAGE_SERVER_KEY_EXCHANGE) {
		return;
	}
	if (at == 0 && (byte != NAMED_CURVE || k->version != TLS_1_2)) {
		k->over = 1;
	} else if (at == POINT_LENGTH_AT) {
		k->scheme_at = POINT_LENGTH_AT + 1 + byte;
	} else if (k->scheme_at != 0 && at == k->scheme_at + 1) {
		scheme_known(k, byte);
	}
}

static void read_handshake(key_exchange_rewrite *k, uint8_t byte)
{
	br_multihash_update(&k->sent, &byte, 1);
	if (k->message_len < sizeof k->message) {
		k->message[k->message_len++] = byte;
		if (k->message_len < sizeof k->message) {
			return;
		}
		k->message_left = (size_t)wire_number(k->message + 1, 3);
		k->message_at = 0;
		k->over |= k->message[0] == MESSAGE_SERVER_HELLO_DONE;
	} else {
		k->message_left--;
		read_body(k, byte);
	}
}

/* Past the end of a message, and past that of a record, come the headers of the next. */
static void at_ends(key_exchange_rewrite *k)
{
	if (k->message_left == 0 && k->message_len == sizeof k->message) {
		k->message_len = 0;
		k->over |= k->message[0] == MESSAGE_SERVER_KEY_EXCHANGE;
	}
	if (k->record_left == 0 && k->record_len == sizeof k->record) {
		k->record_len = 0;
	}
}

static void read_byte(key_exchange_rewrite *k, uint8_t byte)
{
	if (k->record_len < sizeof k->record) {
		k->record[k->record_len++] = byte;
		k->record_left = (size_t)wire_number(k->record + 3, 2);
		k->over |= k->record[0] == RECORD_CHANGE_CIPHER_SPEC;
	} else {
		k->record_left--;
		if (k->record[0] == RECORD_HANDSHAKE) {
			read_handshake(k, byte);
		}
	}
	at_ends(k);
}

/* So much of the message is of no interest from where it is read. */
static size_t uninteresting(const key_exchange_rewrite *k)
{
	size_t at = k->message_at;

	switch (k->message[0]) {
	case MESSAGE_SERVER_HELLO:
		return at < 2 ? 0 : k->message_left;
	case MESSAGE_SERVER_KEY_EXCHANGE:
		return at <= POINT_LENGTH_AT ? 0
			: at < k->scheme_at      ? k->scheme_at - at
			: at < k->scheme_at + 2  ? 0
									 : k->message_left;
	default:
		return k->message_left;
	}
}

size_t key_exchange_rewrite_passes(key_exchange_rewrite *k, bytes data)
{
	size_t left = k->record_left < k->message_left ? k->record_left : k->message_left;

	if (k->over || k->held_len != 0 || k->message_len < sizeof k->message
		|| k->record_len < sizeof k->record || k->record[0] != RECORD_HANDSHAKE) {
		return 0;
	}
	size_t until = uninteresting(k), len = data.len < left ? data.len : left;
	len = len < until ? len : until;
	br_multihash_update(&k->sent, data.p, len);
	k->record_left -= len;
	k->message_left -= len;
	k->message_at += len;
	at_ends(k);
	return len;
}

static int holds_back(const key_exchange_rewrite *k)
{
	return !k->over && k->held_len < sizeof k->held && k->scheme_at != 0 && k->scheme == 0
		&& k->message[0] == MESSAGE_SERVER_KEY_EXCHANGE && k->message_len == sizeof k->message
		&& k->message_at == k->scheme_at + 1;
}

size_t key_exchange_rewrite_byte(key_exchange_rewrite *k, uint8_t byte, uint8_t *out)
{
	if (k->over && k->held_len == 0) {
		*out = byte;
		return 1;
	}
	k->held[k->held_len++] = byte;
	if (!k->over) {
		read_byte(k, byte);
	}
	if (holds_back(k)) {
		return 0;
	}
	k->over |= k->held_len == sizeof k->held; /* nobody sends so much between the two */
	size_t len = k->held_len;
	memcpy(out, k->held, len);
	k->held_len = 0;
	return len;
}

int key_exchange_signed(const key_exchange_rewrite *k, const br_ssl_engine_context *eng,
	const public_key *key, bytes signature, const br_hash_class **hash, uint8_t digest[64])
{
	static const br_hash_class *const hashes[] = { &br_sha256_vtable, &br_sha384_vtable,
		&br_sha512_vtable };
	const uint8_t params[] = { NAMED_CURVE, 0, eng->ecdhe_curve, eng->ecdhe_point_len };
	uint8_t text[2 * HELLO_RANDOM + sizeof params + POINT_MAX], last = (uint8_t)k->scheme;
	wire_writer w = { .p = text, .room = sizeof text };
	br_hash_compat_context context;

	wire_put(&w, eng->client_random, HELLO_RANDOM);
	wire_put(&w, eng->server_random, HELLO_RANDOM);
	wire_put(&w, params, sizeof params);
	wire_put(&w, eng->ecdhe_point, eng->ecdhe_point_len);
	if (last == SCHEME_ED25519) {
		return key->kind == KEY_ED25519
			&& ed25519_verify((bytes){ text, wire_written(&w) }, signature, key->point);
	}
	if (key->kind != (last >= 9 ? KEY_RSA_PSS : KEY_RSA)) {
		return 0;
	}
	const br_hash_class *class = hashes[hash_of(last) - HASH_SHA256];
	class->init(&context.vtable);
	class->update(&context.vtable, text, wire_written(&w));
	class->out(&context.vtable, digest);
	*hash = class;
	return rsa_pss_verify(
		class, digest, class->desc >> BR_HASHDESC_OUT_OFF & BR_HASHDESC_OUT_MASK, signature, key);
}
