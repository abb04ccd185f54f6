"""Lets every claimed port answer in its manner: one twisted reactor for all of them."""

from __future__ import annotations

import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from OpenSSL import SSL
from twisted.internet import reactor
from twisted.internet.protocol import Factory
from twisted.protocols.tls import TLSMemoryBIOFactory
from twisted.python import log

from . import accounts, faults
from .dialogs import SLOW_GREETING_SECONDS, Server, TlsContext, factory
from .domains import DOMAINS, PASSWORD, Domain, Manner
from .services import Service

VERSIONS = {
    Manner.OLD_TLS: (SSL.TLS1_VERSION, SSL.TLS1_1_VERSION),
    Manner.TLS13_ONLY: (SSL.TLS1_3_VERSION, 0),
}
USUAL_VERSIONS = (SSL.TLS1_2_VERSION, 0)


def run(
    answering: Mapping[tuple, socket.socket],
    services: Mapping[str, Service],
    certificates: Path,
) -> None:
    """Serve the sockets, by (domain, service, manner), until the process is told to stop."""
    log.addObserver(_report_errors)
    domains = {domain.name: domain for domain in DOMAINS}
    for (name, service, manner), claimed in answering.items():
        made = make_factory(domains[name], services[service], manner, certificates)
        claimed.listen()
        claimed.setblocking(False)
        reactor.adoptStreamPort(claimed.fileno(), socket.AF_INET, made)
        claimed.close()
    reactor.callWhenRunning(print, 'ready', flush=True)
    reactor.run()


def _report_errors(event: dict[str, object]) -> None:
    """Only what a programmer must see: twisted's own log has a line for every port."""
    if event['isError']:
        print(log.textFromEventDict(event), file=sys.stderr, flush=True)


def make_factory(domain: Domain, service: Service, manner: Manner, certificates: Path) -> Factory:
    """What answers on one port."""
    server_name = domain.server(service.name)
    if manner is Manner.SILENT:
        return faults.silent()
    if manner is Manner.WEB:
        return faults.web()

    context = TlsContext(
        str(certificates / f'{domain.name}.pem'),
        str(certificates / f'{domain.name}.key'),
        VERSIONS.get(manner, USUAL_VERSIONS),
    )
    implicit = (service.mode == 'implicit-tls') != (manner is Manner.OTHER_MODE)
    if manner is Manner.BUSY:
        made = faults.busy(service.protocol, server_name)
    else:
        upgrades = not implicit and manner is not Manner.NO_STARTTLS
        app_password = manner is Manner.APP_PASSWORD
        password = None if app_password else PASSWORD
        server = Server(
            name=server_name,
            portal=accounts.portal(domain.mail_address, password),
            context=context if upgrades else None,
            cleartext_sign_in=manner is Manner.CLEARTEXT,
            sign_in=service.name != 'smtp',
            app_password=app_password,
            greets_after=SLOW_GREETING_SECONDS if manner is Manner.SLOW else 0,
        )
        made = factory(service.protocol, server)
    return TLSMemoryBIOFactory(context, False, made) if implicit else made
