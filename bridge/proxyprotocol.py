"""PROXY protocol, version 2: how a proxy that passes bytes on says whose they are.

The header stands before the client's first byte. Only what comes from the operator's own proxies is
read as one, and from these one is demanded: who may leave it out could write it himself.
"""

import ipaddress
import struct
from typing import BinaryIO

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


def read_client(stream: BinaryIO) -> Address | None:
    """Read the header off the stream; None where the proxy speaks for itself: its health checks."""
    start = _exactly(stream, _HEADER.size)
    signature, command, family, length = _HEADER.unpack(start)
    if signature != _SIGNATURE or command not in (_LOCAL, _PROXY) or length > MAX_REST_BYTES:
        raise ProxyHeaderError
    rest = _exactly(stream, length)
    if command == _LOCAL:
        return None
    size = _ADDRESS_BYTES.get(family)
    # Source and destination, each an address, then both ports.
    if size is None or length < 2 * size + 4:
        raise ProxyHeaderError
    return peer(str(ipaddress.ip_address(rest[:size])))


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if data is None or len(data) < length:
        raise ProxyHeaderError
    return data
