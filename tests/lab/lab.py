"""Runs the laboratory: `with Lab(build) as lab:`, or `/usr/bin/python3 -m tests.lab up`."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from bridge.demo import zone
from bridge.demo.__main__ import BRIDGE_LIMITS
from bridge.demo.certificates import ensure
from bridge.demo.orders import Order
from bridge.demo.processes import Processes, wait_for_port
from bridge.demo.services import Service, load
from bridge.demo.sockets import LOOPBACK, BlackHole, free_socket
from bridge.demo.zone import Srv, Zone

from . import packages, root
from .domains import (
    APP_PASSWORD_TEXT,
    APP_PASSWORD_USER,
    DOMAINS,
    DOVECOT_SUBMISSION,
    DOVECOT_SUBMISSIONS,
    NO_ANSWER,
    NULL_MX_DOMAIN,
    PASSWORD,
    REFUSED,
    SPECIAL_PASSWORD,
    SPECIAL_USER,
    USER,
    Domain,
    Tls,
)

FIRST_IPV4 = ip_address('192.0.2.110')
FIRST_IPV6 = ip_address('2001:db8::110')
# Not 127.0.0.1: a client that has the server's own address counts as safe with Dovecot, which then
# takes passwords without TLS.
FIRST_LOOPBACK = ip_address('127.77.0.1')
# Dovecot switches TLS off by address, not by port: ports without it need addresses of their own.
FIRST_LOOPBACK_WITHOUT_TLS = ip_address('127.77.1.1')
PORT_NAMES = (
    'smtp',
    'submissions',
    'submission',
    'imaps',
    'pop3s',
    'imap',
    'pop3',
    DOVECOT_SUBMISSION,
    DOVECOT_SUBMISSIONS,
)


class LabBusy(Exception):
    """Another process runs the same laboratory."""


@dataclass(frozen=True)
class Site:
    """A domain's place in the laboratory."""

    domain: Domain
    ipv4: str
    ipv6: str
    loopback: str
    without_tls: str | None


SITES = [
    Site(
        domain,
        str(FIRST_IPV4 + n),
        str(FIRST_IPV6 + n),
        str(FIRST_LOOPBACK + n),
        None if domain.upgrades else str(FIRST_LOOPBACK_WITHOUT_TLS + n),
    )
    for n, domain in enumerate(DOMAINS)
]


