"""HTTP as browsers speak it, and as they do not: files, headers, health, limits, the upgrade."""

import contextlib
import socket
import tempfile
import time
import unittest
from collections.abc import Iterator
from pathlib import Path

from harness import PATIENCE, Client, ask, running, wait_for

from bridge.server import Bridge

WASM = b'\0asm\x01\0\0\0'
FILES = {
    'index.html': (b'<p>page', 'text/html; charset=utf-8'),
    'app.js': (b'export {}', 'text/javascript; charset=utf-8'),
    'app.mjs': (b'export {}', 'text/javascript; charset=utf-8'),
    'core.wasm': (WASM, 'application/wasm'),
    'style.css': (b'p {}', 'text/css; charset=utf-8'),
    'config.json': (b'{}', 'application/json'),
    'roots.bin': (b'\0\1', 'application/octet-stream'),
    'icon.svg': (b'<svg/>', 'image/svg+xml'),
    'sub/index.html': (b'<p>sub', 'text/html; charset=utf-8'),
    'empty/only.txt': (b'x', 'text/plain'),
}
HEADERS = {
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Content-Security-Policy': (
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
        "worker-src blob:; connect-src 'self' http: https: ws: wss:; "
        "img-src 'self' data:; style-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors *"
    ),
}


@contextlib.contextmanager
def site(**settings: object) -> Iterator[tuple[Bridge, Path]]:
    """A bridge that serves FILES; beside the site lies what it must not serve."""
    with tempfile.TemporaryDirectory() as folder:
        web = Path(folder, 'web')
        for name, (content, _) in FILES.items():
            path = web / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        Path(folder, 'secret.txt').write_bytes(b'secret')
        with running(web=str(web), **settings) as bridge:
            yield bridge, web


def raw(bridge: Bridge, data: bytes) -> bytes:
    """What the bridge answers to these bytes before it closes."""
    with socket.create_connection(('127.0.0.1', bridge.port), PATIENCE) as connection:
        connection.sendall(data)
        answer = b''
        with contextlib.suppress(ConnectionResetError):
            while chunk := connection.recv(65536):
                answer += chunk
        return answer


class FilesTest(unittest.TestCase):
    def test_content_and_type(self) -> None:
        with site() as (bridge, _):
            for name, (content, kind) in FILES.items():
                with self.subTest(name):
                    response, body = ask(bridge, f'/{name}')
                    self.assertEqual((response.status, body), (200, content))
                    self.assertEqual(response.headers['Content-Type'], kind)

    def test_index(self) -> None:
        with site() as (bridge, _):
            self.assertEqual(ask(bridge, '/')[1], b'<p>page')
            self.assertEqual(ask(bridge, '/?address=a@b.example')[1], b'<p>page')
            self.assertEqual(ask(bridge, '/sub/')[1], b'<p>sub')
            self.assertEqual(ask(bridge, '/sub')[0].status, 301)

    def test_headers_on_every_answer(self) -> None:
        with site() as (bridge, _):
            for method, path, status in (
                ('GET', '/', 200),
                ('HEAD', '/', 200),
                ('GET', '/sub', 301),
                ('GET', '/missing', 404),
                ('POST', '/', 501),
                ('GET', '/healthz', 200),
            ):
                with self.subTest(path, method=method):
                    response, _ = ask(bridge, path, method)
                    self.assertEqual(response.status, status)
                    for name, value in HEADERS.items():
                        self.assertEqual(response.headers.get_all(name), [value])
                    self.assertNotIn('Python', response.headers['Server'])

    def test_not_modified(self) -> None:
        with site() as (bridge, _):
            stamp = ask(bridge, '/app.js')[0].headers['Last-Modified']
            self.assertEqual(ask(bridge, '/app.js', **{'If-Modified-Since': stamp})[0].status, 304)

    def test_no_listing(self) -> None:
        with site() as (bridge, _):
            response, body = ask(bridge, '/empty/')
            self.assertEqual(response.status, 404)
            self.assertNotIn(b'only.txt', body)

    def test_traversal(self) -> None:
        with site() as (bridge, web):
            for path in (
                '/../secret.txt',
                '/sub/../../secret.txt',
                '/%2e%2e/secret.txt',
                '/..%2fsecret.txt',
                '/%2e%2e%2fsecret.txt',
                '/..%5csecret.txt',
                '//../secret.txt',
                f'/{web.parent}/secret.txt',
                f'/%2f{web.parent}/secret.txt',
                '/index.html%00.txt',
                '/%00',
                '/%ff%fe',
                '/' + 'a' * 5000,
            ):
                with self.subTest(path):
                    answer = raw(bridge, f'GET {path} HTTP/1.0\r\n\r\n'.encode())
                    self.assertRegex(answer, rb'\AHTTP/1.1 404 ')
                    self.assertNotIn(b'secret\n', answer)

    def test_links_in_the_site_are_followed(self) -> None:
        with site() as (bridge, web):
            (web / 'linked.txt').symlink_to(web.parent / 'secret.txt')
            (web / 'folder').symlink_to(web / 'sub')
            self.assertEqual(ask(bridge, '/linked.txt')[1], b'secret')
            self.assertEqual(ask(bridge, '/folder/')[1], b'<p>sub')

    def test_no_open_redirect(self) -> None:
        with site() as (bridge, _):
            answer = raw(bridge, b'GET //evil.example/%2e%2e/sub HTTP/1.0\r\n\r\n')
            self.assertNotIn(b'Location: //', answer)

    def test_without_a_site(self) -> None:
        with running() as bridge:
            bridge_only = bridge.config.web is None
            response, _ = ask(bridge, '/')
            self.assertEqual(response.status, 405 if bridge_only else 200)


