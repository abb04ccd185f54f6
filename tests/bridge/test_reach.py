"""Different servers by client; then a walk through a network by way of a running bridge."""

import ipaddress
import socket
import unittest
from unittest import mock

from harness import TEXT, Client, Server, running, silent

from bridge import connect
from bridge.closes import Ended
from bridge.reach import SECONDS, Reach
from bridge.target import Endpoint


class ReachTest(unittest.TestCase):
    def setUp(self) -> None:
        self.now = 1000.0
        self.reach = Reach(lambda: self.now, max_kept=50)

    def go(self, address: str, *clients: str, most: int = 5, neighbours: int = 3) -> str:
        each = [(client, most * n, neighbours * n) for n, client in enumerate(clients or ('a',), 1)]
        try:
            self.reach.go(each, ipaddress.ip_address(address))
        except Ended as ended:
            return ended.reason
        return 'ok'

    def test_neighbours(self) -> None:
        for n in (1, 2, 3, 3, 2, 1):
            self.assertEqual(self.go(f'198.20.0.{n}'), 'ok')
        self.now += 600
        self.assertEqual(self.go('198.20.0.4'), 'rate retry=3000 of=client-neighbours')
        self.assertEqual(self.go('198.20.1.4'), 'ok')
        self.assertEqual(self.go('198.20.0.4', 'b'), 'ok')
        self.now += 3000
        self.assertEqual(self.go('198.20.0.4'), 'ok')

    def test_all_together(self) -> None:
        for n in range(5):
            self.assertEqual(self.go(f'198.20.{n}.1'), 'ok')
            self.now += 10
        expected = f'rate retry={SECONDS - 50} of=client-targets'
        self.assertEqual(self.go('198.20.9.1'), expected)
        self.assertEqual(self.go('2606:4700::1'), expected)
        # Where it was before it may go again.
        self.assertEqual(self.go('198.20.0.1'), 'ok')

    def test_neighbours_by_ipv6(self) -> None:
        for n in range(3):
            self.assertEqual(self.go(f'2606:4700:0:{n}::1'), 'ok')
        self.assertRegex(self.go('2606:4700:0:9::1'), 'client-neighbours')
        self.assertEqual(self.go('2606:4700:1::1'), 'ok')

    def test_the_site_of_a_client(self) -> None:
        for n in range(3):
            self.assertEqual(self.go(f'198.20.0.{n}', 'a', 'site'), 'ok')
        for n in range(3, 6):
            self.assertEqual(self.go(f'198.20.0.{n}', 'b', 'site'), 'ok')
        self.assertRegex(self.go('198.20.0.9', 'c', 'site'), 'client-neighbours')
        self.assertEqual(self.go('198.20.0.9', 'c', 'other'), 'ok')

    def test_memory_is_bounded(self) -> None:
        for n in range(500):
            self.go('198.20.0.1', f'client {n}')
        self.assertEqual(len(self.reach._gone_to), 50)
        self.assertEqual(self.reach._kept, 50)
        self.now += SECONDS
        for n in range(450, 500):
            self.go('198.20.0.2', f'client {n}')
        self.assertEqual(self.reach._kept, 50)


class BridgeTest(unittest.TestCase):
    def test_no_network_is_walked_through(self) -> None:
        start = connect.start
        with Server(silent) as server, running(limits={'client_neighbours_per_hour': 24}) as bridge:

            def here(_: Endpoint) -> socket.socket:
                return start(Endpoint(ipaddress.ip_address('127.0.0.1'), server.port))

            def how(number: int, source: str = '127.0.0.1') -> str:
                with Client(bridge.port, f'198.20.0.{number}:993', source=source) as client:
                    opcode, payload = client.receive()
                    return 'ok' if opcode == TEXT else payload[2:].decode()

            with mock.patch.object(connect, 'start', here):
                said = [how(number) for number in range(1, 255)]
                self.assertEqual(said[:24], ['ok'] * 24)
                self.assertEqual({words.partition('=')[0] for words in said[24:]}, {'rate retry'})
                self.assertTrue(said[24].endswith(' of=client-neighbours'), said[24])
                self.assertEqual(how(7), 'ok')
                self.assertEqual(how(200, '127.0.0.9'), 'ok')


if __name__ == '__main__':
    unittest.main()
