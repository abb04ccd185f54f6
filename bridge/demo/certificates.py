"""Certificates made to order: one private authority, and for each name a good or a flawed chain.

`ensure()` fills a directory with `root.pem` and, per order, `<order>.pem` (the chain as the server
sends it) and `<order>.key`. The keys are private to this machine and never leave that directory.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path

# Some certificates promise a date ("expires within days"), so a set grows stale before it expires.
REMAKE_AFTER_SECONDS = 5 * 86400
STAMP = 'made.json'
# Raise it when a change below must replace the certificates that are already there.
RECIPE = 3


class Flaw(str, Enum):
    """What is wrong with a certificate, or with the chain sent along."""

    NONE = 'none'
    EXPIRED = 'expired'
    NOT_YET_VALID = 'not-yet-valid'
    EXPIRES_SOON = 'expires-soon'
    WRONG_NAME = 'wrong-name'
    SELF_SIGNED = 'self-signed'
    UNKNOWN_ISSUER = 'unknown-issuer'  # the unknown root is sent along
    INCOMPLETE_CHAIN = 'incomplete-chain'  # the intermediate is not sent
    MISORDERED_CHAIN = 'misordered-chain'  # two intermediates, in the wrong order
    WITHOUT_SAN = 'without-san'  # the name stands in the common name only
    WEAK_KEY = 'weak-key'  # RSA 1024, whatever key was ordered
    WRONG_PURPOSE = 'wrong-purpose'  # for clients only
    CONSTRAINT_VIOLATED = 'constraint-violated'  # its authority may only vouch for other names
    EXPIRED_AND_WRONG_NAME = 'expired-and-wrong-name'

    @property
    def names_another(self) -> bool:
        """The certificate is for another server."""
        return self in (Flaw.WRONG_NAME, Flaw.EXPIRED_AND_WRONG_NAME)


@dataclass(frozen=True)
class Order:
    """One certificate: its file name, the names it is for, its flaw, its kind of key."""

    name: str
    names: tuple[str, ...]
    flaw: Flaw = Flaw.NONE
    key: str = 'ec'  # or "rsa", "ed25519"


# Days before and after now, for every flaw that is a matter of time.
VALIDITY_DAYS = {
    Flaw.EXPIRED: (-100, -10),
    Flaw.EXPIRED_AND_WRONG_NAME: (-100, -10),
    Flaw.NOT_YET_VALID: (30, 120),
    Flaw.EXPIRES_SOON: (-80, 12),
}
USUAL_VALIDITY_DAYS = (-2, 88)


def ensure(directory: Path, authority: str, orders: Iterable[Order]) -> None:
    """Make the certificates, unless the directory holds fresh ones for exactly these orders."""
    orders = list(orders)
    wanted = {'recipe': RECIPE, 'authority': authority, 'orders': [asdict(o) for o in orders]}
    wanted = json.loads(json.dumps(wanted))
    if _fresh(directory / STAMP, wanted):
        return
    making = directory.with_name(directory.name + '.new')
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True, mode=0o700)
    # Imported here: it takes a third of a second, which the usual start need not pay.
    from .authority import make

    make(making, authority, orders)
    stamp = {'made': time.time(), 'wanted': wanted}
    (making / STAMP).write_text(json.dumps(stamp, indent=1))
    shutil.rmtree(directory, ignore_errors=True)
    os.replace(making, directory)


def _fresh(stamp: Path, wanted: dict[str, object]) -> bool:
    try:
        found = json.loads(stamp.read_text())
        age = time.time() - found['made']
        return found['wanted'] == wanted and 0 <= age < REMAKE_AFTER_SECONDS
    except (FileNotFoundError, json.JSONDecodeError, KeyError, TypeError):
        return False
