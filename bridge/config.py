"""The operator's TOML file. Every value is checked; an error names file, line, key and fault."""

from __future__ import annotations

import dataclasses
import ipaddress
import os
import re
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.9 and 3.10: mailbridge.pyz brings the same as a package
    import tomli as tomllib

from bridge import optout, tables, tomllines, values
from bridge import origin as origins
from bridge.limits import Limits
from bridge.policy import ANY_ORIGIN, Rules
from bridge.target import Endpoint
from bridge.values import ConfigError, Network

if TYPE_CHECKING:
    from bridge.tickets import Tickets

DEFAULT_LISTEN = 'localhost:8080'
# The page as the build leaves it, seen from a checkout; a bridge without it serves no page.
DEFAULT_WEB = tables.DEFAULT_PATH.parent / 'web'
RESOLV_CONF = Path('/etc/resolv.conf')
DNS_PORT = 53
# All of them are tried at once.
MAX_REFERENCES = 32
MAX_WORKERS = 64
CAN_HAVE_WORKERS = hasattr(os, 'fork') and hasattr(socket, 'SO_REUSEPORT')

KEYS = (
    'listen',
    'workers',
    'web',
    'tables',
    'resolver',
    'ports',
    'origins',
    'deny',
    'opt_out',
    'helo',
    'contact',
    'proxies',
    'proxy_protocol',
    'metrics',
    'tickets',
    'limits',
    'references',
    'forward',
)


@dataclass(frozen=True)
class Listen:
    """Where to listen: `localhost` or an IP address, and a port (0: any free one)."""

    host: str
    port: int


@dataclass(frozen=True)
class References:
    """What the bridge tests its own network with: servers only where the operator names them."""

    # Has an address. A name that every resolver knows, since it begins its work there.
    name: str = 'a.root-servers.net'
    no_such_name: str = 'no-such-name.invalid'  # RFC 6761 6.4: has none, ever
    servers: tuple[Endpoint, ...] = ()  # somebody listens there


@dataclass(frozen=True)
class Config:
    """A checked configuration."""

    listen: Listen
    web: Path | None
    tables: tables.Tables
    rules: Rules
    limits: Limits
    proxies: tuple[Network, ...] = ()
    proxy_protocol: bool = False
    tickets: Tickets | None = None
    helo: str | None = None  # what a check calls itself
    metrics: Listen | None = None
    contact: str | None = None  # whom to write to about its traffic
    references: References = References()
    workers: int = 1  # processes


def load(path: Path | None, defaults: dict[str, Any] | None = None) -> Config:
    """The configuration in the file, the defaults where `path` is None; or ConfigError.

    `defaults` come before those here; of them a `resolver` of None means that the machine's own is
    not looked for.
    """
    defaults = defaults or {}
    if path is None:
        return read(defaults, Path.cwd())
    try:
        text = path.read_text('utf-8')
    except OSError as error:
        raise ConfigError(f'{path}: {error.strerror}') from error
    except ValueError as error:
        raise ConfigError(f'{path}: expected UTF-8: {error}') from error
    try:
        raw = tomllib.loads(text)
    except ValueError as error:
        where = _place(path, tomllines.line_of_fault(text, error))
        raise ConfigError(f'{where}: expected TOML: {error}') from error
    try:
        return read({**defaults, **raw}, path.parent)
    except ConfigError as error:
        where = _place(path, tomllines.line_of_key(text, error.key))
        raise ConfigError(f'{where}: {error}') from error


def _place(path: Path, line: int | None) -> str:
    return f'{path}:{line}' if line else str(path)


