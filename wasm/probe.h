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
 *       PROBE_ANCHORS  where options say that roots come on demand: add those that bear a name of probe_names(),
 *                      and tell probe_anchors_come(). Until then nothing else is told but probe_stop(), and the
 *                      clock of this probe should stand still
 *       PROBE_TLS12    where options say that TLS 1.2 comes on demand: see to it that the functions of tls12.h may be
 *                      called, and tell probe_tls12_comes(). Until then the same
 *       PROBE_SECOND   probe_start_second(), open one more connection to the same port, pump that
 *                      probe beside this one, and tell probe_heard() when it saw TLS and when it is
 *                      done. It may be wanted again when that one has been heard
 *       end of stream  probe_peer_closed()
 *       no news until probe_next_deadline()   probe_tick()
 *   close the connection, then probe_report()
 *
 * What is allowed when, by the flags of probe_state():
 *
 *   probe_send_ack()       up to what probe_send_buf() handed out last and was not acknowledged; that may
 *                          also be after PROBE_SEND is gone, when it was taken back meanwhile
 *   probe_recv_ack()       with PROBE_RECV, up to the room of probe_recv_buf()
 *   probe_start_second()   with PROBE_SECOND
 *   probe_anchors_come()   with PROBE_ANCHORS
 *   probe_tls12_comes()    with PROBE_TLS12
 *   probe_heard()          from then on until that one's answer was heard, or is not wanted any more
 *   probe_local_address()  before probe_connected()
 *   probe_connected()      once, before anything else has happened to the connection
 *   the rest               always; what comes after PROBE_DONE changes nothing in the report
 *
 * Functions that return an int give 0, or -1 for misuse: the call was not allowed, and has changed
 * nothing. A broken server is no misuse but a successful probe with findings. In the rooms below it is the
 * same: a function that does something returns 0, or -1 where it could not; one that asks something, which
 * its name says, 1 or 0; a size_t is a count, 0 where there was nothing or no room for it; where there are
 * more answers, an enum names them.
 *
 * Conventions: `now` is milliseconds of one monotonic clock, never going back. It should stand still
 * while a probe of the same thread works: a judgement may take a while (LIMIT_JUDGEMENT_NS), which
 * would pass for a server's silence. Pointers that are
 * returned are valid until the next call on the same probe. Text from a server is bytes, not
 * characters. One probe belongs to one thread at a time.
 */
#ifndef MPC_PROBE_H
#define MPC_PROBE_H

#include "options.h"
#include "x509/anchor_names.h"

#include <stddef.h>
#include <stdint.h>

/* Bits of probe_state(). */
enum {
	PROBE_SEND = 1,
	PROBE_RECV = 2,
	PROBE_SECOND = 4,
	PROBE_DONE = 8,
	PROBE_ANCHORS = 16,
	PROBE_TLS12 = 32
};

typedef struct probe probe;

/* Bytes the caller must provide for a probe, aligned as for any object. */
size_t probe_size(void);

/* --- set-up ------------------------------------------------------------------------------------ */

/* -1 when an option is missing or out of range (a name longer than LIMIT_NAME - 1, a set of roots that
 * anchors_count() refuses, credentials that credentials_keep() refuses): then the probe is done and has no report.
 * Strings are copied. */
int probe_start(probe *p, const probe_options *o, uint64_t now);

/* Clears all of it, before its memory goes to others: a caller that gave credentials calls this last. */
void probe_wipe(probe *p);

/* --- driving --- */

unsigned probe_state(probe *p);

/*
 * Our own address of the connection, as text, for an SMTP server that does not like our name (RFC 5321
 * 4.1.3). -1 also where it is no IP address: then it is not used.
 */
int probe_local_address(probe *p, const char *text);
int probe_connected(probe *p, uint64_t now);
/* The connection could not be made, or was lost: `why` is a finding of the connect phase, or of the
 * resolve phase where there was no address to connect to. `detail` is a JSON object for its
 * arguments, or NULL. */
int probe_transport_failed(probe *p, diagnosis_id why, const char *detail, uint64_t now);

const uint8_t *probe_send_buf(probe *p, size_t *len);
int probe_send_ack(probe *p, size_t len, uint64_t now);
uint8_t *probe_recv_buf(probe *p, size_t *room);
int probe_recv_ack(probe *p, size_t len, uint64_t now);
/* The server will send no more. */
void probe_peer_closed(probe *p, uint64_t now);

/* When to call probe_tick() at the latest; UINT64_MAX: nothing is awaited. */
uint64_t probe_next_deadline(const probe *p);
void probe_tick(probe *p, uint64_t now);

/* The names of the anchors that the chain which came can lead to, as anchor_names() has them. */
size_t probe_names(const probe *p, uint8_t out[][ANCHOR_NAME]);
/* All anchors of these names are among `roots`, which takes the place of the probe's; it goes on. */
int probe_anchors_come(probe *p, const anchors *roots, uint64_t now);
/* The client of TLS up to 1.2 can be used: the server has chosen one of those versions, or makes no sense. */
int probe_tls12_comes(probe *p, uint64_t now);

/*
 * A probe can often not tell alone why something fails. Starts `second` on a follow-up connection that
 * could: to the same port, in another way. It is a probe like any other, with a seed and a report of its own,
 * but asks for no follow-up itself.
 */
int probe_start_second(probe *p, probe *second, const uint8_t seed[PROBE_SEED], uint64_t now);
/* What that one has met so far. */
int probe_heard(probe *p, const probe *second, uint64_t now);
/* A server's TLS record has arrived. */
int probe_saw_tls(const probe *p);

/* An early end on request. Nothing is sent any more but what ends TLS, where that is up; what was
 * handed out by probe_send_buf() counts as sent. */
void probe_stop(probe *p, uint64_t now);

/* --- results --- */

/* Where the conversation is, or has ended. */
phase_id probe_phase(const probe *p);

/* Writes the report (report.schema.json) and returns its length; call first with room 0 to learn
 * that. Not terminated by a NUL. Complete once PROBE_DONE is set. */
size_t probe_report(const probe *p, char *out, size_t room);

#endif
