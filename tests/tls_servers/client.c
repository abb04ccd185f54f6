/*
 * One TLS connection of the core's (tls.h) to a server that was made by others, and what became of it, as JSON:
 *
 *   client PORT NAME ANCHORS.pem TIME [plain] [step=BYTES] [say=TEXT]
 *
 * It connects to 127.0.0.1, says a line when the handshake is complete, hears what comes back up to the end of a
 * line, and closes. What the server sends is given to the core in steps of so many bytes.
 */
#include "base/calendar.h"
#include "drivers/pem.h"
#include "drivers/print.h"
#include "tls/client_hello_scan.h"
#include "tls/tls.h"
#include "x509/judge.h"

#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Far more than any of it takes: so that a server that hangs does not hang the tests. */
enum { PATIENCE_MS = 20000, RETRY_MS = 5, HEARD = 4096 };

typedef struct {
	int fd;
	tls t;
	client_hello_scan listener;
	uint8_t flight[4096];
	size_t step;
	const char *say;
	int said;
	char heard[HEARD];
	size_t heard_len;
	int gone; /* the server closed the connection, or says nothing any more */
	const char *name;
	int64_t time;
	anchors roots;
} connection;

static int connect_to(const char *port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)atoi(port)),
		.sin_addr = { htonl(INADDR_LOOPBACK) },
	};
	const struct timespec moment = { .tv_nsec = 1000000L * RETRY_MS };

	for (int waited = 0; waited < PATIENCE_MS; waited += RETRY_MS) {
		int fd = socket(AF_INET, SOCK_STREAM, 0);
		if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0) {
			return fd;
		}
		close(fd);
		nanosleep(&moment, NULL); /* the server has only just been started */
	}
	fprintf(stderr, "nobody listens at port %s\n", port);
	exit(2);
}

static void send_all(connection *c)
{
	const uint8_t *data;
	size_t len;

	while ((len = tls_to_send(&c->t, &data)) > 0) {
		ssize_t n = send(c->fd, data, len, MSG_NOSIGNAL);
		if (n <= 0) {
			c->gone = 1;
			return;
		}
		tls_sent(&c->t, (size_t)n);
	}
}

static void hear(connection *c)
{
	const uint8_t *text;
	size_t len;

	while ((len = tls_readable(&c->t, &text)) > 0) {
		size_t room = sizeof c->heard - c->heard_len, n = len < room ? len : room;
		memcpy(c->heard + c->heard_len, text, n);
		c->heard_len += n;
		tls_read(&c->t, len);
	}
}

static void receive(connection *c)
{
	uint8_t data[65536];
	struct pollfd ready = { .fd = c->fd, .events = POLLIN };

	if (poll(&ready, 1, PATIENCE_MS) <= 0) {
		c->gone = 1;
		return;
	}
	ssize_t len = recv(c->fd, data, sizeof data, 0);
	if (len <= 0) {
		c->gone = 1;
		return;
	}
	for (size_t at = 0; at < (size_t)len;) {
		size_t step = (size_t)len - at < c->step ? (size_t)len - at : c->step;
		size_t taken = tls_receive(&c->t, data + at, step);
		scan_read(&c->listener, data + at, taken);
		hear(c);
		send_all(c);
		at += taken;
		if (taken == 0 && tls_state(&c->t).outcome > TLS_ESTABLISHED) {
			return;
		}
	}
}

static void say(connection *c)
{
	if (!c->said && tls_writable(&c->t)) {
		tls_write(&c->t, (const uint8_t *)c->say, strlen(c->say));
		c->said = 1;
	}
}

static void talk(connection *c)
{
	while (!c->gone && tls_state(&c->t).outcome <= TLS_ESTABLISHED
		&& memchr(c->heard, '\n', c->heard_len) == NULL) {
		say(c);
		send_all(c);
		receive(c);
	}
	tls_close(&c->t);
	send_all(c);
}

static size_t write_report(const void *arg, char *out, size_t room)
{
	static const char *const outcomes[] = { "handshaking", "established", "closed", "alert",
		"failed" };
	const connection *c = arg;
	tls_status status = tls_state(&c->t);
	uint16_t sealed = tls_scheme(&c->t), scheme = sealed != 0 ? sealed : c->listener.scheme;
	static findings found;
	static chain kept;
	json j;

	findings_init(&found);
	recorder_chain(&c->t.certificates, &kept);
	int trusted = judge_chain(&kept, c->name, c->time, KEY_USE_ANY, &c->roots, NULL, &found);
	json_init(&j, out, room);
	json_open(&j, NULL, '{');
	json_bool(&j, "complete", status.handshake_complete);
	json_string(&j, "outcome", outcomes[status.outcome]);
	json_string(&j, "error",
		status.outcome == TLS_FAILED               ? tls_error_name(status.error)
			: status.outcome == TLS_ALERT_RECEIVED ? tls_alert_name(status.alert)
												   : "");
	json_string(&j, "version", tls_version_name(tls_version(&c->t)));
	json_string(&j, "suite", tls_suite_name(&c->t));
	json_string(&j, "group", tls_group_name(&c->t));
	json_string(&j, "scheme", scheme != 0 ? tls_scheme_by_number(scheme)->name : "");
	json_bool(&j, "retried", tls_retried(&c->t));
	json_bool(&j, "wanted", tls_certificate_wanted(&c->t) || c->listener.certificate_wanted);
	json_bool(&j, "trusted", trusted);
	findings_write(&found, &j, "findings");
	json_text(&j, "heard", c->heard, c->heard_len);
	json_close(&j, '}');
	return j.len;
}

int main(int argc, char **argv)
{
	static connection c = { .step = 1 << 16, .say = "hello\n" };
	uint8_t seed[TLS_SEED];
	int plain = 0;

	if (argc < 5 || pem_load_anchors(argv[3], &c.roots) != 0
		|| calendar_parse(argv[4], &c.time) != 0 || getrandom(seed, sizeof seed, 0) < 0) {
		fprintf(stderr, "usage: see the source\n");
		return 2;
	}
	c.name = argv[2];
	for (int i = 5; i < argc; i++) {
		if (strncmp(argv[i], "step=", 5) == 0) {
			c.step = (size_t)atoi(argv[i] + 5);
		} else if (strncmp(argv[i], "say=", 4) == 0) {
			c.say = argv[i] + 4;
		} else {
			plain |= strcmp(argv[i], "plain") == 0;
		}
	}
	c.fd = connect_to(argv[1]);
	tls_start(&c.t, &(tls_options){ .server_name = c.name, .seed = seed, .plain = plain });
	scan_init(&c.listener, NULL, c.flight, sizeof c.flight);
	talk(&c);
	close(c.fd);
	int status = print_json(write_report, &c);
	free((void *)c.roots.data);
	return status;
}
