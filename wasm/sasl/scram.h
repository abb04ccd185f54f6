/*
 * SCRAM-SHA-256 as a client (RFC 5802, RFC 7677), without channel binding: the password itself is never
 * sent, and the server has to prove that it knows it, too.
 *
 * Messages are text, not yet in base64.
 */
#ifndef MPC_SCRAM_H
#define MPC_SCRAM_H

#include "sasl/credentials.h"

#include <stdint.h>

#define SCRAM_SEED 32
#define SCRAM_NONCE 20

typedef struct {
	char nonce[SCRAM_NONCE];
	/* AuthMessage (RFC 5802 3), as far as it has been said; it starts with client-first-message-bare */
	char said[LIMIT_SCRAM_TEXT];
	size_t said_len;
	uint8_t server_signature[32];
} scram;

typedef enum {
	SCRAM_OK,
	SCRAM_MALFORMED, /* not what RFC 5802 5 says, or not an answer to us */
	SCRAM_TOO_COSTLY /* more iterations than LIMIT_SCRAM_ITERATIONS */
} scram_answer;

/* How many bytes the first message has. */
size_t scram_first_length(const credentials *c);
/* The first message: 0 and its length, or -1 where names were not prepared. `seed` is random, and used for nothing
 * else that is sent. */
int scram_first(scram *s, const credentials *c, const uint8_t seed[SCRAM_SEED], char *out,
	size_t room, size_t *len);
/* The answer to the server's first message, with the proof. */
scram_answer scram_final(scram *s, const credentials *c, const uint8_t *server_first,
	size_t server_len, char *out, size_t room, size_t *len);
/* The server's last message holds its signature (v=): it knows the password, or its hash. */
int scram_server_proved(const scram *s, const uint8_t *server_final, size_t len);
/* … or why it refuses (e=), which is often all that it says of a wrong password. */
int scram_server_refused(const uint8_t *server_final, size_t len);

#endif
