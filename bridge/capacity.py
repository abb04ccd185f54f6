"""How many connections there are, how many there may be, and the signal to drain."""

import os
import threading
import time
from types import TracebackType

from bridge.closes import Close, Ended


class Capacity:
    """Shared by all threads. A drain makes `drain_fd` readable, which wakes every poller at once."""

    def __init__(self, limit: int, retry_seconds: int) -> None:
        self._limit = limit
        self._retry_seconds = retry_seconds
        self._changed = threading.Condition()
        self._present = 0
        self._admitted = 0
        self.draining = False
        self.drain_fd, self._drain_writer = os.pipe()

    def admit(self) -> 'Slot':
        """A slot for one connection, for `with`. `Slot.take` then says whether there is room."""
        return Slot(self)

    def drain(self) -> None:
        """Admit no connection any more, and signal all that there are to end."""
        with self._changed:
            if not self.draining:
                self.draining = True
                os.close(self._drain_writer)

    def wait_empty(self, deadline: float) -> bool:
        """Wait until no connection is left; false if the deadline (monotonic) came first."""
        with self._changed:
            return self._changed.wait_for(
                lambda: self._present == 0, max(0, deadline - time.monotonic())
            )

    def close(self) -> None:
        """Close the descriptors. Call it when no poller waits for them any more."""
        self.drain()
        os.close(self.drain_fd)


class Slot:
    """One connection's presence, from its upgrade until its socket is closed."""

    def __init__(self, capacity: Capacity) -> None:
        self._capacity = capacity
        self._taken = False

    def __enter__(self) -> 'Slot':
        with self._capacity._changed:
            self._capacity._present += 1
        return self

    def take(self) -> None:
        """Count this connection against the limit. Raises Ended, uncounted, at the limit or in a drain."""
        capacity = self._capacity
        with capacity._changed:
            if capacity.draining:
                raise Ended(Close.DRAINING)
            if capacity._admitted >= capacity._limit:
                raise Ended(Close.RATE, retry=capacity._retry_seconds)
            capacity._admitted += 1
            self._taken = True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._capacity._changed:
            self._capacity._present -= 1
            self._capacity._admitted -= self._taken
            self._capacity._changed.notify_all()
