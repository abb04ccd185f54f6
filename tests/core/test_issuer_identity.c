#include "check.h"

#include "x509/issuer_identity.h"

static bytes text(const char *s)
{
	return (bytes){ (const uint8_t *)s, strlen(s) };
}

static void test_taken(void)
{
	const chain *good = check_chain("good");
	const certificate *c = &good->list[1];
	issuer_identity identity = issuer_identity_of(c);

	CHECK(bytes_equal(identity.key_id, c->key_id), ==, 1);
	CHECK(bytes_equal(identity.issuer, c->issuer), ==, 1);
	CHECK(bytes_equal(identity.serial, c->serial), ==, 1);
	CHECK(issuer_identity_differs(&identity, &good->list[0]), ==, 0);
	CHECK(issuer_identity_differs(&identity, &(certificate){ .version = 3 }), ==, 0);
}

/* Each part counts only where both say it. */
static void test_parts(void)
{
	issuer_identity issuer = { text("key"), text("\x30\x01x"), text("\x11") };
	certificate child = { .authority_key_id = text("key") };

	CHECK(issuer_identity_differs(&issuer, &child), ==, 0);
	child.authority_key_id = text("another");
	CHECK(issuer_identity_differs(&issuer, &child), ==, 1);
	issuer.key_id.len = 0; /* one of no bytes is another, too */
	CHECK(issuer_identity_differs(&issuer, &child), ==, 1);
	issuer.key_id.p = NULL;
	CHECK(issuer_identity_differs(&issuer, &child), ==, 0);
	child.authority_serial = text("\x11");
	CHECK(issuer_identity_differs(&issuer, &child), ==, 0);
	child.authority_serial = text("\x12");
	CHECK(issuer_identity_differs(&issuer, &child), ==, 1);
	child.authority_serial.len = 0;
	child.authority_issuer = text("\x82\x01x"); /* no directory name: it says nothing */
	CHECK(issuer_identity_differs(&issuer, &child), ==, 0);
	child.authority_issuer = text("\x82\x01x\xa4\x03\x30\x01x");
	CHECK(issuer_identity_differs(&issuer, &child), ==, 0);
	child.authority_issuer = text("\xa4\x03\x30\x01y");
	CHECK(issuer_identity_differs(&issuer, &child), ==, 1);
}

void test_issuer_identity(void)
{
	test_taken();
	test_parts();
}
