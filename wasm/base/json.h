/*
 * A bounded JSON writer. It writes into the caller's buffer and counts on when that is full, so a
 * first call with no buffer tells the size that a second call needs.
 *
 * Text may be any bytes: what is valid UTF-8 is kept, every other byte becomes the character of
 * the same number (\u0080-\u00ff), and control characters are escaped, so the output is always
 * valid JSON in UTF-8.
 *
 * `key` is NULL inside an array and at the top.
 */
#ifndef MPC_JSON_H
#define MPC_JSON_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
	char *buf;
	size_t cap;
	size_t len; /* bytes the whole text needs; what is past cap was not written */
	int comma;  /* the next value needs a comma before it */
} json;

void json_init(json *j, char *buf, size_t cap);
void json_open(json *j, const char *key, char bracket);
void json_close(json *j, char bracket);
void json_text(json *j, const char *key, const void *text, size_t len);
void json_string(json *j, const char *key, const char *text);
void json_int(json *j, const char *key, int64_t value);
void json_bool(json *j, const char *key, int value);
void json_null(json *j, const char *key);
/* A value that is JSON already. */
void json_raw(json *j, const char *key, const char *text, size_t len);

#endif
