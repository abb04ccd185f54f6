"""Slots: taken, given back, refused, and waited for."""

import contextlib
import select
import threading
import time
import unittest

import harness  # noqa: F401

from bridge.capacity import Capacity, Slot
from bridge.closes import Ended
from bridge.limits import Limits


class CapacityTest(unittest.TestCase):
    def setUp(self) -> None:
        self.capacity = Capacity(Limits(connections=3, client_connections=2, retry_seconds=7))
        self.addCleanup(self.capacity.close)

    def refused(self, *client: str) -> str:
        with self.capacity.admit() as slot, self.assertRaises(Ended) as caught:
            slot.take(client)
        return caught.exception.reason

    def test_limits(self) -> None:
        with self.capacity.admit() as first, self.capacity.admit() as second:
            first.take(('a',))
            second.take(('a',))
            # One client has no more, others still have.
            self.assertEqual(self.refused('a'), 'rate retry=7 of=client-connections')
            with self.capacity.admit() as third:
                third.take(('b',))
                self.assertEqual(self.refused('c'), 'rate retry=7 of=connections')
            self.assertEqual(self.capacity.admitted, 2)
        with self.capacity.admit() as again:
            again.take(('a',))
        self.assertEqual(self.capacity.admitted, 0)
        self.assertEqual(self.capacity._admitted_of, {})

    def test_those_without_a_target_take_no_room_from_the_others(self) -> None:
        limits = Limits(connections=9, client_connections=2, client_waiting=2, retry_seconds=7)
        self.capacity.configure(limits)
        with contextlib.ExitStack() as stack:

            def taken(waiting: bool) -> Slot:
                slot = stack.enter_context(self.capacity.admit())
                slot.take(('a',), waiting)
                return slot

            first, second = taken(waiting=True), taken(waiting=True)
            with self.assertRaises(Ended) as caught:
                taken(waiting=True)
            self.assertEqual(caught.exception.reason, 'rate retry=7 of=client-waiting')
            taken(waiting=False)
            first.begin()
            # Its place among those that wait is free again; among the others there is none.
            taken(waiting=True)
            with self.assertRaises(Ended) as caught:
                second.begin()
            self.assertEqual(caught.exception.reason, 'rate retry=7 of=client-connections')
            self.assertEqual(self.capacity.admitted, 4)
        self.assertEqual(self.capacity.admitted, 0)
        self.assertEqual((self.capacity._admitted_of, self.capacity._waiting_of), ({}, {}))

    def test_all_networks_of_a_client(self) -> None:
        self.capacity.configure(Limits(client_connections=2, site_factor=2))
        with contextlib.ExitStack() as stack:
            for own in ('a', 'a', 'b', 'c'):
                stack.enter_context(self.capacity.admit()).take((own, 'site'))
            for own in ('a', 'b'):
                self.assertEqual(self.refused(own, 'site'), 'rate retry=5 of=client-connections')
            self.assertNotIn('rate', self.capacity._admitted_of)
            with self.capacity.admit() as elsewhere:
                elsewhere.take(('b', 'other site'))
        self.assertEqual(self.capacity._admitted_of, {})

    def test_one_target(self) -> None:
        self.capacity.configure(Limits(target_connections=7, retry_seconds=7))
        expected = 'rate retry=7 of=target-connections'
        with contextlib.ExitStack() as stack:

            def aim(client: str, target: str) -> Slot:
                slot = stack.enter_context(self.capacity.admit())
                slot.take((client,))
                slot.aim(target)
                return slot

            def refused(client: str, target: str) -> str:
                with self.assertRaises(Ended) as caught:
                    aim(client, target)
                return caught.exception.reason

            # One client has its share of it; all of them together have the whole.
            first = [aim('a', 'x') for _ in range(2)]
            self.assertEqual(refused('a', 'x'), expected)
            aim('a', 'y')
            for client in ('b', 'b', 'c', 'c', 'd'):
                aim(client, 'x')
            self.assertEqual(refused('e', 'x'), expected)
            # Its connection has ended, though its client is still being told.
            first[0].let_go()
            first[0].let_go()
            aim('e', 'x')
            self.assertEqual(refused('f', 'x'), expected)
        self.assertEqual(self.capacity._aimed_at, {})

    def test_the_refused_take_no_room(self) -> None:
        with self.capacity.admit(), self.capacity.admit(), self.capacity.admit() as third:
            third.take(('a',))

    def test_new_limits_hold_for_who_comes(self) -> None:
        with self.capacity.admit() as first, self.capacity.admit() as second:
            first.take(('a',))
            second.take(('a',))
            self.capacity.configure(Limits(connections=1))
            self.assertEqual(self.refused('b'), 'rate retry=5 of=connections')
            self.capacity.configure(Limits())
            with self.capacity.admit() as third:
                third.take(('a',))

    def test_drain_refuses_then_cuts(self) -> None:
        def woken() -> list[bool]:
            return [
                select.select([signal], [], [], 0)[0] != []
                for signal in (self.capacity.closing, self.capacity.cut)
            ]

        self.assertEqual(woken(), [False, False])
        for _ in range(2):
            self.capacity.drain()
            self.assertEqual(woken(), [True, False])
        self.assertTrue(self.capacity.draining)
        self.assertEqual(self.refused('a'), 'draining')
        for _ in range(2):
            self.capacity.end()
            self.assertEqual(woken(), [True, True])

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
        # The second step of a drain need not be waited out.
        self.capacity.end()
        self.assertFalse(self.capacity.wait_empty(time.monotonic() + 60, until_cut=True))
        leave.set()
        self.assertTrue(self.capacity.wait_empty(time.monotonic() + 5))
        thread.join()


if __name__ == '__main__':
    unittest.main()
