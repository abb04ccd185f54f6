#include "check.h"

#include "x509/der.h"
#include "x509/distinguished_name.h"

static int has(const char *text, const char *part)
{
	return strstr(text, part) != NULL;
}

/* Of more than 24 relative names the last are kept, which are the most specific, and that is said. */
static void test_many_names(void)
{
	static uint8_t name[4 + 26 * 12];
	size_t len = 4;

	for (int i = 0; i < 26; i++) {
		memcpy(name + len, "\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c\x01", 11);
		name[len + 11] = (uint8_t)('A' + i);
		len += 12;
	}
	memcpy(name, "\x30\x82\x01\x38", 4);
	distinguished_name_write((bytes){ name, len }, check_writer(), NULL);
	CHECK(memcmp(check_written(), "\"CN=Z, CN=Y, ", 13), ==, 0);
	CHECK(has(check_written(), ", CN=C, \xe2\x80\xa6\""), ==, 1);
	/* those of one set belong together */
	size_t inner = 0;
	for (int i = 0; i < 26; i++, inner += 10) {
		memcpy(name + 8 + inner, "\x30\x08\x06\x03\x55\x04\x03\x0c\x01", 9);
		name[8 + inner + 9] = (uint8_t)('A' + i);
	}
	memcpy(name, "\x30\x82\x01\x08\x31\x82\x01\x04", 8);
	distinguished_name_write((bytes){ name, 8 + inner }, check_writer(), NULL);
	CHECK(memcmp(check_written(), "\"CN=A+CN=B+", 11), ==, 0);
	CHECK(has(check_written(), "+CN=Z\""), ==, 1);
	/* and of a text there is no more than 1024 bytes: a character is there, with what escapes it, or not */
	static uint8_t long_name[4 + 4 + 4 + 5 + 4 + 2000];
	for (int shift = 0; shift < 4; shift++) {
		memset(long_name, 'n', sizeof long_name);
		memcpy(long_name,
			"\x30\x82\x07\xe1\x31\x82\x07\xdd\x30\x82\x07\xd9\x06\x03\x55\x04\x03\x0c\x82\x07\xd0",
			21);
		distinguished_name_write((bytes){ long_name, sizeof long_name }, check_writer(), NULL);
		CHECK(strlen(check_written()), ==, 1024 + 2);
		CHECK(has(check_written(), "nn\xe2\x80\xa6\""), ==, 1);
		memset(long_name + 21 + shift, ',', 2000 - (size_t)shift);
		distinguished_name_write((bytes){ long_name, sizeof long_name }, check_writer(), NULL);
		CHECK(has(check_written(), ",\xe2\x80\xa6\""), ==, 1);
		memset(long_name + 21 + shift, 1, 2000 - (size_t)shift);
		distinguished_name_write((bytes){ long_name, sizeof long_name }, check_writer(), NULL);
		CHECK(has(check_written(), "01\xe2\x80\xa6\""), ==, 1);
	}
}

static void name_case(const char *der, size_t len, const char *expected)
{
	distinguished_name_write((bytes){ (const uint8_t *)der, len }, check_writer(), NULL);
	CHECK_TEXT(check_written(), expected);
}

#define NAME(der, expected) name_case(der, sizeof der - 1, expected)

static void test_distinguished_names(void)
{
	NAME("\x30\x00", "\"\"");
	NAME("", "\"\"");
	NAME("\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x0c\x03\x61\x22\x62", "\"CN=a\\\\\\\"b\"");
	/* BMPString, an attribute without a short name, two attributes of one set */
	NAME("\x30\x0f\x31\x0d\x30\x0b\x06\x03\x55\x04\x0a\x1e\x04\x00\xfc\x20\xac",
		"\"O=\xc3\xbc\xe2\x82\xac\"");
	NAME("\x30\x0d\x31\x0b\x30\x09\x06\x04\x2a\x83\x74\x01\x0c\x01x", "\"1.2.500.1=#0C0178\"");
	NAME("\x30\x16\x31\x14\x30\x08\x06\x03\x55\x04\x03\x0c\x01"
		 "a\x30\x08\x06\x03\x55\x04\x0a\x0c\x01"
		 "b",
		"\"CN=a+O=b\"");
	/* the two other names with a name, and ASCII as BMPString */
	NAME("\x30\x16\x31\x14\x30\x12\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01\x16\x05"
		 "a@b.c",
		"\"emailAddress=a@b.c\"");
	NAME("\x30\x13\x31\x11\x30\x0f\x06\x0a\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x19\x16\x01x",
		"\"DC=x\"");
	NAME("\x30\x0d\x31\x0b\x30\x09\x06\x03\x55\x04\x06\x1e\x02\x00S", "\"C=S\"");
	/* same lengths, other names */
	NAME("\x30\x12\x31\x10\x30\x0e\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x02\x16\x01x",
		"\"1.2.840.113549.1.9.2=#160178\"");
	NAME("\x30\x13\x31\x11\x30\x0f\x06\x0a\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x01\x16\x01x",
		"\"UID=x\"");
	NAME("\x30\x13\x31\x11\x30\x0f\x06\x0a\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x02\x16\x01x",
		"\"0.9.2342.19200300.100.1.2=#160178\"");
	/* a value that is no text (INTEGER 5) */
	NAME("\x30\x0c\x31\x0a\x30\x08\x06\x03\x55\x04\x05\x02\x01\x05", "\"serialNumber=#020105\"");
	/* an attribute without a value is passed over */
	NAME("\x30\x09\x31\x07\x30\x05\x06\x03\x55\x04\x03", "\"\"");
}

