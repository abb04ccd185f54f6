#include "tls/tls_names.h"

#include <bearssl.h>
#include <stddef.h>

static const tls_suite suites[] = {
#define SUITE(name, weak) { BR_##name, #name, weak ? SUITE_weak : SUITE_strong },
#define FOREIGN(number, name, strength) { number, #name, SUITE_##strength },
#include "tls/suites.def"
#undef SUITE
};

static const tls_word groups[] = {
#define GROUP(number, name, speaks) { number, name, speaks },
#include "tls/groups.def"
#undef GROUP
};

static const tls_word schemes[] = {
#define SCHEME(number, name, speaks) { number, name, speaks },
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
	static const tls_suite unknown = { 0, "unknown", SUITE_usable };

	for (size_t i = 0; i < COUNT(suites); i++) {
		if (suites[i].number == number) {
			return &suites[i];
		}
	}
	return &unknown;
}

static const tls_word *word_by_number(const tls_word *words, size_t count, uint16_t number)
{
	static const tls_word unknown = { 0, "unknown", 0 };

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
	return version >= 0x0300 && version <= 0x0304 ? names[version - 0x0300] : "unknown";
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

const char *tls_error_name(int error)
{
	switch (error) {
#define ERROR(name)                                                                                \
	case name:                                                                                     \
		return #name;
		ERROR(BR_ERR_BAD_PARAM)
		ERROR(BR_ERR_BAD_STATE)
		ERROR(BR_ERR_UNSUPPORTED_VERSION)
		ERROR(BR_ERR_BAD_VERSION)
		ERROR(BR_ERR_BAD_LENGTH)
		ERROR(BR_ERR_TOO_LARGE)
		ERROR(BR_ERR_BAD_MAC)
		ERROR(BR_ERR_NO_RANDOM)
		ERROR(BR_ERR_UNKNOWN_TYPE)
		ERROR(BR_ERR_UNEXPECTED)
		ERROR(BR_ERR_BAD_CCS)
		ERROR(BR_ERR_BAD_ALERT)
		ERROR(BR_ERR_BAD_HANDSHAKE)
		ERROR(BR_ERR_OVERSIZED_ID)
		ERROR(BR_ERR_BAD_CIPHER_SUITE)
		ERROR(BR_ERR_BAD_COMPRESSION)
		ERROR(BR_ERR_BAD_FRAGLEN)
		ERROR(BR_ERR_BAD_SECRENEG)
		ERROR(BR_ERR_EXTRA_EXTENSION)
		ERROR(BR_ERR_BAD_SNI)
		ERROR(BR_ERR_BAD_HELLO_DONE)
		ERROR(BR_ERR_LIMIT_EXCEEDED)
		ERROR(BR_ERR_BAD_FINISHED)
		ERROR(BR_ERR_RESUME_MISMATCH)
		ERROR(BR_ERR_INVALID_ALGORITHM)
		ERROR(BR_ERR_BAD_SIGNATURE)
		ERROR(BR_ERR_WRONG_KEY_USAGE)
		ERROR(BR_ERR_NO_CLIENT_AUTH)
		ERROR(BR_ERR_IO)
		ERROR(BR_ERR_X509_INVALID_VALUE)
		ERROR(BR_ERR_X509_EMPTY_CHAIN)
		ERROR(BR_ERR_X509_UNSUPPORTED)
#undef ERROR
	default:
		return "unknown";
	}
}
