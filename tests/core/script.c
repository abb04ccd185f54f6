#include "script.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void wrong(const char *path, int line, const char *what)
{
	fprintf(stderr, "%s:%d: %s\n", path, line, what);
	exit(2);
}

typedef struct {
	uint8_t *data;
	size_t len;
	size_t room;
} buffer;

static void put(buffer *b, const void *data, size_t len)
{
	if (len > b->room - b->len) {
		b->room = (b->len + len) * 2;
		b->data = realloc(b->data, b->room);
		if (b->data == NULL) {
			abort();
		}
	}
	if (len > 0) {
		memcpy(b->data + b->len, data, len);
	}
	b->len += len;
}

static void unescape(buffer *out, const char *s, size_t len, const char *path, int line)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] != '\\') {
			put(out, s + i, 1);
			continue;
		}
		const char *from = "rn0t\\", *to = "\r\n\0\t\\";
		const char *at = i + 1 < len ? strchr(from, s[++i]) : NULL;
		if (at != NULL && *at != '\0') {
			put(out, to + (at - from), 1);
		} else if (i < len && s[i] == 'x' && i + 2 < len) {
			char hex[3] = { s[i + 1], s[i + 2], 0 };
			uint8_t byte = (uint8_t)strtol(hex, NULL, 16);
			put(out, &byte, 1);
			i += 2;
		} else if (i < len && s[i] == '{') {
			char *star;
			long times = strtol(s + i + 1, &star, 10);
			const char *end = memchr(star, '}', len - (size_t)(star - s));
			if (*star != '*' || end == NULL || times < 0) {
				wrong(path, line, "\\{N*text} is malformed");
			}
			for (long n = 0; n < times; n++) {
				unescape(out, star + 1, (size_t)(end - star - 1), path, line);
			}
			i = (size_t)(end - s);
		} else {
			wrong(path, line, "unknown escape");
		}
	}
}

static int header(script *s, const char *key, const char *value)
{
	struct {
		const char *key;
		char *field;
		size_t room;
	} fields[] = { { "service", s->service, sizeof s->service },
		{ "mode", s->mode, sizeof s->mode }, { "name", s->name, sizeof s->name },
		{ "time", s->time, sizeof s->time }, { "witness", s->witness, sizeof s->witness },
		{ "local", s->local, sizeof s->local }, { "user", s->user, sizeof s->user },
		{ "password", s->password, sizeof s->password },
		{ "pipelining", s->pipelining, sizeof s->pipelining }, { "deep", s->deep, sizeof s->deep },
		{ "status", s->status, sizeof s->status },
		{ "findings", s->findings, sizeof s->findings } };

	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		if (strcmp(fields[i].key, key) == 0 && strlen(value) < fields[i].room) {
			strcpy(fields[i].field, value);
			return 1;
		}
	}
	return 0;
}

static long milliseconds(const char *text, const char *path, int line)
{
	char *end;
	long ms = strtol(text, &end, 10);

	if (end == text || *end != '\0' || ms <= 0) {
		wrong(path, line, "not a number of milliseconds");
	}
	return ms;
}

static void directive(script_step *step, const char *text, const char *path, int line)
{
	if (strncmp(text, "tls ", 4) == 0 || strncmp(text, "fail ", 5) == 0) {
		const char *argument = strchr(text, ' ') + 1;
		step->kind = text[0] == 't' ? STEP_TLS : STEP_FAIL;
		step->len = strlen(argument);
		step->text = (uint8_t *)strdup(argument);
	} else if (strncmp(text, "wait ", 5) == 0) {
		step->kind = STEP_WAIT;
		step->number = milliseconds(text + 5, path, line);
	} else if (strncmp(text, "slowly ", 7) == 0) {
		step->kind = STEP_SLOWLY;
		step->number = milliseconds(text + 7, path, line);
	} else if (strcmp(text, "alert") == 0) {
		step->kind = STEP_ALERT;
	} else if (strcmp(text, "damaged") == 0) {
		step->kind = STEP_DAMAGED;
	} else if (strcmp(text, "close") == 0) {
		step->kind = STEP_CLOSE;
	} else if (strcmp(text, "reset") == 0) {
		step->kind = STEP_RESET;
	} else {
		wrong(path, line, "unknown directive");
	}
}

