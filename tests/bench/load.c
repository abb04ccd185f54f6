/*
 * WebSocket conversations one after the other, and several at once: each is upgraded, hears its
 * server's greeting, closes, and waits for the end.
 *
 *   load PORT PATH TARGETS COUNT AT_ONCE [HEADER]
 *
 * A `%` in the path is the number of the server, all in turn. Prints how many came to that end, how many
 * heard another server's greeting, and how many none. Each has one of a thousand addresses of loopback, as
 * clients have.
 */
#define _GNU_SOURCE
#include "sockets.h"
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

static const unsigned char CLOSE_FRAME[] = { 0x88, 0x82, 1, 2, 3, 4, 0x03 ^ 1, 0xe8 ^ 2 };
#define CLIENTS 1000

struct visit {
	int fd;
	int target;
	int asked, greeted, strayed;
	size_t held;
	char heard[2048];
};

static int epoll, port, targets;
static const char *path, *header;
static long started, finished, strayed, failed;

static int say_hello(struct visit *visit)
{
	char request[8192];
	const char *number = strchr(path, '%');
	int before = number ? (int)(number - path) : (int)strlen(path);
	char target[12] = "";
	if (number)
		snprintf(target, sizeof target, "%d", visit->target);
	int length = snprintf(request, sizeof request,
		"GET %.*s%s%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\n"
		"User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.0.0\r\n"
		"Upgrade: websocket\r\nOrigin: http://127.0.0.1:%d\r\nSec-WebSocket-Version: 13\r\n"
		"Accept-Encoding: gzip, deflate, br\r\nAccept-Language: en-US,en;q=0.9\r\n"
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s%s\r\n",
		before, path, target, number ? number + 1 : "", port, port, header, *header ? "\r\n" : "");
	return send(visit->fd, request, (size_t)length, MSG_NOSIGNAL) == length;
}

/* Whose greeting was heard: -1 while that is open. */
static int heard_from(const struct visit *visit)
{
	static const char greeting[] = "220 hello ";
	const char *end = visit->heard + visit->held;
	const char *at = memmem(visit->heard, visit->held, greeting, strlen(greeting));
	if (!at || !memchr(at, '\n', (size_t)(end - at)))
		return -1;
	return atoi(at + strlen(greeting));
}

static void begin(struct visit *visit)
{
	struct sockaddr_in to = loopback(INADDR_LOOPBACK, port);
	uint32_t client = (uint32_t)(started++ % CLIENTS);
	struct sockaddr_in from = loopback(0x7f010001u + (client / 250 << 8) + client % 250, 0);
	memset(visit, 0, offsetof(struct visit, heard));
	visit->target = (int)(started % targets);
	visit->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	must(visit->fd, "socket");
	must(bind(visit->fd, (struct sockaddr *)&from, sizeof from), "bind");
	if (connect(visit->fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS)
		must(-1, "connect");
	watch(epoll, EPOLL_CTL_ADD, visit->fd, EPOLLOUT, visit);
}

/* Whether the visit is over. */
static int go_on(struct visit *visit)
{
	if (!visit->asked) {
		if (!say_hello(visit))
			return 1;
		visit->asked = 1;
		watch(epoll, EPOLL_CTL_MOD, visit->fd, EPOLLIN, visit);
		return 0;
	}
	size_t room = sizeof visit->heard - visit->held;
	ssize_t got = recv(visit->fd, visit->heard + visit->held, room, 0);
	if (got <= 0)
		return !(got < 0 && errno == EAGAIN);
	visit->held += (size_t)got;
	int who = visit->greeted ? -1 : heard_from(visit);
	if (who >= 0) {
		visit->greeted = 1;
		visit->strayed = who != visit->target;
		if (send(visit->fd, CLOSE_FRAME, sizeof CLOSE_FRAME, MSG_NOSIGNAL) < 0)
			return 1;
	}
	return visit->held == sizeof visit->heard;
}

int main(int count, char **arguments)
{
	if (count < 6 || (targets = atoi(arguments[3])) < 1)
		return 2;
	port = atoi(arguments[1]);
	path = arguments[2];
	header = count > 6 ? arguments[6] : "";
	long wanted = atol(arguments[4]), at_once = atol(arguments[5]);
	epoll = epoll_create1(0);
	struct visit *visits = calloc((size_t)at_once, sizeof *visits);
	for (long i = 0; i < at_once && started < wanted; i++)
		begin(&visits[i]);
	while (finished + strayed + failed < wanted) {
		struct epoll_event ready[256];
		int many = epoll_wait(epoll, ready, 256, 20000);
		if (many <= 0)
			break;
		for (int i = 0; i < many; i++) {
			struct visit *visit = ready[i].data.ptr;
			if (!go_on(visit))
				continue;
			if (visit->strayed)
				strayed++;
			else if (visit->greeted)
				finished++;
			else
				failed++;
			close(visit->fd);
			if (started < wanted)
				begin(visit);
		}
	}
	printf("%ld %ld %ld\n", finished, strayed, wanted - finished - strayed);
	return 0;
}
