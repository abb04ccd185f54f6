"""One TCP connection of a client: the page's files, /healthz, and the upgrade to a session."""

from __future__ import annotations

import contextlib
import json
import logging
import socket
import time
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Protocol
from urllib.parse import parse_qs

from bridge import about, forwarded
from bridge import origin as origins
from bridge.capacity import Capacity, Slot
from bridge.clients import Clients, Visit
from bridge.closes import Ended
from bridge.config import Config
from bridge.files import Lookup
from bridge.frames import FrameSocket
from bridge.loop import Poller
from bridge.policy import ANY_ORIGIN, decide
from bridge.proxyprotocol import ProxyHeader, ProxyHeaderError
from bridge.rates import Rates
from bridge.reach import Reach
from bridge.record import Record
from bridge.request import ClientGone, Exchange, Head, RequestError
from bridge.selector import IN, OUT
from bridge.selftest import SelfTest
from bridge.session import Request, Session
from bridge.target import Address
from bridge.websocket import WebSocketWantWriteError
from bridge.workers import Handed, Team

LOG = logging.getLogger('bridge')

HEALTH_PATH = '/healthz'
# The ends of them: a proxy may have the bridge under a path of its own.
TICKET_PATH = '/ticket'
ABOUT_JSON_PATH = '/about.json'
TICKET_PREFIX = 'ticket.'
_NO_TICKET = b'{"ticket": null}'

_HEADERS = (
    ('Cache-Control', 'no-cache'),
    # The pages carry a stricter one, which knows their bridges, elsewhere too; any site may have
    # them in a frame.
    (
        'Content-Security-Policy',
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
        "worker-src blob:; connect-src 'self' http: https: ws: wss:; "
        "img-src 'self' data:; style-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors *",
    ),
    ('X-Content-Type-Options', 'nosniff'),
    ('Referrer-Policy', 'no-referrer'),
)
_TEXT = 'text/plain; charset=utf-8'

# To ask for the health on a connection that has no room for more.
_RESERVED_SECONDS = 1

# What the element in another site's page fetches from beside its script, and the script itself.
_ELEMENT_FILES = ('.bin', '.js', '.json', '.pem', '.wasm')


class Host(Protocol):
    """Whose connection it is: a bridge."""

    config: Config
    capacity: Capacity
    clients: Clients
    rates: Rates
    reach: Reach
    self_test: SelfTest
    team: Team | None

    def record(self, record: Record) -> None:
        """Keep what is kept of a connection that has ended."""


