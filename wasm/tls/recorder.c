#include "tls/recorder.h"

#include "base/wire.h"

#include <string.h>

void recorder_begin(recorder *r)
{
	r->used = 0;
	r->count = 0;
	r->dropped = 0;
	r->taking = 0;
	r->overflowed = 0;
	r->past_limits = 0;
	r->key.kind = KEY_UNKNOWN;
	r->key_unusable = 1;
}

void recorder_begin_certificate(recorder *r, size_t length)
{
	/* Where the first one is too large, nothing else may stand in its place. */
	r->taking = r->count < LIMIT_CERTIFICATES && length <= sizeof r->data - r->used
		&& (r->count > 0 || r->dropped == 0);
	if (r->taking) {
		r->entry[r->count].at = r->used;
		r->entry[r->count].len = length;
		r->count++;
	} else {
		r->dropped++;
	}
}

void recorder_append(recorder *r, const uint8_t *data, size_t len)
{
	if (!r->taking) {
		return;
	}
	size_t end = r->entry[r->count - 1].at + r->entry[r->count - 1].len;
	size_t n = len < end - r->used ? len : end - r->used;

	memcpy(r->data + r->used, data, n);
	r->used += n;
}

recorder_result recorder_end(recorder *r)
{
	certificate leaf;

	r->past_limits = r->count == 0 && r->dropped > 0;
	if (r->count == 0) {
		return RECORDER_EMPTY;
	}
	if (certificate_read(&leaf, r->data + r->entry[0].at, r->entry[0].len) != 0) {
		r->past_limits = leaf.past_limits;
		return RECORDER_UNREADABLE;
	}
	r->key = leaf.key;
	r->key_unusable = !public_key_usable(&leaf.key);
	return r->key_unusable ? RECORDER_UNUSABLE : RECORDER_USABLE;
}

void recorder_append_message(recorder *r, const uint8_t *data, size_t len)
{
	size_t room = sizeof r->data - r->used;
	size_t n = len < room ? len : room;

	memcpy(r->data + r->used, data, n);
	r->used += n;
	r->overflowed |= n < len;
}

/* The certificates stay where they came in, between their lengths. */
int recorder_end_message(recorder *r)
{
	size_t at = 3;

	if (r->used < 3 || (!r->overflowed && wire_number(r->data, 3) != r->used - 3)) {
		return -1;
	}
	while (at < r->used) {
		size_t len = r->used - at < 3 ? 0 : (size_t)wire_number(r->data + at, 3);
		int whole = len > 0 && len <= r->used - at - 3;
		if (!whole && !r->overflowed) {
			return -1;
		}
		if (!whole || r->count == LIMIT_CERTIFICATES) {
			r->dropped++;
		} else {
			r->entry[r->count].at = at + 3;
			r->entry[r->count++].len = len;
		}
		at += 3 + len;
	}
	recorder_end(r);
	return 0;
}

void recorder_chain(const recorder *r, chain *out)
{
	out->count = r->count;
	out->dropped = r->dropped;
	for (size_t i = 0; i < r->count; i++) {
		out->readable[i] =
			certificate_read(&out->list[i], r->data + r->entry[i].at, r->entry[i].len) == 0;
	}
}
