#include "tls/certificate_verify.h"

#include "tls/messages.h"
#include "crypto/ecdsa_verify.h"
#include "crypto/ed25519.h"
#include "x509/rsa_pss.h"

#include <string.h>

/* What is no longer allowed in TLS 1.3, PKCS #1 and SHA-1, has no row (RFC 8446 4.2.3). */
static const struct {
	uint16_t number;
	uint8_t key;   /* key_kind */
	uint8_t curve; /* KEY_EC: the only one that goes with it */
	const br_hash_class *hash;
} schemes[] = {
	{ 0x0403, KEY_EC, BR_EC_secp256r1, &br_sha256_vtable },
	{ 0x0503, KEY_EC, BR_EC_secp384r1, &br_sha384_vtable },
	{ 0x0603, KEY_EC, BR_EC_secp521r1, &br_sha512_vtable },
	{ 0x0807, KEY_ED25519, 0, &br_sha512_vtable },
	{ 0x0804, KEY_RSA, 0, &br_sha256_vtable },
	{ 0x0805, KEY_RSA, 0, &br_sha384_vtable },
	{ 0x0806, KEY_RSA, 0, &br_sha512_vtable },
	{ 0x0809, KEY_RSA_PSS, 0, &br_sha256_vtable },
	{ 0x080a, KEY_RSA_PSS, 0, &br_sha384_vtable },
	{ 0x080b, KEY_RSA_PSS, 0, &br_sha512_vtable },
};

enum { SPACES = 64, HASH_MAX = 64 };
/* so that it is mistaken for no other signature (RFC 8446 4.4.3) */
static const char context[] = "TLS 1.3, server CertificateVerify";

/* What is signed; the context with its zero. */
static bytes signed_text(bytes transcript, uint8_t out[SPACES + sizeof context + HASH_MAX])
{
	memset(out, ' ', SPACES);
	memcpy(out + SPACES, context, sizeof context);
	memcpy(out + SPACES + sizeof context, transcript.p, transcript.len);
	return (bytes){ out, SPACES + sizeof context + transcript.len };
}

static size_t digest_of(const br_hash_class *hash, bytes text, uint8_t *digest)
{
	br_hash_compat_context state;

	hash->init(&state.vtable);
	hash->update(&state.vtable, text.p, text.len);
	hash->out(&state.vtable, digest);
	return hash->desc >> BR_HASHDESC_OUT_OFF & BR_HASHDESC_OUT_MASK;
}

int certificate_verify_check(
	uint16_t scheme, bytes signature, const public_key *key, bytes transcript)
{
	uint8_t digest[HASH_MAX], room[SPACES + sizeof context + HASH_MAX];
	const bytes text = signed_text(transcript, room);
	int good;

	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
		if (schemes[i].number != scheme || schemes[i].key != key->kind
			|| (key->kind == KEY_EC && schemes[i].curve != key->curve)) {
			continue;
		}
		size_t len = digest_of(schemes[i].hash, text, digest);
		if (key->kind == KEY_ED25519) {
			good = ed25519_verify(text, signature, key->point);
		} else if (key->kind == KEY_EC) {
			good = ecdsa_verify(key->curve, key->point, digest, len, signature);
		} else {
			good = rsa_pss_verify(schemes[i].hash, digest, len, signature, key);
		}
		return good ? 0 : ALERT_DECRYPT_ERROR;
	}
	return ALERT_ILLEGAL_PARAMETER;
}
