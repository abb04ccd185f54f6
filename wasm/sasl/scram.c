#include "sasl/scram.h"

#include "base/base64.h"
#include "base/wipe.h"

#include <bearssl.h>

#include <string.h>

enum { HASH = 32, SALT_MAX = LIMIT_SCRAM_CHALLENGE };

/* --- HMAC-SHA-256 ------------------------------------------------------------------------------------- */

static void hmac(const void *key, size_t key_len, const void *data, size_t len, uint8_t out[HASH])
{
	br_hmac_key_context prepared;
	br_hmac_context context;

	br_hmac_key_init(&prepared, &br_sha256_vtable, key, key_len);
	br_hmac_init(&context, &prepared, 0);
	br_hmac_update(&context, data, len);
	br_hmac_out(&context, out);
	wipe(&prepared, sizeof prepared);
	wipe(&context, sizeof context);
}

/* Hi() of RFC 5802 2.2: PBKDF2 with one block. */
static void salted_password(
	const char *password, const uint8_t *salt, size_t salt_len, uint32_t rounds, uint8_t out[HASH])
{
	static const uint8_t first_block[4] = { 0, 0, 0, 1 };
	br_hmac_key_context key;
	br_hmac_context context;
	uint8_t u[HASH];

	br_hmac_key_init(&key, &br_sha256_vtable, password, strlen(password));
	br_hmac_init(&context, &key, 0);
	br_hmac_update(&context, salt, salt_len);
	br_hmac_update(&context, first_block, sizeof first_block);
	br_hmac_out(&context, u);
	memcpy(out, u, HASH);
	for (uint32_t i = 1; i < rounds; i++) {
		br_hmac_init(&context, &key, 0);
		br_hmac_update(&context, u, HASH);
		br_hmac_out(&context, u);
		for (size_t j = 0; j < HASH; j++) {
			out[j] ^= u[j];
		}
	}
	wipe(&key, sizeof key);
	wipe(&context, sizeof context);
	wipe(u, sizeof u);
}

/* --- text --------------------------------------------------------------------------------------------- */

/* Text that is being written: what does not fit makes it `full`. */
typedef struct {
	char *text;
	size_t len;
	size_t room;
	int full;
} writer;

static void put(writer *w, const void *text, size_t len)
{
	if (len > w->room - w->len) {
		w->full = 1;
		return;
	}
	memcpy(w->text + w->len, text, len);
	w->len += len;
}

static void put_text(writer *w, const char *text)
{
	put(w, text, strlen(text));
}

static void put_base64(writer *w, const uint8_t *data, size_t len)
{
	if (base64_encode(data, len, w->text + w->len, w->room - w->len) != 0) {
		w->full = 1;
		return;
	}
	w->len += BASE64_LENGTH(len);
}

/* saslname: = and , mean something else (RFC 5802 5.1). */
static void put_name(writer *w, const char *name)
{
	for (; *name != '\0'; name++) {
		if (*name == '=') {
			put_text(w, "=3D");
		} else if (*name == ',') {
			put_text(w, "=2C");
		} else {
			put(w, name, 1);
		}
	}
}

/* The next attribute, which has to be this one: its value, and *text behind it. NULL: it is another. */
static const uint8_t *attribute(char letter, const uint8_t **text, size_t *rest, size_t *len)
{
	const uint8_t *value = *text + 2;

	if (*rest < 2 || (*text)[0] != (uint8_t)letter || (*text)[1] != '=') {
		return NULL;
	}
	const uint8_t *comma = memchr(value, ',', *rest - 2);
	*len = comma != NULL ? (size_t)(comma - value) : *rest - 2;
	size_t used = 2 + *len + (comma != NULL);
	*text += used;
	*rest -= used;
	return value;
}

/* posit-number, and no more than one digit above the limit. */
static int number(const uint8_t *text, size_t len, uint32_t *out)
{
	*out = 0;
	if (len == 0 || text[0] == '0') {
		return 0;
	}
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9') {
			return 0;
		}
		if (*out <= LIMIT_SCRAM_ITERATIONS) {
			*out = *out * 10 + text[i] - '0';
		}
	}
	return 1;
}

/* --- the exchange ------------------------------------------------------------------------------------- */

static void make_nonce(scram *s, const uint8_t seed[SCRAM_SEED])
{
	static const char label[] = "SCRAM nonce";
	uint8_t hash[HASH];

	hmac(seed, SCRAM_SEED, label, sizeof label - 1, hash);
	base64_encode(hash, SCRAM_NONCE / 4 * 3, s->nonce, sizeof s->nonce);
}

/* GS2 header: no channel binding, no other identity (RFC 5802 7). */
static const char gs2[] = "n,,";

size_t scram_first_length(const credentials *c)
{
	size_t len = sizeof gs2 - 1 + 2 + 3 + SCRAM_NONCE;

	for (const char *at = c->prepared_user; *at != '\0'; at++) {
		len += *at == '=' || *at == ',' ? 3 : 1;
	}
	return len;
}

