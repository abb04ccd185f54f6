#include "x509/names.h"

#include "base/limits.h"
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

/* --- IP literals --- */

static size_t parse_ipv4(const char *s, uint8_t *out)
{
	for (int i = 0; i < 4; i++) {
		int value = 0, digits = 0;
		for (; *s >= '0' && *s <= '9' && digits < 4; s++, digits++) {
			value = value * 10 + (*s - '0');
		}
		if (digits == 0 || digits > 3 || value > 255 || *s != (i < 3 ? '.' : '\0')) {
			return 0;
		}
		out[i] = (uint8_t)value;
		s++;
	}
	return 4;
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0'
		: c >= 'a' && c <= 'f'  ? c - 'a' + 10
		: c >= 'A' && c <= 'F'  ? c - 'A' + 10
								: -1;
}

static size_t parse_ipv6(const char *s, uint8_t *out)
{
	uint8_t part[16];
	size_t len = 0, gap = 17;

	if (s[0] == ':' && s[1] == ':') {
		gap = 0;
		s += 2;
	}
	while (*s != '\0') {
		if (strchr(s, ':') == NULL && strchr(s, '.') != NULL) {
			if (len > 12 || parse_ipv4(s, part + len) == 0) {
				return 0;
			}
			len += 4;
			break;
		}
		int value = 0, digits = 0;
		for (; hex_digit(*s) >= 0 && digits < 4; s++, digits++) {
			value = value << 4 | hex_digit(*s);
		}
		if (digits == 0 || len > 14) {
			return 0;
		}
		part[len++] = (uint8_t)(value >> 8);
		part[len++] = (uint8_t)value;
		if (*s == ':' && s[1] == ':' && gap == 17) {
			gap = len;
			s += 2;
		} else if (*s == ':' && s[1] != '\0' && s[1] != ':') {
			s++;
		} else if (*s != '\0') {
			return 0;
		}
	}
	if (gap == 17 ? len != 16 : len > 14) {
		return 0;
	}
	size_t head = gap == 17 ? len : gap;
	memset(out, 0, 16);
	memcpy(out, part, head);
	memcpy(out + 16 - (len - head), part + head, len - head);
	return 16;
}

size_t names_parse_ip(const char *text, uint8_t out[16])
{
	size_t len = parse_ipv4(text, out);
	return len != 0 ? len : strchr(text, ':') != NULL ? parse_ipv6(text, out) : 0;
}

/* --- matching a host --- */

static int matches_dns(bytes pattern, bytes host)
{
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

int names_match(const certificate *c, const char *host)
{
	uint8_t ip[16];
	size_t ip_len = names_parse_ip(host, ip);
	bytes name = { (const uint8_t *)host, strlen(host) };
	bytes address = { ip, ip_len };
	der d = der_over(c->alt_names);

	name = without_final_dot(name);
	while (!der_done(&d)) {
		int tag = 0;
		bytes value = der_any(&d, &tag, NULL);
		if (ip_len != 0 ? tag == NAME_IP && bytes_equal(value, address)
						: tag == NAME_DNS && name.len != 0 && matches_dns(value, name)) {
			return 1;
		}
	}
	return 0;
}

int names_any(const certificate *c)
{
	der d = der_over(c->alt_names);
	while (!der_done(&d)) {
		int tag = 0;
		der_any(&d, &tag, NULL);
		if (tag == NAME_DNS || tag == NAME_IP) {
			return 1;
		}
	}
	return 0;
}

/* --- the form of names --- */

static int letter_or_digit(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static int label_in_order(bytes label)
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

static int dns_in_order(bytes name)
{
	bytes label = { NULL, 0 };
	int final_dot = name.len != 0 && name.p[name.len - 1] == '.';

	if (name.len == 0 || name.len > 253 || final_dot) {
		return 0;
	}
	for (size_t n = 0; name.len != 0; n++) {
		label = take_label(&name);
		if (!(n == 0 && name.len != 0 && is_star(label)) && !label_in_order(label)) {
			return 0;
		}
	}
	/* No top-level domain is a number: this is an address in the wrong place. */
	return label.p[label.len - 1] > '9';
}

static int visible_ascii(bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] <= ' ' || text.p[i] > '~') {
			return 0;
		}
	}
	return 1;
}

