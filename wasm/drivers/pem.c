#include "drivers/pem.h"

#include <bearssl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint8_t *read_file(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = NULL;
	size_t room = 0;

	*len = 0;
	if (f == NULL) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return NULL;
	}
	do {
		room = room == 0 ? 65536 : room * 2;
		data = realloc(data, room + 1);
		if (data == NULL) {
			abort();
		}
		*len += fread(data + *len, 1, room - *len, f);
	} while (*len == room);
	if (ferror(f)) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		free(data);
		data = NULL;
	} else {
		data[*len] = '\0';
	}
	fclose(f);
	return data;
}

typedef struct {
	uint8_t *data;
	size_t len;
	size_t room;
} block;

static void take_bytes(void *arg, const void *data, size_t len)
{
	block *b = arg;

	if (len > b->room - b->len) {
		b->room = (b->len + len) * 2;
		b->data = realloc(b->data, b->room);
		if (b->data == NULL) {
			abort();
		}
	}
	memcpy(b->data + b->len, data, len);
	b->len += len;
}

static int is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

/*
 * Lines as the decoder wants them: ended by LF alone, without the blanks around them that editors and
 * mail leave (RFC 7468 2), without a byte order mark, and in a block without headers (RFC 1421 4.6).
 * Works in place, and returns the length.
 */
static size_t tidy_lines(uint8_t *data, size_t len)
{
	size_t out = 0, at = len >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	int inside = 0, header = 0;

	while (at < len) {
		size_t start = at, end = at;
		while (end < len && data[end] != '\n' && data[end] != '\r') {
			end++;
		}
		at = end + 1 < len && data[end] == '\r' && data[end + 1] == '\n' ? end + 2 : end + 1;
		int folded = is_blank(data[start]);
		while (start < end && is_blank(data[start])) {
			start++;
		}
		while (start < end && is_blank(data[end - 1])) {
			end--;
		}
		size_t n = end - start;
		int mark = n >= 5 && memcmp(data + start, "-----", 5) == 0;
		header = inside && !mark && ((header && folded) || memchr(data + start, ':', n) != NULL);
		inside = mark ? n >= 10 && memcmp(data + start, "-----BEGIN", 10) == 0 : inside;
		if (header) {
			continue;
		}
		memmove(data + out, data + start, n);
		out += n;
		data[out++] = '\n';
	}
	return out;
}

static int is_certificate(const char *name)
{
	return strcmp(name, "CERTIFICATE") == 0 || strcmp(name, "X509 CERTIFICATE") == 0
		|| strcmp(name, "TRUSTED CERTIFICATE") == 0;
}

long pem_each(const char *path, int (*visit)(void *arg, const uint8_t *der, size_t len), void *arg)
{
	br_pem_decoder_context decoder;
	block b = { NULL, 0, 0 };
	size_t len, at = 0;
	long count = 0;
	int inside = 0, stop = 0;
	uint8_t *data = read_file(path, &len);

	if (data == NULL) {
		return -1;
	}
	/* The decoder sees the end of a block at the end of its line, which the last line need not have. */
	len = tidy_lines(data, len);
	br_pem_decoder_init(&decoder);
	while (at < len && !stop) {
		at += br_pem_decoder_push(&decoder, data + at, len - at);
		switch (br_pem_decoder_event(&decoder)) {
		case BR_PEM_BEGIN_OBJ:
			inside = is_certificate(br_pem_decoder_name(&decoder));
			b.len = 0;
			br_pem_decoder_setdest(&decoder, inside ? take_bytes : NULL, &b);
			break;
		case BR_PEM_END_OBJ:
			if (inside) {
				count++;
				stop = visit(arg, b.data, b.len);
			}
			inside = 0;
			break;
		case BR_PEM_ERROR:
			fprintf(stderr, "%s: certificate %ld is damaged\n", path, count + 1);
			count = -1;
			stop = 1;
			break;
		}
	}
	if (inside && !stop) {
		fprintf(stderr, "%s: certificate %ld has no end\n", path, count + 1);
		count = -1;
	}
	free(b.data);
	free(data);
	return count;
}

typedef struct {
	uint8_t *data;
	size_t len;
	const char *path;
	int bad;
} packing;

static int pack_one(void *arg, const uint8_t *der, size_t len)
{
	packing *p = arg;

	p->data = realloc(p->data, p->len + ANCHOR_MAX + 2);
	if (p->data == NULL) {
		abort();
	}
	size_t n = anchors_pack(der, len, p->data + p->len, ANCHOR_MAX + 2);
	if (n == 0) {
		fprintf(stderr, "%s: a certificate in it cannot be read\n", p->path);
		p->bad = 1;
		return 1;
	}
	p->len += n;
	return 0;
}

int pem_load_anchors(const char *path, anchors *out)
{
	packing p = { NULL, 0, path, 0 };
	size_t len;
	uint8_t *data = read_file(path, &len);

	if (data == NULL) {
		return -1;
	}
	out->data = data;
	out->len = len;
	if (len >= ANCHORS_HEADER && memcmp(data, "MPCA", 4) == 0) {
		if (anchors_count(out) < 0) {
			fprintf(stderr, "%s: damaged\n", path);
			return -1;
		}
		return 0;
	}
	free(data);
	p.data = malloc(ANCHORS_HEADER);
	if (p.data == NULL) {
		abort();
	}
	p.len = anchors_write_header(p.data, ANCHORS_HEADER);
	long n = pem_each(path, pack_one, &p);
	if (n < 0 || p.bad) {
		return -1;
	}
	if (n == 0) {
		fprintf(stderr, "%s: no certificate in it\n", path);
		return -1;
	}
	out->data = p.data;
	out->len = p.len;
	return 0;
}
