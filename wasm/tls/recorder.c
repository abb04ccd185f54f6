#include "tls/recorder.h"

#include <string.h>

static void start_chain(const br_x509_class **ctx, const char *server_name)
{
	recorder *r = (recorder *)ctx;
	(void)server_name; /* the name is a question for later */
	r->used = 0;
	r->count = 0;
	r->dropped = 0;
	r->overflowed = 0;
	r->past_limits = 0;
	r->key.kind = KEY_UNKNOWN;
	r->key_unusable = 1;
}

static void start_cert(const br_x509_class **ctx, uint32_t length)
{
	recorder *r = (recorder *)ctx;

	/* Where the first one is too large, nothing else may stand in its place. */
	r->taking = r->count < LIMIT_CERTIFICATES && length <= sizeof r->data - r->used
		&& (r->count > 0 || r->dropped == 0);
	if (r->taking) {
		r->entry[r->count].at = r->used;
		r->entry[r->count].len = length;
		r->count++;
	} else {
		r->dropped++;
	}
}

static void append(const br_x509_class **ctx, const unsigned char *buf, size_t len)
{
	recorder *r = (recorder *)ctx;

	/* BearSSL never gives more than start_cert() announced. */
	if (r->taking && len <= sizeof r->data - r->used) {
		memcpy(r->data + r->used, buf, len);
		r->used += len;
	}
}

static void end_cert(const br_x509_class **ctx)
{
	(void)ctx;
}

static int key_to_bearssl(const public_key *key, br_x509_pkey *out)
{
	if (public_key_rsa_usable(key)) {
		out->key_type = BR_KEYTYPE_RSA;
		out->key.rsa.n = (unsigned char *)key->modulus.p;
		out->key.rsa.nlen = key->modulus.len;
		out->key.rsa.e = (unsigned char *)key->exponent.p;
		out->key.rsa.elen = key->exponent.len;
		return 0;
	}
	if (key->kind == KEY_EC && key->curve != 0) {
		out->key_type = BR_KEYTYPE_EC;
		out->key.ec.curve = key->curve;
		out->key.ec.q = (unsigned char *)key->point.p;
		out->key.ec.qlen = key->point.len;
		return 0;
	}
	return -1;
}

static unsigned end_chain(const br_x509_class **ctx)
{
	recorder *r = (recorder *)ctx;
	certificate leaf;

	r->past_limits = r->count == 0 && r->dropped > 0;
	if (r->count == 0) {
		return BR_ERR_X509_EMPTY_CHAIN;
	}
	if (certificate_read(&leaf, r->data + r->entry[0].at, r->entry[0].len) != 0) {
		r->past_limits = leaf.past_limits;
		return BR_ERR_X509_INVALID_VALUE;
	}
	r->key = leaf.key;
	r->key_unusable = key_to_bearssl(&leaf.key, &r->pkey) != 0;
	return r->key_unusable ? BR_ERR_X509_UNSUPPORTED : 0;
}

static const br_x509_pkey *get_pkey(const br_x509_class *const *ctx, unsigned *usages)
{
	const recorder *r = (const recorder *)ctx;

	if (usages != NULL) {
		*usages = BR_KEYTYPE_KEYX | BR_KEYTYPE_SIGN;
	}
	return r->key_unusable ? NULL : &r->pkey;
}

static const br_x509_class recorder_vtable = {
	sizeof(recorder),
	start_chain,
	start_cert,
	append,
	end_cert,
	end_chain,
	get_pkey,
};

void recorder_init(recorder *r)
{
	r->vtable = &recorder_vtable;
	start_chain(&r->vtable, NULL);
}

void recorder_begin_message(recorder *r)
{
	start_chain(&r->vtable, NULL);
}

void recorder_append_message(recorder *r, const uint8_t *data, size_t len)
{
	size_t room = sizeof r->data - r->used;
	size_t n = len < room ? len : room;

	memcpy(r->data + r->used, data, n);
	r->used += n;
	r->overflowed |= n < len;
}

static size_t length_at(const uint8_t *p)
{
	return (size_t)p[0] << 16 | (size_t)p[1] << 8 | p[2];
}

/* The certificates stay where they came in, between their lengths. */
int recorder_end_message(recorder *r)
{
	size_t at = 3;

	if (r->used < 3 || (!r->overflowed && length_at(r->data) != r->used - 3)) {
		return -1;
	}
	while (at < r->used) {
		size_t len = r->used - at < 3 ? 0 : length_at(r->data + at);
		int whole = len > 0 && len <= r->used - at - 3;
		if (!whole && !r->overflowed) {
			return -1;
		}
		if (!whole || r->count == LIMIT_CERTIFICATES) {
			r->dropped++;
		} else {
			r->entry[r->count].at = at + 3;
			r->entry[r->count++].len = len;
		}
		at += 3 + len;
	}
	end_chain(&r->vtable);
	return 0;
}

void recorder_chain(const recorder *r, chain *out)
{
	out->count = r->count;
	out->dropped = r->dropped;
	for (size_t i = 0; i < r->count; i++) {
		out->readable[i] =
			certificate_read(&out->list[i], r->data + r->entry[i].at, r->entry[i].len) == 0;
	}
}
