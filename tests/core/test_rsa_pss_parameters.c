#include "check.h"

#include "hex.h"
#include "x509/rsa_pss_parameters.h"

#include <bearssl.h>

#define SHA1 "300906052b0e03021a0500"
#define SHA256 "300d06096086480165030402010500"
#define SHA256_BARE "300b0609608648016503040201"
#define MGF1 "06092a864886f70d010108"

static void test_read(void)
{
	static const struct {
		const char *hex;
		int result;
		uint8_t hash;
		int two;
		size_t salt_len;
	} cases[] = {
		{ "3000", 0, br_sha1_ID, 0, 20 },
		{ "3034a00f" SHA256 "a11c301a" MGF1 SHA256 "a203020120", 0, br_sha256_ID, 0, 32 },
		{ "3030a00d" SHA256_BARE "a11a3018" MGF1 SHA256_BARE "a203020120", 0, br_sha256_ID, 0, 32 },
		/* what is the default, written all the same */
		{ "3031a00b" SHA1 "a1183016" MGF1 SHA1 "a203020114a303020101", 0, br_sha1_ID, 0, 20 },
		{ "3005a203020100", 0, br_sha1_ID, 0, 0 },
		{ "3006a204020203e8", 0, br_sha1_ID, 0, 1000 },
		{ "3034a00f300d06096086480165030402020500a11c301a" MGF1
		  "300d06096086480165030402020500a203020130",
			0, br_sha384_ID, 0, 48 },
		/* two hashes; one that nobody knows; another mask */
		{ "3011a00f" SHA256, 0, 0, 1, 20 },
		{ "301ea11c301a" MGF1 SHA256, 0, 0, 1, 20 },
		{ "3011a00f300d06096086480165030402080500", 0, 0, 1, 20 },
		{ "302fa00f300d06096086480165030402080500a11c301a" MGF1 "300d06096086480165030402080500", 0,
			0, 0, 20 },
		{ "3011a00f300d06096086480165030402050500", 0, 0, 1, 20 },
		{ "3011a00f300d06096086480165030402000500", 0, 0, 1, 20 },
		{ "300fa10d300b06072a864886f70d010500", 0, 0, 1, 20 },
		/* trailer, order, what is too much or too little */
		{ "3005a303020102", -1, 0, 0, 0 },
		{ "3005a303020100", -1, 0, 0, 0 },
		{ "3005a4030201ff", -1, 0, 0, 0 },
		{ "300aa203020114a2", -1, 0, 0, 0 },
		{ "300aa303020101a203020114", -1, 0, 0, 0 },
		{ "300aa203020114a203020114", -1, 0, 0, 0 },
		{ "3005a2030201ff", -1, 0, 0, 0 }, /* below zero */
		{ "3007a2050203010000", -1, 0, 0, 0 },
		{ "3008a206020114020114", -1, 0, 0, 0 },
		{ "3002a200", -1, 0, 0, 0 },
		{ "3002a000", -1, 0, 0, 0 },
		{ "3002a100", -1, 0, 0, 0 },
		{ "300ea00c300a06052b0e03021a040100", -1, 0, 0, 0 }, /* parameters that are not NULL */
		{ "300ea00c300a06052b0e03021a050100", -1, 0, 0, 0 },
		{ "300fa00d300b06052b0e03021a05000500", -1, 0, 0, 0 },
		{ "300fa00d300906052b0e03021a05000500", -1, 0, 0, 0 },
		{ "300fa10d300b" MGF1, -1, 0, 0, 0 },
		{ "3120a11c301a" MGF1 SHA256, -1, 0, 0, 0 },
		{ "0500", -1, 0, 0, 0 },
		{ "", -1, 0, 0, 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		uint8_t data[256];
		rsa_pss_parameters p;
		der d = der_over((bytes){ data, unhex(cases[i].hex, data) });
		int holds = CHECK(rsa_pss_parameters_read(&p, &d), ==, cases[i].result);
		if (holds && cases[i].result == 0) {
			holds = CHECK(p.hash, ==, cases[i].hash) & CHECK(p.two, ==, cases[i].two)
				& CHECK(p.salt_len, ==, cases[i].salt_len);
		}
		if (!holds) {
			CHECK_TEXT(cases[i].hex, "");
		}
	}
}

void test_rsa_pss_parameters(void)
{
	test_read();
}
