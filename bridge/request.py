"""Reads HTTP/1.1 requests off one connection, and writes the answers (RFC 9112).

The reader takes what browsers and proxies send, and nothing that could be read in two ways: lines
end in CRLF, no line goes on in the next, no name has a space behind it, and what may stand once
stands once. A request has a time and a size until its headers are there, and no body: what a client
sends with it is neither read nor taken for its next request.
"""

from __future__ import annotations

import email.utils
import re
import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from bridge.loop import Poller
from bridge.selector import IN, OUT

# A browser sends some fifteen, a proxy adds a few.
MAX_FIELDS = 100
PIECE_BYTES = 64 * 1024

_SERVER = 'MailPortCheck'
_END = b'\r\n\r\n'
_TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
# Only a path (origin-form): who asks for more than that takes us for a proxy.
_REQUEST_LINE = re.compile(rf'({_TOKEN}) (/[\x21-\x7e]*) HTTP/1\.([01])')
_OTHER_VERSION = re.compile(rf'{_TOKEN} [\x21-\x7e]+ HTTP/(?!1\.[01])[0-9]\.[0-9]')
# No control characters but the tab; what stands around the value is cut off afterwards, since a
# pattern that did so would take long over many spaces.
_FIELD = re.compile(rf'({_TOKEN}):([\t\x20-\x7e\x80-\xff]*)')
# Two of these mean different things to different readers.
_ONLY_ONCE = frozenset(
    (
        'content-length',
        'host',
        'origin',
        'sec-websocket-key',
        'sec-websocket-version',
        'transfer-encoding',
        'upgrade',
    )
)


class RequestError(Exception):
    """Not a request that is answered; what is said instead."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class ClientGone(Exception):
    """Nobody waits for an answer any more, or nobody sends the request."""


class Headers(Mapping[str, str]):
    """By their names in any case; of several the first, unless all are asked for."""

    def __init__(self) -> None:
        self._values: dict[str, list[str]] = {}

    def add(self, name: str, value: str) -> None:
        """One more; the name in lower case."""
        self._values.setdefault(name, []).append(value)

    def get(self, name: str, default: str | None = None) -> str | None:
        """The first."""
        values = self._values.get(name.lower())
        return default if values is None else values[0]

    def get_all(self, name: str) -> list[str]:
        """All of them, in their order."""
        return self._values.get(name.lower(), [])

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()][0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True)
class Head:
    """What a request says."""

    method: str
    target: str  # path and query
    headers: Headers
    keeps_alive: bool = False

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition('?')[0]

    @property
    def query(self) -> str:
        """The rest."""
        return self.target.partition('?')[2]

    @property
    def is_upgrade(self) -> bool:
        """Whether a WebSocket is asked for."""
        return self.method == 'GET' and self.headers.get('upgrade', '').lower() == 'websocket'


def parse(raw: bytes) -> Head:
    """The request in these bytes, which end before the empty line; or RequestError."""
    first, *lines = raw.decode('latin-1').split('\r\n')
    asked = _REQUEST_LINE.fullmatch(first)
    if asked is None:
        other = _OTHER_VERSION.fullmatch(first)
        raise RequestError(
            HTTPStatus.HTTP_VERSION_NOT_SUPPORTED if other else HTTPStatus.BAD_REQUEST
        )
    if len(lines) > MAX_FIELDS:
        raise RequestError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
    headers = Headers()
    for line in lines:
        field = _FIELD.fullmatch(line)
        if field is None:
            raise RequestError(HTTPStatus.BAD_REQUEST)
        name = field[1].lower()
        if name in _ONLY_ONCE and name in headers:
            raise RequestError(HTTPStatus.BAD_REQUEST)
        headers.add(name, field[2].strip('\t '))
    newer = asked[3] == '1'
    if newer and 'host' not in headers:
        raise RequestError(HTTPStatus.BAD_REQUEST)
    if 'transfer-encoding' in headers or headers.get('content-length', '0') != '0':
        raise RequestError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    closes = 'close' in headers.get('connection', '').lower()
    # Two slashes would make a host of what follows where the path is told again.
    target = '/' + asked[2].lstrip('/')
    return Head(asked[1], target, headers, keeps_alive=newer and not closes)


class Exchange:
    """The requests and answers of one connection, one after the other."""

    def __init__(
        self, connection: socket.socket, poller: Poller, max_bytes: int, early: bytes = b''
    ) -> None:
        self._connection = connection
        self._poller = poller
        self._max_bytes = max_bytes
        # What came after the last request, and that request.
        self.rest = early
        self.raw = b''
        # Whether another request may come.
        self.goes_on = True

    async def read(self, deadline: float) -> Head:
        """The next request; RequestError where it cannot be answered, ClientGone at the bounds."""
        self.goes_on = False
        held, searched = self.rest, 0
        while (end := held.find(_END, searched)) < 0:
            searched = max(0, len(held) - len(_END))
            if len(held) >= self._max_bytes:
                raise RequestError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            held += await self._more(self._max_bytes - len(held), deadline)
        self.raw, self.rest = held[: end + len(_END)], held[end + len(_END) :]
        head = parse(held[:end])
        self.goes_on = head.keeps_alive
        return head

    async def _more(self, most: int, deadline: float) -> bytes:
        """What the client says next."""
        self._poller.watch(self._connection, IN)
        while True:
            if not await self._poller.wait(deadline) and time.monotonic() >= deadline:
                raise ClientGone
            try:
                data = self._connection.recv(most)
            except BlockingIOError:
                continue
            except OSError:
                data = b''
            if not data:
                raise ClientGone
            return data

    async def answer(
        self,
        head: Head | None,
        status: HTTPStatus,
        fields: Iterable[tuple[str, str]],
        body: Iterable[bytes],
        seconds: float,
    ) -> None:
        """Send it, each block within so many seconds; ClientGone when it is not read.

        `fields` have a Content-Length, or the status has no body. A body that turns out shorter, or
        longer, ends the connection where it was told to.
        """
        lines = [
            f'HTTP/1.1 {status.value} {status.phrase}',
            f'Server: {_SERVER}',
            f'Date: {email.utils.formatdate(usegmt=True)}',
            *(f'{name}: {value}' for name, value in fields),
        ]
        if not self.goes_on:
            lines.append('Connection: close')
        data = '\r\n'.join([*lines, '', '']).encode('latin-1')
        left = 0
        if head is None or head.method != 'HEAD':
            left = int(next((v for name, v in fields if name == 'Content-Length'), '0'))
        for block in body if left else ():
            data += block[:left]
            left -= min(left, len(block))
            await self._write(data, seconds)
            data = b''
            if not left:
                break
        await self._write(data, seconds)
        if left:
            raise ClientGone  # it must not take the next answer for the rest of this one

    async def _write(self, data: bytes, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while data:
            try:
                sent = self._connection.send(data)
            except BlockingIOError:
                # Reading meanwhile would need room for what is read.
                self._poller.watch(self._connection, OUT)
                if not await self._poller.wait(deadline) and time.monotonic() >= deadline:
                    raise ClientGone from None
                continue
            except OSError as error:
                raise ClientGone from error
            data = data[sent:]
            deadline = time.monotonic() + seconds
