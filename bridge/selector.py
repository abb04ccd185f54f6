"""Which descriptors are ready: by epoll, or where there is none by poll or select.

All three as one: `register`, `modify`, `unregister`, and `poll(seconds)`, which returns pairs of a
descriptor and its events. Events are poll's; GONE is told whether asked for or not.
"""

from __future__ import annotations

import math
import select
import time

# As POSIX systems have them; Windows has only select, which knows none.
IN, OUT = 0x1, 0x4
_ERR, _HUP, _NVAL = 0x8, 0x10, 0x20
GONE = _ERR | _HUP | _NVAL


def selector() -> select.epoll | PollSelector | SelectSelector:
    """The best that this system has."""
    if hasattr(select, 'epoll'):
        return select.epoll()
    return PollSelector() if hasattr(select, 'poll') else SelectSelector()


class PollSelector:
    """By poll()."""

    def __init__(self) -> None:
        self._poll = select.poll()
        self.register = self._poll.register
        self.modify = self._poll.modify
        self.unregister = self._poll.unregister

    def poll(self, seconds: float | None = None) -> list[tuple[int, int]]:
        """Wait so long, for ever without a time."""
        return self._poll.poll(None if seconds is None else math.ceil(seconds * 1000))

    def close(self) -> None:
        """It holds nothing."""


class SelectSelector:
    """By select(): for some hundred descriptors. That nobody is there is seen when it is read."""

    def __init__(self) -> None:
        self._events: dict[int, int] = {}
        self.register = self.modify = self._events.__setitem__
        self.unregister = self._events.__delitem__

    def poll(self, seconds: float | None = None) -> list[tuple[int, int]]:
        """Wait so long, for ever without a time."""
        reading = [fd for fd, events in self._events.items() if events & IN]
        writing = [fd for fd, events in self._events.items() if events & OUT]
        if not reading and not writing and seconds is not None:
            time.sleep(seconds)  # Windows waits for nothing but sockets
            return []
        # Windows tells of a connection that failed only as an exception.
        found = select.select(reading, writing, writing, seconds)
        ready: dict[int, int] = {}
        for index, event in enumerate((IN, OUT, OUT | _ERR)):
            for fd in found[index]:
                ready[fd] = ready.get(fd, 0) | event
        return list(ready.items())

    def close(self) -> None:
        """It holds nothing."""
