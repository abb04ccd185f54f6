"""Which line of a TOML file sets a key, which tomllib does not tell."""

from __future__ import annotations

import re

_PART = r'(?:"[^"\n]*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+)'
_KEY = rf'{_PART}(?:\s*\.\s*{_PART})*'
_HEADER = re.compile(rf'\s*\[\s*({_KEY})\s*\]')
_SETTING = re.compile(rf'\s*({_KEY})\s*=')
# Python reads no integer that is longer, and does not say where it stands.
_MAX_DIGITS = 4300
_TOO_LONG = re.compile(rf'[0-9_]{{{_MAX_DIGITS},}}')
_AT_LINE = re.compile(r'\(at line ([0-9]+), column [0-9]+\)')


def line_of_key(text: str, key: str) -> int | None:
    """Where a key (`listen`, `limits.connections`) is set, or what it is in or has in it."""
    wanted = _plain(key)
    found, length, inside = None, 0, None
    table = ''
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = path = _plain(header[1])
        elif setting := _SETTING.match(line):
            path = '.'.join(filter(None, (table, _plain(setting[1]))))
        else:
            continue
        if path == wanted:
            return number
        if wanted.startswith(f'{path}.') and len(path) > length:
            found, length = number, len(path)
        elif path.startswith(f'{wanted}.'):
            inside = inside or number
    return found or inside


def line_of_fault(text: str, error: ValueError) -> int | None:
    """Where the text is no TOML, as the parser's error says or the text shows."""
    if told := _AT_LINE.search(str(error)):
        return int(told[1])
    too_long = _TOO_LONG.search(text)
    return text.count('\n', 0, too_long.start()) + 1 if too_long else None


def _plain(key: str) -> str:
    """A dotted key without quotes, and without the spaces around its parts."""
    parts = re.findall(_PART, key)
    # An unknown one is told as it is, and may be in no such form.
    if '"' not in key and "'" not in key and '.'.join(parts) != key.replace(' ', ''):
        return key
    return '.'.join(part.strip('"\'') for part in parts)
