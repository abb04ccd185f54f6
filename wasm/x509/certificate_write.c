#include "x509/certificate_write.h"

#include "base/calendar.h"
#include "base/limits.h"
#include "x509/distinguished_name.h"
#include "x509/server_name.h"
#include "x509/short_text.h"

void certificate_write_key(const public_key *key, json *out, const char *label)
{
	short_text t = { .len = 0 };

	switch (key->kind) {
	case KEY_RSA:
		short_text_put_string(&t, "RSA ");
		short_text_put_number(&t, key->bits);
		break;
	case KEY_RSA_PSS:
		short_text_put_string(&t, "RSA-PSS ");
		short_text_put_number(&t, key->bits);
		break;
	case KEY_EC:
		short_text_put_string(&t, key->named != NULL ? "EC " : "EC");
		short_text_put_string(&t, key->named != NULL ? key->named : "");
		break;
	case KEY_ED25519:
		short_text_put_string(&t, "Ed25519");
		break;
	case KEY_ED448:
		short_text_put_string(&t, "Ed448");
		break;
	default:
		short_text_put_oid(&t, key->algorithm);
		short_text_put_string(&t, t.len == 0 ? "unknown" : "");
	}
	if (key->rsa.exponent.len > LIMIT_RSA_EXPONENT) {
		short_text_put_string(&t, " (");
		short_text_put_number(&t, 8 * (unsigned long)key->rsa.exponent.len);
		short_text_put_string(&t, "-bit exponent)");
	}
	short_text_write(&t, out, label);
}

static void write_time(json *out, const char *key, int64_t t)
{
	char text[CALENDAR_TEXT];
	calendar_text(t, text);
	json_string(out, key, text);
}

void certificate_write(const certificate *c, json *out)
{
	char hex[64];
	for (size_t i = 0; i < 32; i++) {
		hex[2 * i] = "0123456789abcdef"[c->sha256[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[c->sha256[i] & 15];
	}
	json_open(out, NULL, '{');
	if (c->subject.p != NULL) {
		distinguished_name_write(c->subject, out, "subject");
		distinguished_name_write(c->issuer, out, "issuer");
		server_names_write(c, out, "names");
		write_time(out, "not_before", c->not_before);
		write_time(out, "not_after", c->not_after);
		certificate_write_key(&c->key, out, "key");
		if (c->signature_algorithm != NULL) {
			json_string(out, "signature", c->signature_algorithm->name);
		} else {
			short_text t = { .len = 0 };
			short_text_put_oid(&t, c->signature_oid);
			short_text_write(&t, out, "signature");
		}
	}
	json_text(out, "sha256", hex, sizeof hex);
	json_close(out, '}');
}
