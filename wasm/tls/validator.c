#include "tls/validator.h"

static void start_chain(const br_x509_class **ctx, const char *server_name)
{
	(void)server_name; /* the judge asks for the name */
	recorder_begin(((validator *)ctx)->record);
}

static void start_cert(const br_x509_class **ctx, uint32_t length)
{
	recorder_begin_certificate(((validator *)ctx)->record, length);
}

static void append(const br_x509_class **ctx, const unsigned char *buf, size_t len)
{
	recorder_append(((validator *)ctx)->record, buf, len);
}

static void end_cert(const br_x509_class **ctx)
{
	(void)ctx;
}

/* BearSSL's words for a usable key. */
static void convert_key(const public_key *key, br_x509_pkey *out)
{
	if (key->kind == KEY_RSA || key->kind == KEY_RSA_PSS) {
		out->key_type = BR_KEYTYPE_RSA;
		out->key.rsa.n = (unsigned char *)key->rsa.modulus.p;
		out->key.rsa.nlen = key->rsa.modulus.len;
		out->key.rsa.e = (unsigned char *)key->rsa.exponent.p;
		out->key.rsa.elen = key->rsa.exponent.len;
	} else {
		/* Ed25519 goes with the suites of ECDSA (RFC 8422 5.10), and BearSSL never computes with such a key itself. */
		out->key_type = BR_KEYTYPE_EC;
		out->key.ec.curve = key->kind == KEY_EC ? key->curve : 0;
		out->key.ec.q = (unsigned char *)key->point.p;
		out->key.ec.qlen = key->point.len;
	}
}

static unsigned end_chain(const br_x509_class **ctx)
{
	validator *v = (validator *)ctx;

	switch (recorder_end(v->record)) {
	case RECORDER_EMPTY:
		return BR_ERR_X509_EMPTY_CHAIN;
	case RECORDER_UNREADABLE:
		return BR_ERR_X509_INVALID_VALUE;
	case RECORDER_UNUSABLE:
		return BR_ERR_X509_UNSUPPORTED;
	default:
		convert_key(&v->record->key, &v->key);
		return 0;
	}
}

static const br_x509_pkey *get_pkey(const br_x509_class *const *ctx, unsigned *usages)
{
	const validator *v = (const validator *)ctx;

	if (usages != NULL) {
		int signs_only = v->record->key.kind == KEY_RSA_PSS || v->record->key.kind == KEY_ED25519;
		*usages = BR_KEYTYPE_SIGN | (signs_only ? 0 : BR_KEYTYPE_KEYX);
	}
	return v->record->key_unusable ? NULL : &v->key;
}

static const br_x509_class vtable = {
	sizeof(validator),
	start_chain,
	start_cert,
	append,
	end_cert,
	end_chain,
	get_pkey,
};

void validator_init(validator *v, recorder *record)
{
	v->vtable = &vtable;
	v->record = record;
	recorder_begin(record);
}
