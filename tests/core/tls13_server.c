#include "tls13_server.h"

#include "ed25519_sign.h"
#include "tls/messages.h"
#include "tls/server_messages.h"
#include "tls/tls_names.h"

#include <stdlib.h>
#include <string.h>

void tls13_server_start(tls13_server *t, const br_x509_certificate *chain, size_t chain_len,
	const br_skey_decoder_context *key)
{
	memset(t, 0, sizeof *t);
	t->chain = chain;
	t->chain_len = chain_len;
	t->key = key;
	t->alert = -1;
	br_hmac_drbg_init(&t->rng, &br_sha256_vtable, "the same server in every run", 28);
	br_multihash_zero(&t->transcript);
	br_multihash_setimpl(&t->transcript, br_sha256_ID, &br_sha256_vtable);
	br_multihash_setimpl(&t->transcript, br_sha384_ID, &br_sha384_vtable);
	br_multihash_init(&t->transcript);
}

/* BearSSL's own, which no header of it declares: the core has another. */
void br_mgf1_xor(
	void *data, size_t len, const br_hash_class *dig, const void *seed, size_t seed_len);

/* --- records --------------------------------------------------------------------------------------------- */

void tls13_server_plain_record(tls13_server *t, uint8_t type, const void *content, size_t len)
{
	wire_writer w = { .p = t->out + t->out_len, .room = sizeof t->out - t->out_len };

	wire_put_number(&w, type, 1);
	wire_put_number(&w, TLS_1_2, 2);
	wire_put_vector(&w, (bytes){ content, len }, 2);
	t->out_len += w.len;
}

void tls13_server_record(tls13_server *t, uint8_t type, const void *content, size_t len)
{
	static uint8_t padded[RECORD_CONTENT_MAX + 512];
	uint8_t *record = t->out + t->out_len;

	if (!t->writes_sealed) {
		tls13_server_plain_record(t, type, content, len);
		return;
	}
	/* The type is the last byte that is not padding: what is sealed as type 0 has its own before. */
	memcpy(padded, content, len);
	padded[len] = type;
	memset(padded + len + 1, 0, t->padding);
	memcpy(record + RECORD_HEADER, padded, len + 1 + t->padding);
	t->out_len += t->padding == 0 ? record_seal(&t->writing, type, record, len)
								  : record_seal(&t->writing, 0, record, len + t->padding);
}

static void flush(tls13_server *t)
{
	size_t most = t->fragment != 0 ? t->fragment : RECORD_CONTENT_MAX;

	for (size_t at = 0; at < t->flight_len; at += most) {
		size_t n = t->flight_len - at < most ? t->flight_len - at : most;
		tls13_server_record(t, RECORD_HANDSHAKE, t->flight + at, n);
	}
	t->flight_len = 0;
}

size_t tls13_server_to_send(const tls13_server *t, const uint8_t **data)
{
	*data = t->out + t->out_at;
	return t->out_len - t->out_at;
}

void tls13_server_sent(tls13_server *t, size_t len)
{
	t->out_at += len;
	if (t->out_at == t->out_len) {
		t->out_at = t->out_len = 0;
	}
}

/* --- messages -------------------------------------------------------------------------------------------- */

static void hash_so_far(const tls13_server *t, uint8_t *out)
{
	br_multihash_out(&t->transcript, t->schedule.hash_len == 32 ? br_sha256_ID : br_sha384_ID, out);
}

static void say(tls13_server *t, uint8_t kind, const wire_writer *body)
{
	static uint8_t message[65536];
	size_t len = body->len + 4;

	message[0] = kind;
	message[1] = (uint8_t)(body->len >> 16);
	message[2] = (uint8_t)(body->len >> 8);
	message[3] = (uint8_t)body->len;
	memcpy(message + 4, body->p, body->len);
	if (t->tamper != NULL) {
		t->tamper(t, 0, message, &len);
	}
	br_multihash_update(&t->transcript, message, len);
	if (t->tamper != NULL) {
		t->tamper(t, 1, message, &len);
	}
	memcpy(t->flight + t->flight_len, message, len);
	t->flight_len += len;
}

static uint16_t first_suite(bytes hello)
{
	static const uint16_t suites[] = { 0x1303, 0x1301, 0x1302 };

	for (size_t i = 0; i < 3; i++) {
		if (client_hello_offers_suite(hello, suites[i])) {
			return suites[i];
		}
	}
	abort(); /* a client of less than TLS 1.3 is not to be led here */
}

