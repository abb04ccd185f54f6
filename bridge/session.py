"""One WebSocket, from its upgrade to its end: admit, learn the target, connect, tunnel, close."""

from __future__ import annotations

import json
import logging
import socket
import time
from dataclasses import dataclass

from bridge import connect
from bridge.addresses import own_addresses
from bridge.capacity import Slot
from bridge.closes import Close, Ended
from bridge.config import Config
from bridge.counting import by_network
from bridge.dnsguard import DnsGuard
from bridge.forwarded import blurred, networks_of
from bridge.frames import PROTOCOL_ERROR, FrameSocket, ProtocolError
from bridge.limits import share_of
from bridge.loop import Poller
from bridge.mailguard import MailGuard
from bridge.policy import Decision, decide, may_be_told
from bridge.rates import Rate, Rates
from bridge.reach import Reach
from bridge.reasons import Reason
from bridge.record import Record
from bridge.selector import IN, OUT
from bridge.selftest import Outcome
from bridge.target import Address, Endpoint, Named, Target, parse_target
from bridge.tunnel import ClientLeft, Tunnel

LOG = logging.getLogger('bridge')

_DISCARD_BYTES = 64 * 1024
_MINUTE, _HOUR = 60, 3600


@dataclass(frozen=True)
class Request:
    """What the upgrade request said; `token` None means the first message names the target."""

    client: Address
    origin: str | None
    host: str | None
    token: bytes | None
    ticket: str | None = None
    early: bytes = b''


