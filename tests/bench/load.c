/*
 * WebSocket conversations one after the other, and several at once: each is upgraded, hears its
 * server's greeting, closes, and waits for the end.
 *
 *   load PORT PATH COUNT AT_ONCE [HEADER]     prints how many came to that end, and how many did not
 *
 * Each has one of a thousand addresses of loopback, as clients have.
 */
#define _GNU_SOURCE
#include "sockets.h"
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

static const unsigned char CLOSE_FRAME[] = { 0x88, 0x82, 1, 2, 3, 4, 0x03 ^ 1, 0xe8 ^ 2 };
static const char GREETING[] = "220 hello\r\n";
#define CLIENTS 1000

struct visit {
	int fd;
	int asked, greeted;
	size_t held;
	char heard[2048];
};

static int epoll, port;
static char request[8192];
static long started, finished, failed;

static void begin(struct visit *visit)
{
	struct sockaddr_in to = loopback(INADDR_LOOPBACK, port);
	uint32_t client = (uint32_t)(started++ % CLIENTS);
	struct sockaddr_in from = loopback(0x7f010001u + (client / 250 << 8) + client % 250, 0);
	memset(visit, 0, offsetof(struct visit, heard));
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
		size_t length = strlen(request);
		if (send(visit->fd, request, length, MSG_NOSIGNAL) != (ssize_t)length)
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
	if (!visit->greeted && memmem(visit->heard, visit->held, GREETING, strlen(GREETING))) {
		visit->greeted = 1;
		if (send(visit->fd, CLOSE_FRAME, sizeof CLOSE_FRAME, MSG_NOSIGNAL) < 0)
			return 1;
	}
	return visit->held == sizeof visit->heard;
}

int main(int count, char **arguments)
{
	if (count < 5)
		return 2;
	port = atoi(arguments[1]);
	long wanted = atol(arguments[3]), at_once = atol(arguments[4]);
	snprintf(request, sizeof request,
		"GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\n"
		"User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.0.0\r\n"
		"Upgrade: websocket\r\nOrigin: http://127.0.0.1:%d\r\nSec-WebSocket-Version: 13\r\n"
		"Accept-Encoding: gzip, deflate, br\r\nAccept-Language: en-US,en;q=0.9\r\n"
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s%s\r\n",
		arguments[2], port, port, count > 5 ? arguments[5] : "", count > 5 ? "\r\n" : "");
	epoll = epoll_create1(0);
	struct visit *visits = calloc((size_t)at_once, sizeof *visits);
	for (long i = 0; i < at_once && started < wanted; i++)
		begin(&visits[i]);
	while (finished + failed < wanted) {
		struct epoll_event ready[256];
		int many = epoll_wait(epoll, ready, 256, 20000);
		if (many <= 0)
			break;
		for (int i = 0; i < many; i++) {
			struct visit *visit = ready[i].data.ptr;
			if (!go_on(visit))
				continue;
			if (visit->greeted)
				finished++;
			else
				failed++;
			close(visit->fd);
			if (started < wanted)
				begin(visit);
		}
	}
	printf("%ld %ld\n", finished, wanted - finished);
	return 0;
}
