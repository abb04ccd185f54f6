#include "sasl/credentials.h"

#include "base/text.h"
#include "base/wipe.h"

#include <string.h>

/* UTF-8 without control characters, U+0080 to U+009F (C2 80 to C2 9F) included. */
static int is_text(const uint8_t *text, size_t len)
{
	for (size_t i = 0, n; i < len; i += n) {
		n = text_utf8_length(text + i, len - i);
		if (n == 0 || text[i] < 0x20 || text[i] == 0x7F
			|| (n == 2 && text[i] == 0xC2 && text[i + 1] < 0xA0)) {
			return 0;
		}
	}
	return 1;
}

static int keep(char *out, size_t room, const char *text)
{
	size_t len = text == NULL ? 0 : strlen(text);

	if (len == 0 || len >= room || !is_text((const uint8_t *)text, len)) {
		return -1;
	}
	memcpy(out, text, len + 1);
	return 0;
}

static int is_ascii(const char *text)
{
	for (; *text != '\0'; text++) {
		if ((*text & 0x80) != 0) {
			return 0;
		}
	}
	return 1;
}

static int keep_prepared(char *out, size_t room, const char *prepared, const char *plain)
{
	if (prepared != NULL) {
		return keep(out, room, prepared);
	}
	return is_ascii(plain) ? keep(out, room, plain) : 0;
}

int credentials_keep(credentials *c, const given_credentials *from)
{
	memset(c, 0, sizeof *c);
	if (from->user == NULL) {
		return 0;
	}
	if (keep(c->user, sizeof c->user, from->user) != 0
		|| keep(c->password, sizeof c->password, from->password) != 0
		|| keep_prepared(c->prepared_user, sizeof c->prepared_user, from->prepared_user, c->user)
			!= 0
		|| keep_prepared(c->prepared_password, sizeof c->prepared_password, from->prepared_password,
			   c->password)
			!= 0) {
		credentials_wipe(c);
		return -1;
	}
	c->given = 1;
	return 0;
}

void credentials_wipe(credentials *c)
{
	wipe(c, sizeof *c);
}