def read(raw: dict[str, Any], base: Path) -> Config:
    """The configuration in parsed TOML; relative paths start at `base`."""
    values.refuse_unknown(raw, KEYS, '')
    try:
        table = tables.load(
            base / values.text(raw['tables'], 'tables') if 'tables' in raw else tables.DEFAULT_PATH
        )
    except tables.TablesError as error:
        raise ConfigError(f'tables: expected what the build makes: {error}') from error
    rules = Rules(
        ports=_ports(raw.get('ports'), table),
        origins=_origins(raw.get('origins')),
        deny=tuple(values.each(raw.get('deny', []), 'deny', values.network)),
        opt_out=_opt_out(raw['opt_out'], base) if 'opt_out' in raw else optout.NOBODY,
        forward=_forward(raw.get('forward', {})),
        resolver=_resolver(raw),
    )
    listen = _listen(raw.get('listen', DEFAULT_LISTEN), 'listen')
    workers = values.number(raw.get('workers', 1), 'workers', int, 1, MAX_WORKERS)
    if workers > 1 and not CAN_HAVE_WORKERS:
        raise ConfigError(f'workers: expected 1 on this system, got {workers}')
    proxies = tuple(values.each(raw.get('proxies', []), 'proxies', values.network))
    return Config(
        listen=listen,
        web=_web(raw.get('web'), base),
        tables=table,
        rules=rules,
        limits=_limits(raw.get('limits', {})),
        proxies=proxies,
        proxy_protocol=_proxy_protocol(raw.get('proxy_protocol', False), proxies),
        metrics=_metrics(raw['metrics'], listen, workers) if 'metrics' in raw else None,
        workers=workers,
        helo=_helo(raw['helo']) if 'helo' in raw else None,
        contact=_contact(raw['contact']) if 'contact' in raw else None,
        tickets=_tickets(raw['tickets'], base) if 'tickets' in raw else None,
        references=_references(raw.get('references', {}), rules),
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


def _resolver(raw: dict[str, Any]) -> Endpoint | None:
    if 'resolver' not in raw:
        return system_resolver()
    return None if raw['resolver'] is None else values.endpoint(raw['resolver'], 'resolver')


def _listen(value: Any, key: str) -> Listen:
    text = values.text(value, key)
    match = re.fullmatch(r'(?:\[([0-9A-Fa-f:.]+)\]|([^\[\]:]+)):([0-9]{1,5})', text)
    if match is None or int(match[3]) > 65535:
        raise ConfigError(f'{key}: {text!r}: expected host:port or [ipv6]:port')
    host = match[1] or match[2]
    if host != 'localhost':
        try:
            ipaddress.ip_address(host)
        except ValueError as error:
            raise ConfigError(f'{key}: {text!r}: expected localhost or an IP address') from error
    return Listen(host, int(match[3]))


def _web(value: Any, base: Path) -> Path | None:
    if value is None:
        return DEFAULT_WEB if DEFAULT_WEB.is_dir() else None
    path = (base / values.text(value, 'web')).absolute()
    if not os.path.isdir(path):
        raise ConfigError(f'web: expected a directory, {path} is none')
    return path


def _ports(value: Any, table: tables.Tables) -> frozenset[int]:
    if value is None:
        return frozenset(table.directions)

    def port(item: Any, key: str) -> int:
        if not isinstance(item, int) or isinstance(item, bool) or item not in table.directions:
            mail_ports = ', '.join(map(str, sorted(table.directions)))
            raise ConfigError(f'{key}: expected mail ports ({mail_ports}), got {item!r}')
        return item

    return frozenset(values.each(value, 'ports', port))


def _origins(value: Any) -> frozenset[str] | None:
    if value is None:
        return None

    return frozenset(values.each(value, 'origins', _origin))


def _origin(value: Any, key: str) -> str:
    text = values.text(value, key)
    normal = ANY_ORIGIN if text == ANY_ORIGIN else origins.normalise(text)
    if normal is None:
        raise ConfigError(
            f'{key}: {text!r}: expected https://host, https://host:port or "*" alone '
            '(no patterns; names as in DNS, such as xn--…)'
        )
    return normal


def _metrics(value: Any, listen: Listen, workers: int) -> Listen:
    metrics = _listen(value, 'metrics')
    if metrics.port == 0:
        return metrics
    # Each worker has the next.
    last = metrics.port + workers - 1
    if metrics.port <= listen.port <= last:
        raise ConfigError(f'metrics: expected another port than `listen`, got {metrics.port}')
    if last > 65535:
        raise ConfigError(f'metrics: expected {workers} ports from {metrics.port} on')
    return metrics


def _opt_out(value: Any, base: Path) -> optout.OptOut:
    try:
        return optout.load(base / values.text(value, 'opt_out'))
    except optout.OptOutError as error:
        raise ConfigError(f'opt_out: expected a file of networks and domains: {error}') from error


def _helo(value: Any) -> str:
    name = values.host_name(value, 'helo').rstrip('.')
    # Servers refuse others, and so does a page.
    if '.' not in name or '_' in name:
        raise ConfigError(f'helo: {name!r}: expected a whole host name such as check.example.net')
    return name


def _contact(value: Any) -> str:
    contact = values.text(value, 'contact')
    if not re.fullmatch(r'https://\S+|[^\s@:/?&]+@[^\s@:/?&]+', contact):
        raise ConfigError(f'contact: {contact!r}: expected an e-mail address or an https:// URL')
    return contact


def _proxy_protocol(value: Any, proxies: tuple[Network, ...]) -> bool:
    wanted = values.truth(value, 'proxy_protocol')
    if wanted and not proxies:
        raise ConfigError('proxy_protocol: expected `proxies` beside it: from whom it is believed')
    return wanted


def _tickets(value: Any, base: Path) -> Tickets:
    try:
        from bridge import tickets
    except ModuleNotFoundError as error:
        raise ConfigError(f'tickets: expected python3-jwcrypto: {error}') from error
    raw = values.table(value, 'tickets')
    values.refuse_unknown(raw, ('keys', 'shared', 'seconds', 'issue'), 'tickets.')

    def keys(value: Any, key: str) -> tuple:
        files = values.each(value, key, values.text)
        try:
            return tuple(jwk for file in files for jwk in tickets.load_keys(base / file))
        except tickets.KeyFileError as error:
            raise ConfigError(f'{key}: expected files of keys: {error}') from error

    own = keys(raw.get('keys', []), 'tickets.keys')
    shared = {
        _origin(origin, 'tickets.shared'): keys(files, f'tickets.shared."{origin}"')
        for origin, files in values.table(raw.get('shared', {}), 'tickets.shared').items()
    }
    if not own and not any(shared.values()):
        raise ConfigError(
            'tickets: expected `keys`, or keys in `shared`: nobody could have a ticket'
        )
    issue = values.truth(raw.get('issue', bool(own)), 'tickets.issue')
    if issue and not own:
        raise ConfigError('tickets.issue: expected `keys` beside it: with what they are signed')
    seconds = raw.get('seconds', tickets.DEFAULT_SECONDS)
    values.number(seconds, 'tickets.seconds', int, 60, tickets.MAX_SECONDS)
    return tickets.Tickets(own, shared, seconds, issue)


def _forward(value: Any) -> dict[Endpoint, Endpoint]:
    forward = {}
    for source, destination in values.table(value, 'forward').items():
        forward[values.endpoint(source, 'forward')] = values.endpoint(
            destination, f'forward."{source}"'
        )
    return forward


def _references(value: Any, rules: Rules) -> References:
    raw = values.table(value, 'references')
    values.refuse_unknown(raw, ('name', 'no_such_name', 'servers'), 'references.')
    read = {key: values.host_name(raw[key], f'references.{key}') for key in raw if key != 'servers'}
    servers = values.each(raw.get('servers', []), 'references.servers', values.endpoint)
    if len(servers) > MAX_REFERENCES:
        raise ConfigError(
            f'references.servers: expected {MAX_REFERENCES} at most, got {len(servers)}'
        )
    for server in servers:
        if server.port not in rules.ports:
            ports = ', '.join(map(str, sorted(rules.ports)))
            raise ConfigError(f'references.servers: {server}: expected one of the ports {ports}')
    return References(servers=tuple(servers), **read)


def _limits(value: Any) -> Limits:
    raw = values.table(value, 'limits')
    fields = {field.name: field for field in dataclasses.fields(Limits)}
    values.refuse_unknown(raw, tuple(fields), 'limits.')
    return Limits(**{key: _limit(fields[key], raw[key]) for key in raw})


def _limit(field: dataclasses.Field, value: Any) -> float:
    bounds = field.metadata['least'], field.metadata['most']
    return values.number(value, f'limits.{field.name}', field.type, *bounds)
