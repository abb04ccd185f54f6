#include "dialog/replies.h"

#include "check.h"

#include <stdio.h>
#include <string.h>

static const char *cause(protocol_id protocol, phase_id phase, const char *status, const char *text)
{
	diagnosis_id id =
		reply_cause(protocol, phase, status, (const uint8_t *)text, strlen(text), "check.invalid");
	return id == DIAG_COUNT ? "none" : diagnoses[id].id;
}

/* The first digit decides where no sign says otherwise (RFC 5321 4.3.2). */
static void test_smtp_replies(void)
{
	const protocol_id p = PROTOCOL_smtp;

	CHECK_TEXT(cause(p, PHASE_greeting, "421", "421 4.3.2 shutting down"), "greeting-busy");
	CHECK_TEXT(cause(p, PHASE_greeting, "499", "499 ?"), "greeting-busy");
	CHECK_TEXT(cause(p, PHASE_greeting, "554", "554 no SMTP service here"), "greeting-refused");
	CHECK_TEXT(cause(p, PHASE_greeting, "554", "554 Too many connections"), "greeting-busy");
	CHECK_TEXT(cause(p, PHASE_greeting, "521", "521 client [192.0.2.1] blocked using zen.example"),
		"greeting-blocklisted");
	CHECK_TEXT(
		cause(p, PHASE_greeting, "421", "421 see SpamHaus, try again"), "greeting-blocklisted");
	CHECK_TEXT(cause(p, PHASE_capability, "502", "502 what?"), "ehlo-refused");
	CHECK_TEXT(cause(p, PHASE_capability, "503", "503 not now"), "reply-refused");
	CHECK_TEXT(cause(p, PHASE_recapability, "421", "421 bye"), "reply-temporary");
	CHECK_TEXT(
		cause(p, PHASE_starttls, "454", "454 4.7.0 TLS not available"), "starttls-unavailable");
	CHECK_TEXT(cause(p, PHASE_starttls, "354", "354 go on"), "starttls-refused");
	CHECK_TEXT(cause(p, PHASE_starttls, "250", "250 ok"), "starttls-refused");
}

static void test_imap_replies(void)
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

static void test_pop3_replies(void)
{
	const protocol_id p = PROTOCOL_pop3;

	CHECK_TEXT(cause(p, PHASE_greeting, "-ERR", "-ERR [IN-USE] locked"), "greeting-busy");
	CHECK_TEXT(
		cause(p, PHASE_greeting, "-ERR", "-ERR [SYS/PERM] try again never"), "greeting-refused");
	CHECK_TEXT(cause(p, PHASE_greeting, "-ERR", "-ERR your host is on a blocklist"),
		"greeting-blocklisted");
	CHECK_TEXT(cause(p, PHASE_capability, "-ERR", "-ERR unknown command"), "none");
	CHECK_TEXT(cause(p, PHASE_capability, "-ERR", "-ERR [SYS/TEMP] moment"), "reply-temporary");
	CHECK_TEXT(cause(p, PHASE_starttls, "-ERR", "-ERR no"), "starttls-refused");
}

/*
 * What large operators and usual software say to an address that they do not want, in the forms that
 * people quote from their logs; addresses and hosts are exchanged for such that never exist.
 */
