/*
 * libFuzzer: the client of TLS 1.3, its records and its handshake, behind the encryption. The input is a row of
 * steps, each a byte that says what to do, a length in two bytes, and so much content:
 *
 *   0  bytes as they are
 *   1  a record in the clear: its type, then what it holds; a ServerHello in it echoes our session
 *   2  the same, sealed with the key that the client reads with now
 *   3  a Finished that is right, sealed
 *   4  the CertificateVerify is taken for right, where one is due: nobody fuzzes a signature
 *
 * Read byte by byte it is the same; nobody but who sends a right Finished comes to the end of a handshake; and what
 * is over stays over.
 */
#include "recorders.h"

#include "tls/client_hello.h"
#include "tls/messages.h"
#include "tls/server_messages.h"
#include "tls/tls13.h"
#include "tls/tls13_handshake.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { STEP_RAW, STEP_PLAIN, STEP_SEALED, STEP_FINISHED, STEP_VERIFIED, STEPS, SESSION_AT = 39 };

typedef struct {
	tls13 client;
	recorder certificates;
	uint8_t memory[TLS13_RECORD];
	br_hmac_drbg_context rng;
	int finished; /* a right one was sent */
} side;

static uint8_t hello[2048], record[RECORD_HEADER + RECORD_CONTENT_MAX + RECORD_EXPANSION_MAX];
static size_t hello_len;

static void start(side *s)
{
	static const uint8_t seed[CLIENT_HELLO_SEED] = "the same hello in every run";
	tls13_start_options o = {
		.certificates = &s->certificates, .rng = &s->rng.vtable, .in = s->memory
	};

	hello_len = client_hello_write_scan(hello, sizeof hello, TLS_1_3, 0, "mail.example.test", seed);
	br_hmac_drbg_init(&s->rng, &br_sha256_vtable, seed, sizeof seed);
	key_share_make(&o.share, GROUP_X25519, &s->rng.vtable);
	o.hello = (bytes){ hello + RECORD_HEADER, hello_len - RECORD_HEADER };
	tls13_start(&s->client, &o);
	s->finished = 0;
}

static void give(side *s, const uint8_t *data, size_t len, size_t piece)
{
	const uint8_t *text;

	for (size_t at = 0; at < len;) {
		size_t n = tls13_receive(&s->client, data + at, len - at < piece ? len - at : piece);
		size_t readable = tls13_readable(&s->client, &text), waiting;
		tls13_read(&s->client, readable);
		while ((waiting = tls13_to_send(&s->client, &text)) > 0) {
			tls13_sent(&s->client, waiting);
		}
		if (n == 0 && readable == 0) {
			return;
		}
		at += n;
	}
}

static void give_record(side *s, int sealed, uint8_t type, bytes content, size_t piece)
{
	wire_writer w = { .p = record, .room = sizeof record };
	size_t len = content.len < RECORD_CONTENT_MAX ? content.len : RECORD_CONTENT_MAX;

	if (sealed && s->client.reads_sealed && s->client.state < TLS13_CLOSED) {
		record_protection writing = s->client.reading;
		memcpy(record + RECORD_HEADER, content.p, len);
		give(s, record, record_seal(&writing, type, record, len), piece);
		return;
	}
	wire_put_number(&w, type, 1);
	wire_put_number(&w, TLS_1_2, 2);
	wire_put_vector(&w, (bytes){ content.p, len }, 2);
	bytes session =
		client_hello_session((bytes){ hello + RECORD_HEADER, hello_len - RECORD_HEADER });
	if (type == RECORD_HANDSHAKE && len > SESSION_AT + session.len
		&& content.p[0] == MESSAGE_SERVER_HELLO) {
		memcpy(record + RECORD_HEADER + SESSION_AT, session.p, session.len);
	}
	give(s, record, w.len, piece);
}

static void give_finished(side *s, size_t piece)
{
	const tls13 *t = &s->client;
	uint8_t hash[KEY_SCHEDULE_HASH], message[4 + KEY_SCHEDULE_HASH] = { MESSAGE_FINISHED };
	size_t len = t->schedule.hash_len;

	if (t->state != TLS13_FINISHED || t->message.header_len != 0 || t->in_len != 0) {
		return;
	}
	message[3] = (uint8_t)len;
	br_multihash_out(&t->transcript, len == 32 ? br_sha256_ID : br_sha384_ID, hash);
	key_schedule_finished(t->schedule.hash, t->server_secret, hash, message + 4);
	s->finished = 1;
	give_record(s, 1, RECORD_HANDSHAKE, (bytes){ message, 4 + len }, piece);
	if (!s->client.complete) {
		abort();
	}
}

static void step(side *s, unsigned kind, bytes content, size_t piece)
{
	tls13_state before = s->client.state;

	if (kind == STEP_RAW) {
		give(s, content.p, content.len, piece);
	} else if ((kind == STEP_PLAIN || kind == STEP_SEALED) && content.len > 0) {
		const bytes inside = { content.p + 1, content.len - 1 };
		give_record(s, kind == STEP_SEALED, content.p[0], inside, piece);
	} else if (kind == STEP_FINISHED) {
		give_finished(s, piece);
	} else if (kind == STEP_VERIFIED && before == TLS13_CERTIFICATE_VERIFY) {
		s->client.state = TLS13_FINISHED;
	}
	if ((s->client.complete && !s->finished)
		|| (before >= TLS13_CLOSED && s->client.state != before)) {
		abort();
	}
}

static void play(side *s, const uint8_t *data, size_t size, size_t piece)
{
	wire_reader r = wire_over((bytes){ data, size });

	start(s);
	while (!wire_done(&r)) {
		unsigned kind = wire_take_number(&r, 1) % STEPS, len = wire_take_number(&r, 2);
		size_t n = len < r.left.len ? len : r.left.len;
		step(s, kind, wire_take(&r, n), piece);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static side whole, single;

	play(&whole, data, size, size + 1);
	play(&single, data, size, 1);
	if (whole.client.state != single.client.state || whole.client.error != single.client.error
		|| whole.client.alert != single.client.alert || whole.client.suite != single.client.suite
		|| whole.client.group != single.client.group
		|| whole.client.complete != single.client.complete
		|| whole.client.certificate_wanted != single.client.certificate_wanted
		|| whole.client.retried != single.client.retried) {
		abort();
	}
	require_as_many(&whole.certificates, &single.certificates);
	return 0;
}
