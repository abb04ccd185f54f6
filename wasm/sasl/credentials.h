/*
 * A user name and a password, for as long as a conversation needs them. This is the only place in which the core
 * keeps them; who holds one wipes it.
 */
#ifndef MPC_CREDENTIALS_H
#define MPC_CREDENTIALS_H

#include "base/limits.h"

#include <stddef.h>

/* As a caller gives them: UTF-8, each ending with a NUL. No `user`: there are none. */
typedef struct {
	const char *user;
	const char *password;
	/*
	 * The same by SASLprep (RFC 4013), which needs tables of Unicode that the core does not have. NULL: nobody
	 * has prepared them; that does for ASCII, which SASLprep leaves as it is.
	 */
	const char *prepared_user;
	const char *prepared_password;
} given_credentials;

typedef struct {
	int given;
	char user[LIMIT_USER];
	char password[LIMIT_PASSWORD];
	char prepared_user[LIMIT_USER]; /* "": cannot be told */
	char prepared_password[LIMIT_PASSWORD];
} credentials;

/*
 * Copies them: 0, or -1 where one is empty, too long, no UTF-8, or holds a control character, which no
 * command can carry (RFC 4616 2, RFC 3501 9) and no SASLprep would let pass: then none are kept.
 */
int credentials_keep(credentials *c, const given_credentials *from);
void credentials_wipe(credentials *c);

#endif
