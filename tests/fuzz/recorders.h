/* For targets that read the same bytes whole, and byte by byte. */
#ifndef MPC_RECORDERS_H
#define MPC_RECORDERS_H

#include "tls/recorder.h"

#include <stdlib.h>

/* Ends the program where two recorders do not hold as many certificates. */
static inline void require_as_many(const recorder *one, const recorder *other)
{
	static chain a, b;

	recorder_chain(one, &a);
	recorder_chain(other, &b);
	if (a.count != b.count || a.dropped != b.dropped) {
		abort();
	}
}

#endif