static const char *const smtp_address_refusals[] = {
	/* Gmail */
	"550-5.7.25 [192.0.2.1] The IP address sending this message does not have a 550-5.7.25 PTR "
	"record "
	"setup, or the corresponding forward DNS entry does not 550 5.7.25 point to the sending IP.",
	"421-4.7.28 [192.0.2.1] Our system has detected an unusual rate of unsolicited mail "
	"originating "
	"from your IP address. To protect our 421 4.7.28 users from spam",
	"421-4.7.0 [2001:db8::1] Our system has detected that this message is 421 4.7.0 suspicious due "
	"to "
	"the very low reputation of the sending IP address.",
	"550-5.7.1 [192.0.2.1] The IP you're using to send mail is not authorized to 550 5.7.1 send "
	"email "
	"directly to our servers. Please use the SMTP relay at your service provider instead.",
	/* Outlook.com and Exchange Online */
	"550 SC-001 (COL004-MC1F24) Unfortunately, messages from 192.0.2.1 weren't sent. Please "
	"contact "
	"your Internet service provider since part of their network is on our block list.",
	"550 DY-001 (SNT004-MC2F40) Unfortunately, messages from 192.0.2.1 weren't sent. Email from "
	"dial-up "
	"ranges is not accepted.",
	"550 OU-002 (BAY004-MC5F22) Unfortunately, messages from 192.0.2.1 weren't sent.",
	"550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet "
	"service provider since part of their network is on our block list (S3140).",
	"550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Spamhaus. To request "
	"removal "
	"from this list see https://www.spamhaus.org/query/ip/192.0.2.1 (AS3130)",
	"550 5.7.606 Access denied, banned sending IP [192.0.2.1]. To request removal from this list "
	"please "
	"visit https://sender.office.com/",
	"550 5.7.511 Access denied, banned sender[192.0.2.1]. To request removal from this list "
	"forward "
	"this message to the delisting address.",
	"550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP. AS(7230)",
	"451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP "
	"reputation.",
	"550 5.7.649 see https://aka.ms/postmaster", /* the code alone is enough */
	/* Yahoo and AOL */
	"421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or "
	"user "
	"complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes",
	"421 4.7.1 [TS03] All messages from 192.0.2.1 will be permanently deferred; Retrying will NOT "
	"succeed. Messages are blocked.",
	"553 5.7.1 [BL21] Connections not accepted from IP addresses on Spamhaus PBL; see "
	"https://postmaster.yahooinc.com/error-codes [550]",
	"553 5.7.2 [TSS09] All messages from 192.0.2.1 will be permanently deferred",
	"554- (RTR:DU)  http://postmaster.info.aol.com/errors/554rtrdu.html 554  Connecting IP: "
	"192.0.2.1",
	"421 4.7.1 : (DYN:T1) http://postmaster.info.aol.com/errors/421dynt1.html",
	/* iCloud */
	"550 5.7.0 Blocked - see https://support.proofpoint.com/dnsbl-lookup.cgi?ip=192.0.2.1",
	"554 5.7.1 [CS01] Message rejected due to local policy. Please visit "
	"https://support.apple.com/en-us/HT204137",
	"554 5.7.1 [HM08] Message rejected due to local policy.",
	/* GMX, web.de, mail.com, IONOS */
	"554-gmx.net (mxgmx114) Nemesis ESMTP Service not available 554-No SMTP service 554-Bad DNS "
	"PTR "
	"resource record. 554 For explanation visit "
	"https://postmaster.gmx.net/en/error-messages?c=rdns",
	"554-kundenserver.de (mxeue111) Nemesis ESMTP Service not available 554-No SMTP service 554-IP "
	"address is black listed. 554 For explanation visit https://postmaster.1and1.com/",
	"554-web.de (mxweb012) Nemesis ESMTP Service not available 554-No SMTP service 554-IP address "
	"is "
	"block listed. 554 For explanation visit https://postmaster.web.de/",
	"421-gmx.net (mxgmx017) Nemesis ESMTP Service not available 421-Service unavailable 421-Reject "
	"due "
	"to policy restrictions. 421 For explanation visit https://postmaster.gmx.net/",
	"421 Temporarily rejected. Reverse DNS for this IP failed. IB108",
	"554 Connection refused. This IP has a poor reputation on Cloudmark Sender Intelligence. IB103",
	/* T-Online */
	"554 IP=192.0.2.1 - A problem occurred. (Ask your postmaster for help or to contact "
	"tosa@rx.t-online.de to clarify.) (BL)",
	"554 IP=192.0.2.1 - Dialup/transient IP not allowed. Use a mailgateway/smarthost! (DIAL)",
	/* Comcast, Cox, Charter, AT&T, Verizon */
	"554 resimta-po-11v.sys.comcast.net resimta-po-11v.sys.comcast.net ESMTP 192.0.2.1 found on "
	"one or "
	"more DNSBLs, see http://postmaster.comcast.net/smtp-error-codes.php#BL000010",
	"554 imta14.emeryville.ca.mail.comcast.net comcast 192.0.2.1 Comcast block for spam.  Please "
	"see "
	"http://postmaster.comcast.net/smtp-error-codes.php#BL000000",
	"421 imta23.westchester.pa.mail.comcast.net comcast Reverse DNS failure - Try again later",
	"554 eastrmimpi109 cox 192.0.2.1 blocked. Error Code: CXBL",
	"554 impin012 charter.net ESMTP server not available 192.0.2.1 - see "
	"http://csi.cloudmark.com/reset-request/?ip=192.0.2.1",
	"553 5.3.0 flpd579 DNSBL:RBL 521< 192.0.2.1 >_is_blocked.For assistance forward this error to "
	"abuse_rbl@abuse-att.net",
	"550 5.7.1 Connections not accepted from servers without a valid sender domain.flph825 Fix "
	"reverse "
	"DNS for 192.0.2.1",
	/* Orange, SFR, Free */
	"550 mwinf5c04 ME Adresse IP source bloquee pour incident de spam. Client host blocked for "
	"spamming "
	"issues. OFR006_102 Ref http://csi.cloudmark.com",
	"550 5.7.1 Client host rejected: LPN007_401 adresse IP refusee",
	"421 Too many spams from your IP (192.0.2.1), please visit http://postmaster.free.fr/",
	/* Mail.ru, Yandex */
	"550 Access from ip address 192.0.2.1 blocked. Visit "
	"http://win.mail.ru/cgi-bin/support_bl?ip=192.0.2.1",
	"450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.1]",
	"554 5.7.1 Service refused, client host [192.0.2.1] blocked, see https://yandex.com/support/",
	/* NetEase, QQ */
	"554 HL:IPB 163 smtp3,DdGowADX8Z1 http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.1",
	"421 HL:REP 126 smtp6,fMmowECpvEJ http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.1",
	"554 IP<192.0.2.1> in blacklist",
	"554 Your Ip (192.0.2.1) Is Dynamic Ip Address, Use Your Isp Smtp Server Instead",
	/* Cisco (IronPort), Proofpoint, Mimecast, Barracuda, Symantec, Trend Micro */
	"554-esa10.example.iphmx.com 554 Your access to this mail system has been rejected due to the "
	"sending MTA's poor reputation. If you believe that this failure is in error, please contact "
	"the "
	"intended recipient via alternate means.",
	"550 5.7.0  Mail from 192.0.2.1 refused by Proofpoint Reputation Services.  SENDER please see "
	"and "
	"take action: https://support.proofpoint.com/",
	"554 5.7.1 csi.mimecast.org Poor Reputation Sender. - "
	"https://community.mimecast.com/docs/DOC-1369#550",
	"554 Service unavailable; Client host [192.0.2.1] blocked using Barracuda Reputation; "
	"http://www.barracudanetworks.com/reputation/?r=1&ip=192.0.2.1",
	"501 Connection rejected by policy [7.3] 38206, please visit https://support.symantec.com/ for "
	"more "
	"details about this error message.",
	"450 4.7.1 Mail from 192.0.2.1 deferred using Trend Micro Email Reputation database.",
	/* Rackspace, Strato, OVH */
	"450 4.7.1 Client host 192.0.2.1 has no PTR record (G1F)",
	"550 5.7.1 Sender IP reverse lookup rejected",
	"554 5.7.1 You are not allowed to connect.",
	/* Postfix, postscreen, sendmail, Exim, qmail, Haraka */
	"554 5.7.1 <unknown[192.0.2.1]>: Client host rejected: Access denied",
	"450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]",
	"521 5.7.1 Service unavailable; client [192.0.2.1] blocked using zen.spamhaus.org",
	"550 5.7.1 Service unavailable; client [2001:db8::25] blocked using list.example",
	"450 4.7.1 <c135.example.net[192.0.2.1]>: Client host rejected: may not be mail exchanger",
	"450 4.7.1 Access denied. IP name lookup failed [192.0.2.1]",
	"550 5.7.1 Access denied",
	"554 mail.example.test ESMTP not accepting messages",
	"554 5.7.1 Rejected 192.0.2.1 found in dnsbl.sorbs.net",
	"550 Administrative prohibition",
	"550 192.0.2.1 is not allowed to send mail here",
	"550-rejected because 192.0.2.1 is in a black list at bl.spamcop.net 550 Blocked",
	"451 https://www.spamhaus.org/query/bl?ip=192.0.2.1",
	"554 5.7.1 Connections from your country are refused",
	"550 GeoIP: not from there",
	"421 Refused. Your reverse DNS entry does not resolve to your IP.",
};

