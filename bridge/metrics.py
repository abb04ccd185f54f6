"""Figures for Prometheus, on a port of their own that no visitor can reach."""

import http.server
import socket
import threading
from collections.abc import Iterator
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, MetricsHandler
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.process_collector import ProcessCollector

from bridge.capacity import Capacity
from bridge.clients import Clients
from bridge.config import Config
from bridge.record import Record
from bridge.selftest import SelfTest

_PREFIX = 'mail_port_check_bridge'
_CONNECT_SECONDS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10)
_SESSION_SECONDS = (0.1, 0.3, 1, 3, 10, 30, 100, 300)
_POLL_SECONDS = 0.1


class Measured(Protocol):
    """What the figures are read from: a bridge."""

    capacity: Capacity
    clients: Clients
    config: Config
    self_test: SelfTest


class Metrics:
    """The figures of one bridge. Labels have few values: nobody outside can add any."""

    def __init__(self, bridge: Measured) -> None:
        self._bridge = bridge
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._connections = Counter(
            f'{_PREFIX}_connections',
            'WebSockets that have ended',
            ('port', 'decision', 'close', 'by'),
            registry=registry,
        )
        self._bytes = Counter(
            f'{_PREFIX}_bytes', 'Bytes to and from targets', ('direction',), registry=registry
        )
        self._up, self._down = self._bytes.labels('up'), self._bytes.labels('down')
        self._connect = Histogram(
            f'{_PREFIX}_connect_seconds',
            'Until a target accepted',
            buckets=_CONNECT_SECONDS,
            registry=registry,
        )
        self._duration = Histogram(
            f'{_PREFIX}_session_seconds',
            'From the upgrade to the end',
            buckets=_SESSION_SECONDS,
            registry=registry,
        )
        self._gauge('sessions', 'Sessions now', lambda: bridge.capacity.admitted)
        self._gauge('sockets', 'TCP connections of clients now', lambda: bridge.clients.present)
        self._gauge('sessions_limit', 'Most of them', lambda: bridge.config.limits.connections)
        self._gauge('draining', '1 while the bridge ends', lambda: bridge.capacity.draining)
        registry.register(self)

    def _gauge(self, name: str, meaning: str, value: object) -> None:
        Gauge(f'{_PREFIX}_{name}', meaning, registry=self.registry).set_function(value)

    def add(self, record: Record) -> None:
        """Count a connection that has ended."""
        known = record.port in self._bridge.config.tables.directions or record.port == 'resolver'
        port = str(record.port) if known else '-' if record.port is None else 'other'
        # A client may close with any code.
        close = '-' if record.by == 'client' else str(record.close)
        self._connections.labels(port, record.decision or '-', close, record.by).inc()
        self._up.inc(record.up)
        self._down.inc(record.down)
        self._duration.observe(record.ms / 1000)
        if record.connect_ms is not None:
            self._connect.observe(record.connect_ms / 1000)

    def describe(self) -> list:
        """For the registry, which would collect to learn the names."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The self-test, as it came out last."""
        family = GaugeMetricFamily(
            f'{_PREFIX}_self_test', '1 where our own network lets a check through', labels=['what']
        )
        if (outcome := self._bridge.self_test.outcome) is not None:
            family.add_metric(['resolver'], outcome.resolver == 'ok')
            for port, how in sorted(outcome.ports.items()):
                family.add_metric([str(port)], how == 'ok')
        yield family


class _Handler(MetricsHandler):
    timeout = 10


class MetricsServer:
    """Answers `GET /metrics`: make it, `start` it, `stop` it. Making it opens the socket."""

    def __init__(self, host: str, port: int, metrics: Metrics) -> None:
        handler = type('Handler', (_Handler,), {'registry': metrics.registry})
        family = socket.AF_INET6 if ':' in host else socket.AF_INET
        server = type('Server', (http.server.ThreadingHTTPServer,), {'address_family': family})
        self._server = server((host, port), handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL_SECONDS,), daemon=True
        )

    @property
    def port(self) -> int:
        """The port in use."""
        return self._server.server_port

    def start(self) -> None:
        """Begin to serve; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Close it."""
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()
