"""Every TCP connection of the bridge, by client: which is accepted, and which is dropped for it.

What has not finished its request makes room for who comes later: the oldest of the same client when
that has too many, the oldest of all when there is no room at all. So nobody who is silent, and no
number of them, keeps others out.
"""

from __future__ import annotations

import socket
import threading
from collections import Counter, OrderedDict
from contextlib import suppress

from bridge.counting import by_network, count_down
from bridge.limits import Limits

# Beyond the sessions: page requests, and sessions being told that there is no room.
SPARE_CONNECTIONS = 200
# Beyond those: there only the health is told, so that a full house is not taken for a dead one.
RESERVED_CONNECTIONS = 32


class Visit:
    """One TCP connection, from its acceptance to its end."""

    def __init__(
        self, networks: tuple[str, ...], connection: socket.socket, reserved: bool
    ) -> None:
        self.networks = networks
        self.connection = connection
        # Nothing but the health is told: there is no room.
        self.reserved = reserved


class Clients:
    """Shared by all threads."""

    def __init__(self, limits: Limits) -> None:
        self._lock = threading.Lock()
        self._present: Counter[str] = Counter()
        self._visits: dict[socket.socket, Visit] = {}
        # In the order in which they began to wait: of all, and of each client.
        self._waiting: OrderedDict[Visit, None] = OrderedDict()
        self._waiting_of: dict[str, OrderedDict[Visit, None]] = {}
        self.configure(limits)

    def configure(self, limits: Limits) -> None:
        """Take new limits; who is there stays."""
        self._max_total = max_connections(limits)
        self._limits = limits
        # Sessions, and as many requests beside them: a session too many must be told so.
        self._max_present = 2 * limits.client_connections

    def arrive(self, networks: tuple[str, ...], connection: socket.socket) -> Visit | None:
        """A connection was accepted; None when it must go at once.

        `networks` are those of the client (forwarded.networks_of), none where it is a proxy, which
        stands for many: then only the whole is bounded.
        """
        with self._lock:
            for network, factor in by_network(networks, 1, self._limits):
                if not self._has_room(network, factor):
                    return None
            reserved = self._total >= self._max_total and not self._dismiss(self._waiting)
            # Those that were dismissed count until they have gone.
            if self._total >= self._max_total + RESERVED_CONNECTIONS:
                return None
            visit = Visit(networks, connection, reserved)
            self._visits[connection] = visit
            self._present.update(networks)
            self._await(visit)
            return visit

    def visit(self, connection: socket.socket) -> Visit:
        """What `arrive` returned for it."""
        return self._visits[connection]

    def awaits(self, visit: Visit) -> None:
        """Its next request is waited for."""
        with self._lock:
            self._await(visit)

    def asked(self, visit: Visit) -> None:
        """Its request is complete."""
        with self._lock:
            self._forget(visit)

    def left(self, connection: socket.socket) -> None:
        """Its end."""
        with self._lock:
            visit = self._visits.pop(connection)
            self._forget(visit)
            count_down(self._present, visit.networks)

    @property
    def present(self) -> int:
        """How many connections there are."""
        return len(self._visits)

    @property
    def _total(self) -> int:
        return len(self._visits)

    def _has_room(self, network: str, factor: int) -> bool:
        waiting = self._waiting_of.get(network, OrderedDict())
        if len(waiting) >= self._limits.client_requests * factor:
            self._dismiss(waiting)
        return self._present[network] < self._max_present * factor

    def _dismiss(self, waiting: OrderedDict[Visit, None]) -> bool:
        """Send the one that has waited longest away; false where nobody waits."""
        if not waiting:
            return False
        visit = next(iter(waiting))
        self._forget(visit)
        with suppress(OSError):  # it has gone by itself
            visit.connection.shutdown(socket.SHUT_RDWR)
        return True

    def _await(self, visit: Visit) -> None:
        self._waiting[visit] = None
        for network in visit.networks:
            self._waiting_of.setdefault(network, OrderedDict())[visit] = None

    def _forget(self, visit: Visit) -> None:
        if visit not in self._waiting:
            return
        del self._waiting[visit]
        for network in visit.networks:
            own = self._waiting_of[network]
            del own[visit]
            if not own:
                del self._waiting_of[network]


def max_connections(limits: Limits) -> int:
    """How many connections are served, in whatever state."""
    return limits.connections + SPARE_CONNECTIONS
