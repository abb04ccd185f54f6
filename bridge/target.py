"""Parses what a client may name: `192.0.2.10:993`, `[2001:db8::10]:993`, or `resolver`."""

import enum
import functools
import ipaddress
import re
from dataclasses import dataclass
from typing import Union

Address = Union[ipaddress.IPv4Address, ipaddress.IPv6Address]

# The longest IPv6 literal has 45 characters; brackets, colon and port add eight.
MAX_TARGET_BYTES = 64
# Visitors of one time go to the same few hundred servers.
_REMEMBERED = 4096

_ENDPOINT = re.compile(r'(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<v4>[0-9.]+)):(?P<port>[1-9][0-9]{0,4})')


@dataclass(frozen=True)
class Endpoint:
    """An IP address and a port."""

    address: Address
    port: int

    def __str__(self) -> str:
        host = f'[{self.address}]' if self.address.version == 6 else str(self.address)
        return f'{host}:{self.port}'


class Named(enum.Enum):
    """Targets that have a name instead of an address; the operator says where they are."""

    RESOLVER = 'resolver'


Target = Union[Endpoint, Named]


def parse_endpoint(text: str) -> Endpoint:
    """`ip:port` or `[ipv6]:port`; ValueError says what is wrong.

    Zone ids, leading zeros, host names and bare IPv6 are refused: each has two readings somewhere.
    """
    match = _ENDPOINT.fullmatch(text)
    if match is None:
        raise ValueError('expected 192.0.2.10:993 or [2001:db8::10]:993')
    if match['v4']:
        address: Address = ipaddress.IPv4Address(match['v4'])
    else:
        address = ipaddress.IPv6Address(match['v6'])
    port = int(match['port'])
    if port > 65535:
        raise ValueError(f'expected a port up to 65535, got {port}')
    return Endpoint(address, port)


def parse_target(raw: bytes) -> Target:
    """The target in a token or in a first message; ValueError says what is wrong."""
    if len(raw) > MAX_TARGET_BYTES:
        raise ValueError(f'longer than {MAX_TARGET_BYTES} bytes')
    return _parse(raw)


@functools.lru_cache(_REMEMBERED)
def _parse(raw: bytes) -> Target:
    text = raw.decode('ascii')  # UnicodeDecodeError is a ValueError
    if text == Named.RESOLVER.value:
        return Named.RESOLVER
    return parse_endpoint(text)
