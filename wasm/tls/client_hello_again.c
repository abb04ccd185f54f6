#include "tls/client_hello_again.h"

#include "tls/messages.h"

static void put_cookie(wire_writer *w, bytes cookie)
{
	wire_put_number(w, EXTENSION_COOKIE, 2);
	size_t extension = wire_open(w, 2);
	wire_put_vector(w, cookie, 2);
	wire_close(w, extension, 2);
}

size_t client_hello_again(
	uint8_t *out, size_t room, bytes first, const key_share *share, bytes cookie)
{
	wire_reader r = wire_over(first);
	wire_writer w = { .p = out, .room = room };

	bytes kind = wire_take(&r, 1);
	wire_take(&r, 3);
	wire_put(&w, kind.p, kind.len);
	size_t message = wire_open(&w, 3);
	bytes start = wire_take(&r, 2 + HELLO_RANDOM);
	wire_put(&w, start.p, start.len);
	wire_put_vector(&w, wire_take_vector(&r, 1), 1); /* the session */
	wire_put_vector(&w, wire_take_vector(&r, 2), 2); /* the suites */
	wire_put_vector(&w, wire_take_vector(&r, 1), 1); /* the compression methods */
	wire_reader extensions = wire_over(wire_take_vector(&r, 2));
	size_t all = wire_open(&w, 2);
	while (!wire_done(&extensions)) {
		unsigned number = wire_take_number(&extensions, 2);
		bytes body = wire_take_vector(&extensions, 2);
		wire_put_number(&w, number, 2);
		if (number == EXTENSION_KEY_SHARE) {
			key_share_put(&w, share->group, (bytes){ share->public_key, share->public_len });
		} else {
			wire_put_vector(&w, body, 2);
		}
	}
	if (cookie.len > 0) {
		put_cookie(&w, cookie);
	}
	wire_close(&w, all, 2);
	wire_close(&w, message, 3);
	return r.bad || extensions.bad ? 0 : wire_written(&w);
}
