#include "tls/tls.h"

#include "x509/names.h"
#include "tls/tls_names.h"

#include <string.h>

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
	br_ssl_engine_context *eng = &t->client.eng;
	uint8_t ip[16];

	br_ssl_client_zero(&t->client);
	set_algorithms(eng);
	br_ssl_client_set_default_rsapub(&t->client);
	recorder_init(&t->certificates);
	br_ssl_engine_set_x509(eng, &t->certificates.vtable);
	br_ssl_engine_set_buffer(eng, t->iobuf, sizeof t->iobuf, 1);
	br_ssl_engine_add_flags(eng, BR_OPT_NO_RENEGOTIATION);
	br_ssl_engine_inject_entropy(eng, seed, TLS_SEED);
	int no_sni = server_name[0] == '\0' || names_parse_ip(server_name, ip) != 0;
	br_ssl_client_reset(&t->client, no_sni ? NULL : server_name, 0);
}

size_t tls_receive(tls *t, const uint8_t *data, size_t len)
{
	br_ssl_engine_context *eng = &t->client.eng;
	size_t taken = 0;

	while (taken < len) {
		size_t room = 0;
		uint8_t *buf = br_ssl_engine_recvrec_buf(eng, &room);
		if (buf == NULL) {
			break;
		}
		size_t n = len - taken < room ? len - taken : room;
		memcpy(buf, data + taken, n);
		br_ssl_engine_recvrec_ack(eng, n);
		taken += n;
	}
	return taken;
}

size_t tls_to_send(tls *t, const uint8_t **data)
{
	size_t len = 0;
	*data = br_ssl_engine_sendrec_buf(&t->client.eng, &len);
	return *data == NULL ? 0 : len;
}

void tls_sent(tls *t, size_t len)
{
	br_ssl_engine_sendrec_ack(&t->client.eng, len);
}

size_t tls_readable(tls *t, const uint8_t **data)
{
	size_t len = 0;
	*data = br_ssl_engine_recvapp_buf(&t->client.eng, &len);
	return *data == NULL ? 0 : len;
}

void tls_read(tls *t, size_t len)
{
	br_ssl_engine_recvapp_ack(&t->client.eng, len);
}

int tls_writable(const tls *t)
{
	return (br_ssl_engine_current_state(&t->client.eng) & BR_SSL_SENDAPP) != 0;
}

size_t tls_write(tls *t, const uint8_t *data, size_t len)
{
	size_t room = 0;
	uint8_t *buf = br_ssl_engine_sendapp_buf(&t->client.eng, &room);

	if (buf == NULL || len == 0) {
		return 0;
	}
	size_t n = len < room ? len : room;
	memcpy(buf, data, n);
	br_ssl_engine_sendapp_ack(&t->client.eng, n);
	br_ssl_engine_flush(&t->client.eng, 0);
	return n;
}

void tls_close(tls *t)
{
	br_ssl_engine_close(&t->client.eng);
}

int tls_established(const tls *t)
{
	unsigned state = br_ssl_engine_current_state(&t->client.eng);
	return (state & BR_SSL_CLOSED) == 0 && (state & (BR_SSL_SENDAPP | BR_SSL_RECVAPP)) != 0;
}

int tls_closed(const tls *t)
{
	return (br_ssl_engine_current_state(&t->client.eng) & BR_SSL_CLOSED) != 0;
}

tls_outcome tls_failure(const tls *t, int *number)
{
	int error = br_ssl_engine_last_error(&t->client.eng);

	*number = error;
	if (error == BR_ERR_OK) {
		return TLS_NOT_FAILED;
	}
	if (error >= BR_ERR_SEND_FATAL_ALERT) {
		*number = error - BR_ERR_SEND_FATAL_ALERT;
		return TLS_ALERT_SENT;
	}
	if (error >= BR_ERR_RECV_FATAL_ALERT) {
		*number = error - BR_ERR_RECV_FATAL_ALERT;
		return TLS_ALERT_RECEIVED;
	}
	return TLS_FAILED;
}

unsigned tls_version(const tls *t)
{
	return br_ssl_engine_get_version(&t->client.eng);
}

const char *tls_suite_name(const tls *t)
{
	return tls_suite_by_number(t->client.eng.session.cipher_suite)->name;
}

int tls_suite_weak(const tls *t)
{
	return tls_suite_by_number(t->client.eng.session.cipher_suite)->strength == SUITE_weak;
}

const char *tls_group_name(const tls *t)
{
	if (strstr(tls_suite_name(t), "_ECDHE_") == NULL) {
		return "";
	}
	/* BearSSL numbers its curves as IANA does. */
	int curve = br_ssl_engine_get_ecdhe_curve((br_ssl_engine_context *)&t->client.eng);
	return curve == 0 ? "" : tls_group_by_number((uint16_t)curve)->name;
}
