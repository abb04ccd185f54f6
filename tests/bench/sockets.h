/* What the programs of bridge.py share: sockets of loopback, and epoll. */
#ifndef SOCKETS_H
#define SOCKETS_H

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>

static inline struct sockaddr_in loopback(uint32_t host, int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	address.sin_addr.s_addr = htonl(host);
	return address;
}

static inline void must(int result, const char *what)
{
	if (result >= 0)
		return;
	perror(what);
	exit(1);
}

/* A listening socket on a free port of 127.0.0.1, which it tells. */
static inline int listening(int *port)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	struct sockaddr_in address = loopback(INADDR_LOOPBACK, 0);
	socklen_t length = sizeof address;
	must(fd, "socket");
	must(bind(fd, (struct sockaddr *)&address, length), "bind");
	must(listen(fd, 4096), "listen");
	must(getsockname(fd, (struct sockaddr *)&address, &length), "getsockname");
	*port = ntohs(address.sin_port);
	return fd;
}

static inline void no_delay(int fd)
{
	int on = 1;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static inline void watch(int epoll, int operation, int fd, uint32_t events, void *whose)
{
	struct epoll_event event = { .events = events, .data.ptr = whose };
	must(epoll_ctl(epoll, operation, fd, &event), "epoll_ctl");
}

#endif
