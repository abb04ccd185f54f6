#include "x509/name_constraints.h"

#include "x509/dns_name.h"

#include <string.h>

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
		if (tag == NAME_DNS && !dns_well_formed(value)) {
			at->undecided = 1; /* it could be read in more than one way */
			return;
		}
		if (tag == NAME_DNS) {
			within = dns_within(value, base) || (excluding && dns_wildcard_reaches(value, base));
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

int name_constraints_odd(bytes constraints)
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

names_verdict name_constraints_check(const certificate *c, bytes constraints, int64_t *work)
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
	if (c->subject.len > EMPTY_NAME) {
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
