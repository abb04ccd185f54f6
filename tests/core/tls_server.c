#include "tls_server.h"

#include "drivers/pem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RECORD_ALERT = 21, RECORD_APPLICATION_DATA = 23 };

static int add(void *arg, const uint8_t *der, size_t len)
{
	tls_server *t = arg;
	unsigned char *copy = malloc(len);

	if (copy == NULL || t->chain_len == sizeof t->chain / sizeof t->chain[0]) {
		abort();
	}
	memcpy(copy, der, len);
	t->chain[t->chain_len].data = copy;
	t->chain[t->chain_len++].data_len = len;
	return 0;
}

static void load_key(tls_server *t, const char *path)
{
	unsigned char data[4096];
	FILE *f = fopen(path, "rb");

	if (f == NULL) {
		perror(path);
		exit(2);
	}
	size_t len = fread(data, 1, sizeof data, f);
	fclose(f);
	br_skey_decoder_init(&t->key);
	br_skey_decoder_push(&t->key, data, len);
	if (br_skey_decoder_last_error(&t->key) != 0) {
		fprintf(stderr, "%s: not a private key\n", path);
		exit(2);
	}
}

static uint16_t suite_by_name(const char *name)
{
#define SUITE(suite, weak)                                                                         \
	if (strcmp(name, #suite) == 0) {                                                               \
		return BR_##suite;                                                                         \
	}
#include "tls/suites.def"
#undef SUITE
	fprintf(stderr, "%s: no such suite\n", name);
	exit(2);
}

/* Nobody has a certificate that this would accept, and it insists on one. */
static void want_client_certificate(tls_server *t)
{
	static const br_x500_name anybody = { (unsigned char *)"0", 2 };

	br_x509_minimal_init(&t->judge, &br_sha256_vtable, NULL, 0);
	br_ssl_engine_set_x509(&t->context.eng, &t->judge.vtable);
	br_ssl_server_set_trust_anchor_names(&t->context, &anybody, 1);
}

/* The usual policy, but for the hash. */
static const br_ssl_server_policy_class *usual;
static br_ssl_server_policy_class with_sha1;

static int choose_sha1(const br_ssl_server_policy_class **pctx, const br_ssl_server_context *cc,
	br_ssl_server_choices *choices)
{
	int chosen = usual->choose(pctx, cc, choices);
	choices->algo_id = 0xff00 + br_sha1_ID;
	return chosen;
}

static void sign_with_sha1(tls_server *t)
{
	usual = *t->context.policy_vtable;
	with_sha1 = *usual;
	with_sha1.choose = choose_sha1;
	*t->context.policy_vtable = &with_sha1;
}

/* One `key=value` of the directive. */
static void restrict_to(tls_server *t, const char *setting)
{
	br_ssl_engine_context *eng = &t->context.eng;

	if (strcmp(setting, "client-certificate") == 0) {
		want_client_certificate(t);
	} else if (strcmp(setting, "signature=sha1") == 0) {
		sign_with_sha1(t);
	} else if (strcmp(setting, "max=1.0") == 0) {
		br_ssl_engine_set_versions(eng, BR_TLS10, BR_TLS10);
	} else if (strcmp(setting, "max=1.1") == 0) {
		br_ssl_engine_set_versions(eng, BR_TLS10, BR_TLS11);
	} else if (strncmp(setting, "suite=", 6) == 0) {
		uint16_t suite = suite_by_name(setting + 6);
		br_ssl_engine_set_suites(eng, &suite, 1);
	} else {
		fprintf(stderr, "%s: no such setting of a TLS server\n", setting);
		exit(2);
	}
}

void tls_server_start(tls_server *t, const char *directory, const char *arguments)
{
	static const unsigned char seed[32] = "the same handshake in every run";
	char path[512], words[256];
	br_ssl_engine_context *eng = &t->context.eng;

	snprintf(words, sizeof words, "%s", arguments);
	char *rest = words, *name = strsep(&rest, " "), *setting;
	t->chain_len = 0;
	t->said_len = 0;
	t->said[0] = '\0';
	snprintf(path, sizeof path, "%s/%s.pem", directory, name);
	if (pem_each(path, add, t) <= 0) {
		exit(2);
	}
	snprintf(path, sizeof path, "%s/%s.key.der", directory, name);
	load_key(t, path);
	if (br_skey_decoder_key_type(&t->key) == BR_KEYTYPE_RSA) {
		br_ssl_server_init_full_rsa(
			&t->context, t->chain, t->chain_len, br_skey_decoder_get_rsa(&t->key));
	} else {
		br_ssl_server_init_full_ec(
			&t->context, t->chain, t->chain_len, BR_KEYTYPE_EC, br_skey_decoder_get_ec(&t->key));
	}
	while ((setting = strsep(&rest, " ")) != NULL) {
		restrict_to(t, setting);
	}
	br_ssl_engine_set_buffer(eng, t->iobuf, sizeof t->iobuf, 1);
	br_ssl_engine_inject_entropy(eng, seed, sizeof seed);
	br_ssl_server_reset(&t->context);
}

void tls_server_free(tls_server *t)
{
	for (size_t i = 0; i < t->chain_len; i++) {
		free(t->chain[i].data);
	}
	t->chain_len = 0;
}

size_t tls_server_alert(tls_server *t, int alert, unsigned char record[TLS_SERVER_RECORD])
{
	br_ssl_engine_context *eng = &t->context.eng;
	unsigned char work[TLS_SERVER_RECORD]; /* encrypted in place, with room for what that adds */
	size_t len = 2;

	work[64] = 2; /* fatal */
	work[65] = (unsigned char)alert;
	unsigned char *made =
		eng->out.vtable->encrypt(&eng->out.vtable, RECORD_ALERT, eng->version_out, work + 64, &len);
	memcpy(record, made, len);
	return len;
}

size_t tls_server_damaged(unsigned char record[TLS_SERVER_RECORD])
{
	static const unsigned char header[] = { RECORD_APPLICATION_DATA, 3, 3, 0, 64 };

	memcpy(record, header, sizeof header);
	memset(record + sizeof header, 0x55, 64);
	return sizeof header + 64;
}

void tls_server_give(probe *p, const unsigned char *data, size_t len, uint64_t now)
{
	for (size_t room; len > 0 && (probe_state(p) & PROBE_RECV); data += room, len -= room) {
		uint8_t *buf = probe_recv_buf(p, &room);
		room = len < room ? len : room;
		memcpy(buf, data, room);
		probe_recv_ack(p, room, now);
	}
}

static void hear(tls_server *t)
{
	br_ssl_engine_context *eng = &t->context.eng;
	size_t len;
	const unsigned char *text = br_ssl_engine_recvapp_buf(eng, &len);

	if (text != NULL && len < sizeof t->said - t->said_len) {
		memcpy(t->said + t->said_len, text, len);
		t->said_len += len;
		t->said[t->said_len] = '\0';
		br_ssl_engine_recvapp_ack(eng, len);
	}
}

int tls_server_round(tls_server *t, probe *p, uint64_t now)
{
	br_ssl_engine_context *eng = &t->context.eng;
	int moved = 0;
	size_t len, room;

	while (probe_state(p) & PROBE_SEND) {
		const uint8_t *data = probe_send_buf(p, &len);
		unsigned char *buf = br_ssl_engine_recvrec_buf(eng, &room);
		if (buf != NULL) {
			len = len < room ? len : room;
			memcpy(buf, data, len);
			br_ssl_engine_recvrec_ack(eng, len);
			hear(t);
		}
		probe_send_ack(p, len, now);
		moved = 1;
	}
	const unsigned char *record = br_ssl_engine_sendrec_buf(eng, &len);
	if (record != NULL && len > 0) {
		tls_server_give(p, record, len, now);
		br_ssl_engine_sendrec_ack(eng, len);
		moved = 1;
	}
	return moved;
}
