#include "transcript.h"

#include <string.h>

static const char full[] = "(the rest is left out)";

void transcript_init(transcript *t)
{
	t->count = 0;
	t->used = 0;
	t->full = 0;
}

static void append(transcript *t, uint32_t at_ms, speaker from, const void *text, size_t len)
{
	t->entry[t->count].at_ms = at_ms;
	t->entry[t->count].from = (char)from;
	t->entry[t->count].text = (uint16_t)t->used;
	t->entry[t->count].len = (uint16_t)len;
	if (len != 0) {
		memcpy(t->text + t->used, text, len);
	}
	t->used += len;
	t->count++;
}

void transcript_add(transcript *t, uint32_t at_ms, speaker from, const void *text, size_t len)
{
	if (t->full) {
		return;
	}
	/* Nothing may follow a gap, however short: it would look like an answer to the wrong line. */
	t->full =
		t->count == LIMIT_TRANSCRIPT_ENTRIES - 1 || len > sizeof t->text - sizeof full - t->used;
	if (t->full) {
		append(t, at_ms, REMARK, full, sizeof full - 1);
		return;
	}
	append(t, at_ms, from, text, len);
}

void transcript_write(const transcript *t, json *out, const char *key)
{
	json_open(out, key, '[');
	for (size_t i = 0; i < t->count; i++) {
		json_open(out, NULL, '{');
		json_int(out, "t", t->entry[i].at_ms);
		json_text(out, "from", &t->entry[i].from, 1);
		json_text(out, "text", t->text + t->entry[i].text, t->entry[i].len);
		json_close(out, '}');
	}
	json_close(out, ']');
}
