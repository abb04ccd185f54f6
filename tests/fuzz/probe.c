/*
 * libFuzzer: a whole probe against any server. Byte 0 picks service and mode, byte 1 how the bytes are
 * cut; in the rest 0xf8-0xff are events (time passes, the server closes or resets, a second conversation begins or is heard)
 * and everything else is what the server says. Whatever comes, the probe ends, its report is JSON of
 * the promised shape, and both take a bounded time.
 */
#include "base/limits.h"
#include "probe.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WAIT_SHORT = 0xf8, WAIT_LONG, CLOSE, RESET, SECOND, STOP };

static void drain(probe *p, uint64_t now)
{
	size_t len;

	while (probe_state(p) & PROBE_SEND) {
		probe_send_buf(p, &len);
		probe_send_ack(p, len, now);
	}
}

static void say(probe *p, const uint8_t *data, size_t len, uint64_t now)
{
	while (len > 0 && (probe_state(p) & PROBE_RECV)) {
		size_t room;
		uint8_t *buf = probe_recv_buf(p, &room);
		size_t n = len < room ? len : room;
		memcpy(buf, data, n);
		probe_recv_ack(p, n, now);
		data += n;
		len -= n;
	}
}

/* Begins the second conversation that is wanted, or tells what it has met; `talking` picks who hears. */
static probe *talking;

static void second_turn(probe *p, probe *other, uint64_t now)
{
	static const uint8_t seed[PROBE_SEED];

	if (talking == other) {
		probe_heard(p, other, now);
		talking = p;
	} else if (probe_start_second(p, other, seed, now) == 0) {
		probe_connected(other, now);
		talking = other;
	}
}

static uint64_t event(probe *p, probe *other, uint8_t kind, uint64_t now)
{
	switch (kind) {
	case WAIT_SHORT:
		now += 4000;
		probe_tick(talking, now);
		probe_tick(p, now);
		break;
	case WAIT_LONG:
		now += 70000;
		probe_tick(p, now);
		break;
	case CLOSE:
		probe_peer_closed(talking, now);
		break;
	case RESET:
		probe_transport_failed(talking, DIAG_connect_reset, NULL, now);
		break;
	case SECOND:
		second_turn(p, other, now);
		break;
	case STOP:
		probe_stop(p, now);
		break;
	default:
		break;
	}
	return now;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static probe *p, *other;
	probe_options o;
	uint64_t now = 1;

	if (size < 2) {
		return 0;
	}
	if (p == NULL) {
		p = malloc(probe_size());
		other = malloc(probe_size());
	}
	memset(&o, 0, sizeof o);
	o.service = &services[data[0] % SERVICE_COUNT];
	o.mode = (mode_id)(data[0] / SERVICE_COUNT % MODE_COUNT);
	o.server_name = "mail.example.test";
	o.client_name = "check.invalid";
	o.unix_time = 1780272000;
	o.deep = data[0] >= 0x80;
	size_t piece = data[1] == 0 ? (size_t)-1 : data[1];
	if (probe_start(p, &o, now) != 0 || probe_start(other, &o, now) != 0) {
		abort();
	}
	probe_local_address(p, "203.0.113.5");
	probe_connected(p, now);
	talking = p;
	for (size_t i = 2; i < size;) {
		drain(p, now);
		drain(talking, now);
		if (data[i] >= WAIT_SHORT) {
			now = event(p, other, data[i++], now);
			continue;
		}
		size_t n = 0;
		while (i + n < size && n < piece && data[i + n] < WAIT_SHORT) {
			n++;
		}
		say(talking, data + i, n, now);
		i += n;
	}
	/* From here on the server is silent: the probe must come to its end by the clock alone. */
	for (int turns = 0; (probe_state(p) & PROBE_DONE) == 0; turns++) {
		drain(p, now);
		uint64_t next = probe_next_deadline(p);
		uint8_t seed[PROBE_SEED] = { 0 };
		if (probe_start_second(p, other, seed, now) == 0) {
			probe_transport_failed(other, DIAG_connect_refused, NULL, now);
			probe_heard(p, other, now);
		}
		if (turns > 32 || next > 1 + 2 * (uint64_t)LIMIT_WHOLE_MS + 70000 * (uint64_t)size) {
			abort();
		}
		now = next > now ? next : now;
		probe_tick(p, now);
	}
	size_t len = probe_report(p, NULL, 0);
	char *report = malloc(len);
	if (report == NULL || probe_report(p, report, len) != len || report[0] != '{'
		|| report[len - 1] != '}') {
		abort();
	}
	free(report);
	return 0;
}
