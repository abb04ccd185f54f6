/*
 * The unit tests' harness: CHECK() counts and goes on, so one run shows every fault. Each test file
 * has one suite, a function named after the source it tests.
 */
#ifndef MPC_CHECK_H
#define MPC_CHECK_H

#include "base/json.h"
#include "probe.h"
#include "x509/judge.h"

#include <string.h>

#define SUITES(X)                                                                                  \
	X(anchor_names)                                                                                \
	X(anchors)                                                                                     \
	X(banner)                                                                                      \
	X(base64)                                                                                      \
	X(calendar)                                                                                    \
	X(capabilities)                                                                                \
	X(certificate)                                                                                 \
	X(certificate_message)                                                                         \
	X(certificate_verify)                                                                          \
	X(certificate_write)                                                                           \
	X(client_hello)                                                                                \
	X(client_hello_again)                                                                          \
	X(client_hello_scan)                                                                           \
	X(credentials)                                                                                 \
	X(der)                                                                                         \
	X(dialog)                                                                                      \
	X(distinguished_name)                                                                          \
	X(dns_name)                                                                                    \
	X(ecdhe)                                                                                       \
	X(ecdsa_verify)                                                                                \
	X(ed25519)                                                                                     \
	X(edwards25519)                                                                                \
	X(faults)                                                                                      \
	X(findings)                                                                                    \
	X(followup)                                                                                    \
	X(handshake)                                                                                   \
	X(imap)                                                                                        \
	X(ip_address)                                                                                  \
	X(issuer_identity)                                                                             \
	X(json)                                                                                        \
	X(judge)                                                                                       \
	X(key_exchange_rewrite)                                                                        \
	X(key_schedule)                                                                                \
	X(key_share)                                                                                   \
	X(line)                                                                                        \
	X(name_constraints)                                                                            \
	X(number_reader)                                                                               \
	X(options)                                                                                     \
	X(passed_over_message)                                                                         \
	X(path_build)                                                                                  \
	X(path_validate)                                                                               \
	X(pem)                                                                                         \
	X(phases)                                                                                      \
	X(pop3)                                                                                        \
	X(probe)                                                                                       \
	X(profile)                                                                                     \
	X(public_key)                                                                                  \
	X(record_protection)                                                                           \
	X(recorder)                                                                                    \
	X(replies)                                                                                     \
	X(repeats)                                                                                     \
	X(report)                                                                                      \
	X(rsa_pss)                                                                                     \
	X(rsa_pss_parameters)                                                                          \
	X(rsa_public)                                                                                  \
	X(scram)                                                                                       \
	X(server_messages)                                                                             \
	X(server_name)                                                                                 \
	X(short_text)                                                                                  \
	X(sign_in)                                                                                     \
	X(signature)                                                                                   \
	X(signature_cache)                                                                             \
	X(smtp)                                                                                        \
	X(stream)                                                                                      \
	X(tables)                                                                                      \
	X(text)                                                                                        \
	X(tls)                                                                                         \
	X(tls12)                                                                                       \
	X(tls13)                                                                                       \
	X(tls13_connection)                                                                            \
	X(tls13_handshake)                                                                             \
	X(tls13_messages)                                                                              \
	X(tls_names)                                                                                   \
	X(transcript)                                                                                  \
	X(validator)                                                                                   \
	X(wipe)                                                                                        \
	X(wire)

#define X(name) void test_##name(void);
SUITES(X)
#undef X

/* CHECK(a, ==, b) of integers; says both when it does not hold. Returns whether it does. */
#define CHECK(actual, relation, expected)                                                          \
	check_numbers((long long)(actual), #relation, (long long)(expected),                           \
		#actual " " #relation " " #expected, __FILE__, __LINE__)
/* The text is exactly this one. */
#define CHECK_TEXT(actual, expected) check_texts(actual, expected, #actual, __FILE__, __LINE__)

int check_numbers(long long actual, const char *relation, long long expected, const char *what,
	const char *file, int line);
int check_texts(
	const char *actual, const char *expected, const char *what, const char *file, int line);

/* A writer over a buffer of the harness, and what was written as a string, until the next call. */
json *check_writer(void);
const char *check_written(void);

/* The folder of the tests' certificates. */
const char *check_directory(void);
/* The certificates of build/tests/certificates/NAME.pem as a chain, until the next call. */
const chain *check_chain(const char *name);
/* root.pem as anchors; and those of a chain, NAME.anchor where it has its own, until the next call. */
const anchors *check_roots(void);
const anchors *check_anchors(const char *name);

/* A probe of a service as the tables have it, of mail.example.test by check.invalid, with root.pem, in June
 * 2026; valid as long as check_roots(). */
probe_options check_options(const char *service);

/* A certificate whose only content is these names, which all have one tag (NAME_DNS …), until the next call;
 * NULL ends the list. */
certificate check_names(int tag, const char *const *names);

#endif
