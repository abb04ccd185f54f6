#include "replies.h"

#include "check.h"

#include <string.h>

static const char *cause(protocol_id protocol, phase_id phase, const char *status, const char *text)
{
	diagnosis_id id = reply_cause(protocol, phase, status, (const uint8_t *)text, strlen(text));
	return id == DIAG_COUNT ? "none" : diagnoses[id].id;
}

/* The first digit decides where no sign says otherwise (RFC 5321 4.3.2). */
static void test_smtp(void)
{
	const protocol_id p = PROTOCOL_smtp;

	CHECK_TEXT(cause(p, PHASE_greeting, "421", "421 4.3.2 shutting down"), "greeting-busy");
	CHECK_TEXT(cause(p, PHASE_greeting, "499", "499 ?"), "greeting-busy");
	CHECK_TEXT(cause(p, PHASE_greeting, "554", "554 no SMTP service here"), "greeting-refused");
	CHECK_TEXT(cause(p, PHASE_greeting, "554", "554 Too many connections"), "greeting-busy");
	CHECK_TEXT(cause(p, PHASE_greeting, "521", "521 client [192.0.2.1] blocked using zen.example"),
		"greeting-blocklisted");
	CHECK_TEXT(cause(p, PHASE_greeting, "421", "421 see SpamHaus, try again"), "greeting-blocklisted");
	CHECK_TEXT(cause(p, PHASE_capability, "502", "502 what?"), "ehlo-refused");
	CHECK_TEXT(cause(p, PHASE_capability, "503", "503 not now"), "reply-refused");
	CHECK_TEXT(cause(p, PHASE_recapability, "421", "421 bye"), "reply-temporary");
	CHECK_TEXT(cause(p, PHASE_starttls, "454", "454 4.7.0 TLS not available"), "starttls-unavailable");
	CHECK_TEXT(cause(p, PHASE_starttls, "354", "354 go on"), "starttls-refused");
	CHECK_TEXT(cause(p, PHASE_starttls, "250", "250 ok"), "starttls-refused");
}

static void test_imap(void)
{
	const protocol_id p = PROTOCOL_imap;

	CHECK_TEXT(cause(p, PHASE_greeting, "BYE", "* BYE [UNAVAILABLE] later"), "greeting-busy");
	CHECK_TEXT(cause(p, PHASE_greeting, "BYE", "* BYE [CONTACTADMIN] too many problems"),
		"greeting-refused");
	CHECK_TEXT(cause(p, PHASE_greeting, "BAD", "* BAD [unavailable]"), "greeting-refused");
	CHECK_TEXT(cause(p, PHASE_capability, "NO", "[InUse] try"), "reply-temporary");
	CHECK_TEXT(cause(p, PHASE_capability, "BYE", "* BYE"), "connection-closed");
	CHECK_TEXT(cause(p, PHASE_starttls, "BAD", "BAD temporary"), "starttls-refused");
	CHECK_TEXT(cause(p, PHASE_starttls, "NO", "NO [LIMIT]"), "starttls-unavailable");
}

static void test_pop3(void)
{
	const protocol_id p = PROTOCOL_pop3;

	CHECK_TEXT(cause(p, PHASE_greeting, "-ERR", "-ERR [IN-USE] locked"), "greeting-busy");
	CHECK_TEXT(cause(p, PHASE_greeting, "-ERR", "-ERR [SYS/PERM] try again never"), "greeting-refused");
	CHECK_TEXT(cause(p, PHASE_greeting, "-ERR", "-ERR your host is on a blocklist"),
		"greeting-blocklisted");
	CHECK_TEXT(cause(p, PHASE_capability, "-ERR", "-ERR unknown command"), "none");
	CHECK_TEXT(cause(p, PHASE_capability, "-ERR", "-ERR [SYS/TEMP] moment"), "reply-temporary");
	CHECK_TEXT(cause(p, PHASE_starttls, "-ERR", "-ERR no"), "starttls-refused");
}

/* A pattern is as long as what it is held against. */
static void test_status(void)
{
	CHECK_TEXT(cause(PROTOCOL_imap, PHASE_greeting, "B", ""), "none");
	CHECK_TEXT(cause(PROTOCOL_imap, PHASE_greeting, "BYEBYE", ""), "none");
	CHECK_TEXT(cause(PROTOCOL_smtp, PHASE_handshake, "421", ""), "none");
}

void test_replies(void)
{
	test_smtp();
	test_imap();
	test_pop3();
	test_status();
}
