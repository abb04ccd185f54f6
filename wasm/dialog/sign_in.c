#include "dialog/sign_in.h"

#include "base/wipe.h"

#include <string.h>

static const char *const mechanisms[WAY_COUNT] = {
	[WAY_scram_sha_256] = "SCRAM-SHA-256",
	[WAY_plain] = "PLAIN",
	[WAY_login] = "LOGIN",
};

const char *sign_in_way_name(sign_in_way way, protocol_id protocol)
{
	if (way == WAY_command) {
		return protocol == PROTOCOL_imap ? "LOGIN command" : "USER command";
	}
	return mechanisms[way];
}

static int has_command(const capabilities *offered, protocol_id protocol)
{
	switch (protocol) {
	case PROTOCOL_imap:
		return !capabilities_has(offered, "LOGINDISABLED");
	case PROTOCOL_pop3: /* without CAPA nothing is known, and USER is what all have (RFC 1939 7) */
		return offered->count == 0 || capabilities_has(offered, "USER");
	default:
		return 0;
	}
}

static int is_usable(sign_in_way way, const credentials *c)
{
	return way != WAY_scram_sha_256
		|| (c->prepared_user[0] != '\0' && c->prepared_password[0] != '\0');
}

static int wants_token(const capabilities *offered, protocol_id protocol)
{
	return capabilities_has_mechanism(offered, protocol, "XOAUTH2")
		|| capabilities_has_mechanism(offered, protocol, "OAUTHBEARER");
}

sign_in_way sign_in_choose(
	const capabilities *offered, protocol_id protocol, const credentials *c, int *oauth_only)
{
	*oauth_only = 0;
	for (sign_in_way way = WAY_scram_sha_256; way < WAY_COUNT; way++) {
		int is_offered = way == WAY_command
			? has_command(offered, protocol)
			: capabilities_has_mechanism(offered, protocol, mechanisms[way]);
		/* Both send the password as it is: IMAP's command is what every server has practice with. */
		if (way == WAY_login && has_command(offered, protocol)) {
			continue;
		}
		if (is_offered && is_usable(way, c)) {
			return way;
		}
	}
	*oauth_only = wants_token(offered, protocol);
	return WAY_none;
}

/* --- messages ------------------------------------------------------------------------------------------- */

static sign_in_message encode(const void *data, size_t len, char out[SIGN_IN_MESSAGE])
{
	base64_encode(data, len, out, SIGN_IN_MESSAGE - 1);
	out[BASE64_LENGTH(len)] = '\0';
	return SIGN_IN_SAID;
}

/* No other identity, then both, each after a NUL (RFC 4616 2). */
static sign_in_message plain(const credentials *c, char out[SIGN_IN_MESSAGE])
{
	char message[LIMIT_SASL_MESSAGE] = { 0 };
	size_t user = strlen(c->user), password = strlen(c->password);

	memcpy(message + 1, c->user, user);
	memcpy(message + 2 + user, c->password, password);
	encode(message, 2 + user + password, out);
	wipe(message, sizeof message);
	return SIGN_IN_SAID;
}

/* Whatever the server calls them when it asks, it asks for the name first. */
static sign_in_message login(const sign_in *s, const credentials *c, char out[SIGN_IN_MESSAGE])
{
	const char *wanted = s->step == 0 ? c->user : c->password;

	return s->step > 1 ? SIGN_IN_BROKEN : encode(wanted, strlen(wanted), out);
}

static sign_in_message scram_begin(sign_in *s, const credentials *c, char out[SIGN_IN_MESSAGE])
{
	char message[LIMIT_SASL_MESSAGE];
	size_t len;

	if (scram_first(&s->scram, c, s->seed, message, sizeof message, &len) != 0) {
		return SIGN_IN_BROKEN;
	}
	return encode(message, len, out);
}

static sign_in_message scram_prove(sign_in *s, const credentials *c, const uint8_t *said,
	size_t said_len, char out[SIGN_IN_MESSAGE])
{
	char message[LIMIT_SASL_MESSAGE];
	size_t len;

	switch (scram_final(&s->scram, c, said, said_len, message, sizeof message, &len)) {
	case SCRAM_OK:
		return encode(message, len, out);
	case SCRAM_TOO_COSTLY:
		return SIGN_IN_COSTLY;
	default:
		return SIGN_IN_BROKEN;
	}
}

static sign_in_message scram_answer_to(sign_in *s, const credentials *c, const uint8_t *challenge,
	size_t len, char out[SIGN_IN_MESSAGE])
{
	uint8_t said[LIMIT_SCRAM_CHALLENGE];
	size_t said_len;

	if (s->step > 2 || base64_decode(challenge, len, said, sizeof said, &said_len) != 0) {
		return SIGN_IN_BROKEN;
	}
	if (s->step == 1) {
		return scram_prove(s, c, said, said_len, out);
	}
	s->server_proved = scram_server_proved(&s->scram, said, said_len);
	/* A message that it refuses proves nothing: the refusal is still to come. */
	return s->server_proved || scram_server_refused(said, said_len) ? encode("", 0, out)
																	: SIGN_IN_IMPOSTOR;
}

size_t sign_in_initial_length(const sign_in *s, const credentials *c)
{
	switch (s->way) {
	case WAY_scram_sha_256:
		return BASE64_LENGTH(scram_first_length(c));
	case WAY_plain:
		return BASE64_LENGTH(2 + strlen(c->user) + strlen(c->password));
	default:
		return 0;
	}
}

sign_in_message sign_in_initial(sign_in *s, const credentials *c, char out[SIGN_IN_MESSAGE])
{
	sign_in_message said = s->way == WAY_scram_sha_256 ? scram_begin(s, c, out)
		: s->way == WAY_plain                          ? plain(c, out)
													   : SIGN_IN_NOTHING;

	s->step += said == SIGN_IN_SAID;
	return said;
}

sign_in_message sign_in_answer(sign_in *s, const credentials *c, const uint8_t *challenge,
	size_t len, char out[SIGN_IN_MESSAGE])
{
	if (s->step == 0 && s->way != WAY_login) {
		return sign_in_initial(s, c, out); /* asked for now, since it could not be said before */
	}
	sign_in_message said = s->way == WAY_login ? login(s, c, out)
		: s->way == WAY_scram_sha_256          ? scram_answer_to(s, c, challenge, len, out)
											   : SIGN_IN_BROKEN;
	s->step += said == SIGN_IN_SAID;
	return said;
}

int sign_in_is_mutual(const sign_in *s)
{
	return s->way != WAY_scram_sha_256 || s->server_proved;
}
