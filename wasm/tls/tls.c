#include "tls/tls.h"

#include "base/wipe.h"
#include "tls/client_hello.h"
#include "tls/client_hello_scan.h"
#include "tls/messages.h"
#include "tls/server_messages.h"
#include "tls/tls12.h"
#include "tls/tls13.h"

#include <string.h>

typedef struct {
	/* Before OLDER nobody reads on; REFUSED: an alert came in place of a ServerHello. */
	enum { NOT_CHOSEN, REFUSED, OLDER_AWAITED, OLDER, NEWER } chosen;
	int older_on_demand;
	int offers_newer;
	int mute;
	br_hmac_drbg_context rng;
	key_share share;
	uint8_t hello[RECORD_HEADER + LIMIT_CLIENT_HELLO]; /* a record */
	size_t hello_len;
	size_t hello_sent;

	/* The server's first bytes, until its ServerHello is whole: who they are for shows only then. */
	uint8_t held[LIMIT_HANDSHAKE_MESSAGE];
	size_t held_len;
	size_t held_at;
	client_hello_scan listener;
	uint8_t listener_buf[LIMIT_HANDSHAKE_MESSAGE];

	/* Whoever is chosen begins then: what is above is cleared by tls_start(). */
	tls12 older;
	tls13 newer; /* reads its records into the memory of `older` */
} engine;

_Static_assert(sizeof(engine) <= TLS_ENGINE, "tls.h reserves too little");
_Static_assert(sizeof(((tls12 *)0)->iobuf) >= TLS13_RECORD, "BearSSL has less room for a record");

static engine *engine_of(tls *t)
{
	return (engine *)t->engine;
}

static const engine *engine_in(const tls *t)
{
	return (const engine *)t->engine;
}

/* The message that was sent. */
static bytes hello_of(const engine *e)
{
	return (bytes){ e->hello + RECORD_HEADER, e->hello_len - RECORD_HEADER };
}

/* Of a hello without TLS 1.3 no share, and no session. */
void tls_start(tls *t, const tls_options *o)
{
	engine *e = engine_of(t);
	const br_prng_class **rng = &e->rng.vtable;
	uint8_t random[2 * HELLO_RANDOM];

	memset(e, 0, offsetof(engine, older));
	e->mute = o->mute;
	e->older_on_demand = o->older_on_demand;
	scan_init(&e->listener, NULL, e->listener_buf, sizeof e->listener_buf);
	br_hmac_drbg_init(&e->rng, &br_sha256_vtable, o->seed, TLS_SEED);
	(*rng)->generate(rng, random, sizeof random);
	e->offers_newer = !o->plain && key_share_make(&e->share, GROUP_X25519, rng) == 0;
	client_hello hello = { o->server_name, random, random + HELLO_RANDOM,
		e->offers_newer ? &e->share : NULL };
	e->hello_len = client_hello_write(e->hello, sizeof e->hello, &hello);
}

/* --- who reads the server's answer ----------------------------------------------------------------------- */

static void start_newer(tls *t, engine *e)
{
	tls13_start_options o = {
		.hello = hello_of(e),
		.share = e->share,
		.certificates = &t->certificates,
		.rng = &e->rng.vtable,
		.in = e->older.iobuf,
		.mute = e->mute,
	};

	tls13_start(&e->newer, &o);
	wipe(&o.share, sizeof o.share);
}

/* What BearSSL would not mind in a hello. */
static void check_older(engine *e)
{
	if (e->listener.version != 0 && e->listener.state != SCAN_BROKEN) {
		tls_error error =
			older_server_hello_check((bytes){ e->listener_buf, e->listener.have }, hello_of(e));
		if (error != TLS_ERROR_unknown) {
			tls12_refuse(&e->older, error);
		}
	}
}

