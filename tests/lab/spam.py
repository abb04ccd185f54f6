"""Ways to get a mail into a server's port 25, alike over TCP and through a bridge.

Each says what it says to a `Pipe` and reads the answers, so that a mail which a bridge does not let
through is the same bytes that the server takes from anybody else.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests/bridge'))

from harness import BINARY, CLOSE, PATIENCE, PING, TEXT, Client, code, frame  # noqa: E402

from bridge.closes import Close  # noqa: E402

EHLO = b'EHLO check.invalid\r\n'
STARTTLS = b'STARTTLS\r\n'
_CHUNK = 64 * 1024


@dataclass
class Refused(Exception):
    """The bridge closed the conversation."""

    code: int
    reason: str


class Pipe:
    """A TCP connection to the server itself."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address, PATIENCE)

    def close(self) -> None:
        self.socket.close()

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def receive(self) -> bytes:
        return self.socket.recv(_CHUNK)

    def reply(self) -> bytes:
        """One whole reply of the server."""
        return reply(self.receive)


class Tunnel(Pipe):
    """A WebSocket to a bridge that is told to connect to `target`.

    Each subclass names it, or frames what is said, in another way.
    """

    def __init__(self, port: int, target: str) -> None:
        self.client = self.open(port, target)
        self.socket = self.client.socket

    def open(self, port: int, target: str) -> Client:
        return Client(port, target)

    def send(self, data: bytes) -> None:
        with contextlib.suppress(ConnectionError):  # why it is closed can still be read
            self.socket.sendall(self.framed(data))

    def framed(self, data: bytes) -> bytes:
        return frame(data)

    def receive(self) -> bytes:
        while True:
            opcode, payload = self.client.receive()
            if opcode == CLOSE:
                raise Refused(int.from_bytes(payload[:2], 'big'), payload[2:].decode())
            if opcode == BINARY:
                return payload


class TextFrames(Tunnel):
    def framed(self, data: bytes) -> bytes:
        return frame(data, TEXT)


class FrameForEachByte(Tunnel):
    def framed(self, data: bytes) -> bytes:
        return b''.join(frame(bytes([byte])) for byte in data)


class Fragments(Tunnel):
    """One message in two frames, with a ping between them."""

    def framed(self, data: bytes) -> bytes:
        first, rest = data[:3], data[3:]
        return frame(first, last=False) + frame(b'', PING) + frame(rest, 0)


class TargetInFirstMessage(Tunnel):
    def open(self, port: int, target: str) -> Client:
        client = Client(port)
        client.send(target.encode(), TEXT)
        return client


def reply(receive: Callable[[], bytes]) -> bytes:
    """Lines up to the last one of a reply."""
    said = b''
    while not said.endswith(b'\n') or said.splitlines()[-1][3:4] == b'-':
        data = receive()
        if not data:
            raise EOFError(said)
        said += data
    return said


def envelope(name: str, recipient: str) -> list[bytes]:
    return [f'MAIL FROM:<{name}@lab.test>\r\n'.encode(), f'RCPT TO:<{recipient}>\r\n'.encode()]


def content(name: str) -> bytes:
    return f'Message-ID: <{name}@spam.test>\r\nSubject: Buy\r\n\r\nNow.\r\n'.encode()


def lines(name: str, recipient: str) -> list[bytes]:
    """A mail as its commands and its text."""
    return [*envelope(name, recipient), b'DATA\r\n', content(name) + b'.\r\n', b'QUIT\r\n']


def in_chunks(name: str, recipient: str) -> list[bytes]:
    """A mail as RFC 3030 has it: no command of it has to wait for an answer."""
    text = content(name)
    return [*envelope(name, recipient), b'BDAT %d LAST\r\n' % len(text) + text, b'QUIT\r\n']


MAILS = {'DATA': lines, 'BDAT': in_chunks}


class Tls:
    """TLS over a pipe, of one version; `session` is one to be resumed."""

    def __init__(
        self,
        pipe: Pipe,
        version: ssl.TLSVersion,
        context: ssl.SSLContext | None = None,
        session: ssl.SSLSession | None = None,
    ) -> None:
        self._pipe = pipe
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.context = context or unverified(version)
        self.tls = self.context.wrap_bio(self._in, self._out, session=session)

    def shake_hands(self, with_last: Callable[[], None] = lambda: None) -> None:
        """`with_last` may write what goes out together with the last of the handshake."""
        while True:
            try:
                self.tls.do_handshake()
                break
            except ssl.SSLWantReadError:
                self._exchange()
        with_last()
        self._flush()

    def write(self, data: bytes) -> None:
        self.tls.write(data)

    def send(self, data: bytes) -> None:
        self.write(data)
        self._flush()

    def receive(self) -> bytes:
        while True:
            try:
                return self.tls.read(_CHUNK)
            except ssl.SSLWantReadError:
                self._exchange()

    def _exchange(self) -> None:
        self._flush()
        data = self._pipe.receive()
        if not data:
            raise EOFError('in TLS')
        self._in.write(data)

    def _flush(self) -> None:
        if data := self._out.read():
            self._pipe.send(data)


def unverified(version: ssl.TLSVersion) -> ssl.SSLContext:
    """Whose server it is does not matter to who wants to be rid of a mail."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = context.maximum_version = version
    return context


def upgraded(pipe: Pipe) -> Pipe:
    """As far as the server's go-ahead for TLS."""
    pipe.reply()
    for line in (EHLO, STARTTLS):
        pipe.send(line)
        pipe.reply()
    return pipe


