/*
 * The only file that knows it is WebAssembly: flat functions over probe.h for JavaScript, which
 * fills no C structure but that of exports.h. Times are doubles (milliseconds), strings end with a NUL, and the only
 * memory besides the caller's is malloc's. The list of names is exports.txt.
 * What returns an int here returns what probe.h says of it.
 */
#include "exports.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static anchors roots;
/* Shared by probes that live at the same time. When the last of them has gone it is emptied: how long a judgement takes
 * must not tell a server which others were looked at before. */
static signature_cache signatures;
static unsigned alive;

/* Adds packed anchors (header included; all != 0), or one certificate in DER. How many; -1: bad. */
int mpc_anchors_add(const uint8_t *data, size_t len, int packed)
{
	anchors one = { data, len };
	long count = packed ? anchors_count(&one) : 1;
	size_t room = packed ? len : ANCHOR_MAX + 2;

	if (count < 0) {
		return -1;
	}
	uint8_t *all = realloc((void *)roots.data, roots.len + ANCHORS_HEADER + room);
	if (all == NULL) {
		return -1;
	}
	roots.data = all;
	if (roots.len == 0) {
		roots.len = anchors_write_header(all, ANCHORS_HEADER);
	}
	if (packed) {
		memcpy(all + roots.len, data + ANCHORS_HEADER, len - ANCHORS_HEADER);
		roots.len += len - ANCHORS_HEADER;
		return (int)count;
	}
	size_t n = anchors_pack(data, len, all + roots.len, room);
	roots.len += n;
	return n == 0 ? -1 : 1;
}

void mpc_anchors_clear(void)
{
	free((void *)roots.data);
	roots.data = NULL;
	roots.len = 0;
}

_Static_assert(sizeof(void *) == sizeof(option_text), "an address does not fit its field");

static const char *text_at(option_text address)
{
	return (const char *)(uintptr_t)address;
}

/* NULL where it is empty. */
static const char *given_at(option_text address)
{
	const char *text = text_at(address);
	return *text == '\0' ? NULL : text;
}

/*
 * A probe, or NULL when an option is out of range. The anchors are those added so far; adding more while
 * a probe lives moves them, so do that first, unless it asks for them: then it has those that there are when
 * mpc_anchors_come() is told.
 */
probe *mpc_new(const mpc_options *given)
{
	const char *mode = text_at(given->mode);
	probe_options o;
	probe *p = malloc(probe_size());

	memset(&o, 0, sizeof o);
	o.service = service_by_name(text_at(given->service));
	o.mode = o.service != NULL && *mode == '\0' ? o.service->mode : mode_by_name(mode);
	o.port = (uint16_t)given->port;
	o.address = text_at(given->address);
	o.server_name = text_at(given->server_name);
	o.client_name = text_at(given->client_name);
	o.credentials.user = given_at(given->user);
	o.credentials.password = given_at(given->password);
	o.credentials.prepared_user = given_at(given->prepared_user);
	o.credentials.prepared_password = given_at(given->prepared_password);
	o.roots = roots;
	o.signatures = &signatures;
	o.unix_time = (int64_t)given->unix_time;
	memcpy(o.seed, given->seed, sizeof o.seed);
	o.timeout_permille = given->timeout_permille;
	o.test_pipelining = given->test_pipelining != 0;
	o.deep = given->deep != 0;
	o.roots_on_demand = given->roots_on_demand != 0;
	o.tls12_on_demand = given->tls12_on_demand != 0;
	o.leave_unanswered = given->leave_unanswered != 0;
	if (p == NULL || probe_start(p, &o, (uint64_t)given->now) != 0) {
		free(p);
		return NULL;
	}
	alive++;
	return p;
}

void mpc_free(probe *p)
{
	probe_wipe(p);
	free(p);
	if (--alive == 0) {
		memset(&signatures, 0, sizeof signatures);
	}
}

unsigned mpc_state(probe *p)
{
	return probe_state(p);
}

/* 0, or -1 when the text is no IP address. */
int mpc_local_address(probe *p, const char *text)
{
	return probe_local_address(p, text);
}

int mpc_connected(probe *p, double now)
{
	return probe_connected(p, (uint64_t)now);
}

/* 0, or -1 when the id is no finding. */
int mpc_transport_failed(probe *p, const char *id, const char *detail, double now)
{
	diagnosis_id why = diagnosis_by_id(id);

	if (why == DIAG_COUNT) {
		return -1;
	}
	return probe_transport_failed(p, why, detail, (uint64_t)now);
}

const uint8_t *mpc_send_buf(probe *p)
{
	size_t len;
	return probe_send_buf(p, &len);
}

size_t mpc_send_len(probe *p)
{
	size_t len;
	probe_send_buf(p, &len);
	return len;
}

int mpc_send_ack(probe *p, size_t len, double now)
{
	return probe_send_ack(p, len, (uint64_t)now);
}

uint8_t *mpc_recv_buf(probe *p)
{
	size_t room;
	return probe_recv_buf(p, &room);
}

size_t mpc_recv_room(probe *p)
{
	size_t room;
	probe_recv_buf(p, &room);
	return room;
}

int mpc_recv_ack(probe *p, size_t len, double now)
{
	return probe_recv_ack(p, len, (uint64_t)now);
}

void mpc_peer_closed(probe *p, double now)
{
	probe_peer_closed(p, (uint64_t)now);
}

/* Milliseconds; infinity when nothing is awaited. */
double mpc_deadline(const probe *p)
{
	uint64_t at = probe_next_deadline(p);
	return at == UINT64_MAX ? (double)INFINITY : (double)at;
}

void mpc_tick(probe *p, double now)
{
	probe_tick(p, (uint64_t)now);
}

/* `out` has room for all that a chain can have (tables.json). */
size_t mpc_names(const probe *p, uint8_t out[][ANCHOR_NAME])
{
	return probe_names(p, out);
}

int mpc_anchors_come(probe *p, double now)
{
	return probe_anchors_come(p, &roots, (uint64_t)now);
}

int mpc_tls12_comes(probe *p, double now)
{
	return probe_tls12_comes(p, (uint64_t)now);
}

/* The second conversation that PROBE_SECOND asks for, or NULL when none is wanted. */
probe *mpc_start_second(probe *p, const uint8_t *seed, double now)
{
	probe *second = malloc(probe_size());

	if (second == NULL || probe_start_second(p, second, seed, (uint64_t)now) != 0) {
		free(second);
		return NULL;
	}
	alive++;
	return second;
}

int mpc_heard(probe *p, const probe *second, double now)
{
	return probe_heard(p, second, (uint64_t)now);
}

int mpc_saw_tls(const probe *p)
{
	return probe_saw_tls(p);
}

void mpc_stop(probe *p, double now)
{
	probe_stop(p, (uint64_t)now);
}

const char *mpc_phase(const probe *p)
{
	return phase_name(probe_phase(p));
}

size_t mpc_report(const probe *p, char *out, size_t room)
{
	return probe_report(p, out, room);
}
