"""Who asked to be left alone: networks and domains, one a line in the operator's file."""

from __future__ import annotations

import functools
import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path

from bridge import values
from bridge.target import Address

# What has only these was meant as an address or a network.
_NUMERIC = re.compile(r'[0-9A-Fa-f:.]*[:/].*|[0-9.]+')
_DOMAIN = re.compile(r'(?=.{1,253}\Z)(?:[0-9a-z_-]{1,63}\.)+[0-9a-z-]{2,63}')


class OptOutError(Exception):
    """The file cannot be used; the text names file, line and fault."""


@dataclass(frozen=True)
class OptOut:
    """Those who did."""

    networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()
    domains: frozenset[str] = frozenset()

    def has_address(self, address: Address) -> bool:
        """Whether it is in one of the networks: as fast for many as for a few."""
        number, version = int(address), address.version
        return any(
            number >> bits in starts for (of, bits), starts in self._starts.items() if of == version
        )

    @functools.cached_property
    def _starts(self) -> dict[tuple[int, int], set[int]]:
        """(IP version, bits of a host) → the networks of that size, without the bits of a host."""
        starts: dict[tuple[int, int], set[int]] = {}
        for network in self.networks:
            bits = network.max_prefixlen - network.prefixlen
            known = starts.setdefault((network.version, bits), set())
            known.add(int(network.network_address) >> bits)
        return starts

    def has_name(self, name: str) -> bool:
        """Whether a host name is one of the domains, or below one."""
        labels = name.rstrip('.').lower().split('.')
        return any('.'.join(labels[start:]) in self.domains for start in range(len(labels)))


NOBODY = OptOut()


def load(path: Path) -> OptOut:
    """The list in the file: `#` begins a comment, and everything below a domain counts as well."""
    try:
        lines = values.read_file(path).splitlines()
    except OSError as error:
        raise OptOutError(f'{path}: {error.strerror}') from error
    except ValueError as error:
        raise OptOutError(f'{path}: {error}') from error
    networks, domains = [], set()
    for number, line in enumerate(lines, 1):
        entry = line.partition('#')[0].strip()
        if not entry:
            continue
        try:
            if _NUMERIC.fullmatch(entry):
                networks.append(ipaddress.ip_network(entry))
            else:
                domains.add(_domain(entry))
        except ValueError as error:
            raise OptOutError(f'{path}:{number}: {entry!r}: {error}') from error
    return OptOut(tuple(networks), frozenset(domains))


def _domain(entry: str) -> str:
    name = entry.rstrip('.').lower()
    if not _DOMAIN.fullmatch(name):
        raise ValueError(
            'expected a network such as 198.51.100.0/24 or a domain such as example.org '
            '(no patterns; names as in DNS, such as xn--…)'
        )
    return name
