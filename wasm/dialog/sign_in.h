/*
 * Signing in, as far as the three protocols do it alike: which way is taken, what is said next, and what came of it
 * (RFC 4422, RFC 4616, RFC 5802; LOGIN is draft-murchison-sasl-login). One try, with what the caller gave: no second
 * one, since some servers lock an account after a few.
 */
#ifndef MPC_SIGN_IN_H
#define MPC_SIGN_IN_H

#include "base/base64.h"
#include "dialog/capabilities.h"
#include "sasl/scram.h"

typedef enum {
	WAY_none,
	WAY_scram_sha_256,
	WAY_plain,
	WAY_login,   /* the mechanism */
	WAY_command, /* IMAP: LOGIN; POP3: USER and PASS */
	WAY_COUNT
} sign_in_way;

/* As a report names it. */
const char *sign_in_way_name(sign_in_way way, protocol_id protocol);

/*
 * The best that the server offers and the credentials allow; SCRAM before what hands the password over. WAY_none: a
 * password is of no use here; `oauth_only` says that a token of another service would be.
 */
sign_in_way sign_in_choose(
	const capabilities *offered, protocol_id protocol, const credentials *c, int *oauth_only);

/* What is remembered of a sign-in under way. */
typedef struct {
	sign_in_way way;
	unsigned step;       /* messages that were said */
	const uint8_t *seed; /* SCRAM_SEED bytes */
	int server_proved;
	scram scram;
} sign_in;

/* A message in base64, and its NUL. */
#define SIGN_IN_MESSAGE (BASE64_LENGTH(LIMIT_SASL_MESSAGE) + 1)

typedef enum {
	SIGN_IN_SAID,    /* `out` holds the message; may be empty */
	SIGN_IN_NOTHING, /* the mechanism has none before the server asks */
	SIGN_IN_BROKEN,  /* what the server said makes no sense here */
	SIGN_IN_COSTLY,  /* it asks for more work than LIMIT_SCRAM_ITERATIONS */
	SIGN_IN_IMPOSTOR /* it does not know the password itself */
} sign_in_message;

/* How long the first message is, in base64; 0: the mechanism has none before the server asks. */
size_t sign_in_initial_length(const sign_in *s, const credentials *c);
/* What is said with the name of the mechanism, where the protocol allows that and the line has room. */
sign_in_message sign_in_initial(sign_in *s, const credentials *c, char out[SIGN_IN_MESSAGE]);
/* The answer to a challenge, which comes in base64. */
sign_in_message sign_in_answer(sign_in *s, const credentials *c, const uint8_t *challenge,
	size_t len, char out[SIGN_IN_MESSAGE]);
/* Where the mechanism wants it, the server has proved that it knows the password. */
int sign_in_is_mutual(const sign_in *s);

#endif
