/*
 * libFuzzer: the sign-in phase of each protocol, by each way, against any server. Byte 0 picks both; the rest are the
 * server's lines. Whatever comes, what is said ends, and neither a finding nor what a transcript would show of our
 * words has half of the password in it.
 */
#include "base/wipe.h"
#include "dialog/dialog.h"
#include "sasl/repeats.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* No digits of JSON's escapes are in them, which could complete a half that the server has begun. */
static const given_credentials given[] = {
	{ .user = "anni@example.test", .password = "Troumlisk&Xy" },
	{ .user = "j\xC3\xBCrgun@example.test", .password = "gr\xC3\xBC\xC3\x9Fl \xE2\x82\xACxy" },
};
static const uint8_t seed[SCRAM_SEED] = { 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
	7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7 };

static credentials secrets;
static size_t said;

static void must_be_silent(const char *text)
{
	if (repeats_credentials(&secrets, (const uint8_t *)text, strlen(text))) {
		abort();
	}
}

static void say(void *to, const char *command, const char *argument)
{
	(void)to;
	said++;
	must_be_silent(command);
	must_be_silent(argument != NULL ? argument : "");
}

static void say_secret(void *to, const char *line, const char *shown)
{
	(void)to;
	said++;
	if (strpbrk(line, "\r\n") != NULL || strlen(line) + 2 > LIMIT_OUTPUT) {
		abort();
	}
	must_be_silent(shown);
}

static void check_findings(const findings *f)
{
	static char text[1 << 16];
	json out;

	json_init(&out, text, sizeof text);
	json_open(&out, NULL, '{');
	findings_write(f, &out, "findings");
	json_close(&out, '}');
	text[out.len < sizeof text ? out.len : sizeof text - 1] = '\0';
	must_be_silent(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const dialog *const dialogs[] = { &smtp_dialog, &imap_dialog, &pop3_dialog };
	static capabilities offered;
	static findings found;
	static dialog_io io;

	if (size == 0) {
		return 0;
	}
	memset(&io, 0, sizeof io);
	findings_init(&found);
	capabilities_clear(&offered);
	io.protocol = data[0] % 3;
	io.sign_in.way = WAY_scram_sha_256 + data[0] / 3 % (WAY_COUNT - 1);
	io.sign_in.seed = seed;
	int unprepared = data[0] & 0x80 && io.sign_in.way != WAY_scram_sha_256;
	if (credentials_keep(&secrets, &given[unprepared]) != 0
		|| (io.sign_in.way == WAY_command && io.protocol == PROTOCOL_smtp)) {
		return 0;
	}
	if (data[0] & 0x40) {
		capabilities_add(&offered, (const uint8_t *)"SASL-IR", 7);
	}
	io.phase = PHASE_signin;
	io.within_tls = 1;
	io.client_name = "check.invalid";
	io.capabilities = &offered;
	io.findings = &found;
	io.say = say;
	io.say_secret = say_secret;
	io.credentials = &secrets;
	said = 0;
	dialogs[io.protocol]->command(&io);
	dialog_result result = DIALOG_MORE;
	for (size_t at = 1; at < size && result == DIALOG_MORE;) {
		const uint8_t *end = memchr(data + at, '\n', size - at);
		size_t len = end != NULL ? (size_t)(end - data) - at : size - at;
		size_t text = len > 0 && data[at + len - 1] == '\r' ? len - 1 : len;
		result = dialog_line(dialogs[io.protocol], &io, data + at, text);
		at += len + 1;
	}
	/* A command, and no more answers than a mechanism has messages. */
	if (said > 4) {
		abort();
	}
	check_findings(&found);
	credentials_wipe(&secrets);
	return 0;
}
