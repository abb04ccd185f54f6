#include "check.h"

#include "hex.h"
#include "rfc8448.h"
#include "tls/server_messages.h"

#include <stdio.h>

static uint8_t hello_message[512], body[512];
static bytes hello;

static int read_hex(server_hello *h, const char *hex)
{
	return server_hello_read(h, (bytes){ body, unhex(hex, body) }, hello);
}

#define VERSION_RANDOM "0303a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772ed3e26928"
#define VERSION_RETRY "0303cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"
#define SHARE "00330024001d0020c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f"

static void test_server_hello(void)
{
	server_hello h;

	CHECK(read_hex(&h, RFC8448_SERVER_HELLO + 8), ==, 0);
	CHECK(h.retry, ==, 0);
	CHECK(h.version, ==, 0x0304);
	CHECK(h.suite, ==, 0x1301);
	CHECK(h.group, ==, 29);
	CHECK(h.share.len, ==, 32);
	CHECK(h.share.p[0], ==, 0xc9);
	size_t len = unhex(RFC8448_SERVER_HELLO + 8, body);
	for (size_t cut = 0; cut < len; cut++) {
		CHECK(server_hello_read(&h, (bytes){ body, cut }, hello), ==, 50);
	}
	body[len] = 0;
	CHECK(server_hello_read(&h, (bytes){ body, len + 1 }, hello), ==, 50);
	CHECK(read_hex(&h,
			  VERSION_RETRY "00130100000c002b0002030400330002"
							"0017"),
		==, 0);
	CHECK(h.retry, ==, 1);
	CHECK(h.group, ==, 23);
	CHECK(read_hex(&h, VERSION_RETRY "00130100000e002b00020304002c00040002abcd"), ==, 0);
	CHECK(h.cookie.len, ==, 2);
	CHECK(h.group, ==, 0);
}

static void test_faulty_hellos(void)
{
	static const struct {
		const char *hex;
		int alert;
	} cases[] = {
		/* another version below, compression, a session or a suite that we did not offer */
		{ "0302a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772ed3e26928"
		  "00130100002e" SHARE "002b00020304",
			47 },
		{ VERSION_RANDOM "00130101002e" SHARE "002b00020304", 47 },
		{ VERSION_RANDOM "0105130100002e" SHARE "002b00020304", 47 },
		{ VERSION_RANDOM "00130400002e" SHARE "002b00020304", 47 },
		{ VERSION_RANDOM "00c02f00002e" SHARE "002b00020304", 47 },
		/* no version, and one that cannot be chosen so */
		{ VERSION_RANDOM "001301000028" SHARE, 47 },
		{ VERSION_RANDOM "00130100002e" SHARE "002b00020303", 47 },
		/* an extension twice, one too long, and those that do not belong here */
		{ VERSION_RANDOM "00130100000c002b00020304002b00020304", 47 },
		{ VERSION_RANDOM "001301000007002b0003030400", 50 },
		{ VERSION_RANDOM "00130100000a002b0002030400230000", 110 },
		{ VERSION_RANDOM "00130100000e002b00020304002c00040002abcd", 110 },
		/* a cookie of nothing */
		{ VERSION_RETRY "00130100000c002b00020304002c00020000", 50 },
		/* an extension that ends behind the message */
		{ VERSION_RANDOM "001301000006002b00090304", 50 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		server_hello h;
		if (!CHECK(read_hex(&h, cases[i].hex), ==, cases[i].alert)) {
			fprintf(stderr, "case %zu\n", i);
		}
	}
}

static void test_encrypted_extensions(void)
{
	static const struct {
		const char *hex;
		int alert;
	} cases[] = {
		{ RFC8448_ENCRYPTED_EXTENSIONS, 0 }, { "080000020000", 0 },
		{ "08000006000400000000", 0 }, /* the name was understood */
		{ "08000001ff", 50 }, { "08000003000000", 50 }, { "080000050003000000", 50 },
		{ "08000006000400050000", 110 }, /* status_request: we did not ask */
		{ "0800000a0008002b000403040304", 47 }, { "08000006000400330000", 47 },
		{ "080000060004000d0000", 47 },
		{ "08000006000400150000", 110 },        /* padding, which that hello has not */
		{ "0800000a00080000000000000000", 47 }, /* the name twice */
		{ "0800000a0008000a0000000a0000", 47 }, /* the groups twice */
		{ "08000007000500000001ff", 50 },       /* the name with a name */
		{ "080000060004002d0000", 47 },         /* how a PSK is used: of a hello alone */
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		size_t len = unhex(cases[i].hex, body);
		CHECK(encrypted_extensions_read((bytes){ body + 4, len - 4 }, hello), ==, cases[i].alert);
	}
}

static void test_certificate_verify_message(void)
{
	uint16_t scheme;
	bytes signature;
	size_t len = unhex(RFC8448_CERTIFICATE_VERIFY, body);

	CHECK(certificate_verify_read((bytes){ body + 4, len - 4 }, &scheme, &signature), ==, 0);
	CHECK(scheme, ==, 0x0804);
	CHECK(signature.len, ==, 128);
	CHECK(certificate_verify_read((bytes){ body + 4, len - 5 }, &scheme, &signature), ==, 50);
	CHECK(certificate_verify_read((bytes){ body + 4, len - 3 }, &scheme, &signature), ==, 50);
}

static void test_offers(void)
{
	CHECK(client_hello_session(hello).len, ==, 0);
	CHECK(client_hello_offers_suite(hello, 0x1303), ==, 1);
	CHECK(client_hello_offers_suite(hello, 0x1304), ==, 0);
	CHECK(client_hello_extension(hello, 0).len, ==, 11);
	CHECK(client_hello_extension(hello, 44).p == NULL, ==, 1);
	CHECK(client_hello_lists(hello, 10, 2, 0x18), ==, 1);
	CHECK(client_hello_lists(hello, 10, 2, 0x1e), ==, 0);
	CHECK(client_hello_lists(hello, 13, 2, 0x0804), ==, 1);
	CHECK(client_hello_lists(hello, 44, 2, 0), ==, 0);
}

void test_server_messages(void)
{
	hello = (bytes){ hello_message, unhex(RFC8448_CLIENT_HELLO, hello_message) };
	test_server_hello();
	test_faulty_hellos();
	test_encrypted_extensions();
	test_certificate_verify_message();
	test_offers();
}
