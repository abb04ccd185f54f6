/* PEM files (RFC 7468) for the native programs. Everything here may allocate and print. */
#ifndef MPC_PEM_H
#define MPC_PEM_H

#include "x509/anchors.h"

/* Calls visit() for every CERTIFICATE of a file, in order; text before and between them is passed over, and
 * so are headers in them, line ends of any kind, blanks at the ends of lines and a byte order mark. Returns how
 * many; -1 with a message on stderr when the file cannot be read or a block is damaged. visit() returns 0 to go on. */
long pem_each(const char *path, int (*visit)(void *arg, const uint8_t *der, size_t len), void *arg);

/* The packed anchors of a PEM file, or of a file that is packed already. 0, or -1 with a message. */
int pem_load_anchors(const char *path, anchors *out);

#endif
