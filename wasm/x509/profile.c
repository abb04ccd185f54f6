#include "x509/profile.h"

#include "x509/dns_name.h"
#include "x509/name_constraints.h"

#include <string.h>

enum { SERIAL_MAX = 20, EXPONENT_MAX = 4 };

/* Positive, and at most 20 bytes (RFC 5280 4.1.2.2). */
static int serial_in_order(bytes serial)
{
	return (serial.p[0] & 0x80) == 0 && serial.len <= SERIAL_MAX
		&& !(serial.len == 1 && serial.p[0] == 0);
}

static int printable(uint8_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
		|| (c >= '0' && c <= '9')
		/* The last two are not in X.680, but in use. */
		|| (c != 0 && strchr(" '()+,-./:=?*&", c) != NULL);
}

static int string_in_order(int tag, bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		if ((tag == DER_PRINTABLE_STRING && !printable(text.p[i]))
			|| (tag == DER_IA5_STRING && text.p[i] >= 0x80)) {
			return 0;
		}
	}
	return tag != DER_BMP_STRING || text.len % 2 == 0;
}

/* Each attribute is of a kind of string, and holds what that kind may hold. */
static int name_in_order(bytes name)
{
	der outer = der_over(name), list = der_enter(&outer, DER_SEQUENCE);

	while (!der_done(&list)) {
		der set = der_enter(&list, DER_SET);
		list.bad |= der_done(&set);
		while (!der_done(&set)) {
			int tag = 0;
			der attribute = der_enter(&set, DER_SEQUENCE);
			der_take(&attribute, DER_OID);
			bytes value = der_any(&attribute, &tag, NULL);
			list.bad |= attribute.bad || !der_done(&attribute) || !string_in_order(tag, value);
		}
		list.bad |= set.bad;
	}
	return !outer.bad && !list.bad;
}

static int key_in_order(const public_key *key)
{
	return (key->kind != KEY_RSA && key->kind != KEY_RSA_PSS)
		|| (key->bits % 8 == 0 && key->rsa.exponent.len <= EXPONENT_MAX);
}

/* A name beside an empty subject must be critical, beside another one must not (RFC 5280 4.2.1.6). */
static int alt_names_in_order(const certificate *c)
{
	int nameless = c->subject.len <= EMPTY_NAME;
	int critical = (c->critical & EXT_SUBJECT_ALT_NAME) != 0;
	return c->alt_names.len == 0 || nameless == critical;
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

/* Hosts as DNS has them, addresses of 4 or 16 bytes, the rest in ASCII (RFC 5280 4.2.1.6). */
static int forms_in_order(const certificate *c)
{
	der d = der_over(c->alt_names);

	while (!der_done(&d)) {
		int tag = 0;
		bytes value = der_any(&d, &tag, NULL);
		if ((tag == NAME_DNS && !dns_well_formed(value))
			|| (tag == NAME_IP && value.len != 4 && value.len != 16)
			|| ((tag == NAME_MAIL || tag == NAME_URI) && !visible_ascii(value))) {
			return 0;
		}
	}
	return 1;
}

static int any_public_suffix_wildcard(const certificate *c)
{
	der d = der_over(c->alt_names);

	while (!der_done(&d)) {
		int tag = 0;
		bytes value = der_any(&d, &tag, NULL);
		if (tag == NAME_DNS && dns_public_suffix_wildcard(value)) {
			return 1;
		}
	}
	return 0;
}

void profile_check(const certificate *c, int as_issuer, faults *out)
{
	unsigned has = c->extensions;
	const struct {
		const char *rule;
		int broken;
	} rules[] = {
		{ "serial-number", !serial_in_order(c->serial) },
		{ "name-strings", !name_in_order(c->subject) || !name_in_order(c->issuer) },
		{ "key-size", !key_in_order(&c->key) },
		{ "version", c->version != 3 },
		{ "authority-key-identifier", c->version == 3 && c->authority_key_id.len == 0 },
		{ "policy-constraints", (has & EXT_POLICY_CONSTRAINTS) != 0 },
		{ "subject-key-identifier", as_issuer && (has & EXT_SUBJECT_KEY_ID) == 0 },
		{ "basic-constraints", as_issuer && (c->critical & EXT_BASIC_CONSTRAINTS) == 0 },
		{ "key-usage", as_issuer && (has & EXT_KEY_USAGE) == 0 },
		{ "name-constraints", as_issuer && name_constraints_odd(c->name_constraints) },
		{ "alternative-names", !as_issuer && !alt_names_in_order(c) },
		{ "purpose",
			!as_issuer
				&& ((c->critical & EXT_EXTENDED_KEY_USAGE) != 0
					|| (c->for_server && c->for_anything)) },
		{ "name-form", !as_issuer && !forms_in_order(c) },
		{ "public-suffix", !as_issuer && any_public_suffix_wildcard(c) },
	};
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		if (rules[i].broken) {
			faults_profile(out, rules[i].rule, c->subject);
		}
	}
}
