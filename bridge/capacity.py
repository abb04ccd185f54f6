"""How many sessions there are, how many there may be, and the two signals of a drain."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from types import TracebackType

from bridge.closes import Close, Ended
from bridge.counting import by_network, count_down
from bridge.limits import Limits, share_of


class Signal:
    """Once given it stays, by whatever thread; its descriptor is readable from then on."""

    def __init__(self) -> None:
        self.given = False
        # Sockets, since Windows can wait for nothing else.
        self._reader, self._writer = socket.socketpair()

    def fileno(self) -> int:
        """What a loop waits for."""
        return self._reader.fileno()

    def give(self) -> None:
        """Only the first time does anything."""
        if not self.given:
            self.given = True
            self._writer.close()

    def close(self) -> None:
        """Close the descriptor. Call it when nobody waits for it any more."""
        self.give()
        self._reader.close()


class Capacity:
    """Used by the loop, and from without by whoever ends or measures it.

    A drain has two steps. At `closing` nobody is admitted any more, and sessions that have no
    target yet end. At `cut` all end.
    """

    def __init__(self, limits: Limits) -> None:
        self._changed = threading.Condition()
        self._present = 0
        self._admitted_of: Counter[str] = Counter()
        self._waiting_of: Counter[str] = Counter()
        self._aimed_at: Counter[str] = Counter()
        self.admitted = 0  # sessions that count against the limit
        self.closing = Signal()
        self.cut = Signal()
        self.configure(limits)

    def configure(self, limits: Limits) -> None:
        """Take new limits; who is there stays."""
        self._limits = limits

    @property
    def draining(self) -> bool:
        """Whether nobody is admitted any more."""
        return self.closing.given

    def admit(self) -> Slot:
        """A slot for one session, for `with`. `Slot.take` then says whether there is room."""
        return Slot(self)

    def drain(self) -> None:
        """Admit no session any more; those with a target go on."""
        with self._changed:
            self.closing.give()

    def end(self) -> None:
        """Signal all sessions that there are to end."""
        with self._changed:
            self.closing.give()
            self.cut.give()
            self._changed.notify_all()

    def wait_empty(self, deadline: float, until_cut: bool = False) -> bool:
        """Wait until no session is left; false if the deadline (monotonic) came first.

        With `until_cut` also if the second step of a drain did.
        """
        with self._changed:
            self._changed.wait_for(
                lambda: self._present == 0 or (until_cut and self.cut.given),
                max(0, deadline - time.monotonic()),
            )
            return self._present == 0

    def close(self) -> None:
        """Close the descriptors. Call it when no session is left."""
        self.closing.close()
        self.cut.close()


class Slot:
    """One session's presence, from its upgrade until its socket is closed."""

    def __init__(self, capacity: Capacity) -> None:
        self.capacity = capacity
        self._client: tuple[str, ...] = ()
        # Where the client's networks are counted.
        self._counted_in: Counter[str] = Counter()
        self._admitted = False
        self._targets: tuple[str, ...] = ()

    def __enter__(self) -> Slot:
        with self.capacity._changed:
            self.capacity._present += 1
        return self

    def take(self, client: tuple[str, ...], waiting: bool = False) -> None:
        """Count this session of a client, by each of its networks (forwarded.networks_of).

        One that is `waiting` for the name of its target takes no room from those that have theirs;
        `begin` follows. Raises Ended, uncounted, at a limit or in a drain.
        """
        capacity = self.capacity
        with capacity._changed:
            if capacity.draining:
                raise Ended(Close.DRAINING)
            limits = capacity._limits
            if capacity.admitted >= limits.connections:
                raise Ended(Close.RATE, retry=limits.retry_seconds, of='connections')
            self._count(client, waiting)
            self._admitted = True
            capacity.admitted += 1

    def begin(self) -> None:
        """Count it with those that have a target. Raises Ended at a limit."""
        with self.capacity._changed:
            count_down(self._counted_in, self._client)
            client, self._client = self._client, ()
            self._count(client, waiting=False)

    def _count(self, client: tuple[str, ...], waiting: bool) -> None:
        limits = self.capacity._limits
        counts, most, of = (
            self.capacity._admitted_of,
            limits.client_connections,
            'client-connections',
        )
        if waiting:
            counts, most, of = self.capacity._waiting_of, limits.client_waiting, 'client-waiting'
        for network, limit in by_network(client, most, limits):
            if counts[network] >= limit:
                raise Ended(Close.RATE, retry=limits.retry_seconds, of=of)
        counts.update(client)
        self._counted_in, self._client = counts, client

    def aim(self, target: str) -> None:
        """Count it towards this target, until `let_go` or its end. Raises Ended at a limit."""
        capacity = self.capacity
        with capacity._changed:
            limits = capacity._limits
            most = limits.target_connections
            by_client = f'{target} {self._client[0]}'
            for key, limit in ((target, limits.part_of(most)), (by_client, share_of(most))):
                if capacity._aimed_at[key] >= limit:
                    raise Ended(Close.RATE, retry=limits.retry_seconds, of='target-connections')
            self._targets = (target, by_client)
            capacity._aimed_at.update(self._targets)

    def let_go(self) -> None:
        """Its connection to the target is closed, or never was."""
        with self.capacity._changed:
            count_down(self.capacity._aimed_at, self._targets)
            self._targets = ()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        capacity = self.capacity
        self.let_go()
        with capacity._changed:
            capacity._present -= 1
            if self._admitted:
                capacity.admitted -= 1
            count_down(self._counted_in, self._client)
            capacity._changed.notify_all()
