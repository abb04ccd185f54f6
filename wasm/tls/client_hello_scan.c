#include "tls/client_hello_scan.h"

#include "x509/names.h"

#include <bearssl.h>
#include <string.h>

enum {
	RECORD_CHANGE_CIPHER_SPEC = 20,
	RECORD_ALERT = 21,
	RECORD_HANDSHAKE = 22,
	/* RFC 5246 6.2.1; the first flight is never encrypted as far as we read */
	RECORD_MAX = 16384,

	MESSAGE_SERVER_HELLO = 2,
	MESSAGE_CERTIFICATE = 11,
	MESSAGE_SERVER_KEY_EXCHANGE = 12,
	MESSAGE_CERTIFICATE_REQUEST = 13,
	MESSAGE_SERVER_HELLO_DONE = 14,

	EXTENSION_SERVER_NAME = 0,
	EXTENSION_GROUPS = 10,
	EXTENSION_POINT_FORMATS = 11,
	EXTENSION_SIGNATURES = 13,
	EXTENSION_MASTER_SECRET = 23,
	EXTENSION_VERSIONS = 43,
	EXTENSION_KEY_SHARE = 51,
	EXTENSION_RENEGOTIATION = 0xff01,

	ALERT_WARNING = 1,
	ALERT_CLOSE_NOTIFY = 0,

	GROUP_X25519 = 29,
	GROUP_FFDHE2048 = 256,
	ANY = 0x10000,
	SCHEMES_WITHOUT_SHA1 = 0x0300, /* RFC 5246 7.4.1.4.1: the first byte is the hash, 2 is SHA-1 */
	NAMED_CURVE = 3,
	RANDOM = 32
};

/* --- writing ------------------------------------------------------------------------------------ */

typedef struct {
	uint8_t *p;
	size_t len;
	size_t room;
} writer;

static void put(writer *w, const void *data, size_t len)
{
	if (len <= w->room - w->len) {
		memcpy(w->p + w->len, data, len);
		w->len += len;
	} else {
		w->room = w->len = 0; /* nothing fits any more */
	}
}

static void put_number(writer *w, unsigned value, size_t size)
{
	uint8_t bytes[3];

	for (size_t i = 0; i < size; i++) {
		bytes[i] = (uint8_t)(value >> 8 * (size - 1 - i));
	}
	put(w, bytes, size);
}

/* A length that is not known yet: opened here, and filled in by close_length(). */
static size_t open_length(writer *w, size_t size)
{
	put_number(w, 0, size);
	return w->len;
}

static void close_length(writer *w, size_t began, size_t size)
{
	if (w->room == 0) {
		return;
	}
	writer at = { w->p + began - size, 0, size };
	put_number(&at, (unsigned)(w->len - began), size);
}

static void put_suites(writer *w, unsigned highest)
{
	size_t length = open_length(w, 2);
	const tls_suite *suite;

	for (unsigned i = 0; (suite = tls_suite_at(i)) != NULL; i++) {
		/* Those of TLS 1.3 say nothing of the key exchange, and mean nothing to older versions. */
		int newest = suite->number >> 8 == 0x13;
		if (newest == (highest == TLS_1_3)) {
			put_number(w, suite->number, 2);
		}
	}
	close_length(w, length, 2);
}

static void put_server_name(writer *w, const char *name)
{
	uint8_t ip[16];

	if (name[0] == '\0' || names_parse_ip(name, ip) != 0) {
		return;
	}
	put_number(w, EXTENSION_SERVER_NAME, 2);
	size_t extension = open_length(w, 2), list = open_length(w, 2);
	put_number(w, 0, 1); /* host_name */
	put_number(w, (unsigned)strlen(name), 2);
	put(w, name, strlen(name));
	close_length(w, list, 2);
	close_length(w, extension, 2);
}

/* An extension that is a list of 16-bit numbers: those of a table from `first` to below `end`. */
static void put_words(
	writer *w, unsigned extension, const tls_word *(*at)(unsigned), unsigned first, unsigned end)
{
	const tls_word *word;

	put_number(w, extension, 2);
	size_t outer = open_length(w, 2), list = open_length(w, 2);
	for (unsigned i = 0; (word = at(i)) != NULL; i++) {
		if (word->number >= first && word->number < end) {
			put_number(w, word->number, 2);
		}
	}
	close_length(w, list, 2);
	close_length(w, outer, 2);
}

