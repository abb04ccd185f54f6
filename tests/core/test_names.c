#include "check.h"

#include "x509/names.h"

/* With work enough for all that there is to compare. */
static names_verdict within(const certificate *c, bytes constraints)
{
	int64_t work = LIMIT_JUDGEMENT_NS;
	return names_within(c, constraints, &work);
}

static void ip_case(const char *text, size_t len, const char *expected)
{
	uint8_t ip[16];

	if (CHECK(names_parse_ip(text, ip), ==, len) && len != 0) {
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
		if (!CHECK(names_parse_ip(none[i], ip), ==, 0)) {
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

/* A certificate whose only content is its names; `tag` is the same for all. */
static uint8_t encoded[1024];

static certificate with_names(int tag, const char *const *names)
{
	certificate c;
	size_t len = 0;

	memset(&c, 0, sizeof c);
	for (; *names != NULL; names++) {
		size_t n = strlen(*names);
		encoded[len++] = (uint8_t)tag;
		encoded[len++] = (uint8_t)n;
		memcpy(encoded + len, *names, n);
		len += n;
	}
	c.alt_names.p = encoded;
	c.alt_names.len = len;
	return c;
}

#define DNS(...) with_names(NAME_DNS, (const char *const[]){ __VA_ARGS__, NULL })

static void match_case(const char *pattern, const char *host, int expected)
{
	certificate c = DNS("unrelated.test", pattern);

	if (!CHECK(names_match(&c, host), ==, expected)) {
		CHECK_TEXT(pattern, host);
	}
}

static void test_match(void)
{
	match_case("mail.example.test", "mail.example.test", 1);
	match_case("MAIL.Example.test", "mail.eXample.test", 1);
	match_case("mail.example.test.", "mail.example.test", 0); /* as OpenSSL and GnuTLS say */
	match_case("mail.example.test", "mail.example.test.", 1);
	match_case("example.test", "mail.example.test", 0);
	match_case("mail.example.test", "example.test", 0);
	match_case("ail.example.test", "mail.example.test", 0);
	match_case("*.example.test", "mail.example.test", 1);
	match_case("*.EXAMPLE.test.", "mail.example.test", 0);
	match_case("*.EXAMPLE.test", "mail.example.test.", 1);
	match_case("*.example.test", "a.mail.example.test", 0);
	match_case("*.example.test", "example.test", 0);
	match_case("*.example.test", ".example.test", 0);
	match_case("*.example.test", "*.example.test", 0);
	match_case("*", "localhost", 0);
	match_case("*.", "localhost", 0);
	match_case("*.test", "example.test", 0);
	match_case("*.*.test", "mail.example.test", 0);
	match_case("*.*.test", "mail.*.test", 0);
	match_case("*.example.test", "localhost", 0);
	match_case("*.example.test", "mail.exomple.test", 0);
	match_case("m*.example.test", "mail.example.test", 0);
	match_case("*l.example.test", "mail.example.test", 0);
	match_case("mail.*.test", "mail.example.test", 0);
	match_case("", "", 0);
	match_case("mail.example.test", "", 0);
	match_case("192.0.2.1", "192.0.2.1", 0); /* an address is no dNSName */
	match_case("*.0.2.1", "192.0.2.1", 0);
}

static void test_no_names(void)
{
	certificate c;

	memset(&c, 0, sizeof c);
	CHECK(names_any(&c), ==, 0);
	CHECK(names_match(&c, "mail.example.test"), ==, 0);
	names_write(&c, check_writer(), NULL);
	CHECK_TEXT(check_written(), "[]");
	c = with_names(DER_CONTEXT | 1, (const char *const[]){ "post@example.test", NULL });
	CHECK(names_any(&c), ==, 0);
	/* cut off within a name: what was before counts, the rest does not */
	c = DNS("a.test", "mail.example.test");
	c.alt_names.len -= 1;
	CHECK(names_match(&c, "a.test"), ==, 1);
	CHECK(names_match(&c, "mail.example.test"), ==, 0);
	/* a name with a NUL inside is not the name before it */
	c = DNS("mail.example.test");
	c.alt_names.len = 2 + 9;
	memcpy(encoded,
		"\x82\x09"
		"a.t\0b.tes",
		11);
	CHECK(names_match(&c, "a.t"), ==, 0);
}

static void test_addresses(void)
{
	certificate c = with_names(NAME_IP, (const char *const[]){ "\xc0\x01\x02\x03", "bad", NULL });

	CHECK(names_match(&c, "192.1.2.3"), ==, 1);
	CHECK(names_match(&c, "192.1.2.4"), ==, 0);
	names_write(&c, check_writer(), NULL);
	CHECK_TEXT(check_written(), "[\"192.1.2.3\"]");
	c = with_names(NAME_IP, (const char *const[]){ "\x20\x01\x0d\xb8zzzzzzzzzzz\x01", NULL });
	names_write(&c, check_writer(), NULL);
	CHECK_TEXT(check_written(), "[\"2001:db8:7a7a:7a7a:7a7a:7a7a:7a7a:7a01\"]");
	CHECK(names_match(&c, "2001:db8:7a7a:7a7a:7a7a:7a7a:7a7a:7a01"), ==, 1);
}

static void test_many(void)
{
	certificate c = DNS("a");
	static uint8_t many[3 * (LIMIT_NAMES_LISTED + 50)];

	for (size_t i = 0; i < sizeof many; i += 3) {
		memcpy(many + i, "\x82\x01z", 3);
	}
	c.alt_names.p = many;
	c.alt_names.len = sizeof many;
	names_write(&c, check_writer(), NULL);
	CHECK(strlen(check_written()), ==, 4 * LIMIT_NAMES_LISTED + 1);
}

/* --- name constraints ------------------------------------------------------------------------------ */

static bytes constraints(const char *permitted, const char *excluded, int tag)
{
	static uint8_t out[256];
	const char *lists[] = { permitted, excluded };
	size_t len = 0;

	for (int i = 0; i < 2; i++) {
		size_t n = lists[i] == NULL ? 0 : strlen(lists[i]);
		if (lists[i] == NULL) {
			continue;
		}
		out[len++] = (uint8_t)(DER_CONTEXT_CONSTRUCTED | i);
		out[len++] = (uint8_t)(n + 4);
		out[len++] = DER_SEQUENCE;
		out[len++] = (uint8_t)(n + 2);
		out[len++] = (uint8_t)tag;
		out[len++] = (uint8_t)n;
		memcpy(out + len, lists[i], n);
		len += n;
	}
	return (bytes){ out, len };
}

/* Once nothing is left of the work, nothing is compared any more. */
static void test_within_work(void)
{
	certificate c = DNS("mail.example.test");
	bytes both = constraints("example.test", "other.test", NAME_DNS);
	int64_t work = LIMIT_JUDGEMENT_NS;

	CHECK(names_within(&c, both, &work), ==, NAMES_ALLOWED);
	int64_t price = LIMIT_JUDGEMENT_NS - work;
	CHECK(price, >, 0);
	work = price + 1;
	CHECK(names_within(&c, both, &work), ==, NAMES_ALLOWED);
	CHECK(names_within(&c, both, &work), ==, NAMES_TOO_MANY);
	CHECK(work, <=, 0);
	int64_t left = work;
	CHECK(names_within(&c, both, &work), ==, NAMES_TOO_MANY);
	CHECK(work, ==, left);
}

static void within_case(
	const char *name, const char *permitted, const char *excluded, names_verdict expected)
{
	certificate c = DNS(name);

	if (!CHECK(within(&c, constraints(permitted, excluded, NAME_DNS)), ==, expected)) {
		CHECK_TEXT(name, permitted != NULL ? permitted : excluded);
	}
}

static void test_within(void)
{
	within_case("mail.example.test", "example.test", NULL, NAMES_ALLOWED);
	within_case("example.test", "example.test", NULL, NAMES_ALLOWED);
	within_case("EXAMPLE.test", "example.TEST", NULL, NAMES_ALLOWED);
	within_case("badexample.test", "example.test", NULL, NAMES_FORBIDDEN);
	within_case("example.test.evil", "example.test", NULL, NAMES_FORBIDDEN);
	within_case("mail.example.test", ".example.test", NULL, NAMES_ALLOWED);
	within_case("example.test", ".example.test", NULL, NAMES_FORBIDDEN);
	within_case("mail.example.test", "", NULL, NAMES_ALLOWED);
	within_case("mail.example.test", NULL, "", NAMES_FORBIDDEN);
	within_case("mail.example.test", "example.test", "mail.example.test", NAMES_FORBIDDEN);
	within_case("mx.example.test", "example.test", "mail.example.test", NAMES_ALLOWED);
	within_case("*.example.test", "example.test", NULL, NAMES_ALLOWED);
	within_case("*.example.test", NULL, "mail.example.test", NAMES_FORBIDDEN);
	within_case("*.example.test", NULL, "other.test", NAMES_ALLOWED);
	within_case("*.example.test", "mail.example.test", NULL, NAMES_FORBIDDEN);
	within_case(
		"*", NULL, "mail.example.test", NAMES_UNDECIDED); /* is no name: it may mean anything */
}

static void test_within_networks(void)
{
	certificate c = with_names(NAME_IP, (const char *const[]){ "\xc0\x01\x02\x03", NULL });

	CHECK(within(&c, constraints("\xc0\x01\x02\x01\xff\xff\xff\x80", NULL, NAME_IP)), ==,
		NAMES_ALLOWED);
	CHECK(within(&c, constraints("\xc0\x01\x03\x01\xff\xff\xff\x80", NULL, NAME_IP)), ==,
		NAMES_FORBIDDEN);
	CHECK(within(&c, constraints(NULL, "\xc0\x01\x02\x01\xff\xff\xff\x80", NAME_IP)), ==,
		NAMES_FORBIDDEN);
	CHECK(within(&c, constraints("example.test", NULL, NAME_DNS)), ==, NAMES_ALLOWED);
}

static void test_within_undecided(void)
{
	const int mail = DER_CONTEXT | 1;
	certificate c = with_names(mail, (const char *const[]){ "post@example.test", NULL });

	CHECK(within(&c, constraints("example.test", NULL, mail)), ==, NAMES_UNDECIDED);
	CHECK(within(&c, constraints("example.test", NULL, NAME_DNS)), ==, NAMES_ALLOWED);
	c = DNS("mail.example.test");
	CHECK(within(&c, constraints("example.test", NULL, mail)), ==, NAMES_ALLOWED);
	bytes b = constraints("example.test", NULL, NAME_DNS);
	b.len--;
	CHECK(within(&c, b), ==, NAMES_UNDECIDED);
	/* a subtree with a minimum */
	CHECK(within(&c, (bytes){ (const uint8_t *)"\xa0\x08\x30\x06\x82\x01x\x80\x01\x00", 10 }), ==,
		NAMES_UNDECIDED);
	CHECK(within(&c, (bytes){ (const uint8_t *)"\x04\x00", 2 }), ==, NAMES_UNDECIDED);
	CHECK(within(&c, (bytes){ NULL, 0 }), ==, NAMES_ALLOWED);
}

/* "O=Example/CN=a+C=DE" as a DN: relative names between slashes; a "!" makes a BMPString. */
static size_t directory_name(const char *text, uint8_t *out)
{
	size_t len = 2, set = 0;

	while (*text != '\0') {
		if (set == 0) {
			set = len;
			len += 2;
		}
		int wide = *text == '!';
		text += wide;
		size_t attribute = len, type = strcspn(text, "="), n = strcspn(text + type, "/+") - 1;
		memcpy(out + len, "\x30\0\x06\x03\x55\x04", 6);
		out[len + 6] = (uint8_t)(type == 2 ? (text[1] == 'N' ? 3 : 11) : *text == 'C' ? 6 : 10);
		out[len + 7] = wide ? DER_BMP_STRING : DER_UTF8_STRING;
		out[len + 8] = (uint8_t)(wide ? 2 * n : n);
		len += 9;
		text += type + 1;
		for (; n > 0; n--) {
			if (wide) {
				out[len++] = 0;
			}
			out[len++] = (uint8_t)*text++;
		}
		out[attribute + 1] = (uint8_t)(len - attribute - 2);
		if (*text != '+') {
			out[set] = DER_SET;
			out[set + 1] = (uint8_t)(len - set - 2);
			set = 0;
		}
		text += *text != '\0';
	}
	out[0] = DER_SEQUENCE;
	out[1] = (uint8_t)(len - 2);
	return len;
}

static void directory_case(
	const char *name, const char *base, names_verdict permitted, names_verdict excluded)
{
	uint8_t subject[128], list[128];
	size_t n = directory_name(base, list + 6);

	memcpy(list, "\xa0\0\x30\0\xa4\0", 6);
	list[5] = (uint8_t)n;
	list[3] = (uint8_t)(n + 2);
	list[1] = (uint8_t)(n + 4);
	certificate c;
	memset(&c, 0, sizeof c);
	c.subject = (bytes){ subject, directory_name(name, subject) };
	int holds = CHECK(within(&c, (bytes){ list, n + 6 }), ==, permitted);
	list[0]++;
	holds &= CHECK(within(&c, (bytes){ list, n + 6 }), ==, excluded);
	if (!holds) {
		CHECK_TEXT(name, base);
	}
}

static void test_within_directories(void)
{
	directory_case("O=Example/CN=mail", "O=Example", NAMES_ALLOWED, NAMES_FORBIDDEN);
	directory_case("O=Example/CN=mail", "O=Example/CN=mail", NAMES_ALLOWED, NAMES_FORBIDDEN);
	directory_case("O=Example/CN=mail", "O=Example/CN=mail/CN=x", NAMES_FORBIDDEN, NAMES_ALLOWED);
	directory_case("O=Example/CN=mail", "", NAMES_ALLOWED, NAMES_FORBIDDEN);
	directory_case("O=Example/CN=mail", "CN=mail", NAMES_FORBIDDEN, NAMES_ALLOWED);
	directory_case("O=Example", "OU=Example", NAMES_FORBIDDEN, NAMES_ALLOWED);
	directory_case("O=Example", "O=Examples", NAMES_FORBIDDEN, NAMES_ALLOWED);
	directory_case("O=Example", "O=Exampl", NAMES_FORBIDDEN, NAMES_ALLOWED);
	/* other spellings: not enough to be permitted, enough to be excluded */
	directory_case("O=Example", "O=eXAMPLE", NAMES_FORBIDDEN, NAMES_FORBIDDEN);
	directory_case("O=Example One", "O= Example  One ", NAMES_FORBIDDEN, NAMES_FORBIDDEN);
	directory_case("O=Example", "!O=Example", NAMES_FORBIDDEN, NAMES_FORBIDDEN);
	directory_case("O=[x", "O={x", NAMES_FORBIDDEN, NAMES_ALLOWED);
	/* several at one level are one */
	directory_case("O=a+CN=b", "O=a+CN=b", NAMES_ALLOWED, NAMES_FORBIDDEN);
	directory_case("O=a+CN=b", "O=A+CN=B", NAMES_FORBIDDEN, NAMES_FORBIDDEN);
	directory_case("O=a+CN=b", "O=A", NAMES_FORBIDDEN, NAMES_ALLOWED);
	directory_case("O=a", "O=A+CN=b", NAMES_FORBIDDEN, NAMES_ALLOWED);
}

/* A name that cannot be read may be anything. */
static void test_within_cut_off(void)
{
	certificate c = DNS("mail.example.test", "x");

	c.alt_names.len--;
	CHECK(within(&c, constraints("example.test", NULL, NAME_DNS)), ==, NAMES_UNDECIDED);
	/* a network of IPv6 holds no address of IPv4, whatever its first bytes */
	c = with_names(NAME_IP, (const char *const[]){ "\xc0\x01\x02\x03", NULL });
	static const char wide[] = "\xc0\x01\x02\x03\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
							   "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff";
	CHECK(within(&c, constraints(NULL, wide, NAME_IP)), ==, NAMES_ALLOWED);
	CHECK(within(&c, constraints(wide, NULL, NAME_IP)), ==, NAMES_FORBIDDEN);
	/* a subtree whose base is cut off */
	CHECK(
		within(&c, (bytes){ (const uint8_t *)"\xa0\x04\x30\x02\x87\x08", 6 }), ==, NAMES_UNDECIDED);
}

static void form_case(int tag, const char *name, int expected)
{
	certificate c = with_names(tag, (const char *const[]){ name, NULL });

	if (!CHECK(names_in_order(&c), ==, expected)) {
		CHECK_TEXT(name, "");
	}
}

static void test_form(void)
{
	char label[65];
	char name[260];

	form_case(NAME_DNS, "mail.example.test", 1);
	form_case(NAME_DNS, "MAIL-2.Example.TEST", 1);
	form_case(NAME_DNS, "*.example.test", 1);
	form_case(NAME_DNS, "localhost", 1);
	form_case(NAME_DNS, "xn--mller-kva.example.test", 1);
	form_case(NAME_DNS, "", 0);
	form_case(NAME_DNS, "*", 0);
	form_case(NAME_DNS, "ma*.example.test", 0);
	form_case(NAME_DNS, "*.*.test", 0);
	form_case(NAME_DNS, "mail.*.test", 0);
	form_case(NAME_DNS, ".example.test", 0);
	form_case(NAME_DNS, "mail..test", 0);
	form_case(NAME_DNS, "mail.example.test.", 0);
	form_case(NAME_DNS, "-mail.example.test", 0);
	form_case(NAME_DNS, "mail-.example.test", 0);
	form_case(NAME_DNS, "my_mail.example.test", 0);
	form_case(NAME_DNS, "my mail.example.test", 0);
	form_case(NAME_DNS, "m\xc3\xbcller.example.test", 0);
	form_case(NAME_DNS, "192.0.2.1", 0);
	form_case(NAME_IP, "1234", 1);
	form_case(NAME_IP, "1234567890123456", 1);
	form_case(NAME_IP, "12345678", 0);
	form_case(NAME_MAIL, "post@example.test", 1);
	form_case(NAME_MAIL, "p\xc3\xb6st@example.test", 0);
	form_case(NAME_URI, "https://example.test/", 1);
	form_case(NAME_URI, "https://example.test/ ", 0);
	form_case(NAME_DIRECTORY, "\x30", 1); /* others are not for hosts, and not looked at */
	/* the longest label and name, and one more */
	memset(label, 'a', sizeof label);
	label[63] = '\0';
	form_case(NAME_DNS, label, 1);
	label[63] = 'a';
	label[64] = '\0';
	form_case(NAME_DNS, label, 0);
	for (size_t i = 0; i < sizeof name; i++) {
		name[i] = i % 10 == 9 ? '.' : 'a';
	}
	name[126] = '\0';
	form_case(NAME_DNS, name, 1);
}

static void test_longest_form(void)
{
	static uint8_t long_name[4 + 254];
	certificate c;

	memset(&c, 0, sizeof c);
	for (size_t len = 253; len <= 254; len++) {
		long_name[0] = NAME_DNS;
		long_name[1] = 0x81;
		long_name[2] = (uint8_t)len;
		for (size_t i = 0; i < len; i++) {
			long_name[3 + i] = i % 10 == 9 ? '.' : 'a';
		}
		c.alt_names = (bytes){ long_name, 3 + len };
		CHECK(names_in_order(&c), ==, len == 253);
	}
}

static void test_too_wide(void)
{
	static const struct {
		const char *name;
		int wide;
	} cases[] = { { "*.co.uk", 1 }, { "*.COM.au", 1 }, { "*.ac.jp", 1 }, { "co.uk", 0 },
		{ "*.uk", 0 }, { "*.example.uk", 0 }, { "*.mail.co.uk", 0 }, { "*.co.example", 0 },
		{ "*.com", 0 }, { "*", 0 }, { "", 0 }, { "*.org.", 0 } };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		certificate c =
			with_names(NAME_DNS, (const char *const[]){ "mail.example.test", cases[i].name, NULL });
		if (!CHECK(names_too_wide(&c), ==, cases[i].wide)) {
			CHECK_TEXT(cases[i].name, "");
		}
	}
	certificate c = with_names(NAME_MAIL, (const char *const[]){ "*.co.uk", NULL });
	CHECK(names_too_wide(&c), ==, 0);
}

static void test_odd_constraints(void)
{
	CHECK(names_odd_constraints((bytes){ NULL, 0 }), ==, 0);
	CHECK(names_odd_constraints(constraints("example.test", NULL, NAME_DNS)), ==, 0);
	CHECK(names_odd_constraints(constraints(".example.test", NULL, NAME_DNS)), ==, 1);
	CHECK(names_odd_constraints(constraints("example.test", ".example.test", NAME_DNS)), ==, 1);
	CHECK(names_odd_constraints(constraints("", NULL, NAME_DNS)), ==, 0);
	/* a dot belongs before the hosts of mail addresses */
	CHECK(names_odd_constraints(constraints(".example.test", NULL, NAME_MAIL)), ==, 0);
}

/* A mail address in a subject counts among the names: it cannot be compared, so nothing is vouched for. */
static void test_within_mail_in_subject(void)
{
	static const uint8_t subject[] =
		"\x30\x16\x31\x14\x30\x12\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09"
		"\x01\x16\x05"
		"a@b.c";
	certificate c = DNS("mail.example.test");

	c.subject = (bytes){ subject, sizeof subject - 1 };
	CHECK(within(&c, constraints("example.test", NULL, NAME_DNS)), ==, NAMES_ALLOWED);
	CHECK(within(&c, constraints("example.test", NULL, NAME_MAIL)), ==, NAMES_UNDECIDED);
	c.subject.len -= 12;
	CHECK(within(&c, constraints("example.test", NULL, NAME_MAIL)), ==, NAMES_ALLOWED);
}

/* Names that are none, where names are constrained. */
static void test_within_odd_names(void)
{
	within_case(".example.test", "example.test", NULL, NAMES_UNDECIDED);
	within_case("mail.example.test.", "example.test", NULL, NAMES_UNDECIDED);
	within_case("mail.example.test", ".example.test", NULL, NAMES_ALLOWED);
}

void test_names(void)
{
	test_form();
	test_longest_form();
	test_too_wide();
	test_odd_constraints();
	test_within_mail_in_subject();
	test_within_odd_names();
	test_ip();
	test_match();
	test_no_names();
	test_addresses();
	test_many();
	test_within();
	test_within_work();
	test_within_networks();
	test_within_undecided();
	test_within_directories();
	test_within_cut_off();
}
