/* libFuzzer: one certificate, read, judged and written, then packed as an anchor and walked over. */
#include "x509/certificate_write.h"
#include "x509/judge.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t packed[ANCHORS_HEADER + ANCHOR_MAX + 2];
	static chain c;
	static findings found;
	char text[4096];
	json out;

	memset(&c, 0, sizeof c);
	/* Twice the same: a chain in which everything is its own issuer and stranger. */
	for (c.count = 0; c.count < 2; c.count++) {
		c.readable[c.count] = certificate_read(&c.list[c.count], data, size) == 0;
	}
	size_t len = anchors_write_header(packed, sizeof packed);
	len += anchors_pack(data, size, packed + len, sizeof packed - len);
	anchors roots = { packed, len };
	if (anchors_count(&roots) < 0) {
		abort();
	}
	findings_init(&found);
	judge_chain(&c, "mail.example.test", 1780272000, KEY_USE_ANY, &roots, NULL, &found);
	json_init(&out, text, sizeof text);
	certificate_write(&c.list[0], &out);
	findings_write(&found, &out, NULL);
	return 0;
}
