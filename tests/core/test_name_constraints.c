#include "check.h"

#include "x509/name_constraints.h"

#define DNS(...) check_names(NAME_DNS, (const char *const[]){ __VA_ARGS__, NULL })

/* With work enough for all that there is to compare. */
static names_verdict within(const certificate *c, bytes constraints)
{
	int64_t work = LIMIT_JUDGEMENT_NS;
	return name_constraints_check(c, constraints, &work);
}

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

	CHECK(name_constraints_check(&c, both, &work), ==, NAMES_ALLOWED);
	int64_t price = LIMIT_JUDGEMENT_NS - work;
	CHECK(price, >, 0);
	work = price + 1;
	CHECK(name_constraints_check(&c, both, &work), ==, NAMES_ALLOWED);
	CHECK(name_constraints_check(&c, both, &work), ==, NAMES_TOO_MANY);
	CHECK(work, <=, 0);
	int64_t left = work;
	CHECK(name_constraints_check(&c, both, &work), ==, NAMES_TOO_MANY);
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
	certificate c = check_names(NAME_IP, (const char *const[]){ "\xc0\x01\x02\x03", NULL });

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
	certificate c = check_names(mail, (const char *const[]){ "post@example.test", NULL });

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
	c = check_names(NAME_IP, (const char *const[]){ "\xc0\x01\x02\x03", NULL });
	static const char wide[] = "\xc0\x01\x02\x03\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
							   "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff";
	CHECK(within(&c, constraints(NULL, wide, NAME_IP)), ==, NAMES_ALLOWED);
	CHECK(within(&c, constraints(wide, NULL, NAME_IP)), ==, NAMES_FORBIDDEN);
	/* a subtree whose base is cut off */
	CHECK(
		within(&c, (bytes){ (const uint8_t *)"\xa0\x04\x30\x02\x87\x08", 6 }), ==, NAMES_UNDECIDED);
}

static void test_odd_constraints(void)
{
	CHECK(name_constraints_odd((bytes){ NULL, 0 }), ==, 0);
	CHECK(name_constraints_odd(constraints("example.test", NULL, NAME_DNS)), ==, 0);
	CHECK(name_constraints_odd(constraints(".example.test", NULL, NAME_DNS)), ==, 1);
	CHECK(name_constraints_odd(constraints("example.test", ".example.test", NAME_DNS)), ==, 1);
	CHECK(name_constraints_odd(constraints("", NULL, NAME_DNS)), ==, 0);
	/* a dot belongs before the hosts of mail addresses */
	CHECK(name_constraints_odd(constraints(".example.test", NULL, NAME_MAIL)), ==, 0);
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

void test_name_constraints(void)
{
	test_within();
	test_within_work();
	test_within_networks();
	test_within_undecided();
	test_within_directories();
	test_within_cut_off();
	test_odd_constraints();
	test_within_mail_in_subject();
	test_within_odd_names();
}
