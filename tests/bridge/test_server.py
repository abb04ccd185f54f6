"""The listening sockets: addresses, the bound on connections, the drain, nothing left behind."""

import contextlib
import http.client
import logging
import os
import socket
import threading
import time
import unittest
from pathlib import Path
from unittest import mock

from harness import PATIENCE, Client, Server, ask, code, echo, running, started, wait_for

from bridge import config, server
from bridge.clients import max_connections
from bridge.closes import Close
from bridge.server import Bridge

# No mail port: the operator forwards it, and may say there what he likes.
TARGET = '192.0.2.10:4190'


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


class CrowdTest(unittest.TestCase):
    """What one client, or a crowd, can take from the others."""

    def silent(self, bridge: Bridge, count: int, host: str) -> contextlib.ExitStack:
        """So many connections from this loopback address that never say a word."""
        stack = contextlib.ExitStack()
        for _ in range(count):
            one = stack.enter_context(socket.socket())
            one.bind((host, 0))
            one.connect(('127.0.0.1', bridge.port))
        return stack

    def served(self, bridge: Bridge) -> bool:
        with Client(bridge.port, 'nonsense') as client:
            served = client.closing()[0] == code(Close.BAD_TOKEN)
        wait_for(lambda: bridge.capacity.admitted == 0, 'room for the next')
        return served

    def health(self, bridge: Bridge) -> int:
        with contextlib.closing(
            http.client.HTTPConnection('127.0.0.1', bridge.port, timeout=PATIENCE)
        ) as connection:
            connection.request('GET', '/healthz')
            return connection.getresponse().status

    def test_one_silent_client_keeps_nobody_out(self) -> None:
        limits = {'client_requests': 8, 'client_connections': 24}
        with running(limits=limits) as bridge, self.silent(bridge, 400, '127.0.0.9'):
            self.assertTrue(self.served(bridge))
            self.assertEqual(self.health(bridge), 200)
            # And has no more of them than one may have.
            wait_for(lambda: len(bridge.clients._visits) <= 8, 'the others to be let go')

    def test_many_silent_clients_keep_nobody_out(self) -> None:
        with running(limits={'connections': 1, 'client_requests': 8}) as bridge:
            with contextlib.ExitStack() as stack:
                for number in range(40):
                    stack.enter_context(self.silent(bridge, 8, f'127.0.1.{number + 1}'))
                wait_for(
                    lambda: len(bridge.clients._visits) >= max_connections(bridge.config.limits),
                    'a full house',
                )
                for _ in range(10):
                    self.assertTrue(self.served(bridge))
                    self.assertEqual(self.health(bridge), 200)

    def test_one_client_has_so_many_sessions_and_no_more(self) -> None:
        with running(limits={'client_waiting': 3}) as bridge, contextlib.ExitStack() as stack:
            for _ in range(3):
                stack.enter_context(Client(bridge.port))
            wait_for(lambda: bridge.capacity.admitted == 3, 'three sessions')
            with Client(bridge.port) as fourth:
                self.assertEqual(
                    fourth.closing()[:2],
                    (code(Close.RATE), 'rate retry=5 of=client-waiting'),
                )
            with Client(bridge.port, 'nonsense', source='127.0.0.9') as other:
                self.assertEqual(other.closing()[0], code(Close.BAD_TOKEN))

    def test_a_full_house_still_tells_its_health(self) -> None:
        with running(limits={'connections': 1}) as bridge:
            # Everybody is busy: nobody can be sent away for who comes.
            everybody = [socket.socketpair() for _ in range(max_connections(bridge.config.limits))]
            for number, (ours, _) in enumerate(everybody):
                bridge.clients.asked(bridge.clients.arrive((f'{number}',), ours))
            try:
                self.assertEqual(self.health(bridge), 200)
                with self.assertRaisesRegex(AssertionError, ' 503 '):
                    Client(bridge.port)
            finally:
                for ours, theirs in everybody:
                    bridge.clients.left(ours)
                    ours.close()
                    theirs.close()
            self.assertTrue(self.served(bridge))

    def test_clients_behind_a_proxy_are_counted_one_by_one(self) -> None:
        limits = {'client_waiting': 1, 'client_requests': 1}
        with (
            running(limits=limits, proxies=['127.0.0.1']) as bridge,
            contextlib.ExitStack() as stack,
        ):
            for number in range(5):
                forwarded = f'203.0.113.{number}'
                stack.enter_context(Client(bridge.port, forwarded=forwarded))
                wait_for(lambda n=number: bridge.capacity.admitted == n + 1, 'the session')
            with Client(bridge.port, forwarded=f'192.0.2.1, {forwarded}') as again:
                self.assertEqual(again.closing()[1], 'rate retry=5 of=client-waiting')

    def test_descriptors_suffice_for_all_connections(self) -> None:
        settings = config.read({'limits': {'connections': 7}}, Path('.'))
        self.assertGreater(server.max_descriptors(settings), 2 * max_connections(settings.limits))

    def test_each_of_several_workers_needs_its_part(self) -> None:
        limits = {'connections': 40_000}
        alone, four = (
            server.max_descriptors(config.read({'workers': count, 'limits': limits}, Path('.')))
            for count in (1, 4)
        )
        self.assertGreater(alone, 80_000)
        self.assertLess(four, 21_000)


