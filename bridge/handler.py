"""HTTP: the page's files, /healthz, and the upgrade that starts a session."""

import io
import json
import socket
import time
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import parse_qs

from websockify.websocketproxy import ProxyRequestHandler

from bridge import about, forwarded, proxyprotocol
from bridge import origin as origins
from bridge.frames import FrameSocket
from bridge.policy import ANY_ORIGIN, decide
from bridge.session import Request, Session
from bridge.target import Address

HEALTH_PATH = '/healthz'
# The ends of them: a proxy may have the bridge under a path of its own.
TICKET_PATH = '/ticket'
ABOUT_JSON_PATH = '/about.json'
TICKET_PREFIX = 'ticket.'
_NO_TICKET = b'{"ticket": null}'

_HEADERS = {
    'Cache-Control': 'no-cache',
    # The pages carry a stricter one, which knows their bridges, elsewhere too; any site may have
    # them in a frame.
    'Content-Security-Policy': (
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
        "connect-src 'self' http: https: ws: wss:; "
        "img-src 'self' data:; style-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors *"
    ),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
}

# To ask for the health on a connection that has no room for more.
_RESERVED_SECONDS = 1

# What the element in another site's page fetches from beside its script, and the script itself.
_ELEMENT_FILES = ('.bin', '.js', '.json', '.pem', '.wasm')


class RequestTooLong(Exception):
    """More bytes than a request may have."""


class RequestReader(io.RawIOBase):
    """Reads a socket within one deadline and one budget per request.

    A time limit per read would let a client that sends a byte now and then stay for ever.
    """

    def __init__(self, connection: socket.socket) -> None:
        super().__init__()
        self._connection = connection
        self._deadline = 0.0
        self._room = 0
        self._detached = False

    def begin(self, seconds: float, max_bytes: int) -> None:
        """A new request begins."""
        self._deadline = time.monotonic() + seconds
        self._room = max_bytes

    def detach_socket(self) -> None:
        """Read the socket no more: from now on there is only what is buffered."""
        self._detached = True

    def readable(self) -> bool:
        """For io.BufferedReader."""
        return True

    def readinto(self, buffer: memoryview) -> int | None:
        """Fill `buffer`; TimeoutError or RequestTooLong at the bounds."""
        if self._detached:
            return None
        if self._room <= 0:
            raise RequestTooLong
        remaining = self._deadline - time.monotonic()
        if remaining <= 0:
            raise TimeoutError('request not finished in time')
        self._connection.settimeout(remaining)
        count = self._connection.recv_into(buffer)
        self._room -= count
        return count


