/*
 * The words of TLS: what IANA calls its numbers, and which of the things they stand for the check can
 * speak. Names are never NULL; an unknown number is "unknown".
 */
#ifndef MPC_TLS_NAMES_H
#define MPC_TLS_NAMES_H

#include <stdint.h>

typedef enum { SUITE_strong, SUITE_weak, SUITE_usable, SUITE_obsolete } suite_strength;

/* A row of suites.def; strong and weak suites are spoken, the others only known by name. */
typedef struct {
	uint16_t number;
	const char *name;
	suite_strength strength;
} tls_suite;

/* A row of groups.def or schemes.def. */
typedef struct {
	uint16_t number;
	const char *name;
	int speaks;
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

const char *tls_version_name(unsigned version); /* 0x0300 to 0x0304 */
const char *tls_alert_name(int alert);          /* "unassigned" where IANA has none */
const char *tls_error_name(int error);          /* BearSSL's own, BR_ERR_… */

#endif
