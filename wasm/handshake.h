/*
 * What a handshake tells, whether it succeeded or not: version, suite, chain, and the findings that
 * follow. Functions of what was read; where the conversation goes from there is not decided here.
 */
#ifndef MPC_HANDSHAKE_H
#define MPC_HANDSHAKE_H

#include "base/findings.h"
#include "options.h"
#include "tls/client_hello_scan.h"
#include "tls/tls.h"

/* How the server, or the way to it, ended a connection. */
typedef struct {
	enum { END_FIN, END_RESET, END_CLOSE_NOTIFY, END_ALERT, END_UNREADABLE, END_SILENCE } how;
	int number; /* of the alert; the tls_error of what could not be read; seconds of silence */
} connection_end;

/* … as arguments of a finding. */
void connection_end_write(connection_end end, json *args);

/* What was agreed; after a ClientHello scan: what would be. */
typedef struct {
	unsigned version; /* 0: nothing */
	const char *suite;
	const char *group;     /* "" without (EC)DHE */
	const char *signature; /* on the key exchange; "" before TLS 1.2, and where there is none */
	int retried;           /* by a HelloRetryRequest */
	int certificate_wanted;
	int trusted;
	int chain_known; /* the recorder holds a chain for the report */
} handshake_facts;

/* "TLS 1.2, TLS_ECDHE_…" */
#define HANDSHAKE_REMARK 160
void handshake_remark(const handshake_facts *facts, char out[HANDSHAKE_REMARK]);

/* The handshake is complete; `listener` has read along. */
handshake_facts handshake_established(
	const tls *t, const client_hello_scan *listener, findings *found);

/* Judges the recorded chain, for a suite: whether everybody may trust it. */
int handshake_judge(
	const recorder *certificates, const char *suite, const kept_options *o, findings *found);

/* What a ClientHello scan was answered with; version 0, and a finding, where that was no choice. */
handshake_facts handshake_scanned(const client_hello_scan *scan, findings *found);

/* The finding for a handshake that ended so, where nothing explains it. */
void handshake_add_failure(connection_end end, findings *found);
/* … for what could not be read. `listener` has read along. */
void handshake_add_unreadable(tls_error error, const client_hello_scan *listener,
	const recorder *certificates, findings *found);
/* More came than a probe takes: 1 and a finding where it was certificates, which are beyond our reach then. */
int handshake_chain_too_long(const recorder *certificates, findings *found);
/* What was chosen is too old, or too weak (one of the two cipher findings; `bits`, where not 0: of a field that
 * is too small for it). */
void handshake_add_version_old(unsigned version, findings *found);
void handshake_add_cipher(diagnosis_id id, const char *suite, unsigned bits, findings *found);

#endif
