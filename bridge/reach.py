"""To how many different servers a client goes: a check knows a few, who looks for them tries many.

Addresses count once an hour, together, and those that are neighbours of each other by themselves:
so nobody walks through a network from here.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable

from bridge.closes import Close, Ended
from bridge.target import Address

SECONDS = 3600
# Of all clients together, 200 bytes each. Beyond it, who was away the longest is forgotten.
MAX_KEPT = 100_000
_NEIGHBOURS = {4: 24, 6: 48}


class Reach:
    """Used by the loop alone."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, max_kept: int = MAX_KEPT
    ) -> None:
        self._clock = clock
        self._max_kept = max_kept
        self._kept = 0
        # Client → address → (its network, when it was gone to first), the oldest first.
        self._gone_to: OrderedDict[str, dict[Address, tuple[str, float]]] = OrderedDict()

    def go(self, clients: list[tuple[str, int, int]], address: Address) -> None:
        """A client goes there: each of its networks, with the most that it may reach.

        That is addresses, and addresses of one network. Raises Ended, uncounted, where it is more.
        """
        now = self._clock()
        new = []
        for client, most, most_neighbours in clients:
            known = self._known(client, now)
            if address in known:
                continue
            network = _network_of(address)
            near = [since for of, since in known.values() if of == network]
            if len(known) >= most:
                raise _too_many(next(iter(known.values()))[1] - now, 'client-targets')
            if len(near) >= most_neighbours:
                raise _too_many(near[0] - now, 'client-neighbours')
            new.append((client, known, network))
        for client, known, network in new:
            known[address] = (network, now)
            self._gone_to[client] = known
            self._kept += 1
        for client, _, _ in clients:
            if client in self._gone_to:
                self._gone_to.move_to_end(client)
        while self._kept > self._max_kept:
            self._kept -= len(self._gone_to.popitem(last=False)[1])

    def _known(self, client: str, now: float) -> dict[Address, tuple[str, float]]:
        """What still counts of the client."""
        known = self._gone_to.get(client, {})
        for address in [one for one, (_, since) in known.items() if now - since >= SECONDS]:
            del known[address]
            self._kept -= 1
        return known


def _network_of(address: Address) -> str:
    return str(ipaddress.ip_network((address, _NEIGHBOURS[address.version]), strict=False))


def _too_many(until: float, of: str) -> Ended:
    return Ended(Close.RATE, retry=max(1, math.ceil(until + SECONDS)), of=of)
