/*
 * The server behind the bridges of bridge.py: greets and says everything again on one port, and on
 * another sends so many bytes and closes.
 *
 *   target BYTES      prints both ports; runs until it is killed
 */
#define _GNU_SOURCE
#include "sockets.h"
#include <string.h>
#include <unistd.h>

static const char GREETING[] = "220 hello\r\n";

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

int main(int count, char **arguments)
{
	int echo_port, answer_port;
	int epoll = epoll_create1(0), echoes = listening(&echo_port), answers = listening(&answer_port);
	size_t bytes = count == 2 ? strtoul(arguments[1], NULL, 10) : 0;
	watch(epoll, EPOLL_CTL_ADD, echoes, EPOLLIN, &echoes);
	watch(epoll, EPOLL_CTL_ADD, answers, EPOLLIN, &answers);
	printf("%d %d\n", echo_port, answer_port);
	fflush(stdout);
	for (;;) {
		struct epoll_event ready[256];
		int many = epoll_wait(epoll, ready, 256, -1);
		for (int i = 0; i < many; i++) {
			void *whose = ready[i].data.ptr;
			if (whose == &answers) {
				int fd = accept4(answers, NULL, NULL, 0);
				if (fd >= 0)
					answer(fd, bytes);
			} else if (whose == &echoes) {
				int fd;
				while ((fd = accept4(echoes, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
					no_delay(fd);
					send(fd, GREETING, strlen(GREETING), MSG_NOSIGNAL);
					watch(epoll, EPOLL_CTL_ADD, fd, EPOLLIN, (void *)(intptr_t)fd);
				}
			} else {
				echo((int)(intptr_t)whose);
			}
		}
	}
}
