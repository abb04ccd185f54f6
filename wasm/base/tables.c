#include "base/tables.h"

#include <string.h>

const service services[SERVICE_COUNT] = {
#define SERVICE(symbol, name, port, protocol, mode, direction)                                     \
	{ name, port, PROTOCOL_##protocol, MODE_##mode, #direction },
#include "services.def"
#undef SERVICE
};

const diagnosis diagnoses[DIAG_COUNT] = {
#define DIAGNOSIS(symbol, id, phase, status, act, who)                                             \
	{ id, PHASE_##phase, STATUS_##status, ACT_##act, who },
#include "diagnoses.def"
#undef DIAGNOSIS
};

const char *phase_name(phase_id phase)
{
	static const char *const names[] = {
#define X(name) #name,
		PHASES(X)
#undef X
	};
	return names[phase];
}

static const char *const mode_names[] = {
#define X(name, text) text,
	MODES(X)
#undef X
};

const char *mode_name(mode_id mode)
{
	return mode_names[mode];
}

const char *protocol_name(protocol_id protocol)
{
	static const char *const names[] = { "smtp", "imap", "pop3" };
	return names[protocol];
}

const char *status_name(status_id status)
{
	static const char *const names[] = { [STATUS_works] = "works",
		[STATUS_works_but] = "works-but",
		[STATUS_not_offered] = "not-offered",
		[STATUS_not_tested] = "not-tested",
		[STATUS_blocked] = "blocked",
		[STATUS_broken] = "broken" };
	return names[status];
}

const char *act_name(act_id act)
{
	static const char *const names[] = {
		[ACT_none] = "none", [ACT_aware] = "aware", [ACT_fix] = "fix"
	};
	return names[act];
}

const service *service_by_name(const char *name)
{
	for (size_t i = 0; i < SERVICE_COUNT; i++) {
		if (strcmp(services[i].name, name) == 0) {
			return &services[i];
		}
	}
	return NULL;
}

mode_id mode_by_name(const char *name)
{
	mode_id mode = 0;
	while (mode < MODE_COUNT && strcmp(mode_names[mode], name) != 0) {
		mode++;
	}
	return mode;
}

diagnosis_id diagnosis_by_id(const char *id)
{
	diagnosis_id i = 0;
	while (i < DIAG_COUNT && strcmp(diagnoses[i].id, id) != 0) {
		i++;
	}
	return i;
}
