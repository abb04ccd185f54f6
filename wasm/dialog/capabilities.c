#include "dialog/capabilities.h"

#include "base/text.h"

#include <string.h>

void capabilities_clear(capabilities *c)
{
	c->count = 0;
	c->used = 0;
	c->dropped = 0;
}

void capabilities_add(capabilities *c, const uint8_t *text, size_t len)
{
	if (len == 0) {
		return;
	}
	if (c->count == LIMIT_CAPABILITIES || len > sizeof c->text - c->used) {
		c->dropped++;
		return;
	}
	c->at[c->count] = (uint16_t)c->used;
	c->len[c->count] = (uint16_t)len;
	memcpy(c->text + c->used, text, len);
	c->used += len;
	c->count++;
}

int capabilities_has(const capabilities *c, const char *word)
{
	for (size_t i = 0; i < c->count; i++) {
		if (text_word(c->text + c->at[i], c->len[i], word)) {
			return 1;
		}
	}
	return 0;
}

int capabilities_masked(const capabilities *c)
{
	for (size_t i = 0; i < c->count; i++) {
		const uint8_t *word = c->text + c->at[i];
		size_t x = 0;
		while (x < c->len[i] && word[x] == 'X') {
			x++;
		}
		/* Some leave the last letter (Cisco: XXXXXXXA), some do not keep the length. */
		if (x >= 7 && c->len[i] >= 8 && c->len[i] <= x + 1) {
			return 1;
		}
	}
	return 0;
}

void capabilities_write(const capabilities *c, json *out, const char *key)
{
	json_open(out, key, '[');
	for (size_t i = 0; i < c->count; i++) {
		json_text(out, NULL, c->text + c->at[i], c->len[i]);
	}
	json_close(out, ']');
}

/* The part of a capability that lists mechanisms, or NULL. */
static const uint8_t *mechanisms(
	const uint8_t *text, size_t len, protocol_id protocol, size_t *rest)
{
	const char *word = protocol == PROTOCOL_pop3 ? "SASL" : "AUTH";

	if (len < 5 || !text_starts(text, len, word)) {
		return NULL;
	}
	int equals = text[4] == '=' && protocol != PROTOCOL_pop3;
	int space = text[4] == ' ' && protocol != PROTOCOL_imap;
	*rest = len - 5;
	return equals || space ? text + 5 : NULL;
}

/* Calls visit() for each mechanism once, in order; AUTH and AUTH= often repeat each other. */
static void each_mechanism(const capabilities *c, protocol_id protocol,
	void (*visit)(void *, const uint8_t *, size_t), void *arg)
{
	struct {
		const uint8_t *p;
		size_t len;
	} seen[LIMIT_CAPABILITIES];
	size_t count = 0;

	for (size_t i = 0; i < c->count; i++) {
		size_t rest = 0, len;
		const uint8_t *p = mechanisms(c->text + c->at[i], c->len[i], protocol, &rest);
		while (p != NULL && (p = text_next_word(p, &rest, &len)) != NULL) {
			size_t j = 0;
			while (j < count && !(seen[j].len == len && text_same(seen[j].p, p, len))) {
				j++;
			}
			if (j == count && count < LIMIT_CAPABILITIES) {
				seen[count].p = p;
				seen[count++].len = len;
				visit(arg, p, len);
			}
			p += len;
		}
	}
}

static void write_mechanism(void *arg, const uint8_t *text, size_t len)
{
	json_text(arg, NULL, text, len);
}

void capabilities_write_auth(
	const capabilities *c, protocol_id protocol, json *out, const char *key)
{
	json_open(out, key, '[');
	each_mechanism(c, protocol, write_mechanism, out);
	json_close(out, ']');
}

typedef struct {
	const char *name;
	int found;
} wanted;

static void compare_mechanism(void *arg, const uint8_t *text, size_t len)
{
	wanted *w = arg;

	w->found |= w->name == NULL || text_is(text, len, w->name);
}

int capabilities_has_mechanism(const capabilities *c, protocol_id protocol, const char *name)
{
	wanted w = { name, 0 };

	each_mechanism(c, protocol, compare_mechanism, &w);
	return w.found;
}

typedef struct {
	json *out;
	int count;
} ways;

static void add_way(ways *w, const uint8_t *text, size_t len)
{
	w->count++;
	if (w->out != NULL) {
		json_text(w->out, NULL, text, len);
	}
}

static void add_password_mechanism(void *arg, const uint8_t *text, size_t len)
{
	if (text_is(text, len, "PLAIN") || text_is(text, len, "LOGIN")) {
		add_way(arg, text, len);
	}
}

int capabilities_write_password_ways(
	const capabilities *c, protocol_id protocol, json *out, const char *key)
{
	ways w = { out, 0 };

	if (out != NULL) {
		json_open(out, key, '[');
	}
	each_mechanism(c, protocol, add_password_mechanism, &w);
	if (protocol == PROTOCOL_imap && c->count != 0 && !capabilities_has(c, "LOGINDISABLED")) {
		add_way(&w, (const uint8_t *)"LOGIN command", 13);
	}
	if (protocol == PROTOCOL_pop3 && capabilities_has(c, "USER")) {
		add_way(&w, (const uint8_t *)"USER command", 12);
	}
	if (out != NULL) {
		json_close(out, ']');
	}
	return w.count;
}