static void body(script *s, const char *text, const char *path, int line)
{
	script_step step = { .line = line };
	buffer b = { NULL, 0, 0 };

	if (text[0] == '#' || text[0] == '\0') {
		return;
	}
	if (strcmp(text, "-- second") == 0) {
		if (s->seconds == SCRIPT_SECONDS) {
			wrong(path, line, "too many second conversations");
		}
		s->second[s->seconds++].first = s->count + s->seconds_steps;
		return;
	}
	if (strncmp(text, "-- ", 3) == 0) {
		directive(&step, text + 3, path, line);
	} else if (strncmp(text, "S: ", 3) == 0 || strncmp(text, "S| ", 3) == 0) {
		step.kind = STEP_SERVER;
		unescape(&b, text + 3, strlen(text + 3), path, line);
		if (text[1] == ':') {
			put(&b, "\r\n", 2);
		}
	} else if (strncmp(text, "C: ", 3) == 0) {
		step.kind = STEP_CLIENT;
		put(&b, text + 3, strlen(text + 3));
	} else {
		wrong(path, line, "neither S:, S|, C:, -- nor #");
	}
	if (b.data != NULL) {
		step.len = b.len;
		put(&b, "", 1);
		step.text = b.data;
	}
	size_t all = s->count + s->seconds_steps;
	s->steps = realloc(s->steps, (all + 1) * sizeof step);
	if (s->steps == NULL) {
		abort();
	}
	if (all > 0 && s->steps[all - 1].kind == STEP_SLOWLY && step.kind != STEP_SERVER) {
		wrong(path, line, "only a line of the server can come slowly");
	}
	s->steps[all] = step;
	if (s->seconds == 0) {
		s->count++;
		return;
	}
	if (step.kind != STEP_SERVER && step.kind != STEP_CLOSE && step.kind != STEP_RESET
		&& step.kind != STEP_TLS) {
		wrong(path, line, "a second conversation has S lines, TLS, close and reset only");
	}
	s->seconds_steps++;
	s->second[s->seconds - 1].count++;
}

void script_read(script *s, const char *path)
{
	FILE *f = fopen(path, "r");
	char *text = NULL;
	size_t room = 0;
	ssize_t len;
	int line = 0, in_header = 1;

	memset(s, 0, sizeof *s);
	strcpy(s->name, "mail.example.test");
	strcpy(s->time, "2026-06-01T00:00:00Z");
	if (f == NULL) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(2);
	}
	while ((len = getline(&text, &room, f)) >= 0) {
		line++;
		if (len > 0 && text[len - 1] == '\n') {
			text[--len] = '\0';
		}
		if (!in_header) {
			body(s, text, path, line);
		} else if (len == 0) {
			in_header = 0;
		} else if (text[0] != '#') {
			char *colon = strstr(text, ": ");
			if (colon == NULL) {
				wrong(path, line, "the header wants key: value");
			}
			*colon = '\0';
			if (!header(s, text, colon + 2)) {
				wrong(path, line, "unknown key, or its value is too long");
			}
		}
	}
	free(text);
	fclose(f);
	if (s->service[0] == '\0' || s->status[0] == '\0' || s->findings[0] == '\0') {
		wrong(path, line, "service, status and findings are needed");
	}
	if ((s->pipelining[0] != '\0' && strcmp(s->pipelining, "yes") != 0)
		|| (s->deep[0] != '\0' && strcmp(s->deep, "yes") != 0)) {
		wrong(path, line, "pipelining and deep are yes, or not there");
	}
}

void script_free(script *s)
{
	for (size_t i = 0; i < s->count + s->seconds_steps; i++) {
		free(s->steps[i].text);
	}
	free(s->steps);
}
