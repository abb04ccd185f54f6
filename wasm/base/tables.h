/*
 * The tables of services.def and diagnoses.def as C sees them, and the words of phases and modes.
 * Everything here is constant and lives as long as the program.
 */
#ifndef MPC_TABLES_H
#define MPC_TABLES_H

#include <stddef.h>
#include <stdint.h>

/* Phases of a probe, in the order the report lists them. */
#define PHASES(X)                                                                                  \
	X(resolve)                                                                                     \
	X(connect)                                                                                     \
	X(greeting)                                                                                    \
	X(capability)                                                                                  \
	X(starttls)                                                                                    \
	X(handshake)                                                                                   \
	X(certificate)                                                                                 \
	X(recapability)                                                                                \
	X(signin)                                                                                      \
	X(close)

typedef enum {
#define X(name) PHASE_##name,
	PHASES(X)
#undef X
		PHASE_COUNT
} phase_id;

/* TLS modes (RFC 8314 section 3). */
#define MODES(X)                                                                                   \
	X(implicit_tls, "implicit-tls")                                                                \
	X(starttls, "starttls")                                                                        \
	X(cleartext, "cleartext")

typedef enum {
#define X(name, text) MODE_##name,
	MODES(X)
#undef X
		MODE_COUNT
} mode_id;

typedef enum { PROTOCOL_smtp, PROTOCOL_imap, PROTOCOL_pop3 } protocol_id;

typedef enum {
#define SERVICE(symbol, ...) SERVICE_##symbol,
#include "services.def"
#undef SERVICE
	SERVICE_COUNT
} service_id;

typedef struct {
	const char *name; /* IANA service name */
	uint16_t port;
	protocol_id protocol;
	mode_id mode;
	const char *direction; /* relay, send, receive */
} service;

typedef enum {
#define DIAGNOSIS(symbol, ...) DIAG_##symbol,
#include "diagnoses.def"
#undef DIAGNOSIS
	DIAG_COUNT
} diagnosis_id;

/* Who can mend it: bits. */
enum { YOU = 1, PROVIDER = 2, NETWORK = 4 };

typedef enum {
	STATUS_works,
	STATUS_works_but,
	STATUS_not_offered,
	STATUS_not_tested,
	STATUS_blocked,
	STATUS_broken
} status_id;
typedef enum { ACT_none, ACT_aware, ACT_fix } act_id;

typedef struct {
	const char *id;
	uint8_t phase;  /* a phase_id */
	uint8_t status; /* a status_id */
	uint8_t act;    /* an act_id */
	uint8_t who;
} diagnosis;

extern const service services[SERVICE_COUNT];
extern const diagnosis diagnoses[DIAG_COUNT];

const char *phase_name(phase_id phase);
const char *mode_name(mode_id mode);
const char *protocol_name(protocol_id protocol);
const char *status_name(status_id status);
const char *act_name(act_id act);

/* Rows by their public names; NULL, MODE_COUNT or DIAG_COUNT where there is none. */
const service *service_by_name(const char *name);
mode_id mode_by_name(const char *name);
diagnosis_id diagnosis_by_id(const char *id);

#endif
