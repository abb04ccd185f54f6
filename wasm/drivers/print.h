/* How the native programs print one JSON text. */
#ifndef MPC_PRINT_H
#define MPC_PRINT_H

#include <stddef.h>

/*
 * Prints what `write` makes of `arg`, and a newline. `write` fills up to `room` bytes and returns the
 * length of the whole text; it is called twice, first with no room. 0, or 1 when stdout failed.
 */
int print_json(size_t (*write)(const void *arg, char *out, size_t room), const void *arg);

#endif
