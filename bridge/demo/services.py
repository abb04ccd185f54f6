"""The seven services, as wasm/services.def has them and the build has written them down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Service:
    name: str
    port: int
    protocol: str
    mode: str


def load(path: Path) -> list[Service]:
    """The services of a tables.json, in its order."""
    rows = json.loads(path.read_text())['services']
    return [Service(r['name'], r['port'], r['protocol'], r['mode']) for r in rows]
