"""Looks at a mail port with Python's own clients, and names what is wrong in the project's words.

An independent second opinion: it shares no code with the core, and knows only the findings that the
laboratory and the demo are made to show.
"""

from __future__ import annotations

import imaplib
import poplib
import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

CONNECT_SECONDS = 3
# Silence for this long is a reason to try TLS, not a verdict: a busy machine may need longer.
SILENCE_SECONDS = 6
# For what is certain to come, and at the most for what never will.
PATIENCE_SECONDS = 15
EXPIRES_SOON_DAYS = 14
# X509_V_ERR_… of OpenSSL, as SSLCertVerificationError.verify_code.
VERIFY_FINDINGS = {
    9: 'certificate-not-yet-valid',
    10: 'certificate-expired',
    18: 'certificate-self-signed',
    19: 'certificate-unknown-issuer',
    20: 'certificate-incomplete-chain',
    21: 'certificate-incomplete-chain',
    26: 'certificate-wrong-purpose',
    47: 'certificate-constraint-violated',
    66: 'certificate-key-weak',
    62: 'certificate-name-mismatch',
}
TEMPORARY = (b'421', b'[UNAVAILABLE]', b'[SYS/TEMP]')
Connection = smtplib.SMTP | imaplib.IMAP4 | poplib.POP3


class NotTls(Exception):
    """Something else than a TLS record came where TLS begins with the first byte."""


class NamedContext(ssl.SSLContext):
    """Asks for one server name, whatever address the connection was made to."""

    server_name: str

    def wrap_socket(self, sock, server_side=False, **options):
        options['server_hostname'] = self.server_name
        return super().wrap_socket(sock, server_side, **options)


@dataclass(frozen=True)
class Place:
    """A port to look at: the service it should be, where it really is, and its server's name."""

    service: str
    address: tuple[str, int]
    server_name: str
    anchors: Path
    any_name: bool = False  # do not ask whose certificate it is

    @property
    def protocol(self) -> str:
        family = self.service.removesuffix('s')
        return {'submission': 'smtp'}.get(family, family)

    @property
    def implicit(self) -> bool:
        return self.service in ('submissions', 'imaps', 'pop3s')

    def context(self) -> NamedContext:
        made = NamedContext(ssl.PROTOCOL_TLS_CLIENT)
        made.load_verify_locations(self.anchors)
        made.hostname_checks_common_name = False
        made.check_hostname = not self.any_name
        # As today's mail apps: they know nothing older.
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        made.server_name = self.server_name
        return made


def parse_address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(':')
    return host, int(port)


def observe(place: Place) -> set[str]:
    """The findings at a port; empty where all is well."""
    try:
        with socket.create_connection(place.address, timeout=CONNECT_SECONDS) as connection:
            return _observe_implicit(place) if place.implicit else _observe_plain(place, connection)
    except ConnectionRefusedError:
        return {'connect-refused'}
    except TimeoutError:
        return {'connect-timeout'}


def _observe_implicit(place: Place) -> set[str]:
    """TLS first: only where its answer is none does it matter what the port says in the clear."""
    try:
        return _converse(place, open_implicit)
    except NotTls:
        pass
    with socket.create_connection(place.address, timeout=PATIENCE_SECONDS) as connection:
        # A web server hangs up in the end, with an answer to the request that never came.
        return _foreign(_receive(connection, PATIENCE_SECONDS)) or {'starttls-expected'}


def _observe_plain(place: Place, connection: socket.socket) -> set[str]:
    first = _receive(connection, SILENCE_SECONDS)
    if not first and _speaks_tls(place):
        return {'tls-expected'}
    # Meanwhile there was time for a slow one.
    first = first or _receive(connection, SILENCE_SECONDS)
    if not first:
        return {'greeting-timeout'}
    return _foreign(first) or _converse(place, open_plain)


def _foreign(first: bytes) -> set[str]:
    """What a port that holds no conversation says first; empty for a greeting."""
    if any(sign in first for sign in TEMPORARY):
        return {'greeting-busy'}
    return {'not-a-mail-server'} if first.startswith(b'HTTP/') else set()


def open_plain(place: Place) -> Connection:
    """A greeted connection that is not encrypted yet."""
    client = {'smtp': smtplib.SMTP, 'imap': imaplib.IMAP4, 'pop3': poplib.POP3}[place.protocol]
    return client(*place.address, timeout=PATIENCE_SECONDS)


def open_implicit(place: Place) -> Connection:
    """A greeted connection in TLS."""
    host, port = place.address
    context, patience = place.context(), PATIENCE_SECONDS
    if place.protocol == 'smtp':
        return smtplib.SMTP_SSL(host, port, context=context, timeout=patience)
    if place.protocol == 'imap':
        return imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=patience)
    return poplib.POP3_SSL(host, port, context=context, timeout=patience)