static void put_extensions(writer *w, unsigned highest, unsigned lacking, const char *server_name,
	const uint8_t share[RANDOM])
{
	size_t all = open_length(w, 2);

	put_server_name(w, server_name);
	put_number(w, EXTENSION_RENEGOTIATION, 2);
	put_number(w, 1, 2);
	put_number(w, 0, 1);
	/* Before TLS 1.3 no finite fields: a server that knows their names but has a field of its own
	 * would refuse (RFC 7919 4). */
	put_words(w, EXTENSION_GROUPS, tls_group_at, 0, highest == TLS_1_3 ? ANY : GROUP_FFDHE2048);
	put_number(w, EXTENSION_POINT_FORMATS, 2);
	put_number(w, 2, 2);
	put_number(w, 0x0100, 2); /* one: uncompressed */
	if (highest >= TLS_1_2) {
		put_words(w, EXTENSION_SIGNATURES, tls_scheme_at,
			(lacking & HELLO_NO_SHA1) != 0 ? SCHEMES_WITHOUT_SHA1 : 0, ANY);
	}
	/* Some servers of TLS 1.2 insist on it (RFC 7627 5.3), and would look like those of TLS 1.3. */
	if (highest != TLS_1_3 && (lacking & HELLO_NO_MASTER_SECRET) == 0) {
		put_number(w, EXTENSION_MASTER_SECRET, 2);
		put_number(w, 0, 2);
	}
	if (highest == TLS_1_3) {
		put_number(w, EXTENSION_VERSIONS, 2);
		put_number(w, 3, 2);
		put_number(w, 2, 1);
		put_number(w, TLS_1_3, 2);
		/* Any 32 bytes are a public key of X25519 (RFC 7748 5); ours has no private one. */
		put_number(w, EXTENSION_KEY_SHARE, 2);
		size_t extension = open_length(w, 2), list = open_length(w, 2);
		put_number(w, GROUP_X25519, 2);
		put_number(w, RANDOM, 2);
		put(w, share, RANDOM);
		close_length(w, list, 2);
		close_length(w, extension, 2);
	}
	close_length(w, all, 2);
}

size_t hello_write(uint8_t *out, size_t room, unsigned highest, unsigned lacking,
	const char *server_name, const uint8_t seed[HELLO_SEED])
{
	uint8_t random[3 * RANDOM]; /* the hello's, the session's, the key share */
	br_hmac_drbg_context drbg;
	writer w = { out, 0, room };

	br_hmac_drbg_init(&drbg, &br_sha256_vtable, seed, HELLO_SEED);
	br_hmac_drbg_generate(&drbg, random, sizeof random);
	put_number(&w, RECORD_HANDSHAKE, 1);
	put_number(&w, TLS_1_0, 2); /* what every server takes (RFC 8446 5.1) */
	size_t record = open_length(&w, 2);
	put_number(&w, 1, 1); /* ClientHello */
	size_t message = open_length(&w, 3);
	put_number(&w, highest == TLS_1_3 ? TLS_1_2 : highest, 2);
	put(&w, random, RANDOM);
	/* A session that looks resumed keeps boxes on the way calm (RFC 8446 D.4). */
	size_t session = open_length(&w, 1);
	put(&w, random + RANDOM, highest == TLS_1_3 ? RANDOM : 0);
	close_length(&w, session, 1);
	put_suites(&w, highest);
	put_number(&w, 0x0100, 2); /* one compression method: none */
	put_extensions(&w, highest, lacking, server_name, random + 2 * RANDOM);
	close_length(&w, message, 3);
	close_length(&w, record, 2);
	return w.len;
}

/* --- reading ------------------------------------------------------------------------------------ */

void hello_init(hello *h, recorder *certificates, uint8_t *buf, size_t room)
{
	memset(h, 0, sizeof *h);
	h->certificates = certificates;
	h->buf = buf;
	h->room = room;
	if (certificates != NULL) {
		recorder_begin(certificates);
	}
}

int hello_answered(const hello *h)
{
	return h->state != HELLO_BROKEN && h->version != 0;
}

