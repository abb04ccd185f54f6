/*
 * The least that carries WebSockets to one TCP server, for bridge.py to compare with: no policy, no
 * limits, no log. Lives only in these tests.
 *
 *   relay TARGET_PORT      prints its port; runs until it is killed
 */
#define _GNU_SOURCE
#include "sockets.h"
#include <bearssl.h>
#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const char GUID[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
#define PIECE 16384

struct side {
	struct pair *pair;
	int fd;
	char *unsent;
	size_t length;
};

struct pair {
	struct side client, target;
	int upgraded, closing, gone;
	char *head; /* of the request, then of a frame */
	size_t held;
	uint64_t left; /* of the frame's payload */
	uint64_t at;
	unsigned char mask[4];
	struct pair *next_gone;
};

static int epoll, target_port;
static struct pair *all_gone;

static void interest(struct side *side, struct side *other)
{
	uint32_t events = other->unsent ? 0 : EPOLLIN;
	watch(epoll, EPOLL_CTL_MOD, side->fd, events | (side->unsent ? EPOLLOUT : 0), side);
}

static void drop(struct pair *pair)
{
	if (pair->gone)
		return;
	pair->gone = 1;
	pair->next_gone = all_gone;
	all_gone = pair;
	close(pair->client.fd);
	if (pair->target.fd >= 0)
		close(pair->target.fd);
}

static void out(struct side *side, const char *data, size_t length)
{
	ssize_t sent = side->unsent ? 0 : send(side->fd, data, length, MSG_NOSIGNAL);
	if (sent < 0)
		sent = 0;
	if ((size_t)sent == length)
		return;
	side->unsent = realloc(side->unsent, side->length + length - (size_t)sent);
	memcpy(side->unsent + side->length, data + sent, length - (size_t)sent);
	side->length += length - (size_t)sent;
}

static void base64(const unsigned char *in, size_t length, char *text)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < length; i += 3) {
		uint32_t bits = (uint32_t)in[i] << 16;
		bits |= i + 1 < length ? (uint32_t)in[i + 1] << 8 : 0;
		bits |= i + 2 < length ? in[i + 2] : 0;
		*text++ = digits[bits >> 18];
		*text++ = digits[bits >> 12 & 63];
		*text++ = i + 1 < length ? digits[bits >> 6 & 63] : '=';
		*text++ = i + 2 < length ? digits[bits & 63] : '=';
	}
	*text = 0;
}

static void upgrade(struct pair *pair)
{
	unsigned char hash[20];
	char accept[32], answer[256];
	br_sha1_context context;
	pair->head[pair->held] = 0;
	char *key = strcasestr(pair->head, "Sec-WebSocket-Key: ");
	if (!key) {
		drop(pair);
		return;
	}
	key += 19;
	br_sha1_init(&context);
	br_sha1_update(&context, key, strcspn(key, "\r"));
	br_sha1_update(&context, GUID, strlen(GUID));
	br_sha1_out(&context, hash);
	base64(hash, sizeof hash, accept);
	int length = snprintf(answer, sizeof answer,
		"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
		"Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
		accept);
	out(&pair->client, answer, (size_t)length);
	pair->upgraded = 1;
	pair->held = 0;
	free(pair->head);
	pair->head = NULL;
	struct sockaddr_in to = loopback(INADDR_LOOPBACK, target_port);
	pair->target.fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	if (pair->target.fd < 0
		|| (connect(pair->target.fd, (struct sockaddr *)&to, sizeof to) < 0
			&& errno != EINPROGRESS)) {
		drop(pair);
		return;
	}
	no_delay(pair->target.fd);
	watch(epoll, EPOLL_CTL_ADD, pair->target.fd, EPOLLIN, &pair->target);
}

