"""Who the client is where the operator's own proxies stand before the bridge."""

import functools
import ipaddress
from collections.abc import Sequence
from typing import Union

from bridge.addresses import unwrap
from bridge.target import Address

Networks = Sequence[Union[ipaddress.IPv4Network, ipaddress.IPv6Network]]


# A page opens a dozen connections: what follows from its address is the same for all.
_REMEMBERED = 4096


@functools.lru_cache(_REMEMBERED)
def peer(address: str) -> Address:
    """The address of a connection as the kernel gives it."""
    return unwrap(ipaddress.ip_address(address.partition('%')[0]))


def is_proxy(address: Address, proxies: Networks) -> bool:
    """Whether it is one of the operator's."""
    return any(address in network for network in proxies)


def client(address: Address, forwarded_for: Sequence[str], proxies: Networks) -> Address:
    """The client of a connection from `address` with these X-Forwarded-For headers.

    Each proxy adds whom it was asked by at the end, so only what the operator's own added is true:
    from the right, the first who is none of them.
    """
    if not forwarded_for:
        return address
    hops = [hop.strip() for hop in ','.join(forwarded_for).split(',')]
    while is_proxy(address, proxies) and hops:
        try:
            address = peer(hops.pop())
        except ValueError:
            break  # the proxy does not say, or says `unknown`: then it stands for its client
    return address


@functools.lru_cache(_REMEMBERED)
def blurred(address: Address) -> str:
    """A client as it is logged: the /24 or /48 that it is in, which is no person's."""
    if address.version == 4:
        return f'{str(address).rpartition(".")[0]}.0/24'
    return str(ipaddress.ip_network((address, 48), strict=False))


@functools.lru_cache(_REMEMBERED)
def networks_of(address: Address) -> tuple[str, ...]:
    """What a client is counted as, the narrowest first: its IPv4 address, or the /64 of its IPv6.

    Whoever has one /64 often has 65,536 of them (RFC 6177), so their /48 follows it.
    """
    if address.version == 4:
        return (str(address),)
    return tuple(str(ipaddress.ip_network((address, bits), strict=False)) for bits in (64, 48))
