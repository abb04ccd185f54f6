"""Opens every port of the demo's domains: `python3 -m bridge.demo.servers CERTIFICATES TABLES`.

Prints one JSON line as soon as the ports are claimed, and a second line, `ready`, when they answer.
The first has `forward`, {"192.0.2.10:993": "127.0.0.1:40001", …}, `upstream`, the address of a
forwarder to the system's resolver, or null where there is none, and `failing`, that of name servers
that fail. Runs until it is killed.
"""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path

from .domains import DOMAINS, Behaviour, Domain, addresses
from .orders import Order
from .services import Service, load
from .sockets import LOOPBACK, BlackHole, free_pair, free_socket
from .zone import system_resolvers

NOBODY = {Behaviour.REFUSED, Behaviour.NOT_OFFERED}


def orders() -> list[Order]:
    """The certificates the domains need, each under the domain's name, or its and a service's."""
    of_domains = [
        Order(domain.name, _certificate_names(domain), domain.flaw)
        for domain in DOMAINS
        if domain.has_servers
    ]
    of_services = [
        Order(f'{domain.name}-{service}', _certificate_names(domain), flaw)
        for domain in DOMAINS
        for service, flaw in domain.flaws.items()
    ]
    return of_domains + of_services


def _certificate_names(domain: Domain) -> tuple[str, ...]:
    # The other name is one that works, so that a check can prove what to type instead.
    return (DOMAINS[0].host('mail'),) if domain.flaw.names_another else domain.certificate_names


def target(ip: str, port: int) -> str:
    """An address and a port as the bridge writes them."""
    return f'[{ip}]:{port}' if ':' in ip else f'{ip}:{port}'


class Ports:
    """A claimed loopback port for every port of every address.

    `forward` is the bridge's table of that name. `answering` has the sockets to listen on, by
    domain name, service name and behaviour. The IPv4 and the IPv6 address of a domain share them.
    """

    def __init__(self, services: list[Service]) -> None:
        self.forward: dict[str, str] = {}
        self.answering: dict[tuple[str, str, Behaviour], socket.socket] = {}
        # Held for as long as the process lives: closed, their ports would be somebody else's.
        self._refusing = free_socket()
        self._black_hole = BlackHole()
        for address in addresses():
            for service in services:
                behaviour = address.ports[service.name]
                port = self._claim(address.domain.name, service.name, behaviour)
                self.forward[target(address.ip, service.port)] = f'{LOOPBACK}:{port}'

    def _claim(self, domain: str, service: str, behaviour: Behaviour) -> int:
        if behaviour in NOBODY:
            return self._refusing.getsockname()[1]
        if behaviour is Behaviour.NO_ANSWER:
            return self._black_hole.port
        key = (domain, service, behaviour)
        if key not in self.answering:
            self.answering[key] = free_socket()
        return self.answering[key].getsockname()[1]


def _address(claimed: socket.socket) -> str:
    return f'{LOOPBACK}:{claimed.getsockname()[1]}'


def main(certificates: Path, tables: Path) -> None:
    services = load(tables)
    ports = Ports(services)
    resolvers = system_resolvers()
    tcp, udp = free_pair()
    failing = free_pair()
    claimed = {
        'forward': ports.forward,
        'upstream': _address(tcp) if resolvers else None,
        'failing': _address(failing[0]),
    }
    print(json.dumps(claimed), flush=True)
    # The launcher goes on with that line while twisted, half a second of imports, comes up.
    from . import forwarder, listening

    if resolvers:
        forwarder.listen(tcp, udp, resolvers)
    forwarder.listen_failing(*failing)
    by_name = {service.name: service for service in services}
    listening.run(ports.answering, by_name, certificates)


if __name__ == '__main__':
    main(Path(sys.argv[1]), Path(sys.argv[2]))
