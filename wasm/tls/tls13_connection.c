#include "tls/tls13_connection.h"

#include "base/wipe.h"
#include "tls/messages.h"

#include <string.h>

/* Nobody needs the secrets any more. */
static void forget(tls13 *t)
{
	wipe(&t->share, sizeof t->share);
	wipe(&t->schedule, sizeof t->schedule);
	wipe(t->client_secret, sizeof t->client_secret);
	wipe(t->server_secret, sizeof t->server_secret);
	wipe(&t->reading, sizeof t->reading);
	wipe(&t->writing, sizeof t->writing);
}

void tls13_send(tls13 *t, uint8_t type, bytes content)
{
	uint8_t *record = t->out + t->out_len;

	if ((t->writes_sealed && t->mute)
		|| sizeof t->out - t->out_len < RECORD_HEADER + content.len + RECORD_EXPANSION) {
		return;
	}
	memcpy(record + RECORD_HEADER, content.p, content.len);
	if (t->writes_sealed) {
		t->out_len += record_seal(&t->writing, type, record, content.len);
		return;
	}
	wire_writer header = { .p = record, .room = RECORD_HEADER };
	wire_put_number(&header, type, 1);
	wire_put_number(&header, TLS_1_2, 2);
	wire_put_number(&header, content.len, 2);
	t->out_len += RECORD_HEADER + content.len;
}

void tls13_send_companion(tls13 *t)
{
	static const uint8_t one[] = { 1 };

	if (!t->companion_sent && !t->mute) {
		tls13_send(t, RECORD_CHANGE_CIPHER_SPEC, (bytes){ one, sizeof one });
	}
	t->companion_sent = 1;
}

void tls13_write_sealed(tls13 *t)
{
	record_protection_start(&t->writing, t->suite, t->client_secret);
	t->writes_sealed = 1;
}

void tls13_send_alert(tls13 *t, int level, int alert)
{
	const uint8_t content[] = { (uint8_t)level, (uint8_t)alert };

	if (t->reads_sealed && !t->writes_sealed && !t->mute) {
		tls13_send_companion(t);
		tls13_write_sealed(t);
	}
	tls13_send(t, RECORD_ALERT, (bytes){ content, sizeof content });
}

void tls13_end(tls13 *t, tls13_state how)
{
	t->state = how;
	t->text_len = 0;
	forget(t);
}

void tls13_fail(tls13 *t, int alert, tls_error error)
{
	tls13_send_alert(t, ALERT_LEVEL_FATAL, alert);
	t->error = error;
	tls13_end(t, TLS13_FAILED);
}
