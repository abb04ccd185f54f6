"""Each special range, its first and last address, and the neighbours just outside."""

import ipaddress
import socket
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import harness  # noqa: F401

from bridge import addresses
from bridge.addresses import (
    FRESH_SECONDS,
    OwnAddresses,
    own_addresses,
    read_own_addresses,
    unwrap,
    why_not_public,
)
from bridge.reasons import Reason

P = None  # public

TABLE = (
    ('0.0.0.0', Reason.UNSPECIFIED),
    ('0.255.255.255', Reason.UNSPECIFIED),
    ('1.0.0.0', P),
    ('9.255.255.255', P),
    ('10.0.0.0', Reason.PRIVATE),
    ('10.255.255.255', Reason.PRIVATE),
    ('11.0.0.0', P),
    ('100.63.255.255', P),
    ('100.64.0.0', Reason.SHARED),
    ('100.127.255.255', Reason.SHARED),
    ('100.128.0.0', P),
    ('126.255.255.255', P),
    ('127.0.0.0', Reason.LOOPBACK),
    ('127.255.255.255', Reason.LOOPBACK),
    ('128.0.0.0', P),
    ('169.253.255.255', P),
    ('169.254.0.0', Reason.LINK_LOCAL),
    ('169.254.169.254', Reason.LINK_LOCAL),  # the metadata service of clouds
    ('169.254.255.255', Reason.LINK_LOCAL),
    ('169.255.0.0', P),
    ('172.15.255.255', P),
    ('172.16.0.0', Reason.PRIVATE),
    ('172.31.255.255', Reason.PRIVATE),
    ('172.32.0.0', P),
    ('191.255.255.255', P),
    ('192.0.0.0', Reason.PROTOCOL),
    ('192.0.0.9', Reason.PROTOCOL),
    ('192.0.0.255', Reason.PROTOCOL),
    ('192.0.1.255', P),
    ('192.0.2.0', Reason.DOCUMENTATION),
    ('192.0.2.255', Reason.DOCUMENTATION),
    ('192.0.3.0', P),
    ('192.88.98.255', P),
    ('192.88.99.0', Reason.SIX_TO_FOUR),
    ('192.88.99.255', Reason.SIX_TO_FOUR),
    ('192.88.100.0', P),
    ('192.167.255.255', P),
    ('192.168.0.0', Reason.PRIVATE),
    ('192.168.255.255', Reason.PRIVATE),
    ('192.169.0.0', P),
    ('198.17.255.255', P),
    ('198.18.0.0', Reason.BENCHMARK),
    ('198.19.255.255', Reason.BENCHMARK),
    ('198.20.0.0', P),
    ('198.51.99.255', P),
    ('198.51.100.0', Reason.DOCUMENTATION),
    ('198.51.100.255', Reason.DOCUMENTATION),
    ('198.51.101.0', P),
    ('203.0.112.255', P),
    ('203.0.113.0', Reason.DOCUMENTATION),
    ('203.0.113.255', Reason.DOCUMENTATION),
    ('203.0.114.0', P),
    ('223.255.255.255', P),
    ('224.0.0.0', Reason.MULTICAST),
    ('239.255.255.255', Reason.MULTICAST),
    ('240.0.0.0', Reason.RESERVED),
    ('255.255.255.255', Reason.RESERVED),
    ('::', Reason.UNSPECIFIED),
    ('::1', Reason.LOOPBACK),
    ('::2', Reason.EMBEDDED),
    ('::127.0.0.1', Reason.EMBEDDED),
    ('::8.8.8.8', Reason.EMBEDDED),
    ('::1:0:0:0', Reason.NOT_UNICAST),
    ('::ffff:0:127.0.0.1', Reason.EMBEDDED),
    ('::ffff:0:8.8.8.8', Reason.EMBEDDED),
    ('64:ff9b::7f00:1', Reason.EMBEDDED),
    ('64:ff9b::808:808', Reason.EMBEDDED),
    ('64:ff9b:1::1', Reason.EMBEDDED),
    ('64:ff9b:2::1', Reason.NOT_UNICAST),
    ('100::1', Reason.NOT_UNICAST),
    ('1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', Reason.NOT_UNICAST),
    ('2000::', P),
    ('2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff', P),
    ('2001::', Reason.PROTOCOL),
    ('2001:0:53aa:64c::1', Reason.PROTOCOL),  # Teredo
    ('2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff', Reason.PROTOCOL),
    ('2001:200::', P),
    ('2001:db7:ffff:ffff:ffff:ffff:ffff:ffff', P),
    ('2001:db8::', Reason.DOCUMENTATION),
    ('2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', Reason.DOCUMENTATION),
    ('2001:db9::', P),
    ('2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff', P),
    ('2002::', Reason.SIX_TO_FOUR),
    ('2002:7f00:1::1', Reason.SIX_TO_FOUR),
    ('2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff', Reason.SIX_TO_FOUR),
    ('2003::', P),
    ('2606:4700::1111', P),
    ('3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff', P),
    ('3fff::', Reason.DOCUMENTATION),
    ('3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff', Reason.DOCUMENTATION),
    ('3fff:1000::', P),
    ('3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', P),
    ('4000::', Reason.NOT_UNICAST),
    ('5f00::1', Reason.NOT_UNICAST),
    ('fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', Reason.NOT_UNICAST),
    ('fc00::', Reason.UNIQUE_LOCAL),
    ('fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', Reason.UNIQUE_LOCAL),
    ('fe00::', Reason.NOT_UNICAST),
    ('fe80::1', Reason.LINK_LOCAL),
    ('febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff', Reason.LINK_LOCAL),
    ('fec0::', Reason.SITE_LOCAL),
    ('feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', Reason.SITE_LOCAL),
    ('ff00::', Reason.MULTICAST),
    ('ff02::1', Reason.MULTICAST),
    ('ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', Reason.MULTICAST),
    # IPv4-mapped: whatever is inside.
    ('::ffff:0.0.0.0', Reason.EMBEDDED),
    ('::ffff:127.0.0.1', Reason.EMBEDDED),
    ('::ffff:a9fe:a9fe', Reason.EMBEDDED),
    ('::ffff:8.8.8.8', Reason.EMBEDDED),
    ('::ffff:255.255.255.255', Reason.EMBEDDED),
    ('::1:0:0:0', Reason.NOT_UNICAST),
    # ISATAP, under any prefix.
    ('2606:4700::5efe:10.0.0.1', Reason.ISATAP),
    ('2606:4700::5efe:8.8.8.8', Reason.ISATAP),
    ('2606:4700:1:2:200:5efe:10.0.0.1', Reason.ISATAP),
    ('2606:4700:1:2:200:5efe:8.8.8.8', Reason.ISATAP),
    ('2606:4700:1:2:200:5eff:8.8.8.8', P),
    ('2606:4700:1:2:0:5efd:8.8.8.8', P),
    ('2606:4700:1:2:100:5efe:8.8.8.8', P),
    # Public, but inside of one cloud it is something else.
    ('168.63.129.15', P),
    ('168.63.129.16', Reason.CLOUD),
    ('168.63.129.17', P),
)


