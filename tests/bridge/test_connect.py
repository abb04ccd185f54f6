"""Connecting, and telling its failures apart."""

import errno
import select
import socket
import unittest

from harness import Server, closed_port, silent

from bridge import connect
from bridge.closes import Close, Ended
from bridge.target import parse_endpoint


def attempt(address: str) -> socket.socket:
    """Connect as a session does."""
    target = connect.start(parse_endpoint(address))
    try:
        poll = select.poll()
        poll.register(target, select.POLLOUT)
        poll.poll(5000)
        connect.finish(target)
    except Ended:
        target.close()
        raise
    return target


class ConnectTest(unittest.TestCase):
    def test_connected_without_delay(self) -> None:
        for host in ('127.0.0.1', '::1'):
            with self.subTest(host), Server(silent, host) as server:
                with attempt(server.address) as target:
                    self.assertEqual(target.getpeername()[:2], (host, server.port))
                    self.assertFalse(target.getblocking())
                    self.assertEqual(connect.local_address(target), host)
                    self.assertTrue(target.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    def test_refused(self) -> None:
        with self.assertRaises(Ended) as caught:
            attempt(closed_port())
        self.assertEqual(caught.exception.reason, 'refused errno=ECONNREFUSED')

    def test_unreachable(self) -> None:
        # TCP to a multicast address fails in the kernel, without a packet and on every machine.
        for address in ('224.0.0.1:25', '[ff02::1]:25'):
            with self.subTest(address), self.assertRaises(Ended) as caught:
                attempt(address)
            self.assertIs(caught.exception.close, Close.UNREACHABLE)

    def test_errors(self) -> None:
        for number, close in (
            (errno.ECONNREFUSED, Close.REFUSED),
            (errno.ECONNRESET, Close.RESET),
            (errno.EPIPE, Close.RESET),
            (errno.ETIMEDOUT, Close.TIMED_OUT),
            (errno.EHOSTUNREACH, Close.UNREACHABLE),
            (errno.ENETUNREACH, Close.UNREACHABLE),
            # No IPv6 here.
            (errno.EADDRNOTAVAIL, Close.UNREACHABLE),
            (errno.EAFNOSUPPORT, Close.UNREACHABLE),
            # These are the bridge's own trouble.
            (errno.EMFILE, Close.INTERNAL),
            (errno.EPERM, Close.INTERNAL),
            (errno.EACCES, Close.INTERNAL),
            (0, Close.INTERNAL),
        ):
            with self.subTest(errno.errorcode.get(number)):
                self.assertIs(connect.ended_by(number).close, close)


if __name__ == '__main__':
    unittest.main()
