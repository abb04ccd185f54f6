#include "tls/tls13_handshake.h"

#include "base/wipe.h"
#include "tls/certificate_verify.h"
#include "tls/client_hello_again.h"
#include "tls/messages.h"
#include "tls/server_messages.h"

#include <string.h>

static void transcript_hash(const tls13 *t, uint8_t *out)
{
	int id = t->schedule.hash_len == 32 ? br_sha256_ID : br_sha384_ID;

	br_multihash_out(&t->transcript, id, out);
}

/* The message that has been read joins those that are signed for. */
static void note_message(tls13 *t)
{
	br_multihash_update(&t->transcript, t->message.header, sizeof t->message.header);
	br_multihash_update(&t->transcript, t->message.body, t->message.len);
}

/* --- the hellos ------------------------------------------------------------------------------------------ */

/* Keys never change within a record (RFC 8446 5.1). */
static void read_sealed(tls13 *t, const uint8_t *secret)
{
	record_protection_start(&t->reading, t->suite, secret);
	t->reads_sealed = 1;
}

/* The first hello counts by its hash alone (RFC 8446 4.4.1). */
static void replace_first_hello(tls13 *t, const br_hash_class *hash)
{
	uint8_t digest[KEY_SCHEDULE_HASH], header[4] = { MESSAGE_HASH };
	size_t len = hash->desc >> BR_HASHDESC_OUT_OFF & BR_HASHDESC_OUT_MASK;

	br_multihash_out(
		&t->transcript, (int)(hash->desc >> BR_HASHDESC_ID_OFF & BR_HASHDESC_ID_MASK), digest);
	header[3] = (uint8_t)len;
	br_multihash_init(&t->transcript);
	br_multihash_update(&t->transcript, header, sizeof header);
	br_multihash_update(&t->transcript, digest, len);
}

/* RFC 8446 4.1.4: once, and only to ask for what changes something. */
static void on_retry_request(tls13 *t, const server_hello *h)
{
	uint8_t hello[LIMIT_CLIENT_HELLO + LIMIT_COOKIE + KEY_SHARE_PUBLIC];
	int other = h->group != 0 && h->group != t->share.group;

	if (t->retried) {
		tls13_fail(t, ALERT_UNEXPECTED_MESSAGE, TLS_ERROR_unexpected);
		return;
	}
	if ((h->group != 0 && !other) || (h->group == 0 && h->cookie.len == 0)
		|| (other && !client_hello_lists(t->hello, EXTENSION_GROUPS, 2, h->group))
		|| (other && key_share_make(&t->share, h->group, t->rng) != 0)) {
		tls13_fail(t, ALERT_ILLEGAL_PARAMETER, TLS_ERROR_bad_parameter);
		return;
	}
	size_t len = h->cookie.len > LIMIT_COOKIE
		? 0
		: client_hello_again(hello, sizeof hello, t->hello, &t->share, h->cookie);
	if (len == 0) {
		tls13_fail(t, ALERT_ILLEGAL_PARAMETER, TLS_ERROR_too_large);
		return;
	}
	t->retried = 1;
	t->suite = h->suite;
	replace_first_hello(t, record_suite_hash(h->suite));
	note_message(t);
	br_multihash_update(&t->transcript, hello, len);
	tls13_send_companion(t);
	tls13_send(t, RECORD_HANDSHAKE, (bytes){ hello, len });
}

static void start_handshake_keys(tls13 *t, bytes agreed)
{
	uint8_t hash[KEY_SCHEDULE_HASH];

	key_schedule_start(&t->schedule, record_suite_hash(t->suite));
	key_schedule_next(&t->schedule, agreed);
	transcript_hash(t, hash);
	key_schedule_derive(&t->schedule, "c hs traffic", hash, t->client_secret);
	key_schedule_derive(&t->schedule, "s hs traffic", hash, t->server_secret);
	read_sealed(t, t->server_secret);
}

