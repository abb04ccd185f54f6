"""Connections by client: who is let in, who goes for it."""

import socket
import unittest

import harness  # noqa: F401

from bridge.clients import RESERVED_CONNECTIONS, SPARE_CONNECTIONS, Clients, Visit
from bridge.limits import Limits


class ClientsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.clients = Clients(Limits(connections=1, client_connections=4, client_requests=3))
        self.theirs: dict[Visit, socket.socket] = {}

    def arrive(self, *networks: str, busy: bool = False) -> Visit | None:
        ours, theirs = socket.socketpair()
        self.addCleanup(ours.close)
        self.addCleanup(theirs.close)
        theirs.setblocking(False)
        visit = self.clients.arrive(networks, ours)
        if visit is not None:
            self.assertIs(self.clients.visit(ours), visit)
            self.theirs[visit] = theirs
            if busy:
                self.clients.asked(visit)
        return visit

    def dismissed(self, visit: Visit) -> bool:
        try:
            return self.theirs[visit].recv(1) == b''
        except BlockingIOError:
            return False

    def leave(self, visit: Visit) -> None:
        self.clients.left(visit.connection)

    def test_the_oldest_without_a_request_goes_for_the_newest(self) -> None:
        first, second, third = (self.arrive('a') for _ in range(3))
        other = self.arrive('b')
        fourth = self.arrive('a')
        self.assertEqual(
            [self.dismissed(v) for v in (first, second, third, fourth, other)],
            [True, False, False, False, False],
        )
        # Who has asked, and then waits for its next request, is the newest.
        self.leave(first)
        self.clients.asked(second)
        self.clients.awaits(second)
        self.arrive('a')
        self.assertEqual([self.dismissed(v) for v in (second, third)], [False, True])

    def test_a_site_of_many_networks(self) -> None:
        # Four times what one network may have, three without a request and eight in all.
        waiting = [self.arrive(f'{number}', 'site') for number in range(12)]
        self.assertFalse(any(map(self.dismissed, waiting)))
        self.arrive('12', 'site')
        self.assertTrue(self.dismissed(waiting[0]))
        for visit in waiting:
            self.leave(visit)
        for number in range(31):
            self.assertIsNotNone(self.arrive(f'{number}', 'site', busy=True))
        self.assertIsNone(self.arrive('31', 'site'))
        self.assertIsNotNone(self.arrive('31', 'other site'))

    def test_a_request_that_is_complete_is_not_cut_off(self) -> None:
        busy = [self.arrive('a', busy=True) for _ in range(6)]
        waiting = [self.arrive('a') for _ in range(2)]
        self.assertFalse(any(map(self.dismissed, busy + waiting)))
        # Eight: no more of them, whatever they do.
        self.assertIsNone(self.arrive('a'))
        self.assertIsNotNone(self.arrive('b'))
        self.leave(busy[0])
        self.assertIsNotNone(self.arrive('a'))

    def test_a_proxy_stands_for_many(self) -> None:
        visits = [self.arrive() for _ in range(20)]
        self.assertNotIn(None, visits)
        self.assertFalse(any(map(self.dismissed, visits)))

    def fill(self, busy: bool) -> list[Visit]:
        return [self.arrive(f'{n}', busy=busy) for n in range(1 + SPARE_CONNECTIONS)]

    def test_where_all_are_silent_the_newest_is_served(self) -> None:
        silent = self.fill(busy=False)
        newest = self.arrive('new')
        self.assertFalse(newest.reserved)
        self.assertEqual([self.dismissed(v) for v in silent[:2]], [True, False])

    def test_where_all_are_busy_there_is_a_reserve_for_the_health(self) -> None:
        visits = self.fill(busy=True)
        self.assertFalse(any(visit.reserved for visit in visits))
        reserve = [self.arrive(f'r{n}') for n in range(RESERVED_CONNECTIONS)]
        self.assertTrue(reserve[0].reserved)
        # It cannot be held by silence, either; but while those sent away are there it is full.
        self.assertIsNone(self.arrive('late'))
        self.assertTrue(self.dismissed(reserve[0]))
        self.leave(reserve[0])
        self.assertIsNotNone(self.arrive('later'))

    def test_nothing_is_kept_of_who_has_left(self) -> None:
        for visit in [self.arrive('a'), self.arrive('b', busy=True), self.arrive()]:
            self.leave(visit)
        self.assertEqual(
            (self.clients._visits, self.clients._present, self.clients._waiting_of), ({}, {}, {})
        )


if __name__ == '__main__':
    unittest.main()
