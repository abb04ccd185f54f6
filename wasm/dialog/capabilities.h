/*
 * What a server said it can do: one list before TLS, one after. The words are kept as they came.
 */
#ifndef MPC_CAPABILITIES_H
#define MPC_CAPABILITIES_H

#include "base/json.h"
#include "base/limits.h"
#include "base/tables.h"

typedef struct {
	uint16_t at[LIMIT_CAPABILITIES];
	uint16_t len[LIMIT_CAPABILITIES];
	size_t count;
	size_t used;
	size_t dropped; /* did not fit */
	uint8_t text[LIMIT_CAPABILITY_BYTES];
} capabilities;

void capabilities_clear(capabilities *c);
/* What does not fit is left out, and counted. */
void capabilities_add(capabilities *c, const uint8_t *text, size_t len);
/* One of them is this word, alone or followed by a space; case does not count. */
int capabilities_has(const capabilities *c, const char *word);
/* One of them is a keyword that a middlebox has overwritten with X ("XXXXXXXA"). */
int capabilities_masked(const capabilities *c);

void capabilities_write(const capabilities *c, json *out, const char *key);
/* The SASL mechanisms among them: AUTH (RFC 4954), AUTH= (RFC 3501, old SMTP), SASL (RFC 2449). */
void capabilities_write_auth(
	const capabilities *c, protocol_id protocol, json *out, const char *key);
/* One of them is this mechanism; or any at all, where `name` is NULL. */
int capabilities_has_mechanism(const capabilities *c, protocol_id protocol, const char *name);
/*
 * The ways in which a password could be sent as it is: the mechanisms PLAIN and LOGIN, and the
 * commands LOGIN (IMAP, unless LOGINDISABLED) and USER (POP3). Returns how many; `out` may be NULL.
 */
int capabilities_write_password_ways(
	const capabilities *c, protocol_id protocol, json *out, const char *key);

#endif
