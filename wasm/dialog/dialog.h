/*
 * One protocol's part of a conversation: which command opens a phase, and what a line of the server means.
 * A dialog sees nothing but its dialog_io.
 */
#ifndef MPC_DIALOG_H
#define MPC_DIALOG_H

#include "base/findings.h"
#include "dialog/capabilities.h"
#include "dialog/sign_in.h"

/* What a dialog makes of one line of the server. */
typedef enum {
	DIALOG_MORE,   /* the reply goes on */
	DIALOG_DONE,   /* … is complete, and as wanted: the phase has succeeded */
	DIALOG_FAILED, /* … ends the conversation; a finding says why; good-bye is in order */
	DIALOG_BROKEN  /* … makes no sense or is hostile; a finding says why; no word more */
} dialog_result;

/* What is remembered of the text that is being read: entering TLS clears all of it. */
typedef struct {
	/* the reply that is being read; cleared with every command */
	struct {
		unsigned code;             /* SMTP: of the first line */
		uint8_t said[LIMIT_QUOTE]; /* SMTP: all lines so far, joined by spaces */
		size_t said_len;
		size_t lines;
		int listing; /* POP3: +OK has come, lines until "." follow; IMAP: untagged CAPABILITY has come */
		int continued; /* IMAP: the line goes on after a literal */
	} reply;
	size_t lines;              /* of one reply, so far */
	int said_helo;             /* SMTP: EHLO was refused */
	int no_capability_command; /* POP3: CAPA is unknown here */
} dialog_reading;

typedef struct {
	/* what a dialog is told */
	protocol_id protocol;
	phase_id phase;
	mode_id mode;
	int within_tls;
	int test_pipelining;
	int disturbed; /* a second connection of ours may have angered the server */
	const char *client_name;
	char address_literal[56]; /* our side's address as a name (RFC 5321 4.1.3); "": not known */

	/* what it can do */
	capabilities *capabilities; /* the list that the current phase fills */
	findings *findings;
	void (*say)(void *to, const char *command, const char *argument);
	/* A line that a transcript has in other words. */
	void (*say_secret)(void *to, const char *line, const char *shown);
	void *to;
	const credentials *credentials; /* for the sign-in phase */

	/* what it tells besides its result; whoever reads it clears it */
	size_t skip;        /* IMAP: so many bytes that follow are a literal */
	const char *remark; /* for the transcript */

	/* what it remembers */
	dialog_reading reading;
	unsigned tag; /* IMAP: number of the last command */
	enum { NAMING_usual, NAMING_literal_tried, NAMING_literal_accepted } naming; /* SMTP */
	uint8_t name_refusal[LIMIT_QUOTE]; /* … what was said to our usual name */
	size_t name_refusal_len;
	sign_in sign_in;
	const char *banner_oddity; /* banner.h: the first there was, and its line; NULL: none */
	uint8_t banner[LIMIT_QUOTE];
	size_t banner_len;
} dialog_io;

typedef struct {
	/* Says the command that opens the phase; none in the greeting phase. */
	void (*command)(dialog_io *io);
	dialog_result (*line)(dialog_io *io, const uint8_t *text, size_t len);
	/* The conversation ended without an answer: 1, and a finding, where something said before explains
	 * it. NULL: never. */
	int (*unanswered)(dialog_io *io);
} dialog;

extern const dialog smtp_dialog, imap_dialog, pop3_dialog;

/* The dialog's line(), for as long as its reply is not longer than a reply may be. */
dialog_result dialog_line(const dialog *d, dialog_io *io, const uint8_t *text, size_t len);

/* --- moves of a dialog ------------------------------------------------------------------------------ */

/* Says a command: a new reply is awaited. */
void dialog_say(dialog_io *io, const char *command, const char *argument);
/*
 * The sign-in phase. Begins the exchange of a mechanism with `command` and its name; an initial response is
 * said with it where the line has at most `line_max` bytes then, its ending included.
 */
void dialog_authenticate(dialog_io *io, const char *command, size_t line_max);
/* … goes on, the server having sent this challenge. */
dialog_result dialog_challenged(dialog_io *io, const uint8_t *challenge, size_t len);
/* … has succeeded, as the server says. */
dialog_result dialog_signed_in(dialog_io *io);
/* A line with a part of the credentials; the transcript gets `shown`. */
void dialog_say_secret(dialog_io *io, const char *line, const char *shown);
/* Findings, from a dialog's point of view: each returns the result to hand on. */
dialog_result dialog_refused(dialog_io *io, diagnosis_id id, const uint8_t *text, size_t len);
dialog_result dialog_broken(dialog_io *io, diagnosis_id id, const uint8_t *text, size_t len);
/* A server's text may stand in a report: it does not repeat the credentials. */
int dialog_may_show(const dialog_io *io, const uint8_t *text, size_t len);
/* The reply is longer than this limit of limits.h, in whatever that counts: DIALOG_BROKEN. */
dialog_result dialog_reply_too_long(dialog_io *io, int64_t limit);
/* The pipelining test: STARTTLS was refused because a command followed it. That is no fault. */
dialog_result dialog_pipelining_refused(dialog_io *io);
/* The first line is not this protocol's: says what it looks like instead. */
dialog_result dialog_foreign_greeting(dialog_io *io, const uint8_t *text, size_t len);

/* The phase asks for capabilities. */
int dialog_asks(const dialog_io *io);
/* The command that the current phase sent, for findings. */
const char *dialog_command_name(const dialog_io *io);
/* The server's name for the step up to TLS in this protocol: STARTTLS or STLS. */
const char *dialog_upgrade_keyword(const dialog_io *io);
/* The server has said that it can do that step; or that it cannot say what it can do. */
int dialog_offers_starttls(const dialog_io *io);
/* In the greeting, such an end may be our own doing: some servers refuse who talks too early. */
int dialog_was_disturbed(const dialog_io *io, diagnosis_id id);
/* A server that obeys the NOOP of the pipelining test in the open would say this. */
int dialog_answers_pipelined(const dialog_io *io, const uint8_t *text, size_t len);

#endif
