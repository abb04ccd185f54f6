#include "drivers/print.h"

#include <stdio.h>
#include <stdlib.h>

int print_json(size_t (*write)(const void *arg, char *out, size_t room), const void *arg)
{
	size_t len = write(arg, NULL, 0);
	char *text = malloc(len);

	if (text == NULL) {
		abort();
	}
	write(arg, text, len);
	int failed = fwrite(text, 1, len, stdout) != len || puts("") == EOF || fflush(stdout) != 0;
	free(text);
	return failed;
}
