/*
 * What a judgement holds against a chain: a bounded list, one entry for each rule and certificate, so
 * that a chain may break one rule in several places. At the end every kind becomes one finding.
 */
#ifndef MPC_FAULTS_H
#define MPC_FAULTS_H

#include "x509/certificate.h"
#include "base/findings.h"

typedef struct {
	diagnosis_id id;
	bytes subject;     /* of the certificate or anchor concerned */
	const char *label; /* key of the argument below; NULL where there is none */
	const char *word;  /* a rule or an algorithm, or … */
	bytes spki;        /* … a key, or … */
	int64_t when;      /* … a date */
} fault;

typedef struct {
	fault list[LIMIT_FAULTS];
	size_t count;
} faults;

/* How much a list weighs: nothing; what strict programs refuse; what every mail app refuses. */
typedef enum { FAULTS_NONE, FAULTS_STRICT, FAULTS_BROKEN } faults_weight;

void faults_init(faults *f);
/* One that is there already, or that finds no room, is not added. */
void faults_add(faults *f, const fault *one);
/* A rule that a certificate breaks, and one of the profiles that strict programs insist on. */
void faults_constraint(faults *f, const char *which, bytes subject);
void faults_profile(faults *f, const char *rule, bytes subject);
void faults_date(faults *f, diagnosis_id id, const char *label, int64_t when, bytes subject);

faults_weight faults_weigh(const faults *f);

/*
 * One finding for each kind: the first fault's arguments, and under "more" those of the others. What
 * does not concern the end-entity of that subject names its certificate as "authority".
 */
void faults_write(const faults *f, bytes end_entity, findings *out);

#endif
