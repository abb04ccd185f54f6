/*
 * Runs the unit tests: `unit CERTIFICATES [SUITE…]`. One line per suite, then the sum; exit 1 when a
 * check failed.
 */
#include "drivers/pem.h"
#include "probe.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>

static const char *directory;
static long passed, failed;

static void count(int holds)
{
	passed += holds;
	failed += !holds;
}

static int compare(long long a, const char *relation, long long b)
{
	int or_equal = relation[1] == '=';

	switch (relation[0]) {
	case '<':
		return a < b || (or_equal && a == b);
	case '>':
		return a > b || (or_equal && a == b);
	case '!':
		return a != b;
	default:
		return a == b;
	}
}

int check_numbers(long long actual, const char *relation, long long expected, const char *what,
	const char *file, int line)
{
	int holds = compare(actual, relation, expected);

	count(holds);
	if (!holds) {
		fprintf(stderr, "%s:%d: %s: %lld, %lld\n", file, line, what, actual, expected);
	}
	return holds;
}

int check_texts(
	const char *actual, const char *expected, const char *what, const char *file, int line)
{
	int holds = strcmp(actual, expected) == 0;

	count(holds);
	if (!holds) {
		fprintf(
			stderr, "%s:%d: %s\n  is      %s\n  must be %s\n", file, line, what, actual, expected);
	}
	return holds;
}

static char written[1 << 18];
static json writer;

json *check_writer(void)
{
	json_init(&writer, written, sizeof written - 1);
	return &writer;
}

const char *check_written(void)
{
	if (writer.len >= sizeof written) {
		fprintf(stderr, "a text of %zu bytes is more than the harness holds\n", writer.len);
		exit(2);
	}
	written[writer.len] = '\0';
	return written;
}

static int add(void *arg, const uint8_t *der, size_t len)
{
	chain *c = arg;

	if (c->count == LIMIT_CERTIFICATES) {
		c->dropped++;
		return 0;
	}
	uint8_t *copy = malloc(len); /* exactly as long as it is: a read past it is found */
	if (copy == NULL) {
		abort();
	}
	memcpy(copy, der, len);
	c->readable[c->count] = certificate_read(&c->list[c->count], copy, len) == 0;
	c->count++;
	return 0;
}

static chain current;

static void forget_chain(void)
{
	for (size_t i = 0; i < current.count; i++) {
		free((void *)current.list[i].der.p);
	}
	memset(&current, 0, sizeof current);
}

const char *check_directory(void)
{
	return directory;
}

const chain *check_chain(const char *name)
{
	char path[512];

	forget_chain();
	snprintf(path, sizeof path, "%s/%s.pem", directory, name);
	if (pem_each(path, add, &current) <= 0) {
		exit(2);
	}
	return &current;
}

static anchors roots;

const anchors *check_roots(void)
{
	char path[512];

	snprintf(path, sizeof path, "%s/root.pem", directory);
	if (roots.data == NULL && pem_load_anchors(path, &roots) != 0) {
		exit(2);
	}
	return &roots;
}

static anchors own;

probe_options check_options(const char *service)
{
	probe_options o;

	memset(&o, 0, sizeof o);
	o.service = service_by_name(service);
	o.mode = o.service->mode;
	o.server_name = "mail.example.test";
	o.client_name = "check.invalid";
	o.roots = *check_roots();
	o.unix_time = 1780272000;
	return o;
}

const anchors *check_anchors(const char *name)
{
	char path[512];

	snprintf(path, sizeof path, "%s/%s.anchor", directory, name);
	free((void *)own.data);
	own.data = NULL;
	FILE *file = fopen(path, "r");
	if (file == NULL) {
		return check_roots();
	}
	fclose(file);
	if (pem_load_anchors(path, &own) != 0) {
		exit(2);
	}
	return &own;
}

typedef struct {
	const char *name;
	void (*run)(void);
} suite;

static const suite suites[] = {
#define X(name) { #name, test_##name },
	SUITES(X)
#undef X
};

static int wanted(const char *name, char **names)
{
	int any = *names == NULL;

	for (; *names != NULL; names++) {
		any |= strcmp(*names, name) == 0;
	}
	return any;
}

certificate check_names(int tag, const char *const *names)
{
	static uint8_t encoded[1024];
	certificate c;
	size_t len = 0;

	memset(&c, 0, sizeof c);
	for (; *names != NULL; names++) {
		size_t n = strlen(*names);
		encoded[len++] = (uint8_t)tag;
		encoded[len++] = (uint8_t)n;
		memcpy(encoded + len, *names, n);
		len += n;
	}
	c.alt_names.p = encoded;
	c.alt_names.len = len;
	return c;
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: unit CERTIFICATES [SUITE…]\n");
		return 2;
	}
	directory = argv[1];
	for (size_t i = 0; i < sizeof suites / sizeof suites[0]; i++) {
		long before = passed + failed;
		if (!wanted(suites[i].name, argv + 2)) {
			continue;
		}
		suites[i].run();
		printf("# %s: %ld checks\n", suites[i].name, passed + failed - before);
	}
	forget_chain();
	free((void *)roots.data);
	free((void *)own.data);
	if (passed + failed == 0) {
		fprintf(stderr, "no such suite\n");
		return 2;
	}
	printf("# one probe takes %zu bytes, whatever the server sends\n", probe_size());
	printf("%ld passed, %ld failed, 0 skipped\n", passed, failed);
	return failed != 0;
}
