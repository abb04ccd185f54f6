/* A connection of TLS 1.3 as its parts share it (tls13.h): what is known, what is secret, and what goes out. */
#ifndef MPC_TLS13_CONNECTION_H
#define MPC_TLS13_CONNECTION_H

#include "base/limits.h"
#include "tls/certificate_message.h"
#include "tls/key_schedule.h"
#include "tls/key_share.h"
#include "tls/passed_over_message.h"
#include "tls/record_protection.h"
#include "tls/tls_names.h"

/* Room for one record as it comes in. */
#define TLS13_RECORD (RECORD_HEADER + RECORD_CONTENT_MAX + RECORD_EXPANSION_MAX)
/* … and for what goes out at a time: a second hello and its companion, or what the caller says. */
#define TLS13_OUTPUT (LIMIT_CLIENT_HELLO + LIMIT_COOKIE + KEY_SHARE_PUBLIC + 128)

/* What the client waits for (RFC 8446 A.1). */
typedef enum {
	TLS13_SERVER_HELLO,
	TLS13_ENCRYPTED_EXTENSIONS,
	TLS13_CERTIFICATE_OR_REQUEST,
	TLS13_CERTIFICATE,
	TLS13_CERTIFICATE_VERIFY,
	TLS13_FINISHED,
	TLS13_CONNECTED,
	TLS13_CLOSED,         /* in order */
	TLS13_ALERT_RECEIVED, /* .alert */
	TLS13_FAILED          /* .error */
} tls13_state;

typedef struct {
	tls13_state state;
	int alert;
	tls_error error;
	int complete; /* the handshake was, at any time */
	/* what was agreed; 0 where it is not known yet */
	uint16_t suite;
	uint16_t group;
	uint16_t scheme; /* of the server's signature */
	int retried;     /* there was a HelloRetryRequest */
	int certificate_wanted;

	/* given */
	bytes hello; /* the first ClientHello */
	recorder *certificates;
	const br_prng_class **rng;
	int mute; /* never to say anything sealed */

	/* secrets */
	key_share share;
	key_schedule schedule;
	uint8_t client_secret[KEY_SCHEDULE_HASH];
	uint8_t server_secret[KEY_SCHEDULE_HASH];
	record_protection reading;
	record_protection writing;
	int reads_sealed;
	int writes_sealed;

	br_multihash_context transcript;
	int companion_sent; /* the change_cipher_spec that means nothing (RFC 8446 D.4) */
	unsigned key_updates;

	/* the handshake message that is being read */
	struct {
		uint8_t header[4];
		size_t header_len;
		size_t left;
		uint8_t body[LIMIT_HANDSHAKE_MESSAGE];
		size_t len;
		certificate_message certificates;
		passed_over_message passed_over;
	} message;

	/* the record that is being read, in memory of the caller's */
	uint8_t *in;
	size_t in_len;
	size_t text_at; /* what of it is to be read by the caller */
	size_t text_len;

	uint8_t out[TLS13_OUTPUT];
	size_t out_len;
	size_t out_at;
} tls13;

/* A record to be sent, sealed where records are. What finds no room was never to be sent. */
void tls13_send(tls13 *t, uint8_t type, bytes content);
/* The change_cipher_spec that means nothing, once. */
void tls13_send_companion(tls13 *t);
/* From now on records are sealed with .client_secret. */
void tls13_write_sealed(tls13 *t);
/* Sealed as soon as both sides have keys (RFC 8446 A.1). */
void tls13_send_alert(tls13 *t, int level, int alert);
/* It is over: the secrets are wiped, and nothing is read any more. */
void tls13_end(tls13 *t, tls13_state how);
/* … by our alert, and why. */
void tls13_fail(tls13 *t, int alert, tls_error error);

#endif
