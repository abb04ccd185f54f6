/*
 * Follow-up connections: what a probe cannot tell alone, and the second connection that can (PROBE_SECOND
 * in probe.h). One question at a time; most probes have none.
 *
 * Every function that returns a followup_id names the question to ask next, FOLLOWUP_none for none; who
 * calls it asks (followup_ask()) and knows how long to wait.
 */
#ifndef MPC_FOLLOWUP_H
#define MPC_FOLLOWUP_H

#include "handshake.h"
#include "tls/client_hello.h"

/* What a follow-up connection is to find out. */
typedef enum {
	FOLLOWUP_none,
	FOLLOWUP_implicit_tls, /* no greeting came: does the port expect TLS? */
	FOLLOWUP_older,        /* no handshake: what would it choose of all there is up to TLS 1.2? */
	FOLLOWUP_newer,        /* … nothing of that: does it speak TLS 1.3? */
	FOLLOWUP_bare,         /* … what we speak: and without extended_master_secret, as we come? */
	FOLLOWUP_without_sha1, /* it signed with SHA-1: can it do better? */
	FOLLOWUP_plain, /* no handshake: does it get on with a client of before TLS 1.3? A whole conversation */
	FOLLOWUP_tls10, /* the TLS version scan: does it accept this version? */
	FOLLOWUP_tls11,
	FOLLOWUP_tls12,
	FOLLOWUP_tls13
} followup_id;

typedef enum { VERSION_unknown, VERSION_accepted, VERSION_refused } version_answer;
enum { VERSIONS = 4 /* TLS 1.0 to 1.3 */ };

typedef struct {
	int scans_versions;
	followup_id asked;
	int open;              /* a connection was made for it */
	connection_end failed; /* how the handshake ended, for the answer to explain */
	version_answer versions[VERSIONS];
	int version_asked[VERSIONS];
} followup;

/* What the first connection has met. */
typedef struct {
	int began;    /* its handshake */
	int complete; /* … has ended well */
	int saw_tls;
	int offered_newer; /* its hello has offered TLS 1.3 */
	const client_hello_scan *listener;
	const recorder *certificates;
} followup_first;

/* What the follow-up connection has met. */
typedef struct followup_answer {
	int over;    /* it has ended */
	int began;   /* its handshake */
	int cut_off; /* our side ended it */
	int saw_tls;
	int complete;     /* its handshake has ended well */
	unsigned offered; /* the highest version of its ClientHello scan; 0: it is none */
	const client_hello_scan *scan;
	const recorder *certificates;
	const findings *findings;
	const struct probe *whole;
} followup_answer;

/* What the connection for a question offers in a ClientHello scan, and leaves out; 0: it is no scan. */
unsigned followup_highest(followup_id question);
unsigned followup_lacking(followup_id question);

void followup_ask(followup *f, followup_id question);

/* The server has chosen this version, of all up to `highest`: what is between them it does not speak. */
void followup_note_choice(followup *f, unsigned version, unsigned highest);

/* The handshake ended so: who can explain it? The finding waits for the answer. */
followup_id followup_explain(followup *f, connection_end end);
/* … in silence, after an offer of TLS 1.3. */
followup_id followup_explain_silence(followup *f, unsigned seconds);
/* The conversation is over: what is left to ask? */
followup_id followup_afterwards(followup *f, const followup_first *first, findings *found);
/* The answer to any question but FOLLOWUP_implicit_tls. */
followup_id followup_conclude(
	followup *f, const followup_first *first, const followup_answer *answer, findings *found);
/* No answer came in time, or nobody wants to wait for it. */
followup_id followup_give_up(followup *f, const followup_first *first, findings *found);

#endif
