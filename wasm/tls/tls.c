#include "tls/tls.h"

#include "base/wipe.h"
#include "tls/client_hello_extend.h"
#include "tls/client_hello_scan.h"
#include "tls/messages.h"
#include "tls/server_messages.h"
#include "tls/tls12.h"
#include "tls/tls13.h"

#include <string.h>

typedef struct {
	tls12 older; /* first, and what follows is cleared by tls_start() */
	enum { NOT_CHOSEN, OLDER, NEWER } chosen;
	int offers_newer;
	int mute;
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

/* BearSSL's first flight is one ClientHello in one record; 0 where there is no room for what it lacks. */
static size_t extend_hello(engine *e, bytes older)
{
	const br_prng_class **rng = &e->older.client.eng.rng.vtable;
	uint8_t session[HELLO_RANDOM];

	if (older.len < RECORD_HEADER || key_share_make(&e->share, GROUP_X25519, rng) != 0) {
		return 0;
	}
	(*rng)->generate(rng, session, sizeof session);
	bytes message = { older.p + RECORD_HEADER, older.len - RECORD_HEADER };
	size_t len = client_hello_extend(
		e->hello + RECORD_HEADER, LIMIT_CLIENT_HELLO - RECORD_HEADER, message, &e->share, session);
	if (len == 0) {
		return 0;
	}
	memcpy(e->hello, older.p, RECORD_HEADER - 2);
	wire_writer length = { .p = e->hello + RECORD_HEADER - 2, .room = 2 };
	wire_put_number(&length, len, 2);
	return RECORD_HEADER + len;
}

/* BearSSL's hello as it is. */
static void say_older_hello(engine *e)
{
	const uint8_t *hello;

	e->hello_len = tls12_to_send(&e->older, &hello);
	memcpy(e->hello, hello, e->hello_len);
	tls12_sent(&e->older, e->hello_len);
}

void tls_start(tls *t, const tls_options *o)
{
	engine *e = engine_of(t);
	const uint8_t *older;

	memset((uint8_t *)e + sizeof e->older, 0, sizeof *e - sizeof e->older);
	e->mute = o->mute;
	scan_init(&e->listener, NULL, e->listener_buf, sizeof e->listener_buf);
	tls12_start(&e->older, o->server_name, o->seed, &t->certificates,
		o->plain ? TLS12_HELLO_SAID : TLS12_HELLO_REPLACED);
	if (o->plain) {
		say_older_hello(e);
		return;
	}
	size_t len = tls12_to_send(&e->older, &older);
	e->hello_len = extend_hello(e, (bytes){ older, len });
	if (e->hello_len == 0) {
		tls12_start(&e->older, o->server_name, o->seed, &t->certificates, TLS12_HELLO_SAID);
		say_older_hello(e);
		return;
	}
	tls12_sent(&e->older, len);
	tls12_hello_replaced(&e->older, hello_of(e), &e->share);
	e->offers_newer = 1;
}

/* --- who reads the server's answer ----------------------------------------------------------------------- */

static void start_newer(tls *t, engine *e)
{
	br_ssl_engine_context *eng = &e->older.client.eng;
	tls13_start_options o = {
		.hello = hello_of(e),
		.share = e->share,
		.certificates = &t->certificates,
		.primitives = { eng->iaes_ctr, eng->ighash, eng->ichacha, eng->ipoly },
		.rng = &eng->rng.vtable,
		.in = e->older.iobuf,
		.mute = e->mute,
	};

	tls13_start(&e->newer, &o);
	wipe(&o.share, sizeof o.share);
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
	/* Alerts, nonsense, and what is longer than any hello are BearSSL's to judge. A companion that comes before
	 * everything means nothing in TLS 1.3, and an attack before (RFC 8446 5, CVE-2014-0224). */
	int hello_known = e->listener.version != 0;

	if (!hello_known && e->listener.state == SCAN_READING && e->held_len < sizeof e->held) {
		return;
	}
	e->chosen = e->listener.version == TLS_1_3 && e->offers_newer ? NEWER : OLDER;
	if (e->chosen == NEWER) {
		start_newer(t, e);
		wipe(&e->share, sizeof e->share);
	} else if (hello_known && e->listener.state != SCAN_BROKEN) {
		tls_error error =
			older_server_hello_check((bytes){ e->listener_buf, e->listener.have }, hello_of(e));
		if (error != TLS_ERROR_unknown) {
			tls12_refuse(&e->older, error);
		}
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
	if (e->chosen == NOT_CHOSEN || hand_over(e) > 0) {
		return taken;
	}
	data += taken;
	len -= taken;
	return taken
		+ (e->chosen == NEWER ? tls13_receive(&e->newer, data, len)
							  : tls12_receive(&e->older, data, len));
}

/* --- the rest is passed on ------------------------------------------------------------------------------- */

size_t tls_to_send(tls *t, const uint8_t **data)
{
	engine *e = engine_of(t);

	if (e->hello_sent < e->hello_len) {
		*data = e->hello + e->hello_sent;
		return e->hello_len - e->hello_sent;
	}
	return e->chosen == NEWER ? tls13_to_send(&e->newer, data) : tls12_to_send(&e->older, data);
}

void tls_sent(tls *t, size_t len)
{
	engine *e = engine_of(t);
	size_t left = e->hello_len - e->hello_sent;

	if (left > 0) {
		e->hello_sent += len < left ? len : left;
	} else if (e->chosen == NEWER) {
		tls13_sent(&e->newer, len);
	} else {
		tls12_sent(&e->older, len);
	}
}

size_t tls_readable(tls *t, const uint8_t **data)
{
	engine *e = engine_of(t);

	return e->chosen == NEWER ? tls13_readable(&e->newer, data) : tls12_readable(&e->older, data);
}

void tls_read(tls *t, size_t len)
{
	engine *e = engine_of(t);

	if (e->chosen == NEWER) {
		tls13_read(&e->newer, len);
	} else {
		tls12_read(&e->older, len);
	}
}

int tls_writable(const tls *t)
{
	const engine *e = engine_in(t);

	return e->chosen == NEWER ? tls13_writable(&e->newer) : tls12_writable(&e->older);
}

size_t tls_write(tls *t, const uint8_t *data, size_t len)
{
	engine *e = engine_of(t);

	return e->chosen == NEWER ? tls13_write(&e->newer, data, len)
							  : tls12_write(&e->older, data, len);
}

void tls_close(tls *t)
{
	engine *e = engine_of(t);

	if (e->chosen == NEWER) {
		tls13_close(&e->newer);
	} else {
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

	return e->chosen == NEWER ? state_of_newer(&e->newer) : tls12_state(&e->older);
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
