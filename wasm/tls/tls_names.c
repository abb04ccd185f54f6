#include "tls/tls_names.h"

#include "tls/messages.h"

#include <bearssl.h>
#include <stddef.h>

static const tls_suite suites[] = {
#define SUITE(name, weak) { #name, BR_##name, weak ? SUITE_weak : SUITE_strong },
#define SUITE_1_3(number, name) { #name, number, SUITE_strong },
#define FOREIGN(number, name, strength) { #name, number, SUITE_##strength },
#include "tls/suites.def"
#undef SUITE
};

static const tls_word groups[] = {
#define GROUP(number, name, speaks) { name, number, speaks },
#include "tls/groups.def"
#undef GROUP
};

static const tls_word schemes[] = {
#define SCHEME(number, name, speaks) { name, number, speaks },
#include "tls/schemes.def"
#undef SCHEME
};

#define COUNT(table) (sizeof table / sizeof table[0])

const tls_suite *tls_suite_at(unsigned index)
{
	return index < COUNT(suites) ? &suites[index] : NULL;
}

const tls_word *tls_group_at(unsigned index)
{
	return index < COUNT(groups) ? &groups[index] : NULL;
}

const tls_word *tls_scheme_at(unsigned index)
{
	return index < COUNT(schemes) ? &schemes[index] : NULL;
}

const tls_suite *tls_suite_by_number(uint16_t number)
{
	static const tls_suite unknown = { "unknown", 0, SUITE_usable };

	for (size_t i = 0; i < COUNT(suites); i++) {
		if (suites[i].number == number) {
			return &suites[i];
		}
	}
	return &unknown;
}

static const tls_word *word_by_number(const tls_word *words, size_t count, uint16_t number)
{
	static const tls_word unknown = { "unknown", 0, 0 };

	for (size_t i = 0; i < count; i++) {
		if (words[i].number == number) {
			return &words[i];
		}
	}
	return &unknown;
}

const tls_word *tls_group_by_number(uint16_t number)
{
	return word_by_number(groups, COUNT(groups), number);
}

const tls_word *tls_scheme_by_number(uint16_t number)
{
	return word_by_number(schemes, COUNT(schemes), number);
}

int tls_suite_spoken(const tls_suite *suite)
{
	return suite->strength == SUITE_strong || suite->strength == SUITE_weak;
}

const char *tls_version_name(unsigned version)
{
	static const char *const names[] = { "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3" };
	return version >= SSL_3_0 && version <= TLS_1_3 ? names[version - SSL_3_0] : "unknown";
}

const char *tls_alert_name(int alert)
{
	switch (alert) {
#define ALERT(number, name)                                                                        \
	case number:                                                                                   \
		return #name;
#include "tls/alerts.def"
#undef ALERT
	default:
		return "unassigned";
	}
}

static const struct {
	const char *name;
	int16_t number;
	uint8_t alert;
} errors[] = {
	{ "unknown", 0, ALERT_INTERNAL_ERROR },
#define TLS_ERROR(symbol, number, alert, name) { #name, number, alert },
#include "tls/errors.def"
#undef TLS_ERROR
};

const char *tls_error_name(tls_error error)
{
	return errors[(unsigned)error < COUNT(errors) ? error : TLS_ERROR_unknown].name;
}

int tls_error_number(tls_error error)
{
	return errors[(unsigned)error < COUNT(errors) ? error : TLS_ERROR_unknown].number;
}

int tls_error_alert(tls_error error)
{
	return errors[(unsigned)error < COUNT(errors) ? error : TLS_ERROR_unknown].alert;
}

tls_error tls_error_by_number(int number)
{
	for (size_t i = 0; i < COUNT(errors); i++) {
		if (errors[i].number == number) {
			return (tls_error)i;
		}
	}
	return TLS_ERROR_unknown;
}
