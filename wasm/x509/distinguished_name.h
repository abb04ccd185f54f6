/* Distinguished names as people read them (RFC 4514). */
#ifndef MPC_DISTINGUISHED_NAME_H
#define MPC_DISTINGUISHED_NAME_H

#include "base/json.h"
#include "base/wire.h"

/*
 * A Name (DER, header included) as text, the most specific part first: "CN=…, O=…, C=…". Escaped as in RFC
 * 4514 2.4, and so is what would not be seen; ends with an ellipsis where it is cut.
 */
void distinguished_name_write(bytes name, json *out, const char *key);

/* Each value is of a type that names may have, and its text is text: else most readers refuse the certificate. */
int distinguished_name_readable(bytes name);

#endif
