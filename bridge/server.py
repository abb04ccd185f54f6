"""The listening sockets of one bridge, its loop, and the order in which it stops."""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import logging
import socket
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bridge import forwarded
from bridge.addresses import own_addresses
from bridge.capacity import Capacity, Signal
from bridge.clients import RESERVED_CONNECTIONS, Clients, max_connections
from bridge.config import Config, ConfigError, Listen
from bridge.handler import Handler
from bridge.limits import divided
from bridge.loop import Loop, Poller, pass_on
from bridge.rates import Rates
from bridge.reach import Reach
from bridge.record import Record
from bridge.selector import IN
from bridge.selftest import SelfTest
from bridge.target import Address
from bridge.workers import Team

if TYPE_CHECKING:
    from bridge.metrics import Metrics, MetricsServer

LOG = logging.getLogger('bridge')

# After the lingering of the last session, for the rest of it.
_END_SECONDS = 1
# A page opens its sockets all at once, and so do many pages.
_BACKLOG = 1024
# Connections accepted before those that are there have their turn. Who is sent away for one of them
# is gone after two turns: until then it is in the reserve.
_ACCEPTS_IN_A_ROW = RESERVED_CONNECTIONS // 2
# What ends no connection but keeps new ones out: nothing is left to have one with.
_NO_ROOM = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
_NO_ROOM_SECONDS = 0.2
# How often it is logged.
_NO_ROOM_LOG_SECONDS = 60

_LOCALHOST = ((socket.AF_INET, '127.0.0.1'), (socket.AF_INET6, '::1'))


class Listener:
    """One listening socket, whose connections it gives to `bridge`."""

    def __init__(
        self, family: socket.AddressFamily, host: str, port: int, shared: bool = False
    ) -> None:
        """`shared`: with others that listen there, too."""
        self.socket = socket.socket(family, socket.SOCK_STREAM)
        try:
            # To Windows that means that others may take the port, unless this is said.
            exclusive = getattr(socket, 'SO_EXCLUSIVEADDRUSE', None)
            self.socket.setsockopt(socket.SOL_SOCKET, exclusive or socket.SO_REUSEADDR, 1)
            if shared:
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            if host == '::':
                self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            self.socket.bind((host, port))
            self.socket.listen(_BACKLOG)
            self.socket.setblocking(False)
        except OSError:
            self.socket.close()
            raise
        self.port = self.socket.getsockname()[1]
        self._logged = -float(_NO_ROOM_LOG_SECONDS)

    async def serve(self, bridge: Bridge, poller: Poller) -> None:
        """Accept for ever."""
        while True:
            poller.watch(self.socket, IN)
            await poller.wait(None)
            try:
                for _ in range(_ACCEPTS_IN_A_ROW):
                    bridge.begin(*self.accept())
            except BlockingIOError:
                continue
            except OSError as error:
                if error.errno not in _NO_ROOM:
                    continue  # it was gone before it was accepted
                self._complain(error)
                # It would be ready again at once.
                poller.ignore(self.socket)
                await poller.wait(time.monotonic() + _NO_ROOM_SECONDS)

    def accept(self) -> tuple[socket.socket, tuple]:
        """The next connection, and from where it is."""
        return self.socket.accept()

    def _complain(self, error: OSError) -> None:
        now = time.monotonic()
        if now - self._logged >= _NO_ROOM_LOG_SECONDS:
            self._logged = now
            LOG.error('no connection accepted for now: %s', error.strerror)


