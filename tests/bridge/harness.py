"""What the tests share: a running bridge, servers that misbehave on purpose, a WebSocket client.

Everything is on loopback. The client is as small as can be and sends what it is told, right or
wrong.
"""

import base64
import contextlib
import http.client
import json
import os
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import dns.message
import dns.rcode
import dns.rrset

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from bridge import config, tables  # noqa: E402
from bridge.closes import Close  # noqa: E402
from bridge.server import Bridge  # noqa: E402

TABLES = tables.load(tables.DEFAULT_PATH)
# No test waits this long unless it is about to fail.
PATIENCE = 15.0

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


def code(close: Close) -> int:
    """The number of a close code, from the generated table."""
    return TABLES.close_codes[close]


class Client:
    """A WebSocket client after its handshake."""

    def __init__(
        self,
        port: int,
        token: str | None = None,
        origin: str | None = 'same',
        path: str = '/bridge',
        host: str = '127.0.0.1',
        early: bytes = b'',
        receive_buffer: int | None = None,
        source: str | None = None,
        forwarded: str | None = None,
        named: str | None = None,
        preface: bytes = b'',
        ticket: str | None = None,
    ) -> None:
        family = socket.AF_INET6 if ':' in host else socket.AF_INET
        self.socket = socket.socket(family)
        if receive_buffer is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(PATIENCE)
        if source is not None:
            self.socket.bind((source, 0))
        self._extra = [] if forwarded is None else [f'X-Forwarded-For: {forwarded}']
        if ticket is not None:
            self._extra.append(f'Sec-WebSocket-Protocol: mail-port-check, ticket.{ticket}')
        self._named = named
        self._preface = preface
        self._buffer = b''
        try:
            self.head = self._shake_hands(port, token, origin, path, host, early)
        except BaseException:
            self.socket.close()
            raise

    def _shake_hands(
        self, port: int, token: str | None, origin: str | None, path: str, host: str, early: bytes
    ) -> str:
        self.socket.connect((host, port))
        if token is not None:
            path += f'?token={token}'
        key = base64.b64encode(os.urandom(16)).decode()
        netloc = self._named or (f'[{host}]:{port}' if ':' in host else f'{host}:{port}')
        lines = [
            f'GET {path} HTTP/1.1',
            f'Host: {netloc}',
            'Upgrade: websocket',
            'Connection: Upgrade',
            *self._extra,
        ]
        lines += [f'Sec-WebSocket-Key: {key}', 'Sec-WebSocket-Version: 13']
        if origin is not None:
            lines.append(f'Origin: {f"http://{netloc}" if origin == "same" else origin}')
        self.socket.sendall(self._preface + '\r\n'.join([*lines, '', '']).encode() + early)
        while b'\r\n\r\n' not in self._buffer:
            self._more()
        head, self._buffer = self._buffer.split(b'\r\n\r\n', 1)
        if b' 101 ' not in head.splitlines()[0]:
            raise AssertionError(head)
        return head.decode()

    def __enter__(self) -> 'Client':
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(
        self, payload: bytes, opcode: int = BINARY, last: bool = True, masked: bool = True
    ) -> None:
        """One frame."""
        self.socket.sendall(frame(payload, opcode, last, masked))

    def receive(self) -> tuple[int, bytes]:
        """The next frame, (opcode, payload); EOFError at the end of the connection."""
        first, second = self._exactly(2)
        length = second & 0x7F
        if length == 126:
            (length,) = struct.unpack('>H', self._exactly(2))
        elif length == 127:
            (length,) = struct.unpack('>Q', self._exactly(8))
        return first & 0x0F, self._exactly(length)

    def status(self) -> dict:
        """The first message after a successful connect."""
        opcode, payload = self.receive()
        if opcode != TEXT:
            raise AssertionError(f'no status frame but {opcode}: {payload[:80]!r}')
        return json.loads(payload)

    def data(self, length: int) -> bytes:
        """The next `length` bytes of binary messages."""
        collected = b''
        while len(collected) < length:
            opcode, payload = self.receive()
            if opcode != BINARY:
                raise AssertionError(f'{collected[:80]!r}, then opcode {opcode}: {payload[:80]!r}')
            collected += payload
        return collected

    def closing(self) -> tuple[int | None, str, bytes]:
        """Everything up to the Close frame: (code, reason, data); answers it, awaits the end."""
        chunks = []
        while True:
            opcode, payload = self.receive()
            if opcode == CLOSE:
                break
            if opcode == BINARY:
                chunks.append(payload)
        self.send(payload[:2], CLOSE)
        with contextlib.suppress(ConnectionResetError):
            if self.socket.recv(1):
                raise AssertionError('bytes after the Close frame')
        number = struct.unpack('>H', payload[:2])[0] if payload else None
        return number, payload[2:].decode(), b''.join(chunks)

    def _exactly(self, length: int) -> bytes:
        while len(self._buffer) < length:
            self._more()
        taken, self._buffer = self._buffer[:length], self._buffer[length:]
        return taken

    def _more(self) -> None:
        data = self.socket.recv(1 << 20)
        if not data:
            raise EOFError('the bridge closed the connection')
        self._buffer += data


