#include "check.h"

#include "hex.h"
#include "tls/messages.h"
#include "tls/passed_over_message.h"

#include <stdio.h>

enum { REQUEST = MESSAGE_CERTIFICATE_REQUEST, TICKET = MESSAGE_NEW_SESSION_TICKET };

/* The alert that such a body deserves, whole and byte by byte. */
static void case_of(unsigned kind, const char *hex, int alert)
{
	uint8_t body[256];
	size_t len = unhex(hex, body);

	for (size_t step = 1; step <= 256; step += 255) {
		passed_over_message m;
		int found = 0;
		passed_over_message_begin(&m, kind);
		for (size_t at = 0; at < len && found == 0; at += step) {
			found = passed_over_message_read(&m, body + at, len - at < step ? len - at : step);
		}
		if (!CHECK(found != 0 ? found : passed_over_message_end(&m), ==, alert)) {
			fprintf(stderr, "%s\n", hex);
		}
	}
}

#define SCHEMES "000d000400020403"

static void test_requests(void)
{
	case_of(REQUEST, "000008" SCHEMES, 0);
	case_of(REQUEST, "000012" SCHEMES "002f0006000400023000", 0);
	case_of(REQUEST,
		"000014" SCHEMES "002f000800060001300001"
		"31",
		0);
	case_of(REQUEST, "000010" SCHEMES "0032000400020804", 0);
	case_of(REQUEST,
		"000010" SCHEMES "0a0a0000"
		"fafa0000",
		0); /* what nobody knows */
	case_of(REQUEST,
		"000010" SCHEMES "0a0a0000"
		"0a0a0000",
		0);
	case_of(REQUEST, "00000c" SCHEMES "00050000", 0); /* stapling */
	/* the context */
	case_of(REQUEST, "01aa0008" SCHEMES, 47);
	/* without what must be there */
	case_of(REQUEST, "000000", 109);
	case_of(REQUEST,
		"000008"
		"0032000400020804",
		109);
	/* twice, or from elsewhere */
	case_of(REQUEST, "000010" SCHEMES SCHEMES, 47);
	case_of(REQUEST,
		"000014" SCHEMES "0033000800060001300001"
		"31",
		47);
	case_of(REQUEST, "00000c" SCHEMES "00000000", 47);
	case_of(REQUEST, "00000e" SCHEMES "002b00020304", 47);
	/* lists that are none */
	case_of(REQUEST,
		"000004"
		"000d0000",
		50);
	case_of(REQUEST,
		"000006"
		"000d00020000",
		50);
	case_of(REQUEST,
		"000007"
		"000d0003000104",
		50);
	case_of(REQUEST,
		"000008"
		"000d000400030403",
		50);
	case_of(REQUEST,
		"000008"
		"000d000400010403",
		50);
	case_of(REQUEST, "00000e" SCHEMES "002f00020000", 50);
	case_of(REQUEST, "000010" SCHEMES "002f000400020000", 50);     /* a name of no bytes */
	case_of(REQUEST, "000012" SCHEMES "002f0006000400033000", 50); /* … and of too many */
	case_of(REQUEST, "000011" SCHEMES "002f00050003000130", 0);
	case_of(REQUEST, "000012" SCHEMES "002f0006000400013000", 50); /* half a length */
	/* lengths that do not fit, and ends */
	case_of(REQUEST, "", 50);
	case_of(REQUEST, "00", 50);
	case_of(REQUEST, "0000", 50);
	case_of(REQUEST, "000007" SCHEMES, 50);
	case_of(REQUEST, "000009" SCHEMES, 50);
	case_of(REQUEST, "000009" SCHEMES "00", 50);
	case_of(REQUEST, "00000b" SCHEMES "001200", 50);
	case_of(REQUEST, "000008" SCHEMES "00", 50);
	case_of(REQUEST, "00000c" SCHEMES "00120001", 50);
}

#define TIMES "00001c2000000001"

static void test_tickets(void)
{
	case_of(TICKET, TIMES "01aa0002bbbb0000", 0);
	case_of(TICKET, TIMES "000001bb0000", 0);
	case_of(TICKET, TIMES "000001bb0008002a000400004000", 0);
	case_of(TICKET, TIMES "000001bb00040a0a0000", 0);
	case_of(TICKET, TIMES "0000000000", 50); /* of no bytes */
	case_of(TICKET, TIMES "000001bb0006002a00020000", 50);
	case_of(TICKET, TIMES "000001bb0010002a000400004000002a000400004000", 47);
	case_of(TICKET, TIMES "000001bb0006002b00020304", 47);
	case_of(TICKET, TIMES "000001bb0008000d000400020403", 47);
	case_of(TICKET, TIMES "000001bb0000ff", 50);
	case_of(TICKET, TIMES "000001bb", 50);
	case_of(TICKET, TIMES "00ffffbb", 50);
	case_of(TICKET, "00001c20", 50);
	case_of(TICKET, "", 50);
}

void test_passed_over_message(void)
{
	test_requests();
	test_tickets();
}
