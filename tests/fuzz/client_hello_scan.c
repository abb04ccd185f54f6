/* libFuzzer: a first flight is read the same however the bytes are cut, and within its buffers. */
#include "recorders.h"

#include "tls/client_hello_scan.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct {
	client_hello_scan read;
	recorder certificates;
	uint8_t buf[300]; /* small: what does not fit must be passed over */
} flight;

static void read_all(flight *f, const uint8_t *data, size_t size, size_t piece)
{
	scan_init(&f->read, &f->certificates, f->buf, sizeof f->buf);
	for (size_t at = 0; at < size; at += piece) {
		scan_read(&f->read, data + at, size - at < piece ? size - at : piece);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static flight whole, single;

	read_all(&whole, data, size, size + 1);
	read_all(&single, data, size, 1);
	if (whole.read.state != single.read.state || whole.read.version != single.read.version
		|| whole.read.suite != single.read.suite || whole.read.group != single.read.group
		|| whole.read.scheme != single.read.scheme || whole.read.alert != single.read.alert
		|| whole.read.prime_bits != single.read.prime_bits
		|| whole.read.master_secret != single.read.master_secret
		|| whole.read.certificate_wanted != single.read.certificate_wanted) {
		abort();
	}
	require_as_many(&whole.certificates, &single.certificates);
	return 0;
}
