"""Tickets: who has one may use the bridge for a while, from one network and one web origin.

A ticket is a JWT (RFC 7519) signed with HS256. The bridge hands them out to the pages it knows, and
so does, with a key that both have, the server of an embedder, for its own origin only. Claims:

    aud     AUDIENCE
    exp     when it ends, at most MAX_SECONDS ahead
    origin  of the page, as browsers send it
    net     the client's network, or a list of them: "198.51.100.7", "2001:db8:1:2::/64"
"""

from __future__ import annotations

import functools
import ipaddress
import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Union

from jwcrypto.common import JWException
from jwcrypto.jwk import JWK, JWKSet
from jwcrypto.jwt import JWT, JWTExpired

from bridge import origin as origins
from bridge import values
from bridge.closes import Close, Ended
from bridge.forwarded import networks_of
from bridge.target import Address

AUDIENCE = 'mail-port-check-bridge'
ALGORITHM = 'HS256'
# What an embedder may make longer than this is no longer short-lived.
MAX_SECONDS = 3600
DEFAULT_SECONDS = 600
# RFC 7518 3.2: a key as long as what it makes.
MIN_KEY_BYTES = 32
# Ours have some 300.
MAX_TICKET_BYTES = 2048
# An embedder may have seen its client by IPv4 and by IPv6.
MAX_NETWORKS = 4
# Wider ones would be a ticket for whoever finds it.
_NARROW = {4: 24, 6: 48}
# By how much the clock of an embedder's server may differ from ours.
_LEEWAY_SECONDS = 10
_REMEMBERED = 4096


Network = Union[ipaddress.IPv4Network, ipaddress.IPv6Network]


class KeyFileError(Exception):
    """A key file cannot be used; the text says why, and nothing of the key."""


class Tickets:
    """The keys there are; what is signed with any of them is a ticket.

    The first of `own` signs; `shared` are embedders', by the origin that theirs are for. `issue` is
    whether the bridge hands tickets out itself.
    """

    def __init__(
        self,
        own: tuple[JWK, ...] = (),
        shared: Mapping[str, tuple[JWK, ...]] | None = None,
        seconds: float = DEFAULT_SECONDS,
        issue: bool = False,
    ) -> None:
        self.own = own
        self.shared = shared or {}
        self.seconds = seconds
        self.issue = issue
        # A page brings the same one with each socket, and a signature takes half a millisecond.
        self._signed_claims = functools.lru_cache(_REMEMBERED)(self._claims)

    def make(self, client: Address, origin: str | None) -> str:
        """A ticket for this client and a page of this origin."""
        key = self.own[0]
        header = {'alg': ALGORITHM} | ({'kid': key['kid']} if 'kid' in key else {})
        claims = {
            'aud': AUDIENCE,
            'exp': int(time.time() + self.seconds),
            'origin': _origin(origin),
            'net': networks_of(client)[0],
        }
        ticket = JWT(header=header, claims=claims)
        ticket.make_signed_token(key)
        return ticket.serialize()

    def check(self, ticket: str | None, client: Address, origin: str | None) -> None:
        """Raise Ended unless it is one for this client and a page of this origin, now."""
        if ticket is None:
            raise _bad('missing')
        claims, networks = self._signed_claims(ticket, _origin(origin))
        # No longer one than is said above, though it was signed.
        ends = claims.get('exp')
        if type(ends) not in (int, float) or ends > time.time() + MAX_SECONDS + _LEEWAY_SECONDS:
            raise _bad('lifetime')
        if ends < time.time() - _LEEWAY_SECONDS:
            raise _bad('expired')
        if claims.get('origin') != _origin(origin):
            raise _bad('origin')
        if not any(client in network for network in networks):
            raise _bad('network')

    def _claims(self, ticket: str, origin: str) -> tuple[dict[str, Any], tuple[Network, ...]]:
        """What it says, when it is signed with one of the keys; and the networks in it, read."""
        if len(ticket) > MAX_TICKET_BYTES or ticket.count('.') != 2:
            raise _bad('malformed')
        for keys in (self.own, self.shared.get(origin, ())):
            known = JWKSet()
            for key in keys:
                known.add(key)
            token = JWT(algs=[ALGORITHM], check_claims={'aud': AUDIENCE, 'exp': None})
            token.leeway = _LEEWAY_SECONDS
            try:
                token.deserialize(ticket, known)
            except JWTExpired as error:
                raise _bad('expired') from error
            except (JWException, ValueError):
                continue
            claims = json.loads(token.claims)
            return claims, tuple(_networks(claims.get('net')))
        raise _bad('signature')


def load_keys(path: Path) -> tuple[JWK, ...]:
    """The keys in a file: a JWK, or a set of them (RFC 7517), of kind `oct`."""
    try:
        raw = json.loads(values.read_file(path))
    except OSError as error:
        raise KeyFileError(f'{path}: {error.strerror}') from error
    except ValueError:
        raise KeyFileError(f'{path}: not JSON') from None
    each = raw.get('keys', [raw]) if isinstance(raw, dict) else None
    if not isinstance(each, list) or not each:
        raise KeyFileError(f'{path}: expected a JWK, or a set of them')
    return tuple(_key(one, path) for one in each)


def _key(raw: Any, path: Path) -> JWK:
    try:
        key = JWK(**raw)
        secret = key.get_op_key('sign') if key['kty'] == 'oct' else None
    except (JWException, TypeError, ValueError):
        secret = None
    # jwcrypto gives the secret in base64url.
    if secret is None or len(secret) * 3 // 4 < MIN_KEY_BYTES:
        raise KeyFileError(
            f'{path}: expected keys of kind "oct" with {MIN_KEY_BYTES} bytes or more'
        )
    return key


def _origin(origin: str | None) -> str:
    return origins.normalise(origin or '') or 'null'


def _networks(value: Any) -> Iterator[Network]:
    each = value if isinstance(value, list) else [value]
    for text in each[:MAX_NETWORKS]:
        try:
            network = ipaddress.ip_network(text if isinstance(text, str) else '')
        except ValueError:
            continue
        if network.prefixlen >= _NARROW[network.version]:
            yield network


def _bad(why: str) -> Ended:
    return Ended(Close.BAD_TICKET, why=why)
