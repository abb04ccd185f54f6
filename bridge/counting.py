"""Counts by key, and the limits of a client's networks."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bridge.limits import Limits


def count_down(counter: Counter[str], keys: Iterable[str]) -> None:
    """One less of each; keys that have none are forgotten."""
    for key in keys:
        counter[key] -= 1
        if not counter[key]:
            del counter[key]


def by_network(networks: tuple[str, ...], most: int, limits: Limits) -> Iterator[tuple[str, int]]:
    """Each network of a client (forwarded.networks_of) with its limit, `most` for the first."""
    for network in networks:
        yield network, most
        most *= limits.site_factor