int names_in_order(const certificate *c)
{
	der d = der_over(c->alt_names);

	while (!der_done(&d)) {
		int tag = 0;
		bytes value = der_any(&d, &tag, NULL);
		if ((tag == NAME_DNS && !dns_in_order(value))
			|| (tag == NAME_IP && value.len != 4 && value.len != 16)
			|| ((tag == NAME_MAIL || tag == NAME_URI) && !visible_ascii(value))) {
			return 0;
		}
	}
	return 1;
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

static int too_wide(bytes name)
{
	return is_star(take_label(&name)) && registry_label(take_label(&name)) && name.len == 2;
}

int names_too_wide(const certificate *c)
{
	der d = der_over(c->alt_names);

	while (!der_done(&d)) {
		int tag = 0;
		bytes value = der_any(&d, &tag, NULL);
		if (tag == NAME_DNS && too_wide(value)) {
			return 1;
		}
	}
	return 0;
}

/* --- writing --- */

static size_t put_ip_part(char *out, unsigned value, unsigned base)
{
	char digits[5];
	size_t n = 0, len = 0;
	do {
		digits[n++] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value != 0);
	while (n > 0) {
		out[len++] = digits[--n];
	}
	return len;
}

static void write_ip(json *out, bytes ip)
{
	char text[48];
	size_t len = 0;

	if (ip.len == 4) {
		for (size_t i = 0; i < 4; i++) {
			len += put_ip_part(text + len, ip.p[i], 10);
			text[len++] = '.';
		}
	} else if (ip.len == 16) {
		for (size_t i = 0; i < 16; i += 2) {
			len += put_ip_part(text + len, (unsigned)ip.p[i] << 8 | ip.p[i + 1], 16);
			text[len++] = ':';
		}
	} else {
		return;
	}
	json_text(out, NULL, text, len - 1);
}

void names_write(const certificate *c, json *out, const char *key)
{
	der d = der_over(c->alt_names);

	json_open(out, key, '[');
	for (int n = 0; !der_done(&d) && n < LIMIT_NAMES_LISTED; n++) {
		int tag = 0;
		bytes value = der_any(&d, &tag, NULL);
		if (tag == NAME_DNS) {
			json_text(out, NULL, value.p, value.len < LIMIT_NAME ? value.len : LIMIT_NAME);
		} else if (tag == NAME_IP) {
			write_ip(out, value);
		}
	}
	json_close(out, ']');
}

/* --- name constraints --- */

static int dns_within(bytes name, bytes base)
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

/* Any host that the wildcard stands for is within. */
static int wildcard_reaches(bytes name, bytes base)
{
	if (name.len < 2 || name.p[0] != '*') {
		return 0;
	}
	bytes zone = { name.p + 2, name.len - 2 };
	return dns_within(base, zone);
}

static int ip_within(bytes ip, bytes base)
{
	if (base.len != 2 * ip.len) {
		return 0;
	}
	for (size_t i = 0; i < ip.len; i++) {
		uint8_t mask = base.p[ip.len + i];
		if ((ip.p[i] & mask) != (base.p[i] & mask)) {
			return 0;
		}
	}
	return 1;
}

static uint8_t next_letter(bytes *text)
{
	while (text->len > 0) {
		uint8_t c = *text->p++;
		text->len--;
		if (c != 0 && c != ' ') {
			return c >= 'A' && c <= 'Z' ? (uint8_t)(c + 32) : c;
		}
	}
	return 0;
}

/* The same but for case, spaces, and the kind of string (a BMPString has a NUL before each letter). */
static int alike(bytes a, bytes b)
{
	uint8_t x, y;
	do {
		x = next_letter(&a);
		y = next_letter(&b);
	} while (x == y && x != 0);
	return x == y;
}

/* Two relative names (contents of a SET) that RFC 5280 7.1 might call equal: rather too many. */
static int relative_names_alike(bytes one, bytes other)
{
	der a = der_over(one), b = der_over(other);

	while (!der_done(&a) && !der_done(&b)) {
		der x = der_enter(&a, DER_SEQUENCE), y = der_enter(&b, DER_SEQUENCE);
		bytes type = der_take(&x, DER_OID), other_type = der_take(&y, DER_OID);
		if (!bytes_equal(type, other_type)
			|| !alike(der_any(&x, NULL, NULL), der_any(&y, NULL, NULL))) {
			return 0;
		}
	}
	return der_done(&a) && der_done(&b);
}

/*
 * The base's relative names are the first of the name's. What is excluded is excluded however it is
 * spelled; what is permitted must be spelled the same.
 */
static int directory_within(bytes name, bytes base, int excluding)
{
	der n = der_over(name), b = der_over(base);
	der names = der_enter(&n, DER_SEQUENCE), bases = der_enter(&b, DER_SEQUENCE);

	while (!der_done(&bases)) {
		bytes one = der_take(&names, DER_SET), other = der_take(&bases, DER_SET);
		if (names.bad || bases.bad
			|| !(bytes_equal(one, other) || (excluding && relative_names_alike(one, other)))) {
			return 0;
		}
	}
	return !bases.bad;
}

typedef struct {
	int permitted_seen; /* some permitted subtree is of the name's kind */
	int permitted;      /* … and the name is in one */
	int excluded;
	int undecided;
} position;

/* The base of a subtree is of a form that a name can be held against. */
static int base_readable(int tag, bytes base)
{
	if (tag == NAME_IP) {
		return base.len == 8 || base.len == 32; /* address and mask */
	}
	if (tag != NAME_DIRECTORY) {
		return tag == NAME_DNS;
	}
	der d = der_over(base), sets = der_enter(&d, DER_SEQUENCE);
	while (!der_done(&sets)) {
		der_take(&sets, DER_SET);
	}
	return !d.bad && !sets.bad && der_done(&d);
}

/* What a comparison costs, as LIMIT_JUDGEMENT_NS counts it: a subtree is read, and two texts. */
enum { SUBTREE_NS = 60, TEXT_NS = 10 };

/* Where one name stands in one list of subtrees. */
static void place_name(
	position *at, int tag, bytes value, bytes subtrees, int excluding, int64_t *work)
{
	der list = der_over(subtrees);

	while (!der_done(&list) && *work > 0) {
		der subtree = der_enter(&list, DER_SEQUENCE);
		int base_tag = 0;
		bytes base = der_any(&subtree, &base_tag, NULL);
		*work -= SUBTREE_NS;
		if (subtree.bad || !der_done(&subtree)) {
			at->undecided = 1; /* minimum and maximum must not be used (RFC 5280) */
			return;
		}
		if (base_tag != tag) {
			continue;
		}
		*work -= TEXT_NS * (int64_t)(value.len + base.len);
		if (!base_readable(tag, base)) {
			at->undecided = 1;
			return;
		}
		int within = 0;
		if (tag == NAME_DNS && !dns_in_order(value)) {
			at->undecided = 1; /* it could be read in more than one way */
			return;
		}
		if (tag == NAME_DNS) {
			within = dns_within(value, base) || (excluding && wildcard_reaches(value, base));
		} else if (tag == NAME_IP) {
			within = ip_within(value, base);
		} else {
			within = directory_within(value, base, excluding);
		}
		if (excluding) {
			at->excluded |= within;
		} else {
			at->permitted_seen = 1;
			at->permitted |= within;
		}
	}
	at->undecided |= list.bad;
}

static names_verdict judge_name(
	int tag, bytes value, bytes permitted, bytes excluded, int64_t *work)
{
	position at = { 0, 0, 0, 0 };

	place_name(&at, tag, value, permitted, 0, work);
	place_name(&at, tag, value, excluded, 1, work);
	if (*work <= 0) {
		return NAMES_TOO_MANY;
	}
	return at.undecided                                       ? NAMES_UNDECIDED
		: at.excluded || (at.permitted_seen && !at.permitted) ? NAMES_FORBIDDEN
															  : NAMES_ALLOWED;
}

int names_odd_constraints(bytes constraints)
{
	der d = der_over(constraints);

	while (!der_done(&d)) {
		der list = der_over(der_any(&d, NULL, NULL));
		while (!der_done(&list)) {
			int tag = 0;
			der subtree = der_enter(&list, DER_SEQUENCE);
			bytes base = der_any(&subtree, &tag, NULL);
			if (tag == NAME_DNS && base.len != 0 && base.p[0] == '.') {
				return 1;
			}
		}
	}
	return 0;
}

/* A mail address as part of a subject is bound like one among the names (RFC 5280 4.2.1.10). */
static int has_mail_address(bytes name)
{
	static const uint8_t type[] = { DER_OID, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1 };

	for (size_t i = 0; i + sizeof type <= name.len; i++) {
		if (memcmp(name.p + i, type, sizeof type) == 0) {
			return 1;
		}
	}
	return 0;
}

names_verdict names_within(const certificate *c, bytes constraints, int64_t *work)
{
	der d = der_over(constraints);
	bytes none = { NULL, 0 };
	bytes permitted = none, excluded = none;

	if (der_peek(&d) == (DER_CONTEXT_CONSTRUCTED | 0)) {
		permitted = der_any(&d, NULL, NULL);
		d.bad |= permitted.len == 0;
	}
	if (der_peek(&d) == (DER_CONTEXT_CONSTRUCTED | 1)) {
		excluded = der_any(&d, NULL, NULL);
		d.bad |= excluded.len == 0;
	}
	if (d.bad || !der_done(&d)) {
		return NAMES_UNDECIDED;
	}
	names_verdict worst = NAMES_ALLOWED;
	if (c->subject.len > 2) { /* an empty name is a bare SEQUENCE header */
		worst = judge_name(NAME_DIRECTORY, c->subject, permitted, excluded, work);
	}
	if (worst == NAMES_ALLOWED && has_mail_address(c->subject)) {
		worst = judge_name(NAME_MAIL, (bytes){ NULL, 0 }, permitted, excluded, work);
	}
	der names = der_over(c->alt_names);
	while (!der_done(&names) && worst == NAMES_ALLOWED) {
		int tag = 0;
		bytes value = der_any(&names, &tag, NULL);
		worst = judge_name(tag, value, permitted, excluded, work);
	}
	return names.bad ? NAMES_UNDECIDED : worst;
}
