"""The operator's TOML file. Every value is checked; an error names the key and its fault."""

import dataclasses
import ipaddress
import math
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from bridge import origin as origins
from bridge import tables
from bridge.addresses import unwrap
from bridge.limits import Limits
from bridge.policy import ANY_ORIGIN, Rules
from bridge.target import Endpoint, parse_endpoint

DEFAULT_LISTEN = 'localhost:8080'
# The page as the build leaves it, seen from a checkout; a bridge without it serves no page.
DEFAULT_WEB = tables.DEFAULT_PATH.parent / 'web'
RESOLV_CONF = Path('/etc/resolv.conf')
DNS_PORT = 53

T = TypeVar('T')


class ConfigError(Exception):
    """The configuration cannot be used; the text names file, key and fault."""


@dataclass(frozen=True)
class Listen:
    """Where to listen: `localhost` or an IP address, and a port (0: any free one)."""

    host: str
    port: int


@dataclass(frozen=True)
class Config:
    """A checked configuration."""

    listen: Listen
    web: Path | None
    tables: tables.Tables
    rules: Rules
    limits: Limits


def load(path: Path | None) -> Config:
    """The configuration in the file, the defaults where `path` is None; or ConfigError."""
    if path is None:
        return read({}, Path.cwd())
    try:
        raw = tomllib.loads(path.read_text('utf-8'))
    except OSError as error:
        raise ConfigError(f'{path}: {error.strerror}') from error
    except ValueError as error:  # TOML's and UTF-8's errors both are
        raise ConfigError(f'{path}: {error}') from error
    try:
        return read(raw, path.parent)
    except ConfigError as error:
        raise ConfigError(f'{path}: {error}') from error


def read(raw: dict[str, Any], base: Path) -> Config:
    """The configuration in parsed TOML; relative paths start at `base`."""
    known = ('listen', 'web', 'tables', 'resolver', 'ports', 'origins', 'deny', 'limits', 'forward')
    _refuse_unknown(raw, known, '')
    try:
        table = tables.load(
            base / _text(raw['tables'], 'tables') if 'tables' in raw else tables.DEFAULT_PATH
        )
    except tables.TablesError as error:
        raise ConfigError(f'tables: {error}') from error
    rules = Rules(
        ports=_ports(raw.get('ports'), table),
        origins=_origins(raw.get('origins')),
        deny=tuple(_each(raw.get('deny', []), 'deny', _network)),
        forward=_forward(raw.get('forward', {})),
        resolver=_endpoint(raw['resolver'], 'resolver') if 'resolver' in raw else system_resolver(),
    )
    return Config(
        listen=_listen(_text(raw.get('listen', DEFAULT_LISTEN), 'listen')),
        web=_web(raw.get('web'), base),
        tables=table,
        rules=rules,
        limits=_limits(raw.get('limits', {})),
    )


def system_resolver(path: Path = RESOLV_CONF) -> Endpoint | None:
    """The machine's first nameserver; None when it has none (the target is then refused)."""
    try:
        lines = path.read_text('utf-8', 'replace').splitlines()
    except FileNotFoundError:
        return None
    for line in lines:
        words = line.split()
        if len(words) >= 2 and words[0] == 'nameserver':
            try:
                return Endpoint(ipaddress.ip_address(words[1]), DNS_PORT)
            except ValueError:
                continue  # the C library passes over such lines, too
    return None


def _refuse_unknown(raw: dict[str, Any], known: tuple[str, ...], prefix: str) -> None:
    for key in raw:
        if key not in known:
            raise ConfigError(f'{prefix}{key}: unknown key (known: {", ".join(known)})')


def _text(value: Any, key: str) -> str:
    if not isinstance(value, str):
        raise ConfigError(f'{key}: expected a text, got {value!r}')
    return value


def _each(value: Any, key: str, read_one: Callable[[Any, str], T]) -> list[T]:
    if not isinstance(value, list):
        raise ConfigError(f'{key}: expected a list, got {value!r}')
    return [read_one(item, key) for item in value]


def _table(value: Any, key: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError(f'{key}: expected a table, got {value!r}')
    return value


def _endpoint(value: Any, key: str) -> Endpoint:
    text = _text(value, key)
    try:
        return parse_endpoint(text)
    except ValueError as error:
        raise ConfigError(f'{key}: {text!r}: {error}') from error


def _network(value: Any, key: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    text = _text(value, key)
    try:
        return ipaddress.ip_network(text)
    except ValueError as error:
        raise ConfigError(f'{key}: {error}') from error


def _listen(text: str) -> Listen:
    match = re.fullmatch(r'(?:\[([0-9A-Fa-f:.]+)\]|([^\[\]:]+)):([0-9]{1,5})', text)
    if match is None or int(match[3]) > 65535:
        raise ConfigError(f'listen: {text!r}: expected host:port or [ipv6]:port')
    host = match[1] or match[2]
    if host != 'localhost':
        try:
            ipaddress.ip_address(host)
        except ValueError as error:
            raise ConfigError(f'listen: {host!r} is neither localhost nor an IP address') from error
    return Listen(host, int(match[3]))


def _web(value: Any, base: Path) -> Path | None:
    if value is None:
        return DEFAULT_WEB if DEFAULT_WEB.is_dir() else None
    path = (base / _text(value, 'web')).absolute()
    if not path.is_dir():
        raise ConfigError(f'web: {path} is not a directory')
    return path


def _ports(value: Any, table: tables.Tables) -> frozenset[int]:
    if value is None:
        return frozenset(table.directions)

    def port(item: Any, key: str) -> int:
        if not isinstance(item, int) or isinstance(item, bool) or item not in table.directions:
            mail_ports = ', '.join(map(str, sorted(table.directions)))
            raise ConfigError(f'{key}: {item!r} is not a mail port ({mail_ports})')
        return item

    return frozenset(_each(value, 'ports', port))


def _origins(value: Any) -> frozenset[str] | None:
    if value is None:
        return None

    def one(item: Any, key: str) -> str:
        text = _text(item, key)
        normal = ANY_ORIGIN if text == ANY_ORIGIN else origins.normalise(text)
        if normal is None:
            raise ConfigError(f'{key}: {text!r}: expected https://host, https://host:port or "*"')
        return normal

    return frozenset(_each(value, 'origins', one))


def _forward(value: Any) -> dict[Endpoint, Endpoint]:
    forward = {}
    for source, destination in _table(value, 'forward').items():
        endpoint = _endpoint(source, 'forward')
        key = Endpoint(unwrap(endpoint.address), endpoint.port)
        forward[key] = _endpoint(destination, f'forward."{source}"')
    return forward


def _limits(value: Any) -> Limits:
    raw = _table(value, 'limits')
    whole = {field.name: field.type is int for field in dataclasses.fields(Limits)}
    _refuse_unknown(raw, tuple(whole), 'limits.')
    for key, number in raw.items():
        if isinstance(number, bool) or not isinstance(number, int if whole[key] else (int, float)):
            kind = 'a whole number' if whole[key] else 'a number'
            raise ConfigError(f'limits.{key}: expected {kind}, got {number!r}')
        if not math.isfinite(number) or number <= 0:
            raise ConfigError(f'limits.{key}: must be above zero, got {number!r}')
    return Limits(**raw)
