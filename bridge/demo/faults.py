"""Servers that hold no conversation: the silent, the busy, and the web server on a mail port."""

from __future__ import annotations

from twisted.internet import reactor
from twisted.internet.protocol import Factory, Protocol

BUSY = {
    'smtp': b'421 4.3.2 {name} Too busy, please try again later\r\n',
    'imap': b'* BYE [UNAVAILABLE] {name} is too busy, please try again later\r\n',
    'pop3': b'-ERR [SYS/TEMP] {name} is too busy, please try again later\r\n',
}
WEB_REQUEST_SECONDS = 5
WEB_REPLY = (
    b'HTTP/1.1 {status}\r\nServer: demo-web\r\nContent-Type: text/html\r\n'
    b'Content-Length: 0\r\nConnection: close\r\n\r\n'
)


class Silent(Protocol):
    """Accepts the connection, reads everything, says nothing."""


class Busy(Protocol):
    """Greets with a temporary failure and hangs up."""

    greeting: bytes

    def connectionMade(self) -> None:
        self.transport.write(self.greeting)
        self.transport.loseConnection()


class Web(Protocol):
    """An HTTP server: waits for a request, and understands none that a mail client sends."""

    def connectionMade(self) -> None:
        self._waiting = reactor.callLater(WEB_REQUEST_SECONDS, self._reply, b'408 Request Timeout')

    def dataReceived(self, data: bytes) -> None:
        if self._waiting.active():
            self._waiting.cancel()
            self._reply(b'400 Bad Request')

    def connectionLost(self, reason) -> None:
        if self._waiting.active():
            self._waiting.cancel()

    def _reply(self, status: bytes) -> None:
        self.transport.write(WEB_REPLY.replace(b'{status}', status))
        self.transport.loseConnection()


def silent() -> Factory:
    return _quiet(Silent)


def web() -> Factory:
    return _quiet(Web)


def busy(protocol: str, name: str) -> Factory:
    greeting = BUSY[protocol].replace(b'{name}', name.encode())
    return _quiet(type('BusyHere', (Busy,), {'greeting': greeting}))


def _quiet(protocol: type[Protocol]) -> Factory:
    made = Factory.forProtocol(protocol)
    made.noisy = False
    return made