class Lab:
    """A context manager: the servers run inside it. `description` is what lab.json holds."""

    def __init__(self, build: Path) -> None:
        self._tables = (build / 'tables.json').resolve()
        self._directory = (build / 'lab').resolve()
        self._root = self._directory / 'root'
        self.processes = Processes(self._directory / 'log')
        self.description: dict[str, object] = {}

    def __enter__(self) -> Lab:
        root.check_user()
        services = load(self._tables)
        (self._directory / 'apt').mkdir(parents=True, exist_ok=True)
        self._claim()
        packages.ensure(self._directory / 'apt', self._root)
        certificates = self._directory / 'certificates'
        ensure(certificates, 'Mail Port Check Lab', _orders())
        root.furnish(self._root)
        root.install_certificates(self._root, certificates)
        self._refusing = free_socket()
        self._black_hole = BlackHole()
        self._ports = _free_ports()
        self._configure_dovecot()
        self._configure_postfix()
        self.processes.__enter__()
        try:
            self._start(services, certificates)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *problem: object) -> None:
        self.processes.__exit__()
        self._black_hole.close()
        self._refusing.close()
        self._lock.close()

    def _claim(self) -> None:
        # A second laboratory would take the first one's files from under it.
        self._lock = (self._directory / 'lock').open('w')
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise LabBusy(f'a laboratory is already running in {self._directory}') from None

    def _start(self, services: list[Service], certificates: Path) -> None:
        inside = ['chroot', self._root]
        # Dovecot takes seconds to say goodbye to its children, and has nothing to save.
        self.processes.start('dovecot', [*inside, '/usr/sbin/dovecot', '-F'], expendable=True)
        postfix = [*inside, '/usr/lib/postfix/sbin/master', '-d', '-c', '/etc/postfix']
        self.processes.start('postfix', postfix, env={'MAIL_CONFIG': '/etc/postfix', **_path()})
        conf = self._directory / 'dnsmasq.conf'
        resolver = zone.start(self.processes, lab_zone(services), conf)
        for name in PORT_NAMES:
            wait_for_port(self.processes, (SITES[0].loopback, self._ports[name]))
        self.description = self._describe(services, resolver, certificates / 'root.pem')
        path = self._directory / 'lab.json'
        path.write_text(json.dumps(self.description, indent=1) + '\n')
        (self._directory / 'bridge.toml').write_text(self._bridge_settings(resolver))

    def _configure_dovecot(self) -> None:
        values = {name: self._ports[name] for name in PORT_NAMES[3:]}
        values |= {
            'addresses': ' '.join(
                address for s in SITES for address in (s.loopback, s.without_tls) if address
            ),
            'relay_host': SITES[0].loopback,
            'relay_port': self._ports['smtp'],
            'vmail': root.IDS['vmail'],
            'locals': '\n'.join(map(_dovecot_local, SITES)),
        }
        root.write_template(self._root, 'dovecot.conf', 'etc/dovecot', values)
        users = [f'{USER}@{domain.name}:{{PLAIN}}{PASSWORD}' for domain in DOMAINS]
        refused = f'nologin reason={APP_PASSWORD_TEXT.replace(" ", "_")}'
        users.append(f'{SPECIAL_USER}@lab.test:{{PLAIN}}{SPECIAL_PASSWORD}')
        users.append(f'{APP_PASSWORD_USER}@lab.test:{{PLAIN}}{PASSWORD}::::::{refused}')
        path = self._root / 'etc/dovecot/users'
        path.write_text('\n'.join(users) + '\n', encoding='utf-8')
        os.chown(path, 0, root.IDS['dovecot'])
        path.chmod(0o640)

    def _configure_postfix(self) -> None:
        listeners = [line for site in SITES for line in _smtpd(site, self._ports)]
        root.write_template(self._root, 'main.cf', 'etc/postfix', {})
        values = {'listeners': '\n'.join(listeners)}
        root.write_template(self._root, 'master.cf', 'etc/postfix', values)

    def _destination(self, site: Site, service: str) -> tuple[str, int]:
        """Where connections to a service of a site have to go."""
        server = site.domain.leads_to(service)
        if server == REFUSED:
            return LOOPBACK, self._refusing.getsockname()[1]
        if server == NO_ANSWER:
            return LOOPBACK, self._black_hole.port
        if site.without_tls and server in ('imap', 'pop3'):
            return site.without_tls, self._ports[server]
        return site.loopback, self._ports[server]

    def _describe(self, services: list[Service], resolver: str, anchors: Path) -> dict[str, object]:
        self._forward = {}
        domains = {}
        for site in SITES:
            ports = {}
            for service in services:
                host, port = self._destination(site, service.name)
                ports[service.name] = f'{host}:{port}'
                self._forward[f'{site.ipv4}:{service.port}'] = f'{host}:{port}'
                self._forward[f'[{site.ipv6}]:{service.port}'] = f'{host}:{port}'
            domains[site.domain.name] = {
                'shows': site.domain.shows,
                'addresses': [site.ipv4, site.ipv6],
                'servers': {s.name: site.domain.server(s.name) for s in services},
                'loopback': ports,
                'findings': {s.name: site.domain.findings.get(s.name, ()) for s in services},
                'openssl_findings': site.domain.openssl_findings,
                'user': f'{USER}@{site.domain.name}',
            }
        return {
            'resolver': resolver,
            'anchors': str(anchors),
            'bridge': str(self._directory / 'bridge.toml'),
            'password': PASSWORD,
            'app_password_user': f'{APP_PASSWORD_USER}@lab.test',
            'no_mail': NULL_MX_DOMAIN,
            'domains': domains,
            'forward': self._forward,
        }

    def _bridge_settings(self, resolver: str) -> str:
        lines = [
            f'resolver = {json.dumps(resolver)}',
            f'tables = {json.dumps(str(self._tables))}',
            'listen = "localhost:0"',
            '',
            '[references]',
            f'name = "{DOMAINS[0].names[0]}"',
            '',
            '[limits]',
            *(f'{key} = {value}' for key, value in BRIDGE_LIMITS.items()),
            '',
            '[forward]',
        ]
        # JSON's strings are TOML's basic strings.
        pairs = self._forward.items()
        lines += [f'{json.dumps(key)} = {json.dumps(value)}' for key, value in pairs]
        return '\n'.join(lines) + '\n'


