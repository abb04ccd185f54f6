"""Reads one value of the TOML each; what it is not, the error says by the value's key."""

import ipaddress
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, Union

from bridge.target import Endpoint, parse_endpoint

T = TypeVar('T')

Network = Union[ipaddress.IPv4Network, ipaddress.IPv6Network]

# A list of half a million networks; not what a device gives without an end.
_MAX_FILE_BYTES = 16 * 1024 * 1024
_HOST_NAME = re.compile(r'(?=.{1,253}\Z)(?:[0-9A-Za-z_-]{1,63}\.)*[0-9A-Za-z_-]{1,63}\.?')


# Of an error: it is one line of a log, whatever stands in the file.
_MAX_ERROR = 400


class ConfigError(Exception):
    """The configuration cannot be used; the text names file, key and fault."""

    def __init__(self, text: str) -> None:
        self.key = text.partition(': ')[0]
        super().__init__(_fit(text))


def _fit(text: str) -> str:
    """What can be printed, and no more than fits."""
    shown = ''.join(char if char.isprintable() else repr(char)[1:-1] for char in text)
    if len(shown) <= _MAX_ERROR:
        return shown
    return f'{shown[: _MAX_ERROR // 2]} … {shown[-_MAX_ERROR // 2 :]}'


def refuse_unknown(raw: dict[str, Any], known: tuple[str, ...], prefix: str) -> None:
    """Every key must be known; `prefix` is the table's name and a dot."""
    for key in raw:
        if key not in known:
            raise ConfigError(f'{prefix}{key}: unknown key (known: {", ".join(known)})')


def read_file(path: Path) -> str:
    """What a file has that the configuration names; OSError or ValueError where it is none."""
    with path.open('rb') as file:
        data = file.read(_MAX_FILE_BYTES + 1)
    if len(data) > _MAX_FILE_BYTES:
        raise ValueError(f'larger than {_MAX_FILE_BYTES} bytes')
    return data.decode('utf-8')


def text(value: Any, key: str) -> str:
    """A text."""
    if not isinstance(value, str):
        raise ConfigError(f'{key}: expected a text in quotes, got {value!r}')
    return value


def truth(value: Any, key: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ConfigError(f'{key}: expected true or false, got {value!r}')
    return value


def each(value: Any, key: str, read_one: Callable[[Any, str], T]) -> list[T]:
    """A list, its items read by `read_one`."""
    if not isinstance(value, list):
        raise ConfigError(f'{key}: expected a list in brackets, got {value!r}')
    return [read_one(item, key) for item in value]


def table(value: Any, key: str) -> dict[str, Any]:
    """A table."""
    if not isinstance(value, dict):
        raise ConfigError(f'{key}: expected a table, got {value!r}')
    return value


def number(value: Any, key: str, kind: type, least: float, most: float) -> float:
    """A number, whole if `kind` is int."""
    kinds = (int,) if kind is int else (int, float)
    # No comparison holds for `nan`; True is an int to Python.
    if type(value) not in kinds or not least <= value <= most:
        called = 'a whole number' if kind is int else 'a number'
        raise ConfigError(f'{key}: expected {called} from {least} to {most}, got {value!r}')
    return value


def endpoint(value: Any, key: str) -> Endpoint:
    """An address and a port."""
    told = text(value, key)
    try:
        return parse_endpoint(told)
    except ValueError as error:
        raise ConfigError(f'{key}: {told!r}: {error}') from error


def network(value: Any, key: str) -> Network:
    """An address, or a network of them."""
    told = text(value, key)
    try:
        return ipaddress.ip_network(told)
    except ValueError as error:
        raise ConfigError(
            f'{key}: {told!r}: expected a network such as 198.51.100.0/24: {error}'
        ) from error


def host_name(value: Any, key: str) -> str:
    """A name as DNS has them."""
    told = text(value, key)
    if not _HOST_NAME.fullmatch(told):
        raise ConfigError(f'{key}: {told!r}: expected a host name such as example.net')
    return told