static void on_server_hello(tls13 *t)
{
	server_hello h;
	uint8_t agreed[KEY_SHARE_PRIVATE];
	int alert = server_hello_read(&h, (bytes){ t->message.body, t->message.len }, t->hello);

	if (alert != 0) {
		tls13_fail(t, alert,
			alert == ALERT_DECODE_ERROR ? TLS_ERROR_bad_handshake : TLS_ERROR_bad_parameter);
	} else if (record_suite_hash(h.suite) == NULL || (t->retried && h.suite != t->suite)) {
		tls13_fail(t, ALERT_ILLEGAL_PARAMETER, TLS_ERROR_bad_cipher_suite);
	} else if (h.retry) {
		on_retry_request(t, &h);
	} else if (h.group == 0) {
		tls13_fail(t, ALERT_MISSING_EXTENSION, TLS_ERROR_bad_parameter);
	} else {
		size_t len = h.group == t->share.group ? key_share_agree(&t->share, h.share, agreed) : 0;
		if (len == 0) {
			tls13_fail(t, ALERT_ILLEGAL_PARAMETER, TLS_ERROR_bad_parameter);
			return;
		}
		t->suite = h.suite;
		t->group = h.group;
		note_message(t);
		start_handshake_keys(t, (bytes){ agreed, len });
		wipe(agreed, sizeof agreed);
		wipe(&t->share, sizeof t->share);
		t->state = TLS13_ENCRYPTED_EXTENSIONS;
	}
}

/* --- the rest of the server's flight ----------------------------------------------------------------- */

static void on_encrypted_extensions(tls13 *t)
{
	int alert = encrypted_extensions_read((bytes){ t->message.body, t->message.len }, t->hello);

	if (alert != 0) {
		tls13_fail(t, alert,
			alert == ALERT_DECODE_ERROR ? TLS_ERROR_bad_handshake : TLS_ERROR_extra_extension);
		return;
	}
	note_message(t);
	t->state = TLS13_CERTIFICATE_OR_REQUEST;
}

static void on_certificate(tls13 *t)
{
	if (certificate_message_end(&t->message.certificates) != 0) {
		tls13_fail(t, ALERT_DECODE_ERROR, TLS_ERROR_bad_handshake);
		return;
	}
	switch (recorder_end(t->certificates)) {
	case RECORDER_EMPTY:
		tls13_fail(t, ALERT_DECODE_ERROR, TLS_ERROR_no_certificate);
		break;
	case RECORDER_UNREADABLE:
		tls13_fail(t, ALERT_BAD_CERTIFICATE, TLS_ERROR_certificate_unreadable);
		break;
	case RECORDER_UNUSABLE:
		tls13_fail(t, ALERT_UNSUPPORTED_CERTIFICATE, TLS_ERROR_key_unusable);
		break;
	case RECORDER_USABLE:
		t->state = TLS13_CERTIFICATE_VERIFY;
		break;
	}
}

static void on_certificate_verify(tls13 *t)
{
	uint8_t hash[KEY_SCHEDULE_HASH];
	bytes signature;
	int alert =
		certificate_verify_read((bytes){ t->message.body, t->message.len }, &t->scheme, &signature);

	transcript_hash(t, hash);
	if (alert != 0) {
		tls13_fail(t, alert, TLS_ERROR_bad_handshake);
		return;
	}
	alert = client_hello_lists(t->hello, EXTENSION_SIGNATURES, 2, t->scheme)
		? certificate_verify_check(
			t->scheme, signature, &t->certificates->key, (bytes){ hash, t->schedule.hash_len })
		: ALERT_ILLEGAL_PARAMETER;
	if (alert != 0) {
		tls13_fail(t, alert,
			alert == ALERT_DECRYPT_ERROR ? TLS_ERROR_bad_signature : TLS_ERROR_invalid_algorithm);
		return;
	}
	note_message(t);
	t->state = TLS13_FINISHED;
}

/* --- both sides finish ----------------------------------------------------------------------------------- */

static int finished_matches(const tls13 *t)
{
	uint8_t hash[KEY_SCHEDULE_HASH], expected[KEY_SCHEDULE_HASH], differs = 0;
	size_t len = t->schedule.hash_len;

	transcript_hash(t, hash);
	key_schedule_finished(t->schedule.hash, t->server_secret, hash, expected);
	if (t->message.len != len) {
		return 0;
	}
	for (size_t i = 0; i < len; i++) {
		differs |= expected[i] ^ t->message.body[i];
	}
	return differs == 0;
}

