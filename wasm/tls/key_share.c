#include "tls/key_share.h"

#include "base/wipe.h"
#include "crypto/ecdhe.h"
#include "tls/messages.h"

#include <string.h>

/* BearSSL numbers its curves as IANA does; one that it does not know it must not be asked about. */
static int known(uint16_t group)
{
	return group <= GROUP_X25519 && (ecdhe_curves.supported_curves >> group & 1) != 0;
}

int key_share_make(key_share *k, uint16_t group, const br_prng_class **rng)
{
	const br_ec_impl *ec = &ecdhe_curves;
	br_ec_private_key ours;

	memset(k, 0, sizeof *k);
	if (!known(group)) {
		return -1;
	}
	k->group = group;
	k->private_len = br_ec_keygen(rng, ec, &ours, k->private_key, group);
	k->public_len = ec->mulgen(k->public_key, k->private_key, k->private_len, group);
	return 0;
}

void key_share_put(wire_writer *w, unsigned group, bytes public_key)
{
	size_t extension = wire_open(w, 2), list = wire_open(w, 2);
	wire_put_number(w, group, 2);
	wire_put_vector(w, public_key, 2);
	wire_close(w, list, 2);
	wire_close(w, extension, 2);
}

size_t key_share_agree(const key_share *k, bytes theirs, uint8_t secret[KEY_SHARE_PRIVATE])
{
	const br_ec_impl *ec = &ecdhe_curves;
	uint8_t point[KEY_SHARE_PUBLIC], any = 0;
	size_t len = 0;

	if (theirs.len != k->public_len || theirs.len == 0) {
		return 0;
	}
	memcpy(point, theirs.p, theirs.len);
	uint32_t good = ec->mul(point, theirs.len, k->private_key, k->private_len, k->group);
	size_t at = ec->xoff(k->group, &len);
	memcpy(secret, point + at, len);
	/* A point of small order makes X25519 agree on zeros (RFC 8446 7.4.2). */
	for (size_t i = 0; i < len; i++) {
		any |= secret[i];
	}
	wipe(point, sizeof point);
	return good && any != 0 ? len : 0;
}
