/*
 * The servers behind the bridges of bridge.py: one sends so many bytes and closes; each of the others
 * greets with its own number, and says everything again.
 *
 *   target BYTES COUNT      prints the port of the one and those of the others; runs until it is killed
 */
#define _GNU_SOURCE
#include "sockets.h"
#include <string.h>
#include <unistd.h>

#define MOST 64
/* What epoll tells of a connection; below it, of the listening socket with that number. */
#define CONNECTION 0x10000

static void answer(int fd, size_t bytes)
{
	static char block[65536];
	size_t sent = 0;
	while (sent < bytes) {
		size_t next = bytes - sent < sizeof block ? bytes - sent : sizeof block;
		ssize_t taken = send(fd, block, next, MSG_NOSIGNAL);
		if (taken <= 0)
			break;
		sent += (size_t)taken;
	}
	close(fd);
}

static void echo(int fd)
{
	char block[16384];
	ssize_t got = recv(fd, block, sizeof block, 0);
	/* What is not taken at once is lost: nobody here sends so much. */
	if (got <= 0 || send(fd, block, (size_t)got, MSG_NOSIGNAL) != got)
		close(fd);
}

static void greet_all(int epoll, int listener, int number)
{
	char greeting[32];
	int length = snprintf(greeting, sizeof greeting, "220 hello %d\r\n", number);
	int fd;
	while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
		no_delay(fd);
		send(fd, greeting, (size_t)length, MSG_NOSIGNAL);
		watch(epoll, EPOLL_CTL_ADD, fd, EPOLLIN, (void *)(intptr_t)(CONNECTION + fd));
	}
}

int main(int count, char **arguments)
{
	int listeners[MOST + 1], epoll = epoll_create1(0);
	size_t bytes = count == 3 ? strtoul(arguments[1], NULL, 10) : 0;
	int echoes = count == 3 ? atoi(arguments[2]) : 0;
	if (echoes < 1 || echoes > MOST)
		return 2;
	for (int i = 0; i <= echoes; i++) {
		int port;
		listeners[i] = listening(&port);
		watch(epoll, EPOLL_CTL_ADD, listeners[i], EPOLLIN, (void *)(intptr_t)i);
		printf(i ? " %d" : "%d", port);
	}
	puts("");
	fflush(stdout);
	for (;;) {
		struct epoll_event ready[256];
		int many = epoll_wait(epoll, ready, 256, -1);
		for (int i = 0; i < many; i++) {
			int whose = (int)(intptr_t)ready[i].data.ptr;
			if (whose >= CONNECTION) {
				echo(whose - CONNECTION);
			} else if (whose) {
				greet_all(epoll, listeners[whose], whose - 1);
			} else {
				int fd = accept4(listeners[0], NULL, NULL, 0);
				if (fd >= 0)
					answer(fd, bytes);
			}
		}
	}
}
