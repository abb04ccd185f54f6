#include "check.h"

#include "sasl/scram.h"

static const uint8_t seed[SCRAM_SEED] = { 7 };

static void who(credentials *c, const char *user, const char *password)
{
	given_credentials given = { .user = user, .password = password };
	CHECK(credentials_keep(c, &given), ==, 0);
}

/* RFC 7677 3. */
static const char server_first[] = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
								   "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

static void begin(scram *s)
{
	static const char bare[] = "n=user,r=rOprNGfwEbeRWgbNEkqO";

	memcpy(s->nonce, bare + 9, SCRAM_NONCE);
	memcpy(s->said, bare, sizeof bare - 1);
	s->said_len = sizeof bare - 1;
}

static scram_answer answer(scram *s, const char *text, char out[600])
{
	credentials c;
	size_t len;

	who(&c, "user", "pencil");
	begin(s);
	scram_answer result = scram_final(s, &c, (const uint8_t *)text, strlen(text), out, 599, &len);
	out[len] = '\0';
	return result;
}

static int proved(const scram *s, const char *text)
{
	return scram_server_proved(s, (const uint8_t *)text, strlen(text));
}

static void test_vector(void)
{
	scram s;
	char out[600];

	CHECK(answer(&s, server_first, out), ==, SCRAM_OK);
	CHECK_TEXT(out,
		"c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
		"p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
	CHECK(proved(&s, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="), ==, 1);
	CHECK(proved(&s, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=,x=later"), ==, 1);
	CHECK(proved(&s, "v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="), ==, 0);
	CHECK(proved(&s, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95A=="), ==, 0);
	CHECK(proved(&s, "v="), ==, 0);
	CHECK(proved(&s, "e=invalid-proof"), ==, 0);
	CHECK(proved(&s, ""), ==, 0);
	CHECK(scram_server_refused((const uint8_t *)"e=invalid-proof", 15), ==, 1);
	CHECK(scram_server_refused((const uint8_t *)"v=e=", 4), ==, 0);
}

static void test_first(void)
{
	scram s, other;
	credentials c;
	char out[900], more[900];
	size_t len, more_len;
	uint8_t seed_2[SCRAM_SEED] = { 8 };

	who(&c, "a=b,c", "x");
	CHECK(scram_first(&s, &c, seed, out, sizeof out, &len), ==, 0);
	CHECK(len, ==, strlen("n,,n=a=3Db=2Cc,r=") + SCRAM_NONCE);
	CHECK(memcmp(out, "n,,n=a=3Db=2Cc,r=", 17), ==, 0);
	CHECK(memcmp(out + 17, s.nonce, SCRAM_NONCE), ==, 0);
	CHECK(memchr(s.nonce, ',', SCRAM_NONCE) == NULL, ==, 1);
	CHECK(scram_first(&other, &c, seed_2, more, sizeof more, &more_len), ==, 0);
	CHECK(memcmp(other.nonce, s.nonce, SCRAM_NONCE) != 0, ==, 1);
	CHECK(scram_first(&s, &c, seed, out, len - 1, &len), ==, -1);
	/* the longest name there is */
	char name[LIMIT_USER];
	memset(name, '=', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	who(&c, name, "x");
	CHECK(scram_first(&s, &c, seed, out, LIMIT_SASL_MESSAGE, &len), ==, 0);
	/* what was not prepared cannot be proved */
	who(&c, "anna", "gr\xC3\xBC\xC3\x9F");
	CHECK(scram_first(&s, &c, seed, out, sizeof out, &len), ==, -1);
}

#define NONCE "r=rOprNGfwEbeRWgbNEkqO"
#define SALT "s=W22ZaJ0SNY7soEsUEjb6gQ=="

static void test_hostile(void)
{
	static const char *const wrong[] = { "", "r", "r=", NONCE "," SALT ",i=4096",
		"r=rOprNGfwEbeRWgbNEkqX%x," SALT ",i=4096", "r=%x" NONCE "," SALT ",i=4096",
		"m=ext," NONCE "%x," SALT ",i=4096", NONCE "%x,s=,i=4096", NONCE "%x,s=W2,i=4096",
		NONCE "%x,s=W22Z\n===,i=4096", NONCE "%x,i=4096," SALT, NONCE "%x," SALT,
		NONCE "%x," SALT ",i=", NONCE "%x," SALT ",i=0", NONCE "%x," SALT ",i=-1",
		NONCE "%x," SALT ",i=04096", NONCE "%x," SALT ",i=4096x" };
	static const char *const costly[] = { NONCE "%x," SALT ",i=600001",
		NONCE "%x," SALT ",i=4294967297", NONCE "%x," SALT ",i=99999999999999999999999" };
	scram s;
	char out[600];
	char many[LIMIT_SCRAM_CHALLENGE + 2];

	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		CHECK(answer(&s, wrong[i], out), ==, SCRAM_MALFORMED);
		CHECK_TEXT(out, "");
	}
	for (size_t i = 0; i < sizeof costly / sizeof costly[0]; i++) {
		CHECK(answer(&s, costly[i], out), ==, SCRAM_TOO_COSTLY);
	}
	CHECK(answer(&s, NONCE "%x," SALT ",i=1,more=1", out), ==, SCRAM_OK);
	/* as long as it may be, and longer */
	static const char tail[] = "," SALT ",i=2";
	memset(many, 'x', sizeof many);
	memcpy(many, NONCE, strlen(NONCE));
	strcpy(many + LIMIT_SCRAM_CHALLENGE - strlen(tail), tail);
	CHECK(strlen(many), ==, LIMIT_SCRAM_CHALLENGE);
	CHECK(answer(&s, many, out), ==, SCRAM_OK);
	strcpy(many + LIMIT_SCRAM_CHALLENGE + 1 - strlen(tail), tail);
	CHECK(answer(&s, many, out), ==, SCRAM_MALFORMED);
}

void test_scram(void)
{
	test_vector();
	test_first();
	test_hostile();
}
