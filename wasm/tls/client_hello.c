#include "tls/client_hello.h"

#include "base/ip_address.h"
#include "base/wire.h"
#include "tls/tls_names.h"

#include <string.h>

enum {
	GROUP_FFDHE2048 = 256,
	SCHEMES_SHA1 = 2, /* RFC 5246 7.4.1.4.1: the first byte is the hash */
	EXTENSION_HEADER = 4,
	/* Some boxes on the way lose hellos of these lengths (RFC 7685). */
	UNLUCKY_MIN = 256,
	UNLUCKY_END = 512
};

/* What is offered. */
typedef struct {
	unsigned lowest, highest;
	int foreign; /* also what the check only knows by name */
	unsigned lacking;
} offer;

static int is_offered(const offer *o, int spoken)
{
	return spoken || o->foreign;
}

/* Those of TLS 1.3 first: who knows them not passes them over. To older versions they mean nothing, as they say nothing of
 * the key exchange. */
static void put_suites(wire_writer *w, const offer *o)
{
	size_t length = wire_open(w, 2);

	for (int older = 0; older < 2; older++) {
		const tls_suite *suite;
		if (older ? o->lowest == TLS_1_3 : o->highest < TLS_1_3) {
			continue;
		}
		for (unsigned i = 0; (suite = tls_suite_at(i)) != NULL; i++) {
			if ((suite->number >> 8 != 0x13) == older && is_offered(o, tls_suite_spoken(suite))) {
				wire_put_number(w, suite->number, 2);
			}
		}
	}
	wire_close(w, length, 2);
}

static void put_server_name(wire_writer *w, const char *name)
{
	uint8_t ip[16];

	if (name[0] == '\0' || ip_parse(name, ip) != 0) {
		return;
	}
	wire_put_number(w, EXTENSION_SERVER_NAME, 2);
	size_t extension = wire_open(w, 2), list = wire_open(w, 2);
	wire_put_number(w, 0, 1); /* host_name */
	wire_put_vector(w, (bytes){ (const uint8_t *)name, strlen(name) }, 2);
	wire_close(w, list, 2);
	wire_close(w, extension, 2);
}

/* An extension that is a list of 16-bit numbers: those of a table that `allowed`. */
static void put_words(wire_writer *w, unsigned extension, const tls_word *(*at)(unsigned),
	int (*allowed)(const offer *, unsigned), const offer *o)
{
	const tls_word *word;

	wire_put_number(w, extension, 2);
	size_t outer = wire_open(w, 2), list = wire_open(w, 2);
	for (unsigned i = 0; (word = at(i)) != NULL; i++) {
		if (is_offered(o, word->speaks) && allowed(o, word->number)) {
			wire_put_number(w, word->number, 2);
		}
	}
	wire_close(w, list, 2);
	wire_close(w, outer, 2);
}

/* Before TLS 1.3 no finite fields: a server that knows their names but has a field of its own would refuse
 * (RFC 7919 4). */
static int group_allowed(const offer *o, unsigned number)
{
	return o->highest == TLS_1_3 || number < GROUP_FFDHE2048;
}

/* Without TLS 1.3 a handshake asks for no signature that came with it; a scan asks for all. */
static int scheme_allowed(const offer *o, unsigned number)
{
	unsigned hash = number >> 8;

	return ((o->lacking & CLIENT_HELLO_NO_SHA1) == 0 || hash != SCHEMES_SHA1)
		&& (o->highest == TLS_1_3 || o->foreign || hash != SCHEMES_NEWER);
}

static void put_extension(wire_writer *w, unsigned kind, bytes body)
{
	wire_put_number(w, kind, 2);
	wire_put_vector(w, body, 2);
}

static void put_versions(wire_writer *w, const offer *o)
{
	wire_put_number(w, EXTENSION_VERSIONS, 2);
	size_t extension = wire_open(w, 2), list = wire_open(w, 1);
	for (unsigned version = o->highest; version >= o->lowest; version--) {
		wire_put_number(w, version, 2);
	}
	wire_close(w, list, 1);
	wire_close(w, extension, 2);
}

static void put_share(wire_writer *w, unsigned group, bytes public_key)
{
	wire_put_number(w, EXTENSION_KEY_SHARE, 2);
	key_share_put(w, group, public_key);
}

