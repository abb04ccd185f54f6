"""May this page reach that target? A pure function of the request, the rules and our addresses."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network

from bridge import origin as origins
from bridge.addresses import why_not_public
from bridge.closes import Ended
from bridge.optout import NOBODY, OptOut
from bridge.reasons import Reason
from bridge.target import Address, Endpoint, Named, Target

ANY_ORIGIN = '*'


@dataclass(frozen=True)
class Rules:
    """What the operator allows; the defaults allow nothing."""

    ports: frozenset[int] = frozenset()
    origins: frozenset[str] | None = None  # None: only pages this bridge serves itself
    deny: tuple[IPv4Network | IPv6Network, ...] = ()
    opt_out: OptOut = NOBODY
    forward: Mapping[Endpoint, Endpoint] = field(default_factory=dict)
    resolver: Endpoint | None = None

    @functools.cached_property
    def forwarded(self) -> frozenset[Address]:
        """The addresses of what is forwarded."""
        return frozenset(endpoint.address for endpoint in self.forward)


@dataclass(frozen=True)
class Decision:
    """The outcome; `dial` is where to connect, present exactly when there is something to dial."""

    reason: Reason
    dial: Endpoint | None = None

    @property
    def allowed(self) -> bool:
        """Whether the connection may go on."""
        return self.reason.close is None

    def enforce(self) -> None:
        """Raise Ended with the reason's close code unless allowed."""
        if self.reason.close is not None:
            raise Ended(self.reason.close, why=self.reason.id)


def decide(
    origin: str | None,
    host: str | None,
    target: Target | None,
    rules: Rules,
    own: frozenset[Address] = frozenset(),
) -> Decision:
    """Judge the Origin, then the target; `target` None means it is not named yet."""
    stranger = _why_not_origin(origin, host, rules)
    if stranger is not None:
        return Decision(stranger)
    if target is None:
        return Decision(Reason.TARGET_AWAITED)
    if target is Named.RESOLVER:
        if rules.resolver is None:
            return Decision(Reason.NO_RESOLVER)
        return Decision(Reason.RESOLVER, rules.resolver)
    if target in rules.forward:
        return Decision(Reason.FORWARDED, rules.forward[target])
    if target.port not in rules.ports:
        return Decision(Reason.PORT)
    reason = _why_not_address(target.address, rules, own)
    if reason is not None:
        return Decision(reason)
    if rules.opt_out.has_address(target.address):
        return Decision(Reason.OPTED_OUT)
    return Decision(Reason.PUBLIC, target)


def _why_not_origin(origin: str | None, host: str | None, rules: Rules) -> Reason | None:
    if rules.origins is not None and ANY_ORIGIN in rules.origins:
        return None
    if origin is None:
        return Reason.ORIGIN_MISSING
    if rules.origins is None:
        known = origins.is_same(origin, host)
    else:
        known = origins.normalise(origin) in rules.origins
    return None if known else Reason.ORIGIN_FOREIGN


def may_be_told(address: Address, rules: Rules, own: frozenset[Address]) -> bool:
    """Whether the resolver's answers may name it: only public ones, and what is forwarded.

    One whose owner asked to be left alone is told: a page then hears why it may not go there.
    """
    return address in rules.forwarded or _why_not_address(address, rules, own) is None


def _why_not_address(address: Address, rules: Rules, own: frozenset[Address]) -> Reason | None:
    reason = why_not_public(address)
    if reason is not None:
        return reason
    if any(address in network for network in rules.deny):
        return Reason.OPERATOR
    if address in own:
        return Reason.OWN
    return None
