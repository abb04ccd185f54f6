/*
 * What a TLS client costs natively: stock BearSSL, as its br_ssl_client_init_full() sets it up, holds one handshake
 * with BearSSL's own server in memory, and then the client alone is given what that server sent, again and again.
 * A client that is seeded alike says the same, so that each time is a whole handshake: the chain of certificates and
 * the name are checked.
 *
 *   handshake NAME FOLDER GROUP ROOTS.crt…   prints the microseconds of one, the median; FOLDER holds NAME.pem, the
 *                                            server's chain, and NAME.key; GROUP is a number of TLS, the only
 *                                            one for key exchange, or 0: as both like it
 */
#include <bearssl.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	ROUNDS = 40,
	MAX_FILE = 65536,
	MAX_ROOTS = 300,
	MAX_FLIGHT = 65536,
	DAYS_BEFORE_1970 = 719528
};

static const char host[] = "mail.example.test";
static const uint8_t client_seed[32] = "the client's", server_seed[32] = "the server's";

typedef struct {
	unsigned char *p;
	size_t len;
} bytes;

static void append(void *to, const void *data, size_t len)
{
	bytes *b = to;

	b->p = realloc(b->p, b->len + len);
	if (b->p == NULL) {
		abort();
	}
	memcpy(b->p + b->len, data, len);
	b->len += len;
}

/* Calls `use` with each object of a PEM file. */
static void each_object(const char *path, void (*use)(void *, bytes), void *arg)
{
	static char text[MAX_FILE];
	FILE *file = fopen(path, "rb");
	size_t len = file == NULL ? 0 : fread(text, 1, sizeof text, file), at = 0;
	br_pem_decoder_context decoder;
	bytes object = { NULL, 0 };

	if (len == 0 || len == sizeof text) {
		fprintf(stderr, "cannot read %s\n", path);
		exit(2);
	}
	fclose(file);
	br_pem_decoder_init(&decoder);
	while (at < len) {
		at += br_pem_decoder_push(&decoder, text + at, len - at);
		switch (br_pem_decoder_event(&decoder)) {
		case BR_PEM_BEGIN_OBJ:
			object = (bytes){ NULL, 0 };
			br_pem_decoder_setdest(&decoder, append, &object);
			break;
		case BR_PEM_END_OBJ:
			use(arg, object);
			break;
		default:
			break;
		}
	}
}

typedef struct {
	br_x509_certificate chain[4];
	size_t chain_len;
	br_skey_decoder_context key;
	br_x509_trust_anchor roots[MAX_ROOTS];
	size_t root_count;
} material;

static void add_certificate(void *arg, bytes der)
{
	material *m = arg;

	m->chain[m->chain_len++] = (br_x509_certificate){ der.p, der.len };
}

static void read_key(void *arg, bytes der)
{
	material *m = arg;

	br_skey_decoder_init(&m->key);
	br_skey_decoder_push(&m->key, der.p, der.len);
}

static void add_root(void *arg, bytes der)
{
	material *m = arg;
	br_x509_decoder_context *decoder = malloc(sizeof *decoder);
	bytes dn = { NULL, 0 };

	br_x509_decoder_init(decoder, append, &dn);
	br_x509_decoder_push(decoder, der.p, der.len);
	const br_x509_pkey *key = br_x509_decoder_get_pkey(decoder);
	if (key == NULL || m->root_count == MAX_ROOTS) {
		abort();
	}
	/* The key lies in the decoder, which is kept. */
	m->roots[m->root_count++] = (br_x509_trust_anchor){ { dn.p, dn.len }, BR_X509_TA_CA, *key };
}

static struct {
	br_ssl_client_context client;
	br_x509_minimal_context x509;
	unsigned char buffer[BR_SSL_BUFSIZE_BIDI];
} ours;
static struct {
	br_ssl_server_context server;
	unsigned char buffer[BR_SSL_BUFSIZE_BIDI];
} theirs;

/* 0: any */
static unsigned only_group;

