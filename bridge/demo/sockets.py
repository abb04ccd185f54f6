"""Loopback sockets: free ones, and the two that never lead to a conversation."""

from __future__ import annotations

import socket

LOOPBACK = '127.0.0.1'


def free_socket() -> socket.socket:
    """A TCP socket bound to a free port. Nobody listens yet, so connecting to it is refused."""
    found = socket.socket()
    found.bind((LOOPBACK, 0))
    return found


def free_pair() -> tuple[socket.socket, socket.socket]:
    """A TCP and a UDP socket bound to the same free port."""
    while True:
        tcp = free_socket()
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            udp.bind(tcp.getsockname())
            return tcp, udp
        except OSError:
            tcp.close()
            udp.close()


def free_port() -> int:
    """A port that is free now, TCP and UDP; the caller's server must claim it soon."""
    tcp, udp = free_pair()
    with tcp, udp:
        return tcp.getsockname()[1]


class BlackHole:
    """A port where connecting ends in a timeout, as behind a firewall that drops packets.

    Its queue of unaccepted connections is full, and Linux ignores a SYN it has no room for.
    """

    def __init__(self) -> None:
        self._listener = free_socket()
        self._listener.listen(0)
        self._filler = socket.create_connection(self._listener.getsockname())

    @property
    def port(self) -> int:
        return self._listener.getsockname()[1]

    def close(self) -> None:
        self._filler.close()
        self._listener.close()