/* An organization of these bytes, as a string of this kind. */
static void value_case(int tag, const char *value, size_t len, const char *expected)
{
	uint8_t name[80] = { 0x30, (uint8_t)(11 + len), 0x31, (uint8_t)(9 + len), 0x30,
		(uint8_t)(7 + len), 0x06, 3, 0x55, 0x04, 0x0a, (uint8_t)tag, (uint8_t)len };

	memcpy(name + 13, value, len);
	name_case((const char *)name, 13 + len, expected);
}

#define VALUE(tag, value, expected) value_case(tag, value, sizeof value - 1, "\"O=" expected "\"")

/* RFC 4514 2.4; a backslash is two in JSON. */
static void test_escaped_values(void)
{
	VALUE(DER_UTF8_STRING, "evil, CN=mail.google.com", "evil\\\\, CN=mail.google.com");
	VALUE(DER_UTF8_STRING, "a+b;c<d>e\"f\\g=h", "a\\\\+b\\\\;c\\\\<d\\\\>e\\\\\\\"f\\\\\\\\g=h");
	VALUE(DER_UTF8_STRING, " a b ", "\\\\ a b\\\\ ");
	VALUE(DER_UTF8_STRING, " ", "\\\\ ");
	VALUE(DER_UTF8_STRING, "#a#", "\\\\#a#");
	VALUE(DER_UTF8_STRING, "a\0b\r\n\x7f", "a\\\\00b\\\\0D\\\\0A\\\\7F");
	VALUE(DER_PRINTABLE_STRING, "A", "A");
	VALUE(DER_NUMERIC_STRING, "1", "1");
	VALUE(DER_VISIBLE_STRING, "A", "A");
	VALUE(DER_UTF8_STRING, "\xc3\xbc\xe2\x82\xac\xf0\x9f\x93\xac",
		"\xc3\xbc\xe2\x82\xac\xf0\x9f\x93\xac");
	/* no UTF-8; and what shows nothing, or turns the writing round */
	VALUE(DER_UTF8_STRING, "a\xffz", "a\\\\FFz");
	VALUE(DER_UTF8_STRING, "a\xc2\x85\xc2\xa0", "a\\\\C2\\\\85\xc2\xa0");
	VALUE(DER_UTF8_STRING, "\xc2\xad\xd8\x9c", "\\\\C2\\\\AD\\\\D8\\\\9C");
	VALUE(DER_UTF8_STRING,
		"\xe2\x80\xae"
		"moc",
		"\\\\E2\\\\80\\\\AEmoc");
	VALUE(DER_UTF8_STRING, "\xe2\x80\x8b\xe2\x81\xa6\xef\xbb\xbf",
		"\\\\E2\\\\80\\\\8B\\\\E2\\\\81\\\\A6\\\\EF\\\\BB\\\\BF");
	/* wider characters, whole and not */
	VALUE(DER_BMP_STRING, "\0a\0,\0 ", "a\\\\,\\\\ ");
	VALUE(DER_BMP_STRING, "\xd8\x3d\0z", "\\\\D8\\\\3Dz");
	VALUE(DER_BMP_STRING, "\0az", "a\\\\7A");
	VALUE(DER_UNIVERSAL_STRING, "\0\x01\xf4\xec\0\0\0#", "\xf0\x9f\x93\xac#");
	VALUE(DER_UNIVERSAL_STRING, "\0\x11\0\0", "\\\\00\\\\11\\\\00\\\\00");
	VALUE(DER_TELETEX_STRING, "M\xfcller", "M\xc3\xbcller");
}

void test_distinguished_name(void)
{
	test_distinguished_names();
	test_escaped_values();
	test_many_names();
}
