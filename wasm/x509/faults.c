#include "x509/faults.h"

#include "base/calendar.h"
#include "x509/certificate_write.h"
#include "x509/distinguished_name.h"

#include <string.h>

void faults_init(faults *f)
{
	f->count = 0;
}

static int same(const fault *a, const fault *b)
{
	int same_word =
		a->word == b->word || (a->word != NULL && b->word != NULL && strcmp(a->word, b->word) == 0);
	return a->id == b->id && same_word && bytes_equal(a->subject, b->subject);
}

void faults_add(faults *f, const fault *one)
{
	for (size_t i = 0; i < f->count; i++) {
		if (same(&f->list[i], one)) {
			return;
		}
	}
	if (f->count < LIMIT_FAULTS) {
		f->list[f->count++] = *one;
	}
}

void faults_constraint(faults *f, const char *which, bytes subject)
{
	fault one = { .id = DIAG_certificate_constraint_violated,
		.subject = subject,
		.label = "constraint",
		.word = which };
	faults_add(f, &one);
}

void faults_profile(faults *f, const char *rule, bytes subject)
{
	fault one = {
		.id = DIAG_certificate_out_of_profile, .subject = subject, .label = "rule", .word = rule
	};
	faults_add(f, &one);
}

void faults_date(faults *f, diagnosis_id id, const char *label, int64_t when, bytes subject)
{
	fault one = { .id = id, .subject = subject, .label = label, .when = when };
	faults_add(f, &one);
}

faults_weight faults_weigh(const faults *f)
{
	faults_weight weight = FAULTS_NONE;

	for (size_t i = 0; i < f->count; i++) {
		if (diagnoses[f->list[i].id].status == STATUS_broken) {
			return FAULTS_BROKEN;
		}
		if (f->list[i].id == DIAG_certificate_out_of_profile) {
			weight = FAULTS_STRICT;
		}
	}
	return weight;
}

static void write_args(const fault *one, bytes end_entity, json *args)
{
	char text[CALENDAR_TEXT];
	public_key key;

	if (one->word != NULL) {
		json_string(args, one->label, one->word);
	} else if (one->spki.p != NULL) {
		if (public_key_read(&key, one->spki) == 0) {
			certificate_write_key(&key, args, one->label);
		}
	} else if (one->label != NULL) {
		calendar_text(one->when, text);
		json_string(args, one->label, text);
	}
	distinguished_name_write(one->subject, args, "subject");
	if (!bytes_equal(one->subject, end_entity)) {
		distinguished_name_write(one->subject, args, "authority");
	}
}

void faults_write(const faults *f, bytes end_entity, findings *out)
{
	for (size_t i = 0; i < f->count; i++) {
		if (findings_has(out, f->list[i].id)) {
			continue;
		}
		json *args = findings_begin(out, f->list[i].id);
		int more = 0;
		write_args(&f->list[i], end_entity, args);
		for (size_t j = i + 1; j < f->count; j++) {
			if (f->list[j].id == f->list[i].id) {
				if (!more) {
					json_open(args, "more", '[');
				}
				more = 1;
				json_open(args, NULL, '{');
				write_args(&f->list[j], end_entity, args);
				json_close(args, '}');
			}
		}
		if (more) {
			json_close(args, ']');
		}
		findings_end(out);
	}
}
