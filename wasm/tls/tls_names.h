/*
 * The words of TLS: what IANA calls its numbers, and which of the things they stand for the check can
 * speak. Names are never NULL; an unknown number is "unknown".
 */
#ifndef MPC_TLS_NAMES_H
#define MPC_TLS_NAMES_H

#include <stdint.h>

/* The versions of TLS as they stand in a record or a hello (RFC 8446 4.2.1, RFC 6101). */
enum { SSL_3_0 = 0x0300, TLS_1_0, TLS_1_1, TLS_1_2, TLS_1_3 };

/* Why TLS failed on our side: the rows of errors.def. */
typedef enum {
	TLS_ERROR_unknown,
#define TLS_ERROR(symbol, ...) TLS_ERROR_##symbol,
#include "tls/errors.def"
#undef TLS_ERROR
} tls_error;

typedef enum { SUITE_strong, SUITE_weak, SUITE_usable, SUITE_obsolete } suite_strength;

/* A row of suites.def; strong and weak suites are spoken, the others only known by name. */
typedef struct {
	const char *name;
	uint16_t number;
	uint8_t strength; /* a suite_strength */
} tls_suite;

/* A row of groups.def or schemes.def. */
typedef struct {
	const char *name;
	uint16_t number;
	uint8_t speaks;
} tls_word;

/* NULL past the last row; the rows are in the order of the tables. */
const tls_suite *tls_suite_at(unsigned index);
const tls_word *tls_group_at(unsigned index);
const tls_word *tls_scheme_at(unsigned index);

/* A row "unknown", which nobody speaks and which counts as usable, where the table has none. */
const tls_suite *tls_suite_by_number(uint16_t number);
const tls_word *tls_group_by_number(uint16_t number);
const tls_word *tls_scheme_by_number(uint16_t number);

/* The check can speak it. */
int tls_suite_spoken(const tls_suite *suite);

const char *tls_version_name(unsigned version);
const char *tls_alert_name(int alert); /* "unassigned" where IANA has none */

/* A row of errors.def, as a report says it: "unknown" and 0 for TLS_ERROR_unknown. */
const char *tls_error_name(tls_error error);
int tls_error_number(tls_error error);
/* What the server hears of it up to TLS 1.2. */
int tls_error_alert(tls_error error);
/* TLS_ERROR_unknown where no row has this number. */
tls_error tls_error_by_number(int number);

#endif
