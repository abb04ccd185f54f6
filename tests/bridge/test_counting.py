"""Counts that forget what is none, and the limits of a client's networks."""

import unittest
from collections import Counter

import harness  # noqa: F401

from bridge.counting import by_network, count_down
from bridge.limits import Limits


class CountingTest(unittest.TestCase):
    def test_what_is_none_is_forgotten(self) -> None:
        counter = Counter({'a': 2, 'b': 1})
        count_down(counter, ('a', 'b'))
        self.assertEqual(dict(counter), {'a': 1})

    def test_the_wider_network_may_have_more(self) -> None:
        limits = Limits(site_factor=4)
        networks = ('2001:db8:1:2::/64', '2001:db8:1::/48')
        self.assertEqual([most for _, most in by_network(networks, 24, limits)], [24, 96])
        self.assertEqual(list(by_network(('198.51.100.7',), 8, limits)), [('198.51.100.7', 8)])
        self.assertEqual(list(by_network((), 8, limits)), [])


if __name__ == '__main__':
    unittest.main()
