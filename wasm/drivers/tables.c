/* Prints the tables as JSON, for the page, the bridge and the tests: `tables > tables.json`. */
#include "base/json.h"
#include "base/limits.h"
#include "base/tables.h"
#include "drivers/print.h"
#include "exports.h"

static const struct {
	unsigned code;
	const char *id;
	int finding; /* -1: none */
	const char *sentence;
} closes[] = {
#define DIAG_none DIAG_COUNT
#define CLOSE(code, id, finding, sentence) { code, id, DIAG_##finding, sentence },
#include "closes.def"
#undef CLOSE
#undef DIAG_none
};

static void write_registry_labels(json *out)
{
	static const char *const labels[] = {
#define REGISTRY_LABEL(label) label,
#include "registries.def"
#undef REGISTRY_LABEL
	};

	json_open(out, "registry_labels", '[');
	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
		json_string(out, NULL, labels[i]);
	}
	json_close(out, ']');
}

static void write_services(json *out)
{
	json_open(out, "services", '[');
	for (size_t i = 0; i < SERVICE_COUNT; i++) {
		json_open(out, NULL, '{');
		json_string(out, "name", services[i].name);
		json_int(out, "port", services[i].port);
		json_string(out, "protocol", protocol_name(services[i].protocol));
		json_string(out, "mode", mode_name(services[i].mode));
		json_string(out, "direction", services[i].direction);
		json_close(out, '}');
	}
	json_close(out, ']');
}

static void write_diagnoses(json *out)
{
	static const struct {
		unsigned bit;
		const char *name;
	} who[] = { { YOU, "you" }, { PROVIDER, "provider" }, { NETWORK, "network" } };

	json_open(out, "diagnoses", '[');
	for (size_t i = 0; i < DIAG_COUNT; i++) {
		json_open(out, NULL, '{');
		json_string(out, "id", diagnoses[i].id);
		json_string(out, "phase", phase_name(diagnoses[i].phase));
		json_string(out, "status", status_name(diagnoses[i].status));
		json_string(out, "act", act_name(diagnoses[i].act));
		json_open(out, "who", '[');
		for (size_t j = 0; j < sizeof who / sizeof who[0]; j++) {
			if (diagnoses[i].who & who[j].bit) {
				json_string(out, NULL, who[j].name);
			}
		}
		json_close(out, ']');
		json_close(out, '}');
	}
	json_close(out, ']');
}

static void write_closes(json *out)
{
	json_open(out, "closes", '[');
	for (size_t i = 0; i < sizeof closes / sizeof closes[0]; i++) {
		json_open(out, NULL, '{');
		json_int(out, "code", closes[i].code);
		json_string(out, "id", closes[i].id);
		if (closes[i].finding == DIAG_COUNT) {
			json_null(out, "finding");
		} else {
			json_string(out, "finding", diagnoses[closes[i].finding].id);
		}
		json_string(out, "sentence", closes[i].sentence);
		json_close(out, '}');
	}
	json_close(out, ']');
}

/* What web/scan/core.js has to know of the module's functions. */
static void write_core(json *out)
{
	static const struct {
		const char *name, *type;
		size_t offset;
	} fields[] = {
#define FIELD(type, name) { #name, #type, offsetof(mpc_options, name) },
		MPC_OPTIONS(FIELD)
#undef FIELD
	};

	json_open(out, "core", '{');
	json_open(out, "state", '{');
	json_int(out, "send", PROBE_SEND);
	json_int(out, "receive", PROBE_RECV);
	json_int(out, "second", PROBE_SECOND);
	json_int(out, "done", PROBE_DONE);
	json_int(out, "anchors", PROBE_ANCHORS);
	json_int(out, "tls12", PROBE_TLS12);
	json_close(out, '}');
	json_int(out, "seed_bytes", PROBE_SEED);
	json_int(out, "anchor_name", ANCHOR_NAME);
	json_int(out, "anchor_names", ANCHOR_NAMES_MAX);
	json_open(out, "options", '{');
	json_int(out, "size", sizeof(mpc_options));
	json_open(out, "fields", '[');
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		json_open(out, NULL, '{');
		json_string(out, "name", fields[i].name);
		json_string(out, "type", fields[i].type);
		json_int(out, "offset", (int64_t)fields[i].offset);
		json_close(out, '}');
	}
	json_close(out, ']');
	json_close(out, '}');
	json_close(out, '}');
}

static size_t write_all(const void *arg, char *text, size_t room)
{
	json writer, *out = &writer;

	(void)arg; /* the tables are all there is */
	json_init(out, text, room);
	json_open(out, NULL, '{');
	json_int(out, "version", 1);
	json_open(out, "phases", '[');
	for (phase_id i = 0; i < PHASE_COUNT; i++) {
		json_string(out, NULL, phase_name(i));
	}
	json_close(out, ']');
	json_open(out, "modes", '[');
	for (mode_id i = 0; i < MODE_COUNT; i++) {
		json_string(out, NULL, mode_name(i));
	}
	json_close(out, ']');
	write_services(out);
	write_diagnoses(out);
	write_closes(out);
	write_registry_labels(out);
	write_core(out);
	json_open(out, "limits", '{');
	json_int(out, "connect_ms", LIMIT_CONNECT_MS);
	json_int(out, "greeting_ms", LIMIT_GREETING_MS);
	json_int(out, "greeting_slow_ms", LIMIT_GREETING_SLOW_MS);
	json_int(out, "whole_ms", LIMIT_WHOLE_MS);
	json_int(out, "user_bytes", LIMIT_USER - 1);
	json_int(out, "password_bytes", LIMIT_PASSWORD - 1);
	json_int(out, "judgement_ms", LIMIT_JUDGEMENT_NS / 1000000);
	json_close(out, '}');
	json_close(out, '}');
	return out->len;
}

int main(void)
{
	return print_json(write_all, NULL);
}