static void start_client(const material *m)
{
	static br_ec_impl one_curve;

	br_ssl_client_init_full(&ours.client, &ours.x509, m->roots, m->root_count);
	br_x509_minimal_set_time(&ours.x509, DAYS_BEFORE_1970 + (uint32_t)(time(NULL) / 86400), 0);
	if (only_group != 0) {
		one_curve = *br_ssl_engine_get_ec(&ours.client.eng);
		one_curve.supported_curves = 1U << only_group;
		br_ssl_engine_set_ec(&ours.client.eng, &one_curve);
	}
	br_ssl_engine_set_buffer(&ours.client.eng, ours.buffer, sizeof ours.buffer, 1);
	br_ssl_engine_inject_entropy(&ours.client.eng, client_seed, sizeof client_seed);
	br_ssl_client_reset(&ours.client, host, 0);
}

static void start_server(material *m)
{
	if (br_skey_decoder_key_type(&m->key) == BR_KEYTYPE_RSA) {
		br_ssl_server_init_full_rsa(
			&theirs.server, m->chain, m->chain_len, br_skey_decoder_get_rsa(&m->key));
	} else {
		br_ssl_server_init_full_ec(
			&theirs.server, m->chain, m->chain_len, BR_KEYTYPE_EC, br_skey_decoder_get_ec(&m->key));
	}
	br_ssl_engine_set_buffer(&theirs.server.eng, theirs.buffer, sizeof theirs.buffer, 1);
	br_ssl_engine_inject_entropy(&theirs.server.eng, server_seed, sizeof server_seed);
	br_ssl_server_reset(&theirs.server);
}

/* Gives an engine as much as it takes. */
static size_t give(br_ssl_engine_context *to, const unsigned char *data, size_t len)
{
	size_t room = 0;
	unsigned char *buf = br_ssl_engine_recvrec_buf(to, &room);

	if (buf == NULL) {
		return 0;
	}
	len = len < room ? len : room;
	memcpy(buf, data, len);
	br_ssl_engine_recvrec_ack(to, len);
	return len;
}

static int complete(const br_ssl_engine_context *eng)
{
	return (br_ssl_engine_current_state(eng) & BR_SSL_SENDAPP) != 0;
}

/* One handshake: what the server sent. */
static bytes record(material *m)
{
	br_ssl_engine_context *client = &ours.client.eng, *server = &theirs.server.eng;
	bytes sent = { NULL, 0 };
	unsigned char *buf;
	size_t len;

	start_client(m);
	start_server(m);
	while (!complete(client) || !complete(server)) {
		if ((buf = br_ssl_engine_sendrec_buf(client, &len)) != NULL) {
			br_ssl_engine_sendrec_ack(client, give(server, buf, len));
		} else if ((buf = br_ssl_engine_sendrec_buf(server, &len)) != NULL) {
			size_t taken = give(client, buf, len);
			append(&sent, buf, taken);
			br_ssl_engine_sendrec_ack(server, taken);
		} else {
			fprintf(stderr, "client: error %d, server: error %d\n",
				br_ssl_engine_last_error(client), br_ssl_engine_last_error(server));
			exit(1);
		}
	}
	return sent;
}

static void replay(const material *m, bytes sent)
{
	br_ssl_engine_context *client = &ours.client.eng;
	size_t at = 0, len;

	start_client(m);
	while (!complete(client)) {
		if (br_ssl_engine_sendrec_buf(client, &len) != NULL) {
			br_ssl_engine_sendrec_ack(client, len);
			continue;
		}
		size_t taken = give(client, sent.p + at, sent.len - at);
		if (taken == 0) {
			fprintf(stderr, "client, again: error %d\n", br_ssl_engine_last_error(client));
			exit(1);
		}
		at += taken;
	}
}

static double now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	static material m;
	char path[4096];
	double took[ROUNDS];

	if (argc < 5) {
		fprintf(stderr, "usage: handshake NAME FOLDER GROUP ROOTS.crt…\n");
		return 2;
	}
	snprintf(path, sizeof path, "%s/%s.pem", argv[2], argv[1]);
	each_object(path, add_certificate, &m);
	snprintf(path, sizeof path, "%s/%s.key", argv[2], argv[1]);
	each_object(path, read_key, &m);
	only_group = (unsigned)atoi(argv[3]);
	for (int i = 4; i < argc; i++) {
		each_object(argv[i], add_root, &m);
	}
	bytes sent = record(&m);
	for (int round = 0; round < ROUNDS; round++) {
		double began = now_us();
		replay(&m, sent);
		took[round] = now_us() - began;
	}
	qsort(took, ROUNDS, sizeof took[0], ascending);
	printf("%.0f\n", took[ROUNDS / 2]);
	return 0;
}
