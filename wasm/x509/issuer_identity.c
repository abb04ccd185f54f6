#include "x509/issuer_identity.h"

issuer_identity issuer_identity_of(const certificate *c)
{
	return (issuer_identity){ c->key_id, c->issuer, c->serial };
}

int issuer_identity_differs(const issuer_identity *issuer, const certificate *child)
{
	if (child->authority_key_id.len != 0 && issuer->key_id.p != NULL
		&& !bytes_equal(child->authority_key_id, issuer->key_id)) {
		return 1;
	}
	if (child->authority_serial.len != 0 && !bytes_equal(child->authority_serial, issuer->serial)) {
		return 1;
	}
	der names = der_over(child->authority_issuer);
	while (!der_done(&names)) {
		int tag = 0;
		bytes name = der_any(&names, &tag, NULL);
		if (tag == NAME_DIRECTORY) {
			return !bytes_equal(name, issuer->issuer);
		}
	}
	return 0;
}
