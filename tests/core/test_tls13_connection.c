#include "check.h"

#include "tls/messages.h"
#include "tls/tls13_connection.h"
#include "tls13_pair.h"

/* What finds no room is left out whole. */
static void test_no_room(void)
{
	static const uint8_t content[sizeof client->out];

	pair_start();
	tls13_send(client, RECORD_HANDSHAKE, (bytes){ content, sizeof content });
	CHECK(client->out_len, ==, 0);
}

void test_tls13_connection(void)
{
	test_no_room();
}