/* Bytes of frames to bytes of the target; a Close ends it. */
static void unframe(struct pair *pair, char *data, size_t length)
{
	static unsigned char head[14];
	for (size_t i = 0; i < length && !pair->closing;) {
		if (pair->left) {
			size_t next = length - i < pair->left ? length - i : (size_t)pair->left;
			for (size_t k = 0; k < next; k++)
				data[i + k] ^= (char)pair->mask[pair->at++ & 3];
			out(&pair->target, data + i, next);
			pair->left -= next;
			i += next;
			continue;
		}
		/* A header that is cut in two is not met here: the load sends frames whole. */
		size_t rest = length - i < sizeof head ? length - i : sizeof head;
		memcpy(head, data + i, rest);
		size_t size = head[1] & 0x7f, used = 2;
		if (size == 126) {
			size = (size_t)head[2] << 8 | head[3];
			used = 4;
		}
		memcpy(pair->mask, head + used, 4);
		i += used + 4;
		pair->at = 0;
		if ((head[0] & 0x0f) == 8) {
			out(&pair->client, "\x88\x02\x03\xe8", 4);
			shutdown(pair->client.fd, SHUT_WR);
			pair->closing = 1;
		} else {
			pair->left = size;
		}
	}
}

static void from_client(struct pair *pair)
{
	static char block[PIECE];
	if (!pair->upgraded) {
		if (!pair->head)
			pair->head = malloc(PIECE);
		ssize_t got = recv(pair->client.fd, pair->head + pair->held, PIECE - 1 - pair->held, 0);
		if (got <= 0) {
			drop(pair);
			return;
		}
		pair->held += (size_t)got;
		if (memmem(pair->head, pair->held, "\r\n\r\n", 4))
			upgrade(pair);
		return;
	}
	ssize_t got = recv(pair->client.fd, block, sizeof block, 0);
	if (got <= 0 || pair->closing)
		drop(pair);
	else
		unframe(pair, block, (size_t)got);
	if (pair->closing)
		drop(pair);
}

static void from_target(struct pair *pair)
{
	static char block[4 + PIECE];
	ssize_t got = recv(pair->target.fd, block + 4, PIECE, 0);
	if (got < 0 && errno == EAGAIN)
		return;
	if (got <= 0) {
		out(&pair->client, "\x88\x02\x03\xe8", 4);
		/* What is unsent then is lost, as in every relay that does not wait for it. */
		drop(pair);
		return;
	}
	char *start = block + 2;
	if (got > 125) {
		start = block;
		block[1] = 126;
		block[2] = (char)(got >> 8);
	}
	block[3] = (char)got;
	start[0] = (char)0x82;
	out(&pair->client, start, (size_t)(block + 4 + got - start));
}

static void flush(struct side *side)
{
	ssize_t sent = send(side->fd, side->unsent, side->length, MSG_NOSIGNAL);
	if (sent <= 0)
		return;
	side->length -= (size_t)sent;
	memmove(side->unsent, side->unsent + sent, side->length);
	if (!side->length) {
		free(side->unsent);
		side->unsent = NULL;
	}
}

static void act(struct side *side, uint32_t events)
{
	struct pair *pair = side->pair;
	if (pair->gone)
		return;
	if (events & EPOLLOUT)
		flush(side);
	if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
		if (side == &pair->client)
			from_client(pair);
		else
			from_target(pair);
	}
	if (!pair->gone && pair->upgraded) {
		interest(&pair->client, &pair->target);
		interest(&pair->target, &pair->client);
	}
}

int main(int count, char **arguments)
{
	int port, listener = listening(&port);
	target_port = count == 2 ? atoi(arguments[1]) : 0;
	epoll = epoll_create1(0);
	watch(epoll, EPOLL_CTL_ADD, listener, EPOLLIN, NULL);
	printf("%d\n", port);
	fflush(stdout);
	for (;;) {
		struct epoll_event ready[256];
		int many = epoll_wait(epoll, ready, 256, -1);
		for (int i = 0; i < many; i++) {
			if (ready[i].data.ptr) {
				act(ready[i].data.ptr, ready[i].events);
				continue;
			}
			int fd;
			while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
				struct pair *pair = calloc(1, sizeof *pair);
				pair->client = (struct side){ .pair = pair, .fd = fd };
				pair->target = (struct side){ .pair = pair, .fd = -1 };
				no_delay(fd);
				watch(epoll, EPOLL_CTL_ADD, fd, EPOLLIN, &pair->client);
			}
		}
		while (all_gone) {
			struct pair *pair = all_gone;
			all_gone = pair->next_gone;
			free(pair->client.unsent);
			free(pair->target.unsent);
			free(pair->head);
			free(pair);
		}
	}
}
