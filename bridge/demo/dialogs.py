"""The three dialogs, spoken by twisted.mail, corrected where a healthy server speaks otherwise.

`factory()` gives the Twisted factory for one service of one server, with one behaviour.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import ClassVar

from OpenSSL import SSL
from twisted.cred.error import UnauthorizedLogin
from twisted.cred.portal import Portal
from twisted.internet import interfaces, reactor
from twisted.internet.protocol import Factory
from twisted.mail import imap4, pop3, smtp
from twisted.mail.interfaces import IMailboxPOP3

MECHANISMS = {b'PLAIN': imap4.PLAINCredentials, b'LOGIN': imap4.LOGINCredentials}
TOKENS = [b'XOAUTH2', b'OAUTHBEARER']
SLOW_GREETING_SECONDS = 12


@dataclass(frozen=True)
class Server:
    """What a dialog needs to know of the server it speaks for."""

    name: str
    portal: Portal
    context: TlsContext | None  # None: no STARTTLS
    cleartext_sign_in: bool = False
    sign_in: bool = True  # a relay takes no passwords
    app_password: bool = False  # how to word a refused sign-in
    token: bool = False  # OAuth2 alone
    greets_after: float = 0

    @property
    def mechanisms(self) -> list[bytes]:
        return TOKENS if self.token else list(MECHANISMS)


class TlsContext:
    """What twisted asks for a TLS context: here one of pyOpenSSL, made once."""

    def __init__(self, chain: str, key: str, versions: tuple[int, int] = (SSL.TLS1_2_VERSION, 0)):
        self._context = SSL.Context(SSL.TLS_SERVER_METHOD)
        self._context.set_min_proto_version(versions[0])
        self._context.set_max_proto_version(versions[1])
        if versions[0] < SSL.TLS1_2_VERSION:
            # OpenSSL 3 does not sign for TLS 1.0 and 1.1 at any higher level.
            self._context.set_cipher_list(b'DEFAULT@SECLEVEL=0')
        self._context.use_certificate_chain_file(chain)
        self._context.use_privatekey_file(key)

    def getContext(self) -> SSL.Context:
        return self._context


class Dialog:
    """What the dialogs share: the late greeting, the honest upgrade, and when to offer sign-in."""

    server: Server
    started_in_tls = False
    _upgrading = False
    _greeted = False

    def connectionMade(self) -> None:
        self.started_in_tls = interfaces.ISSLTransport(self.transport, None) is not None
        self._greeting = reactor.callLater(self.server.greets_after, self._greet)

    def _greet(self) -> None:
        self._greeted = True
        super().connectionMade()

    def connectionLost(self, reason) -> None:
        if self._greeting.active():
            self._greeting.cancel()
        super().connectionLost(reason)

    def dataReceived(self, data: bytes) -> None:
        super().dataReceived(data)
        if self._upgrading:
            self._upgrading = False
            self._buffer = b''

    def lineReceived(self, line: bytes) -> None:
        # Twisted would go on to obey what came in the clear behind STARTTLS (CVE-2011-0411).
        if self._greeted and not self._upgrading:
            super().lineReceived(line)

    def upgrade(self) -> None:
        self._upgrading = True
        self.transport.startTLS(self.server.context)
        self.startedTLS = True

    @property
    def encrypted(self) -> bool:
        return self.started_in_tls or self.startedTLS

    @property
    def may_upgrade(self) -> bool:
        return self.server.context is not None and not self.encrypted

    @property
    def may_sign_in(self) -> bool:
        return self.server.sign_in and (self.encrypted or self.server.cleartext_sign_in)


class SmtpDialog(Dialog, smtp.ESMTP):
    noisy = False

    def __init__(self, server: Server) -> None:
        smtp.ESMTP.__init__(self, chal=MECHANISMS, contextFactory=server.context)
        self.server = server
        self.portal = server.portal
        self.host = server.name

    def greeting(self) -> bytes:
        return self.host + b' ESMTP ready'

    def extensions(self) -> dict[bytes, list[bytes] | None]:
        offered: dict[bytes, list[bytes] | None] = {b'SIZE': [b'1000000'], b'8BITMIME': None}
        if self.may_upgrade:
            offered[b'STARTTLS'] = None
        if self.may_sign_in:
            offered[b'AUTH'] = self.server.mechanisms
        return offered

    def do_EHLO(self, rest: bytes) -> None:
        super().do_EHLO(rest) if rest else self.sendCode(501, b'5.5.4 EHLO wants a name')

    def ext_STARTTLS(self, rest: bytes) -> None:
        if self.encrypted:
            self.sendCode(503, b'5.5.1 TLS is already active')
        elif not self.may_upgrade:
            self.sendCode(502, b'5.5.1 Command not implemented')
        else:
            self.sendCode(220, b'2.0.0 Ready to start TLS')
            self.upgrade()
            self._helo = (None, None)

    def ext_AUTH(self, rest: bytes) -> None:
        if not self.may_sign_in:
            refusal = b'5.7.0 Must issue a STARTTLS command first'
            self.sendCode(530 if self.may_upgrade else 502, refusal)
        else:
            super().ext_AUTH(rest) if rest else self.sendCode(501, b'5.5.4 AUTH wants a mechanism')

    def do_MAIL(self, rest: bytes) -> None:
        if self.authenticated:
            super().do_MAIL(rest)
        elif self.server.sign_in:
            self.sendCode(530, b'5.7.0 Authentication required')
        else:
            self.sendCode(550, b'5.7.1 The demo takes no mail')

    def do_NOOP(self, rest: bytes) -> None:
        self.sendCode(250, b'2.0.0 OK')

    def do_QUIT(self, rest: bytes) -> None:
        self.sendCode(221, b'2.0.0 Bye')
        self.transport.loseConnection()

    def _ebAuthenticated(self, reason) -> None:
        if not reason.check(UnauthorizedLogin):
            super()._ebAuthenticated(reason)
        elif self.server.app_password:
            self.sendCode(534, b'5.7.9 Application-specific password required')
        else:
            self.sendCode(535, b'5.7.8 Authentication credentials invalid')


class ImapDialog(Dialog, imap4.IMAP4Server):
    IDENT = b'ready'

    def __init__(self, server: Server) -> None:
        imap4.IMAP4Server.__init__(self, chal=dict(MECHANISMS), contextFactory=server.context)
        self.server = server
        self.portal = server.portal
        self.IDENT = server.name.encode() + b' ready'

    def capabilities(self) -> dict[bytes, list[bytes] | None]:
        offered: dict[bytes, list[bytes] | None] = {b'ID': None, b'NAMESPACE': None}
        if self.may_upgrade:
            offered[b'STARTTLS'] = None
        if self.state == 'unauth' and (self.server.token or not self.may_sign_in):
            offered[b'LOGINDISABLED'] = None
        if self.state == 'unauth' and self.may_sign_in:
            offered[b'AUTH'] = self.server.mechanisms
        return offered

    def do_STARTTLS(self, tag: bytes) -> None:
        if not self.may_upgrade:
            self.sendBadResponse(tag, b'STARTTLS is not available')
        else:
            self.sendPositiveResponse(tag, b'Begin TLS negotiation now')
            self.upgrade()

    unauth_STARTTLS = (do_STARTTLS,)

    def do_ID(self, tag: bytes, fields: bytes) -> None:
        self.sendUntaggedResponse(b'ID ("name" "demo.test")')
        self.sendPositiveResponse(tag, b'ID completed')

    unauth_ID = auth_ID = select_ID = (do_ID, imap4.IMAP4Server.arg_line)

    def authenticate(self, challenger, tag: bytes) -> None:
        if not self.may_sign_in:
            self.sendNegativeResponse(tag, b'[PRIVACYREQUIRED] Use STARTTLS first')
        else:
            super().authenticate(challenger, tag)

    def do_LOGIN(self, tag: bytes, user: bytes, password: bytes) -> None:
        if not self.may_sign_in:
            self.sendNegativeResponse(tag, b'[PRIVACYREQUIRED] Use STARTTLS first')
        else:
            super().do_LOGIN(tag, user, password)

    unauth_LOGIN = (
        do_LOGIN,
        imap4.IMAP4Server.arg_astring,
        imap4.IMAP4Server.arg_finalastring,
    )

    def sendNegativeResponse(self, tag=None, message: bytes = b'') -> None:
        # Twisted refuses a sign-in without the response code of RFC 5530.
        if self.server.app_password and b'failed' in message:
            message = b'[ALERT] Application-specific password required'
        elif message in (b'LOGIN failed', b'Authentication failed: unauthorized'):
            message = b'[AUTHENTICATIONFAILED] Invalid credentials'
        super().sendNegativeResponse(tag, message)


class Pop3Dialog(Dialog, pop3.POP3):
    startedTLS = False
    AUTH_CMDS: ClassVar = [b'CAPA', b'STLS', b'USER', b'PASS', b'AUTH', b'QUIT']

    def __init__(self, server: Server) -> None:
        self.server = server
        self.portal = server.portal
        # Twisted greets with this, as the challenge of APOP, which the demo has not.
        self.magic = server.name.encode() + b' ready'
        self._mechanism = None

    def listCapabilities(self) -> list[bytes]:
        offered = [b'TOP', b'UIDL', b'RESP-CODES', b'AUTH-RESP-CODE']
        if self.may_upgrade:
            offered.append(b'STLS')
        if self.may_sign_in:
            offered.append(b'SASL ' + b' '.join(self.server.mechanisms))
        if self.may_sign_in and not self.server.token:
            offered.append(b'USER')
        return offered

    def do_STLS(self) -> None:
        if not self.may_upgrade:
            self.failResponse(b'STLS is not available')
        else:
            self.successResponse(b'Begin TLS negotiation now')
            self.upgrade()

    def do_APOP(self, *words: bytes) -> None:
        self.failResponse(b'APOP is not available')

    def do_USER(self, user: bytes) -> None:
        super().do_USER(user) if self.may_sign_in else self._refuse_cleartext()

    def do_AUTH(self, mechanism: bytes | None = None, response: bytes | None = None) -> None:
        if not self.may_sign_in:
            self._refuse_cleartext()
        elif mechanism is None or mechanism.upper() not in MECHANISMS:
            self.failResponse(b'The mechanisms are ' + b' '.join(MECHANISMS))
        else:
            self._mechanism = MECHANISMS[mechanism.upper()]()
            self.state = 'AUTH'
            challenge = self._mechanism.getChallenge()
            if response is None:
                self.sendLine(b'+ ' + base64.b64encode(challenge))
            else:
                self.state_AUTH(response)

    def state_AUTH(self, line: bytes) -> None:
        """One response of the client: twisted's own knows no PLAIN and no LOGIN."""
        try:
            self._mechanism.setResponse(base64.b64decode(line, validate=True))
        except (binascii.Error, imap4.IllegalClientResponse):
            self.state = 'COMMAND'
            self.failResponse(b'Malformed or cancelled response')
            return
        if self._mechanism.moreChallenges():
            self.sendLine(b'+ ' + base64.b64encode(self._mechanism.getChallenge()))
            return
        self.state = 'COMMAND'
        login = self.portal.login(self._mechanism, None, IMailboxPOP3)
        login.addCallback(self._cbMailbox, self._mechanism.username)
        login.addErrback(self._ebMailbox).addErrback(self._ebUnexpected)

    def _ebMailbox(self, failure) -> None:
        failure.trap(UnauthorizedLogin)
        app_password = b'Application-specific password required'
        why = app_password if self.server.app_password else b'Invalid credentials'
        self.failResponse(b'[AUTH] ' + why)

    def _refuse_cleartext(self) -> None:
        self.failResponse(b'Use STLS first' if self.may_upgrade else b'Sign-in is not available')


DIALOGS = {'smtp': SmtpDialog, 'imap': ImapDialog, 'pop3': Pop3Dialog}


def factory(protocol: str, server: Server) -> Factory:
    """The factory whose every connection speaks one protocol for one server."""
    dialog = DIALOGS[protocol]

    def build() -> Dialog:
        made = dialog(server)
        made.factory = found
        return made

    found = Factory.forProtocol(build)
    found.noisy = False
    return found