static void start_older(tls *t, engine *e)
{
	uint8_t seed[TLS_SEED];

	e->chosen = OLDER;
	br_hmac_drbg_generate(&e->rng, seed, sizeof seed);
	tls12_start(&e->older, hello_of(e), e->offers_newer ? &e->share : NULL, seed, &t->certificates);
	wipe(seed, sizeof seed);
	check_older(e);
}

/* What was held goes first; BearSSL may have to say something before it takes all of it. */
static size_t hand_over(engine *e)
{
	const uint8_t *held = e->held + e->held_at;
	size_t len = e->held_len - e->held_at;

	if (len > 0) {
		e->held_at += e->chosen == NEWER ? tls13_receive(&e->newer, held, len)
										 : tls12_receive(&e->older, held, len);
	}
	return e->held_len - e->held_at;
}

static void choose(tls *t, engine *e)
{
	/* Nonsense, and what is longer than any hello are BearSSL's to judge. A companion that comes before
	 * everything means nothing in TLS 1.3, and an attack before (RFC 8446 5, CVE-2014-0224). */
	if (e->listener.version == 0 && e->listener.state == SCAN_READING
		&& e->held_len < sizeof e->held) {
		return;
	}
	if (e->listener.state == SCAN_ALERT) {
		e->chosen = REFUSED;
		return;
	}
	if (e->listener.version == TLS_1_3 && e->offers_newer) {
		e->chosen = NEWER;
		start_newer(t, e);
		wipe(&e->share, sizeof e->share);
	} else if (e->older_on_demand) {
		e->chosen = OLDER_AWAITED;
		return;
	} else {
		start_older(t, e);
	}
	hand_over(e);
}

/* Up to where it shows who reads on: how much was taken. */
static size_t hold(tls *t, engine *e, const uint8_t *data, size_t len)
{
	size_t taken = 0;

	while (taken < len && e->chosen == NOT_CHOSEN) {
		e->held[e->held_len++] = data[taken];
		scan_read(&e->listener, data + taken, 1);
		taken++;
		choose(t, e);
	}
	return taken;
}

size_t tls_receive(tls *t, const uint8_t *data, size_t len)
{
	engine *e = engine_of(t);
	size_t taken = 0;

	if (e->chosen == NOT_CHOSEN) {
		taken = hold(t, e, data, len);
	}
	if (e->chosen < OLDER || hand_over(e) > 0) {
		return taken;
	}
	data += taken;
	len -= taken;
	return taken
		+ (e->chosen == NEWER ? tls13_receive(&e->newer, data, len)
							  : tls12_receive(&e->older, data, len));
}

int tls_awaits_older(const tls *t)
{
	return engine_in(t)->chosen == OLDER_AWAITED;
}

void tls_older_comes(tls *t)
{
	engine *e = engine_of(t);

	if (e->chosen == OLDER_AWAITED) {
		start_older(t, e);
		hand_over(e);
	}
}

/* --- the rest is passed on ------------------------------------------------------------------------------- */

size_t tls_to_send(tls *t, const uint8_t **data)
{
	engine *e = engine_of(t);

	if (e->hello_sent < e->hello_len) {
		*data = e->hello + e->hello_sent;
		return e->hello_len - e->hello_sent;
	}
	return e->chosen == NEWER ? tls13_to_send(&e->newer, data)
		: e->chosen == OLDER  ? tls12_to_send(&e->older, data)
							  : 0;
}

void tls_sent(tls *t, size_t len)
{
	engine *e = engine_of(t);
	size_t left = e->hello_len - e->hello_sent;

	if (left > 0) {
		e->hello_sent += len < left ? len : left;
	} else if (e->chosen == NEWER) {
		tls13_sent(&e->newer, len);
	} else if (e->chosen == OLDER) {
		tls12_sent(&e->older, len);
	}
}

size_t tls_readable(tls *t, const uint8_t **data)
{
	engine *e = engine_of(t);

	return e->chosen == NEWER ? tls13_readable(&e->newer, data)
		: e->chosen == OLDER  ? tls12_readable(&e->older, data)
							  : 0;
}

