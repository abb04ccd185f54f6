"""The listening sockets: addresses, the bound on threads, the drain, nothing left behind."""

import logging
import os
import socket
import threading
import time
import unittest
from pathlib import Path

from harness import PATIENCE, Client, Server, code, echo, running, started, wait_for

from bridge import config, server
from bridge.closes import Close
from bridge.server import Bridge

IMAPS = '192.0.2.10:993'


def descriptors() -> int:
    """How many this process has open."""
    return len(os.listdir('/proc/self/fd'))


class ListenTest(unittest.TestCase):
    def test_addresses(self) -> None:
        for listen, hosts in (
            ('127.0.0.1:0', ['127.0.0.1']),
            ('[::1]:0', ['::1']),
            ('localhost:0', ['127.0.0.1', '::1']),
            ('0.0.0.0:0', ['127.0.0.1']),
            ('[::]:0', ['::1', '127.0.0.1']),
        ):
            with self.subTest(listen), running(listen=listen) as bridge:
                self.assertEqual(bridge.url, f'http://{listen[:-2]}:{bridge.port}/')
                for host in hosts:
                    with Client(bridge.port, 'nonsense', host=host) as client:
                        self.assertEqual(client.closing()[0], code(Close.BAD_TOKEN))

    def test_localhost_where_the_other_address_is_taken(self) -> None:
        for _ in range(20):  # until a free port of the one is free on the other, too
            with socket.socket() as probe:
                probe.bind(('127.0.0.1', 0))
                port = probe.getsockname()[1]
            with socket.socket(socket.AF_INET6) as taken:
                try:
                    taken.bind(('::1', port))
                except OSError:
                    continue
                taken.listen()
                with self.assertLogs('bridge', logging.WARNING) as logs:
                    with running(listen=f'localhost:{port}') as bridge:
                        with Client(bridge.port, 'nonsense') as client:
                            self.assertEqual(client.closing()[0], code(Close.BAD_TOKEN))
                self.assertIn(f'not listening on [::1]:{port}', logs.output[0])
                return
        self.fail('no port found')

    def test_port_taken(self) -> None:
        with running() as bridge:
            settings = config.read({'listen': f'127.0.0.1:{bridge.port}'}, Path('.'))
            with self.assertRaisesRegex(config.ConfigError, 'listen: .*in use'):
                Bridge(settings)


class ThreadsTest(unittest.TestCase):
    def test_beyond_the_bound_connections_are_dropped(self) -> None:
        with running(limits={'connections': 1}) as bridge:
            bridge.max_threads = threading.active_count() + 3
            idle = [
                socket.create_connection(('127.0.0.1', bridge.port), PATIENCE) for _ in range(3)
            ]
            wait_for(lambda: threading.active_count() == bridge.max_threads, 'three threads')
            with self.assertRaises((EOFError, ConnectionError)):
                Client(bridge.port, 'nonsense')
            for one in idle:
                one.close()
            wait_for(lambda: threading.active_count() < bridge.max_threads, 'their end')
            with Client(bridge.port, 'nonsense') as client:
                self.assertEqual(client.closing()[0], code(Close.BAD_TOKEN))

    def test_descriptors_suffice_for_all_threads(self) -> None:
        settings = config.read({'limits': {'connections': 7}}, Path('.'))
        self.assertEqual(server.max_threads(settings), 7 + server.SPARE_THREADS)
        self.assertGreater(server.max_descriptors(settings), 2 * server.max_threads(settings))


class DrainTest(unittest.TestCase):
    def test_nothing_is_left_behind(self) -> None:
        before = descriptors(), threading.active_count()
        with Server(echo) as target:
            bridge = started(forward={IMAPS: target.address})
            clients = [
                Client(bridge.port, token) for token in (IMAPS, IMAPS, None) for _ in range(5)
            ]
            for client in clients[:10]:
                client.status()
            began = time.monotonic()
            stopping = threading.Thread(target=lambda: stopped.append(bridge.stop()))
            stopped: list[bool] = []
            stopping.start()
            for client in clients:
                self.assertEqual(client.closing()[:2], (code(Close.DRAINING), 'draining'))
                client.socket.close()
            stopping.join()
            self.assertEqual(stopped, [True])
            self.assertLess(time.monotonic() - began, bridge.config.limits.drain_seconds)
            with self.assertRaises(ConnectionRefusedError):
                Client(bridge.port)
        wait_for(
            lambda: (descriptors(), threading.active_count()) == before, 'threads and descriptors'
        )

    def test_a_client_that_does_not_leave_holds_it_up_only_so_long(self) -> None:
        bridge = started(limits={'linger_seconds': 0.5, 'drain_seconds': 3})
        with Client(bridge.port):
            wait_for(lambda: bridge.capacity._admitted == 1, 'the session')
            began = time.monotonic()
            self.assertTrue(bridge.stop())
            self.assertGreater(time.monotonic() - began, 0.4)
            self.assertLess(time.monotonic() - began, 3)

    def test_sessions_that_outlast_the_drain_are_told_of(self) -> None:
        bridge = started(limits={'linger_seconds': 1.0, 'drain_seconds': 0.2})
        with Client(bridge.port):
            wait_for(lambda: bridge.capacity._admitted == 1, 'the session')
            self.assertFalse(bridge.stop())
        wait_for(lambda: bridge.capacity._present == 0, 'its end')
        bridge.capacity.close()


class ErrorTest(unittest.TestCase):
    def test_faults_are_logged_and_departures_are_not(self) -> None:
        with running() as bridge:
            with self.assertNoLogs('bridge', logging.ERROR):
                try:
                    raise ConnectionResetError
                except ConnectionResetError:
                    bridge._servers[0].handle_error(None, ('127.0.0.1', 1))
            with self.assertLogs('bridge', logging.ERROR):
                try:
                    raise ValueError
                except ValueError:
                    bridge._servers[0].handle_error(None, ('127.0.0.1', 1))


if __name__ == '__main__':
    unittest.main()
