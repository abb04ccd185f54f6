"""Clients behind proxies: only what the operator's own proxies say is believed."""

import ipaddress
import unittest

import harness  # noqa: F401

from bridge.forwarded import blurred, client, is_proxy, networks_of, peer

PROXIES = tuple(map(ipaddress.ip_network, ('127.0.0.1', '10.0.0.0/8', 'fd00::/8')))


class ForwardedTest(unittest.TestCase):
    def test_peer(self) -> None:
        for text, expected in (
            ('198.51.100.7', '198.51.100.7'),
            ('::ffff:198.51.100.7', '198.51.100.7'),
            ('fe80::1%eth0', 'fe80::1'),
        ):
            self.assertEqual(peer(text), ipaddress.ip_address(expected))

    def test_client(self) -> None:
        for address, headers, expected in (
            # Nobody's proxy says whatever it likes.
            ('198.51.100.7', ['203.0.113.1'], '198.51.100.7'),
            ('127.0.0.1', ['203.0.113.1'], '203.0.113.1'),
            ('127.0.0.1', ['::ffff:203.0.113.1'], '203.0.113.1'),
            # What came with the request stands on the left; what a proxy added, on the right.
            ('127.0.0.1', ['192.0.2.66, 203.0.113.1'], '203.0.113.1'),
            ('127.0.0.1', ['192.0.2.66', '203.0.113.1'], '203.0.113.1'),
            ('127.0.0.1', ['192.0.2.66, 203.0.113.1, 10.1.2.3'], '203.0.113.1'),
            ('127.0.0.1', ['10.9.9.9, 10.1.2.3'], '10.9.9.9'),
            ('127.0.0.1', [], '127.0.0.1'),
            ('127.0.0.1', ['unknown'], '127.0.0.1'),
            ('127.0.0.1', ['203.0.113.1, unknown'], '127.0.0.1'),
            ('127.0.0.1', ['203.0.113.1:4711'], '127.0.0.1'),
        ):
            with self.subTest(address, headers=headers):
                found = client(peer(address), headers, PROXIES)
                self.assertEqual(found, ipaddress.ip_address(expected))

    def test_is_proxy(self) -> None:
        for address, expected in (
            ('::ffff:10.0.0.1', True),
            ('fd00::1', True),
            ('11.0.0.1', False),
        ):
            self.assertIs(is_proxy(peer(address), PROXIES), expected)

    def test_what_is_logged_is_nobody(self) -> None:
        for address, network in (
            ('198.51.100.7', '198.51.100.0/24'),
            ('::ffff:198.51.100.7', '198.51.100.0/24'),
            ('2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'),
        ):
            with self.subTest(address):
                self.assertEqual(blurred(peer(address)), network)

    def test_network(self) -> None:
        for address, networks in (
            ('198.51.100.7', ('198.51.100.7',)),
            ('::ffff:198.51.100.7', ('198.51.100.7',)),
            ('2001:db8:1:2:3:4:5:6', ('2001:db8:1:2::/64', '2001:db8:1::/48')),
            ('fe80::1%eth0', ('fe80::/64', 'fe80::/48')),
        ):
            with self.subTest(address):
                self.assertEqual(networks_of(peer(address)), networks)


if __name__ == '__main__':
    unittest.main()
