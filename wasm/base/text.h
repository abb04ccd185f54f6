/*
 * Reading bytes from a server, and comparing them with words we know. Letters are ASCII; case does not count. Nothing
 * here needs a NUL at the end of the bytes.
 */
#ifndef MPC_TEXT_H
#define MPC_TEXT_H

#include <stddef.h>
#include <stdint.h>

int text_same(const uint8_t *a, const uint8_t *b, size_t len);
int text_is(const uint8_t *text, size_t len, const char *word);
int text_starts(const uint8_t *text, size_t len, const char *prefix);
/* The word alone, or followed by a space. */
int text_word(const uint8_t *text, size_t len, const char *word);

/*
 * Skips spaces; the word that follows, its length in *len, and what is left from it on in *rest
 * minus that length. NULL when there is none. The caller goes on at word + *len.
 */
const uint8_t *text_next_word(const uint8_t *text, size_t *rest, size_t *len);

/* Length of the well-formed UTF-8 sequence at s (RFC 3629), 0 if there is none; len is not 0. */
size_t text_utf8_length(const uint8_t *s, size_t len);

/* What a first line looks like: the name of a protocol ("smtp", "http", "ssh" …), or NULL. */
const char *text_protocol(const uint8_t *text, size_t len);

#endif
