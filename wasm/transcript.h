/*
 * Every word of a conversation with its time, for the report. Bounded: when it is full, one entry
 * says so and the rest is left out. The caller keeps secrets away from it.
 */
#ifndef MPC_TRANSCRIPT_H
#define MPC_TRANSCRIPT_H

#include "base/json.h"
#include "base/limits.h"

/* Who spoke: the server, this client, or neither (a remark). */
typedef enum { FROM_SERVER = 'S', FROM_CLIENT = 'C', REMARK = '-' } speaker;

typedef struct {
	struct {
		uint32_t at_ms;
		uint16_t text; /* offset */
		uint16_t len;
		char from;
	} entry[LIMIT_TRANSCRIPT_ENTRIES];
	size_t count;
	size_t used;
	int full;
	char text[LIMIT_TRANSCRIPT];
} transcript;

void transcript_init(transcript *t);
void transcript_add(transcript *t, uint32_t at_ms, speaker from, const void *text, size_t len);
void transcript_write(const transcript *t, json *out, const char *key);

#endif