static void say_hello(tls13_server *t, bytes hello, uint16_t group, const key_share *share)
{
	static const uint8_t retry[] = { 0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d,
		0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91, 0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07,
		0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c };
	static uint8_t cookie[4096];
	uint8_t body[8192], random[HELLO_RANDOM];
	wire_writer w = { .p = body, .room = sizeof body };

	br_hmac_drbg_generate(&t->rng, random, sizeof random);
	wire_put_number(&w, TLS_1_2, 2);
	wire_put(&w, share == NULL ? retry : random, HELLO_RANDOM);
	wire_put_vector(&w, client_hello_session(hello), 1);
	wire_put_number(&w, t->suite, 2);
	wire_put_number(&w, 0, 1);
	size_t all = wire_open(&w, 2);
	wire_put_number(&w, EXTENSION_VERSIONS, 2);
	wire_put_number(&w, 2, 2);
	wire_put_number(&w, TLS_1_3, 2);
	if (share != NULL || group != 0) {
		wire_put_number(&w, EXTENSION_KEY_SHARE, 2);
		size_t extension = wire_open(&w, 2);
		wire_put_number(&w, group, 2);
		if (share != NULL) {
			wire_put_vector(&w, (bytes){ share->public_key, share->public_len }, 2);
		}
		wire_close(&w, extension, 2);
	}
	if (share == NULL && t->cookie_len > 0) {
		wire_put_number(&w, EXTENSION_COOKIE, 2);
		size_t extension = wire_open(&w, 2);
		wire_put_vector(&w, (bytes){ cookie, t->cookie_len }, 2);
		wire_close(&w, extension, 2);
	}
	wire_close(&w, all, 2);
	say(t, MESSAGE_SERVER_HELLO, &w);
	flush(t);
	tls13_server_plain_record(t, RECORD_CHANGE_CIPHER_SPEC, "\1", 1);
}

static void ask_again(tls13_server *t, bytes hello, uint16_t group, uint16_t had)
{
	uint8_t digest[KEY_SCHEDULE_HASH], header[4] = { MESSAGE_HASH, 0, 0, 0 };

	/* The suite's hash decides how long the first hello's stand-in is. */
	t->schedule.hash_len = t->suite == 0x1302 ? 48 : 32;
	if (t->hellos == 1) {
		hash_so_far(t, digest);
		header[3] = (uint8_t)t->schedule.hash_len;
		br_multihash_init(&t->transcript);
		br_multihash_update(&t->transcript, header, sizeof header);
		br_multihash_update(&t->transcript, digest, t->schedule.hash_len);
	}
	say_hello(t, hello, group == had ? 0 : group, NULL);
}

/* EMSA-PSS and the private key (RFC 8017 8.1.1); a salt of zeros is as good as any, here. */
size_t tls13_server_sign_pss(const br_skey_decoder_context *key, const br_hash_class *hash,
	const uint8_t *digest, uint8_t *out)
{
	const br_rsa_private_key *sk = br_skey_decoder_get_rsa(key);
	size_t len = (sk->n_bitlen + 7) / 8,
		   hash_len = hash->desc >> BR_HASHDESC_OUT_OFF & BR_HASHDESC_OUT_MASK;
	size_t db_len = len - hash_len - 1;
	uint8_t salt[64] = { 0 }, zeros[8] = { 0 };
	br_hash_compat_context h;

	memset(out, 0, len);
	hash->init(&h.vtable);
	hash->update(&h.vtable, zeros, 8);
	hash->update(&h.vtable, digest, hash_len);
	hash->update(&h.vtable, salt, hash_len);
	hash->out(&h.vtable, out + db_len);
	out[db_len - hash_len - 1] = 1;
	br_mgf1_xor(out, db_len, hash, out + db_len, hash_len);
	out[0] &= 0x7f; /* of a modulus of a whole number of bytes */
	out[len - 1] = 0xbc;
	br_rsa_private_get_default()(out, sk);
	return len;
}

static const br_hash_class *hash_of_scheme(uint16_t scheme)
{
	switch (scheme) {
	case 0x0503:
	case 0x0805:
	case 0x080a:
		return &br_sha384_vtable;
	case 0x0603:
	case 0x0806:
	case 0x080b:
		return &br_sha512_vtable;
	default:
		return &br_sha256_vtable;
	}
}

