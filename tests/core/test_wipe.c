#include "check.h"

#include "base/wipe.h"

void test_wipe(void)
{
	uint8_t secret[40];
	size_t zeros = 0;

	memset(secret, 7, sizeof secret);
	wipe(secret + 1, sizeof secret - 2);
	for (size_t i = 1; i < sizeof secret - 1; i++) {
		zeros += secret[i] == 0;
	}
	CHECK(zeros, ==, sizeof secret - 2);
	CHECK(secret[0], ==, 7);
	CHECK(secret[sizeof secret - 1], ==, 7);
	wipe(secret, 0);
	CHECK(secret[0], ==, 7);
}
