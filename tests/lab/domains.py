"""The table of the laboratory's domains: what each shows, and what a check has to find there.

Every domain has its own TEST-NET address and its own loopback address (`127.77.0.n`), on which the
same Dovecot and the same Postfix answer with the domain's certificate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bridge.demo.orders import Flaw

USER = 'anna'
PASSWORD = 'lab-password'
# A user whose password is right and who is refused all the same, with these words.
APP_PASSWORD_USER = 'twostep'
# A password that no quoted string and no unprepared SCRAM can carry.
SPECIAL_USER = 'special'
SPECIAL_PASSWORD = 'gr\u00fc\u00df "\u20ac" \\ {3} \U0001f600'
APP_PASSWORD_TEXT = 'Application-specific password required'

SENDING = ('submissions', 'submission')
RECEIVING = ('imaps', 'pop3s', 'imap', 'pop3')
UPGRADING = ('smtp', 'submission', 'imap', 'pop3')
SERVICES = ('smtp', *SENDING, *RECEIVING)

# Where a row may lead a port, other than to the server that belongs there.
REFUSED = 'refused'
NO_ANSWER = 'no-answer'
# Dovecot's own submission servers, in place of Postfix.
DOVECOT_SUBMISSION = 'dovecot-submission'
DOVECOT_SUBMISSIONS = 'dovecot-submissions'


def on(value: object, *services: str) -> dict[str, object]:
    """The same for all these services."""
    return dict.fromkeys(services, value)


@dataclass(frozen=True)
class Tls:
    """How a domain's servers speak TLS, where they are not to do so as usual.

    `lowest` is a version as Dovecot and Postfix write it. Dovecot knows no highest one, so
    `highest` is for what Postfix serves.
    """

    lowest: str = 'TLSv1.2'
    highest: str = ''
    ciphers: str = ''
    client_certificate: bool = False  # Postfix insists on one


@dataclass(frozen=True)
class Domain:
    """One row. `ports` says which server a port leads to where it is not its own."""

    name: str
    shows: str
    flaw: Flaw = Flaw.NONE
    key: str = 'rsa'
    ports: Mapping[str, str] = field(default_factory=dict)
    upgrades: bool = True  # STARTTLS is offered
    cleartext_sign_in: bool = False
    tls: Tls = Tls()
    wildcard: bool = False  # the certificate names `*.` and the domain
    srv: bool = True
    # Findings by service; a service without an entry works and has none.
    findings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # What OpenSSL's client, at TLS 1.2, meets there instead; handshake-refused is an alert or a
    # close.
    openssl_findings: tuple[str, ...] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (*(f'{label}.{self.name}' for label in ('imap', 'pop', 'smtp', 'mail')), self.name)

    @property
    def certificate_names(self) -> tuple[str, ...]:
        return (f'*.{self.name}', self.name) if self.wildcard else self.names

    def server(self, service: str) -> str:
        """The server name that DNS publishes for a service."""
        if service == 'smtp':
            return f'mail.{self.name}'
        if service in SENDING:
            return f'smtp.{self.name}'
        return f'{"imap" if service.startswith("imap") else "pop"}.{self.name}'

    def leads_to(self, service: str) -> str:
        return self.ports.get(service, service)


def everywhere(*findings: str) -> dict[str, object]:
    return on(findings, *SERVICES)


DOMAINS = (
    Domain('lab.test', 'everything works'),
    Domain('ec.lab.test', 'everything works, with an elliptic key', key='ec'),
    Domain(
        'dovecot.lab.test',
        "Dovecot's own submission service on 587 and 465",
        ports={'submission': DOVECOT_SUBMISSION, 'submissions': DOVECOT_SUBMISSIONS},
    ),
    Domain('usual-names.lab.test', 'no SRV records, but the usual names', srv=False),
    Domain(
        'expired.lab.test',
        'an expired certificate',
        flaw=Flaw.EXPIRED,
        findings=everywhere('certificate-expired'),
    ),
    Domain(
        'not-yet-valid.lab.test',
        'a certificate from the future',
        flaw=Flaw.NOT_YET_VALID,
        findings=everywhere('certificate-not-yet-valid'),
    ),
    Domain(
        'expires-soon.lab.test',
        'a certificate with a few days left',
        flaw=Flaw.EXPIRES_SOON,
        findings=everywhere('certificate-expires-soon'),
    ),
    Domain(
        'wrong-name.lab.test',
        'the certificate of mail.lab.test, which works',
        flaw=Flaw.WRONG_NAME,
        findings=everywhere('certificate-name-mismatch'),
    ),
    Domain(
        'self-signed.lab.test',
        'a self-signed certificate',
        flaw=Flaw.SELF_SIGNED,
        findings=everywhere('certificate-self-signed'),
    ),
    Domain(
        'unknown-issuer.lab.test',
        'an unknown root, sent along',
        flaw=Flaw.UNKNOWN_ISSUER,
        findings=everywhere('certificate-unknown-issuer'),
    ),
    Domain(
        'incomplete-chain.lab.test',
        'the intermediate certificate is not sent',
        flaw=Flaw.INCOMPLETE_CHAIN,
        findings=everywhere('certificate-incomplete-chain'),
    ),
    Domain(
        'misordered-chain.lab.test',
        'two intermediate certificates, in the wrong order',
        flaw=Flaw.MISORDERED_CHAIN,
        findings=everywhere('certificate-misordered-chain'),
    ),
    Domain(
        'without-san.lab.test',
        'the name only in the common name',
        flaw=Flaw.WITHOUT_SAN,
        findings=everywhere('certificate-without-san'),
    ),
    Domain(
        'weak-key.lab.test',
        'a key of 1024 bits',
        flaw=Flaw.WEAK_KEY,
        # By itself OpenSSL serves no such key.
        tls=Tls(ciphers='DEFAULT:@SECLEVEL=0'),
        findings=everywhere('certificate-key-weak'),
    ),
    Domain(
        'wrong-purpose.lab.test',
        'a certificate for clients',
        flaw=Flaw.WRONG_PURPOSE,
        findings=everywhere('certificate-wrong-purpose'),
    ),
    Domain(
        'constraint.lab.test',
        'an authority that may only vouch for other domains',
        flaw=Flaw.CONSTRAINT_VIOLATED,
        findings=everywhere('certificate-constraint-violated'),
    ),
    Domain('wildcard.lab.test', 'everything works, with a wildcard', wildcard=True),
    Domain(
        'two-flaws.lab.test',
        'an expired certificate of another server: both are told',
        flaw=Flaw.EXPIRED_AND_WRONG_NAME,
        findings=everywhere('certificate-expired', 'certificate-name-mismatch'),
    ),
    Domain(
        'tls13-only.lab.test',
        'TLS 1.3 and nothing older',
        tls=Tls(lowest='TLSv1.3'),
    ),
    Domain(
        'tls10-only.lab.test',
        'the sending ports speak TLS 1.0 and nothing newer',
        tls=Tls(lowest='TLSv1', highest='TLSv1', ciphers='ALL:@SECLEVEL=0'),
        ports=on(REFUSED, *RECEIVING),
        findings={
            **on(('tls-version-old',), 'smtp', *SENDING),
            **on(('connect-refused',), *RECEIVING),
        },
    ),
    Domain(
        'dhe-only.lab.test',
        'the sending ports speak TLS 1.2 with Diffie-Hellman over finite fields, and nothing else',
        tls=Tls(highest='TLSv1.2', ciphers='DHE-RSA-AES256-GCM-SHA384'),
        findings=on(('beyond-our-reach',), 'smtp', *SENDING),
        openssl_findings=(),
    ),
    Domain(
        'ed25519.lab.test',
        'an Edwards key, and TLS 1.2 on the sending ports',
        tls=Tls(highest='TLSv1.2'),
        key='ed25519',
    ),
    Domain(
        'client-certificate.lab.test',
        'the sending ports want a certificate of the client',
        tls=Tls(client_certificate=True),
        # Postfix says so to the first command inside TLS, and a check of port 25 says none.
        findings=on(('beyond-our-reach',), *SENDING),
        openssl_findings=('greeting-busy',),
    ),
    Domain(
        'blocked.lab.test',
        'port 25 swallows every SYN',
        ports=on(NO_ANSWER, 'smtp'),
        findings=on(('connect-timeout',), 'smtp'),
    ),
    Domain(
        'refused.lab.test',
        '465 and 587 refuse, receiving works',
        ports=on(REFUSED, *SENDING),
        findings=on(('connect-refused',), *SENDING),
    ),
    Domain(
        'swapped.lab.test',
        'implicit TLS and STARTTLS have changed places on every pair of ports',
        ports={
            'submission': 'submissions',
            'submissions': 'submission',
            'imap': 'imaps',
            'imaps': 'imap',
            'pop3': 'pop3s',
            'pop3s': 'pop3',
        },
        findings={
            **on(('tls-expected',), 'submission', 'imap', 'pop3'),
            **on(('starttls-expected',), 'submissions', 'imaps', 'pop3s'),
        },
    ),
    Domain(
        'no-starttls.lab.test',
        'no upgrade is offered on 25, 587, 143 and 110',
        upgrades=False,
        findings=on(('starttls-not-offered',), *UPGRADING),
    ),
    Domain(
        'cleartext.lab.test',
        'sign-in is offered before the upgrade',
        cleartext_sign_in=True,
        findings=on(('cleartext-sign-in-offered',), 'submission', 'imap', 'pop3'),
    ),
)
# Answers "no mail here" (RFC 7505), and has no server.
NULL_MX_DOMAIN = 'no-mail.lab.test'
