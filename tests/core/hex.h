/* Bytes that a test has as text. */
#ifndef MPC_HEX_H
#define MPC_HEX_H

#include <stddef.h>
#include <stdint.h>

/* How many bytes the digits were. */
size_t unhex(const char *text, uint8_t *out);

#endif
