/*
 * Reads one X.509 certificate (RFC 5280) out of DER and keeps what a judgement or a report asks
 * about. Nothing is decided here. All pointers go into the caller's DER, which must outlive the
 * struct.
 */
#ifndef MPC_CERTIFICATE_H
#define MPC_CERTIFICATE_H

#include "x509/signature.h"

enum {
	EXT_BASIC_CONSTRAINTS = 1 << 0,
	EXT_KEY_USAGE = 1 << 1,
	EXT_EXTENDED_KEY_USAGE = 1 << 2,
	EXT_SUBJECT_ALT_NAME = 1 << 3,
	EXT_NAME_CONSTRAINTS = 1 << 4,
	EXT_AUTHORITY_INFO = 1 << 5,
	EXT_SUBJECT_KEY_ID = 1 << 6,
	EXT_AUTHORITY_KEY_ID = 1 << 7,
	EXT_POLICIES = 1 << 8,
	EXT_POLICY_CONSTRAINTS = 1 << 9,
	EXT_CRL_POINTS = 1 << 10,
	EXT_NETSCAPE_TYPE = 1 << 11
};

typedef struct {
	bytes der;
	bytes tbs; /* the signed part, header included */
	bytes serial;
	bytes issuer;  /* Name, header included */
	bytes subject; /* Name, header included */
	bytes spki;    /* SubjectPublicKeyInfo, header included */
	int version;   /* 1, 2, 3 */
	int64_t not_before;
	int64_t not_after;
	public_key key;
	const signature_algorithm *signature_algorithm; /* NULL: unknown */
	bytes signature_oid;
	rsa_pss_parameters signature_pss; /* where it is RSASSA-PSS */
	bytes signature;
	unsigned extensions;  /* EXT_* that are there */
	unsigned critical;    /* … and are marked critical */
	int critical_unknown; /* a critical extension that nobody here understands */
	int is_ca;
	long path_length;       /* -1: no limit */
	unsigned key_usage;     /* bit n of RFC 5280 4.2.1.3 is 1 << n */
	int for_server;         /* extended key usage has serverAuth */
	int for_anything;       /* … and anyExtendedKeyUsage */
	int netscape_server;    /* Netscape's certificate type names SSL servers */
	int ca_issuers;         /* says where to fetch its issuer */
	bytes key_id;           /* subject key identifier */
	bytes authority_key_id; /* authority key identifier: of the issuer's key, … */
	bytes authority_issuer; /* … GeneralNames of the issuer's issuer, … */
	bytes authority_serial; /* … and the issuer's serial number */
	bytes alt_names;        /* contents of the GeneralNames */
	bytes name_constraints; /* contents of the NameConstraints */
	uint8_t sha256[32];
	const char *unreadable; /* what certificate_read() did not understand */
	int past_limits;        /* … because it is larger than limits.h allows: others may read it */
} certificate;

enum {
	KEY_USAGE_DIGITAL_SIGNATURE = 1 << 0,
	KEY_USAGE_KEY_ENCIPHERMENT = 1 << 2,
	KEY_USAGE_KEY_AGREEMENT = 1 << 4,
	KEY_USAGE_KEY_CERT_SIGN = 1 << 5
};

/* GeneralName tags (RFC 5280 4.2.1.6). */
enum {
	NAME_OTHER = DER_CONTEXT_CONSTRUCTED | 0,
	NAME_MAIL = DER_CONTEXT | 1,
	NAME_DNS = DER_CONTEXT | 2,
	NAME_URI = DER_CONTEXT | 6,
	NAME_IP = DER_CONTEXT | 7,
	NAME_REGISTERED = DER_CONTEXT | 8,
	NAME_X400 = DER_CONTEXT_CONSTRUCTED | 3,
	NAME_DIRECTORY = DER_CONTEXT_CONSTRUCTED | 4,
	NAME_EDI_PARTY = DER_CONTEXT_CONSTRUCTED | 5
};

/* 0, or -1 where the bytes are no certificate; then only der, sha256, unreadable and past_limits can be
 * relied on. */
int certificate_read(certificate *c, const uint8_t *data, size_t len);

/* A Name without any part is a bare SEQUENCE header: it identifies nobody. */
enum { EMPTY_NAME = 2 };

/* Subject and issuer are the same name. */
int certificate_self_issued(const certificate *c);

/* Checks the child's signature with a key; what that costs. See signature.h. */
signature_answer certificate_signed_by(const certificate *child, const public_key *key);
int64_t certificate_signature_cost(const certificate *child, const public_key *key);

#endif