/* We have no certificate to show, whoever asks (RFC 8446 4.4.2.3). */
static void send_empty_certificate(tls13 *t)
{
	static const uint8_t message[] = { MESSAGE_CERTIFICATE, 0, 0, 4, 0, 0, 0, 0 };

	br_multihash_update(&t->transcript, message, sizeof message);
	tls13_send(t, RECORD_HANDSHAKE, (bytes){ message, sizeof message });
}

static void send_finished(tls13 *t)
{
	uint8_t hash[KEY_SCHEDULE_HASH], message[4 + KEY_SCHEDULE_HASH] = { MESSAGE_FINISHED };
	size_t len = t->schedule.hash_len;

	transcript_hash(t, hash);
	message[3] = (uint8_t)len;
	key_schedule_finished(t->schedule.hash, t->client_secret, hash, message + 4);
	tls13_send(t, RECORD_HANDSHAKE, (bytes){ message, 4 + len });
}

static void on_finished(tls13 *t)
{
	uint8_t hash[KEY_SCHEDULE_HASH], client_next[KEY_SCHEDULE_HASH];

	if (!finished_matches(t)) {
		tls13_fail(t, ALERT_DECRYPT_ERROR, TLS_ERROR_bad_finished);
		return;
	}
	note_message(t);
	transcript_hash(t, hash);
	key_schedule_next(&t->schedule, (bytes){ hash, 0 });
	key_schedule_derive(&t->schedule, "s ap traffic", hash, t->server_secret);
	key_schedule_derive(&t->schedule, "c ap traffic", hash, client_next);
	read_sealed(t, t->server_secret);
	tls13_send_companion(t);
	tls13_write_sealed(t);
	if (t->certificate_wanted) {
		send_empty_certificate(t);
	}
	send_finished(t);
	memcpy(t->client_secret, client_next, sizeof t->client_secret);
	wipe(client_next, sizeof client_next);
	tls13_write_sealed(t);
	wipe(t->schedule.secret, sizeof t->schedule.secret);
	t->complete = 1;
	t->state = TLS13_CONNECTED;
}

/* RFC 8446 4.6.3 */
static void on_key_update(tls13 *t)
{
	static const uint8_t answer[] = { MESSAGE_KEY_UPDATE, 0, 0, 1, 0 };
	const uint8_t *wish = t->message.body;

	if (t->message.len != 1 || *wish > 1) {
		tls13_fail(t, ALERT_DECODE_ERROR, TLS_ERROR_bad_handshake);
	} else if (++t->key_updates > LIMIT_KEY_UPDATES) {
		tls13_fail(t, ALERT_UNEXPECTED_MESSAGE, TLS_ERROR_limit_exceeded);
	} else {
		key_schedule_update(t->schedule.hash, t->server_secret);
		read_sealed(t, t->server_secret);
		if (*wish == 1) {
			tls13_send(t, RECORD_HANDSHAKE, (bytes){ answer, sizeof answer });
			key_schedule_update(t->schedule.hash, t->client_secret);
			tls13_write_sealed(t);
		}
	}
}

/* --- by their kind -------------------------------------------------------------------------------------- */

void tls13_message_ended(tls13 *t)
{
	switch (t->message.header[0]) {
	case MESSAGE_SERVER_HELLO:
		on_server_hello(t);
		break;
	case MESSAGE_ENCRYPTED_EXTENSIONS:
		on_encrypted_extensions(t);
		break;
	case MESSAGE_CERTIFICATE_REQUEST:
		t->certificate_wanted = 1;
		t->state = TLS13_CERTIFICATE;
		break;
	case MESSAGE_CERTIFICATE:
		on_certificate(t);
		break;
	case MESSAGE_CERTIFICATE_VERIFY:
		on_certificate_verify(t);
		break;
	case MESSAGE_FINISHED:
		on_finished(t);
		break;
	case MESSAGE_KEY_UPDATE:
		on_key_update(t);
		break;
	default: /* a ticket: who never comes back needs none */
		break;
	}
}
