#include "tls_server.h"

#include "drivers/pem.h"
#include "ed25519_sign.h"
#include "tls/messages.h"
#include "tls/tls_names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static const uint8_t *secret_of(const tls_server *t)
{
	return ed25519_secret((bytes){ t->key_der, t->key_len });
}

static void load_key(tls_server *t, const char *path)
{
	FILE *f = fopen(path, "rb");

	if (f == NULL) {
		perror(path);
		exit(2);
	}
	t->key_len = fread(t->key_der, 1, sizeof t->key_der, f);
	fclose(f);
	br_skey_decoder_init(&t->key);
	br_skey_decoder_push(&t->key, t->key_der, t->key_len);
	if (br_skey_decoder_last_error(&t->key) != 0 && secret_of(t) == NULL) {
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

static uint16_t newer_suite_by_name(const char *name)
{
	const tls_suite *suite;

	for (unsigned i = 0; (suite = tls_suite_at(i)) != NULL; i++) {
		if (strcmp(suite->name, name) == 0) {
			return suite->number;
		}
	}
	fprintf(stderr, "%s: no such suite\n", name);
	exit(2);
}

static uint16_t group_by_name(const char *name)
{
	const tls_word *group;

	for (unsigned i = 0; (group = tls_group_at(i)) != NULL; i++) {
		if (strcmp(group->name, name) == 0) {
			return group->number;
		}
	}
	fprintf(stderr, "%s: no such group\n", name);
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

	if (strcmp(setting, "version=1.3") == 0) {
		t->is_newer = 1; /* already, see tls_server_start() */
	} else if (strcmp(setting, "client-certificate") == 0 && t->is_newer) {
		t->newer.wants_certificate = 1;
	} else if (strcmp(setting, "client-certificate") == 0) {
		want_client_certificate(t);
	} else if (strcmp(setting, "signature=sha1") == 0) {
		sign_with_sha1(t);
	} else if (strcmp(setting, "max=1.0") == 0) {
		br_ssl_engine_set_versions(eng, BR_TLS10, BR_TLS10);
	} else if (strcmp(setting, "max=1.1") == 0) {
		br_ssl_engine_set_versions(eng, BR_TLS10, BR_TLS11);
	} else if (strncmp(setting, "suite=TLS_AES", 13) == 0) {
		t->newer.suite = newer_suite_by_name(setting + 6);
	} else if (strncmp(setting, "group=", 6) == 0) {
		t->newer.group = group_by_name(setting + 6);
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
	} else if (secret_of(t) == NULL) {
		br_ssl_server_init_full_ec(
			&t->context, t->chain, t->chain_len, BR_KEYTYPE_EC, br_skey_decoder_get_ec(&t->key));
	}
	tls13_server_start(&t->newer, t->chain, t->chain_len, &t->key);
	t->newer.ed25519 = secret_of(t);
	t->is_newer = strstr(arguments, "version=1.3") != NULL;
	t->asked_in_vain = 0;
	while ((setting = strsep(&rest, " ")) != NULL) {
		restrict_to(t, setting);
	}
	if (secret_of(t) != NULL) {
		return; /* which BearSSL does not know */
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
	if (t->is_newer) {
		const unsigned char content[] = { 2, (unsigned char)alert };
		const uint8_t *data;
		tls13_server_record(&t->newer, RECORD_ALERT, content, 2);
		size_t all = tls13_server_to_send(&t->newer, &data);
		memcpy(record, data, all);
		tls13_server_sent(&t->newer, all);
		return all;
	}
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

size_t tls_server_receive(tls_server *t, const unsigned char *data, size_t len)
{
	br_ssl_engine_context *eng = &t->context.eng;
	size_t taken = 0, room;
	unsigned char *buf;

	if (t->is_newer) {
		static const unsigned char certificate_required[] = { 2, 116 };
		tls13_server_receive(&t->newer, data, len);
		if (t->newer.wants_certificate && t->newer.finished && !t->asked_in_vain) {
			t->asked_in_vain = 1;
			tls13_server_record(&t->newer, RECORD_ALERT, certificate_required, 2);
		}
		return len;
	}
	while (taken < len && (buf = br_ssl_engine_recvrec_buf(eng, &room)) != NULL) {
		size_t n = len - taken < room ? len - taken : room;
		memcpy(buf, data + taken, n);
		br_ssl_engine_recvrec_ack(eng, n);
		taken += n;
	}
	return br_ssl_engine_current_state(eng) == BR_SSL_CLOSED ? len : taken;
}

const unsigned char *tls_server_text(tls_server *t, size_t *len)
{
	if (t->is_newer) {
		*len = t->newer.said_len;
		return (const unsigned char *)t->newer.said;
	}
	const unsigned char *text = br_ssl_engine_recvapp_buf(&t->context.eng, len);
	*len = text == NULL ? 0 : *len;
	return text;
}

void tls_server_heard(tls_server *t, size_t len)
{
	if (t->is_newer) {
		t->newer.said_len = 0;
	} else if (len > 0) {
		br_ssl_engine_recvapp_ack(&t->context.eng, len);
	}
}

const unsigned char *tls_server_to_send(tls_server *t, size_t *len)
{
	const unsigned char *data;

	if (t->is_newer) {
		*len = tls13_server_to_send(&t->newer, &data);
		return data;
	}
	data = br_ssl_engine_sendrec_buf(&t->context.eng, len);
	*len = data == NULL ? 0 : *len;
	return data;
}

void tls_server_sent(tls_server *t, size_t len)
{
	if (t->is_newer) {
		tls13_server_sent(&t->newer, len);
	} else if (len > 0) {
		br_ssl_engine_sendrec_ack(&t->context.eng, len);
	}
}

size_t tls_server_say(tls_server *t, const unsigned char *data, size_t len)
{
	br_ssl_engine_context *eng = &t->context.eng;
	size_t room;

	if (t->is_newer) {
		size_t n = len < RECORD_CONTENT_MAX ? len : RECORD_CONTENT_MAX;
		if (!t->newer.finished || t->newer.alert >= 0) {
			return 0;
		}
		tls13_server_record(&t->newer, RECORD_APPLICATION_DATA, data, n);
		return n;
	}
	unsigned char *buf = br_ssl_engine_sendapp_buf(eng, &room);
	if (buf == NULL) {
		return 0;
	}
	size_t n = len < room ? len : room;
	memcpy(buf, data, n);
	br_ssl_engine_sendapp_ack(eng, n);
	br_ssl_engine_flush(eng, 0);
	return n;
}

static void hear(tls_server *t)
{
	size_t len;
	const unsigned char *text = tls_server_text(t, &len);

	if (len > 0 && len < sizeof t->said - t->said_len) {
		memcpy(t->said + t->said_len, text, len);
		t->said_len += len;
		t->said[t->said_len] = '\0';
		tls_server_heard(t, len);
	}
}

int tls_server_round(tls_server *t, probe *p, uint64_t now)
{
	int moved = 0;
	size_t len;

	while (probe_state(p) & PROBE_SEND) {
		const uint8_t *data = probe_send_buf(p, &len);
		len = tls_server_receive(t, data, len);
		hear(t);
		probe_send_ack(p, len, now);
		moved = 1;
	}
	const unsigned char *record = tls_server_to_send(t, &len);
	if (len > 0) {
		tls_server_give(p, record, len, now);
		tls_server_sent(t, len);
		moved = 1;
	}
	return moved;
}
