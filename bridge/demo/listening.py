"""Every claimed port answers with its behaviour: one twisted reactor for all of them."""

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
from .domains import DOMAINS, PASSWORD, Behaviour, Domain
from .services import Service

VERSIONS = {
    Behaviour.OLD_TLS: (SSL.TLS1_VERSION, SSL.TLS1_1_VERSION),
    Behaviour.TLS13_ONLY: (SSL.TLS1_3_VERSION, 0),
}
USUAL_VERSIONS = (SSL.TLS1_2_VERSION, 0)


def run(
    answering: Mapping[tuple, socket.socket],
    services: Mapping[str, Service],
    certificates: Path,
) -> None:
    """Serve the sockets, by (domain, service, behaviour), until the process is told to stop."""
    log.addObserver(_report_errors)
    domains = {domain.name: domain for domain in DOMAINS}
    for (name, service, behaviour), claimed in answering.items():
        made = make_factory(domains[name], services[service], behaviour, certificates)
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


def make_factory(
    domain: Domain, service: Service, behaviour: Behaviour, certificates: Path
) -> Factory:
    """What answers on one port."""
    server_name = domain.server(service.name)
    if behaviour is Behaviour.SILENT:
        return faults.silent()
    if behaviour is Behaviour.WEB:
        return faults.web()

    stem = f'{domain.name}-{service.name}' if service.name in domain.flaws else domain.name
    context = TlsContext(
        str(certificates / f'{stem}.pem'),
        str(certificates / f'{stem}.key'),
        VERSIONS.get(behaviour, USUAL_VERSIONS),
    )
    implicit = (service.mode == 'implicit-tls') != (behaviour is Behaviour.OTHER_MODE)
    if behaviour is Behaviour.PLAINTEXT:
        implicit = False
    if behaviour is Behaviour.BUSY:
        made = faults.busy(service.protocol, server_name)
    else:
        bare = behaviour in (Behaviour.NO_STARTTLS, Behaviour.PLAINTEXT)
        upgrades = not implicit and not bare
        app_password = behaviour is Behaviour.APP_PASSWORD
        token = behaviour is Behaviour.TOKEN
        password = None if app_password or token else PASSWORD
        server = Server(
            name=server_name,
            portal=accounts.portal(domain.mail_address, password),
            context=context if upgrades else None,
            cleartext_sign_in=behaviour is Behaviour.CLEARTEXT,
            sign_in=service.name != 'smtp',
            app_password=app_password,
            token=token,
            greets_after=SLOW_GREETING_SECONDS if behaviour is Behaviour.SLOW else 0,
        )
        made = factory(service.protocol, server)
    return TLSMemoryBIOFactory(context, False, made) if implicit else made
