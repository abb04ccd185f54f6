"""The listening sockets of one bridge, and the order in which it stops."""

import logging
import socket
import socketserver
import sys
import threading
import time
from typing import TYPE_CHECKING

from websockify.websocketproxy import LibProxyServer

from bridge import forwarded
from bridge.capacity import Capacity
from bridge.clients import RESERVED_CONNECTIONS, Clients, max_connections
from bridge.config import Config, ConfigError, Listen
from bridge.handler import BridgeHandler
from bridge.rates import Rates
from bridge.record import Record
from bridge.selftest import SelfTest

if TYPE_CHECKING:
    from bridge.metrics import Metrics, MetricsServer

LOG = logging.getLogger('bridge')

# How soon the accepting threads notice that they are to stop.
_POLL_SECONDS = 0.1
# After the lingering of the last session, for its thread to be gone.
_END_SECONDS = 1

_LOCALHOST = ((socket.AF_INET, '127.0.0.1'), (socket.AF_INET6, '::1'))


class BridgeServer(LibProxyServer):
    """One listening socket. All state is `bridge`'s, never here: handlers run in threads."""

    # A thread that outlives the drain must not keep the process.
    daemon_threads = True
    # A page opens its sockets all at once, and so do many pages.
    request_queue_size = 1024

    def __init__(
        self, bridge: 'Bridge', family: socket.AddressFamily, host: str, port: int
    ) -> None:
        self.bridge = bridge
        self.address_family = family
        super().__init__(BridgeHandler, listen_host=host, listen_port=port)
        self.logger = LOG
        self.file_only = True

    @property
    def only_upgrade(self) -> bool:
        """Whether no page is served; websockify reads it for each connection."""
        return self.bridge.config.web is None

    @only_upgrade.setter
    def only_upgrade(self, value: bool) -> None:
        """websockify's constructor sets what it would do; the configuration decides."""

    def server_bind(self) -> None:
        """Bind, without the base class's question to the resolver for our own name."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]

    def process_request(self, request: socket.socket, client_address: tuple) -> None:
        """Give the connection a thread while its client may have one."""
        peer = forwarded.peer(client_address[0])
        of_a_proxy = forwarded.is_proxy(peer, self.bridge.config.proxies)
        networks = () if of_a_proxy else forwarded.networks_of(peer)
        if self.bridge.clients.arrive(networks, request) is None:
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:
            # There are no more threads: the base class closes the socket.
            self.bridge.clients.left(request)
            raise

    def process_request_thread(self, request: socket.socket, client_address: tuple) -> None:
        """The life of one connection."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.bridge.clients.left(request)

    def handle_error(self, request: socket.socket, client_address: tuple) -> None:
        """Log an internal error. A socket error is none: the client went away."""
        if not isinstance(sys.exc_info()[1], OSError):
            LOG.exception('internal error in a request')


class Bridge:
    """A running bridge: make it, `start` it, and `stop` it once.

    Making it opens the sockets; ConfigError when that fails.
    """

    def __init__(self, config: Config) -> None:
        self.config = config
        self.capacity = Capacity(config.limits)
        self.clients = Clients(config.limits)
        self.rates = Rates()
        self.self_test = SelfTest(lambda: self.config)
        # Both only where the configuration names a place for them.
        self.metrics: Metrics | None = None
        self.metrics_server: MetricsServer | None = None
        if config.metrics is not None:
            self._open_metrics(config.metrics)
        try:
            self._servers = self._listen(config.listen)
        except ConfigError:
            if self.metrics_server is not None:
                self.metrics_server.stop()
            raise
        self._threads = [
            threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,), daemon=True)
            for server in self._servers
        ]

    @property
    def port(self) -> int:
        """The port in use, also when the configuration left it open."""
        return self._servers[0].server_port

    @property
    def url(self) -> str:
        """Where the page is."""
        host = self.config.listen.host
        return f'http://{f"[{host}]" if ":" in host else host}:{self.port}/'

    def record(self, record: Record) -> None:
        """Keep what is kept of a connection that has ended."""
        record.log()
        if self.metrics is not None:
            self.metrics.add(record)

    def start(self) -> None:
        """Begin to serve; returns at once."""
        if self.metrics_server is not None:
            self.metrics_server.start()
        for thread in self._threads:
            thread.start()
        self.self_test.start()

    def configure(self, config: Config) -> None:
        """Take new settings for what begins from now on; ConfigError when they need a restart."""
        for key in ('listen', 'metrics'):
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
        for server in self._servers:
            server.shutdown()
            server.server_close()
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

    def _listen(self, listen: Listen) -> list[BridgeServer]:
        try:
            return self._open(listen)
        except OSError as error:
            where = f'[{listen.host}]' if ':' in listen.host else listen.host
            raise ConfigError(f'listen: {where}:{listen.port}: {error.strerror}') from error

    def _open(self, listen: Listen) -> list[BridgeServer]:
        if listen.host != 'localhost':
            family = socket.AF_INET6 if ':' in listen.host else socket.AF_INET
            return [BridgeServer(self, family, listen.host, listen.port)]
        (family, host), (family6, host6) = _LOCALHOST
        servers = [BridgeServer(self, family, host, listen.port)]
        try:
            servers.append(BridgeServer(self, family6, host6, servers[0].server_port))
        except OSError as error:
            # Browsers try the other address of localhost by themselves.
            LOG.warning('not listening on [%s]:%d: %s', host6, servers[0].server_port, error)
        return servers


def max_descriptors(config: Config) -> int:
    """How many descriptors the bridge may need: client and target of each, and its own."""
    return 2 * (max_connections(config.limits) + RESERVED_CONNECTIONS) + 32
