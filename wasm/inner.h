/*
 * What the files of the probe share with each other and nobody else: the probe itself, and the
 * small set of moves that a protocol's dialog is made of.
 */
#ifndef MPC_INNER_H
#define MPC_INNER_H

#include "dialog/capabilities.h"
#include "base/findings.h"
#include "tls/client_hello.h"
#include "tls/client_hello_scan.h"
#include "dialog/line.h"
#include "probe.h"
#include "tls/tls.h"
#include "transcript.h"

/* What a dialog makes of one line of the server. */
typedef enum {
	REPLY_MORE,   /* the reply goes on */
	REPLY_DONE,   /* … is complete, and as wanted: the phase has succeeded */
	REPLY_FAILED, /* … ends the conversation; a finding says why; good-bye is in order */
	REPLY_BROKEN  /* … makes no sense or is hostile; a finding says why; no word more */
} reply;

/* One protocol. Both functions know the phase from p->phase. */
typedef struct {
	/* Sends the command that opens a phase (none in the greeting phase). */
	void (*command)(probe *p);
	reply (*line)(probe *p, const uint8_t *text, size_t len);
} dialog;

extern const dialog smtp_dialog, imap_dialog, pop3_dialog;

/*
 * The conversation ended without an answer. Where the last thing said was our address, since our name
 * had been refused, that is the reason: 1, and a finding. Otherwise 0.
 */
int smtp_ended_over_our_name(probe *p);

typedef enum { STEP_SKIPPED, STEP_RUNNING, STEP_OK, STEP_FAILED } step_status;

/* How received bytes are read. */
typedef enum {
	STREAM_TEXT,  /* lines */
	STREAM_FIRST, /* TLS is expected: the first byte tells */
	STREAM_TLS,   /* records, lines inside */
	STREAM_HELLO, /* the first flight of an answer to a hello by hand */
	STREAM_SNIFF  /* plaintext came where TLS was expected: one line is collected */
} stream_mode;

/* What a second connection is to find out (questions.c). */
typedef enum {
	QUESTION_none,
	QUESTION_implicit_tls, /* no greeting came: does the port expect TLS? */
	QUESTION_older,        /* no handshake: what would it choose of all there is up to TLS 1.2? */
	QUESTION_newer,        /* … nothing of that: does it speak TLS 1.3? */
	QUESTION_bare,         /* … what we speak: and without extended_master_secret, as we come? */
	QUESTION_without_sha1, /* it signed with SHA-1: can it do better? */
	QUESTION_tls10,        /* the deep check: does it accept this version? */
	QUESTION_tls11,
	QUESTION_tls12,
	QUESTION_tls13
} question_id;

/* How the server, or the way to it, ended a connection. */
typedef struct {
	enum { END_FIN, END_RESET, END_CLOSE_NOTIFY, END_ALERT, END_UNREADABLE } how;
	int number; /* of the alert; the tls_error of what could not be read */
} connection_end;

typedef enum { VERSION_unknown, VERSION_accepted, VERSION_refused } version_answer;
enum { VERSIONS = 4 /* TLS 1.0 to 1.3 */ };

#define EVENTS_MAX (2 * PHASE_COUNT + LIMIT_FINDINGS)

struct probe {
	/* what the caller said */
	const service *service;
	mode_id mode;
	uint16_t port;
	char address[LIMIT_NAME];
	char server_name[LIMIT_NAME];
	char client_name[LIMIT_NAME];
	anchors roots;
	int64_t unix_time;
	uint8_t seed[PROBE_SEED];
	unsigned timeout_permille;
	int test_pipelining;
	int deep;
	int second;             /* it was started to answer another's question: it has none itself */
	unsigned hello_highest; /* of a second conversation with a hello by hand; 0: it has none */
	unsigned hello_lacking; /* … what that lacks */

