"""Which IP addresses are public, and which are this machine's own."""

from __future__ import annotations

import functools
import ipaddress
import math
import re
import socket
import time
from collections.abc import Callable
from pathlib import Path

from bridge.reasons import Reason
from bridge.target import Address

# First match wins. `ipaddress.is_global` alone is not enough: Python 3.11 has it True for
# multicast, the 6to4 relays, IPv4 embedded in IPv6, site-local and what IPv6 has not yet assigned.
_NOT_PUBLIC = [
    (ipaddress.ip_network(network), reason)
    for network, reason in (
        ('0.0.0.0/8', Reason.UNSPECIFIED),
        ('10.0.0.0/8', Reason.PRIVATE),
        ('100.64.0.0/10', Reason.SHARED),
        ('127.0.0.0/8', Reason.LOOPBACK),
        ('168.63.129.16/32', Reason.CLOUD),
        ('169.254.0.0/16', Reason.LINK_LOCAL),
        ('172.16.0.0/12', Reason.PRIVATE),
        ('192.0.0.0/24', Reason.PROTOCOL),
        ('192.0.2.0/24', Reason.DOCUMENTATION),
        ('192.88.99.0/24', Reason.SIX_TO_FOUR),
        ('192.168.0.0/16', Reason.PRIVATE),
        ('198.18.0.0/15', Reason.BENCHMARK),
        ('198.51.100.0/24', Reason.DOCUMENTATION),
        ('203.0.113.0/24', Reason.DOCUMENTATION),
        ('224.0.0.0/4', Reason.MULTICAST),
        ('240.0.0.0/4', Reason.RESERVED),
        ('::/128', Reason.UNSPECIFIED),
        ('::1/128', Reason.LOOPBACK),
        ('::/96', Reason.EMBEDDED),
        ('::ffff:0:0/96', Reason.EMBEDDED),
        ('::ffff:0:0:0/96', Reason.EMBEDDED),
        ('64:ff9b::/96', Reason.EMBEDDED),
        ('64:ff9b:1::/48', Reason.EMBEDDED),
        ('2001::/23', Reason.PROTOCOL),
        ('2001:db8::/32', Reason.DOCUMENTATION),
        ('2002::/16', Reason.SIX_TO_FOUR),
        ('3fff::/20', Reason.DOCUMENTATION),
        ('fc00::/7', Reason.UNIQUE_LOCAL),
        ('fe80::/10', Reason.LINK_LOCAL),
        ('fec0::/10', Reason.SITE_LOCAL),
        ('ff00::/8', Reason.MULTICAST),
    )
]
_GLOBAL_UNICAST = ipaddress.IPv6Network('2000::/3')
# RFC 5214 6.1: an interface identifier that an IPv4 address follows, under whatever prefix. The
# second form says that the address is globally unique.
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)
# Judgements: visitors of one time go to the same few hundred servers.
_REMEMBERED = 4096


def unwrap(address: Address) -> Address:
    """The IPv4 address in an IPv4-mapped IPv6 one (the kernel dials it as IPv4), else itself."""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


@functools.lru_cache(_REMEMBERED)
def why_not_public(address: Address) -> Reason | None:
    """Why `address` is no public unicast address; None when it is one.

    One that is IPv4 in the spelling of IPv6 is none: nobody needs two names for the same.
    """
    for network, reason in _NOT_PUBLIC:
        if address in network:
            return reason
    if address.version == 6 and address not in _GLOBAL_UNICAST:
        return Reason.NOT_UNICAST
    if address.version == 6 and int(address) >> 32 & 0xFFFF_FFFF in _ISATAP:
        return Reason.ISATAP
    # The registry as this Python knows it may list a range the table above does not have yet.
    if not address.is_global or address.is_multicast or address.is_reserved:
        return Reason.NOT_GLOBAL
    return None


_LOCAL_V4 = re.compile(r'\|-- ([0-9.]+)\n\s+/32 host LOCAL')


# Reading them takes as long as all else of a connection together, and they seldom change.
FRESH_SECONDS = 5.0


class OwnAddresses:
    """The addresses of this machine's interfaces, secondary ones too, as they were just now.

    An address behind a cloud's NAT is not among them, that is what the configuration's `deny` is
    for.
    """

    def __init__(
        self,
        read: Callable[[], frozenset[Address]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read = read
        self._clock = clock
        self._known: frozenset[Address] = frozenset()
        self._fresh_until = -math.inf

    def __call__(self) -> frozenset[Address]:
        """The addresses: no older than FRESH_SECONDS."""
        now = self._clock()
        if now >= self._fresh_until:
            self._known = self._read()
            self._fresh_until = now + FRESH_SECONDS
        return self._known


def read_own_addresses(proc_net: Path = Path('/proc/self/net')) -> frozenset[Address]:
    """Ask the kernel for them; elsewhere than on Linux, as far as they are told."""
    try:
        routes = (proc_net / 'fib_trie').read_text('ascii')
    except FileNotFoundError:
        return _told_addresses()
    own: set[Address] = {ipaddress.IPv4Address(text) for text in _LOCAL_V4.findall(routes)}
    try:
        interfaces = (proc_net / 'if_inet6').read_text('ascii')
    except FileNotFoundError:  # a kernel without IPv6
        interfaces = ''
    own.update(ipaddress.IPv6Address(int(line[:32], 16)) for line in interfaces.splitlines())
    return frozenset(own)


_LOOPBACK = ('127.0.0.1', '::1')
# Documentation's (RFC 5737, RFC 3849): nothing is sent there, only the way is asked for.
_ANYWHERE = ((socket.AF_INET, '192.0.2.1'), (socket.AF_INET6, '2001:db8::1'))


def _told_addresses() -> frozenset[Address]:
    """Those of the machine's own name, and those that it would use on the way out."""
    told = {*_LOOPBACK, *_addresses_of_the_name()}
    for family, anywhere in _ANYWHERE:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((anywhere, 9))
                told.add(probe.getsockname()[0])
        except OSError:
            continue  # no way out by this family
    return frozenset(ipaddress.ip_address(text.partition('%')[0]) for text in told)


@functools.lru_cache(1)
def _addresses_of_the_name() -> frozenset[str]:
    """Asked for once: for a name that nobody knows, as at many a laptop, it takes seconds."""
    try:
        return frozenset(row[4][0] for row in socket.getaddrinfo(socket.gethostname(), None))
    except OSError:
        return frozenset()


own_addresses = OwnAddresses(read_own_addresses)
