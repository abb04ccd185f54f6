#include "check.h"

#include "base/ip_address.h"

static void ip_case(const char *text, size_t len, const char *expected)
{
	uint8_t ip[16];

	if (CHECK(ip_parse(text, ip), ==, len) && len != 0) {
		CHECK(memcmp(ip, expected, len), ==, 0);
	}
}

static void test_ip(void)
{
	static const char *const none[] = { "", "mail.example.test", "1.2.3", "1.2.3.4.", "1.2.3.256",
		"1.2.3.4.5", "01234.1.1.1", "1..2.3", "1.2.3.4x", ":", ":::", ":1", "1:", "1::2::3",
		"1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::1:2:3:4:5:6:7:8",
		"12345::", "g::", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "1:2:3:4:5:6:7:8::", "fe80::1%eth0",
		"[::1]", "1:2:3:4:5:6:1.2.3.4:7" };

	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
		uint8_t ip[16];
		if (!CHECK(ip_parse(none[i], ip), ==, 0)) {
			CHECK_TEXT(none[i], "no address");
		}
	}
	ip_case("192.0.2.1", 4, "\xc0\x00\x02\x01");
	ip_case("255.255.255.255", 4, "\xff\xff\xff\xff");
	ip_case("::", 16, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
	ip_case("::1", 16, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1");
	ip_case("1::", 16, "\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
	ip_case("2001:DB8::a:0:1", 16, "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\x0a\0\0\0\1");
	ip_case("1:2:3:4:5:6:7:8", 16, "\0\1\0\2\0\3\0\4\0\5\0\6\0\7\0\x8");
	ip_case("1:2:3:4:5:6:7::", 16, "\0\1\0\2\0\3\0\4\0\5\0\6\0\7\0\0");
	ip_case("::ffff:192.0.2.1", 16, "\0\0\0\0\0\0\0\0\0\0\xff\xff\xc0\0\2\1");
	ip_case("::192.0.2.1", 16, "\0\0\0\0\0\0\0\0\0\0\0\0\xc0\0\2\1");
	ip_case("64:ff9b::192.0.2.1", 16, "\0\x64\xff\x9b\0\0\0\0\0\0\0\0\xc0\0\2\1");
}

static void text_case(const char *ip, size_t len, const char *expected)
{
	char text[IP_TEXT + 1];

	text[ip_text((bytes){ (const uint8_t *)ip, len }, text)] = '\0';
	CHECK_TEXT(text, expected);
}

static void test_written(void)
{
	text_case("\xc0\0\2\1", 4, "192.0.2.1");
	text_case("\xff\xff\xff\xff", 4, "255.255.255.255");
	text_case("\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1", 16, "2001:db8:0:0:0:0:0:1");
	text_case("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 16,
		"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
	text_case("", 0, "");
	text_case("\1\2\3", 3, "");
	text_case("\1\2\3\4\5", 5, "");
}

void test_ip_address(void)
{
	test_ip();
	test_written();
}
