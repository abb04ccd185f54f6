"""A DNS zone, and the dnsmasq that serves it on loopback, over UDP and TCP."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .processes import Processes, wait_for_port
from .sockets import LOOPBACK, free_port

RESOLV_CONF = Path('/etc/resolv.conf')
TTL_SECONDS = 60
# dnsmasq: a record type by number, and its data in hex: preference 0, and the root as exchange.
NULL_MX = '15,000000'


@dataclass(frozen=True)
class Srv:
    """One SRV record; without a target it says that the service is not offered."""

    owner: str
    target: str | None = None
    port: int = 0
    priority: int = 0


@dataclass
class Zone:
    """What dnsmasq knows: everything else under `domains` does not exist."""

    domains: list[str]
    addresses: list[tuple[str, str]] = field(default_factory=list)  # name, IP address
    services: list[Srv] = field(default_factory=list)
    exchanges: list[tuple[str, str | None]] = field(default_factory=list)  # domain, MX host
    aliases: list[tuple[str, str]] = field(default_factory=list)  # name, the name it stands for
    elsewhere: list[tuple[str, str]] = field(default_factory=list)  # domain, whom to ask instead

    def lines(self) -> Iterable[str]:
        """The zone in the words of dnsmasq's configuration."""
        for domain in self.domains:
            yield f'local=/{domain}/'
        for domain, address in self.elsewhere:
            yield f'server=/{domain}/{address.replace(":", "#")}'
        for name, ip in self.addresses:
            yield f'host-record={name},{ip},{TTL_SECONDS}'
        for name, target in self.aliases:
            yield f'cname={name},{target},{TTL_SECONDS}'
        for record in self.services:
            target = '' if record.target is None else f',{record.target},{record.port}'
            priority = f',{record.priority},1' if record.target else ''
            yield f'srv-host={record.owner}{target}{priority}'
        for domain, host in self.exchanges:
            yield f'dns-rr={domain},{NULL_MX}' if host is None else f'mx-host={domain},{host},10'


def start(processes: Processes, zone: Zone, conf: Path, upstream: str | None = None) -> str:
    """Start dnsmasq as a child; returns its address once it answers.

    Other names are asked of the resolver `upstream`, 127.0.0.1:5353, or refused without one.
    """
    port = free_port()
    conf.write_text('\n'.join([*_settings(port, upstream), *zone.lines()]) + '\n')
    processes.start('dnsmasq', [_program(), '--keep-in-foreground', f'--conf-file={conf}'])
    wait_for_port(processes, (LOOPBACK, port))
    return f'{LOOPBACK}:{port}'


def _settings(port: int, upstream: str | None) -> Iterable[str]:
    yield f'port={port}'
    yield f'listen-address={LOOPBACK}'
    yield 'bind-interfaces'
    yield 'no-hosts'
    yield 'no-resolv'
    yield 'log-facility=-'
    # Empty: no pid file, and no change of user. It needs no privileges and drops none.
    yield 'pid-file='
    yield 'user='
    yield f'local-ttl={TTL_SECONDS}'
    if upstream:
        yield f'server={upstream.replace(":", "#")}'


def system_resolvers(conf: Path = RESOLV_CONF) -> list[str]:
    """The nameservers of /etc/resolv.conf; none when there is no such file."""
    if not conf.exists():
        return []
    found = re.findall(r'^\s*nameserver\s+(\S+)', conf.read_text(), re.MULTILINE)
    # A link-local address (fe80::1%eth0) is of no use to twisted.
    return [address for address in found if '%' not in address]


def _program() -> str:
    # Debian keeps it in /usr/sbin, which is not on everybody's path.
    found = shutil.which('dnsmasq') or shutil.which('dnsmasq', path='/usr/sbin:/usr/local/sbin')
    if found is None:
        raise FileNotFoundError('dnsmasq is missing: apt-get install dnsmasq-base')
    return found