/* Refusals of everybody, of too much, or of what was said: an address may be in them all the same. */
static const char *const smtp_other_refusals[] = {
	"554 no SMTP service here",
	"554 5.3.2 mail.example.test System not accepting network messages",
	"521 5.3.2 mail.example.test does not accept mail",
	"550 5.3.2 Service currently unavailable",
	"554 5.7.1 <check@example.test>: Relay access denied",
	"550 5.7.1 Relaying denied. IP address 192.0.2.1 unknown here",
	"450 4.2.0 <unknown[192.0.2.1]>: Greylisted, see http://postgrey.example/help",
	"451 4.7.1 Greylisting in action, please come back in 00:05:00",
	"421 4.7.0 mx1 Error: too many connections from 192.0.2.1",
	"421 4.3.2 All screening ports are busy",
	"421 Too many concurrent connections from this client (G2)",
	"421 mwinf5c04 ME Trop de connexions, veuillez verifier votre configuration. Too many "
	"connections, "
	"slow down. OFR004_104",
	"451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77714)",
	"421 4.3.2 Service not available, closing transmission channel",
	"420 Resources unavailable temporarily. Please try later",
	"450 Server configuration problem",
	"530 5.7.0 Must issue a STARTTLS command first",
	"554 5.7.0 TLS required: say STARTTLS",
	"554 5.7.1 Authentication required, access denied",
	"554 SMTP synchronization error",
	"554 mail.dynamic.example.test no service at 12:34:56",
	"554 scrubland.example.test is closed for good",
	"554 5.7.60 what?",
	"554 5.7.251 what?",
	"554 version 1.2.3.4.5 is not for sale",
	"554 prbl and rblx are no words",
};

