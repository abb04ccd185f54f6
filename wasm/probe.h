/*
 * One probe: one conversation with one port of one mail server, from the first byte to a polite
 * good-bye. SMTP, IMAP and POP3, over implicit TLS, STARTTLS or in the clear.
 *
 * The core has no socket, clock, entropy, memory or output of its own. The caller holds the
 * connection and pumps:
 *
 *   probe_start()                       with everything the probe may know
 *   open the connection                 then probe_connected(), or probe_transport_failed()
 *   while probe_state() lacks PROBE_DONE
 *       PROBE_SEND     send probe_send_buf(), then probe_send_ack() what went out
 *       PROBE_RECV     put received bytes into probe_recv_buf(), then probe_recv_ack()
 *       PROBE_EVENT    probe_next_event()
 *       PROBE_SECOND   probe_start_second(), open one more connection to the same port, pump that
 *                      probe beside this one, and tell probe_heard() when it saw TLS and when it is
 *                      done. It may be wanted again when that one has been heard
 *       end of stream  probe_peer_closed()
 *       no news until probe_next_deadline()   probe_tick()
 *   close the connection, then probe_report()
 *
 * A broken server is a successful probe with findings. Return values speak only of misuse.
 *
 * Conventions: `now` is milliseconds of one monotonic clock, never going back. It should stand still
 * while a probe of the same thread works: a judgement may take a while (LIMIT_JUDGEMENT_NS), which
 * would pass for a server's silence. Pointers that are
 * returned are valid until the next call on the same probe. Text from a server is bytes, not
 * characters. One probe belongs to one thread at a time.
 */
#ifndef MPC_PROBE_H
#define MPC_PROBE_H

#include "x509/anchors.h"
#include "base/tables.h"

#include <stddef.h>
#include <stdint.h>

#define PROBE_SEED 32

typedef struct {
	const service *service; /* whose dialog; its port and mode are the defaults */
	mode_id mode;
	uint16_t port;            /* only for the report */
	const char *address;      /* only for the report; may be NULL */
	const char *server_name;  /* for SNI and the name check; a host name or an IP literal */
	const char *client_name;  /* the argument of EHLO (RFC 5321 4.1.1.1) */
	anchors roots;            /* must outlive the probe; data NULL: none */
	int64_t unix_time;        /* wall clock at the start, seconds */
	uint8_t seed[PROBE_SEED]; /* from a good source: all randomness of the TLS connection */
	/* Also send a NOOP together with STARTTLS and see whether it is obeyed inside TLS, as servers
	 * with the fault of CVE-2011-0411 do. Only on request: some servers take it amiss. */
	int test_pipelining;
	/* When the conversation is over, also try each version of TLS on a connection of its own. */
	int deep;
	unsigned timeout_permille; /* scales every deadline of limits.h; 1000 is as written */
} probe_options;

/* Bits of probe_state(). */
enum { PROBE_SEND = 1, PROBE_RECV = 2, PROBE_EVENT = 4, PROBE_SECOND = 8, PROBE_DONE = 16 };

typedef enum { EVENT_PHASE_BEGAN, EVENT_PHASE_ENDED, EVENT_FINDING } event_kind;

typedef struct {
	event_kind kind;
	uint32_t at_ms;      /* since probe_start() */
	phase_id phase;      /* EVENT_PHASE_* */
	int ok;              /* EVENT_PHASE_ENDED */
	const char *finding; /* EVENT_FINDING: its id */
} probe_event;

typedef struct probe probe;

/* Bytes the caller must provide for a probe, aligned as for any object. */
size_t probe_size(void);

/* --- set-up ------------------------------------------------------------------------------------ */

/* 0, or -1 when an option is missing or out of range (a name longer than LIMIT_NAME - 1, a set of
 * roots that anchors_count() refuses). Strings are copied. */
int probe_start(probe *p, const probe_options *o, uint64_t now);

/* --- driving --- */

unsigned probe_state(probe *p);

/*
 * Our own address of the connection, as text, for an SMTP server that does not like our name (RFC 5321
 * 4.1.3). To be called before probe_connected(), if at all. 0, or -1 where it is no IP address: then it is
 * not used.
 */
int probe_local_address(probe *p, const char *text);
void probe_connected(probe *p, uint64_t now);
/* The connection could not be made, or was lost: `why` is a finding of the connect phase, or of the
 * resolve phase where there was no address to connect to. `detail` is a JSON object for its
 * arguments, or NULL. */
void probe_transport_failed(probe *p, diagnosis_id why, const char *detail, uint64_t now);

const uint8_t *probe_send_buf(probe *p, size_t *len);
void probe_send_ack(probe *p, size_t len, uint64_t now);
uint8_t *probe_recv_buf(probe *p, size_t *room);
void probe_recv_ack(probe *p, size_t len, uint64_t now);
/* The server will send no more. */
void probe_peer_closed(probe *p, uint64_t now);

/* When to call probe_tick() at the latest; UINT64_MAX: nothing is awaited. */
uint64_t probe_next_deadline(const probe *p);
void probe_tick(probe *p, uint64_t now);

/*
 * PROBE_SECOND: a probe can often not tell alone why something fails. Starts `second` as the
 * conversation that could: the same port in another way. It is a probe like any other, with a seed and
 * a report of its own, but asks for no second itself. -1 when none is wanted.
 */
int probe_start_second(probe *p, probe *second, const uint8_t seed[PROBE_SEED], uint64_t now);
/* What that one has met so far. */
void probe_heard(probe *p, const probe *second, uint64_t now);
/* A server's TLS record has arrived. */
int probe_saw_tls(const probe *p);

/* An early end on request. Nothing is sent any more but what ends TLS, where that is up; what was
 * handed out by probe_send_buf() counts as sent. */
void probe_stop(probe *p, uint64_t now);

/* --- results --- */

int probe_next_event(probe *p, probe_event *out);
/* Where the conversation is. */
phase_id probe_phase(const probe *p);

/* Writes the report (report.schema.json) and returns its length; call first with room 0 to learn
 * that. Not terminated by a NUL. Complete once PROBE_DONE is set. */
size_t probe_report(const probe *p, char *out, size_t room);

#endif
