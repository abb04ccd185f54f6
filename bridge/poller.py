"""Waits for the sockets of one connection, and for the signal to drain."""

import math
import select
import time
from typing import Protocol

from bridge.closes import Close, Ended

# What poll() reports whether asked for or not.
GONE = select.POLLHUP | select.POLLERR | select.POLLNVAL


class HasFileno(Protocol):
    """A socket, or what stands for one."""

    def fileno(self) -> int:
        """Its descriptor."""


class Poller:
    """The descriptors that one connection waits for. Without `drain_fd` no drain interrupts it.

    poll(), since select() knows no descriptor above 1023.
    """

    def __init__(self, drain_fd: int | None) -> None:
        self._poll = select.poll()
        self._drain_fd = drain_fd
        if drain_fd is not None:
            self._poll.register(drain_fd, select.POLLIN)

    def watch(self, source: HasFileno, events: int) -> None:
        """From now on wait for `events` of `source` (and, even with 0, for its being gone)."""
        self._poll.register(source.fileno(), events)

    def ignore(self, source: HasFileno) -> None:
        """Do not wait for `source`, not even for its being gone."""
        try:
            self._poll.unregister(source.fileno())
        except KeyError:
            pass  # it was not watched

    def wait(self, deadline: float) -> dict[int, int]:
        """Descriptor → events, empty at the deadline (monotonic). Raises Ended when draining."""
        milliseconds = math.ceil(max(0, deadline - time.monotonic()) * 1000)
        ready = dict(self._poll.poll(milliseconds))
        if self._drain_fd in ready:
            raise Ended(Close.DRAINING)
        return ready