class SharingTest(unittest.TestCase):
    """Cross-origin use of the element's files follows `origins`."""

    PAGE = 'https://help.example'
    ALLOW = 'Access-Control-Allow-Origin'

    def test_only_for_pages_that_may_use_the_bridge(self) -> None:
        with site(origins=[self.PAGE]) as (bridge, _):
            for origin, allowed in (
                (self.PAGE, self.PAGE),
                ('https://HELP.example:443', self.PAGE),
                ('https://other.example', None),
                ('http://help.example', None),
                ('null', None),
                (f'{self.PAGE}/path', None),
            ):
                with self.subTest(origin):
                    response, _ = ask(bridge, '/app.js?v=1', Origin=origin)
                    self.assertEqual(response.headers[self.ALLOW], allowed)
                    self.assertEqual(response.headers['Vary'], 'Origin')
                    exposed = 'Date, Age, Cache-Status' if allowed else None
                    self.assertEqual(response.headers['Access-Control-Expose-Headers'], exposed)

    def test_any_page(self) -> None:
        with site(origins=['*']) as (bridge, _):
            response, _ = ask(bridge, '/core.wasm', Origin='https://anyone.example')
            self.assertEqual(response.headers[self.ALLOW], '*')
            self.assertIsNone(response.headers['Vary'])
            response, _ = ask(bridge, '/core.wasm')
            self.assertEqual(response.headers[self.ALLOW], '*')

    def test_by_default_for_none(self) -> None:
        with site() as (bridge, _):
            response, _ = ask(bridge, '/app.js', Origin=self.PAGE)
            self.assertIsNone(response.headers[self.ALLOW])

    def test_only_what_the_element_needs(self) -> None:
        with site(origins=['*']) as (bridge, _):
            for path in ('/', '/index.html', '/healthz', '/style.css', '/icon.svg', '/sub/'):
                with self.subTest(path):
                    response, _ = ask(bridge, path, Origin=self.PAGE)
                    self.assertIsNone(response.headers[self.ALLOW])
            for path in ('/app.js', '/config.json', '/core.wasm', '/roots.bin', '/missing.pem'):
                with self.subTest(path):
                    response, _ = ask(bridge, path, Origin=self.PAGE)
                    self.assertEqual(response.headers[self.ALLOW], '*')

    def test_requests_without_a_path(self) -> None:
        with site(origins=['*']) as (bridge, _):
            self.assertIn(b' 400 ', raw(bridge, b'nonsense of more words than three\r\n\r\n'))


