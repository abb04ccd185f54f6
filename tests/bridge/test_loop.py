"""Waiting: what is ready, deadlines, the order to drain, and what is left of it all."""

import logging
import socket
import time
import unittest

import harness  # noqa: F401

from bridge.capacity import Signal
from bridge.closes import Close, Ended
from bridge.loop import Loop, Poller, pass_on
from bridge.selector import GONE, IN, OUT


class LoopTest(unittest.TestCase):
    def setUp(self) -> None:
        self.loop = Loop()
        self.ours, self.theirs = socket.socketpair()
        self.addCleanup(self.ours.close)
        self.addCleanup(self.theirs.close)

    async def wait(self, poller: Poller, seconds: float = 0) -> int:
        ready = await poller.wait(time.monotonic() + seconds)
        return ready.get(self.ours.fileno(), 0)

    def test_deadline(self) -> None:
        async def main(poller: Poller) -> None:
            poller.watch(self.ours, IN)
            for seconds in (0.05, 0.2, 0.05):
                started = time.monotonic()
                self.assertEqual(await self.wait(poller, seconds), 0)
                self.assertGreaterEqual(time.monotonic() - started, seconds)
            self.assertEqual(await self.wait(poller, -1), 0)

        self.loop.run(main)

    def test_a_later_deadline_takes_the_place_of_an_earlier_one(self) -> None:
        async def main(poller: Poller) -> float:
            poller.watch(self.ours, IN)
            self.theirs.send(b'x')
            await poller.wait(time.monotonic() + 0.05)
            self.ours.recv(1)
            started = time.monotonic()
            self.assertEqual(await self.wait(poller, 0.3), 0)
            return time.monotonic() - started

        self.assertGreaterEqual(self.loop.run(main), 0.3)

    def test_events_are_replaced_not_added(self) -> None:
        async def main(poller: Poller) -> None:
            self.theirs.send(b'x')
            poller.watch(self.ours, IN | OUT)
            self.assertEqual(await self.wait(poller), IN | OUT)
            poller.watch(self.ours, OUT)
            self.assertEqual(await self.wait(poller), OUT)

        self.loop.run(main)

    def test_gone_shows_unless_ignored(self) -> None:
        async def main(poller: Poller) -> None:
            poller.watch(self.ours, 0)
            self.theirs.close()
            self.assertTrue(await self.wait(poller) & GONE)
            poller.ignore(self.ours)
            self.assertEqual(await self.wait(poller), 0)
            poller.ignore(self.ours)

        self.loop.run(main)

    def test_a_drain_ends_who_waits_with_its_signal(self) -> None:
        signal = Signal()
        self.addCleanup(signal.close)
        ended = []

        async def session(poller: Poller) -> None:
            poller.drain = signal
            for _ in range(2):  # also who begins to wait when it is given
                try:
                    await poller.wait(None)
                except Ended as error:
                    ended.append(error.close)

        async def main(poller: Poller) -> None:
            for _ in range(3):
                self.loop.start(session)
            self.loop.start(lambda poller: pass_on(poller, signal))
            await poller.wait(time.monotonic() + 0.05)
            self.assertEqual(ended, [])
            signal.give()
            await poller.wait(time.monotonic() + 0.05)

        self.loop.run(main)
        self.assertEqual(ended, [Close.DRAINING] * 6)

    def test_many_take_turns(self) -> None:
        said: list[str] = []

        async def talker(poller: Poller, name: str) -> None:
            for _ in range(3):
                said.append(name)
                await poller.wait(time.monotonic())

        async def main(poller: Poller) -> None:
            for name in 'ab':
                self.loop.start(lambda poller, name=name: talker(poller, name))
            await poller.wait(time.monotonic() + 0.2)

        self.loop.run(main)
        self.assertEqual(said, ['a', 'b'] * 3)

    def test_nothing_is_kept_of_who_has_ended(self) -> None:
        async def visitor(poller: Poller) -> None:
            poller.watch(self.ours, IN)
            await poller.wait(time.monotonic() + 60)

        async def main(poller: Poller) -> None:
            for _ in range(100):
                self.theirs.send(b'x')
                self.loop.start(visitor)
                await poller.wait(time.monotonic())
                self.ours.recv(1)
            self.assertEqual(self.loop._living, {poller})
            self.assertEqual(self.loop._watchers, {})
            self.assertEqual(sum(map(len, self.loop._due.values())), 0)

        self.loop.run(main)
        self.assertEqual(self.loop._living, set())

    def test_one_that_fails_is_logged_and_harms_no_other(self) -> None:
        async def failing(poller: Poller) -> None:
            await poller.wait(time.monotonic())
            raise ValueError

        async def main(poller: Poller) -> str:
            self.loop.start(failing)
            await poller.wait(time.monotonic() + 0.05)
            return 'still here'

        with self.assertLogs('bridge', logging.ERROR):
            self.assertEqual(self.loop.run(main), 'still here')

    def test_what_the_first_one_raises_ends_it_and_closes_the_others(self) -> None:
        closed = []

        async def other(poller: Poller) -> None:
            try:
                await poller.wait(None)
            finally:
                closed.append(True)

        async def main(poller: Poller) -> None:
            self.loop.start(other)
            await poller.wait(time.monotonic())
            raise ValueError

        with self.assertRaises(ValueError):
            self.loop.run(main)
        self.assertEqual(closed, [True])


if __name__ == '__main__':
    unittest.main()