int scram_first(scram *s, const credentials *c, const uint8_t seed[SCRAM_SEED], char *out,
	size_t room, size_t *len)
{
	writer bare = { s->said, 0, sizeof s->said, 0 };
	writer message = { out, 0, room, 0 };

	if (c->prepared_user[0] == '\0' || c->prepared_password[0] == '\0') {
		return -1;
	}
	make_nonce(s, seed);
	put_text(&bare, "n=");
	put_name(&bare, c->prepared_user);
	put_text(&bare, ",r=");
	put(&bare, s->nonce, SCRAM_NONCE);
	s->said_len = bare.len;
	put_text(&message, gs2);
	put(&message, s->said, s->said_len);
	*len = message.len;
	return bare.full || message.full ? -1 : 0;
}

/* What the server's first message says. */
typedef struct {
	const uint8_t *nonce;
	size_t nonce_len;
	uint8_t salt[SALT_MAX];
	size_t salt_len;
	uint32_t rounds;
} challenge;

static scram_answer read_challenge(challenge *c, const scram *s, const uint8_t *text, size_t rest)
{
	size_t len;
	const uint8_t *value;

	if (rest > LIMIT_SCRAM_CHALLENGE) {
		return SCRAM_MALFORMED;
	}
	/* Ours, and more that is the server's. */
	c->nonce = attribute('r', &text, &rest, &c->nonce_len);
	if (c->nonce == NULL || c->nonce_len <= SCRAM_NONCE
		|| memcmp(c->nonce, s->nonce, SCRAM_NONCE) != 0) {
		return SCRAM_MALFORMED;
	}
	value = attribute('s', &text, &rest, &len);
	if (value == NULL || base64_decode(value, len, c->salt, sizeof c->salt, &c->salt_len) != 0
		|| c->salt_len == 0) {
		return SCRAM_MALFORMED;
	}
	value = attribute('i', &text, &rest, &len);
	if (value == NULL || !number(value, len, &c->rounds)) {
		return SCRAM_MALFORMED;
	}
	return c->rounds > LIMIT_SCRAM_ITERATIONS ? SCRAM_TOO_COSTLY : SCRAM_OK;
}

/* Which proves the password to whoever knows StoredKey (RFC 5802 3), and the signature to expect. */
static void prove(scram *s, const char *password, const challenge *c, uint8_t proof[HASH])
{
	uint8_t salted[HASH], client_key[HASH], stored_key[HASH], server_key[HASH], signature[HASH];
	br_sha256_context hash;

	salted_password(password, c->salt, c->salt_len, c->rounds, salted);
	hmac(salted, HASH, "Client Key", 10, client_key);
	br_sha256_init(&hash);
	br_sha256_update(&hash, client_key, HASH);
	br_sha256_out(&hash, stored_key);
	hmac(stored_key, HASH, s->said, s->said_len, signature);
	for (size_t i = 0; i < HASH; i++) {
		proof[i] = client_key[i] ^ signature[i];
	}
	hmac(salted, HASH, "Server Key", 10, server_key);
	hmac(server_key, HASH, s->said, s->said_len, s->server_signature);
	wipe(salted, sizeof salted);
	wipe(client_key, sizeof client_key);
	wipe(stored_key, sizeof stored_key);
	wipe(server_key, sizeof server_key);
	wipe(signature, sizeof signature);
	wipe(&hash, sizeof hash);
}

scram_answer scram_final(scram *s, const credentials *c, const uint8_t *server_first,
	size_t server_len, char *out, size_t room, size_t *len)
{
	challenge asked;
	uint8_t proof[HASH];
	scram_answer answer = read_challenge(&asked, s, server_first, server_len);
	writer said = { s->said, s->said_len, sizeof s->said, 0 };
	writer message = { out, 0, room, 0 };

	*len = 0;
	if (answer != SCRAM_OK) {
		return answer;
	}
	put_text(&said, ",");
	put(&said, server_first, server_len);
	put_text(&said, ",");
	size_t final_at = said.len;
	put_text(&said, "c=");
	put_base64(&said, (const uint8_t *)gs2, sizeof gs2 - 1);
	put_text(&said, ",r=");
	put(&said, asked.nonce, asked.nonce_len);
	s->said_len = said.len;
	prove(s, c->prepared_password, &asked, proof);
	put(&message, s->said + final_at, s->said_len - final_at);
	put_text(&message, ",p=");
	put_base64(&message, proof, HASH);
	wipe(proof, sizeof proof);
	*len = message.len;
	return said.full || message.full ? SCRAM_MALFORMED : SCRAM_OK;
}

int scram_server_proved(const scram *s, const uint8_t *server_final, size_t rest)
{
	uint8_t signature[HASH];
	size_t len, signature_len;
	unsigned differs = 0;
	const uint8_t *value = attribute('v', &server_final, &rest, &len);

	if (value == NULL || base64_decode(value, len, signature, HASH, &signature_len) != 0
		|| signature_len != HASH) {
		return 0;
	}
	for (size_t i = 0; i < HASH; i++) {
		differs |= (unsigned)(signature[i] ^ s->server_signature[i]);
	}
	return differs == 0;
}

int scram_server_refused(const uint8_t *server_final, size_t len)
{
	size_t value_len;

	return attribute('e', &server_final, &len, &value_len) != NULL;
}
