#include "x509/dns_name.h"

#include "base/text.h"

#include <string.h>

/* RFC 1034 3.1: of a name in a request; those on certificates have none (RFC 5280 4.2.1.6). */
static bytes without_final_dot(bytes name)
{
	if (name.len > 0 && name.p[name.len - 1] == '.') {
		name.len--;
	}
	return name;
}

int dns_matches(bytes pattern, bytes host)
{
	host = without_final_dot(host);
	if (host.len == 0) {
		return 0;
	}
	if (pattern.len == host.len && text_same(pattern.p, host.p, host.len)) {
		return memchr(pattern.p, '*', pattern.len) == NULL;
	}
	if (pattern.len < 3 || pattern.p[0] != '*' || pattern.p[1] != '.') {
		return 0;
	}
	bytes rest = { pattern.p + 1, pattern.len - 1 }; /* ".example.org" */
	/* `*.org` would cover everyone's domain, and a second `*` is no name. */
	if (memchr(rest.p + 1, '.', rest.len - 1) == NULL || memchr(rest.p, '*', rest.len) != NULL) {
		return 0;
	}
	const uint8_t *dot = memchr(host.p, '.', host.len);
	size_t label = dot != NULL ? (size_t)(dot - host.p) : host.len;
	return label != 0 && host.len - label == rest.len && text_same(dot, rest.p, rest.len);
}

static int letter_or_digit(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static int label_well_formed(bytes label)
{
	for (size_t i = 0; i < label.len; i++) {
		if (!letter_or_digit(label.p[i]) && label.p[i] != '-') {
			return 0;
		}
	}
	return label.len > 0 && label.len <= 63 && label.p[0] != '-' && label.p[label.len - 1] != '-';
}

/* Takes the first label off a name. */
static bytes take_label(bytes *name)
{
	const uint8_t *dot = name->len != 0 ? memchr(name->p, '.', name->len) : NULL;
	bytes label = { name->p, dot != NULL ? (size_t)(dot - name->p) : name->len };
	size_t step = label.len + (dot != NULL);
	name->p += step;
	name->len -= step;
	return label;
}

static int is_star(bytes label)
{
	return label.len == 1 && label.p[0] == '*';
}

int dns_well_formed(bytes name)
{
	bytes label = { NULL, 0 };
	int final_dot = name.len != 0 && name.p[name.len - 1] == '.';

	if (name.len == 0 || name.len > 253 || final_dot) {
		return 0;
	}
	for (size_t n = 0; name.len != 0; n++) {
		label = take_label(&name);
		if (!(n == 0 && name.len != 0 && is_star(label)) && !label_well_formed(label)) {
			return 0;
		}
	}
	/* No top-level domain is a number: this is an address in the wrong place. */
	return label.p[label.len - 1] > '9';
}

/*
 * The whole public suffix list would be half as much again as the core; a certificate above one of
 * the others is for its owner to get.
 */
static int registry_label(bytes label)
{
	static const char *const labels[] = {
#define REGISTRY_LABEL(label) label,
#include "registries.def"
#undef REGISTRY_LABEL
	};

	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
		if (label.len == strlen(labels[i])
			&& text_same(label.p, (const uint8_t *)labels[i], label.len)) {
			return 1;
		}
	}
	return 0;
}

int dns_public_suffix_wildcard(bytes name)
{
	return is_star(take_label(&name)) && registry_label(take_label(&name)) && name.len == 2;
}

int dns_within(bytes name, bytes base)
{
	base = without_final_dot(base);
	name = without_final_dot(name);
	if (base.len == 0) {
		return 1;
	}
	int only_below = base.p[0] == '.'; /* not in RFC 5280 for hosts, but in use */
	if (name.len < base.len || !text_same(name.p + name.len - base.len, base.p, base.len)) {
		return 0;
	}
	return only_below ? name.len > base.len
					  : name.len == base.len || name.p[name.len - base.len - 1] == '.';
}

int dns_wildcard_reaches(bytes name, bytes base)
{
	if (name.len < 2 || name.p[0] != '*') {
		return 0;
	}
	bytes zone = { name.p + 2, name.len - 2 };
	return dns_within(base, zone);
}