class Bridge:
    """A running bridge: make it, `start` it, and `stop` it once.

    Making it opens the sockets; ConfigError when that fails.
    """

    def __init__(self, config: Config, team: Team | None = None) -> None:
        # With whom it shares its port.
        self.team = team
        config = self._own(config)
        self.config = config
        self.capacity = Capacity(config.limits)
        self.clients = Clients(config.limits)
        self.rates = Rates()
        self.reach = Reach()
        self.self_test = SelfTest(lambda: self.config)
        # Both only where the configuration names a place for them.
        self.metrics: Metrics | None = None
        self.metrics_server: MetricsServer | None = None
        if config.metrics is not None:
            self._open_metrics(config.metrics)
        try:
            self._listeners = self._listen(config.listen)
        except ConfigError:
            if self.metrics_server is not None:
                self.metrics_server.stop()
            raise
        self._stopping = Signal()
        # A connection that outlives the drain must not keep the process.
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def port(self) -> int:
        """The port in use, also when the configuration left it open."""
        return self._listeners[0].port

    @property
    def url(self) -> str:
        """Where the page is."""
        return url_of(Listen(self.config.listen.host, self.port))

    def record(self, record: Record) -> None:
        """Keep what is kept of a connection that has ended."""
        record.log()
        if self.metrics is not None:
            self.metrics.add(record)

    def start(self) -> None:
        """Begin to serve; returns at once."""
        if self.metrics_server is not None:
            self.metrics_server.start()
        own_addresses()  # elsewhere than on Linux the first time may take seconds
        self._thread.start()
        self.self_test.start()

    def _serve(self) -> None:
        self._loop = Loop()
        self._loop.run(self._until_stopped)

    async def _until_stopped(self, poller: Poller) -> None:
        """The loop's own coroutine: begins the others."""
        for signal in (self.capacity.closing, self.capacity.cut):
            self._loop.start(lambda poller, signal=signal: pass_on(poller, signal))
        for listener in self._listeners:
            self._loop.start(lambda poller, listener=listener: listener.serve(self, poller))
        if self.team is not None:
            self._loop.start(lambda poller: self._serve_handed(self.team, poller))
        poller.watch(self._stopping, IN)
        await poller.wait(None)

    def begin(self, connection: socket.socket, address: tuple) -> None:
        """Serve a connection while its client may have one."""
        peer = forwarded.peer(address[0])
        of_a_proxy = forwarded.is_proxy(peer, self.config.proxies)
        networks = () if of_a_proxy else forwarded.networks_of(peer)
        self._begin(connection, networks, peer)

    def _begin(
        self,
        connection: socket.socket,
        networks: tuple[str, ...],
        peer: Address,
        said: bytes | None = None,
    ) -> None:
        visit = self.clients.arrive(networks, connection)
        if visit is None:
            connection.close()
            return
        connection.setblocking(False)
        self._loop.start(
            lambda poller: Handler(self, connection, visit, peer, poller, said).serve()
        )

    async def _serve_handed(self, team: Team, poller: Poller) -> None:
        """Take what other workers hand over, for ever."""
        poller.watch(team.inbox, IN)
        while True:
            await poller.wait(None)
            while (handed := team.take()) is not None:
                networks = () if handed.behind_proxy else forwarded.networks_of(handed.client)
                self._begin(handed.connection, networks, handed.client, handed.said)

    def _own(self, config: Config) -> Config:
        """The part of this worker."""
        if self.team is None:
            return config
        limits = divided(config.limits, self.team.count)
        metrics = config.metrics
        if metrics is not None:
            metrics = Listen(metrics.host, metrics.port + self.team.index)
        return dataclasses.replace(config, limits=limits, metrics=metrics)

    def configure(self, config: Config) -> None:
        """Take new settings for what begins from now on; ConfigError when they need a restart."""
        config = self._own(config)
        for key in ('listen', 'metrics', 'workers'):
            if getattr(config, key) != getattr(self.config, key):
                raise ConfigError(
                    f'{key}: expected what it was at the start: changing it needs a restart'
                )
        self.capacity.configure(config.limits)
        self.clients.configure(config.limits)
        self.config = config
        self.self_test.again()

    def stop(self, at_once: bool = False) -> bool:
        """Let what runs finish for a while, end the rest, then close everything.

        False if sessions were left when the time was up. `at_once`, or `capacity.end` meanwhile,
        leaves out the while.
        """
        limits = self.config.limits
        self.self_test.stop()
        # The listening sockets stay open meanwhile, so that health checks hear of it.
        self.capacity.drain()
        if not at_once:
            self.capacity.wait_empty(time.monotonic() + limits.drain_seconds, until_cut=True)
        self.capacity.end()
        empty = self.capacity.wait_empty(time.monotonic() + limits.linger_seconds + _END_SECONDS)
        self._stopping.give()
        self._thread.join()
        self._stopping.close()
        for listener in self._listeners:
            listener.socket.close()
        if self.metrics_server is not None:
            self.metrics_server.stop()
        if empty:
            self.capacity.close()
        return empty

    def _open_metrics(self, listen: Listen) -> None:
        try:
            from bridge.metrics import Metrics, MetricsServer
        except ModuleNotFoundError as error:
            raise ConfigError(f'metrics: expected python3-prometheus-client: {error}') from error
        host = '127.0.0.1' if listen.host == 'localhost' else listen.host
        self.metrics = Metrics(self)
        try:
            self.metrics_server = MetricsServer(host, listen.port, self.metrics)
        except OSError as error:
            raise ConfigError(f'metrics: {host}:{listen.port}: {error.strerror}') from error

    def _listen(self, listen: Listen) -> list[Listener]:
        try:
            return self._open(listen)
        except OSError as error:
            where = f'[{listen.host}]' if ':' in listen.host else listen.host
            raise ConfigError(f'listen: {where}:{listen.port}: {error.strerror}') from error

    def _open(self, listen: Listen) -> list[Listener]:
        shared = self.team is not None
        if listen.host != 'localhost':
            family = socket.AF_INET6 if ':' in listen.host else socket.AF_INET
            return [Listener(family, listen.host, listen.port, shared)]
        (family, host), (family6, host6) = _LOCALHOST
        listeners = [Listener(family, host, listen.port, shared)]
        try:
            listeners.append(Listener(family6, host6, listeners[0].port, shared))
        except OSError as error:
            # Browsers try the other address of localhost by themselves.
            LOG.warning('not listening on [%s]:%d: %s', host6, listeners[0].port, error)
        return listeners


def url_of(listen: Listen) -> str:
    """Where the page is."""
    host = f'[{listen.host}]' if ':' in listen.host else listen.host
    return f'http://{host}:{listen.port}/'


@contextlib.contextmanager
def reserved(listen: Listen) -> Iterator[Listen]:
    """The same with a port that is free now, and meanwhile only for those who share it."""
    family = socket.AF_INET6 if ':' in listen.host else socket.AF_INET
    host = '127.0.0.1' if listen.host == 'localhost' else listen.host
    with socket.socket(family) as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        try:
            holder.bind((host, listen.port))
        except OSError as error:
            where = url_of(listen)
            raise ConfigError(f'listen: {where}: {error.strerror}') from error
        yield Listen(listen.host, holder.getsockname()[1])


def max_descriptors(config: Config) -> int:
    """How many descriptors one process may need: client and target of each, and its own."""
    limits = divided(config.limits, config.workers)
    return 2 * (max_connections(limits) + RESERVED_CONNECTIONS) + 32
