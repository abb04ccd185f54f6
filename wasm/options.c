#include "options.h"

#include <string.h>

static int copy_name(char out[LIMIT_NAME], const char *text)
{
	size_t len = text == NULL ? 0 : strlen(text);
	if (len >= LIMIT_NAME) {
		return -1;
	}
	if (len > 0) {
		memcpy(out, text, len);
	}
	out[len] = '\0';
	return 0;
}

/* The root's own dot is right in DNS, wrong in SNI and on certificates (RFC 6066 3). */
static void drop_final_dot(char *name)
{
	size_t len = strlen(name);

	if (len > 1 && name[len - 1] == '.') {
		name[len - 1] = '\0';
	}
}

int options_read(kept_options *o, const probe_options *from)
{
	memset(o, 0, sizeof *o);
	if (from->service == NULL || from->server_name == NULL || from->client_name == NULL
		|| from->mode >= MODE_COUNT || anchors_count(&from->roots) < 0
		|| copy_name(o->server_name, from->server_name) != 0
		|| copy_name(o->client_name, from->client_name) != 0
		|| copy_name(o->address, from->address) != 0 || strpbrk(o->client_name, "\r\n ") != NULL) {
		return -1;
	}
	drop_final_dot(o->server_name);
	o->service = from->service;
	o->mode = from->mode;
	o->port = from->port != 0 ? from->port : from->service->port;
	o->roots = from->roots;
	o->roots_on_demand = from->roots_on_demand;
	o->tls12_on_demand = from->tls12_on_demand;
	o->signatures = from->signatures;
	o->unix_time = from->unix_time;
	memcpy(o->seed, from->seed, sizeof o->seed);
	o->test_pipelining = from->test_pipelining && from->mode == MODE_starttls;
	o->deep = from->deep;
	o->leave_unanswered = from->leave_unanswered;
	o->timeout_permille = from->timeout_permille != 0 ? from->timeout_permille : 1000;
	return 0;
}

uint64_t options_scaled(const kept_options *o, uint64_t ms)
{
	uint64_t scaled = ms * o->timeout_permille / 1000;

	return scaled > 0 ? scaled : 1;
}
