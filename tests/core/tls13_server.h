/*
 * The other end of TLS 1.3, over buffers in memory: what a server says, and what it should never say. Made of the
 * core's own key schedule and record protection, which RFC 8448 proves; that the client understands others is
 * shown by the servers of tests/tls_servers/.
 */
#ifndef MPC_TLS13_SERVER_H
#define MPC_TLS13_SERVER_H

#include "tls/key_schedule.h"
#include "tls/key_share.h"
#include "tls/record_protection.h"

typedef struct tls13_server tls13_server;

struct tls13_server {
	/* settings, for before the ClientHello comes */
	const br_x509_certificate *chain;
	size_t chain_len;
	const br_skey_decoder_context *key;
	const uint8_t *ed25519; /* a secret in its place */
	uint16_t suite;         /* 0: the client's first */
	uint16_t group;         /* 0: that of the client's share */
	uint16_t scheme;        /* 0: what goes with the key */
	int retries;            /* HelloRetryRequests before it answers, at least */
	size_t cookie_len;      /* … each with a cookie */
	int wants_certificate;
	size_t fragment; /* the most that a record holds of a message; 0: no such limit */
	size_t padding;  /* of each sealed record */
	/* Changes a message, header included, before it is hashed, or (`hashed`) after. */
	void (*tamper)(tls13_server *t, int hashed, uint8_t *message, size_t *len);
	void *tamper_arg;

	/* how it stands */
	int finished; /* the client's Finished was right */
	int failed;   /* what the client sent was not */
	int alert;    /* of the client; -1: none */
	unsigned hellos;
	int certificates_heard;
	char said[1024]; /* of the client, decrypted */
	size_t said_len;
	unsigned key_updates;

	/* the rest is its own */
	br_hmac_drbg_context rng;
	key_schedule schedule;
	br_multihash_context transcript;
	uint8_t client_secret[KEY_SCHEDULE_HASH];
	uint8_t server_secret[KEY_SCHEDULE_HASH];
	uint8_t client_next[KEY_SCHEDULE_HASH];
	uint8_t finished_expected[KEY_SCHEDULE_HASH];
	record_protection reading;
	record_protection writing;
	int reads_sealed;
	int writes_sealed;
	uint8_t in[RECORD_HEADER + RECORD_CONTENT_MAX + RECORD_EXPANSION_MAX];
	size_t in_len;
	uint8_t message[4096];
	size_t message_len;
	uint8_t flight[65536]; /* of messages, waiting to be put into records */
	size_t flight_len;
	uint8_t out[262144];
	size_t out_len;
	size_t out_at;
};

/* Clears it; settings may follow. */
void tls13_server_start(tls13_server *t, const br_x509_certificate *chain, size_t chain_len,
	const br_skey_decoder_context *key);

void tls13_server_receive(tls13_server *t, const uint8_t *data, size_t len);
size_t tls13_server_to_send(const tls13_server *t, const uint8_t **data);
void tls13_server_sent(tls13_server *t, size_t len);

/* One record of this content, sealed where records are. */
void tls13_server_record(tls13_server *t, uint8_t type, const void *content, size_t len);
/* … and one in the clear at any time. */
void tls13_server_plain_record(tls13_server *t, uint8_t type, const void *content, size_t len);
/* A signature with RSA-PSS of this digest: its length. */
size_t tls13_server_sign_pss(const br_skey_decoder_context *key, const br_hash_class *hash,
	const uint8_t *digest, uint8_t *out);
/* A KeyUpdate; `wish`: whether the client is to do the same. */
void tls13_server_update_key(tls13_server *t, uint8_t wish);

#endif
