#include "base/findings.h"

#include <string.h>

void findings_init(findings *f)
{
	f->count = 0;
	f->dropped = 0;
	f->args_used = 0;
}

json *findings_begin(findings *f, diagnosis_id id)
{
	int fits = f->count < LIMIT_FINDINGS;

	if (findings_has(f, id)) {
		fits = 0;
	} else if (!fits) {
		f->dropped++;
	}
	json_init(&f->writer, f->args + f->args_used, fits ? sizeof f->args - f->args_used : 0);
	json_open(&f->writer, NULL, '{');
	if (fits) {
		f->list[f->count].id = id;
		f->list[f->count].args = f->args_used;
		f->list[f->count].args_len = 0;
		f->count++;
	}
	return &f->writer;
}

void findings_end(findings *f)
{
	json_close(&f->writer, '}');
	/* Arguments that do not fit whole are left out: half a JSON object helps nobody. */
	if (f->writer.len <= f->writer.cap) {
		f->list[f->count - 1].args_len = f->writer.len;
		f->args_used += f->writer.len;
	}
}

void findings_add(findings *f, diagnosis_id id)
{
	findings_begin(f, id);
	findings_end(f);
}

void findings_text(json *args, const void *text, size_t len)
{
	json_text(args, "text", text, len < LIMIT_QUOTE ? len : LIMIT_QUOTE);
}

void findings_beyond_reach(findings *f, const char *reason, const char *key, const char *value)
{
	json *args = findings_begin(f, DIAG_beyond_our_reach);

	json_string(args, "reason", reason);
	if (key != NULL) {
		json_string(args, key, value);
	}
	findings_end(f);
}

void findings_quote(findings *f, diagnosis_id id, const void *text, size_t len)
{
	findings_text(findings_begin(f, id), text, len);
	findings_end(f);
}

static void copy_one(findings *f, const findings *from, size_t i)
{
	json *args = findings_begin(f, from->list[i].id);

	if (from->list[i].args_len > 2) {
		/* Without its braces: here they are already. */
		json_raw(args, NULL, from->args + from->list[i].args + 1, from->list[i].args_len - 2);
	}
	findings_end(f);
}

int findings_copy(findings *f, const findings *from, diagnosis_id id)
{
	for (size_t i = 0; i < from->count; i++) {
		if (from->list[i].id == id) {
			copy_one(f, from, i);
			return 1;
		}
	}
	return 0;
}

void findings_copy_phase(findings *f, const findings *from, phase_id phase)
{
	for (size_t i = 0; i < from->count; i++) {
		if (diagnoses[from->list[i].id].phase == phase) {
			copy_one(f, from, i);
		}
	}
}

int findings_has(const findings *f, diagnosis_id id)
{
	for (size_t i = 0; i < f->count; i++) {
		if (f->list[i].id == id) {
			return 1;
		}
	}
	return 0;
}

int findings_any(const findings *f, phase_id phase, status_id status)
{
	for (size_t i = 0; i < f->count; i++) {
		const diagnosis *d = &diagnoses[f->list[i].id];
		if (d->phase == phase && d->status == status) {
			return 1;
		}
	}
	return 0;
}

void findings_write(const findings *f, json *out, const char *key)
{
	json_open(out, key, '[');
	for (size_t i = 0; i < f->count; i++) {
		json_open(out, NULL, '{');
		json_string(out, "id", diagnoses[f->list[i].id].id);
		if (f->list[i].args_len != 0) {
			json_raw(out, "args", f->args + f->list[i].args, f->list[i].args_len);
		} else {
			json_raw(out, "args", "{}", 2);
		}
		json_close(out, '}');
	}
	json_close(out, ']');
	if (key != NULL && f->dropped > 0) {
		json_int(out, "findings_dropped", (int64_t)f->dropped);
	}
}
