/*
 * Pumps one probe over a TCP socket and prints its report: see usage(). Exit 0 whenever the probe
 * ended, whatever it found; 2 for misuse. The same loop as the page's, with poll() for WebSockets.
 */
#include "base/calendar.h"
#include "base/wipe.h"
#include "probe.h"
#include "drivers/pem.h"
#include "drivers/print.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int usage(const char *why)
{
	fprintf(stderr,
		"%s\n"
		"usage: drive --service NAME --address IP:PORT --name HOST [--mode "
		"implicit-tls|starttls|cleartext]\n"
		"             [--anchors FILE.pem] [--time RFC3339] [--timeout-scale X]\n"
		"             [--test-pipelining yes] [--deep yes]\n"
		"             [--user U]     (the password is the first line of the standard input)\n"
		"NAME is one of smtp submissions submission imaps pop3s imap pop3.\n",
		why);
	return 2;
}

typedef struct {
	struct sockaddr_storage address;
	socklen_t address_len;
	char text[INET6_ADDRSTRLEN];
	probe_options options;
} task;

typedef struct {
	int fd;
	int opening; /* connect() is under way */
	probe *p;
} conversation;

/* The clock stands still while the probes work (probe.h): since then, and so long in all. */
static struct {
	uint64_t since; /* 0: it goes */
	uint64_t stood;
} standing;

static uint64_t real_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static uint64_t now_ms(void)
{
	return ((standing.since != 0 ? standing.since : real_ns()) - standing.stood) / 1000000;
}

static void clock_stops(void)
{
	standing.since = real_ns();
}

static void clock_goes_on(void)
{
	standing.stood += real_ns() - standing.since;
	standing.since = 0;
}

/* 192.0.2.1:993 or [2001:db8::1]:993 */
static int parse_address(const char *text, task *t)
{
	char host[INET6_ADDRSTRLEN + 2];
	const char *colon = strrchr(text, ':');
	char *end;

	if (colon == NULL || (size_t)(colon - text) >= sizeof host) {
		return -1;
	}
	long port = strtol(colon + 1, &end, 10);
	if (*end != '\0' || colon[1] == '\0' || port < 1 || port > 65535) {
		return -1;
	}
	size_t len = (size_t)(colon - text);
	memcpy(host, text, len);
	host[len] = '\0';
	struct sockaddr_in *v4 = (struct sockaddr_in *)&t->address;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&t->address;
	t->options.port = (uint16_t)port;
	if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons((uint16_t)port);
		t->address_len = sizeof *v4;
	} else if (len > 2 && host[0] == '[' && host[len - 1] == ']') {
		host[len - 1] = '\0';
		memmove(host, host + 1, len);
		if (inet_pton(AF_INET6, host, &v6->sin6_addr) != 1) {
			return -1;
		}
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons((uint16_t)port);
		t->address_len = sizeof *v6;
	} else {
		return -1;
	}
	strcpy(t->text, host);
	t->options.address = t->text;
	return 0;
}

static diagnosis_id why(int error)
{
	switch (error) {
	case ECONNREFUSED:
		return DIAG_connect_refused;
	case ETIMEDOUT:
		return DIAG_connect_timeout;
	case ECONNRESET:
	case EPIPE:
		return DIAG_connect_reset;
	default:
		return DIAG_connect_unreachable;
	}
}

static probe *new_probe(uint8_t seed[PROBE_SEED])
{
	probe *p = malloc(probe_size());

	if (p == NULL || getrandom(seed, PROBE_SEED, 0) != PROBE_SEED) {
		perror("drive");
		exit(1);
	}
	return p;
}

static void connected(conversation *c)
{
	struct sockaddr_storage local;
	socklen_t len = sizeof local;
	char text[INET6_ADDRSTRLEN];

	if (getsockname(c->fd, (struct sockaddr *)&local, &len) == 0) {
		const void *ip = local.ss_family == AF_INET
			? (const void *)&((struct sockaddr_in *)&local)->sin_addr
			: (const void *)&((struct sockaddr_in6 *)&local)->sin6_addr;
		if (inet_ntop(local.ss_family, ip, text, sizeof text) != NULL) {
			probe_local_address(c->p, text);
		}
	}
	probe_connected(c->p, now_ms());
}

static void open_connection(conversation *c, const task *t)
{
	c->opening = 0;
	c->fd = socket(t->address.ss_family, SOCK_STREAM, 0);
	if (c->fd < 0) {
		probe_transport_failed(c->p, why(errno), NULL, now_ms());
		return;
	}
	fcntl(c->fd, F_SETFL, O_NONBLOCK);
	if (connect(c->fd, (const struct sockaddr *)&t->address, t->address_len) == 0) {
		connected(c);
	} else if (errno == EINPROGRESS) {
		c->opening = 1;
	} else {
		probe_transport_failed(c->p, why(errno), NULL, now_ms());
	}
}

