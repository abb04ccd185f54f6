/* What may not come before, between or after. */
#include "check.h"

#include "tls/messages.h"
#include "tls/tls13_messages.h"
#include "tls13_pair.h"

#include <stdio.h>

static void longer_finished(tls13_server *t, int hashed, uint8_t *message, size_t *len)
{
	(void)t;
	if (hashed && message[0] == MESSAGE_FINISHED) {
		memcpy(message + *len, "\x18\0\0\1\0", 5);
		*len += 5;
	}
}

static void test_out_of_place(void)
{
	static const struct {
		moment when;
		int plain;
		uint8_t type;
		size_t len;
		const char *content;
		int alert;
		tls_error error;
	} cases[] = {
		{ AT_START, 1, 23, 4, "text", 10, TLS_ERROR_unexpected },
		{ AT_START, 1, 22, 4, "\x0b\0\0\0", 10, TLS_ERROR_unexpected },
		{ AT_START, 1, 22, 0, "", 10, TLS_ERROR_unexpected },
		{ AT_START, 1, 24, 3, "abc", 10, TLS_ERROR_unexpected },
		{ AT_START, 1, 20, 1, "\2", 10, TLS_ERROR_bad_change_cipher_spec },
		{ AT_START, 1, 20, 2, "\1\1", 10, TLS_ERROR_bad_change_cipher_spec },
		{ AT_START, 1, 21, 1, "\2", 50, TLS_ERROR_bad_alert },
		{ AT_START, 1, 22, 4, "\2\0\x0f\xff", 47, TLS_ERROR_too_large },
		{ AFTER_HELLO, 1, 22, 6, "\x08\0\0\2\0\0", 10, TLS_ERROR_unexpected }, /* in the clear */
		{ AFTER_HELLO, 1, 21, 2, "\2\x28", 10, TLS_ERROR_unexpected },
		{ AFTER_HELLO, 1, 23, 40, "0123456789012345678901234567890123456789", 20,
			TLS_ERROR_bad_mac },
		{ AFTER_HELLO, 1, 23, 10, "0123456789", 20, TLS_ERROR_bad_mac },
		{ AFTER_HELLO, 0, 23, 4, "text", 10, TLS_ERROR_unexpected },
		{ AFTER_HELLO, 0, 20, 1, "\1", 10, TLS_ERROR_unexpected },
		{ AFTER_HELLO, 0, 22, 0, "", 10, TLS_ERROR_unexpected },
		{ AFTER_HELLO, 0, 0, 0, "", 10, TLS_ERROR_unexpected }, /* nothing but padding */
		{ AFTER_HELLO, 0, 21, 3, "\2\x28\0", 50, TLS_ERROR_bad_alert },
		{ CONNECTED, 1, 20, 1, "\1", 10, TLS_ERROR_bad_change_cipher_spec },
		{ CONNECTED, 1, 22, 4, "\4\0\0\0", 10, TLS_ERROR_unexpected },
		{ CONNECTED, 0, 22, 4, "\x0d\0\0\0", 10, TLS_ERROR_unexpected }, /* nobody offered this */
		{ CONNECTED, 0, 22, 4, "\0\0\0\0", 10, TLS_ERROR_unexpected },   /* HelloRequest */
		{ CONNECTED, 0, 22, 5, "\x18\0\0\1\2", 50, TLS_ERROR_bad_handshake },
		{ CONNECTED, 0, 22, 4, "\x18\0\0\0", 50, TLS_ERROR_bad_handshake },
		{ CONNECTED, 0, 22, 6, "\x18\0\0\2\0\0", 50, TLS_ERROR_bad_handshake },
		{ CONNECTED, 0, 22, 9, "\x18\0\0\1\0\4\0\0\0", 10,
			TLS_ERROR_unexpected }, /* and something */
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char what[32];
		pair_lead_to(cases[i].when);
		if (cases[i].plain) {
			tls13_server_plain_record(server, cases[i].type, cases[i].content, cases[i].len);
		} else {
			tls13_server_record(server, cases[i].type, cases[i].content, cases[i].len);
		}
		pair_talk(1 << 20);
		snprintf(what, sizeof what, "out of place: %zu", i);
		/* A server in the clear has no key for what we say sealed. */
		if (cases[i].when == AFTER_HELLO) {
			server->alert = cases[i].alert;
		}
		pair_expect_failure(what, cases[i].alert, cases[i].error);
	}
	/* something else between the halves of a message */
	pair_lead_to(CONNECTED);
	tls13_server_record(server, 22, "\4\0\0\x09", 4);
	tls13_server_record(server, 23, "text", 4);
	pair_talk(1 << 20);
	pair_expect_failure("between", 10, TLS_ERROR_unexpected);
	pair_lead_to(CONNECTED);
	tls13_server_record(server, 22, "\4\0\0\x09h", 5);
	tls13_server_record(server, 21, "\1\0", 2);
	pair_talk(1 << 20);
	pair_expect_failure("alert between", 10, TLS_ERROR_unexpected);
	/* a hello that does not end its record */
	pair_start();
	server->fragment = 0;
	pair_send_hello();
	uint8_t longer[600];
	size_t len = (size_t)wire_number(server->out + 3, 2);
	memcpy(longer, server->out + 5, len);
	server->out_len = server->out_at = 0;
	memcpy(longer + len, "\x08\0\0\2\0\0", 6);
	tls13_server_plain_record(server, 22, longer, len + 6);
	pair_talk(1 << 20);
	pair_expect_failure("behind a hello", 10, TLS_ERROR_unexpected);
	/* a hello again; and something behind the Finished, within its record or before our own */
	pair_lead_to(AFTER_HELLO);
	tls13_server_record(server, 22, "\2\0\0\0", 4);
	pair_talk(1 << 20);
	server->alert = 10;
	pair_expect_failure("hello again", 10, TLS_ERROR_unexpected);
	pair_start();
	server->tamper = longer_finished;
	pair_shake_hands();
	pair_expect_failure("behind a Finished", 10, TLS_ERROR_unexpected);
	/* nothing at all, in the middle of a message */
	pair_lead_to(CONNECTED);
	tls13_server_record(server, 22, "\4\0\0\1", 4);
	tls13_server_record(server, 22, "", 0);
	pair_talk(1 << 20);
	pair_expect_failure("nothing between", 10, TLS_ERROR_unexpected);
	/* more new keys than anybody needs */
	pair_lead_to(CONNECTED);
	for (int i = 0; i <= LIMIT_KEY_UPDATES; i++) {
		tls13_server_update_key(server, 0);
	}
	pair_talk(1 << 20);
	pair_expect_failure("flood", 10, TLS_ERROR_limit_exceeded);
}

void test_tls13_messages(void)
{
	test_out_of_place();
}
