#include "x509/anchors.h"

#include <bearssl.h>
#include <string.h>

static const uint8_t header[ANCHORS_HEADER] = { 'M', 'P', 'C', 'A', 3 };

size_t anchors_write_header(uint8_t *out, size_t room)
{
	if (room < sizeof header) {
		return 0;
	}
	memcpy(out, header, sizeof header);
	return sizeof header;
}

static uint8_t *put_u16(uint8_t *p, size_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
	return p + 2;
}

static uint8_t *put_bytes(uint8_t *p, bytes b)
{
	p = put_u16(p, b.len);
	if (b.len != 0) {
		memcpy(p, b.p, b.len);
	}
	return p + b.len;
}

static uint8_t *put_time(uint8_t *p, int64_t t)
{
	for (int shift = 56; shift >= 0; shift -= 8) {
		*p++ = (uint8_t)((uint64_t)t >> shift);
	}
	return p;
}

static void serial_digest(bytes serial, uint8_t out[ANCHOR_DIGEST])
{
	uint8_t whole[br_sha256_SIZE];
	br_sha256_context hash;

	br_sha256_init(&hash);
	br_sha256_update(&hash, serial.p, serial.len);
	br_sha256_out(&hash, whole);
	memcpy(out, whole, ANCHOR_DIGEST);
}

/* Method 1 of RFC 5280 4.2.1.2: the hash of the key's bits. */
static void hash_key(bytes spki, uint8_t out[br_sha1_SIZE])
{
	br_sha1_context hash;
	der outer = der_over(spki), d = der_enter(&outer, DER_SEQUENCE);
	der_take(&d, DER_SEQUENCE);
	bytes bits = der_bits(&d);

	br_sha1_init(&hash);
	br_sha1_update(&hash, bits.p, bits.len);
	br_sha1_out(&hash, out);
}

/* A version 1 certificate has no extensions to say anything with. */
static int not_a_ca(const certificate *c)
{
	return (c->version == 3 && !c->is_ca)
		|| ((c->extensions & EXT_KEY_USAGE) && (c->key_usage & KEY_USAGE_KEY_CERT_SIGN) == 0);
}

static unsigned flags_of(const certificate *c)
{
	issuer_identity itself = certificate_identity(c);
	int self_issued = certificate_self_issued(c);
	unsigned flags = 0;

	flags |= c->critical_unknown ? ANCHOR_CRITICAL_UNKNOWN : 0;
	flags |= not_a_ca(c) ? ANCHOR_NOT_A_CA : 0;
	flags |= self_issued ? ANCHOR_SELF_ISSUED : 0;
	if (self_issued && certificate_names_other_issuer(c, &itself)) {
		flags |= ANCHOR_CONTRADICTS_ITSELF;
	}
	/* Only one that signed itself need not say who issued it (RFC 5280 4.2.1.1); none is limited to purposes. */
	if (c->extensions & EXT_EXTENDED_KEY_USAGE) {
		flags |= c->for_server ? ANCHOR_OUT_OF_PROFILE : ANCHOR_WRONG_PURPOSE;
	}
	if (c->authority_key_id.len == 0
		&& ((c->extensions & EXT_AUTHORITY_KEY_ID)
			|| (!self_issued && certificate_signed_by(c, &c->key) == 0))) {
		flags |= ANCHOR_OUT_OF_PROFILE;
	}
	return flags;
}

size_t anchors_pack(const uint8_t *data, size_t len, uint8_t *out, size_t room)
{
	certificate c;
	uint8_t hash[br_sha1_SIZE];

	if (certificate_read(&c, data, len) != 0 || c.key_id.len > 255) {
		return 0;
	}
	unsigned flags = flags_of(&c);
	hash_key(c.spki, hash);
	if (bytes_equal(c.key_id, (bytes){ hash, sizeof hash })) {
		flags |= ANCHOR_KEY_ID_IS_HASH;
		c.key_id.len = 0;
	}
	size_t body = 8 + 8 + 1 + 1 + ANCHOR_DIGEST + 1 + c.key_id.len + 2 + c.subject.len + 2
		+ c.spki.len + 2 + c.name_constraints.len;
	if (body > ANCHOR_MAX || body + 2 > room) {
		return 0;
	}
	uint8_t *p = put_u16(out, body);
	p = put_time(p, c.not_before);
	p = put_time(p, c.not_after);
	/* Longer than any path we follow is no limit. */
	*p++ = (uint8_t)(c.path_length < 0 || c.path_length > 254 ? 255 : c.path_length);
	*p++ = (uint8_t)flags;
	serial_digest(c.serial, p);
	p += ANCHOR_DIGEST;
	*p++ = (uint8_t)c.key_id.len;
	if (c.key_id.len != 0) {
		memcpy(p, c.key_id.p, c.key_id.len);
		p += c.key_id.len;
	}
	p = put_bytes(p, c.subject);
	p = put_bytes(p, c.spki);
	p = put_bytes(p, c.name_constraints);
	return (size_t)(p - out);
}

