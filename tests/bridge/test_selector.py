"""Each kind of selector, with the same answers: epoll, poll, and select for want of both."""

import os
import resource
import select
import socket
import time
import unittest

import harness  # noqa: F401

from bridge.selector import GONE, IN, OUT, PollSelector, SelectSelector, selector


class SelectorTest(unittest.TestCase):
    KINDS = (selector, PollSelector, SelectSelector)

    def each(self):
        """Every kind, with a pair of sockets."""
        for kind in self.KINDS:
            with self.subTest(kind):
                ours, theirs = socket.socketpair()
                chosen = kind()
                with ours, theirs:
                    yield chosen, ours, theirs
                chosen.close()

    def test_the_best_there_is(self) -> None:
        chosen = selector()
        self.addCleanup(chosen.close)
        self.assertIsInstance(chosen, select.epoll)

    def test_ready(self) -> None:
        for chosen, ours, theirs in self.each():
            chosen.register(ours.fileno(), IN)
            self.assertEqual(chosen.poll(0), [])
            theirs.send(b'x')
            self.assertEqual(chosen.poll(0), [(ours.fileno(), IN)])
            chosen.modify(ours.fileno(), IN | OUT)
            self.assertEqual(chosen.poll(0), [(ours.fileno(), IN | OUT)])
            chosen.modify(ours.fileno(), OUT)
            self.assertEqual(chosen.poll(0), [(ours.fileno(), OUT)])
            chosen.unregister(ours.fileno())
            self.assertEqual(chosen.poll(0), [])

    def test_time(self) -> None:
        for chosen, ours, _ in self.each():
            for registered in (False, True):
                if registered:
                    chosen.register(ours.fileno(), IN)
                began = time.monotonic()
                self.assertEqual(chosen.poll(0.05), [])
                self.assertGreaterEqual(time.monotonic() - began, 0.049)

    def test_gone(self) -> None:
        for chosen, ours, theirs in self.each():
            chosen.register(ours.fileno(), IN)
            theirs.close()
            ((fd, events),) = chosen.poll(0)
            self.assertEqual(fd, ours.fileno())
            self.assertTrue(events & (IN | GONE))

    def test_descriptors_beyond_what_select_can_hold(self) -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY and hard < 1200:
            self.skipTest(f'the system allows {hard} descriptors only')
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 1200), hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        ours, theirs = socket.socketpair()
        high = os.dup2(ours.fileno(), 1100)
        self.addCleanup(os.close, high)
        with ours, theirs:
            theirs.send(b'x')
            for kind in (selector, PollSelector):
                chosen = kind()
                self.addCleanup(chosen.close)
                chosen.register(high, IN)
                self.assertEqual(chosen.poll(5), [(high, IN)])


if __name__ == '__main__':
    unittest.main()
