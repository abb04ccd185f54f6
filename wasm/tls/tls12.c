#include "tls/tls.h"

#include "tls/validator.h"
#include "base/ip_address.h"

#include <bearssl.h>
#include <string.h>

typedef struct {
	br_ssl_client_context client;
	validator validator;
	int handshake_complete;
	uint8_t iobuf[BR_SSL_BUFSIZE_BIDI];
} tls12;

_Static_assert(sizeof(tls12) <= TLS_ENGINE, "tls.h reserves too little");

#define TLS_ERROR(symbol, number, name) _Static_assert(number == name, #name);
#include "tls/errors.def"
#undef TLS_ERROR

static tls12 *engine_of(tls *t)
{
	return (tls12 *)t->engine;
}

static const tls12 *engine_in(const tls *t)
{
	return (const tls12 *)t->engine;
}

/* BearSSL writes the suites as BR_TLS_…: one list gives both its number and the IANA name. */
static const uint16_t suites[] = {
#define SUITE(name, weak) BR_##name,
#include "tls/suites.def"
#undef SUITE
};

static void set_algorithms(br_ssl_engine_context *eng)
{
	static const br_hash_class *const hashes[] = { &br_md5_vtable, &br_sha1_vtable,
		&br_sha224_vtable, &br_sha256_vtable, &br_sha384_vtable, &br_sha512_vtable };

	br_ssl_engine_set_versions(eng, BR_TLS10, BR_TLS12);
	br_ssl_engine_set_suites(eng, suites, sizeof suites / sizeof suites[0]);
	for (int id = br_md5_ID; id <= br_sha512_ID; id++) {
		br_ssl_engine_set_hash(eng, id, hashes[id - 1]);
	}
	br_ssl_engine_set_prf10(eng, br_tls10_prf);
	br_ssl_engine_set_prf_sha256(eng, br_tls12_sha256_prf);
	br_ssl_engine_set_prf_sha384(eng, br_tls12_sha384_prf);
	br_ssl_engine_set_default_rsavrfy(eng);
	br_ssl_engine_set_default_ecdsa(eng);
	br_ssl_engine_set_default_aes_cbc(eng);
	br_ssl_engine_set_default_aes_ccm(eng);
	br_ssl_engine_set_default_aes_gcm(eng);
	br_ssl_engine_set_default_des_cbc(eng);
	br_ssl_engine_set_default_chapol(eng);
}

void tls_start(tls *t, const char *server_name, const uint8_t seed[TLS_SEED])
{
	tls12 *e = engine_of(t);
	br_ssl_engine_context *eng = &e->client.eng;
	uint8_t ip[16];

	e->handshake_complete = 0;
	br_ssl_client_zero(&e->client);
	set_algorithms(eng);
	br_ssl_client_set_default_rsapub(&e->client);
	validator_init(&e->validator, &t->certificates);
	br_ssl_engine_set_x509(eng, &e->validator.vtable);
	br_ssl_engine_set_buffer(eng, e->iobuf, sizeof e->iobuf, 1);
	br_ssl_engine_add_flags(eng, BR_OPT_NO_RENEGOTIATION);
	br_ssl_engine_inject_entropy(eng, seed, TLS_SEED);
	int no_sni = server_name[0] == '\0' || ip_parse(server_name, ip) != 0;
	br_ssl_client_reset(&e->client, no_sni ? NULL : server_name, 0);
}

static int established(const tls12 *e)
{
	unsigned state = br_ssl_engine_current_state(&e->client.eng);
	return (state & BR_SSL_CLOSED) == 0 && (state & (BR_SSL_SENDAPP | BR_SSL_RECVAPP)) != 0;
}

size_t tls_receive(tls *t, const uint8_t *data, size_t len)
{
	tls12 *e = engine_of(t);
	size_t taken = 0;

	while (taken < len) {
		size_t room = 0;
		uint8_t *buf = br_ssl_engine_recvrec_buf(&e->client.eng, &room);
		if (buf == NULL) {
			break;
		}
		size_t n = len - taken < room ? len - taken : room;
		memcpy(buf, data + taken, n);
		br_ssl_engine_recvrec_ack(&e->client.eng, n);
		e->handshake_complete |= established(e);
		taken += n;
	}
	return taken;
}

size_t tls_to_send(tls *t, const uint8_t **data)
{
	size_t len = 0;
	*data = br_ssl_engine_sendrec_buf(&engine_of(t)->client.eng, &len);
	return *data == NULL ? 0 : len;
}

void tls_sent(tls *t, size_t len)
{
	tls12 *e = engine_of(t);
	const uint8_t *data;
	size_t waiting = tls_to_send(t, &data);

	if (waiting > 0 && len > 0) {
		br_ssl_engine_sendrec_ack(&e->client.eng, len < waiting ? len : waiting);
		e->handshake_complete |= established(e);
	}
}

size_t tls_readable(tls *t, const uint8_t **data)
{
	size_t len = 0;
	*data = br_ssl_engine_recvapp_buf(&engine_of(t)->client.eng, &len);
	return *data == NULL ? 0 : len;
}

void tls_read(tls *t, size_t len)
{
	const uint8_t *data;
	size_t waiting = tls_readable(t, &data);

	if (waiting > 0 && len > 0) {
		br_ssl_engine_recvapp_ack(&engine_of(t)->client.eng, len < waiting ? len : waiting);
	}
}

int tls_writable(const tls *t)
{
	return (br_ssl_engine_current_state(&engine_in(t)->client.eng) & BR_SSL_SENDAPP) != 0;
}

size_t tls_write(tls *t, const uint8_t *data, size_t len)
{
	br_ssl_engine_context *eng = &engine_of(t)->client.eng;
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

void tls_close(tls *t)
{
	br_ssl_engine_close(&engine_of(t)->client.eng);
}

/* BearSSL's number of an alert that was received is a base and the alert's own. As a client it sends none. */
tls_status tls_state(const tls *t)
{
	const tls12 *e = engine_in(t);
	int error = br_ssl_engine_last_error(&e->client.eng);
	tls_status s = { TLS_HANDSHAKING, e->handshake_complete, 0, TLS_ERROR_unknown };

	if (established(e)) {
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

unsigned tls_version(const tls *t)
{
	return br_ssl_engine_get_version(&engine_in(t)->client.eng);
}

const char *tls_suite_name(const tls *t)
{
	return tls_suite_by_number(engine_in(t)->client.eng.session.cipher_suite)->name;
}

int tls_suite_weak(const tls *t)
{
	return tls_suite_by_number(engine_in(t)->client.eng.session.cipher_suite)->strength
		== SUITE_weak;
}

const char *tls_group_name(const tls *t)
{
	if (strstr(tls_suite_name(t), "_ECDHE_") == NULL) {
		return "";
	}
	/* BearSSL numbers its curves as IANA does. */
	int curve = br_ssl_engine_get_ecdhe_curve((br_ssl_engine_context *)&engine_in(t)->client.eng);
	return curve == 0 ? "" : tls_group_by_number((uint16_t)curve)->name;
}
