#include "fake_io.h"

#include <stdio.h>
#include <string.h>

static void say(void *to, const char *command, const char *argument)
{
	fake_io *f = to;
	size_t len = strlen(f->said);

	snprintf(f->said + len, sizeof f->said - len, "%s%s%s\n", command, argument != NULL ? " " : "",
		argument != NULL ? argument : "");
}

void fake_io_start(fake_io *f, protocol_id protocol, phase_id phase)
{
	memset(f, 0, sizeof *f);
	findings_init(&f->findings);
	f->io.protocol = protocol;
	f->io.phase = phase;
	f->io.mode = MODE_starttls;
	f->io.client_name = "check.invalid";
	f->io.capabilities = &f->capabilities;
	f->io.findings = &f->findings;
	f->io.say = say;
	f->io.to = f;
}

void fake_io_enter(fake_io *f, phase_id phase)
{
	f->io.phase = phase;
	memset(&f->io.reading.reply, 0, sizeof f->io.reading.reply);
	f->said[0] = '\0';
}

dialog_result fake_io_hear(fake_io *f, const dialog *d, const char *lines)
{
	dialog_result result = DIALOG_MORE;

	while (*lines != '\0' && result == DIALOG_MORE) {
		const char *end = strchr(lines, '\n');
		result = dialog_line(d, &f->io, (const uint8_t *)lines, (size_t)(end - lines));
		lines = end + 1;
	}
	return result;
}

const char *fake_io_found(const fake_io *f)
{
	static char ids[512];

	ids[0] = '\0';
	for (size_t i = 0; i < f->findings.count; i++) {
		size_t len = strlen(ids);
		snprintf(ids + len, sizeof ids - len, "%s%s", len > 0 ? " " : "",
			diagnoses[f->findings.list[i].id].id);
	}
	return ids;
}

const char *fake_io_args(const fake_io *f)
{
	static char args[2048];

	if (f->findings.count == 0) {
		return "";
	}
	snprintf(args, sizeof args, "%.*s", (int)f->findings.list[0].args_len,
		f->findings.args + f->findings.list[0].args);
	return args;
}
