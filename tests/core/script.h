/*
 * A transcript of tests/transcripts/: a header of `key: value` lines, an empty line, then
 *
 *   # remark
 *   S: text        the server says a line; CR LF is added
 *   S| text        … without an ending
 *   C: text        the client must say exactly this line now
 *   -- tls NAME    the server starts TLS with build/tests/certificates/NAME.pem; settings may
 *                  follow: version=1.3 (else it is at most 1.2), group=NAME (of that; no other), max=1.0
 *                  or max=1.1 (version), suite=IANA-NAME (nothing else),
 *                  client-certificate (it insists on one), signature=sha1 (it signs with that)
 *   -- wait MS     nothing happens for so long
 *   -- slowly MS   the bytes of the next S line come one every MS milliseconds
 *   -- alert       inside TLS: the server ends it with a fatal alert, bad_record_mac; -- damaged: it
 *                  sends a record that nobody can read
 *   -- close       the server closes; -- reset breaks the connection off
 *   -- fail ID     the connection fails with this finding; as the first step: it is never made
 *   -- second      what follows is how a second connection is answered whose handshake is a
 *                  ClientHello scan, or has a plainer hello: S lines, close or reset, and TLS, in which its S lines
 *                  are said then. It is led to the handshake by the lines of the first. There may be more than one;
 *                  one that is missing is met by silence
 *
 * Escapes in S lines: \r \n \0 \t \\ \xHH, and \{N*text} for N times a text. After the last line the
 * server stays silent. Keys: service, mode, name, time, witness (tls, http or silent), pipelining
 * and deep (yes: test it), local (our own address; without it we do not know it), user and password (to sign in
 * with), status, findings (ids in order, or none).
 */
#ifndef MPC_SCRIPT_H
#define MPC_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

#define SCRIPT_SECONDS 8

typedef enum {
	STEP_SERVER,
	STEP_CLIENT,
	STEP_TLS,
	STEP_WAIT,
	STEP_SLOWLY,
	STEP_ALERT,
	STEP_DAMAGED,
	STEP_CLOSE,
	STEP_RESET,
	STEP_FAIL
} step_kind;

typedef struct {
	step_kind kind;
	int line;      /* in the file */
	uint8_t *text; /* owned, and ends with a NUL that len does not count */
	size_t len;
	long number; /* STEP_WAIT, STEP_SLOWLY */
} script_step;

typedef struct {
	char service[32];
	char mode[32];
	char name[128];
	char time[40];
	char witness[16];
	char pipelining[4];
	char deep[4];
	char local[48];
	char user[128];
	char password[128];
	char status[32];
	char findings[512];
	script_step *steps;
	size_t count; /* of the first conversation; those of the others follow */
	struct {
		size_t first;
		size_t count;
	} second[SCRIPT_SECONDS];
	size_t seconds;
	size_t seconds_steps; /* of all of them */
} script;

/* Reads a file, or ends the program with a message that names the line. */
void script_read(script *s, const char *path);
void script_free(script *s);

#endif
