#include "check.h"

#include "base/base64.h"

#include <stdio.h>

/* RFC 4648 10. */
static const struct {
	const char *plain;
	const char *coded;
} vectors[] = { { "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" },
	{ "foob", "Zm9vYg==" }, { "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" },
	{ "\xFB\xFF\xBF", "+/+/" } };

static void test_both_ways(void)
{
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
		size_t len = strlen(vectors[i].plain), coded = strlen(vectors[i].coded), back;
		char out[32] = "";
		uint8_t plain[16];
		CHECK(BASE64_LENGTH(len), ==, coded);
		CHECK(base64_encode((const uint8_t *)vectors[i].plain, len, out, coded), ==, 0);
		CHECK_TEXT(out, vectors[i].coded);
		CHECK(base64_decode((const uint8_t *)out, coded, plain, len, &back), ==, 0);
		CHECK(back, ==, len);
		CHECK(memcmp(plain, vectors[i].plain, len), ==, 0);
		if (len > 0) {
			CHECK(base64_encode((const uint8_t *)vectors[i].plain, len, out, coded - 1), ==, -1);
			CHECK(base64_decode((const uint8_t *)out, coded, plain, len - 1, &back), ==, -1);
			CHECK(back, ==, 0);
		}
	}
}

static void test_malformed(void)
{
	/* too short, no alphabet of this, padding within or of its own, bits that the padding hides */
	static const char *const wrong[] = { "Z", "Zg", "Zg=", "Zm9v\n", "Zm-v", "Zm_v", "Zm 9",
		"Z===", "====", "Zg==Zg==", "Zm=v", "=m9v", "Zh==", "Zm9=" };

	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		uint8_t out[16];
		size_t len = 7;
		if (CHECK(base64_decode((const uint8_t *)wrong[i], strlen(wrong[i]), out, 16, &len), ==, -1)
			== 0) {
			fprintf(stderr, "  %s\n", wrong[i]);
		}
		CHECK(len, ==, 0);
	}
}

void test_base64(void)
{
	test_both_ways();
	test_malformed();
	CHECK(base64_value('/'), ==, 63);
	CHECK(base64_value('='), ==, -1);
}