static const char *const imap_address_refusals[] = {
	"* BYE [ALERT] Your IP address 192.0.2.1 is blocked.",
	"* BYE Connection from your IP address is not allowed",
	"* BYE Access from ip address 192.0.2.1 blocked",
	"* BYE Access denied",
	"* BYE [192.0.2.1] not allowed: Service not available",
	"* BYE Connection refused - IP screened",
	"* BYE IP address 2001:db8::1 has been banned",
	"* BYE [CONTACTADMIN] 192.0.2.1 is on a blocklist",
	"* BYE Logins from your country are disabled",
};

static const char *const imap_other_refusals[] = {
	"* BYE Connection is closed. 14",
	"* BYE Server unavailable. 15",
	"* BYE IMAP4 server shutting down",
	"* BYE Maximum connection limit reached for ::ffff:192.0.2.1",
	"* BYE Too many connections from your IP address",
	"* BYE [UNAVAILABLE] the blocklist cannot be read",
	"* BYE [PRIVACYREQUIRED] your IP must use STARTTLS",
	"* BYE [CONTACTADMIN] this server was moved",
};

static const char *const pop3_address_refusals[] = {
	"-ERR Your IP is blocked by dynamic screening",
	"-ERR IP address blocked, access denied",
	"-ERR Access denied: your IP address is not allowed",
	"-ERR [SYS/PERM] 192.0.2.1 is blocked",
	"-ERR connection rejected, see http://www.spamhaus.org/",
	"-ERR You are not allowed to connect from there",
};

static const char *const pop3_other_refusals[] = {
	"-ERR Connection is closed. 20",
	"-ERR [SYS/TEMP] come back later",
	"-ERR [IN-USE] maildrop is locked by 192.0.2.7",
	"-ERR Too many connections from 192.0.2.1",
	"-ERR [SYS/PERM] POP3 was switched off",
	"-ERR no",
};

static int is_about_the_address(protocol_id protocol, const char *text)
{
	char status[4] = { 0 };

	memcpy(status, text, 3);
	const char *word = protocol == PROTOCOL_smtp ? status
		: protocol == PROTOCOL_imap              ? "BYE"
												 : "-ERR";
	return strcmp(cause(protocol, PHASE_greeting, word, text), "greeting-blocklisted") == 0;
}

static void check_address(
	protocol_id protocol, const char *const *texts, size_t count, int expected)
{
	for (size_t i = 0; i < count; i++) {
		if (!CHECK(is_about_the_address(protocol, texts[i]), ==, expected)) {
			fprintf(stderr, "  %s\n", texts[i]);
		}
	}
}

#define CHECK_ADDRESS(protocol, texts, expected)                                                   \
	check_address(protocol, texts, sizeof texts / sizeof texts[0], expected)

static void test_address(void)
{
	CHECK_ADDRESS(PROTOCOL_smtp, smtp_address_refusals, 1);
	CHECK_ADDRESS(PROTOCOL_smtp, smtp_other_refusals, 0);
	CHECK_ADDRESS(PROTOCOL_imap, imap_address_refusals, 1);
	CHECK_ADDRESS(PROTOCOL_imap, imap_other_refusals, 0);
	CHECK_ADDRESS(PROTOCOL_pop3, pop3_address_refusals, 1);
	CHECK_ADDRESS(PROTOCOL_pop3, pop3_other_refusals, 0);
}