static unsigned number_at(const uint8_t *p, size_t size)
{
	unsigned value = 0;
	while (size-- > 0) {
		value = value << 8 | *p++;
	}
	return value;
}

unsigned hello_version(const hello *h)
{
	int begun = h->message_len == sizeof h->message && h->message[0] == MESSAGE_SERVER_HELLO;
	return h->version == 0 && begun && h->have >= 2 ? number_at(h->buf, 2) : h->version;
}

/* Takes `len` bytes off the front; NULL, and nothing left, when they are not there. */
static const uint8_t *take(bytes *from, size_t len)
{
	const uint8_t *p = from->p;

	if (len > from->len) {
		from->len = 0;
		return NULL;
	}
	from->p += len;
	from->len -= len;
	return p;
}

static int take_number(bytes *from, size_t size, unsigned *value)
{
	const uint8_t *p = take(from, size);
	*value = p != NULL ? number_at(p, size) : 0;
	return p != NULL;
}

/* A vector with a length of `size` bytes before it. */
static int take_vector(bytes *from, size_t size, bytes *out)
{
	unsigned len;
	out->p = NULL;
	out->len = 0;
	if (!take_number(from, size, &len)) {
		return 0;
	}
	out->p = take(from, len);
	out->len = out->p != NULL ? len : 0;
	return out->p != NULL;
}

static int read_server_extension(hello *h, unsigned kind, bytes body)
{
	unsigned value;

	if (kind == EXTENSION_VERSIONS) {
		if (!take_number(&body, 2, &h->version) || h->version != TLS_1_3) {
			return -1; /* that is the only version to be chosen so (RFC 8446 4.2.1) */
		}
	} else if (kind == EXTENSION_KEY_SHARE) {
		if (!take_number(&body, 2, &value)) { /* a HelloRetryRequest has the group alone */
			return -1;
		}
		h->group = (uint16_t)value;
	} else if (kind == EXTENSION_MASTER_SECRET) {
		h->master_secret = 1;
	}
	return 0;
}

static int read_server_hello(hello *h, bytes b)
{
	bytes session, extensions, body;
	unsigned suite, compression, kind;

	if (!take_number(&b, 2, &h->version) || take(&b, RANDOM) == NULL
		|| !take_vector(&b, 1, &session) || !take_number(&b, 2, &suite)
		|| !take_number(&b, 1, &compression) || compression != 0) {
		return -1;
	}
	if (h->version < SSL_3_0 || h->version > TLS_1_2) {
		return -1;
	}
	h->suite = (uint16_t)suite;
	if (b.len == 0) {
		return 0; /* old servers send no extensions */
	}
	if (!take_vector(&b, 2, &extensions)) {
		return -1;
	}
	while (extensions.len > 0) {
		if (!take_number(&extensions, 2, &kind) || !take_vector(&extensions, 2, &body)
			|| read_server_extension(h, kind, body) != 0) {
			return -1;
		}
	}
	return 0;
}

/* Who signed the parameters that were just passed over: TLS 1.2 says how (RFC 5246 7.4.3). */
static void read_scheme(hello *h, bytes b)
{
	unsigned scheme;
	if (h->version == TLS_1_2 && take_number(&b, 2, &scheme)) {
		h->scheme = (uint16_t)scheme;
	}
}

static unsigned bits_of(bytes number)
{
	while (number.len > 0 && number.p[0] == 0) {
		number.p++;
		number.len--;
	}
	unsigned bits = (unsigned)number.len * 8;
	for (unsigned top = 0x80; bits > 0 && (number.p[0] & top) == 0; top >>= 1) {
		bits--;
	}
	return bits;
}

static void read_key_exchange(hello *h, bytes b)
{
	const char *name = tls_suite_by_number(h->suite)->name;
	int curves = strncmp(name, "TLS_ECDH", 8) == 0;
	unsigned type, group;
	bytes part;

	if (curves) {
		if (take_number(&b, 1, &type) && type == NAMED_CURVE && take_number(&b, 2, &group)
			&& take_vector(&b, 1, &part)) {
			h->group = (uint16_t)group;
			read_scheme(h, b);
		}
		return;
	}
	/* prime, generator, public value (RFC 5246 7.4.3) */
	if (take_vector(&b, 2, &part)) {
		h->prime_bits = bits_of(part);
		if (take_vector(&b, 2, &part) && take_vector(&b, 2, &part)) {
			read_scheme(h, b);
		}
	}
}

