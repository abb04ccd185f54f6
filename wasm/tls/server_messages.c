#include "tls/server_messages.h"

#include "tls/messages.h"

#include <string.h>

enum { UNCOMPRESSED = 0 /* a point, RFC 8422 5.1.2 */ };

/* --- our own hello --------------------------------------------------------------------------------------- */

/* Past the header, the version and the random. */
static wire_reader open_hello(bytes client_hello)
{
	wire_reader r = wire_over(client_hello);

	wire_take(&r, 4 + 2 + HELLO_RANDOM);
	return r;
}

bytes client_hello_session(bytes client_hello)
{
	wire_reader r = open_hello(client_hello);
	return wire_take_vector(&r, 1);
}

static int listed(bytes list, unsigned number)
{
	wire_reader r = wire_over(list);

	while (!wire_done(&r)) {
		if (wire_take_number(&r, 2) == number) {
			return 1;
		}
	}
	return 0;
}

int client_hello_offers_suite(bytes client_hello, unsigned suite)
{
	wire_reader r = open_hello(client_hello);

	wire_take_vector(&r, 1);
	return listed(wire_take_vector(&r, 2), suite);
}

/* The next extension: its kind and contents; 0 where there is none. */
static int next_extension(wire_reader *r, unsigned *kind, bytes *body)
{
	if (wire_done(r)) {
		return 0;
	}
	*kind = wire_take_number(r, 2);
	*body = wire_take_vector(r, 2);
	return !r->bad;
}

bytes client_hello_extension(bytes client_hello, unsigned kind)
{
	wire_reader r = open_hello(client_hello);
	unsigned found;
	bytes body;

	wire_take_vector(&r, 1);
	wire_take_vector(&r, 2);
	wire_take_vector(&r, 1);
	wire_reader all = wire_over(wire_take_vector(&r, 2));
	while (next_extension(&all, &found, &body)) {
		if (found == kind) {
			return body;
		}
	}
	return (bytes){ NULL, 0 };
}

int client_hello_lists(bytes client_hello, unsigned kind, size_t size, unsigned number)
{
	wire_reader r = wire_over(client_hello_extension(client_hello, kind));
	return listed(wire_take_vector(&r, size), number);
}

/* --- the server's answers -------------------------------------------------------------------------------- */

/* SHA-256 of "HelloRetryRequest" (RFC 8446 4.1.3) */
static const uint8_t retry_random[HELLO_RANDOM] = { 0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11,
	0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91, 0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e,
	0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c };

static int read_hello_extension(server_hello *h, unsigned kind, bytes body)
{
	wire_reader r = wire_over(body);

	switch (kind) {
	case EXTENSION_VERSIONS:
		h->version = wire_take_number(&r, 2);
		break;
	case EXTENSION_KEY_SHARE:
		h->group = (uint16_t)wire_take_number(&r, 2);
		if (!h->retry) {
			h->share = wire_take_vector(&r, 2);
		}
		break;
	case EXTENSION_COOKIE:
		h->cookie = wire_take_vector(&r, 2);
		r.bad |= h->cookie.len == 0;
		if (!h->retry) {
			return ALERT_UNSUPPORTED_EXTENSION;
		}
		break;
	default:
		return ALERT_UNSUPPORTED_EXTENSION;
	}
	return r.bad || r.left.len > 0 ? ALERT_DECODE_ERROR : 0;
}

