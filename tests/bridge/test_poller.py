"""Waiting: what is ready, the deadline, and the order to drain."""

import os
import resource
import select
import socket
import time
import unittest

import harness  # noqa: F401

from bridge.closes import Close, Ended
from bridge.poller import GONE, Poller


class PollerTest(unittest.TestCase):
    def setUp(self) -> None:
        self.ours, self.theirs = socket.socketpair()
        self.addCleanup(self.ours.close)
        self.addCleanup(self.theirs.close)
        self.poller = Poller(None)

    def wait(self, seconds: float = 0) -> int:
        return self.poller.wait(time.monotonic() + seconds).get(self.ours.fileno(), 0)

    def test_deadline(self) -> None:
        self.poller.watch(self.ours, select.POLLIN)
        started = time.monotonic()
        self.assertEqual(self.wait(0.05), 0)
        self.assertGreaterEqual(time.monotonic() - started, 0.05)
        self.assertEqual(self.wait(-1), 0)

    def test_events_are_replaced_not_added(self) -> None:
        self.theirs.send(b'x')
        self.poller.watch(self.ours, select.POLLIN | select.POLLOUT)
        self.assertEqual(self.wait(), select.POLLIN | select.POLLOUT)
        self.poller.watch(self.ours, select.POLLOUT)
        self.assertEqual(self.wait(), select.POLLOUT)

    def test_gone_shows_unless_ignored(self) -> None:
        self.poller.watch(self.ours, 0)
        self.theirs.close()
        self.assertTrue(self.wait() & GONE)
        self.poller.ignore(self.ours)
        self.assertEqual(self.wait(), 0)
        self.poller.ignore(self.ours)

    def test_drain(self) -> None:
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        self.poller = Poller(reader)
        self.assertEqual(self.wait(), 0)
        os.close(writer)
        for _ in range(2):
            with self.assertRaises(Ended) as caught:
                self.wait(10)
            self.assertIs(caught.exception.close, Close.DRAINING)

    def test_descriptors_beyond_what_select_can_hold(self) -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY and hard < 1200:
            self.skipTest(f'the system allows {hard} descriptors only')
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 1200), hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        high = os.dup2(self.ours.fileno(), 1100)
        self.addCleanup(os.close, high)
        self.theirs.send(b'x')

        class High:
            def fileno(self) -> int:
                return high

        self.poller.watch(High(), select.POLLIN)
        self.assertEqual(self.poller.wait(time.monotonic() + 5), {high: select.POLLIN})


if __name__ == '__main__':
    unittest.main()
