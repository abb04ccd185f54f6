"""PROXY headers as proxies write them, and as nobody should; then through a running bridge."""

import ipaddress
import socket
import struct
import unittest

from harness import Client, code, running, wait_for

from bridge.closes import Close
from bridge.proxyprotocol import MAX_REST_BYTES, ProxyHeader, ProxyHeaderError

SIGNATURE = b'\r\n\r\n\0\r\nQUIT\n'


def header(
    source: str, command: int = 0x21, extra: bytes = b'', family: int | None = None
) -> bytes:
    """What a proxy sends for a client of this address."""
    address = ipaddress.ip_address(source)
    rest = address.packed + address.packed + struct.pack('>HH', 40000, 443) + extra
    family = family or (0x11 if address.version == 4 else 0x21)
    return SIGNATURE + struct.pack('>BBH', command, family, len(rest)) + rest


def fed(data: bytes, size: int = 1000) -> ProxyHeader:
    """What is read of these bytes, in pieces of this size, until it is complete."""
    read = ProxyHeader()
    for start in range(0, len(data), size):
        if not read.complete:
            read.feed(data[start : start + size])
    return read


class ReadTest(unittest.TestCase):
    def test_clients(self) -> None:
        for data, expected in (
            (header('203.0.113.7'), '203.0.113.7'),
            (header('2001:db8::7'), '2001:db8::7'),
            (header('::ffff:203.0.113.7'), '203.0.113.7'),
            # A TLV with what the proxy knows of TLS.
            (header('203.0.113.7', extra=b'\x01\x00\x02h2' + bytes(200)), '203.0.113.7'),
        ):
            with self.subTest(data):
                for size in (1, 7, 1000):
                    read = fed(data + b'GET / HTTP/1.1\r\n', size)
                    self.assertEqual(read.client, ipaddress.ip_address(expected))
                    # In drops, the rest is not yet there.
                    self.assertTrue(b'GET / HTTP/1.1\r\n'.startswith(read.rest))
                self.assertEqual(read.rest, b'GET / HTTP/1.1\r\n')

    def test_a_proxy_for_itself(self) -> None:
        for rest in (b'', bytes(12)):
            local = SIGNATURE + struct.pack('>BBH', 0x20, 0, len(rest)) + rest
            read = fed(local + b'GET')
            self.assertEqual((read.client, read.rest), (None, b'GET'))

    def test_nonsense(self) -> None:
        for data in (
            b'GET / HTTP/1.1\r\nHost: check.example\r\n\r\n',
            b'PROXY TCP4 203.0.113.7 203.0.113.8 1 2\r\n',
            header('203.0.113.7', command=0x11),
            header('203.0.113.7', command=0x22),
            # UDP, a UNIX socket, unspecified; and a family that its addresses do not fit.
            *(header('203.0.113.7', family=family) for family in (0x12, 0x31, 0x01, 0x21)),
            header('203.0.113.7', extra=bytes(MAX_REST_BYTES)),
        ):
            with self.subTest(data), self.assertRaises(ProxyHeaderError):
                fed(data)

    def test_cut_off(self) -> None:
        whole = header('203.0.113.7')
        for length in range(len(whole)):
            self.assertFalse(fed(whole[:length]).complete)


LIMITS = {'client_waiting': 1, 'client_requests': 8, 'request_seconds': 0.5}


class BridgeTest(unittest.TestCase):
    def test_clients_behind_it_are_counted_one_by_one(self) -> None:
        with running(proxies=['127.0.0.1'], proxy_protocol=True, limits=LIMITS) as bridge:
            with Client(bridge.port, preface=header('203.0.113.1')):
                wait_for(lambda: bridge.capacity.admitted == 1, 'the session')
                with Client(bridge.port, preface=header('203.0.113.2')):
                    wait_for(lambda: bridge.capacity.admitted == 2, 'another')
                    # What the client itself writes of others does not count.
                    again = Client(
                        bridge.port, preface=header('203.0.113.1'), forwarded='203.0.113.9'
                    )
                    with again:
                        self.assertEqual(again.closing()[1], 'rate retry=5 of=client-waiting')

    def test_without_the_header_a_proxy_is_not_heard(self) -> None:
        with running(proxies=['127.0.0.1'], proxy_protocol=True, limits=LIMITS) as bridge:
            for data in (
                b'GET /healthz HTTP/1.1\r\n\r\n',
                SIGNATURE,
                header('203.0.113.1', family=1) + b'GET /healthz HTTP/1.1\r\n\r\n',
            ):
                with self.subTest(data):
                    with socket.create_connection(('127.0.0.1', bridge.port), 5) as connection:
                        connection.sendall(data)
                        try:
                            self.assertEqual(connection.recv(100), b'')
                        except ConnectionResetError:
                            pass  # as good an end

    def test_from_anybody_else_it_is_none(self) -> None:
        with running(proxies=['127.0.0.9'], proxy_protocol=True) as bridge:
            with Client(bridge.port, 'nonsense') as client:
                self.assertEqual(client.closing()[0], code(Close.BAD_TOKEN))
            with self.assertRaises((AssertionError, EOFError, ConnectionError)):
                Client(bridge.port, preface=header('203.0.113.1'))


if __name__ == '__main__':
    unittest.main()