static void begin(conversation *c, task *t)
{
	c->p = new_probe(t->options.seed);
	if (probe_start(c->p, &t->options, now_ms()) != 0) {
		exit(usage("an option is out of range"));
	}
	open_connection(c, t);
}

static void begin_second(conversation *c, conversation *first, const task *t)
{
	uint8_t seed[PROBE_SEED];

	c->p = new_probe(seed);
	probe_start_second(first->p, c->p, seed, now_ms());
	open_connection(c, t);
}

static void opened(conversation *c)
{
	int error = 0;
	socklen_t len = sizeof error;

	c->opening = 0;
	getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &len);
	if (error == 0) {
		connected(c);
	} else {
		probe_transport_failed(c->p, why(error), NULL, now_ms());
	}
}

static void do_send(conversation *c)
{
	size_t len;
	const uint8_t *data = probe_send_buf(c->p, &len);
	ssize_t n = send(c->fd, data, len, MSG_NOSIGNAL);

	if (n > 0) {
		probe_send_ack(c->p, (size_t)n, now_ms());
	} else if (n < 0 && errno != EAGAIN && errno != EINTR) {
		probe_transport_failed(c->p, why(errno), NULL, now_ms());
	}
}

static void do_receive(conversation *c)
{
	size_t room;
	uint8_t *buf = probe_recv_buf(c->p, &room);
	ssize_t n = recv(c->fd, buf, room, 0);

	if (n > 0) {
		probe_recv_ack(c->p, (size_t)n, now_ms());
	} else if (n == 0) {
		probe_peer_closed(c->p, now_ms());
	} else if (errno != EAGAIN && errno != EINTR) {
		probe_transport_failed(c->p, why(errno), NULL, now_ms());
	}
}

static void serve(conversation *c, short revents)
{
	if (revents == 0) {
		probe_tick(c->p, now_ms());
		return;
	}
	if (c->opening) {
		opened(c);
		return;
	}
	/* What the server said before it broke off counts: read first. */
	if (revents & (POLLIN | POLLHUP | POLLERR)) {
		do_receive(c);
	}
	if ((revents & POLLOUT) && (probe_state(c->p) & PROBE_SEND)) {
		do_send(c);
	}
	probe_tick(c->p, now_ms());
}

static void end(conversation *c)
{
	if (c->fd >= 0) {
		close(c->fd);
	}
	probe_wipe(c->p);
	free(c->p);
	c->p = NULL;
}

/* Begins what the first asks for, and tells it what the second has met. */
static void attend_second(conversation *first, conversation *second, const task *t)
{
	if (second->p != NULL) {
		int done = (probe_state(second->p) & PROBE_DONE) != 0;
		if (done || probe_saw_tls(second->p)) {
			probe_heard(first->p, second->p, now_ms());
		}
		if (done) {
			end(second);
		}
	}
	if (second->p == NULL && (probe_state(first->p) & PROBE_SECOND)) {
		begin_second(second, first, t);
	}
}

/* Both conversations until the first is done. */
static void pump(conversation *first, conversation *second, const task *t)
{
	for (;;) {
		conversation *all[2] = { first, second };
		struct pollfd fds[2];
		uint64_t until = UINT64_MAX;

		attend_second(first, second, t);
		if (probe_state(first->p) & PROBE_DONE) {
			return;
		}
		for (int i = 0; i < 2; i++) {
			conversation *c = all[i];
			fds[i].fd = -1;
			fds[i].events = fds[i].revents = 0;
			if (c->p == NULL) {
				continue;
			}
			unsigned state = probe_state(c->p);
			fds[i].events = (short)(c->opening || (state & PROBE_SEND) ? POLLOUT : 0);
			fds[i].events |= (short)(state & PROBE_RECV ? POLLIN : 0);
			/* A connection that nothing is wanted of would only wake us with its end. */
			fds[i].fd = fds[i].events != 0 ? c->fd : -1;
			uint64_t next = probe_next_deadline(c->p);
			until = next < until ? next : until;
		}
		uint64_t now = now_ms();
		uint64_t wait = until > now ? until - now : 0;
		if (poll(fds, 2, wait > 60000 ? 60000 : (int)wait) < 0 && errno != EINTR) {
			perror("poll");
			exit(1);
		}
		clock_stops();
		for (int i = 0; i < 2; i++) {
			if (all[i]->p != NULL) {
				serve(all[i], fds[i].revents);
			}
		}
		clock_goes_on();
	}
}