def capabilities(client: Connection) -> set[str]:
    """What the server offers now, in capitals, without arguments.

    AUTH and SASL count as offers where they hand over a password: before TLS, Dovecot lists
    SCRAM, which does not.
    """
    if isinstance(client, smtplib.SMTP):
        code, text = client.ehlo()
        if code != 250:
            raise smtplib.SMTPHeloError(code, text)
        features = client.esmtp_features
        return {
            name.upper()
            for name in features
            if name != 'auth' or takes_password(features[name].upper().split())
        }
    if isinstance(client, imaplib.IMAP4):
        words = client.capability()[1][0].decode().upper().split()
        return {
            word.partition('=')[0]
            for word in words
            if not word.startswith('AUTH=') or takes_password([word.removeprefix('AUTH=')])
        }
    offers = client.capa().items()
    return {name for name, words in offers if name != 'SASL' or takes_password(words)}


def takes_password(mechanisms: list[str]) -> bool:
    return bool({'PLAIN', 'LOGIN'} & set(mechanisms))


def upgrade(client: Connection, place: Place) -> None:
    """STARTTLS, or STLS."""
    if isinstance(client, smtplib.SMTP):
        client.starttls(context=place.context())
    elif isinstance(client, imaplib.IMAP4):
        client.starttls(place.context())
    else:
        client.stls(place.context())


def sign_in(client: Connection, user: str, password: str) -> None:
    """Raises the client's own error when refused."""
    if isinstance(client, poplib.POP3):
        client.user(user)
        client.pass_(password)
    else:
        client.login(user, password)


def leave(client: Connection) -> None:
    client.logout() if isinstance(client, imaplib.IMAP4) else client.quit()


def _receive(connection: socket.socket, seconds: float) -> bytes:
    """What the server says before it has heard anything; nothing where it waits."""
    connection.settimeout(seconds)
    try:
        return connection.recv(1000)
    except TimeoutError:
        return b''


def _speaks_tls(place: Place) -> bool:
    context = ssl._create_unverified_context()
    with socket.create_connection(place.address, timeout=PATIENCE_SECONDS) as connection:
        try:
            with context.wrap_socket(connection):
                return True
        except (TimeoutError, ssl.SSLError):
            return False


def _converse(place: Place, opened: Callable[[Place], Connection]) -> set[str]:
    findings: set[str] = set()
    try:
        client = opened(place)
        try:
            if not place.implicit:
                offered = capabilities(client)
                if 'AUTH' in offered or 'SASL' in offered or 'USER' in offered:
                    findings.add('cleartext-sign-in-offered')
                if offered.isdisjoint({'STARTTLS', 'STLS'}):
                    return findings | {'starttls-not-offered'}
                upgrade(client, place)
            if place.service != 'smtp':  # a check says nothing inside TLS on port 25
                capabilities(client)
            findings |= _of_certificate(client.sock)
        finally:
            _close_politely(client)
    except ssl.SSLCertVerificationError as problem:
        finding = VERIFY_FINDINGS.get(problem.verify_code, str(problem))
        findings.add(finding)
        # OpenSSL stops at the first fault: without the question of the name it tells the next one.
        if finding == 'certificate-name-mismatch':
            more = _converse(replace(place, any_name=True), opened)
            findings = more if 'certificate-without-san' in more else findings | more
    except ssl.SSLError as problem:
        if problem.reason == 'WRONG_VERSION_NUMBER' and place.implicit:
            raise NotTls from problem
        if problem.reason in ('UNSUPPORTED_PROTOCOL', 'TLSV1_ALERT_PROTOCOL_VERSION'):
            findings.add('tls-version-old')
        else:
            refused = isinstance(
                problem, (ssl.SSLEOFError, ssl.SSLZeroReturnError)
            ) or 'ALERT' in str(problem.reason)
            findings.add('handshake-refused' if refused else str(problem))
    except (OSError, imaplib.IMAP4.error, poplib.error_proto) as problem:
        findings.add(_words_of(problem))
    return findings


def _words_of(problem: Exception) -> str:
    return 'greeting-busy' if any(t.decode() in str(problem) for t in TEMPORARY) else repr(problem)


def _close_politely(client: Connection) -> None:
    try:
        leave(client)
    except (OSError, imaplib.IMAP4.error, poplib.error_proto):
        pass  # after a failed handshake there is nobody to say goodbye to


def _of_certificate(connection: ssl.SSLSocket) -> set[str]:
    certificate = connection.getpeercert()
    not_after = ssl.cert_time_to_seconds(certificate['notAfter'])
    soon = not_after - time.time() < EXPIRES_SOON_DAYS * 86400
    found = {'certificate-expires-soon'} if soon else set()
    return found | (set() if 'subjectAltName' in certificate else {'certificate-without-san'})
