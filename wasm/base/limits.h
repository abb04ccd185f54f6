/*
 * Every bound of the core, in one place, each with its reason. Times are milliseconds and are
 * scaled by probe_options.timeout_permille; sizes are bytes.
 */
#ifndef MPC_LIMITS_H
#define MPC_LIMITS_H

/* --- time --- */

/* A SYN that is answered at all is answered well within this; apps give up after about as long. */
#define LIMIT_CONNECT_MS 10000
/* Greet delays of 15-30 s are real (postscreen, greet_pause); RFC 5321 4.5.3.2.1 allows minutes. */
#define LIMIT_GREETING_MS 60000
/* From here on a greeting is called slow: people have started to wonder. */
#define LIMIT_GREETING_SLOW_MS 10000
/* Silence after which the implicit-TLS probe, a follow-up connection, asks whether the port expects TLS. */
#define LIMIT_IMPLICIT_TLS_PROBE_MS 3000
/* … between servers, where it hardly ever does, and where many a server lets clients wait to see who
 * talks too early, and then refuses their address: longer than such delays. */
#define LIMIT_IMPLICIT_TLS_PROBE_RELAY_MS 35000
/* A command was heard; the answer needs no mail, no disk and no login. */
#define LIMIT_REPLY_MS 30000
/* Four flights and a few milliseconds of arithmetic, on any line that can carry mail at all. */
#define LIMIT_HANDSHAKE_MS 20000
/* Servers let an answer to a wrong password wait, many for 2 to 15 s, and ask a directory for a right one. */
#define LIMIT_SIGN_IN_MS 45000
/* The answer to QUIT or LOGOUT is a courtesy: nobody should wait long for it. */
#define LIMIT_CLOSE_MS 3000
/* Time for an answer to a command from before TLS: a server that obeys it does so at once. */
#define LIMIT_PIPELINED_MS 2000
/* Time for the rest of a line once plaintext was seen where TLS was expected. */
#define LIMIT_SNIFF_MS 2000
/* An answer of a follow-up connection, once the first is over: a slow greeting and a handshake. */
#define LIMIT_ANSWER_MS 60000
/* One conversation as a whole: bounds a server that feeds one byte just before every deadline. */
#define LIMIT_WHOLE_MS 150000

/* --- certificates --- */

/*
 * Renewal robots act 30 days ahead, or with a third of the time left where that is less (RFC 9773 and
 * certificates for six days): this late something is stuck.
 */
#define LIMIT_EXPIRES_SOON_S (14 * 86400)
#define LIMIT_EXPIRES_SOON_PART 3
/* CA/Browser Forum baseline since 2014; mail apps of today refuse less. */
#define LIMIT_RSA_BITS_MIN 2048
/* Half of it is the strength: 112 bits, as RSA 2048 has. */
#define LIMIT_EC_BITS_MIN 224
/* Of the field of a key exchange: RFC 9325 4.2 wants 2048, and below 1024 every mail app refuses. */
#define LIMIT_DH_BITS_MIN 2048
#define LIMIT_DH_BITS_REFUSED 1024
/* Largest modulus BearSSL was built for (BR_MAX_RSA_SIZE). */
#define LIMIT_RSA_BITS_MAX 4096
/*
 * The work of a signature check grows with the exponent, which is 65537 on every certificate in use.
 * OpenSSL draws this line for all above 3072 bits.
 */
#define LIMIT_RSA_EXPONENT 8

/* --- sign-in --- */

/* A user name, its NUL included: an address has at most 254 bytes (RFC 5321 4.5.3.1.3). */
#define LIMIT_USER 256
/* A password, its NUL included: longer than any that a person or a program makes up. */
#define LIMIT_PASSWORD 256
/* Rounds of hashing that a server may ask for (RFC 7677 wants 4096 at least, OWASP 600000 for what is stored):
 * about a second of WebAssembly. */
