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
from dataclasses import asdict
from pathlib import Path

from .orders import Order

# Some certificates promise a date ("expires within days"), so a set grows stale before it expires.
REMAKE_AFTER_SECONDS = 5 * 86400
STAMP = 'made.json'
# Raise it when a change below must replace the certificates that are already there.
RECIPE = 3


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