class Handler:
    """One connection, from its acceptance to its end."""

    def __init__(
        self,
        bridge: Host,
        connection: socket.socket,
        visit: Visit,
        peer: Address,
        poller: Poller,
        said: bytes | None = None,
    ) -> None:
        """`said` is what another worker has heard of it, which has then read the PROXY header."""
        self._bridge = bridge
        self._connection = connection
        self._visit = visit
        self._peer = peer
        self._poller = poller
        self._said = said
        # Whether this worker is the one of its client, as far as is known.
        self._is_at_home = False
        # As they are now, for all of this connection.
        self._config = bridge.config
        self._limits = bridge.config.limits

    async def serve(self) -> None:
        """All of it; closes the socket."""
        try:
            await self._serve()
        except (ClientGone, ProxyHeaderError, Ended):
            pass  # there is nobody to be told
        except OSError:
            LOG.debug('the client went away', exc_info=True)
        except Exception:
            LOG.exception('internal error in a request')
        finally:
            self._poller.ignore(self._connection)
            self._bridge.clients.left(self._connection)
            self._connection.close()

    async def _serve(self) -> None:
        early, self._said = self._said, None
        if early is not None:
            self._is_at_home = True
        elif self._config.proxy_protocol and forwarded.is_proxy(self._peer, self._config.proxies):
            early = await self._proxy_header()
        early = early or b''
        exchange = Exchange(self._connection, self._poller, self._limits.request_bytes, early)
        del early
        upgrade = await self._answer_requests(exchange)
        if upgrade is None:
            return
        if not self._is_at_home and self._hand_over(upgrade, exchange):
            return
        # Who is counted before the client can know that it is connected is waited for in a drain.
        with self._bridge.capacity.admit() as slot:
            session = await self._upgrade(upgrade, exchange, slot)
            del upgrade, exchange
            if session is not None:
                self._bridge.record(await session.run())

    def _hand_over(self, head: Head, exchange: Exchange) -> bool:
        """Give it to the worker of this client, where that is another one."""
        team = self._bridge.team
        if team is None:
            return False
        client = self._client(head)
        home = team.home_of(forwarded.networks_of(client))
        if home == team.index:
            return False
        behind_proxy = not self._visit.networks
        said = exchange.raw + exchange.rest
        return team.hand_over(Handed(self._connection, client, behind_proxy, said), home)

    async def _proxy_header(self) -> bytes:
        """Hear who the client is; what came behind the header."""
        deadline = time.monotonic() + self._limits.request_seconds
        header = ProxyHeader()
        self._poller.watch(self._connection, IN)
        while not header.complete:
            if not await self._poller.wait(deadline) and time.monotonic() >= deadline:
                raise ClientGone
            try:
                data = self._connection.recv(self._limits.request_bytes)
            except BlockingIOError:
                continue
            if not data:
                raise ClientGone
            header.feed(data)
        self._peer = header.client or self._peer
        return header.rest

    async def _answer_requests(self, exchange: Exchange) -> Head | None:
        """Answer one after the other; the one that asks for a WebSocket, None at the end."""
        while True:
            seconds = self._limits.request_seconds
            if self._visit.reserved:
                seconds = min(seconds, _RESERVED_SECONDS)
            self._bridge.clients.awaits(self._visit)
            try:
                head = await exchange.read(time.monotonic() + seconds)
            except RequestError as error:
                self._bridge.clients.asked(self._visit)
                await self._refuse(exchange, None, error.status)
                return None
            # It is complete: from here on it is the answer that takes time.
            self._bridge.clients.asked(self._visit)
            if self._visit.reserved:
                exchange.goes_on = False
            if self._visit.reserved and head.path != HEALTH_PATH:
                await self._refuse(exchange, head, HTTPStatus.SERVICE_UNAVAILABLE)
                return None
            if head.is_upgrade:
                return head
            await self._answer(exchange, head)
            if not exchange.goes_on:
                return None

    async def _answer(self, exchange: Exchange, head: Head) -> None:
        """Everything that is no upgrade."""
        if head.method == 'POST' and head.path.endswith(TICKET_PATH):
            await self._answer_ticket(exchange, head)
        elif head.method not in ('GET', 'HEAD'):
            await self._refuse(exchange, head, HTTPStatus.NOT_IMPLEMENTED)
        elif head.path == HEALTH_PATH:
            draining = self._bridge.capacity.draining
            status = HTTPStatus.SERVICE_UNAVAILABLE if draining else HTTPStatus.OK
            await self._say(exchange, head, status, _TEXT, b'draining\n' if draining else b'ok\n')
        elif not await self._answer_about(exchange, head):
            await self._answer_file(exchange, head)

    async def _answer_about(self, exchange: Exchange, head: Head) -> bool:
        """Who the bridge is. Where it serves no page, it is all that it has to show."""
        config = self._bridge.config
        if head.path.endswith(ABOUT_JSON_PATH):
            around = _asked(head, 'around') or []
            facts = about.facts(config, self._bridge.self_test.outcome, around)
            await self._say(exchange, head, HTTPStatus.OK, 'application/json', facts)
            return True
        if head.path != about.ABOUT_PATH and (head.path != '/' or config.web is not None):
            return False
        page = about.page(config)
        if page is None:
            return False
        await self._say(exchange, head, HTTPStatus.OK, 'text/html; charset=utf-8', page)
        return True

    async def _answer_file(self, exchange: Exchange, head: Head) -> None:
        web = self._bridge.config.web
        if web is None:
            await self._refuse(exchange, head, HTTPStatus.METHOD_NOT_ALLOWED)
            return
        found = Lookup(str(web), head)
        with found.file or contextlib.nullcontext():
            if found.status >= HTTPStatus.BAD_REQUEST:
                await self._refuse(exchange, head, found.status, close=False)
            else:
                await self._send(exchange, head, found.status, found.fields, found.blocks())

    async def _answer_ticket(self, exchange: Exchange, head: Head) -> None:
        """A ticket for the page that asks, where the bridge hands them out."""
        config = self._bridge.config
        tickets = config.tickets
        if tickets is None:
            # Not 204: Chromium then calls the request aborted.
            await self._say(exchange, head, HTTPStatus.OK, 'application/json', _NO_TICKET)
            return
        origin = head.headers.get('Origin')
        decision = decide(origin, head.headers.get('Host'), None, config.rules)
        if not tickets.issue or not decision.allowed:
            await self._refuse(exchange, head, HTTPStatus.FORBIDDEN)
            return
        made = tickets.make(self._client(head), origin)
        told = json.dumps({'ticket': made, 'seconds': tickets.seconds}).encode('ascii')
        await self._say(exchange, head, HTTPStatus.OK, 'application/json', told)

    async def _refuse(
        self, exchange: Exchange, head: Head | None, status: HTTPStatus, close: bool = True
    ) -> None:
        if close:
            exchange.goes_on = False
        text = f'{status.value} {status.phrase}\n'.encode('ascii')
        await self._say(exchange, head, status, _TEXT, text)

    async def _say(
        self,
        exchange: Exchange,
        head: Head | None,
        status: HTTPStatus,
        kind: str,
        body: bytes,
    ) -> None:
        told = [('Content-Type', kind), ('Content-Length', str(len(body)))]
        await self._send(exchange, head, status, told, (body,))

    async def _send(
        self,
        exchange: Exchange,
        head: Head | None,
        status: HTTPStatus,
        fields: Iterable[tuple[str, str]],
        body: Iterable[bytes],
    ) -> None:
        """Every answer carries the same protective headers."""
        headers = [*fields, *_HEADERS, *(self._sharing(head) if head else ())]
        seconds = self._limits.response_seconds
        await exchange.answer(head, status, headers, body, seconds)

    def _sharing(self, head: Head) -> Iterator[tuple[str, str]]:
        """The CORS headers: pages that may use the bridge, and no others, may load the element."""
        allowed = self._bridge.config.rules.origins
        if allowed is None or not head.path.endswith((*_ELEMENT_FILES, TICKET_PATH)):
            return
        if ANY_ORIGIN in allowed:
            yield 'Access-Control-Allow-Origin', ANY_ORIGIN
        else:
            yield 'Vary', 'Origin'
            origin = origins.normalise(head.headers.get('Origin', ''))
            if origin not in allowed:
                return
            yield 'Access-Control-Allow-Origin', origin
        # The clock of the page's server, which the element compares with the reader's.
        yield 'Access-Control-Expose-Headers', 'Date, Age, Cache-Status'

    async def _upgrade(self, head: Head, exchange: Exchange, slot: Slot) -> Session | None:
        """Shake hands; only then can a refusal reach the page. None where that cannot be done."""
        frames = FrameSocket()
        deadline = time.monotonic() + self._limits.response_seconds
        while True:
            try:
                frames.accept(self._connection, head.headers)
                break
            except WebSocketWantWriteError:  # answers before it have not been read yet
                self._poller.watch(self._connection, OUT)
                if not await self._poller.wait(deadline) and time.monotonic() >= deadline:
                    raise ClientGone from None
            except OSError:
                raise
            except Exception:  # websockify has no narrower one for a request that is none
                await self._refuse(exchange, head, HTTPStatus.BAD_REQUEST)
                return None
        self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bridge = self._bridge
        request = Request(
            client=self._client(head),
            origin=head.headers.get('Origin'),
            host=head.headers.get('Host'),
            token=_token(head),
            ticket=_ticket(head),
            early=exchange.rest,
        )
        return Session(
            frames,
            request,
            bridge.config,
            slot,
            bridge.rates,
            bridge.reach,
            bridge.self_test.outcome,
            self._poller,
        )

    def _client(self, head: Head) -> Address:
        hops = head.headers.get_all('X-Forwarded-For')
        return forwarded.client(self._peer, hops, self._bridge.config.proxies)


def _token(head: Head) -> bytes | None:
    tokens = _asked(head, 'token')
    if tokens is None:
        return None
    # Which of several was meant is not ours to guess; an empty one is refused like any bad one.
    return tokens[0].encode('utf-8', 'replace') if len(tokens) == 1 else b''


def _ticket(head: Head) -> str | None:
    """The ticket that the upgrade brings: a subprotocol of its own beside ours."""
    for protocol in head.headers.get('Sec-WebSocket-Protocol', '').split(','):
        if protocol.strip().startswith(TICKET_PREFIX):
            return protocol.strip().removeprefix(TICKET_PREFIX)
    return None


def _asked(head: Head, name: str) -> list[str] | None:
    """The values of this name in the query; one empty value where there is too much to read."""
    try:
        return parse_qs(head.query, keep_blank_values=True, max_num_fields=16).get(name)
    except ValueError:
        return ['']
