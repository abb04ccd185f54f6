#include "tls/tls12.h"

#include "base/wipe.h"
#include "crypto/ecdhe.h"
#include "tls/messages.h"
#include "tls/record_protection.h"
#include "tls/server_messages.h"
#include "crypto/ecdsa_verify.h"
#include "crypto/rsa_public.h"

#include <stddef.h>
#include <string.h>

#define TLS_ERROR(symbol, number, alert, name) _Static_assert(number == name, #name);
#define OWN_TLS_ERROR(symbol, number, alert, name)
#include "tls/errors.def"
#undef OWN_TLS_ERROR
#undef TLS_ERROR

/* BearSSL writes the suites as BR_TLS_…: one list gives both its number and the IANA name. */
static const uint16_t suites[] = {
#define SUITE(name, weak) BR_##name,
#include "tls/suites.def"
#undef SUITE
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static void set_algorithms(br_ssl_engine_context *eng)
{
	static const br_hash_class *const hashes[] = { &br_md5_vtable, &br_sha1_vtable,
		&br_sha224_vtable, &br_sha256_vtable, &br_sha384_vtable, &br_sha512_vtable };

	br_ssl_engine_set_versions(eng, BR_TLS10, BR_TLS12);
	for (int id = br_md5_ID; id <= br_sha512_ID; id++) {
		br_ssl_engine_set_hash(eng, id, hashes[id - 1]);
	}
	br_ssl_engine_set_prf10(eng, br_tls10_prf);
	br_ssl_engine_set_prf_sha256(eng, br_tls12_sha256_prf);
	br_ssl_engine_set_prf_sha384(eng, br_tls12_sha384_prf);
	br_ssl_engine_set_default_aes_cbc(eng);
	br_ssl_engine_set_default_aes_ccm(eng);
	br_ssl_engine_set_default_aes_gcm(eng);
	br_ssl_engine_set_default_des_cbc(eng);
	br_ssl_engine_set_default_chapol(eng);
}

/* BearSSL would make a key for its key exchange, which is a tenth of a handshake. Where the server takes the group of the
 * hello's share that one serves. Whose it is shows nowhere in what BearSSL calls: it stands here while BearSSL works. */
static _Thread_local key_share *offered;

static int is_offered(int curve)
{
	return offered != NULL && offered->group == curve;
}

static uint32_t agree(
	unsigned char *point, size_t len, const unsigned char *key, size_t key_len, int curve)
{
	return is_offered(curve)
		? ecdhe_curves.mul(point, len, offered->private_key, offered->private_len, curve)
		: ecdhe_curves.mul(point, len, key, key_len, curve);
}

static size_t public_half(unsigned char *point, const unsigned char *key, size_t key_len, int curve)
{
	if (!is_offered(curve)) {
		return ecdhe_curves.mulgen(point, key, key_len, curve);
	}
	size_t len = offered->public_len;
	memcpy(point, offered->public_key, len);
	wipe(offered, sizeof *offered);
	return len;
}

/* BearSSL's verifiers of signatures, for the one of a key exchange. Which connection it is for shows in where the
 * signature lies. */
static tls12 *connection_of(const void *signature)
{
	return (tls12 *)((char *)signature - offsetof(tls12, client.eng.pad));
}

static uint32_t verify_key_exchange_ec(const br_ec_impl *impl, const void *hash, size_t hash_len,
	const br_ec_public_key *pk, const void *signature, size_t len)
{
	tls12 *e = connection_of(signature);
	const br_hash_class *class;
	uint8_t digest[64];

	(void)impl;
	if (!e->key_exchange.rewritten) {
		return (uint32_t)ecdsa_verify(
			pk->curve, (bytes){ pk->q, pk->qlen }, hash, hash_len, (bytes){ signature, len });
	}
	key_exchange_restore(&e->key_exchange, &e->client.eng.mhash);
	return (uint32_t)key_exchange_signed(&e->key_exchange, &e->client.eng,
		&e->validator.record->key, (bytes){ signature, len }, &class, digest);
}

static uint32_t verify_key_exchange(const unsigned char *signature, size_t len,
	const unsigned char *hash_oid, size_t hash_len, const br_rsa_public_key *pk, unsigned char *out)
{
	tls12 *e = connection_of(signature);
	const br_hash_class *hash;
	uint8_t digest[64];

	(void)pk; /* it is the certificate's */
	if (!e->key_exchange.rewritten) {
		return (uint32_t)rsa_pkcs1_recover(
			(bytes){ signature, len }, hash_oid, out, hash_len, &e->validator.record->key.rsa);
	}
	key_exchange_restore(&e->key_exchange, &e->client.eng.mhash);
	if (!key_exchange_signed(&e->key_exchange, &e->client.eng, &e->validator.record->key,
			(bytes){ signature, len }, &hash, digest)) {
		return 0;
	}
	memcpy(out, digest, hash_len);
	return 1;
}

/* RSA key exchange (RFC 5246 7.4.7.1) */
static uint32_t encrypt_premaster_secret(
	unsigned char *number, size_t len, const br_rsa_public_key *pk)
{
	rsa_key key = { { pk->n, pk->nlen }, { pk->e, pk->elen } };

	return rsa_encrypt(number, len, &key) == 0;
}

/* BearSSL has made a hello of its own, which nobody hears; with one suite, since it goes through all that it knows for each. */
static void replace_hello(tls12 *e, bytes hello)
{
	br_ssl_engine_context *eng = &e->client.eng;
	wire_reader r = wire_over(hello);
	size_t len;

	br_ssl_engine_sendrec_buf(eng, &len);
	br_ssl_engine_sendrec_ack(eng, len);
	br_ssl_engine_set_suites(eng, suites, COUNT(suites));
	wire_take(&r, 4 + 2); /* the header, and the version */
	memcpy(eng->client_random, wire_take(&r, HELLO_RANDOM).p, HELLO_RANDOM);
	br_multihash_init(&eng->mhash);
	br_multihash_update(&eng->mhash, hello.p, hello.len);
	key_exchange_rewrite_start(&e->key_exchange, &eng->mhash);
}

void tls12_start(
	tls12 *e, bytes hello, key_share *share, const uint8_t seed[TLS_SEED], recorder *record)
{
	br_ssl_engine_context *eng = &e->client.eng;

	e->handshake_complete = e->refused = 0;
	e->refusal_len = 0;
	br_ssl_client_zero(&e->client);
	set_algorithms(eng);
	e->share = share;
	e->curves = ecdhe_curves;
	e->curves.mul = agree;
	e->curves.mulgen = public_half;
	br_ssl_engine_set_ec(eng, &e->curves);
	br_ssl_engine_set_rsavrfy(eng, verify_key_exchange);
	br_ssl_engine_set_ecdsa(eng, verify_key_exchange_ec);
	br_ssl_client_set_rsapub(&e->client, encrypt_premaster_secret);
	validator_init(&e->validator, record);
	br_ssl_engine_set_x509(eng, &e->validator.vtable);
	br_ssl_engine_set_buffer(eng, e->iobuf, sizeof e->iobuf, 1);
	br_ssl_engine_add_flags(eng, BR_OPT_NO_RENEGOTIATION);
	br_ssl_engine_inject_entropy(eng, seed, TLS_SEED);
	br_ssl_engine_set_suites(eng, suites, 1);
	/* Whether there was a name is what BearSSL has to know, for the server's answer to it. */
	int named = client_hello_extension(hello, EXTENSION_SERVER_NAME).p != NULL;
	br_ssl_client_reset(&e->client, named ? "-" : NULL, 0);
	replace_hello(e, hello);
	/* Signatures of TLS 1.3 were offered with it alone. */
	e->key_exchange.over = share == NULL;
}

static int established(const tls12 *e)
{
	unsigned state = br_ssl_engine_current_state(&e->client.eng);
	return (state & BR_SSL_CLOSED) == 0 && (state & (BR_SSL_SENDAPP | BR_SSL_RECVAPP)) != 0;
}

/* A server that can speak TLS 1.3 says so where it chooses less (RFC 8446 4.1.3): then somebody on the way has
 * taken our offer of it out. */
static int downgraded(const tls12 *e)
{
	static const uint8_t sentinel[] = { 'D', 'O', 'W', 'N', 'G', 'R', 'D' };
	const br_ssl_engine_context *eng = &e->client.eng;
	const uint8_t *end = eng->server_random + sizeof eng->server_random - 8;

	/* The suite follows the random: that is whole then. */
	return e->share != NULL && eng->session.cipher_suite != 0
		&& memcmp(end, sentinel, sizeof sentinel) == 0 && end[7] <= 1;
}

/* Sealed where records are. */
static void put_alert(tls12 *e, int alert)
{
	const br_ssl_engine_context *eng = &e->client.eng;
	const br_sslrec_out_class **out = (const br_sslrec_out_class **)&eng->out.vtable;
	size_t start = RECORD_HEADER, end = sizeof e->refusal_room, len = 2;

	(*out)->max_plaintext(out, &start, &end);
	e->refusal_room[start] = ALERT_LEVEL_FATAL;
	e->refusal_room[start + 1] = (uint8_t)alert;
	e->refusal =
		(*out)->encrypt(out, RECORD_ALERT, eng->version_out, e->refusal_room + start, &len);
	e->refusal_len = len;
}

/* BearSSL falls silent where it fails. In the middle of a record of ours nothing else can be said, either. */
static void refuse(tls12 *e, tls_error why, int amid)
{
	e->refused = 1;
	e->error = why;
	if (!amid) {
		put_alert(e, tls_error_alert(why));
	}
}

void tls12_refuse(tls12 *e, tls_error why)
{
	refuse(e, why, 0);
}

/* What stands behind the last message of a handshake in its record is read by nobody, and nothing is read after it. */
static int stuck(const br_ssl_engine_context *eng)
{
	return br_ssl_engine_current_state(eng) == BR_SSL_SENDAPP;
}

/* How it stands after something was given to BearSSL. */
static void look(tls12 *e, int amid)
{
	int error = br_ssl_engine_last_error(&e->client.eng);

	if (!e->handshake_complete && downgraded(e)) {
		refuse(e, TLS_ERROR_downgraded, amid);
	} else if (stuck(&e->client.eng)) {
		refuse(e, TLS_ERROR_unexpected, amid);
	} else if (error != BR_ERR_OK && error < BR_ERR_RECV_FATAL_ALERT) {
		refuse(e, tls_error_by_number(error), amid);
	} else {
		e->handshake_complete |= established(e);
	}
}

/* Gives BearSSL what it has room for: how much that was. */
static size_t give(tls12 *e, const uint8_t *data, size_t len)
{
	size_t room = 0, taken = 0, waiting;
	uint8_t *buf;

	while (taken < len && !e->refused
		&& (buf = br_ssl_engine_recvrec_buf(&e->client.eng, &room)) != NULL) {
		int amid = br_ssl_engine_sendrec_buf(&e->client.eng, &waiting) != NULL;
		size_t n = len - taken < room ? len - taken : room;
		memcpy(buf, data + taken, n);
		offered = e->share;
		br_ssl_engine_recvrec_ack(&e->client.eng, n);
		offered = NULL;
		taken += n;
		look(e, amid);
	}
	return taken;
}

size_t tls12_receive(tls12 *e, const uint8_t *data, size_t len)
{
	uint8_t out[sizeof e->key_exchange.held];
	size_t taken = 0, room;

	while (taken < len && !e->key_exchange.over && !e->refused
		&& br_ssl_engine_recvrec_buf(&e->client.eng, &room) != NULL) {
		bytes next = { data + taken, len - taken < room ? len - taken : room };
		size_t n = key_exchange_rewrite_passes(&e->key_exchange, next);
		taken += n;
		if (n == 0) {
			n = key_exchange_rewrite_byte(&e->key_exchange, data[taken++], out);
			next.p = out;
		}
		give(e, next.p, n); /* in the middle of its flight there is room for so little */
	}
	if (!e->key_exchange.over) {
		return taken;
	}
	return taken + give(e, data + taken, len - taken);
}

size_t tls12_to_send(tls12 *e, const uint8_t **data)
{
	size_t len = 0;

	if (e->refused) {
		*data = e->refusal;
		return e->refusal_len;
	}
	*data = br_ssl_engine_sendrec_buf(&e->client.eng, &len);
	return *data == NULL ? 0 : len;
}

void tls12_sent(tls12 *e, size_t len)
{
	const uint8_t *data;
	size_t waiting = tls12_to_send(e, &data);
	size_t n = len < waiting ? len : waiting;

	if (e->refused) {
		e->refusal += n;
		e->refusal_len -= n;
	} else if (n > 0) {
		br_ssl_engine_sendrec_ack(&e->client.eng, n);
		look(e, 0);
	}
}

size_t tls12_readable(tls12 *e, const uint8_t **data)
{
	size_t len = 0;
	*data = br_ssl_engine_recvapp_buf(&e->client.eng, &len);
	return *data == NULL ? 0 : len;
}

void tls12_read(tls12 *e, size_t len)
{
	const uint8_t *data;
	size_t waiting = tls12_readable(e, &data);

	if (waiting > 0 && len > 0) {
		br_ssl_engine_recvapp_ack(&e->client.eng, len < waiting ? len : waiting);
	}
}

int tls12_writable(const tls12 *e)
{
	return (br_ssl_engine_current_state(&e->client.eng) & BR_SSL_SENDAPP) != 0;
}

size_t tls12_write(tls12 *e, const uint8_t *data, size_t len)
{
	br_ssl_engine_context *eng = &e->client.eng;
	size_t room = 0;
	uint8_t *buf = br_ssl_engine_sendapp_buf(eng, &room);

	if (buf == NULL || len == 0) {
		return 0;
	}
	size_t n = len < room ? len : room;
	memcpy(buf, data, n);
	br_ssl_engine_sendapp_ack(eng, n);
	br_ssl_engine_flush(eng, 0);
	return n;
}

void tls12_close(tls12 *e)
{
	br_ssl_engine_close(&e->client.eng);
}

/* BearSSL's number of an alert that was received is a base and the alert's own. */
tls_status tls12_state(const tls12 *e)
{
	int error = br_ssl_engine_last_error(&e->client.eng);
	tls_status s = { TLS_HANDSHAKING, e->handshake_complete, 0, TLS_ERROR_unknown };

	if (e->refused) {
		s.outcome = TLS_FAILED;
		s.error = e->error;
	} else if (established(e)) {
		s.outcome = TLS_ESTABLISHED;
		s.handshake_complete = 1;
	} else if ((br_ssl_engine_current_state(&e->client.eng) & BR_SSL_CLOSED) == 0) {
		s.outcome = e->handshake_complete ? TLS_ESTABLISHED : TLS_HANDSHAKING;
	} else if (error == BR_ERR_OK) {
		s.outcome = TLS_CLOSED;
	} else if (error >= BR_ERR_RECV_FATAL_ALERT && error < BR_ERR_SEND_FATAL_ALERT) {
		s.outcome = TLS_ALERT_RECEIVED;
		s.alert = error - BR_ERR_RECV_FATAL_ALERT;
	} else {
		s.outcome = TLS_FAILED;
		s.error = tls_error_by_number(error);
	}
	return s;
}

unsigned tls12_version(const tls12 *e)
{
	return br_ssl_engine_get_version(&e->client.eng);
}

uint16_t tls12_suite(const tls12 *e)
{
	return e->client.eng.session.cipher_suite;
}

/* BearSSL numbers its curves as IANA does. */
uint16_t tls12_group(const tls12 *e)
{
	return (uint16_t)br_ssl_engine_get_ecdhe_curve((br_ssl_engine_context *)&e->client.eng);
}