def frame(payload: bytes, opcode: int = BINARY, last: bool = True, masked: bool = True) -> bytes:
    """A client's frame; the mask is fixed, since nothing here is in the way to be fooled."""
    mask = b'\x11\x22\x33\x44' if masked else b''
    head = bytes([opcode | (0x80 if last else 0)])
    bit = 0x80 if masked else 0
    if len(payload) < 126:
        head += bytes([bit | len(payload)])
    elif len(payload) < 65536:
        head += struct.pack('>BH', bit | 126, len(payload))
    else:
        head += struct.pack('>BQ', bit | 127, len(payload))
    if masked:
        length = len(payload)
        masks = (mask * (length // 4 + 1))[:length]
        masked_number = int.from_bytes(payload, 'big') ^ int.from_bytes(masks, 'big')
        payload = masked_number.to_bytes(length, 'big')
    return head + mask + payload


def started(**settings: object) -> Bridge:
    """A bridge with these settings on a free port; the caller stops it."""
    # All clients of a test are one to the bridge.
    limits = {'client_connections': 1000, 'client_waiting': 1000, 'client_requests': 1000}
    limits |= {'client_relay_per_hour': 10_000, 'target_per_minute': 30_000}
    limits |= {'target_connections': 3000}
    limits |= settings.pop('limits', {})
    settings = {'listen': '127.0.0.1:0', 'resolver': '127.0.0.1:1', 'limits': limits, **settings}
    bridge = Bridge(config.read(settings, Path(__file__).parent))
    bridge.start()
    return bridge


@contextlib.contextmanager
def running(**settings: object) -> Iterator[Bridge]:
    """A bridge with these settings on a free port, stopped afterwards."""
    bridge = started(**settings)
    try:
        yield bridge
    finally:
        if not bridge.stop(at_once=True):
            raise AssertionError('sessions were left after the drain')


def ask(
    bridge: Bridge, path: str, method: str = 'GET', **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    """One request on a connection of its own."""
    with contextlib.closing(
        http.client.HTTPConnection('127.0.0.1', bridge.port, timeout=PATIENCE)
    ) as connection:
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        return response, response.read()


class Server:
    """A TCP server on loopback; `serve` runs once for each connection, in a thread."""

    def __init__(self, serve: Callable[[socket.socket], None], host: str = '127.0.0.1') -> None:
        family = socket.AF_INET6 if ':' in host else socket.AF_INET
        self._serve = serve
        self._listener = socket.socket(family)
        self._listener.bind((host, 0))
        self._listener.listen(64)
        self.port = self._listener.getsockname()[1]
        self.address = f'[{host}]:{self.port}' if ':' in host else f'{host}:{self.port}'
        self.done = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> 'Server':
        return self

    def __exit__(self, *_: object) -> None:
        # Closing alone would not wake the thread that accepts.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._run, args=(connection,), daemon=True).start()

    def _run(self, connection: socket.socket) -> None:
        connection.settimeout(PATIENCE)
        with connection:
            self._serve(connection)
        self.done.set()


def echo(connection: socket.socket) -> None:
    """Says everything again until the client ends."""
    with contextlib.suppress(ConnectionError):
        while data := connection.recv(65536):
            connection.sendall(data)


def dns_query(name: str, kind: str = 'A', identifier: int = 7) -> bytes:
    """A query as TCP carries it."""
    wire = dns.message.make_query(name, kind, id=identifier).to_wire()
    return struct.pack('>H', len(wire)) + wire


def resolver(records: dict[str, list[str]]) -> Callable[[socket.socket], None]:
    """Serves A records, by name; any other name does not exist."""

    def serve(connection: socket.socket) -> None:
        with connection.makefile('rb') as stream:
            while prefix := stream.read(2):
                asked = dns.message.from_wire(stream.read(int.from_bytes(prefix, 'big')))
                name = asked.question[0].name
                reply = dns.message.make_response(asked, recursion_available=True)
                if addresses := records.get(str(name)):
                    reply.answer.append(dns.rrset.from_text_list(name, 60, 'IN', 'A', addresses))
                else:
                    reply.set_rcode(dns.rcode.NXDOMAIN)
                wire = reply.to_wire(max_size=0xFFFF)
                connection.sendall(struct.pack('>H', len(wire)) + wire)

    return serve


def silent(connection: socket.socket) -> None:
    """Says nothing and waits for the other side to leave."""
    with contextlib.suppress(ConnectionError):
        while connection.recv(65536):
            pass


def reset(connection: socket.socket) -> None:
    """Ends with a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))


@contextlib.contextmanager
def black_hole() -> Iterator[str]:
    """An address on loopback that does not answer: its queue of connections is full."""
    with socket.socket() as listener, contextlib.ExitStack() as fillers:
        listener.bind(('127.0.0.1', 0))
        listener.listen(0)
        for _ in range(4):
            filler = fillers.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
        yield f'127.0.0.1:{listener.getsockname()[1]}'


def closed_port() -> str:
    """An address on loopback where nobody listens."""
    with socket.socket() as reserved:
        reserved.bind(('127.0.0.1', 0))
        return f'127.0.0.1:{reserved.getsockname()[1]}'


def free_ports(count: int) -> int:
    """The first of so many free ports in a row, below those that systems give out by themselves."""
    for first in range(20_000, 30_000, count):
        with contextlib.ExitStack() as stack:
            try:
                for port in range(first, first + count):
                    stack.enter_context(socket.socket()).bind(('127.0.0.1', port))
            except OSError:
                continue
            return first
    raise AssertionError('no ports')


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Wait until `condition` holds; AssertionError naming `what` when it never does."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f'still waiting for {what}')
        time.sleep(0.01)
