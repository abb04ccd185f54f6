/*
 * Base64 with padding and without line breaks (RFC 4648 4), as SASL sends it.
 */
#ifndef MPC_BASE64_H
#define MPC_BASE64_H

#include <stddef.h>
#include <stdint.h>

/* Characters for so many bytes. */
#define BASE64_LENGTH(bytes) (((bytes) + 2) / 3 * 4)

/* Writes BASE64_LENGTH(len) characters, no NUL: 0, or -1 where there is less room. */
int base64_encode(const uint8_t *data, size_t len, char *out, size_t room);

/* The whole text, strictly: 0 and the number of bytes, or -1 where it is malformed or too long. */
int base64_decode(const uint8_t *text, size_t len, uint8_t *out, size_t room, size_t *out_len);

/* The six bits that a character of the alphabet stands for; -1: it is none. */
int base64_value(uint8_t character);

#endif
