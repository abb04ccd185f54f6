/*
 * What one probe, or one judgement of a chain, found: a bounded list of diagnosis ids, each with a
 * JSON object of arguments. An id is listed once, with the evidence that came first; what does not
 * fit is dropped and counted.
 */
#ifndef MPC_FINDINGS_H
#define MPC_FINDINGS_H

#include "base/json.h"
#include "base/limits.h"
#include "base/tables.h"

typedef struct {
	struct {
		diagnosis_id id;
		size_t args; /* offset of the arguments' text */
		size_t args_len;
	} list[LIMIT_FINDINGS];
	size_t count;
	size_t dropped;
	size_t args_used;
	char args[LIMIT_FINDING_ARGS];
	json writer;
} findings;

void findings_init(findings *f);

/*
 * Begins a finding and returns the writer for its arguments (keys of one object, already open);
 * findings_end() closes it. Never NULL: where the id is listed already, or there is no room, what
 * is written goes nowhere.
 */
json *findings_begin(findings *f, diagnosis_id id);
void findings_end(findings *f);

/* A finding without arguments, and one that quotes the server (at most LIMIT_QUOTE bytes). */
void findings_add(findings *f, diagnosis_id id);
void findings_quote(findings *f, diagnosis_id id, const void *text, size_t len);
/* Something is beyond our reach, for this reason; `key` names one argument more, or is NULL. */
void findings_beyond_reach(findings *f, const char *reason, const char *key, const char *value);
/* The argument "text", cut to LIMIT_QUOTE bytes. */
void findings_text(json *args, const void *text, size_t len);

/* Takes over one of another list's findings, if it is there: 1 if so. */
int findings_copy(findings *f, const findings *from, diagnosis_id id);

/* … all that belong to a phase. */
void findings_copy_phase(findings *f, const findings *from, phase_id phase);

int findings_has(const findings *f, diagnosis_id id);
/* One of a phase's findings has this status. */
int findings_any(const findings *f, phase_id phase, status_id status);
/* The array [{"id","args"}…] under `key`; with a key also "findings_dropped", where some found no room. */
void findings_write(const findings *f, json *out, const char *key);

#endif
