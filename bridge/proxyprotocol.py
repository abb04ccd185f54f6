"""PROXY protocol, version 2: how a proxy that passes bytes on says whose they are.

The header stands before the client's first byte. Only what comes from the operator's own proxies is
read as one, and from these one is demanded: who may leave it out could write it himself.
"""

from __future__ import annotations

import ipaddress
import struct

from bridge.forwarded import peer
from bridge.target import Address

_SIGNATURE = b'\r\n\r\n\0\r\nQUIT\n'
# Signature, version and command, family and protocol, length of the rest.
_HEADER = struct.Struct('>12sBBH')
_LOCAL, _PROXY = 0x20, 0x21
_TCP4, _TCP6 = 0x11, 0x21
_ADDRESS_BYTES = {_TCP4: 4, _TCP6: 16}
# Two addresses and ports, and whatever the proxy tells of TLS.
MAX_REST_BYTES = 2048


class ProxyHeaderError(Exception):
    """Not the header of a connection that a proxy hands on."""


class ProxyHeader:
    """Takes bytes until it is `complete`.

    Then `client` is whose they are, None where the proxy speaks for itself (its health checks), and
    `rest` what came behind it.
    """

    def __init__(self) -> None:
        self.complete = False
        self.client: Address | None = None
        self.rest = b''

    def feed(self, data: bytes) -> None:
        """More of it. Raises ProxyHeaderError as soon as it can be none."""
        held = self.rest + data
        self.rest = held
        if not _SIGNATURE.startswith(held[: len(_SIGNATURE)]):
            raise ProxyHeaderError
        if len(held) < _HEADER.size:
            return
        _, command, family, length = _HEADER.unpack_from(held)
        if command not in (_LOCAL, _PROXY) or length > MAX_REST_BYTES:
            raise ProxyHeaderError
        end = _HEADER.size + length
        if len(held) < end:
            return
        if command == _PROXY:
            self.client = _source(family, held[_HEADER.size : end])
        self.rest = held[end:]
        self.complete = True


def _source(family: int, told: bytes) -> Address:
    size = _ADDRESS_BYTES.get(family)
    # Source and destination, each an address, then both ports.
    if size is None or len(told) < 2 * size + 4:
        raise ProxyHeaderError
    return peer(str(ipaddress.ip_address(told[:size])))