def lab_zone(services: list[Service]) -> Zone:
    """The zone of every domain of the table."""
    made = Zone(domains=['lab.test'], exchanges=[(NULL_MX_DOMAIN, None)])
    for site in SITES:
        domain = site.domain
        for ip in (site.ipv4, site.ipv6):
            made.addresses += [(name, ip) for name in domain.names]
        made.exchanges.append((domain.name, f'mail.{domain.name}'))
        if domain.srv:
            made.services += [
                Srv(
                    f'_{service.name}._tcp.{domain.name}',
                    domain.server(service.name),
                    service.port,
                )
                for service in services
                if service.name != 'smtp'
            ]
    return made


def _orders() -> list[Order]:
    other_name = (f'mail.{DOMAINS[0].name}',)
    return [
        Order(
            domain.name,
            other_name if domain.flaw.names_another else domain.certificate_names,
            domain.flaw,
            domain.key,
        )
        for domain in DOMAINS
    ]


def _free_ports() -> dict[str, int]:
    """A port per server, free on every loopback address."""
    claimed = {}
    for name in PORT_NAMES:
        claimed[name] = socket.socket()
        claimed[name].bind(('0.0.0.0', 0))
    ports = {name: claim.getsockname()[1] for name, claim in claimed.items()}
    for claim in claimed.values():
        claim.close()
    return ports


def _dovecot_local(site: Site) -> str:
    name = site.domain.name
    lines = [
        f'ssl_cert = </etc/certificates/{name}.pem',
        f'ssl_key = </etc/certificates/{name}.key',
    ]
    tls = site.domain.tls
    if tls.lowest != Tls.lowest:
        lines.append(f'ssl_min_protocol = {tls.lowest}')
    if tls.ciphers:
        lines.append(f'ssl_cipher_list = {tls.ciphers}')
    if site.domain.cleartext_sign_in:
        lines.append('disable_plaintext_auth = no')
    blocks = [f'local {site.loopback} {{', *(f'  {line}' for line in lines), '}']
    if site.without_tls:
        blocks += [f'local {site.without_tls} {{', '  ssl = no', '}']
    return '\n'.join(blocks)


def _smtpd(site: Site, ports: dict[str, int]) -> list[str]:
    certificate = [
        f'smtpd_tls_cert_file=/etc/certificates/{site.domain.name}.pem',
        f'smtpd_tls_key_file=/etc/certificates/{site.domain.name}.key',
    ]
    tls = site.domain.tls
    if tls.ciphers:
        certificate.append(f'tls_medium_cipherlist={tls.ciphers}')
    if tls.lowest != Tls.lowest or tls.highest:
        versions = f'>={tls.lowest}' + (f',<={tls.highest}' if tls.highest else '')
        certificate += [
            f'smtpd_tls_protocols={versions}',
            f'smtpd_tls_mandatory_protocols={versions}',
        ]
    if tls.client_certificate:
        certificate += ['smtpd_tls_req_ccert=yes', 'smtpd_tls_CAfile=/etc/certificates/root.pem']
    upgrade = [] if site.domain.upgrades else ['smtpd_tls_security_level=none']
    if tls.client_certificate:
        upgrade = ['smtpd_tls_security_level=encrypt']
    sign_in = ['smtpd_sasl_auth_enable=yes']
    if site.domain.cleartext_sign_in:
        sign_in.append('smtpd_tls_auth_only=no')
    options = {
        'smtp': [*certificate, *upgrade],
        'submission': [*certificate, *upgrade, *sign_in],
        'submissions': [
            *certificate,
            *sign_in,
            'smtpd_tls_security_level=encrypt',
            'smtpd_tls_wrappermode=yes',
        ],
    }
    lines = []
    for service, settings in options.items():
        lines.append(f'{site.loopback}:{ports[service]} inet n - n - - smtpd')
        lines += [f'  -o {setting}' for setting in settings]
    return lines


def _path() -> dict[str, str]:
    return {'PATH': '/usr/sbin:/usr/bin:/sbin:/bin'}