static void message_began(hello *h)
{
	h->have = 0;
	if (h->message[0] == MESSAGE_CERTIFICATE && h->certificates != NULL) {
		recorder_begin(h->certificates);
	}
}

static void message_goes_on(hello *h, const uint8_t *data, size_t len)
{
	if (h->message[0] == MESSAGE_CERTIFICATE && h->certificates != NULL) {
		recorder_append_message(h->certificates, data, len);
		return;
	}
	size_t n = len < h->room - h->have ? len : h->room - h->have;
	memcpy(h->buf + h->have, data, n);
	h->have += n;
}

static void message_ended(hello *h)
{
	bytes body = { h->buf, h->have };

	if (h->version == 0 && h->message[0] != MESSAGE_SERVER_HELLO && h->message[0] != 0) {
		h->state = HELLO_BROKEN; /* 0 is HelloRequest, which may come at any time */
		return;
	}
	switch (h->message[0]) {
	case MESSAGE_SERVER_HELLO:
		if (h->version != 0 || read_server_hello(h, body) != 0) {
			h->state = HELLO_BROKEN;
		} else if (h->version == TLS_1_3) {
			h->state = HELLO_READ;
		}
		break;
	case MESSAGE_CERTIFICATE:
		if (h->certificates != NULL && recorder_end_message(h->certificates) != 0) {
			h->state = HELLO_BROKEN;
		}
		break;
	case MESSAGE_SERVER_KEY_EXCHANGE:
		read_key_exchange(h, body);
		break;
	case MESSAGE_CERTIFICATE_REQUEST:
		h->certificate_wanted = 1;
		break;
	case MESSAGE_SERVER_HELLO_DONE:
		h->state = HELLO_READ;
		break;
	default:
		break;
	}
}

static void read_handshake(hello *h, const uint8_t *data, size_t len)
{
	size_t used = 0;

	while (used < len && h->state == HELLO_READING) {
		if (h->message_len < sizeof h->message) {
			h->message[h->message_len++] = data[used++];
			if (h->message_len < sizeof h->message) {
				continue;
			}
			h->message_left = number_at(h->message + 1, 3);
			message_began(h);
		}
		size_t n = len - used < h->message_left ? len - used : h->message_left;
		message_goes_on(h, data + used, n);
		used += n;
		h->message_left -= n;
		if (h->message_left == 0) {
			h->message_len = 0;
			message_ended(h);
		}
	}
}

static void read_alert(hello *h, const uint8_t *data, size_t len)
{
	for (size_t i = 0; i < len && h->state == HELLO_READING; i++) {
		if (h->level == 0) {
			h->level = data[i];
			continue;
		}
		/* A warning, of a name that is not known for one, is no refusal (RFC 6066 3). */
		if (h->level != ALERT_WARNING || data[i] == ALERT_CLOSE_NOTIFY) {
			h->alert = data[i];
			h->state = HELLO_ALERT;
		}
		h->level = 0;
	}
}

static void record_began(hello *h)
{
	unsigned kind = h->header[0];

	h->record_left = number_at(h->header + 3, 2);
	if (h->header[1] != 3 || h->record_left == 0 || h->record_left > RECORD_MAX
		|| (kind != RECORD_HANDSHAKE && kind != RECORD_ALERT
			&& kind != RECORD_CHANGE_CIPHER_SPEC)) {
		h->state = HELLO_BROKEN;
	}
}

void hello_read(hello *h, const uint8_t *data, size_t len)
{
	while (len > 0 && h->state == HELLO_READING) {
		if (h->header_len < sizeof h->header) {
			h->header[h->header_len++] = *data++;
			len--;
			if (h->header_len == sizeof h->header) {
				record_began(h);
			}
			continue;
		}
		size_t n = len < h->record_left ? len : h->record_left;
		if (h->header[0] == RECORD_HANDSHAKE) {
			read_handshake(h, data, n);
		} else if (h->header[0] == RECORD_ALERT) {
			read_alert(h, data, n);
		}
		data += n;
		len -= n;
		h->record_left -= n;
		if (h->record_left == 0) {
			h->header_len = 0;
		}
	}
}
