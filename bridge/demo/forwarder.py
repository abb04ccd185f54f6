"""A DNS forwarder between dnsmasq and the system's resolver, for the sake of TCP.

The page asks over TCP, and what dnsmasq is asked over TCP it asks on over TCP alone; where that is
refused, as by many home routers, it hangs up. This asks over UDP, and over TCP what does not fit.

Beside it stand the name servers of a domain whose name servers fail.
"""

from __future__ import annotations

import socket

from twisted.internet import reactor
from twisted.names import client, dns, server

DNS_PORT = 53
TIMEOUTS_SECONDS = (1, 3, 5)


class Failing(server.DNSServerFactory):
    """Answers every question with SERVFAIL."""

    def handleQuery(self, message: dns.Message, protocol: object, address: object) -> None:
        message.answer = 1
        message.rCode = dns.ESERVER
        self.sendReply(protocol, message, address)


def listen(tcp: socket.socket, udp: socket.socket, resolvers: list[str]) -> None:
    """Answer on a pair of sockets with what the resolvers say."""
    asking = client.Resolver(
        servers=[(address, DNS_PORT) for address in resolvers], timeout=TIMEOUTS_SECONDS
    )
    _answer(tcp, udp, server.DNSServerFactory(clients=[asking]))


def listen_failing(tcp: socket.socket, udp: socket.socket) -> None:
    """Fail on a pair of sockets."""
    _answer(tcp, udp, Failing())


def _answer(tcp: socket.socket, udp: socket.socket, factory: server.DNSServerFactory) -> None:
    factory.noisy = False
    tcp.listen()
    for claimed in (tcp, udp):
        claimed.setblocking(False)
    reactor.adoptStreamPort(tcp.fileno(), socket.AF_INET, factory)
    protocol = dns.DNSDatagramProtocol(controller=factory)
    protocol.noisy = False
    reactor.adoptDatagramPort(udp.fileno(), socket.AF_INET, protocol)
    tcp.close()
    udp.close()
