/*
 * The bytes of one connection: what is received becomes events, what is said becomes bytes to send, in the
 * clear or through TLS. Owns all buffers, the TLS engine and the reader of a ClientHello scan. Knows no
 * phase and no finding.
 *
 * After every call that gives it something, the events are to be taken by stream_next() until there are
 * none; what an event leads to may be told in between (stream_say(), stream_start_tls(), stream_close() …),
 * and what was received is read on under that.
 */
#ifndef MPC_STREAM_H
#define MPC_STREAM_H

#include "base/limits.h"
#include "dialog/line.h"
#include "event.h"
#include "tls/client_hello.h"
#include "tls/client_hello_scan.h"
#include "tls/tls.h"

/* How received bytes are read. */
typedef enum {
	STREAM_TEXT,      /* lines */
	STREAM_FIRST,     /* TLS is expected: the first byte tells */
	STREAM_TLS,       /* records, lines inside */
	STREAM_SCAN,      /* the first flight of an answer to a ClientHello scan */
	STREAM_PLAINTEXT, /* text came where TLS was expected: one line is collected */
} stream_kind;

typedef struct {
	stream_kind kind;
	int open;        /* the connection was made */
	int down;        /* … and is lost, or closed by the server */
	int shut;        /* nothing is read any more */
	int through_tls; /* what is said goes through TLS */
	int tls_up;      /* the handshake is complete */
	int saw_tls;     /* a record of the server has come */
	int scanning;
	int scan_over;
	event pending; /* told by the caller; EVENT_none: there is none */

	uint8_t in[LIMIT_INPUT];
	size_t in_len;
	size_t received; /* in all */
	int fresh;       /* … something since plaintext was told of */
	uint8_t out[LIMIT_OUTPUT];
	size_t out_len;
	size_t handed; /* by stream_to_send(), and not yet acknowledged */
	int left;      /* something was, since `said` was told last */
	/* Commands, until they have left and `said` was told. */
	uint8_t said[LIMIT_OUTPUT];
	size_t said_len;
	size_t said_at;

	/* The text that is being read. A handshake clears all of it. */
	struct {
		line_reader lines;
		int began;
		size_t skip;     /* bytes that are no lines, still to come */
		size_t tls_used; /* bytes of TLS's buffer that were read, and still lie there */
	} text;

	client_hello_scan
		scan; /* of a scan: its buffers are those of tls; in a usual handshake it listens, with … */
	uint8_t flight[1024]; /* … this for all but certificates */
	tls tls;
} stream;

void stream_init(stream *s);

/* --- the caller's side: 0, or -1 where it is not allowed now, and nothing happens ----------------- */

int stream_connected(stream *s);
/* Where received bytes go; no room once the stream is shut. */
uint8_t *stream_room(stream *s, size_t *room);
int stream_received(stream *s, size_t len);
const uint8_t *stream_to_send(stream *s, size_t *len);
/* Of what stream_to_send() handed out last; what was taken back meanwhile counts as sent. */
int stream_sent(stream *s, size_t len);

/* An event from outside, to be told next. */
void stream_push(stream *s, const event *e);
/* … after which nothing more will come, or is waited for: where a part of something was read, that part is
 * the event instead. */
void stream_end(stream *s, const event *e);
/* The connection is gone, both ways. */
void stream_lose(stream *s);

/* The next event: 1, or 0 where there is none now. */
int stream_next(stream *s, event *e);

/* As in tls.h. */
int stream_awaits_older(const stream *s);
void stream_older_comes(stream *s);

/* --- the conversation's side ---------------------------------------------------------------------------- */

/* One command; its line ending is added. `argument` may be NULL. */
void stream_say(stream *s, const char *command, const char *argument);
/* … that is shown in other words, and is wiped when it has left. Within TLS only: else nothing is said. */
void stream_say_secret(stream *s, const char *line, const char *shown);
/* So many bytes that follow are no lines, whatever they hold. */
void stream_skip(stream *s, size_t n);
/* From here on TLS is spoken, or a ClientHello scan is made: nothing that was read before counts. */
void stream_start_tls(stream *s, const tls_options *o);
void stream_start_scan(stream *s, unsigned highest, unsigned lacking, const char *server_name,
	const uint8_t seed[CLIENT_HELLO_SEED]);
/* No word more: what has not left is taken back, and only TLS, or who was scanned, is told good-bye. */
void stream_close(stream *s);
/* Whose TLS it is was not shown before the handshake is complete: then its bytes stay here, too. */
void stream_mute(stream *s);

/* --- how it is ------------------------------------------------------------------------------------------ */

int stream_wants_to_send(stream *s);
int stream_wants_to_receive(const stream *s);
/* A command may be said, and would be heard. */
int stream_can_talk(const stream *s);
/* Every command has left, and was told of. */
int stream_has_said_all(const stream *s);
/* The line that is being read; 0: none has begun. */
size_t stream_partial(const stream *s, const uint8_t **text);

#endif
