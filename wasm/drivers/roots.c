/* Packs trust anchors: `roots OUT.bin ROOT.pem…` (each file may hold several). See anchors.h. */
#include "drivers/pem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: roots OUT.bin ROOT.pem…\n");
		return 2;
	}
	FILE *out = fopen(argv[1], "wb");
	if (out == NULL) {
		perror(argv[1]);
		return 1;
	}
	long count = 0;
	for (int i = 2; i < argc; i++) {
		anchors set;
		if (pem_load_anchors(argv[i], &set) != 0) {
			return 1;
		}
		size_t skip = i == 2 ? 0 : ANCHORS_HEADER; /* one header for all */
		if (fwrite(set.data + skip, 1, set.len - skip, out) != set.len - skip) {
			perror(argv[1]);
			return 1;
		}
		count += anchors_count(&set);
		free((void *)set.data);
	}
	if (fclose(out) != 0) {
		perror(argv[1]);
		return 1;
	}
	fprintf(stderr, "%ld trust anchors\n", count);
	return 0;
}
