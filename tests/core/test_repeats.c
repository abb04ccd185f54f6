#include "check.h"

#include "sasl/repeats.h"

#include <stdio.h>

static int repeats(const char *user, const char *password, const char *text)
{
	credentials c;
	given_credentials given = { .user = user, .password = password };

	CHECK(credentials_keep(&c, &given), ==, 0);
	return repeats_credentials(&c, (const uint8_t *)text, strlen(text));
}

/* The password is Tr0ub4dor&3, whose halves have six bytes and five. */
static const char *const gives_away[] = {
	"535 no such password: Tr0ub4dor&3",
	"535 xxTr0ub4xx",
	"535 4dor&3",
	"535 TR0UB4DOR&3",
	"535 VHIwdWI0ZG9yJjM=",         /* base64 of it */
	"535 AGFubmEAVHIwdWI0ZG9yJjM=", /* … of the whole of PLAIN */
	"535 YW5uYQBUcjB1YjRkb3ImMw==", /* … at another place of a group */
	"535 eFRyMHViNGRvciYz",
	"535 eHhUcjB1YjRkb3ImMw==",
	"535 id=VHIwdWI0ZG9yJjM, gone",
	"535 547230756234646F722633", /* hexadecimal */
	"535 0x547230756234646f722633",
	"535 a547230756234646f722633", /* … a digit off */
	"535 Tr0ub4dor%263",           /* percent */
	"535 %54%72%30%75%62%34%64%6F%72%26%33",
	"250 welcome anna",
	"250 welcome ANNA@other.test",
};
static const char *const harmless[] = {
	"",
	"535 5.7.8 Error: authentication failed: (reason unavailable)",
	"535 Tr0u b4do r&3",
	"334 VXNlcm5hbWU6",
	"535 ann",
	"% %5 %5z 0x 54 ====",
};

void test_repeats(void)
{
	for (size_t i = 0; i < sizeof gives_away / sizeof gives_away[0]; i++) {
		if (!CHECK(repeats("anna@example.test", "Tr0ub4dor&3", gives_away[i]), ==, 1)) {
			fprintf(stderr, "  %s\n", gives_away[i]);
		}
	}
	for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++) {
		if (!CHECK(repeats("anna@example.test", "Tr0ub4dor&3", harmless[i]), ==, 0)) {
			fprintf(stderr, "  %s\n", harmless[i]);
		}
	}
	/* a name that says nothing; a password of one letter stands everywhere */
	CHECK(repeats("al", "Tr0ub4dor&3", "+OK al has no mail"), ==, 0);
	CHECK(repeats("al", "x", "+OK al has no extra mail"), ==, 1);
	/* what was said in prepared form is a secret, too */
	credentials c;
	given_credentials given = { "anna", "\xEF\xBD\x81\xEF\xBD\x82\xEF\xBD\x83\xEF\xBD\x84", "anna",
		"abcd" };
	CHECK(credentials_keep(&c, &given), ==, 0);
	CHECK(repeats_credentials(&c, (const uint8_t *)"xabcx", 5), ==, 1);
	/* nobody to sign in has said nothing */
	credentials_wipe(&c);
	CHECK(repeats_credentials(&c, (const uint8_t *)"abc", 3), ==, 0);
}