static void say_certificate_verify(tls13_server *t)
{
	static const char context[] = "TLS 1.3, server CertificateVerify";
	uint8_t hash[KEY_SCHEDULE_HASH], text[64 + sizeof context + KEY_SCHEDULE_HASH], digest[64],
		signature[512], body[600];
	wire_writer w = { .p = body, .room = sizeof body };

	memset(text, ' ', 64);
	memcpy(text + 64, context, sizeof context);
	hash_so_far(t, hash);
	memcpy(text + 64 + sizeof context, hash, t->schedule.hash_len);
	bytes all = { text, 64 + sizeof context + t->schedule.hash_len };
	if (t->ed25519 != NULL) {
		ed25519_sign(t->ed25519, all, signature);
		wire_put_number(&w, t->scheme != 0 ? t->scheme : 0x0807, 2);
		wire_put_vector(&w, (bytes){ signature, 64 }, 2);
		say(t, MESSAGE_CERTIFICATE_VERIFY, &w);
		return;
	}
	int rsa = br_skey_decoder_key_type(t->key) == BR_KEYTYPE_RSA;
	int curve = rsa ? 0 : br_skey_decoder_get_ec(t->key)->curve;
	uint16_t usual = rsa ? 0x0804 : curve == 24 ? 0x0503 : curve == 25 ? 0x0603 : 0x0403;
	uint16_t scheme = t->scheme != 0 ? t->scheme : usual;
	const br_hash_class *class = hash_of_scheme(scheme);
	br_hash_compat_context h;

	class->init(&h.vtable);
	class->update(&h.vtable, all.p, all.len);
	class->out(&h.vtable, digest);
	size_t len = rsa ? tls13_server_sign_pss(t->key, class, digest, signature)
					 : br_ecdsa_sign_asn1_get_default()(br_ec_get_default(), class, digest,
						 br_skey_decoder_get_ec(t->key), signature);
	wire_put_number(&w, scheme, 2);
	wire_put_vector(&w, (bytes){ signature, len }, 2);
	say(t, MESSAGE_CERTIFICATE_VERIFY, &w);
}

static void say_certificate(tls13_server *t)
{
	static uint8_t body[65536];
	wire_writer w = { .p = body, .room = sizeof body };

	wire_put_number(&w, 0, 1);
	size_t list = wire_open(&w, 3);
	for (size_t i = 0; i < t->chain_len; i++) {
		wire_put_vector(&w, (bytes){ t->chain[i].data, t->chain[i].data_len }, 3);
		wire_put_number(&w, 0, 2);
	}
	wire_close(&w, list, 3);
	say(t, MESSAGE_CERTIFICATE, &w);
}

static void say_rest(tls13_server *t)
{
	static const uint8_t request[] = { 0, 0, 8, 0, 13, 0, 4, 0, 2, 4, 3 };
	uint8_t hash[KEY_SCHEDULE_HASH], body[64];
	wire_writer w = { .p = body, .room = sizeof body };

	wire_put_number(&w, 0, 2);
	say(t, MESSAGE_ENCRYPTED_EXTENSIONS, &w);
	if (t->wants_certificate) {
		w.len = 0;
		wire_put(&w, request, sizeof request);
		say(t, MESSAGE_CERTIFICATE_REQUEST, &w);
	}
	say_certificate(t);
	say_certificate_verify(t);
	hash_so_far(t, hash);
	w.len = t->schedule.hash_len;
	key_schedule_finished(t->schedule.hash, t->server_secret, hash, body);
	say(t, MESSAGE_FINISHED, &w);
	flush(t);
}

static void change_keys(tls13_server *t)
{
	uint8_t hash[KEY_SCHEDULE_HASH];

	hash_so_far(t, hash);
	key_schedule_next(&t->schedule, (bytes){ hash, 0 });
	key_schedule_derive(&t->schedule, "s ap traffic", hash, t->server_secret);
	key_schedule_derive(&t->schedule, "c ap traffic", hash, t->client_next);
	record_protection_start(&t->writing, t->suite, t->server_secret);
}