class Session:
    """Everything it holds ends with `run`."""

    def __init__(
        self,
        frames: FrameSocket,
        request: Request,
        config: Config,
        slot: Slot,
        rates: Rates,
        reach: Reach,
        tested: Outcome | None,
        poller: Poller,
    ) -> None:
        self._frames = frames
        self._request = request
        self._config = config
        self._limits = config.limits
        self._client = networks_of(request.client)
        self._slot = slot
        self._rates = rates
        self._reach = reach
        self._tested = tested
        self._poller = poller
        # A drain ends who has no target yet, and lets the others finish.
        poller.drain = slot.capacity.closing
        self._started = time.monotonic()
        self._target: Target | None = None
        self._decision: Decision | None = None
        self._tunnel: Tunnel | None = None
        self._socket: socket.socket | None = None
        self._connect_ms: float | None = None

    async def run(self) -> Record:
        """Serve the client to the end, tell it why; returns what is kept of it."""
        try:
            code, reason, who = await self._converse()
        finally:
            if self._socket is not None:
                self._poller.ignore(self._socket)
                self._socket.close()
            self._slot.let_go()
        await self._close(code, reason)
        return self._summary(code, who)

    async def _converse(self) -> tuple[int | None, str, str]:
        """The conversation; returns close code, close reason, and who ended it."""
        try:
            ended = await self._carry()
        except Ended as before_the_tunnel:
            ended = before_the_tunnel
        except ClientLeft:
            ended = None
        except ProtocolError as error:
            return PROTOCOL_ERROR, str(error), 'bridge'
        except Exception:
            LOG.exception('internal error')
            ended = Ended(Close.INTERNAL)
        # From here on everybody is waited for, if only so long.
        self._poller.drain = None
        if ended is None:
            if self._tunnel is not None:
                await self._tunnel.flush_up(
                    self._poller, time.monotonic() + self._limits.linger_seconds
                )
            return self._frames.close_code, '', 'client'
        server = ended.close in (Close.SERVER_CLOSED, Close.RESET)
        return self._code(ended), ended.reason, 'server' if server else 'bridge'

    def _code(self, ended: Ended) -> int:
        return self._config.tables.close_codes[ended.close]

    async def _carry(self) -> Ended | None:
        """Every step to the end, which it returns; a step that cannot be done raises it."""
        messages = self._frames.start(self._request.early, self._limits.frame_bytes)
        self._judge(None)
        if self._config.tickets is not None:
            request = self._request
            self._config.tickets.check(request.ticket, request.client, request.origin)
        raw = self._request.token
        self._slot.take(self._client, waiting=raw is None)
        if raw is None:
            raw, messages = await self._first_message(messages)
            self._slot.begin()
        target = self._target = self._parse(raw)
        decision = self._judge(target)
        self._charge(target)
        self._poller.drain = self._slot.capacity.cut
        tunnel = self._tunnel = self._tunnel_for(target)
        tunnel.take(messages)
        lifetime_ends = time.monotonic() + self._limits.lifetime_seconds
        self._socket = connect.start(decision.dial)
        await self._connect(self._socket, tunnel)
        self._tell_connected(target, self._socket)
        return await tunnel.run(self._socket, self._poller, lifetime_ends)

    def _judge(self, target: Target | None) -> Decision:
        own = own_addresses() if isinstance(target, Endpoint) else frozenset()
        request = self._request
        self._decision = decide(request.origin, request.host, target, self._config.rules, own)
        self._decision.enforce()
        return self._decision

    def _charge(self, target: Target) -> None:
        """Count the conversation against the rates of the client and of the target."""
        limits = self._limits
        if target is Named.RESOLVER:
            rates = self._client_rates('client-resolver', limits.client_resolver_per_hour)
            self._rates.take(*rates)
            return
        if self._config.tables.directions.get(target.port) == 'relay':
            rates = self._client_rates('client-relay', limits.client_relay_per_hour)
        else:
            rates = self._client_rates('client-mail', limits.client_mail_per_hour)
        if self._decision and self._decision.reason is Reason.PUBLIC:
            self._reach.go(self._reaches(), target.address)
        named = str(target)
        self._slot.aim(named)
        most = limits.target_per_minute
        own = Rate('client-target', share_of(most), _MINUTE), f'{named} {self._client[0]}'
        of_all = Rate('target', limits.part_of(most), _MINUTE), named
        self._rates.take(*rates, own, of_all)

    def _reaches(self) -> list[tuple[str, int, int]]:
        """Each of the client's networks, with how many addresses it may go to (reach.py)."""
        limits = self._limits
        each = by_network(self._client, 1, limits)
        most, neighbours = limits.client_targets_per_hour, limits.client_neighbours_per_hour
        return [(network, factor * most, factor * neighbours) for network, factor in each]

    def _client_rates(self, of: str, per_hour: int) -> list[tuple[Rate, str]]:
        """The rate of each of the client's networks."""
        each = by_network(self._client, per_hour, self._limits)
        return [(Rate(of, most, _HOUR), network) for network, most in each]

    def _charge_name(self, count: int) -> None:
        limit = self._limits.client_name_bytes_per_hour
        self._rates.take(*self._client_rates('client-names', limit), amount=count)

    def _parse(self, raw: bytes) -> Target:
        try:
            return parse_target(raw)
        except ValueError:
            self._decision = Decision(Reason.BAD_TOKEN)
            self._decision.enforce()
            raise

    async def _first_message(self, messages: list[bytes]) -> tuple[bytes, list[bytes]]:
        """The message that names the target, and what came with it."""
        deadline = time.monotonic() + self._limits.first_message_seconds
        while not messages:
            if self._frames.left:
                raise ClientLeft
            self._frames.flush()
            self._poller.watch(self._frames, IN | (OUT if self._frames.unsent else 0))
            if not await self._poller.wait(deadline) and time.monotonic() >= deadline:
                raise Ended(Close.IDLE, waiting='target')
            messages = self._frames.receive()
            # Pings alone name no target.
            if not messages and self._frames.received > self._limits.bytes_up_relay:
                raise Ended(Close.UPLOAD_BUDGET, limit=self._limits.bytes_up_relay)
        return messages[0], messages[1:]

    def _tunnel_for(self, target: Target) -> Tunnel:
        limits = self._limits
        if target is Named.RESOLVER:
            own, rules = own_addresses(), self._config.rules
            guard = DnsGuard(
                lambda address: may_be_told(address, rules, own),
                self._charge_name,
                rules.opt_out.has_name,
            )
            return Tunnel(self._frames, limits, limits.bytes_up_resolver, guard)
        tables = self._config.tables
        if target.port not in tables.protocols:
            # What the operator forwards that is no mail port is his own affair.
            return Tunnel(self._frames, limits, limits.bytes_up_send, None)
        direction = tables.directions[target.port]
        up_limit = getattr(limits, f'bytes_up_{direction}')
        guard = MailGuard(tables.protocols[target.port], sealed=direction != 'relay')
        return Tunnel(self._frames, limits, up_limit, guard)

    async def _connect(self, target: socket.socket, tunnel: Tunnel) -> None:
        """Wait for the connection within its deadline, hearing the client meanwhile."""
        started = time.monotonic()
        deadline = started + self._limits.connect_seconds
        self._poller.watch(target, OUT)
        ready: dict[int, int] = {}
        while target.fileno() not in ready:
            if time.monotonic() >= deadline:
                raise Ended(Close.TIMED_OUT, after=self._limits.connect_seconds)
            if self._frames.left:
                raise ClientLeft
            self._poller.watch(self._frames, IN if tunnel.has_room else 0)
            ready = await self._poller.wait(deadline)
            if self._frames.fileno() in ready:
                if not tunnel.has_room:
                    raise ClientLeft
                tunnel.hear_client()
        connect.finish(target)
        self._connect_ms = round((time.monotonic() - started) * 1000, 1)

    def _tell_connected(self, target: Target, connected: socket.socket) -> None:
        # Where the resolver is, or where a target is forwarded to, is the operator's own affair.
        address = target.value if isinstance(target, Named) else str(target.address)
        status = {'ip': address, 'connect_ms': self._connect_ms}
        if isinstance(target, Endpoint):
            # What SMTP calls an address literal: a name for a client that has no better one.
            status['local'] = connect.local_address(connected)
        if self._tested is not None:
            status['tested'] = self._tested.message()
        self._frames.queue(json.dumps(status).encode('ascii'), text=True)

    async def _close(self, code: int | None, reason: str) -> None:
        """Send what is queued and the Close frame, then wait for the client to close, too.

        Closing with unread bytes in the socket would make the kernel send a reset, and the page
        would lose the close code. A client that closed first sends nothing after its Close frame.
        """
        frames = self._frames
        deadline = time.monotonic() + self._limits.linger_seconds
        if not frames.lost:
            frames.queue_close(code, reason)
        poller = self._poller
        poller.drain = None
        told = False
        while not frames.lost and time.monotonic() < deadline:
            if not told and frames.flush():
                told = True
                try:
                    frames.socket.shutdown(socket.SHUT_WR)
                except OSError:
                    return  # the client reset it: there is nobody to wait for
                if frames.left:
                    return
            poller.watch(frames, IN | (0 if told else OUT))
            if not await poller.wait(deadline):
                return
            try:
                if not frames.socket.recv(_DISCARD_BYTES):
                    return
            except BlockingIOError:
                continue
            except OSError:
                return

    def _summary(self, code: int | None, who: str) -> Record:
        tunnel, target = self._tunnel, self._target
        return Record(
            client=blurred(self._request.client),
            port=target.port if isinstance(target, Endpoint) else target and target.value,
            decision=self._decision and self._decision.reason.id,
            close=code,
            by=who,
            up=tunnel.bytes_up if tunnel else 0,
            down=tunnel.bytes_down if tunnel else 0,
            connect_ms=self._connect_ms,
            ms=round((time.monotonic() - self._started) * 1000),
        )
