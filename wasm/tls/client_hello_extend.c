#include "tls/client_hello_extend.h"

#include "tls/tls_names.h"

#include <string.h>

/* Some boxes on the way lose hellos of these lengths (RFC 7685). */
enum { UNLUCKY_MIN = 256, UNLUCKY_END = 512, HEADER = 4, EXTENSION_HEADER = 4 };

static void put_share(wire_writer *w, const key_share *share)
{
	wire_put_number(w, EXTENSION_KEY_SHARE, 2);
	size_t extension = wire_open(w, 2), list = wire_open(w, 2);
	wire_put_number(w, share->group, 2);
	wire_put_vector(w, (bytes){ share->public_key, share->public_len }, 2);
	wire_close(w, list, 2);
	wire_close(w, extension, 2);
}

static void put_versions(wire_writer *w)
{
	wire_put_number(w, EXTENSION_VERSIONS, 2);
	size_t extension = wire_open(w, 2), list = wire_open(w, 1);
	for (unsigned version = TLS_1_3; version >= TLS_1_0; version--) {
		wire_put_number(w, version, 2);
	}
	wire_close(w, list, 1);
	wire_close(w, extension, 2);
}

/* Those of TLS 1.3 first: who knows them not passes them over. */
static void put_suites(wire_writer *w)
{
	size_t list = wire_open(w, 2);

	for (int older = 0; older < 2; older++) {
		const tls_suite *suite;
		for (unsigned i = 0; (suite = tls_suite_at(i)) != NULL; i++) {
			if ((suite->number >> 8 != 0x13) == older && tls_suite_spoken(suite)) {
				wire_put_number(w, suite->number, 2);
			}
		}
	}
	wire_close(w, list, 2);
}

/* BearSSL's, but the group first of which we send a share: some servers would else ask for one of the other. */
static void put_groups(wire_writer *w, bytes older, uint16_t first)
{
	wire_reader r = wire_over(older);

	wire_put_number(w, EXTENSION_GROUPS, 2);
	size_t extension = wire_open(w, 2), list = wire_open(w, 2);
	wire_put_number(w, first, 2);
	wire_reader groups = wire_over(wire_take_vector(&r, 2));
	while (!wire_done(&groups)) {
		unsigned group = wire_take_number(&groups, 2);
		if (group != first) {
			wire_put_number(w, group, 2);
		}
	}
	wire_close(w, list, 2);
	wire_close(w, extension, 2);
}

/* … and those of RSA-PSS last: what servers have signed with up to TLS 1.2 they go on to sign with. */
static void put_schemes(wire_writer *w, bytes older)
{
	wire_reader r = wire_over(older);
	bytes list_before = wire_take_vector(&r, 2);
	const tls_word *scheme;

	wire_put_number(w, EXTENSION_SIGNATURES, 2);
	size_t extension = wire_open(w, 2), list = wire_open(w, 2);
	wire_put(w, list_before.p, list_before.len);
	for (unsigned i = 0; (scheme = tls_scheme_at(i)) != NULL; i++) {
		if (scheme->number >> 8 == 8 && scheme->speaks) {
			wire_put_number(w, scheme->number, 2);
		}
	}
	wire_close(w, list, 2);
	wire_close(w, extension, 2);
}

static void put_extension(wire_writer *w, unsigned kind, bytes body)
{
	wire_put_number(w, kind, 2);
	wire_put_vector(w, body, 2);
}

static void put_padding(wire_writer *w)
{
	static const uint8_t zeros[UNLUCKY_END];

	if (w->len >= UNLUCKY_MIN && w->len < UNLUCKY_END) {
		size_t missing = UNLUCKY_END - w->len;
		size_t len = missing > EXTENSION_HEADER ? missing - EXTENSION_HEADER : 0;
		put_extension(w, EXTENSION_PADDING, (bytes){ zeros, len });
	}
}

static void put_cookie(wire_writer *w, bytes cookie)
{
	wire_put_number(w, EXTENSION_COOKIE, 2);
	size_t extension = wire_open(w, 2);
	wire_put_vector(w, cookie, 2);
	wire_close(w, extension, 2);
}

/* With a session id of its own it is the first one that becomes a hello for TLS 1.3; else that one is said again. */
static size_t rewrite(uint8_t *out, size_t room, bytes before, const uint8_t *session,
	const key_share *share, bytes cookie)
{
	wire_reader r = wire_over(before);
	wire_writer w = { .p = out, .room = room };

	bytes kind = wire_take(&r, 1);
	wire_take(&r, 3);
	wire_put(&w, kind.p, kind.len);
	size_t message = wire_open(&w, 3);
	bytes start = wire_take(&r, 2 + HELLO_RANDOM);
	wire_put(&w, start.p, start.len);
	bytes session_before = wire_take_vector(&r, 1), suites = wire_take_vector(&r, 2);
	if (session != NULL) {
		wire_put_vector(&w, (bytes){ session, HELLO_RANDOM }, 1);
		put_suites(&w);
	} else {
		wire_put_vector(&w, session_before, 1);
		wire_put_vector(&w, suites, 2);
	}
	wire_put_vector(&w, wire_take_vector(&r, 1), 1);
	wire_reader extensions = wire_over(wire_take_vector(&r, 2));
	size_t all = wire_open(&w, 2);
	while (!wire_done(&extensions)) {
		unsigned number = wire_take_number(&extensions, 2);
		bytes body = wire_take_vector(&extensions, 2);
		if (session != NULL && number == EXTENSION_GROUPS) {
			put_groups(&w, body, share->group);
		} else if (session != NULL && number == EXTENSION_SIGNATURES) {
			put_schemes(&w, body);
		} else if (number == EXTENSION_KEY_SHARE) {
			put_share(&w, share);
		} else {
			put_extension(&w, number, body);
		}
	}
	if (session != NULL) {
		put_versions(&w);
		put_share(&w, share);
		put_padding(&w);
	} else if (cookie.len > 0) {
		put_cookie(&w, cookie);
	}
	wire_close(&w, all, 2);
	wire_close(&w, message, 3);
	return r.bad || extensions.bad ? 0 : wire_written(&w);
}

size_t client_hello_extend(uint8_t *out, size_t room, bytes older, const key_share *share,
	const uint8_t session[HELLO_RANDOM])
{
	return rewrite(out, room, older, session, share, (bytes){ NULL, 0 });
}

size_t client_hello_again(
	uint8_t *out, size_t room, bytes first, const key_share *share, bytes cookie)
{
	return rewrite(out, room, first, NULL, share, cookie);
}