/* `start`: where the message begins. */
static void put_padding(wire_writer *w, size_t start)
{
	static const uint8_t zeros[UNLUCKY_END];
	size_t len = w->len - start;

	if (len >= UNLUCKY_MIN && len < UNLUCKY_END) {
		size_t missing = UNLUCKY_END - len;
		put_extension(w, EXTENSION_PADDING,
			(bytes){ zeros, missing > EXTENSION_HEADER ? missing - EXTENSION_HEADER : 0 });
	}
}

static void put_extensions(wire_writer *w, const offer *o, const char *server_name)
{
	static const uint8_t empty_list[1], uncompressed[] = { 1, 0 };

	put_server_name(w, server_name);
	put_extension(w, EXTENSION_RENEGOTIATION, (bytes){ empty_list, sizeof empty_list });
	put_words(w, EXTENSION_GROUPS, tls_group_at, group_allowed, o);
	put_extension(w, EXTENSION_POINT_FORMATS, (bytes){ uncompressed, sizeof uncompressed });
	if (o->highest >= TLS_1_2) {
		put_words(w, EXTENSION_SIGNATURES, tls_scheme_at, scheme_allowed, o);
	}
}

typedef struct {
	size_t record, message, start, extensions;
} opened;

/* All up to the extensions that a kind of hello has of its own. */
static opened begin(wire_writer *w, const offer *o, const char *server_name, const uint8_t *random,
	const uint8_t *session)
{
	opened at;

	wire_put_number(w, RECORD_HANDSHAKE, 1);
	wire_put_number(w, TLS_1_0, 2); /* what every server takes (RFC 8446 5.1) */
	at.record = wire_open(w, 2);
	at.start = w->len;
	wire_put_number(w, MESSAGE_CLIENT_HELLO, 1);
	at.message = wire_open(w, 3);
	wire_put_number(w, o->highest == TLS_1_3 ? TLS_1_2 : o->highest, 2);
	wire_put(w, random, HELLO_RANDOM);
	wire_put_vector(w, (bytes){ session, o->highest == TLS_1_3 ? HELLO_RANDOM : 0 }, 1);
	put_suites(w, o);
	wire_put_number(w, 0x0100, 2); /* one compression method: none */
	at.extensions = wire_open(w, 2);
	put_extensions(w, o, server_name);
	return at;
}

static size_t end(wire_writer *w, const opened *at)
{
	wire_close(w, at->extensions, 2);
	wire_close(w, at->message, 3);
	wire_close(w, at->record, 2);
	return wire_written(w);
}

size_t client_hello_write(uint8_t *out, size_t room, const client_hello *h)
{
	offer o = { .lowest = TLS_1_0, .highest = h->share != NULL ? TLS_1_3 : TLS_1_2 };
	wire_writer w = { .p = out, .room = room };

	opened at = begin(&w, &o, h->server_name, h->random, h->session);
	if (h->share != NULL) {
		put_versions(&w, &o);
		put_share(&w, h->share->group, (bytes){ h->share->public_key, h->share->public_len });
		put_padding(&w, at.start);
	}
	return end(&w, &at);
}

size_t client_hello_write_scan(uint8_t *out, size_t room, unsigned highest, unsigned lacking,
	const char *server_name, const uint8_t seed[CLIENT_HELLO_SEED])
{
	int newest = highest == TLS_1_3;
	offer o = { newest ? TLS_1_3 : TLS_1_0, highest, 1, lacking };
	uint8_t random[3 * HELLO_RANDOM]; /* the hello's, the session's, the key share */
	br_hmac_drbg_context drbg;
	wire_writer w = { .p = out, .room = room };

	br_hmac_drbg_init(&drbg, &br_sha256_vtable, seed, CLIENT_HELLO_SEED);
	br_hmac_drbg_generate(&drbg, random, sizeof random);
	opened at = begin(&w, &o, server_name, random, random + HELLO_RANDOM);
	/* Some servers of TLS 1.2 insist on it (RFC 7627 5.3), and would look like those of TLS 1.3. */
	if (!newest && (lacking & CLIENT_HELLO_NO_MASTER_SECRET) == 0) {
		put_extension(&w, EXTENSION_MASTER_SECRET, (bytes){ random, 0 });
	}
	if (newest) {
		put_versions(&w, &o);
		/* Any 32 bytes are a public key of X25519 (RFC 7748 5); ours has no private one. */
		put_share(&w, GROUP_X25519, (bytes){ random + 2 * HELLO_RANDOM, HELLO_RANDOM });
	}
	return end(&w, &at);
}
