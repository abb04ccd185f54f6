/*
 * What can happen to a conversation. Most events are made of bytes by the stream; the others are told by
 * the caller, or come when it is time (phases.h). What each one does is in phases.def.
 */
#ifndef MPC_EVENT_H
#define MPC_EVENT_H

#include <stddef.h>
#include <stdint.h>

#define EVENTS(X)                                                                                  \
	/* the transport */                                                                            \
	X(connected)                                                                                   \
	X(unresolved)  /* there was no address to connect to: `number` is the diagnosis */             \
	X(lost)        /* … it could not be made, or was lost: the same */                           \
	X(reset)       /* … by the server, or on the way to it */                                    \
	X(peer_closed) /* the server will send no more */                                              \
	X(too_much)    /* more than LIMIT_RECEIVED has come */                                         \
	X(said)        /* a command has left: `text` */                                                \
	/* text, in the clear or inside TLS */                                                         \
	X(text_began)    /* its first byte has come */                                                 \
	X(tls_record)    /* … in the clear, and is one of a TLS record instead */                    \
	X(line)          /* `text`, and whether it ended with LF alone */                              \
	X(early_line)    /* … that came in the clear before what we had to say had left */           \
	X(line_too_long) /* `text` is its start */                                                     \
	/* a handshake */                                                                              \
	X(plaintext)      /* more text has come where TLS was expected */                              \
	X(plaintext_line) /* … `text` is its first line, or all there will be of it */               \
	X(tls_up)                                                                                      \
	X(scan_read) /* the ClientHello scan has its answer, or all there will be of one */            \
	/* the end of TLS, in a handshake or later */                                                  \
	X(tls_closed)           /* close_notify */                                                     \
	X(tls_alert)            /* a fatal one of the server: `number` */                              \
	X(certificate_required) /* that one: it is a wish */                                           \
	X(tls_failed)           /* what came makes no sense: `number` is the tls_error */              \
	/* time */                                                                                     \
	X(silence)          /* no greeting for so long that somebody should ask why */                 \
	X(timeout)          /* the deadline of the phase, or of the whole */                           \
	X(followup_overdue) /* nobody waits longer for the answer of a follow-up connection */         \
	/* the caller */                                                                               \
	X(followup_begun)                                                                              \
	X(followup_heard) /* what it has met so far: `answer` */                                       \
	X(stop)

typedef enum {
	EVENT_none,
#define X(name) EVENT_##name,
	EVENTS(X)
#undef X
		EVENT_COUNT
} event_id;

/* Pointers are valid until the next call on the stream. */
typedef struct {
	event_id id;
	const char *remark; /* for the transcript, or NULL */
	const uint8_t *text;
	size_t len;
	int bare;
	int number;
	const char *detail; /* lost, unresolved: a JSON object, or NULL */
	const struct followup_answer *answer;
} event;

#endif