static void on_hello(tls13_server *t, bytes hello)
{
	wire_reader extension = wire_over(client_hello_extension(hello, EXTENSION_KEY_SHARE));
	wire_reader list = wire_over(wire_take_vector(&extension, 2));
	uint16_t had = (uint16_t)wire_take_number(&list, 2);
	bytes theirs = wire_take_vector(&list, 2);
	uint16_t group = t->group != 0 ? t->group : had;
	uint8_t agreed[KEY_SHARE_PRIVATE], hash[KEY_SCHEDULE_HASH];
	key_share share;

	t->hellos++;
	t->suite = t->suite != 0 ? t->suite : first_suite(hello);
	if (group != had || (int)t->hellos <= t->retries) {
		br_multihash_update(&t->transcript, hello.p, hello.len);
		ask_again(t, hello, group, had);
		return;
	}
	br_multihash_update(&t->transcript, hello.p, hello.len);
	key_share_make(&share, group, &t->rng.vtable);
	size_t len = key_share_agree(&share, theirs, agreed);
	say_hello(t, hello, group, &share);
	key_schedule_start(&t->schedule, record_suite_hash(t->suite));
	key_schedule_next(&t->schedule, (bytes){ agreed, len });
	hash_so_far(t, hash);
	key_schedule_derive(&t->schedule, "c hs traffic", hash, t->client_secret);
	key_schedule_derive(&t->schedule, "s hs traffic", hash, t->server_secret);
	record_protection_start(&t->reading, t->suite, t->client_secret);
	record_protection_start(&t->writing, t->suite, t->server_secret);
	t->reads_sealed = t->writes_sealed = 1;
	say_rest(t);
	change_keys(t);
}

static void on_finished(tls13_server *t, bytes body)
{
	uint8_t hash[KEY_SCHEDULE_HASH], expected[KEY_SCHEDULE_HASH];

	hash_so_far(t, hash);
	key_schedule_finished(t->schedule.hash, t->client_secret, hash, expected);
	t->finished =
		body.len == t->schedule.hash_len && memcmp(expected, body.p, t->schedule.hash_len) == 0;
	t->failed |= !t->finished;
	memcpy(t->client_secret, t->client_next, sizeof t->client_secret);
	record_protection_start(&t->reading, t->suite, t->client_secret);
}

void tls13_server_update_key(tls13_server *t, uint8_t wish)
{
	uint8_t message[] = { MESSAGE_KEY_UPDATE, 0, 0, 1, wish };

	tls13_server_record(t, RECORD_HANDSHAKE, message, sizeof message);
	key_schedule_update(t->schedule.hash, t->server_secret);
	record_protection_start(&t->writing, t->suite, t->server_secret);
}

static void on_message(tls13_server *t, bytes message)
{
	bytes body = { message.p + 4, message.len - 4 };

	switch (message.p[0]) {
	case MESSAGE_CLIENT_HELLO:
		on_hello(t, message);
		break;
	case MESSAGE_CERTIFICATE:
		t->certificates_heard++;
		br_multihash_update(&t->transcript, message.p, message.len);
		break;
	case MESSAGE_FINISHED:
		on_finished(t, body);
		break;
	case MESSAGE_KEY_UPDATE:
		t->key_updates++;
		key_schedule_update(t->schedule.hash, t->client_secret);
		record_protection_start(&t->reading, t->suite, t->client_secret);
		break;
	default:
		t->failed = 1;
		break;
	}
}

static void on_content(tls13_server *t, uint8_t type, const uint8_t *content, size_t len)
{
	if (type == RECORD_ALERT) {
		t->alert = content[1];
	} else if (type == RECORD_APPLICATION_DATA && len < sizeof t->said - t->said_len) {
		memcpy(t->said + t->said_len, content, len);
		t->said_len += len;
		t->said[t->said_len] = '\0';
	} else if (type == RECORD_HANDSHAKE && len <= sizeof t->message - t->message_len) {
		memcpy(t->message + t->message_len, content, len);
		t->message_len += len;
		while (t->message_len >= 4 && t->message_len >= 4 + wire_number(t->message + 1, 3)) {
			size_t whole = 4 + (size_t)wire_number(t->message + 1, 3);
			on_message(t, (bytes){ t->message, whole });
			t->message_len -= whole;
			memmove(t->message, t->message + whole, t->message_len);
		}
	}
}

static void on_record(tls13_server *t)
{
	uint8_t type = t->in[0];
	size_t len = t->in_len - RECORD_HEADER;

	if (type == RECORD_APPLICATION_DATA && t->reads_sealed) {
		if (record_open(&t->reading, t->in, t->in_len, &type, &len) != RECORD_OPENED) {
			t->failed = 1;
			return;
		}
	} else if (type == RECORD_CHANGE_CIPHER_SPEC) {
		return;
	}
	on_content(t, type, t->in + RECORD_HEADER, len);
}

void tls13_server_receive(tls13_server *t, const uint8_t *data, size_t len)
{
	for (size_t i = 0; i < len && !t->failed; i++) {
		t->in[t->in_len++] = data[i];
		if (t->in_len >= RECORD_HEADER
			&& t->in_len == RECORD_HEADER + wire_number(t->in + RECORD_HEADER - 2, 2)) {
			on_record(t);
			t->in_len = 0;
		}
	}
}