class PublicTest(unittest.TestCase):
    def test_table(self) -> None:
        for text, expected in TABLE:
            with self.subTest(text):
                self.assertIs(why_not_public(ipaddress.ip_address(text)), expected)

    def test_every_address_reason_is_reached(self) -> None:
        reached = {reason for _, reason in TABLE}
        decided_elsewhere = {Reason.OPERATOR, Reason.OWN, Reason.NOT_GLOBAL}
        from_addresses = {r for r in Reason if r.close is Reason.LOOPBACK.close} - decided_elsewhere
        self.assertEqual(from_addresses - reached, set())


class UnwrapTest(unittest.TestCase):
    def test_what_the_kernel_calls_a_client(self) -> None:
        for text, expected in (
            ('::ffff:192.0.2.1', '192.0.2.1'),
            ('192.0.2.1', '192.0.2.1'),
            ('::192.0.2.1', '::192.0.2.1'),
        ):
            self.assertEqual(unwrap(ipaddress.ip_address(text)), ipaddress.ip_address(expected))


class OwnTest(unittest.TestCase):
    def test_loopback_is_ours(self) -> None:
        self.assertIn(ipaddress.ip_address('127.0.0.1'), own_addresses())

    def test_secondary_addresses_and_a_kernel_without_ipv6(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, 'fib_trie').write_text(
                'Local:\n  +-- 0.0.0.0/0 3 0 5\n'
                '     |-- 203.0.114.7\n        /32 host LOCAL\n'
                '     |-- 203.0.114.8\n        /32 host LOCAL\n'
                '     |-- 203.0.114.255\n        /32 link BROADCAST\n'
            )
            expected = {ipaddress.ip_address(f'203.0.114.{last}') for last in (7, 8)}
            self.assertEqual(read_own_addresses(Path(folder)), expected)
            Path(folder, 'if_inet6').write_text(
                '20010db9000000000000000000000010 02 40 00 80 eth0\n'
            )
            expected.add(ipaddress.ip_address('2001:db9::10'))
            self.assertEqual(read_own_addresses(Path(folder)), expected)

    def test_they_are_read_again_before_they_are_old(self) -> None:
        now, reads = [1000.0], []

        def read() -> frozenset:
            reads.append(now[0])
            return frozenset({ipaddress.IPv4Address(len(reads))})

        own = OwnAddresses(read, lambda: now[0])
        for later in (0, FRESH_SECONDS / 2, FRESH_SECONDS / 2, 1, FRESH_SECONDS - 1):
            now[0] += later
            own()
        self.assertEqual(reads, [1000, 1000 + FRESH_SECONDS, 1000 + 2 * FRESH_SECONDS])
        self.assertEqual(own(), {ipaddress.IPv4Address(3)})

    def test_elsewhere_than_on_linux_those_that_are_told(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            told = read_own_addresses(Path(folder))
        self.assertIn(ipaddress.ip_address('127.0.0.1'), told)
        self.assertIn(ipaddress.ip_address('::1'), told)
        # Each is one of this machine's, whatever its network is.
        self.assertLessEqual({one for one in told if not one.is_loopback}, own_addresses())

    def test_the_name_of_the_machine_is_looked_up_once(self) -> None:
        addresses._addresses_of_the_name.cache_clear()
        unknown = mock.Mock(side_effect=socket.gaierror)
        with mock.patch.object(socket, 'getaddrinfo', unknown):
            for _ in range(3):
                told = addresses._told_addresses()
        addresses._addresses_of_the_name.cache_clear()
        self.assertIn(ipaddress.ip_address('127.0.0.1'), told)
        self.assertEqual(unknown.call_count, 1)


if __name__ == '__main__':
    unittest.main()
