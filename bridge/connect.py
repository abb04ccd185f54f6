"""One TCP connection to one address: started without blocking, its failures told apart."""

import errno
import socket

from bridge.closes import Close, Ended
from bridge.target import Endpoint

_CLOSES = {
    errno.ECONNREFUSED: Close.REFUSED,
    errno.ECONNRESET: Close.RESET,
    errno.ECONNABORTED: Close.RESET,
    errno.EPIPE: Close.RESET,
    errno.ETIMEDOUT: Close.TIMED_OUT,
    errno.ENETUNREACH: Close.UNREACHABLE,
    errno.EHOSTUNREACH: Close.UNREACHABLE,
    errno.ENETDOWN: Close.UNREACHABLE,
    errno.EHOSTDOWN: Close.UNREACHABLE,
    errno.ENOPROTOOPT: Close.UNREACHABLE,
    # A machine without IPv6 says one of these.
    errno.EADDRNOTAVAIL: Close.UNREACHABLE,
    errno.EAFNOSUPPORT: Close.UNREACHABLE,
}


def ended_by(number: int) -> Ended:
    """The end that an errno of the target's socket means.

    An unknown one (no descriptors left, a local firewall) is the bridge's own failure: it must not
    be laid at the mail server's door.
    """
    return Ended(_CLOSES.get(number, Close.INTERNAL), errno=errno.errorcode.get(number, number))


def start(dial: Endpoint) -> socket.socket:
    """A non-blocking socket on its way to `dial`; when it can be written, call `finish`."""
    family = socket.AF_INET6 if dial.address.version == 6 else socket.AF_INET
    try:
        target = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise ended_by(error.errno or 0) from error
    target.setblocking(False)
    number = target.connect_ex((str(dial.address), dial.port))
    if number not in (0, errno.EINPROGRESS, errno.EWOULDBLOCK):
        target.close()
        raise ended_by(number)
    return target


def finish(target: socket.socket) -> None:
    """Check a connection that poll reported; Ended says why it failed."""
    number = target.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if number:
        raise ended_by(number)
    target.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def local_address(target: socket.socket) -> str:
    """Our own side of a connection, without the zone that a link-local address has here."""
    host: str = target.getsockname()[0]
    return host.partition('%')[0]