/* Answers to `EHLO check.invalid`: to the name, to the address, or to the word EHLO. */
static void test_name(void)
{
	static const struct {
		const char *text;
		const char *finding;
	} rows[] = {
		{ "501 5.5.4 Invalid domain name", "ehlo-name-refused" },
		{ "501 Syntactically invalid EHLO argument(s)", "ehlo-name-refused" },
		{ "501 5.0.0 EHLO requires domain address", "ehlo-name-refused" },
		{ "504 5.5.2 <check.invalid>: Helo command rejected: need fully-qualified hostname",
			"ehlo-name-refused" },
		{ "450 4.7.1 <check.invalid>: Helo command rejected: Host not found", "ehlo-name-refused" },
		{ "450 4.7.1 <check.invalid>: Helo command rejected: Domain not found; try again later",
			"ehlo-name-refused" },
		{ "554 5.7.1 <check.invalid>: Helo command rejected: Access denied", "ehlo-name-refused" },
		{ "554 5.7.1 Service unavailable; Helo command [check.invalid] blocked using "
		  "dbl.spamhaus.org",
			"ehlo-name-refused" },
		{ "550 HELO should be a FQDN or address literal (See RFC 2821 4.1.1.1)",
			"ehlo-name-refused" },
		{ "550 5.7.1 bad name", "ehlo-name-refused" },
		{ "550 check.invalid? nobody is called so", "ehlo-name-refused" },
		{ "550 Host name is invalid for SMTP", "ehlo-name-refused" },
		{ "500 5.5.1 Command unrecognized: \"EHLO check.invalid\"", "ehlo-refused" },
		{ "502 5.5.2 Error: command not recognized", "ehlo-refused" },
		{ "502 EHLO not implemented", "ehlo-refused" },
		{ "504 Command parameter not implemented", "ehlo-refused" },
		{ "501 what?", "ehlo-refused" },
		{ "550 5.7.1 your address is on our blacklist", "greeting-blocklisted" },
		{ "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]",
			"greeting-blocklisted" },
		{ "550 Administrative prohibition", "greeting-blocklisted" },
		{ "421 4.7.0 check.invalid closing", "reply-temporary" },
		{ "451 4.3.2 too many of you, check.invalid", "reply-temporary" },
		{ "550 no", "reply-refused" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char status[4] = { 0 };
		memcpy(status, rows[i].text, 3);
		CHECK_TEXT(cause(PROTOCOL_smtp, PHASE_capability, status, rows[i].text), rows[i].finding);
	}
	static const uint8_t text[] = "550 check.invalid is unknown";
	CHECK(reply_cause(PROTOCOL_smtp, PHASE_capability, "550", text, sizeof text - 1, NULL), ==,
		DIAG_reply_refused);
	CHECK(reply_cause(PROTOCOL_smtp, PHASE_capability, "550", text, sizeof text - 1, ""), ==,
		DIAG_reply_refused);
}

/* What providers and servers say to a sign-in, as people quote it or as it stands in the sources of the servers. */
typedef struct {
	const char *text;
	const char *finding;
} sign_in_refusal;

static const sign_in_refusal smtp_sign_in_refusals[] = {
	/* Gmail */
	{ "535-5.7.8 Username and Password not accepted. For more information, go to 535 5.7.8  "
	  "https://support.google.com/mail/?p=BadCredentials x - gsmtp",
		"sign-in-refused" },
	{ "534-5.7.9 Application-specific password required. For more information, go to 534 5.7.9  "
	  "https://support.google.com/mail/?p=InvalidSecondFactor x - gsmtp",
		"sign-in-app-password" },
	{ "534-5.7.9 Please log in with your web browser and then try again. For more 534-5.7.9 "
	  "information, go to 534 5.7.9 https://support.google.com/mail/?p=WebLoginRequired x - gsmtp",
		"sign-in-failed" },
	{ "454 4.7.0 Too many login attempts, please try again later. x - gsmtp", "sign-in-locked" },
	{ "454 4.7.0 Cannot authenticate due to temporary system problem. Try again later. x - gsmtp",
		"sign-in-temporary" },
	/* Outlook.com, Exchange Online and Exchange */
	{ "535 5.7.3 Authentication unsuccessful [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]",
		"sign-in-refused" },
	{ "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect. "
	  "[AM0PR01CA0001.eurprd01.prod.exchangelabs.com]",
		"sign-in-refused" },
	{ "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. "
	  "[AM0PR01CA0001.eurprd01.prod.exchangelabs.com]",
		"sign-in-oauth-only" },
	{ "550 5.7.30 Basic authentication is not supported for Client Submission. [AM0PR01CA0001]",
		"sign-in-oauth-only" },
	{ "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the "
	  "Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.",
		"sign-in-service-off" },
	{ "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the "
	  "Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.",
		"sign-in-service-off" },
	{ "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security "
	  "defaults policy. Contact your administrator.",
		"sign-in-service-off" },
	{ "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be "
	  "authenticated successfully. Contact your administrator.",
		"sign-in-service-off" },
	{ "535 5.7.139 Authentication unsuccessful, account is locked.", "sign-in-locked" },
	{ "454 4.7.0 Temporary authentication failure", "sign-in-temporary" },
	/* Yahoo and AOL, iCloud, GMX, Fastmail, Zoho, Mail.ru, Yandex, QQ, NetEase, Tiscali */
	{ "535 5.7.0 (#AUTH005) Too many bad auth attempts.", "sign-in-locked" },
	{ "535 5.7.0 (#MBR1212) Incorrect username or password.", "sign-in-refused" },
	{ "535 5.7.8 Error: authentication failed: ", "sign-in-refused" },
	{ "535 Authentication credentials invalid", "sign-in-refused" },
	{ "535 5.7.0 Incorrect username or password.", "sign-in-refused" },
	{ "535 Authentication Failed", "sign-in-refused" },
	{ "535 5.7.0 NEOBHODIM parol prilozheniya "
	  "https://help.mail.ru/mail/security/protection/external / Application password is REQUIRED",
		"sign-in-app-password" },
	{ "535 5.7.8 Error: authentication failed: This user does not have access rights to this "
	  "service",
		"sign-in-service-off" },
	{ "535 Login Fail. Please enter your authorization code to login. More information in "
	  "https://service.mail.qq.com/",
		"sign-in-app-password" },
	{ "535 Login fail. Account is abnormal, service is not open, password is incorrect, login "
	  "frequency limited, or system is busy. More information at https://help.mail.qq.com/",
		"sign-in-failed" },
	{ "535 Error: authentication failed", "sign-in-refused" },
	{ "535 Error: authentication failed, system busy", "sign-in-temporary" },
	{ "550 User has no permission", "sign-in-failed" },
	{ "535 5.7.0 authentication rejected: your password is too simple", "sign-in-failed" },
	/* Postfix, Dovecot, Exim, Courier, hMailServer, Stalwart, Kerio, MDaemon, Zimbra */
	{ "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6", "sign-in-refused" },
	{ "535 5.7.8 Error: authentication failed: Invalid user or password!", "sign-in-refused" },
	{ "454 4.7.0 Temporary authentication failure: Connection lost to authentication server",
		"sign-in-temporary" },
	{ "450 4.7.1 Error: too many AUTH commands from unknown[192.0.2.1]", "sign-in-locked" },
	{ "454 4.7.0 Account is temporarily unavailable.", "sign-in-temporary" },
	{ "525 5.7.13 Login disabled for this user", "sign-in-failed" },
	{ "535 5.7.8 Password expired", "sign-in-failed" },
	{ "432 4.7.12 A password transition is needed", "sign-in-failed" },
	{ "535 Incorrect authentication data", "sign-in-refused" },
	{ "435 Unable to authenticate at present", "sign-in-temporary" },
	{ "535 Authentication failed.", "sign-in-refused" },
	{ "535 Authentication rejected", "sign-in-refused" },
	{ "535 Authentication failed. Restarting authentication process.", "sign-in-refused" },
	{ "535 Authentication failed. Too many invalid logon attempts.", "sign-in-locked" },
	{ "535 5.7.8 Authentication credentials invalid.", "sign-in-refused" },
	{ "455 4.3.0 Too many authentication errors, disconnecting.", "sign-in-locked" },
	{ "334 5.7.8 This account requires multi-factor authentication. Alternatively, you can use an "
	  "app password if your account has one.",
		"sign-in-app-password" },
	{ "535 5.7.0 Authentication failed", "sign-in-refused" },
	{ "535 5.7.8 Authentication failed", "sign-in-refused" },
	{ "535 5.7.8 Error: authentication failed: authentication failure", "sign-in-refused" },
	/* whoever: no cause is invented */
	{ "551 User not local; please try <mail.example.test>", "sign-in-failed" },
	{ "550 5.7.1 no", "sign-in-failed" },
	{ "554 5.7.1 account suspended for unpaid bills, password and all", "sign-in-failed" },
	{ "535 5.7.8 Your account has been suspended", "sign-in-failed" },
	{ "530 5.7.57 Client not authenticated to send mail", "sign-in-failed" },
	{ "354 go on", "sign-in-failed" },
	{ "421 4.3.2 shutting down", "sign-in-temporary" },
};

static const sign_in_refusal imap_sign_in_refusals[] = {
	/* Gmail */
	{ "NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", "sign-in-refused" },
	{ "NO [ALERT] Invalid credentials (Failure)", "sign-in-refused" },
	{ "NO [ALERT] Application-specific password required: "
	  "https://support.google.com/accounts/answer/185833 (Failure)",
		"sign-in-app-password" },
	{ "NO [ALERT] Please log in via your web browser: "
	  "https://support.google.com/mail/accounts/answer/78754 (Failure)",
		"sign-in-failed" },
	{ "NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page "
	  "and enable your account for IMAP access. (Failure)",
		"sign-in-service-off" },
	{ "NO [ALERT] IMAP access is disabled for your domain. Please contact your domain "
	  "administrator for questions about this feature. (Failure)",
		"sign-in-service-off" },
	{ "NO [ALERT] Too many simultaneous connections. (Failure)", "sign-in-temporary" },
	/* Outlook.com, Exchange Online and Exchange */
	{ "NO LOGIN failed.", "sign-in-refused" },
	{ "NO AUTHENTICATE failed.", "sign-in-refused" },
	{ "NO Basic authentication is disabled.", "sign-in-oauth-only" },
	{ "NO User is authenticated but not connected.", "sign-in-failed" },
	{ "NO Server Unavailable. 15", "sign-in-temporary" },
	/* Yahoo and AOL, iCloud, GMX, Fastmail, Zoho, Yandex, NetEase, Proton Bridge */
	{ "NO [AUTHENTICATIONFAILED] AUTHENTICATE Invalid credentials", "sign-in-refused" },
	{ "NO [AUTHENTICATIONFAILED] (#MBR1212) Incorrect username or password.", "sign-in-refused" },
	{ "NO [LIMIT] LOGIN Rate limit hit.", "sign-in-locked" },
	{ "NO [UNAVAILABLE] AUTHENTICATE Server error - Please try again later", "sign-in-temporary" },
	{ "NO [AUTHENTICATIONFAILED] Authentication Failed", "sign-in-refused" },
	{ "NO authentication failed", "sign-in-refused" },
	{ "NO Incorrect username, password or access token.", "sign-in-refused" },
	{ "NO Incorrect username or password.", "sign-in-refused" },
	{ "NO [AUTHENTICATIONFAILED] Invalid credentials(Failure)", "sign-in-refused" },
	{ "NO [ALERT] You are yet to enable IMAP for your account. Please contact your administrator "
	  "(Failure)",
		"sign-in-service-off" },
	{ "NO [AUTHENTICATIONFAILED] LOGIN Invalid credentials or IMAP is disabled sc=x",
		"sign-in-refused" },
	{ "NO LOGIN Login error or password error", "sign-in-refused" },
	{ "NO no such user", "sign-in-refused" },
	{ "NO too many login attempts", "sign-in-locked" },
	/* Dovecot, Cyrus, Courier, Zimbra, hMailServer, Stalwart, Kerio, MDaemon */
	{ "NO [AUTHENTICATIONFAILED] Authentication failed.", "sign-in-refused" },
	{ "NO [AUTHORIZATIONFAILED] Authorization failed", "sign-in-failed" },
	{ "NO [UNAVAILABLE] Temporary authentication failure. [mail:2026-01-02 03:04:05]",
		"sign-in-temporary" },
	{ "NO [LIMIT] Maximum number of connections from user+IP exceeded "
	  "(mail_max_userip_connections=10)",
		"sign-in-temporary" },
	{ "NO [CONTACTADMIN] Login disabled for this user", "sign-in-failed" },
	{ "NO [EXPIRED] Password expired", "sign-in-failed" },
	{ "NO [PRIVACYREQUIRED] Cleartext authentication disallowed on non-secure (SSL/TLS) "
	  "connections.",
		"sign-in-failed" },
	{ "NO [INUSE] Account is temporarily unavailable.", "sign-in-temporary" },
	{ "NO Login failed: authentication failure", "sign-in-refused" },
	{ "NO Login failed: account disabled", "sign-in-failed" },
	{ "NO authentication failure", "sign-in-refused" },
	{ "NO user not found", "sign-in-refused" },
	{ "NO Error authenticating", "sign-in-failed" },
	{ "NO Login only available under a layer", "sign-in-failed" },
	{ "NO Login failed.", "sign-in-refused" },
	{ "NO LOGIN failed", "sign-in-refused" },
	{ "NO [ALERT] password must be changed before IMAP login permitted", "sign-in-failed" },
	{ "NO [ALERT] account undergoing maintenance; please try again later", "sign-in-temporary" },
	{ "NO account does not have IMAP access enabled", "sign-in-service-off" },
	{ "NO [REFERRAL imap://anna@other.example.test/] LOGIN failed", "sign-in-failed" },
	{ "NO Invalid user name or password.", "sign-in-refused" },
	{ "NO Invalid user name or password. Please use full email address as user name.",
		"sign-in-user-name" },
	{ "NO [AUTHENTICATIONFAILED] Authentication failed", "sign-in-refused" },
	/* whoever: no cause is invented */
	{ "NO no", "sign-in-failed" },
	{ "NO [ALERT] This mailbox was moved. Ask the help desk.", "sign-in-failed" },
	{ "BAD Command syntax error", "sign-in-failed" },
};

static const sign_in_refusal pop3_sign_in_refusals[] = {
	/* Gmail, Exchange, Yahoo, GMX */
	{ "-ERR [AUTH] Username and password not accepted.", "sign-in-refused" },
	{ "-ERR [AUTH] Application-specific password required: "
	  "https://support.google.com/accounts/answer/185833",
		"sign-in-app-password" },
	{ "-ERR [AUTH] Web login required: https://support.google.com/mail/answer/78754",
		"sign-in-failed" },
	{ "-ERR [SYS/PERM] Your account is not enabled for POP access. Please visit your Gmail "
	  "settings page and enable your account for POP access.",
		"sign-in-service-off" },
	{ "-ERR Logon failure: unknown user name or bad password.", "sign-in-refused" },
	{ "-ERR Server Unavailable. 21", "sign-in-temporary" },
	{ "-ERR [AUTH] (#MBR1212) Incorrect username or password.", "sign-in-refused" },
	{ "-ERR authentication failed", "sign-in-refused" },
	/* Dovecot, Cyrus, Courier, Zimbra, hMailServer */
	{ "-ERR [AUTH] Authentication failed.", "sign-in-refused" },
	{ "-ERR [AUTH] Login disabled for this user", "sign-in-failed" },
	{ "-ERR [AUTH] Password expired", "sign-in-failed" },
	{ "-ERR [SYS/TEMP] Temporary authentication failure. [mail:2026-01-02 03:04:05]",
		"sign-in-temporary" },
	{ "-ERR [IN-USE] Account is temporarily unavailable.", "sign-in-temporary" },
	{ "-ERR [AUTH] Invalid login", "sign-in-refused" },
	{ "-ERR [LOGIN-DELAY] Logins must be at least 5 minutes apart", "sign-in-temporary" },
	{ "-ERR Login failed.", "sign-in-refused" },
	{ "-ERR pop access not enabled for account", "sign-in-service-off" },
	{ "-ERR your password has expired", "sign-in-failed" },
	{ "-ERR your account is having maintenance peformed. please try again later",
		"sign-in-temporary" },
	{ "-ERR Invalid user name or password. Please use full email address as user name.",
		"sign-in-user-name" },
	{ "-ERR Invalid user name or password. Too many invalid logon attempts.", "sign-in-locked" },
	{ "-ERR Your mailbox is already locked", "sign-in-failed" },
	/* whoever: no cause is invented */
	{ "-ERR no", "sign-in-failed" },
	{ "-ERR", "sign-in-failed" },
};

static void check_sign_in(protocol_id protocol, const sign_in_refusal *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char status[5] = { 0 };
		size_t n = strcspn(rows[i].text, " -");
		n += n == 0 ? strcspn(rows[i].text, " ") : 0; /* -ERR */
		memcpy(status, rows[i].text, n);
		if (!CHECK_TEXT(cause(protocol, PHASE_signin, status, rows[i].text), rows[i].finding)) {
			fprintf(stderr, "  %s\n", rows[i].text);
		}
	}
}

#define CHECK_SIGN_IN(protocol)                                                                    \
	check_sign_in(PROTOCOL_##protocol, protocol##_sign_in_refusals,                                \
		sizeof protocol##_sign_in_refusals / sizeof protocol##_sign_in_refusals[0])

static void test_sign_in_refusals(void)
{
	CHECK_SIGN_IN(smtp);
	CHECK_SIGN_IN(imap);
	CHECK_SIGN_IN(pop3);
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
	test_smtp_replies();
	test_imap_replies();
	test_pop3_replies();
	test_address();
	test_name();
	test_sign_in_refusals();
	test_status();
}