int server_hello_read(server_hello *h, bytes body, bytes client_hello)
{
	wire_reader r = wire_over(body);
	unsigned kind, seen = 0;
	int alert = 0;
	bytes contents;

	memset(h, 0, sizeof *h);
	unsigned legacy = wire_take_number(&r, 2);
	bytes random = wire_take(&r, HELLO_RANDOM);
	h->session = wire_take_vector(&r, 1);
	h->suite = (uint16_t)wire_take_number(&r, 2);
	unsigned compression = wire_take_number(&r, 1);
	if (r.bad) {
		return ALERT_DECODE_ERROR;
	}
	h->retry = memcmp(random.p, retry_random, sizeof retry_random) == 0;
	wire_reader all = wire_over(wire_take_vector(&r, 2));
	while (alert == 0 && next_extension(&all, &kind, &contents)) {
		unsigned bit = kind == EXTENSION_VERSIONS ? 1 : kind == EXTENSION_KEY_SHARE ? 2 : 4;
		alert =
			(seen & bit) != 0 ? ALERT_ILLEGAL_PARAMETER : read_hello_extension(h, kind, contents);
		seen |= bit;
	}
	if (alert != 0) {
		return alert;
	}
	if (r.bad || r.left.len > 0 || all.bad) {
		return ALERT_DECODE_ERROR;
	}
	int echoed = bytes_equal(h->session, client_hello_session(client_hello));
	return legacy != TLS_1_2 || compression != 0 || h->version != TLS_1_3 || !echoed
			|| !client_hello_offers_suite(client_hello, h->suite)
		? ALERT_ILLEGAL_PARAMETER
		: 0;
}

tls_error older_server_hello_check(bytes body, bytes client_hello)
{
	wire_reader r = wire_over(body);
	unsigned kind;
	bytes contents;

	wire_take(&r, 2 + HELLO_RANDOM);
	bytes session = wire_take_vector(&r, 1);
	if (session.len > 0 && bytes_equal(session, client_hello_session(client_hello))) {
		return TLS_ERROR_resume_mismatch;
	}
	wire_take(&r, 3); /* suite and compression */
	wire_reader all = wire_over(wire_take_vector(&r, 2));
	while (next_extension(&all, &kind, &contents)) {
		wire_reader formats = wire_over(contents);
		bytes list = wire_take_vector(&formats, 1);
		if (kind == EXTENSION_POINT_FORMATS
			&& (list.len == 0 || memchr(list.p, UNCOMPRESSED, list.len) == NULL)) {
			return TLS_ERROR_invalid_algorithm;
		}
	}
	return TLS_ERROR_unknown;
}

/* What a server may answer here, and only what was offered (RFC 8446 4.2, RFC 8449 4): the name, about which it says
 * nothing (RFC 6066 3), the groups that it would like better, and how long our records may be. Each once. */
static int read_encrypted_extension(unsigned kind, bytes contents, unsigned *seen)
{
	static const uint16_t allowed[] = { EXTENSION_SERVER_NAME, EXTENSION_GROUPS,
		EXTENSION_RECORD_SIZE_LIMIT };

	if (kind == EXTENSION_SERVER_NAME && contents.len > 0) {
		return ALERT_DECODE_ERROR;
	}
	for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++) {
		unsigned bit = 1u << i;
		if (kind == allowed[i] && (*seen & bit) == 0) {
			*seen |= bit;
			return 0;
		}
	}
	return ALERT_ILLEGAL_PARAMETER;
}

int encrypted_extensions_read(bytes body, bytes client_hello)
{
	wire_reader r = wire_over(body);
	wire_reader all = wire_over(wire_take_vector(&r, 2));
	unsigned kind, seen = 0;
	bytes contents;

	if (r.bad || r.left.len > 0) {
		return ALERT_DECODE_ERROR;
	}
	while (next_extension(&all, &kind, &contents)) {
		if (client_hello_extension(client_hello, kind).p == NULL) {
			return ALERT_UNSUPPORTED_EXTENSION;
		}
		int alert = read_encrypted_extension(kind, contents, &seen);
		if (alert != 0) {
			return alert;
		}
	}
	return all.bad ? ALERT_DECODE_ERROR : 0;
}

int certificate_verify_read(bytes body, uint16_t *scheme, bytes *signature)
{
	wire_reader r = wire_over(body);

	*scheme = (uint16_t)wire_take_number(&r, 2);
	*signature = wire_take_vector(&r, 2);
	return r.bad || r.left.len > 0 ? ALERT_DECODE_ERROR : 0;
}