	/* where it is */
	const dialog *dialog;
	phase_id phase;
	struct {
		step_status status;
		uint32_t began_ms;
		uint32_t took_ms;
	} step[PHASE_COUNT];
	int ended;   /* no word more; what is left to send still goes out */
	int stopped; /* … on request */
	int connected;
	int transport_down;
	uint64_t started;
	uint64_t now;
	uint64_t deadline;   /* of the phase */
	uint64_t witness_at; /* UINT64_MAX: not asked for, or asked */
	question_id question;
	int question_open; /* a second conversation was started for it */
	int disturbed; /* one was, while the greeting was awaited: that may have angered the server */
	uint64_t answer_by;     /* after the end: when not to wait for the answer any more */
	connection_end failed;  /* how the handshake failed, for the answer to explain */
	int awaiting_pipelined; /* inside TLS: would a command from before it be answered? */

	/* bytes */
	stream_mode stream;
	int tls_on; /* what is sent goes through TLS */
	int saw_tls;
	uint8_t in[LIMIT_INPUT];
	size_t in_len;
	uint8_t out[LIMIT_OUTPUT];
	size_t out_len;
	uint8_t
		said[LIMIT_OUTPUT]; /* commands for the transcript, where they stand once they have left */
	size_t said_len;
	size_t received; /* in all */

	/* the text that is being read: stream_reset_text() forgets all of it, down to `tag` */
	size_t literal_left; /* IMAP: bytes of a literal still to pass over */
	line_reader lines;

	/* the reply that is being read; cleared with every command */
	struct {
		unsigned code;             /* SMTP: of the first line */
		uint8_t said[LIMIT_QUOTE]; /* SMTP: all lines so far, joined by spaces */
		size_t said_len;
		size_t lines;
		int listing; /* POP3: +OK has come, lines until "." follow; IMAP: untagged CAPABILITY has come */
		int continued; /* IMAP: the line goes on after a literal */
	} reply;
	size_t reply_lines; /* of one reply, so far */
	int said_helo;      /* SMTP: EHLO was refused */
	char literal[56];   /* SMTP: our side's address as a name (RFC 5321 4.1.3); "": not known */
	enum { NAMING_usual, NAMING_literal_tried, NAMING_literal_accepted } naming;
	uint8_t name_refusal[LIMIT_QUOTE]; /* … what was said to our usual name */
	size_t name_refusal_len;
	int no_capability_command; /* POP3: CAPA is unknown here */
	unsigned tag;              /* IMAP: number of the last command */

	/* what was learned */
	uint8_t greeting[LIMIT_QUOTE];
	size_t greeting_len;
	const char *banner_oddity; /* banner.c: the first there was, and its line; NULL: none */
	uint8_t banner[LIMIT_QUOTE];
	size_t banner_len;
	capabilities before;
	capabilities after;
	int trusted;
	int chain_known;
	char version[16];
	const char *suite;
	const char *group;
	version_answer versions[VERSIONS];
	int version_asked[VERSIONS];
	findings findings;
	transcript transcript;
	struct {
		event_kind kind;
		uint32_t at_ms;
		phase_id phase;
		int ok;
		const char *finding;
	} events[EVENTS_MAX];
	size_t events_count;
	size_t events_given;

	client_hello_scan
		hello; /* by hand: its buffers are those of tls; in a usual handshake it listens, with … */
	uint8_t flight[1024]; /* … this for all but certificates */
	tls tls;
};

/* --- moves of a dialog --- */

/* Queues a command, its line ending included, and notes it in the transcript. */
void probe_say(probe *p, const char *command, const char *argument);
/* The list that the current phase fills. */
capabilities *probe_capabilities(probe *p);
/* Findings, from a dialog's point of view: each returns the verdict to hand on. */
reply probe_refused(probe *p, diagnosis_id id, const uint8_t *text, size_t len);
reply probe_broken(probe *p, diagnosis_id id, const uint8_t *text, size_t len);
/* The pipelining test: STARTTLS was refused because a command followed it. That is no fault. */
reply probe_pipelining_refused(probe *p);
/* The first line is not this protocol's: says what it looks like instead. */
reply probe_foreign_greeting(probe *p, const uint8_t *text, size_t len);
/* The command that the current phase sent, for findings. */
const char *probe_command_name(const probe *p);
/* The server's name for the step up to TLS in this protocol: STARTTLS or STLS. */
const char *probe_upgrade_keyword(const probe *p);

#endif