class BridgeHandler(ProxyRequestHandler):
    """One TCP connection of a client, in a thread of its own."""

    SocketClass = FrameSocket
    server_version = 'MailPortCheck'
    sys_version = ''
    # The machine's own table of types may say otherwise, and a wrong one stops wasm and modules.
    extensions_map = ProxyRequestHandler.extensions_map | {
        '.css': 'text/css; charset=utf-8',
        '.html': 'text/html; charset=utf-8',
        '.js': 'text/javascript; charset=utf-8',
        '.json': 'application/json',
        '.map': 'application/json',
        '.mjs': 'text/javascript; charset=utf-8',
        '.svg': 'image/svg+xml',
        '.wasm': 'application/wasm',
    }

    def setup(self) -> None:
        """Put our reader between the socket and the request parser."""
        super().setup()
        self.rfile.close()
        self._reader = RequestReader(self.connection)
        self.rfile = io.BufferedReader(self._reader)
        self._peer = forwarded.peer(self.client_address[0])
        self._limits = self.server.bridge.config.limits
        self._visit = self.server.bridge.clients.visit(self.connection)
        # Without a site every request is refused before a path is looked at.
        self.directory = str(self.server.bridge.config.web)

    def handle(self) -> None:
        """All requests of the connection, after the header that a proxy may have to send first."""
        config = self.server.bridge.config
        if config.proxy_protocol and forwarded.is_proxy(self._peer, config.proxies):
            self._reader.begin(self._limits.request_seconds, self._limits.request_bytes)
            try:
                self._peer = proxyprotocol.read_client(self.rfile) or self._peer
            except (proxyprotocol.ProxyHeaderError, RequestTooLong, OSError):
                return
        super().handle()

    def handle_one_request(self) -> None:
        """One request, bounded in time and size until its headers are complete."""
        seconds = self._limits.request_seconds
        if self._visit.reserved:
            seconds = min(seconds, _RESERVED_SECONDS)
        self._reader.begin(seconds, self._limits.request_bytes)
        self.server.bridge.clients.awaits(self._visit)
        try:
            super().handle_one_request()
        except RequestTooLong:
            # The parser may not have come far enough to set these, and send_error reads them.
            self.requestline = self.request_version = self.command = ''
            self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def parse_request(self) -> bool:
        """Headers are complete: from here on it is the response that takes time."""
        parsed = super().parse_request()
        self.server.bridge.clients.asked(self._visit)
        self.connection.settimeout(self._limits.response_seconds)
        if self._visit.reserved:
            self.close_connection = True
            if parsed and self._where != HEALTH_PATH:
                self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)
                return False
        return parsed

    def do_GET(self) -> None:
        """Called for everything that is no upgrade."""
        if not self._answer_health() and not self._answer_about():
            super().do_GET()

    def do_HEAD(self) -> None:
        """The same without the body."""
        if not self._answer_health() and not self._answer_about():
            super().do_HEAD()

    def do_POST(self) -> None:
        """Only a ticket is asked for so: a browser then says for which origin."""
        if self._where.endswith(TICKET_PATH):
            self._answer_ticket()
        else:
            self.send_error(HTTPStatus.NOT_IMPLEMENTED)

    def send_head(self) -> io.BufferedIOBase | None:
        """Open the file to serve. Links in the site are followed: the demo's is made of them."""
        if '\0' in self.translate_path(self.path):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """As the base class, but what a client sent cannot break the status line apart."""
        super().send_error(code, message and ' '.join(message.split()), explain)

    def end_headers(self) -> None:
        """Every response carries the same protective headers."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        for name, value in self._sharing():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing: websockify would log targets with the paths. Sessions write their own line."""

    def handle_upgrade(self) -> None:
        """Be counted before the client can know that it is connected: a drain then waits for it."""
        with self.server.bridge.capacity.admit() as self._slot:
            super().handle_upgrade()

    def new_websocket_client(self) -> None:
        """The upgrade is done; only now can a refusal reach the page."""
        self._reader.detach_socket()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bridge = self.server.bridge
        request = Request(
            client=self._client(),
            origin=self.headers.get('Origin'),
            host=self.headers.get('Host'),
            token=self._token(),
            ticket=self._ticket(),
            early=self.rfile.read1(),
        )
        tested = bridge.self_test.outcome
        session = Session(self.request, request, bridge.config, self._slot, bridge.rates, tested)
        bridge.record(session.run())

    @property
    def _where(self) -> str:
        """The path without its query; none for a request that could not be parsed."""
        return getattr(self, 'path', '').partition('?')[0]

    def _client(self) -> Address:
        hops = self.headers.get_all('X-Forwarded-For', [])
        return forwarded.client(self._peer, hops, self.server.bridge.config.proxies)

    def _sharing(self) -> Iterator[tuple[str, str]]:
        """The CORS headers: pages that may use the bridge, and no others, may load the element."""
        allowed = self.server.bridge.config.rules.origins
        if allowed is None or not self._where.endswith((*_ELEMENT_FILES, TICKET_PATH)):
            return
        if ANY_ORIGIN in allowed:
            yield 'Access-Control-Allow-Origin', ANY_ORIGIN
        else:
            yield 'Vary', 'Origin'
            origin = origins.normalise(self.headers.get('Origin', ''))
            if origin not in allowed:
                return
            yield 'Access-Control-Allow-Origin', origin
        # The clock of the page's server, which the element compares with the reader's.
        yield 'Access-Control-Expose-Headers', 'Date, Age, Cache-Status'

    def _token(self) -> bytes | None:
        tokens = self._asked('token')
        if tokens is None:
            return None
        # Which of several was meant is not ours to guess; an empty one is refused like any bad one.
        return tokens[0].encode('utf-8', 'replace') if len(tokens) == 1 else b''

    def _asked(self, name: str) -> list[str] | None:
        """The values of this name in the query; one empty value where there is too much to read."""
        query = self.path.partition('?')[2]
        try:
            return parse_qs(query, keep_blank_values=True, max_num_fields=16).get(name)
        except ValueError:
            return ['']

    def _ticket(self) -> str | None:
        """The ticket that the upgrade brings: a subprotocol of its own beside ours."""
        for protocol in self.headers.get('Sec-WebSocket-Protocol', '').split(','):
            if protocol.strip().startswith(TICKET_PREFIX):
                return protocol.strip().removeprefix(TICKET_PREFIX)
        return None

    def _answer_health(self) -> bool:
        if self._where != HEALTH_PATH:
            return False
        draining = self.server.bridge.capacity.draining
        status = HTTPStatus.SERVICE_UNAVAILABLE if draining else HTTPStatus.OK
        self._answer(status, 'text/plain; charset=utf-8', b'draining\n' if draining else b'ok\n')
        return True

    def _answer_about(self) -> bool:
        """Who the bridge is. Where it serves no page, it is all that it has to show."""
        config = self.server.bridge.config
        path = self._where
        if path.endswith(ABOUT_JSON_PATH):
            tested = self.server.bridge.self_test.outcome
            facts = about.facts(config, tested, self._asked('around') or [])
            self._answer(HTTPStatus.OK, 'application/json', facts)
            return True
        if path != about.ABOUT_PATH and (path != '/' or config.web is not None):
            return False
        page = about.page(config)
        if page is None:
            return False
        self._answer(HTTPStatus.OK, 'text/html; charset=utf-8', page)
        return True

    def _answer_ticket(self) -> None:
        """A ticket for the page that asks, where the bridge hands them out."""
        bridge = self.server.bridge
        tickets = bridge.config.tickets
        # Whoever sends more than a browser does: its rest must not be taken for a next request.
        self.close_connection = True
        if self.headers.get('Content-Length', '0') != '0' or 'Transfer-Encoding' in self.headers:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        if tickets is None:
            # Not 204: Chromium then calls the request aborted.
            self._answer(HTTPStatus.OK, 'application/json', _NO_TICKET)
            return
        origin = self.headers.get('Origin')
        decision = decide(origin, self.headers.get('Host'), None, bridge.config.rules)
        if not tickets.issue or not decision.allowed:
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        ticket = {'ticket': tickets.make(self._client(), origin), 'seconds': tickets.seconds}
        self._answer(HTTPStatus.OK, 'application/json', json.dumps(ticket).encode())

    def _answer(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        if self.close_connection:
            self.send_header('Connection', 'close')
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(body)
