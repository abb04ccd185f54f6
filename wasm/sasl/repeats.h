/*
 * Whether a text of the server's gives away what was said to it. Reports are shown to others, and a server, or
 * who stands in its place, may repeat a password in any reply.
 */
#ifndef MPC_REPEATS_H
#define MPC_REPEATS_H

#include "sasl/credentials.h"

#include <stdint.h>

/*
 * The text holds half of the password or more in one piece, or the user name up to its @, where
 * that has three bytes or more; as it is, in base64, in hexadecimal or in percent-encoding, letters of either case.
 */
int repeats_credentials(const credentials *c, const uint8_t *text, size_t len);

#endif