#define LIMIT_SCRAM_ITERATIONS 600000
/* The server's first message: two nonces, a salt and a number. */
#define LIMIT_SCRAM_CHALLENGE 512
/* A message of ours, before base64: the longest is SCRAM's first, with a name of which each byte takes three. */
#define LIMIT_SASL_MESSAGE 840
/* All that is signed: a name of which each byte may take three, the challenge, and its nonces again. */
#define LIMIT_SCRAM_TEXT 2048

/* --- size --- */

/* SMTP lines end at 512 (RFC 5321 4.5.3.1.5), IMAP capability lines reach a few thousand. */
#define LIMIT_LINE 8192
/* The longest honest EHLO or CAPA reply is under 60 lines. */
#define LIMIT_REPLY_LINES 512
/* All bytes a server may send in one probe: a chain, a capability list and small talk. */
#define LIMIT_RECEIVED 262144
/* What the caller may hand over at a time; larger pieces are taken in several steps. */
#define LIMIT_INPUT 4096
/* Commands waiting to be sent; the longest is a sign-in line. */
#define LIMIT_OUTPUT 2048
/* The recorded chain. A certificate with a thousand names is about 30 kB. */
#define LIMIT_CHAIN 98304
/* Our own first word in TLS: the longest name, and three times what the rest takes; bridges let no more pass. */
#define LIMIT_CLIENT_HELLO 1024
/* What a server of TLS 1.3 may want repeated in a second hello; real ones are under 200. */
#define LIMIT_COOKIE 1024
/* A handshake message of TLS 1.3 that must be whole to be read: a hello with its cookie is the longest. */
#define LIMIT_HANDSHAKE_MESSAGE 2048
/* Changes of its key by a server of TLS 1.3: in so little data no honest one needs any (RFC 8446 5.5). */
#define LIMIT_KEY_UPDATES 16
/* Public chains have 2-4 certificates; a server that sends its whole store still has a good one. */
#define LIMIT_CERTIFICATES 40
/* Certificates from the server's own up to the anchor; nobody needs more than four, GnuTLS takes 16. */
#define LIMIT_PATH 16
/* Signature checks of one path building: more than any honest chain needs. */
#define LIMIT_VERIFICATIONS 48
/* Signature checks that are remembered: as many as one chain can cause, and those of a few honest ones beside it. */
#define LIMIT_SIGNATURE_CACHE 64
/*
 * The arithmetic of one judgement, in nanoseconds of WebAssembly on a usual machine as
 * path_build.c, signature.c and name_constraints.c price it: thirty-three checks with P-521 or eighty with RSA
 * 4096, where an honest chain needs three. `make bench` prints what the worst chains take.
 */
#define LIMIT_JUDGEMENT_NS 100000000
/* Certificates tried in one pass of path building, remembered answers included: bounds a chain in which every
 * certificate fits every other. */
#define LIMIT_PATH_STEPS 1000
/* Extensions of one certificate, each compared with all others; real ones have about ten. */
#define LIMIT_EXTENSIONS 64
/* Faults of one chain that are told apart. */
#define LIMIT_FAULTS 48
/* Names of one certificate that are listed in a report or a finding. */
#define LIMIT_NAMES_LISTED 100
/* Text of the conversation kept for the report. */
#define LIMIT_TRANSCRIPT 32768
#define LIMIT_TRANSCRIPT_ENTRIES 400
/* Capabilities kept, before and after TLS each. */
#define LIMIT_CAPABILITIES LIMIT_REPLY_LINES
#define LIMIT_CAPABILITY_BYTES 16384
/* Findings, and the JSON text of all their arguments. One probe rarely makes more than five. */
#define LIMIT_FINDINGS 24
#define LIMIT_FINDING_ARGS 16384
/* Server text quoted in a finding. */
#define LIMIT_QUOTE 400
/* A host name (RFC 1035 2.3.4), with room for an IPv6 literal in text. */
#define LIMIT_NAME 256

#endif