class HealthTest(unittest.TestCase):
    def test_ok_then_draining(self) -> None:
        with running() as bridge:
            for method, body in (('GET', b'ok\n'), ('HEAD', b'')):
                response, answer = ask(bridge, '/healthz', method)
                self.assertEqual((response.status, answer), (200, body))
            bridge.capacity.drain()
            response, answer = ask(bridge, '/healthz?now')
            self.assertEqual((response.status, answer), (503, b'draining\n'))


class LimitsTest(unittest.TestCase):
    def test_half_sent_headers(self) -> None:
        with running(limits={'request_seconds': 0.5}) as bridge:
            for name, start in (
                ('nothing', b''),
                ('request line', b'GET / HTTP/1.1\r\nHost:'),
                ('an upgrade', b'GET / HTTP/1.1\r\nUpgrade: websocket\r\n'),
            ):
                with self.subTest(name):
                    started = time.monotonic()
                    raw(bridge, start)
                    self.assertGreater(time.monotonic() - started, 0.4)
                    self.assertLess(time.monotonic() - started, 5)

    def test_headers_in_drops(self) -> None:
        # Each byte arrives in time, the request does not.
        with running(limits={'request_seconds': 0.5}) as bridge:
            with socket.create_connection(('127.0.0.1', bridge.port), PATIENCE) as connection:
                started = time.monotonic()
                with self.assertRaises(OSError):
                    while time.monotonic() - started < PATIENCE:
                        connection.sendall(b'G')
                        time.sleep(0.05)
                self.assertLess(time.monotonic() - started, 5)

    def test_idle_connection_is_let_go(self) -> None:
        with site(limits={'request_seconds': 0.3}) as (bridge, _):
            answer = raw(bridge, b'GET / HTTP/1.1\r\nHost: x\r\n\r\n' * 2)
            self.assertEqual(answer.count(b'<p>page'), 2)

    def test_too_many_headers(self) -> None:
        with running(limits={'request_bytes': 2000}) as bridge:
            for data in (
                b'GET / HTTP/1.1\r\nX: ' + b'x' * 20_000,
                b'G' * 20_000,
                b'GET / HTTP/1.1\r\n' + b'X: y\r\n' * 2000,
            ):
                with self.subTest(data[:20]):
                    answer = raw(bridge, data)
                    # The unread rest may reset the connection before the answer is heard.
                    self.assertTrue(not answer or answer.startswith(b'HTTP/1.1 431 '), answer[:80])

    def test_client_that_does_not_read_the_file(self) -> None:
        with site(limits={'response_seconds': 0.3}) as (bridge, web):
            (web / 'big.bin').write_bytes(bytes(16 << 20))
            before = bridge.clients.present
            with socket.socket() as connection:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                connection.connect(('127.0.0.1', bridge.port))
                connection.sendall(b'GET /big.bin HTTP/1.1\r\nHost: x\r\n\r\n')
                wait_for(lambda: bridge.clients.present > before, 'the request')
                wait_for(lambda: bridge.clients.present == before, 'the end of it')


class UpgradeTest(unittest.TestCase):
    def test_any_path_and_no_subprotocol(self) -> None:
        with running() as bridge:
            for path in ('/', '/bridge', '/a/b?x=y'):
                with self.subTest(path), Client(bridge.port, path=path) as client:
                    self.assertNotIn('Sec-WebSocket-Protocol', client.head)

    def test_bad_upgrades(self) -> None:
        with running() as bridge:
            for headers in (
                'Upgrade: websocket',
                'Upgrade: websocket\r\nSec-WebSocket-Key: x',
                'Upgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 12',
                'Upgrade: websocket\r\nSec-WebSocket-Key: x\r\n'
                'Sec-WebSocket-Version: 1\r\n Set-Cookie',
            ):
                with self.subTest(headers):
                    answer = raw(bridge, f'GET / HTTP/1.1\r\n{headers}\r\n\r\n'.encode())
                    self.assertRegex(answer, rb'\AHTTP/1.1 400 ')
                    self.assertNotIn(b'\r\n Set-Cookie', answer)


if __name__ == '__main__':
    unittest.main()
