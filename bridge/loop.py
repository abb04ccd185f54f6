"""One thread for all connections: each is a coroutine that waits for its sockets, or for a time.

Less than asyncio, which has a future, a handle and two calls of epoll for each wait: here what a
coroutine watches stays registered until it says otherwise.
"""

from __future__ import annotations

import heapq
import logging
import time
import types
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from typing import Any, Protocol

from bridge.closes import Close, Ended
from bridge.selector import IN, selector

LOG = logging.getLogger('bridge')

# Deadlines are met by so much of a second, never early: those of one moment are kept together, so
# that setting and forgetting one takes the same short time however many there are.
_TICKS_PER_SECOND = 64


class HasFileno(Protocol):
    """A socket, or what stands for one."""

    def fileno(self) -> int:
        """Its descriptor."""


class Signal(HasFileno, Protocol):
    """Once given it stays, and can be read from then on (capacity.Signal)."""

    given: bool


class Poller:
    """What one coroutine waits for. `drain` is the signal that ends its waiting, if any does."""

    __slots__ = (
        '_coroutine',
        '_deadline',
        '_loop',
        '_queued',
        '_ready',
        '_tick',
        '_watched',
        'done',
        'drain',
        'error',
        'result',
    )

    def __init__(self, loop: Loop) -> None:
        self.drain: Signal | None = None
        self.done = False
        self.result: Any = None
        self.error: BaseException | None = None
        self._loop = loop
        self._coroutine: Coroutine | None = None
        self._watched: dict[int, int] = {}
        self._ready: dict[int, int] = {}
        self._queued = False
        self._deadline: float | None = None
        self._tick: int | None = None

    def watch(self, source: HasFileno, events: int) -> None:
        """From now on wait for `events` of `source` (and, even with 0, for its being gone)."""
        fd = source.fileno()
        before = self._watched.get(fd)
        if before != events:
            self._watched[fd] = events
            self._loop.watch(self, fd, events, known=before is not None)

    def ignore(self, source: HasFileno) -> None:
        """Do not wait for `source`, not even for its being gone; called before it is closed."""
        fd = source.fileno()
        if self._watched.pop(fd, None) is not None:
            self._ready.pop(fd, None)
            self._loop.ignore(fd)

    def wake(self, signal: Signal) -> None:
        """Wake all whose waiting this signal ends."""
        self._loop.wake(signal)

    @types.coroutine
    def wait(self, deadline: float | None) -> Iterator[None]:
        """Descriptor → events, empty at the deadline (monotonic). Raises Ended when draining."""
        drain = self.drain
        if drain is None or not drain.given:
            self._loop.until(self, deadline)
            yield
        if drain is not None and drain.given:
            raise Ended(Close.DRAINING)
        ready, self._ready = self._ready, {}
        return ready


class Loop:
    """Used by one thread. What another one wants it to notice, it writes to a socket."""

    def __init__(self) -> None:
        self._selector = selector()
        self._watchers: dict[int, Poller] = {}
        self._living: set[Poller] = set()
        self._runnable: list[Poller] = []
        self._main: Poller | None = None
        # Tick → who is to be woken then, and the ticks in their order.
        self._due: dict[int, dict[Poller, None]] = {}
        self._ticks: list[int] = []

    def start(self, make: Callable[[Poller], Coroutine]) -> Poller:
        """Begin what `make` returns; it runs at once, as far as its first wait."""
        poller = Poller(self)
        poller._coroutine = make(poller)
        self._living.add(poller)
        self._go_on(poller)
        return poller

    def run(self, make: Callable[[Poller], Coroutine]) -> Any:
        """Run what `make` returns, and all that starts meanwhile; its result, or what it raised.

        What else is still running then ends where it waits.
        """
        self._main = main = self.start(make)
        try:
            while not main.done:
                self._turn()
        finally:
            for poller in list(self._living):
                self._end(poller)
            self._selector.close()
        if main.error is not None:
            raise main.error
        return main.result

    def wake(self, signal: Signal) -> None:
        """Wake all whose waiting this signal ends."""
        for poller in self._living:
            if poller.drain is signal:
                self._queue(poller)

    def watch(self, poller: Poller, fd: int, events: int, known: bool) -> None:
        """See Poller.watch."""
        if known:
            self._selector.modify(fd, events)
        else:
            self._watchers[fd] = poller
            self._selector.register(fd, events)

    def ignore(self, fd: int) -> None:
        """See Poller.ignore."""
        del self._watchers[fd]
        with suppress(OSError, ValueError, KeyError):  # it was closed before
            self._selector.unregister(fd)

    def until(self, poller: Poller, deadline: float | None) -> None:
        """Wake it then at the latest; one that it had before may still come first, unnoticed."""
        poller._deadline = deadline
        if deadline is None:
            return
        tick = int(deadline * _TICKS_PER_SECOND) + 1
        if poller._tick is None or tick < poller._tick:
            self._forget(poller)
            due = self._due.get(tick)
            if due is None:
                due = self._due[tick] = {}
                heapq.heappush(self._ticks, tick)
            due[poller] = None
            poller._tick = tick

    def _turn(self) -> None:
        wait = None
        if self._runnable:
            wait = 0.0
        elif self._ticks:
            wait = max(0.0, self._ticks[0] / _TICKS_PER_SECOND - time.monotonic())
        for fd, events in self._selector.poll(wait):
            poller = self._watchers.get(fd)
            if poller is not None:
                poller._ready[fd] = events
                self._queue(poller)
        if self._ticks:
            self._wake_due(time.monotonic())
        # Those that are queued while these run have their turn after the next look at the sockets.
        runnable, self._runnable = self._runnable, []
        for poller in runnable:
            poller._queued = False
            if not poller.done:
                self._go_on(poller)

    def _wake_due(self, now: float) -> None:
        while self._ticks and self._ticks[0] <= now * _TICKS_PER_SECOND:
            for poller in self._due.pop(heapq.heappop(self._ticks)):
                poller._tick = None
                deadline = poller._deadline
                if deadline is not None and deadline > now:
                    self.until(poller, deadline)
                elif deadline is not None:
                    self._queue(poller)

    def _queue(self, poller: Poller) -> None:
        if not poller._queued:
            poller._queued = True
            self._runnable.append(poller)

    def _go_on(self, poller: Poller) -> None:
        try:
            poller._coroutine.send(None)
        except StopIteration as ended:
            poller.result = ended.value
            self._end(poller)
        except Exception as error:
            poller.error = error
            if poller is not self._main and self._main is not None:
                LOG.exception('internal error')
            self._end(poller)

    def _end(self, poller: Poller) -> None:
        poller.done = True
        self._living.discard(poller)
        self._forget(poller)
        coroutine, poller._coroutine = poller._coroutine, None
        if coroutine is not None:
            coroutine.close()
        for fd in poller._watched:
            self.ignore(fd)
        poller._watched = {}

    def _forget(self, poller: Poller) -> None:
        if poller._tick is not None:
            del self._due[poller._tick][poller]
            poller._tick = None


async def pass_on(poller: Poller, signal: Signal) -> None:
    """Wait until the signal is given, and wake whose waiting it ends."""
    poller.watch(signal, IN)
    await poller.wait(None)
    poller.ignore(signal)
    poller.wake(signal)
