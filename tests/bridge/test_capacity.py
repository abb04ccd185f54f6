"""Slots: taken, given back, refused, and waited for."""

import select
import threading
import time
import unittest

import harness  # noqa: F401
from bridge.capacity import Capacity
from bridge.closes import Close, Ended


class CapacityTest(unittest.TestCase):
    def setUp(self) -> None:
        self.capacity = Capacity(limit=2, retry_seconds=7)
        self.addCleanup(self.capacity.close)

    def test_limit(self) -> None:
        with self.capacity.admit() as first, self.capacity.admit() as second:
            first.take()
            second.take()
            with self.capacity.admit() as third, self.assertRaises(Ended) as caught:
                third.take()
            self.assertEqual(caught.exception.reason, 'rate retry=7')
        with self.capacity.admit() as again:
            again.take()

    def test_the_refused_take_no_room(self) -> None:
        with self.capacity.admit(), self.capacity.admit(), self.capacity.admit() as third:
            third.take()

    def test_drain_refuses_and_wakes(self) -> None:
        poll = select.poll()
        poll.register(self.capacity.drain_fd, select.POLLIN)
        self.assertEqual(poll.poll(0), [])
        self.capacity.drain()
        self.capacity.drain()
        self.assertTrue(self.capacity.draining)
        self.assertEqual(len(poll.poll(5000)), 1)
        with self.capacity.admit() as slot, self.assertRaises(Ended) as caught:
            slot.take()
        self.assertIs(caught.exception.close, Close.DRAINING)

    def test_wait_empty(self) -> None:
        self.assertTrue(self.capacity.wait_empty(time.monotonic()))
        leave = threading.Event()

        def stay() -> None:
            with self.capacity.admit():
                entered.set()
                leave.wait(5)

        entered = threading.Event()
        thread = threading.Thread(target=stay)
        thread.start()
        entered.wait(5)
        # Also those who were refused are waited for, since they are still being told.
        self.assertFalse(self.capacity.wait_empty(time.monotonic() + 0.05))
        leave.set()
        self.assertTrue(self.capacity.wait_empty(time.monotonic() + 5))
        thread.join()


if __name__ == '__main__':
    unittest.main()