def in_the_clear(pipe: Pipe, mail: list[bytes]) -> None:
    pipe.reply()
    for said in (EHLO, *mail):
        pipe.send(said)
        pipe.reply()


def pipelined(pipe: Pipe, mail: list[bytes]) -> None:
    """Everything at once after the answer to EHLO."""
    pipe.reply()
    pipe.send(EHLO)
    pipe.reply()
    pipe.send(b''.join(mail))
    read_to_the_end(pipe.receive)


def all_at_once(pipe: Pipe, mail: list[bytes]) -> None:
    """EHLO as well, before the greeting is answered."""
    pipe.send(EHLO + b''.join(mail))
    read_to_the_end(pipe.receive)


def in_a_client_hello(pipe: Pipe, mail: list[bytes]) -> None:
    """A server that does not expect TLS here reads it line by line."""
    body = b'\x03\x03' + bytes(32) + b'\r\n' + b''.join(mail)
    hello = b'\x01' + len(body).to_bytes(3, 'big') + body
    pipe.send(b'\x16\x03\x01' + len(hello).to_bytes(2, 'big') + hello)
    read_to_the_end(pipe.receive)


def inside_tls(version: ssl.TLSVersion) -> Callable[[Pipe, list[bytes]], None]:
    def run(pipe: Pipe, mail: list[bytes]) -> None:
        tls = Tls(upgraded(pipe), version)
        tls.shake_hands()
        for said in (EHLO, *mail):
            tls.send(said)
            reply(tls.receive)

    return run


def with_the_handshake(version: ssl.TLSVersion) -> Callable[[Pipe, list[bytes]], None]:
    """The whole mail in the same message as the last of the handshake."""

    def run(pipe: Pipe, mail: list[bytes]) -> None:
        tls = Tls(upgraded(pipe), version)
        tls.shake_hands(lambda: tls.write(EHLO + b''.join(mail)))
        read_to_the_end(tls.receive)

    return run


def resumed(
    address: tuple[str, int], version: ssl.TLSVersion
) -> Callable[[Pipe, list[bytes]], None]:
    """With a session that the server gave to another connection: the client says the last word of
    this handshake, and the mail goes with it."""
    pipe = Pipe(address)
    with contextlib.closing(pipe):
        first = Tls(upgraded(pipe), version)
        first.shake_hands()
        first.send(EHLO)
        reply(first.receive)  # TLS 1.3 gives its ticket with the first data
        session = first.tls.session
        first.send(b'QUIT\r\n')
        reply(first.receive)

    def run(pipe: Pipe, mail: list[bytes]) -> None:
        tls = Tls(upgraded(pipe), version, first.context, session)
        tls.shake_hands(lambda: tls.write(EHLO + b''.join(mail)))
        if not tls.tls.session_reused:
            raise AssertionError('the server did not resume the session')
        read_to_the_end(tls.receive)

    return run


def read_to_the_end(receive: Callable[[], bytes]) -> None:
    with contextlib.suppress(EOFError, ssl.SSLZeroReturnError):
        while receive():
            pass


FRAMINGS = (Tunnel, TextFrames, FrameForEachByte, Fragments, TargetInFirstMessage)


@dataclass(frozen=True)
class Way:
    """How a mail is brought, and why a bridge says that it may not be."""

    say: Callable[[Pipe, list[bytes]], None]
    why: str


def ways(address: tuple[str, int]) -> dict[str, Way]:
    """By name; a server at `address` takes mails from each of them when nothing is in between."""
    found = {
        'in the clear': Way(in_the_clear, 'command'),
        'pipelined': Way(pipelined, 'command'),
        'all at once': Way(all_at_once, 'command'),
        'in a ClientHello': Way(in_a_client_hello, 'client-hello'),
    }
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        for name, say in (
            ('inside', inside_tls(version)),
            ('with the handshake of', with_the_handshake(version)),
            ('with a resumed', resumed(address, version)),
        ):
            found[f'{name} {version.name}'] = Way(say, 'application-data')
    return found


def expected(way: Way, framing: type[Tunnel]) -> list[Refused]:
    """How a bridge may refuse it."""
    found = [Refused(code(Close.PORT_DENIED), f'port-denied why={way.why}')]
    if framing is FrameForEachByte:
        # A byte costs seven then, and a ClientHello that resumes is long.
        found.append(Refused(code(Close.UPLOAD_BUDGET), 'upload-budget limit=4096'))
    return found


def tricks(port: int, target: str, recipient: str) -> dict[str, tuple[Client, Refused]]:
    """What a server would not take so, but a bridge might bring into another shape: clients that
    have said all of it, and how they are to be refused."""

    def mail(name: str) -> bytes:
        return EHLO + b''.join(lines(name, recipient))

    named = target.encode()
    in_target = frame(named + b'\r\n' + mail('in-target'), TEXT)
    with_target = frame(named, TEXT) + frame(mail('with-target'))
    early = frame(mail('early'))
    behind = frame(EHLO + STARTTLS + mail('behind'))
    denied = code(Close.PORT_DENIED)
    return {
        'in the message that names the target': (
            Client(port, early=in_target),
            Refused(code(Close.BAD_TOKEN), 'bad-token why=not-ip-and-port'),
        ),
        'together with that message': (
            Client(port, early=with_target),
            Refused(denied, 'port-denied why=command'),
        ),
        'together with the upgrade of the WebSocket': (
            Client(port, target, early=early),
            Refused(denied, 'port-denied why=command'),
        ),
        'behind STARTTLS': (
            Client(port, target, early=behind),
            Refused(denied, 'port-denied why=starttls-unanswered'),
        ),
    }
