/* Clearing what was secret, so that no compiler leaves it out. */
#ifndef MPC_WIPE_H
#define MPC_WIPE_H

#include <stddef.h>

void wipe(void *data, size_t len);

#endif
