/*
 * Judges a recorded chain: `judge --name HOST --anchors FILE.pem [--time RFC3339] CHAIN.pem` prints
 * {"trusted":…,"certificates":[…],"findings":[…]}. Exit 0 whatever the judgement; 2 for misuse.
 * A chain alone knows no suite: a key usage is right where TLS has some use for such a key. Whether it
 * is one that was agreed on, only a handshake shows (drive).
 */
#include "base/calendar.h"
#include "x509/certificate_write.h"
#include "x509/judge.h"
#include "drivers/pem.h"
#include "drivers/print.h"

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

typedef struct {
	const chain *chain;
	const findings *found;
	int trusted;
} judgement;

static size_t write_all(const void *arg, char *text, size_t room)
{
	const judgement *j = arg;
	json out;

	json_init(&out, text, room);
	json_open(&out, NULL, '{');
	json_bool(&out, "trusted", j->trusted);
	json_open(&out, "certificates", '[');
	for (size_t i = 0; i < j->chain->count; i++) {
		certificate_write(&j->chain->list[i], &out);
	}
	json_close(&out, ']');
	findings_write(j->found, &out, "findings");
	json_close(&out, '}');
	return out.len;
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
	judgement j = { &c, &found, judge_chain(&c, name, when, KEY_USE_ANY, &roots, NULL, &found) };
	int failed = print_json(write_all, &j);
	for (size_t i = 0; i < c.count; i++) {
		free((void *)c.list[i].der.p);
	}
	free((void *)roots.data);
	return failed ? 1 : 0;
}
