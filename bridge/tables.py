"""Reads the generated table of mail ports and close codes that the whole project shares."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bridge import values
from bridge.closes import Close

# Where the build puts it, seen from a checkout.
DEFAULT_PATH = Path(__file__).resolve().parent.parent / 'build' / 'tables.json'

VERSION = 1
DIRECTIONS = ('relay', 'send', 'receive')
PROTOCOLS = ('smtp', 'imap', 'pop3')
MODES = ('implicit-tls', 'starttls', 'cleartext')


class TablesError(Exception):
    """The table is missing or not the one this bridge needs; the text names file and fault."""


@dataclass(frozen=True)
class Tables:
    """What the bridge needs of the table."""

    directions: Mapping[int, str]  # mail port -> relay, send or receive
    protocols: Mapping[int, str]  # mail port -> smtp, imap or pop3
    modes: Mapping[int, str]  # mail port -> implicit-tls, starttls or cleartext
    close_codes: Mapping[Close, int]


def load(path: Path) -> Tables:
    """The table at `path`; TablesError when it cannot be read or lacks a row the bridge uses."""
    try:
        raw = json.loads(values.read_file(path))
    except OSError as error:
        raise TablesError(f'{path}: {error.strerror} (`make` generates it)') from error
    except ValueError as error:
        raise TablesError(f'{path}: not JSON: {error}') from error
    try:
        if raw['version'] != VERSION:
            raise TablesError(f'{path}: version {raw["version"]!r}, this bridge reads {VERSION}')
        return Tables(
            _of_services(raw, path, 'direction', DIRECTIONS),
            _of_services(raw, path, 'protocol', PROTOCOLS),
            _of_services(raw, path, 'mode', MODES),
            _close_codes(raw, path),
        )
    except (KeyError, TypeError) as error:
        raise TablesError(f'{path}: not the table of ports and closes: {error!r}') from error


def _of_services(raw: Any, path: Path, key: str, known: tuple[str, ...]) -> dict[int, str]:
    """One column of the services, by port."""
    column = {}
    for row in raw['services']:
        port, value = row['port'], row[key]
        if not isinstance(port, int) or not 0 < port < 65536:
            raise TablesError(f'{path}: service {row["name"]!r}: {port!r} is not a port')
        if value not in known:
            raise TablesError(f'{path}: service {row["name"]!r}: unknown {key} {value!r}')
        column[port] = value
    return column


def _close_codes(raw: Any, path: Path) -> dict[Close, int]:
    codes = {row['id']: row['code'] for row in raw['closes']}
    missing = [close.value for close in Close if close.value not in codes]
    if missing:
        raise TablesError(f'{path}: no close code for {", ".join(missing)}')
    return {close: codes[close.value] for close in Close}