static bytes take(bytes *from, size_t len)
{
	bytes b = { from->p, len };
	if (len > from->len) {
		b.p = NULL;
		b.len = 0;
		from->len = 0;
		return b;
	}
	from->p += len;
	from->len -= len;
	return b;
}

static bytes take_sized(bytes *from)
{
	bytes size = take(from, 2);
	return take(from, size.p == NULL ? (size_t)-1 : (size_t)size.p[0] << 8 | size.p[1]);
}

static int64_t get_time(const uint8_t *p)
{
	uint64_t t = 0;
	for (int i = 0; i < 8; i++) {
		t = t << 8 | p[i];
	}
	return (int64_t)t;
}

int anchors_next(const anchors *set, size_t *at, anchor *out)
{
	if (set->data == NULL) {
		return 0;
	}
	if (*at == 0) {
		*at = ANCHORS_HEADER;
	}
	if (*at >= set->len) {
		return 0;
	}
	bytes rest = { set->data + *at, set->len - *at };
	bytes body = take_sized(&rest);
	bytes fixed = take(&body, 8 + 8 + 1 + 1 + ANCHOR_DIGEST + 1);
	bytes key_id = take(&body, fixed.p == NULL ? (size_t)-1 : fixed.p[fixed.len - 1]);
	out->key_id = key_id;
	out->subject = take_sized(&body);
	out->spki = take_sized(&body);
	out->name_constraints = take_sized(&body);
	if (key_id.p == NULL || out->subject.p == NULL || out->spki.p == NULL
		|| out->name_constraints.p == NULL || body.len != 0) {
		return 0;
	}
	out->not_before = get_time(fixed.p);
	out->not_after = get_time(fixed.p + 8);
	out->path_length = fixed.p[16] == 255 ? -1 : fixed.p[16];
	out->flags = fixed.p[17];
	out->serial_digest = fixed.p + 18;
	*at = set->len - rest.len;
	return 1;
}

int anchor_is_not_named(const anchor *a, const certificate *child)
{
	uint8_t hash[br_sha1_SIZE], digest[ANCHOR_DIGEST];
	bytes key_id = a->key_id;

	if (a->flags & ANCHOR_KEY_ID_IS_HASH) {
		hash_key(a->spki, hash);
		key_id = (bytes){ hash, sizeof hash };
	}
	/* Of its own serial number only a digest is left: where that fits, the child's stands for it. */
	issuer_identity identity = { key_id, a->subject, child->authority_serial };
	serial_digest(child->authority_serial, digest);
	if (child->authority_serial.len != 0 && memcmp(digest, a->serial_digest, ANCHOR_DIGEST) != 0) {
		return 1;
	}
	/* Who issued an anchor that is no root is not known here. */
	certificate asked = *child;
	if ((a->flags & ANCHOR_SELF_ISSUED) == 0) {
		asked.authority_issuer.len = 0;
	}
	return certificate_names_other_issuer(&asked, &identity);
}

long anchors_count(const anchors *set)
{
	size_t at = 0;
	long n = 0;
	anchor a;

	if (set->data == NULL) {
		return 0;
	}
	if (set->len < sizeof header || memcmp(set->data, header, sizeof header) != 0) {
		return -1;
	}
	at = ANCHORS_HEADER;
	while (anchors_next(set, &at, &a)) {
		n++;
	}
	return at == set->len ? n : -1;
}
