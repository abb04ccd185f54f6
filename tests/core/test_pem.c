#include "check.h"

#include "drivers/pem.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ROOM = 8192 };

static bytes seen;

static int same(void *arg, const uint8_t *der, size_t len)
{
	*(int *)arg &= bytes_equal((bytes){ der, len }, seen);
	return 0;
}

/* How many certificates a file of this text has, all of them the first of "good"; -1: it is damaged. */
static long count(const char *text, size_t len)
{
	char path[] = "/tmp/mpc-pem-XXXXXX";
	int fd = mkstemp(path), all_same = 1;
	FILE *file = fdopen(fd, "wb");

	fwrite(text, 1, len, file);
	fclose(file);
	seen = check_chain("good")->list[0].der;
	long n = pem_each(path, same, &all_same);
	unlink(path);
	CHECK(all_same, ==, 1);
	return n;
}

/* The certificate as a block, with `before` and `after` each line, and the end of lines as given. */
static size_t block(char *out, const char *before, const char *after, const char *line_end)
{
	char path[512], line[128];
	size_t len = 0;

	snprintf(path, sizeof path, "%s/good.pem", check_directory());
	FILE *file = fopen(path, "r");
	int more = file != NULL;
	while (more && fgets(line, sizeof line, file) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		len += (size_t)sprintf(out + len, "%s%s%s%s", before, line, after, line_end);
		more = strstr(line, "-----END") == NULL;
	}
	fclose(file);
	return len;
}

static void test_lines(void)
{
	static const struct {
		const char *before, *after, *line_end;
	} cases[] = { { "", "", "\n" }, { "", "", "\r\n" }, { "", "", "\r" }, { "", " \t", "\n" },
		{ "", "  ", "\r\n" }, { "    ", "", "\n" }, { "\t", " ", "\r\n" }, { "", "\f", "\n\n" } };
	static char text[3 * ROOM];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		size_t len = block(text, cases[i].before, cases[i].after, cases[i].line_end);
		if (!CHECK(count(text, len), ==, 1)) {
			CHECK_TEXT(cases[i].after, cases[i].line_end);
		}
		/* the last line need not end */
		CHECK(count(text, len - strlen(cases[i].line_end)), ==, 1);
	}
}

static void test_around(void)
{
	static char text[3 * ROOM];
	size_t len = (size_t)sprintf(text, "\xef\xbb\xbfOur own: authority\r\n\r\n");

	len += block(text + len, "", "", "\r\n");
	len += (size_t)sprintf(
		text + len, "and again\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
	len += block(text + len, "", " ", "\n");
	len += (size_t)sprintf(text + len, "\nthe end: of it");
	CHECK(count(text, len), ==, 2);
	CHECK(count("", 0), ==, 0);
	CHECK(count("\xef\xbb\xbf", 3), ==, 0);
	CHECK(count("\r\n \r", 4), ==, 0);
}

/* RFC 1421 4.6: fields, folded ones too, and an empty line. */
static void test_headers(void)
{
	static char text[2 * ROOM];
	char plain[ROOM];
	size_t len = block(plain, "", "", "\r\n");
	plain[len] = '\0';
	char *second = strchr(plain, '\n') + 1;
	int first = (int)(second - plain);

	len = (size_t)sprintf(
		text, "%.*sX-Name: a\r\n folded\r\nOther: b\r\n\r\n%s", first, plain, second);
	CHECK(count(text, len), ==, 1);
	/* what is neither is damage, and so is a block without an end */
	len = (size_t)sprintf(text, "%.*s!damage!\r\n%s", first, plain, second);
	CHECK(count(text, len), ==, -1);
	CHECK(count(plain, strlen(plain) - 40), ==, -1);
}

void test_pem(void)
{
	test_lines();
	test_around();
	test_headers();
}
