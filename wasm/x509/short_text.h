/* A text of a line or two under construction; where it finds no room it ends with an ellipsis. */
#ifndef MPC_SHORT_TEXT_H
#define MPC_SHORT_TEXT_H

#include "base/json.h"
#include "base/wire.h"

typedef struct {
	uint8_t text[1024];
	size_t len;
	int cut; /* something found no room: nothing follows */
} short_text;

/* Append, as a whole or not at all. */
void short_text_put(short_text *t, const void *text, size_t len);
void short_text_put_string(short_text *t, const char *text);
void short_text_put_number(short_text *t, unsigned long n);
/* Bytes in hexadecimal; `escaped`: each after a backslash. */
void short_text_put_hex(short_text *t, bytes s, int escaped);
/* An object identifier in numbers (X.690 8.19); an ellipsis where it is longer than any in use. */
void short_text_put_oid(short_text *t, bytes oid);

/* Writes what was put together. */
void short_text_write(short_text *t, json *out, const char *key);

#endif