class DrainTest(unittest.TestCase):
    def test_nothing_is_left_behind(self) -> None:
        before = descriptors(), threading.active_count()
        with Server(echo) as target:
            bridge = started(forward={TARGET: target.address})
            clients = [
                Client(bridge.port, token) for token in (TARGET, TARGET, None) for _ in range(5)
            ]
            for client in clients[:10]:
                client.status()
            began = time.monotonic()
            stopping = threading.Thread(target=lambda: stopped.append(bridge.stop(at_once=True)))
            stopped: list[bool] = []
            stopping.start()
            for client in clients:
                self.assertEqual(client.closing()[:2], (code(Close.DRAINING), 'draining'))
                client.socket.close()
            stopping.join()
            self.assertEqual(stopped, [True])
            self.assertLess(time.monotonic() - began, bridge.config.limits.linger_seconds)
            with self.assertRaises(ConnectionRefusedError):
                Client(bridge.port)
        wait_for(
            lambda: (descriptors(), threading.active_count()) == before, 'threads and descriptors'
        )

    def test_a_client_that_does_not_leave_holds_it_up_only_so_long(self) -> None:
        bridge = started(limits={'linger_seconds': 0.5, 'drain_seconds': 3})
        with Client(bridge.port):
            wait_for(lambda: bridge.capacity.admitted == 1, 'the session')
            began = time.monotonic()
            self.assertTrue(bridge.stop())
            self.assertGreater(time.monotonic() - began, 0.4)
            self.assertLess(time.monotonic() - began, 3)

    def test_sessions_that_outlast_the_drain_are_told_of(self) -> None:
        bridge = started(limits={'linger_seconds': 0.05, 'drain_seconds': 0.05})
        with bridge.capacity.admit():
            self.assertFalse(bridge.stop())
        self.assertTrue(bridge.capacity.wait_empty(time.monotonic()))
        bridge.capacity.close()


class ErrorTest(unittest.TestCase):
    def test_faults_are_logged_and_departures_are_not(self) -> None:
        with running() as bridge:
            for fault, logged in ((ConnectionResetError, False), (ValueError, True)):
                with self.subTest(fault), mock.patch.object(bridge.clients, 'asked') as asked:
                    asked.side_effect = fault
                    expected = self.assertLogs if logged else self.assertNoLogs
                    with expected('bridge', logging.ERROR):
                        with contextlib.suppress(http.client.HTTPException, ConnectionError):
                            ask(bridge, '/healthz')
                wait_for(lambda: bridge.clients.present == 0, 'its end')
            self.assertEqual(ask(bridge, '/healthz')[0].status, 200)


if __name__ == '__main__':
    unittest.main()
