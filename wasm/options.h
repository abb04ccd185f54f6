/*
 * What a probe is told at its start: as the caller says it, and as it is kept.
 */
#ifndef MPC_OPTIONS_H
#define MPC_OPTIONS_H

#include "base/limits.h"
#include "base/tables.h"
#include "sasl/credentials.h"
#include "x509/anchors.h"
#include "x509/signature_cache.h"

#define PROBE_SEED 32

typedef struct {
	const service *service; /* whose dialog; its port and mode are the defaults */
	mode_id mode;
	uint16_t port;           /* only for the report */
	const char *address;     /* only for the report; may be NULL */
	const char *server_name; /* for SNI and the name check; a host name or an IP literal */
	const char *client_name; /* the argument of EHLO (RFC 5321 4.1.1.1) */
	anchors roots;           /* must outlive the probe; data NULL: none */
	int roots_on_demand;     /* before a chain is judged the probe asks for them: PROBE_ANCHORS */
	/* The client of TLS up to 1.2 is not here: the probe asks for it when the server has chosen one of those versions:
	 * PROBE_TLS12. */
	int tls12_on_demand;
	signature_cache *signatures; /* checked earlier; must outlive the probe; NULL: none */
	int64_t unix_time;           /* wall clock at the start, seconds */
	uint8_t seed[PROBE_SEED];    /* from a good source: all randomness of the TLS connection */
	/* Also send a NOOP together with STARTTLS and see whether it is obeyed inside TLS, as servers
	 * with the fault of CVE-2011-0411 do. Only on request: some servers take it amiss. */
	int test_pipelining;
	/* The TLS version scan: when the conversation is over, also try each version on a connection of its
	 * own. */
	int deep;
	/* The answer to QUIT or LOGOUT tells nothing, and is not waited for. Who asks for this keeps the connection
	 * for a moment after the end, so that the server can give it (RFC 5321 4.1.1.10, RFC 9051 6.1.3). */
	int leave_unanswered;
	unsigned timeout_permille; /* scales every deadline of limits.h; 1000 is as written */
	/* To sign in with, where everything on the way there is in order; user NULL: no sign-in. Not for services
	 * between servers. */
	given_credentials credentials;
} probe_options;

/* The same, checked, with copies of the names; nothing here changes while the probe lives but what comes on demand. */
typedef struct {
	const service *service;
	mode_id mode;
	uint16_t port;
	char address[LIMIT_NAME];
	char server_name[LIMIT_NAME];
	char client_name[LIMIT_NAME];
	anchors roots;
	int roots_on_demand;
	int tls12_on_demand;
	signature_cache *signatures;
	int64_t unix_time;
	uint8_t seed[PROBE_SEED];
	int test_pipelining;
	int deep;
	int leave_unanswered;
	unsigned timeout_permille;
	/* Of a probe on a follow-up connection: it has no follow-ups itself. */
	int is_followup;
	unsigned
		scan_highest; /* where its handshake is a ClientHello scan: what that offers; 0: it is none */
	unsigned scan_lacking; /* … and leaves out */
	int plain_hello;       /* it does not offer TLS 1.3 */
} kept_options;

/* 0, or -1 where one is missing or out of range. */
int options_read(kept_options *o, const probe_options *from);

/* A time of limits.h as this caller wants it; never none at all. */
uint64_t options_scaled(const kept_options *o, uint64_t ms);

#endif