void tls_read(tls *t, size_t len)
{
	engine *e = engine_of(t);

	if (e->chosen == NEWER) {
		tls13_read(&e->newer, len);
	} else if (e->chosen == OLDER) {
		tls12_read(&e->older, len);
	}
}

int tls_writable(const tls *t)
{
	const engine *e = engine_in(t);

	return e->chosen == NEWER ? tls13_writable(&e->newer)
		: e->chosen == OLDER  ? tls12_writable(&e->older)
							  : 0;
}

size_t tls_write(tls *t, const uint8_t *data, size_t len)
{
	engine *e = engine_of(t);

	return e->chosen == NEWER ? tls13_write(&e->newer, data, len)
		: e->chosen == OLDER  ? tls12_write(&e->older, data, len)
							  : 0;
}

void tls_close(tls *t)
{
	engine *e = engine_of(t);

	if (e->chosen == NEWER) {
		tls13_close(&e->newer);
	} else if (e->chosen == OLDER) {
		tls12_close(&e->older);
	}
}

static tls_status state_of_newer(const tls13 *n)
{
	tls_status s = { TLS_HANDSHAKING, n->complete, n->alert, n->error };

	switch (n->state) {
	case TLS13_CONNECTED:
		s.outcome = TLS_ESTABLISHED;
		break;
	case TLS13_CLOSED:
		s.outcome = TLS_CLOSED;
		break;
	case TLS13_ALERT_RECEIVED:
		s.outcome = TLS_ALERT_RECEIVED;
		break;
	case TLS13_FAILED:
		s.outcome = TLS_FAILED;
		break;
	default:
		break;
	}
	return s;
}

tls_status tls_state(const tls *t)
{
	const engine *e = engine_in(t);
	tls_status s = { TLS_HANDSHAKING, 0, 0, TLS_ERROR_unknown };

	if (e->chosen == REFUSED) {
		s.alert = e->listener.alert;
		s.outcome = s.alert == ALERT_CLOSE_NOTIFY ? TLS_CLOSED : TLS_ALERT_RECEIVED;
	}
	return e->chosen == NEWER ? state_of_newer(&e->newer)
		: e->chosen == OLDER  ? tls12_state(&e->older)
							  : s;
}

unsigned tls_version(const tls *t)
{
	const engine *e = engine_in(t);

	return e->chosen == NEWER ? TLS_1_3 : tls12_version(&e->older);
}

static const tls_suite *suite_of(const tls *t)
{
	const engine *e = engine_in(t);

	return tls_suite_by_number(e->chosen == NEWER ? e->newer.suite : tls12_suite(&e->older));
}

const char *tls_suite_name(const tls *t)
{
	return suite_of(t)->name;
}

int tls_suite_weak(const tls *t)
{
	return suite_of(t)->strength == SUITE_weak;
}

const char *tls_group_name(const tls *t)
{
	const engine *e = engine_in(t);

	if (e->chosen != NEWER && strstr(tls_suite_name(t), "_ECDHE_") == NULL) {
		return "";
	}
	uint16_t group = e->chosen == NEWER ? e->newer.group : tls12_group(&e->older);
	return group == 0 ? "" : tls_group_by_number(group)->name;
}

uint16_t tls_scheme(const tls *t)
{
	const engine *e = engine_in(t);

	return e->chosen == NEWER ? e->newer.scheme : 0;
}

int tls_retried(const tls *t)
{
	const engine *e = engine_in(t);

	return e->chosen == NEWER && e->newer.retried;
}

int tls_certificate_wanted(const tls *t)
{
	const engine *e = engine_in(t);

	return e->chosen == NEWER && e->newer.certificate_wanted;
}

int tls_offers_newer(const tls *t)
{
	return engine_in(t)->offers_newer;
}
