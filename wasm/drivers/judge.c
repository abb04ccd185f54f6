/*
 * Judges a recorded chain: `judge --name HOST --anchors FILE.pem [--time RFC3339] CHAIN.pem` prints
 * {"trusted":…,"certificates":[…],"findings":[…]}. Exit 0 whatever the judgement; 2 for misuse.
 */
#include "../calendar.h"
#include "../judge.h"
#include "pem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int usage(const char *why)
{
	fprintf(stderr, "%s\nusage: judge --name HOST --anchors FILE.pem [--time RFC3339] CHAIN.pem\n",
		why);
	return 2;
}

static int add(void *arg, const uint8_t *der, size_t len)
{
	chain *c = arg;

	if (c->count == LIMIT_CERTIFICATES) {
		c->dropped++;
		return 0;
	}
	uint8_t *copy = malloc(len + 1);
	if (copy == NULL) {
		abort();
	}
	memcpy(copy, der, len);
	c->readable[c->count] = certificate_read(&c->list[c->count], copy, len) == 0;
	c->count++;
	return 0;
}

static void write_all(json *out, const chain *c, int trusted, const findings *found)
{
	json_open(out, NULL, '{');
	json_bool(out, "trusted", trusted);
	json_open(out, "certificates", '[');
	for (size_t i = 0; i < c->count; i++) {
		certificate_write(&c->list[i], out);
	}
	json_close(out, ']');
	findings_write(found, out, "findings");
	json_close(out, '}');
}

int main(int argc, char **argv)
{
	const char *name = NULL, *roots_path = NULL, *chain_path = NULL;
	int64_t when = (int64_t)time(NULL);

	for (int i = 1; i < argc; i++) {
		const char *value = i + 1 < argc ? argv[i + 1] : NULL;
		if (argv[i][0] != '-' && chain_path == NULL) {
			chain_path = argv[i];
			continue;
		}
		if (value == NULL) {
			return usage("an option lacks its value");
		}
		i++;
		if (strcmp(argv[i - 1], "--name") == 0) {
			name = value;
		} else if (strcmp(argv[i - 1], "--anchors") == 0) {
			roots_path = value;
		} else if (strcmp(argv[i - 1], "--time") == 0) {
			if (calendar_parse(value, &when) != 0) {
				return usage("--time is not RFC 3339, like 2026-01-31T12:00:00Z");
			}
		} else {
			return usage("unknown option");
		}
	}
	if (name == NULL || roots_path == NULL || chain_path == NULL) {
		return usage("--name, --anchors and a chain are needed");
	}
	anchors roots;
	static chain c;
	static findings found;
	if (pem_load_anchors(roots_path, &roots) != 0 || pem_each(chain_path, add, &c) < 0) {
		return 2;
	}
	findings_init(&found);
	int trusted = judge_chain(&c, name, when, &roots, &found);

	json out;
	json_init(&out, NULL, 0);
	write_all(&out, &c, trusted, &found);
	size_t len = out.len;
	char *text = malloc(len);
	if (text == NULL) {
		abort();
	}
	json_init(&out, text, len);
	write_all(&out, &c, trusted, &found);
	int failed = fwrite(text, 1, len, stdout) != len || puts("") == EOF || fflush(stdout) != 0;
	free(text);
	for (size_t i = 0; i < c.count; i++) {
		free((void *)c.list[i].der.p);
	}
	free((void *)roots.data);
	return failed ? 1 : 0;
}
