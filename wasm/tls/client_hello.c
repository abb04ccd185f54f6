#include "tls/client_hello.h"

#include "base/wire.h"
#include "tls/messages.h"
#include "base/ip_address.h"

#include <bearssl.h>
#include <string.h>

enum {
	GROUP_FFDHE2048 = 256,
	ANY = 0x10000,
	SCHEMES_WITHOUT_SHA1 = 0x0300 /* RFC 5246 7.4.1.4.1: the first byte is the hash, 2 is SHA-1 */
};

static void put_suites(wire_writer *w, unsigned highest)
{
	size_t length = wire_open(w, 2);
	const tls_suite *suite;

	for (unsigned i = 0; (suite = tls_suite_at(i)) != NULL; i++) {
		/* Those of TLS 1.3 say nothing of the key exchange, and mean nothing to older versions. */
		int newest = suite->number >> 8 == 0x13;
		if (newest == (highest == TLS_1_3)) {
			wire_put_number(w, suite->number, 2);
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

/* An extension that is a list of 16-bit numbers: those of a table from `first` to below `end`. */
static void put_words(wire_writer *w, unsigned extension, const tls_word *(*at)(unsigned),
	unsigned first, unsigned end)
{
	const tls_word *word;

	wire_put_number(w, extension, 2);
	size_t outer = wire_open(w, 2), list = wire_open(w, 2);
	for (unsigned i = 0; (word = at(i)) != NULL; i++) {
		if (word->number >= first && word->number < end) {
			wire_put_number(w, word->number, 2);
		}
	}
	wire_close(w, list, 2);
	wire_close(w, outer, 2);
}

static void put_extensions(wire_writer *w, unsigned highest, unsigned lacking,
	const char *server_name, const uint8_t share[HELLO_RANDOM])
{
	size_t all = wire_open(w, 2);

	put_server_name(w, server_name);
	wire_put_number(w, EXTENSION_RENEGOTIATION, 2);
	wire_put_number(w, 1, 2);
	wire_put_number(w, 0, 1);
	/* Before TLS 1.3 no finite fields: a server that knows their names but has a field of its own
	 * would refuse (RFC 7919 4). */
	put_words(w, EXTENSION_GROUPS, tls_group_at, 0, highest == TLS_1_3 ? ANY : GROUP_FFDHE2048);
	wire_put_number(w, EXTENSION_POINT_FORMATS, 2);
	wire_put_number(w, 2, 2);
	wire_put_number(w, 0x0100, 2); /* one: uncompressed */
	if (highest >= TLS_1_2) {
		put_words(w, EXTENSION_SIGNATURES, tls_scheme_at,
			(lacking & CLIENT_HELLO_NO_SHA1) != 0 ? SCHEMES_WITHOUT_SHA1 : 0, ANY);
	}
	/* Some servers of TLS 1.2 insist on it (RFC 7627 5.3), and would look like those of TLS 1.3. */
	if (highest != TLS_1_3 && (lacking & CLIENT_HELLO_NO_MASTER_SECRET) == 0) {
		wire_put_number(w, EXTENSION_MASTER_SECRET, 2);
		wire_put_number(w, 0, 2);
	}
	if (highest == TLS_1_3) {
		wire_put_number(w, EXTENSION_VERSIONS, 2);
		wire_put_number(w, 3, 2);
		wire_put_number(w, 2, 1);
		wire_put_number(w, TLS_1_3, 2);
		/* Any 32 bytes are a public key of X25519 (RFC 7748 5); ours has no private one. */
		wire_put_number(w, EXTENSION_KEY_SHARE, 2);
		size_t extension = wire_open(w, 2), list = wire_open(w, 2);
		wire_put_number(w, GROUP_X25519, 2);
		wire_put_vector(w, (bytes){ share, HELLO_RANDOM }, 2);
		wire_close(w, list, 2);
		wire_close(w, extension, 2);
	}
	wire_close(w, all, 2);
}

size_t client_hello_write(uint8_t *out, size_t room, unsigned highest, unsigned lacking,
	const char *server_name, const uint8_t seed[CLIENT_HELLO_SEED])
{
	uint8_t random[3 * HELLO_RANDOM]; /* the hello's, the session's, the key share */
	br_hmac_drbg_context drbg;
	wire_writer w = { .p = out, .room = room };

	br_hmac_drbg_init(&drbg, &br_sha256_vtable, seed, CLIENT_HELLO_SEED);
	br_hmac_drbg_generate(&drbg, random, sizeof random);
	wire_put_number(&w, RECORD_HANDSHAKE, 1);
	wire_put_number(&w, TLS_1_0, 2); /* what every server takes (RFC 8446 5.1) */
	size_t record = wire_open(&w, 2);
	wire_put_number(&w, MESSAGE_CLIENT_HELLO, 1);
	size_t message = wire_open(&w, 3);
	wire_put_number(&w, highest == TLS_1_3 ? TLS_1_2 : highest, 2);
	wire_put(&w, random, HELLO_RANDOM);
	/* A session that looks resumed keeps boxes on the way calm (RFC 8446 D.4). */
	wire_put_vector(&w, (bytes){ random + HELLO_RANDOM, highest == TLS_1_3 ? HELLO_RANDOM : 0 }, 1);
	put_suites(&w, highest);
	wire_put_number(&w, 0x0100, 2); /* one compression method: none */
	put_extensions(&w, highest, lacking, server_name, random + 2 * HELLO_RANDOM);
	wire_close(&w, message, 3);
	wire_close(&w, record, 2);
	return wire_written(&w);
}
