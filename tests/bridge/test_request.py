"""Requests as browsers and proxies send them, and those that two readers would read in two ways."""

import contextlib
import socket
import time
import unittest
from http import HTTPStatus

from harness import PATIENCE, Server, echo, frame, running

from bridge.request import MAX_FIELDS, RequestError, parse

CHROMIUM = (
    b'GET /bridge?token=192.0.2.10:993 HTTP/1.1\r\n'
    b'Host: check.example\r\n'
    b'Connection: keep-alive, Upgrade\r\n'
    b'Pragma: no-cache\r\n'
    b'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)\r\n'
    b'Upgrade: websocket\r\n'
    b'Origin: https://check.example\r\n'
    b'Sec-WebSocket-Version: 13\r\n'
    b'Accept-Language: en-US,en;q=0.9\r\n'
    b'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'
    b'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits'
)
HOST = b'GET / HTTP/1.1\r\nHost: a'
TARGET = '192.0.2.10:4190'


class ParseTest(unittest.TestCase):
    def test_a_browser(self) -> None:
        head = parse(CHROMIUM)
        self.assertEqual((head.method, head.path), ('GET', '/bridge'))
        self.assertEqual(head.query, 'token=192.0.2.10:993')
        self.assertTrue(head.is_upgrade)
        self.assertTrue(head.keeps_alive)
        self.assertEqual(head.headers['ORIGIN'], 'https://check.example')
        self.assertIsNone(head.headers.get('Cookie'))

    def test_values(self) -> None:
        head = parse(
            HOST + b"\r\nA:\t b c \t\r\nEmpty:\r\nA: d\r\nLatin: \xe9\r\n!#$%&'*+-.^_`|~: x"
        )
        self.assertEqual(head.headers.get_all('a'), ['b c', 'd'])
        self.assertEqual(head.headers.get('a'), 'b c')
        self.assertEqual((head.headers['empty'], head.headers['latin']), ('', '\xe9'))
        self.assertEqual(len(head.headers), 5)

    def test_persistence(self) -> None:
        for raw, expected in (
            (HOST, True),
            (HOST + b'\r\nConnection: close', False),
            (HOST + b'\r\nConnection: Upgrade, Close', False),
            (b'GET / HTTP/1.0', False),
        ):
            self.assertEqual(parse(raw).keeps_alive, expected)

    def test_a_path_names_no_host(self) -> None:
        self.assertEqual(parse(b'GET //evil.example/x HTTP/1.0').target, '/evil.example/x')

    def refused(self, raw: bytes) -> HTTPStatus:
        with self.assertRaises(RequestError) as caught:
            parse(raw)
        return caught.exception.status

    def test_what_could_be_read_in_two_ways(self) -> None:
        for name, raw in (
            ('line folding', HOST + b'\r\nA: b\r\n c'),
            ('a name with a space behind it', HOST + b'\r\nTransfer-Encoding : chunked'),
            ('a name with a space before it', HOST + b'\r\n Host: b'),
            ('no name', HOST + b'\r\n: b'),
            ('no colon', HOST + b'\r\nA'),
            ('a line that ends in LF', HOST + b'\nContent-Length: 5'),
            ('a line that ends in CR', HOST + b'\rContent-Length: 5'),
            ('NUL', HOST + b'\r\nA: b\0c'),
            ('two hosts', HOST + b'\r\nHost: b'),
            ('the same host twice', HOST + b'\r\nHost: a'),
            ('no host', b'GET / HTTP/1.1\r\nA: b'),
            ('two lengths', HOST + b'\r\nContent-Length: 0\r\nContent-Length: 5'),
            ('two origins', HOST + b'\r\nOrigin: https://a\r\nOrigin: https://b'),
            ('two keys', HOST + b'\r\nSec-WebSocket-Key: a\r\nSec-WebSocket-Key: b'),
            ('two upgrades', HOST + b'\r\nUpgrade: websocket\r\nUpgrade: h2c'),
            ('another host in the target', b'GET http://b/ HTTP/1.1\r\nHost: a'),
            ('no path', b'OPTIONS * HTTP/1.1\r\nHost: a'),
            ('a tunnel', b'CONNECT b:25 HTTP/1.1\r\nHost: a'),
            ('no version', b'GET /'),
            ('two spaces', b'GET  / HTTP/1.1\r\nHost: a'),
            ('a tab', b'GET\t/ HTTP/1.1\r\nHost: a'),
            ('a space in the path', b'GET /a b HTTP/1.1\r\nHost: a'),
            ('bytes in the path', b'GET /\xe9 HTTP/1.1\r\nHost: a'),
            ('a version in small letters', b'GET / http/1.1\r\nHost: a'),
            ('an empty line first', b'\r\n' + HOST),
            ('nothing', b''),
            ('TLS', b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc'),
        ):
            with self.subTest(name):
                self.assertIs(self.refused(raw), HTTPStatus.BAD_REQUEST)

    def test_bodies(self) -> None:
        self.assertEqual(parse(HOST + b'\r\nContent-Length: 0').headers['content-length'], '0')
        for line in (
            b'Content-Length: 5',
            b'Content-Length: 00',
            b'Content-Length: +0',
            b'Content-Length: 0, 5',
            b'Transfer-Encoding: chunked',
            b'Transfer-Encoding: identity',
            b'Transfer-Encoding: xchunked\r\nContent-Length: 0',
        ):
            with self.subTest(line):
                status = self.refused(HOST + b'\r\n' + line)
                self.assertIs(status, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    def test_other_versions(self) -> None:
        for raw in (b'GET / HTTP/2.0\r\nHost: a', b'PRI * HTTP/2.0', b'GET / HTTP/0.9'):
            self.assertIs(self.refused(raw), HTTPStatus.HTTP_VERSION_NOT_SUPPORTED)

    def test_it_takes_no_long_time(self) -> None:
        self.assertIs(
            self.refused(HOST + b'\r\na: b' * (MAX_FIELDS + 1)),
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        )
        for raw in (
            HOST + b'\r\nA: ' + b' ' * 65536 + b'\0',
            b'A' * 65536,
            b'GET /' + b'x' * 65536,
        ):
            before = time.process_time()
            self.refused(raw)
            self.assertLess(time.process_time() - before, 0.2)


class ExchangeTest(unittest.TestCase):
    def answers(self, *pieces: bytes, **settings: object) -> bytes:
        """All that is answered to these pieces, each sent by itself."""
        with running(**settings) as bridge:
            with socket.create_connection(('127.0.0.1', bridge.port), PATIENCE) as connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                answer = b''
                with contextlib.suppress(ConnectionError):
                    for piece in pieces:
                        connection.sendall(piece)
                        time.sleep(0.005)
                    while chunk := connection.recv(65536):
                        answer += chunk
                return answer

    def test_in_pieces(self) -> None:
        asked = b'GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'
        for size in (1, 3, 60, 1000):
            pieces = [asked[start : start + size] for start in range(0, len(asked), size)]
            with self.subTest(size):
                self.assertRegex(self.answers(*pieces), rb'\AHTTP/1.1 200 OK\r\n[^\0]*\r\nok\n\Z')

    def test_what_a_client_sends_along_is_no_request(self) -> None:
        smuggled = b'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'
        for method in (b'GET', b'POST'):
            for line in (
                b'Content-Length: %d\r\n' % len(smuggled),
                b'Transfer-Encoding: chunked\r\n',
                b'Content-Length: 0\r\nTransfer-Encoding: chunked\r\n',
                b'Content-Length: 0\r\nContent-Length: %d\r\n' % len(smuggled),
            ):
                with self.subTest(method + b' ' + line):
                    head = method + b' /ticket HTTP/1.1\r\nHost: a\r\n' + line + b'\r\n'
                    answer = self.answers(head + smuggled)
                    self.assertEqual(answer.count(b'HTTP/1.1 '), 1, answer)
                    self.assertRegex(answer, rb'\AHTTP/1.1 4(00|13) ')
                    self.assertIn(b'\r\nConnection: close\r\n', answer)

    def test_many_at_once_are_answered_in_their_order(self) -> None:
        one = b'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'
        last = b'GET /about.json HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'
        answer = self.answers(one * 50 + last)
        self.assertEqual(answer.count(b'ok\n'), 50)
        self.assertTrue(answer.endswith(b'}'))

    def test_what_follows_an_upgrade_is_frames(self) -> None:
        with Server(echo) as server, running(forward={TARGET: server.address}) as bridge:
            with socket.create_connection(('127.0.0.1', bridge.port), PATIENCE) as connection:
                origin = f'http://127.0.0.1:{bridge.port}'
                asked = CHROMIUM.replace(b'192.0.2.10:993', TARGET.encode())
                asked = asked.replace(b'https://check.example', origin.encode())
                asked = asked.replace(b'check.example', origin.partition('://')[2].encode())
                connection.sendall(asked + b'\r\n\r\n' + frame(b'hello'))
                heard = b''
                while b'hello' not in heard:
                    more = connection.recv(65536)
                    self.assertTrue(more, heard)
                    heard += more


if __name__ == '__main__':
    unittest.main()
