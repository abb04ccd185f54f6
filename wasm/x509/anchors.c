#include "x509/anchors.h"

#include "x509/issuer_identity.h"

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
	issuer_identity itself = issuer_identity_of(c);
	int self_issued = certificate_self_issued(c);
	unsigned flags = 0;

	flags |= c->critical_unknown ? ANCHOR_CRITICAL_UNKNOWN : 0;
	flags |= not_a_ca(c) ? ANCHOR_NOT_A_CA : 0;
	flags |= self_issued ? ANCHOR_SELF_ISSUED : 0;
	if (self_issued && issuer_identity_differs(&itself, c)) {
		flags |= ANCHOR_CONTRADICTS_ITSELF;
	}
	/* Only one that signed itself need not say who issued it (RFC 5280 4.2.1.1); none is limited to purposes. */
	if (c->extensions & EXT_EXTENDED_KEY_USAGE) {
		flags |= c->for_server ? ANCHOR_OUT_OF_PROFILE : ANCHOR_WRONG_PURPOSE;
	}
	if (c->authority_key_id.len == 0
		&& ((c->extensions & EXT_AUTHORITY_KEY_ID)
			|| (!self_issued && certificate_signed_by(c, &c->key) == SIGNATURE_BAD))) {
		flags |= ANCHOR_OUT_OF_PROFILE;
	}
	return flags;
}

size_t anchors_pack(const uint8_t *data, size_t len, uint8_t *out, size_t room)
{
	certificate c;
	uint8_t hash[br_sha1_SIZE], digest[ANCHOR_DIGEST];

	if (certificate_read(&c, data, len) != 0 || c.key_id.len > 255) {
		return 0;
	}
	unsigned flags = flags_of(&c);
	hash_key(c.spki, hash);
	if (bytes_equal(c.key_id, (bytes){ hash, sizeof hash })) {
		flags |= ANCHOR_KEY_ID_IS_HASH;
		c.key_id.len = 0;
	}
	wire_writer w = { .p = out, .room = room };
	size_t body = wire_open(&w, 2);
	wire_put_number(&w, (uint64_t)c.not_before, 8);
	wire_put_number(&w, (uint64_t)c.not_after, 8);
	/* Longer than any path we follow is no limit. */
	wire_put_number(
		&w, (uint64_t)(c.path_length < 0 || c.path_length > 254 ? 255 : c.path_length), 1);
	wire_put_number(&w, flags, 1);
	serial_digest(c.serial, digest);
	wire_put(&w, digest, sizeof digest);
	wire_put_vector(&w, c.key_id, 1);
	wire_put_vector(&w, c.subject, 2);
	wire_put_vector(&w, c.spki, 2);
	wire_put_vector(&w, c.name_constraints, 2);
	wire_close(&w, body, 2);
	return w.len - body > ANCHOR_MAX ? 0 : wire_written(&w);
}

static int64_t take_time(wire_reader *r)
{
	bytes time = wire_take(r, 8);
	return (int64_t)wire_number(time.p, time.len);
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
	wire_reader rest = wire_over((bytes){ set->data + *at, set->len - *at });
	wire_reader body = wire_over(wire_take_vector(&rest, 2));
	out->not_before = take_time(&body);
	out->not_after = take_time(&body);
	unsigned path_length = wire_take_number(&body, 1);
	out->path_length = path_length == 255 ? -1 : (long)path_length;
	out->flags = wire_take_number(&body, 1);
	out->serial_digest = wire_take(&body, ANCHOR_DIGEST).p;
	out->key_id = wire_take_vector(&body, 1);
	out->subject = wire_take_vector(&body, 2);
	out->spki = wire_take_vector(&body, 2);
	out->name_constraints = wire_take_vector(&body, 2);
	if (rest.bad || body.bad || body.left.len != 0) {
		return 0;
	}
	*at = set->len - rest.left.len;
	return 1;
}

int anchor_is_not_named(const anchor *a, const certificate *child)
{
	uint8_t hash[br_sha1_SIZE], digest[ANCHOR_DIGEST];
	/* none, and one of no bytes, are packed alike */
	bytes key_id = { a->key_id.len != 0 ? a->key_id.p : NULL, a->key_id.len };

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
	return issuer_identity_differs(&identity, &asked);
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