/* Mozilla's set, packed beside this program's folder by the build. */
static const char *default_roots(void)
{
	static char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 32);

	if (n <= 0) {
		return NULL;
	}
	path[n] = '\0';
	for (int up = 0; up < 2; up++) {
		char *slash = strrchr(path, '/');
		if (slash == NULL) {
			return NULL;
		}
		*slash = '\0';
	}
	strcat(path, "/roots.bin");
	return access(path, R_OK) == 0 ? path : NULL;
}

static int read_options(int argc, char **argv, task *t, const char **roots_path)
{
	const char *mode = NULL, *address = NULL;
	probe_options *o = &t->options;

	for (int i = 1; i < argc; i += 2) {
		const char *option = argv[i], *value = i + 1 < argc ? argv[i + 1] : NULL;
		if (value == NULL) {
			return usage("an option lacks its value");
		}
		if (strcmp(option, "--service") == 0) {
			o->service = service_by_name(value);
			if (o->service == NULL) {
				return usage("--service is not a mail service");
			}
		} else if (strcmp(option, "--address") == 0) {
			address = value;
		} else if (strcmp(option, "--name") == 0) {
			o->server_name = value;
		} else if (strcmp(option, "--mode") == 0) {
			mode = value;
		} else if (strcmp(option, "--anchors") == 0) {
			*roots_path = value;
		} else if (strcmp(option, "--time") == 0) {
			if (calendar_parse(value, &o->unix_time) != 0) {
				return usage("--time is not RFC 3339, like 2026-01-31T12:00:00Z");
			}
		} else if (strcmp(option, "--test-pipelining") == 0 || strcmp(option, "--deep") == 0) {
			if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0) {
				return usage("--test-pipelining and --deep are yes or no");
			}
			*(option[2] == 'd' ? &o->deep : &o->test_pipelining) = value[0] == 'y';
		} else if (strcmp(option, "--user") == 0) {
			o->credentials.user = value;
		} else if (strcmp(option, "--timeout-scale") == 0) {
			char *rest;
			double scale = strtod(value, &rest);
			if (*rest != '\0' || !(scale >= 0.001 && scale <= 100)) {
				return usage("--timeout-scale is a number from 0.001 to 100");
			}
			o->timeout_permille = (unsigned)(scale * 1000 + 0.5);
		} else {
			return usage("unknown option");
		}
	}
	if (o->service == NULL || address == NULL || o->server_name == NULL) {
		return usage("--service, --address and --name are needed");
	}
	if (parse_address(address, t) != 0) {
		return usage("--address is an IP address and a port: 192.0.2.1:993 or [2001:db8::1]:993");
	}
	o->mode = mode == NULL ? o->service->mode : mode_by_name(mode);
	return o->mode == MODE_COUNT ? usage("--mode is implicit-tls, starttls or cleartext") : 0;
}

/* The first line of the standard input, without its ending: 0, or -1 where there is none, or too much. */
static int read_password(char *out, size_t room)
{
	if (fgets(out, (int)room, stdin) == NULL) {
		return -1;
	}
	size_t len = strcspn(out, "\r\n");
	int whole = out[len] != '\0' || feof(stdin);
	out[len] = '\0';
	return whole && len > 0 ? 0 : -1;
}

static size_t report(const void *p, char *out, size_t room)
{
	return probe_report(p, out, room);
}

int main(int argc, char **argv)
{
	static task t;
	static signature_cache signatures;
	static char password[LIMIT_PASSWORD + 2];
	const char *roots_path = NULL;
	conversation first = { -1, 0, NULL }, second = { -1, 0, NULL };

	t.options.client_name = "check.invalid";
	t.options.unix_time = (int64_t)time(NULL);
	t.options.timeout_permille = 1000;
	int misuse = read_options(argc, argv, &t, &roots_path);
	if (misuse != 0) {
		return misuse;
	}
	if (t.options.credentials.user != NULL) {
		if (read_password(password, sizeof password) != 0) {
			return usage("--user wants a password, as one line, on the standard input");
		}
		t.options.credentials.password = password;
	}
	if (roots_path == NULL) {
		roots_path = default_roots();
	}
	if (roots_path != NULL && pem_load_anchors(roots_path, &t.options.roots) != 0) {
		return 2;
	}
	t.options.signatures = &signatures;
	signal(SIGPIPE, SIG_IGN);
	begin(&first, &t);
	wipe(password, sizeof password);
	pump(&first, &second, &t);

	int failed = print_json(report, first.p);
	if (second.p != NULL) {
		end(&second);
	}
	end(&first);
	free((void *)t.options.roots.data);
	return failed ? 1 : 0;
}
