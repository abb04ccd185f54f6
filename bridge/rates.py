"""How often somebody may do something: token buckets, refilled evenly, in a table with an end."""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bridge.closes import Close, Ended

# Of each kind, 200 bytes each. Beyond it the one that was left alone longest is forgotten: it is
# the fullest.
MAX_KEYS = 50_000


@dataclass(frozen=True)
class Rate:
    """At most `limit` at once, and as many again in `seconds`. Close reasons name it by `of`."""

    of: str
    limit: int
    seconds: float


class Rates:
    """Shared by all threads."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, max_keys: int = MAX_KEYS
    ) -> None:
        self._clock = clock
        self._max_keys = max_keys
        self._lock = threading.Lock()
        # Rate.of → key → (what was used up, when).
        self._used: dict[str, OrderedDict[str, tuple[float, float]]] = {}

    def take(self, *charges: tuple[Rate, str], amount: int = 1) -> None:
        """Use `amount` of what each key has. Where one has less, use nothing and raise Ended."""
        with self._lock:
            now = self._clock()
            used = [self._used_by(rate, key, amount, now) for rate, key in charges]
            for index, (rate, key) in enumerate(charges):
                new = used[index]
                buckets = self._used.setdefault(rate.of, OrderedDict())
                buckets[key] = (new, now)
                buckets.move_to_end(key)
                if len(buckets) > self._max_keys:
                    buckets.popitem(last=False)

    def _used_by(self, rate: Rate, key: str, amount: int, now: float) -> float:
        """What the key would then have used; Ended where that is too much."""
        used, since = self._used.get(rate.of, {}).get(key, (0.0, now))
        refill = rate.limit / rate.seconds
        used = max(0.0, used - (now - since) * refill) + amount
        missing = used - rate.limit
        if missing > 0:
            # At least one: `retry=0` would ask for the same again at once.
            raise Ended(Close.RATE, retry=max(1, math.ceil(missing / refill)), of=rate.of)
        return used
