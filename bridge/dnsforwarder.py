"""DNS over TCP, as pages ask for it, before a resolver that may know UDP alone, as in many homes.

Only for a bridge on somebody's own computer: what asks is that bridge, whose limits hold.
"""

from __future__ import annotations

import ipaddress
import socket
import socketserver
import struct
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import dns.exception
import dns.message
import dns.query
import dns.rcode

from bridge.target import Endpoint

DNS_PORT = 53
LOOPBACK = '127.0.0.1'
# A page waits for an answer a few times as long.
ANSWER_SECONDS = 3
# Of a page's questions, which leave all at once.
WORKERS = 16
_LENGTH = struct.Struct('>H')


class DnsForwarder:
    """Listens on a free port of this computer, from `start` to `stop`."""

    def __init__(self, resolvers: Sequence[str], port: int = DNS_PORT) -> None:
        self._resolvers = tuple(resolvers)
        self._port = port
        self._asking = ThreadPoolExecutor(WORKERS)
        self._server = _Server((LOOPBACK, 0), _Connection)
        self._server.forwarder = self
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def endpoint(self) -> Endpoint:
        """Where it listens."""
        return Endpoint(ipaddress.ip_address(LOOPBACK), self._server.server_address[1])

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End it; questions that are under way go unanswered."""
        self._server.shutdown()
        self.close()

    def close(self) -> None:
        """The same where it was not started."""
        self._server.server_close()
        self._asking.shutdown(wait=False)

    def ask(self, wire: bytes) -> bytes | None:
        """The answer of the first resolver that gives one, or SERVFAIL; None for no question."""
        try:
            query = dns.message.from_wire(wire)
        except dns.exception.DNSException:
            return None
        for resolver in self._resolvers:
            try:
                answer, _ = dns.query.udp_with_fallback(
                    query, resolver, ANSWER_SECONDS, self._port, ignore_unexpected=True
                )
            except (OSError, EOFError, dns.exception.DNSException):
                continue
            self._prefer(resolver)
            return answer.to_wire()
        failure = dns.message.make_response(query)
        failure.set_rcode(dns.rcode.SERVFAIL)
        return failure.to_wire()

    def _prefer(self, resolver: str) -> None:
        """From now on ask it first: a computer may name some that it had in another network."""
        known = self._resolvers
        if known[0] != resolver:
            self._resolvers = (resolver, *(one for one in known if one != resolver))

    def answer(self, wire: bytes, send: _Sender) -> None:
        """Ask in a thread of its own, and send what comes."""
        self._asking.submit(lambda: send(self.ask(wire)))


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    forwarder: DnsForwarder


class _Connection(socketserver.StreamRequestHandler):
    """Messages with their length before them (RFC 1035 4.2.2), answered as the answers come."""

    def handle(self) -> None:
        send = _Sender(self.connection)
        try:
            while len(length := self.rfile.read(_LENGTH.size)) == _LENGTH.size:
                self.server.forwarder.answer(self.rfile.read(_LENGTH.unpack(length)[0]), send)
        except OSError:
            pass  # the bridge hung up


class _Sender:
    """One answer at a time; none once the connection is gone."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def __call__(self, wire: bytes | None) -> None:
        if wire is None:
            return
        with self._lock:
            try:
                self._connection.sendall(_LENGTH.pack(len(wire)) + wire)
            except OSError:
                pass  # nobody waits for it any more
