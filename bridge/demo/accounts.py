"""The one account of a demo domain: who may sign in, and the empty mailbox behind it."""

from __future__ import annotations

from dataclasses import dataclass

from twisted.cred.checkers import ICredentialsChecker
from twisted.cred.credentials import IUsernamePassword
from twisted.cred.error import UnauthorizedLogin
from twisted.cred.portal import IRealm, Portal
from twisted.internet.defer import Deferred, fail, succeed
from twisted.mail import imap4, pop3, smtp
from twisted.mail.interfaces import IAccountIMAP, IMailboxIMAP, IMailboxPOP3, IMessageDelivery
from zope.interface import implementer

UID_VALIDITY = 1


@implementer(ICredentialsChecker)
@dataclass
class OneAccount:
    """Knows one address and its password; without a password nobody gets in."""

    address: str
    password: str | None
    credentialInterfaces = (IUsernamePassword,)

    def requestAvatarId(self, credentials: IUsernamePassword) -> Deferred:
        if (_text(credentials.username), _text(credentials.password)) != (
            self.address,
            self.password,
        ):
            return fail(UnauthorizedLogin())
        return succeed(self.address.encode())


@implementer(IRealm)
class Realm:
    """Hands out what each protocol keeps behind the sign-in."""

    def requestAvatar(self, avatar_id, mind, *interfaces):
        made = {
            IAccountIMAP: _imap_account,
            IMailboxPOP3: lambda name: pop3.Mailbox(),
            IMessageDelivery: lambda name: NoDelivery(),
        }
        for interface in interfaces:
            if interface in made:
                return interface, made[interface](avatar_id.decode()), lambda: None
        raise NotImplementedError(interfaces)


def portal(address: str, password: str | None) -> Portal:
    return Portal(Realm(), [OneAccount(address, password)])


def _imap_account(name: str) -> imap4.MemoryAccount:
    account = imap4.MemoryAccount(name)
    account.addMailbox('INBOX', EmptyInbox())
    return account


@implementer(IMailboxIMAP)
class EmptyInbox:
    """An INBOX without a message, which keeps none."""

    def getFlags(self):
        return ['\\Seen']

    def getHierarchicalDelimiter(self):
        return '/'

    def getUIDValidity(self):
        return UID_VALIDITY

    def getUIDNext(self):
        return 1

    def getMessageCount(self):
        return 0

    def getRecentCount(self):
        return 0

    def getUnseenCount(self):
        return 0

    def isWriteable(self):
        return True

    def addListener(self, listener):
        return True

    def removeListener(self, listener):
        return True

    def requestStatus(self, names):
        return imap4.statusRequestHelper(self, names)

    def fetch(self, messages, uid):
        return []

    def store(self, messages, flags, mode, uid):
        return {}

    def expunge(self):
        return []

    def addMessage(self, message, flags=(), date=None):
        return fail(imap4.MailboxException('The demo keeps no mail'))


@implementer(IMessageDelivery)
class NoDelivery:
    """Takes every sender and no recipient: nothing leaves the demo."""

    def validateFrom(self, helo, origin):
        return origin

    def validateTo(self, user):
        raise smtp.SMTPServerError(550, '5.7.1 The demo delivers no mail')

    def receivedHeader(self, helo, origin, recipients):
        return b''


def _text(value: bytes | str) -> str:
    return value.decode('utf-8', 'replace') if isinstance(value, bytes) else value
