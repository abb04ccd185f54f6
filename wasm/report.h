/* The report of a probe as JSON: the contract is report.schema.json. */
#ifndef MPC_REPORT_H
#define MPC_REPORT_H

#include "phases.h"

/* As probe.h says of it; 0 where the probe could not be started. */
size_t report_write(const probe *p, char *out, size_t room);

#endif
