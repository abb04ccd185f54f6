"""The bridge with the page on somebody's own computer: `python3 mailbridge.pyz`.

Shows whether the network that this computer is in lets mail through. It listens on this computer
alone, and opens the page in the browser. Ctrl-C ends it.
"""

from __future__ import annotations

import argparse
import ipaddress
import logging
import signal
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import dns.resolver

from bridge import config
from bridge.dnsforwarder import DnsForwarder
from bridge.server import Bridge

MISUSE = 2
# The same one where it is free: then an operator's bridge can list this page in its `origins`.
USUAL_PORT = 8465
_WAKE_SECONDS = 0.5
_DRAIN_SECONDS = 0.5
# In the archive: the page, and the table of ports and close codes.
_PACKED = 'packed'

NO_RESOLVER = (
    'this computer names no DNS resolver. Name one, such as your router: --resolver 192.168.1.1'
)


def main(arguments: list[str] | None = None) -> int:
    """Returns the exit status: 0 after Ctrl-C, 2 when it cannot start."""
    options = _parse(arguments)
    # What a network lacks the page says, in words.
    logging.basicConfig(level=logging.ERROR, format='%(message)s')
    stopping = threading.Event()
    # Ctrl-C too: a parent may have left it ignored.
    for number in _ends():
        signal.signal(number, lambda *_: stopping.set())
    with tempfile.TemporaryDirectory(prefix='mailbridge-') as folder:
        forwarder = None
        try:
            unpack(Path(folder))
            settings = config.load(options.config, _defaults(Path(folder)))
            if options.resolver or settings.rules.resolver is None:
                forwarder = DnsForwarder(options.resolver or system_resolvers())
                rules = replace(settings.rules, resolver=forwarder.endpoint)
                settings = replace(settings, rules=rules)
            bridge = open_bridge(settings, options.port)
        except config.ConfigError as error:
            print(f'mailbridge: {error}', file=sys.stderr)
            return MISUSE
        try:
            if forwarder is not None:
                forwarder.start()
            bridge.start()
            _greet(bridge.url, options.browser)
            while not stopping.wait(_WAKE_SECONDS):
                pass
        finally:
            bridge.stop(at_once=True)
            if forwarder is not None:
                forwarder.stop()
    return 0


def _ends() -> list[signal.Signals]:
    """What ends it: Ctrl-C, a closed window (SIGHUP), Ctrl-Break of Windows, `kill`."""
    named = ('SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK')
    return [getattr(signal, name) for name in named if hasattr(signal, name)]


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog='mailbridge', description=__doc__)
    parser.add_argument(
        '--no-browser', dest='browser', action='store_false', help='only say where the page is'
    )
    parser.add_argument('--port', type=int, help=f'instead of {USUAL_PORT}, or any that is free')
    parser.add_argument(
        '--resolver',
        action='append',
        type=_address,
        metavar='ADDRESS',
        help="DNS resolver to ask, instead of this computer's own",
    )
    parser.add_argument(
        '--config', type=Path, metavar='FILE', help="TOML, as for the bridge (the project's README)"
    )
    return parser.parse_args(arguments)


def _address(text: str) -> str:
    return str(ipaddress.ip_address(text))


def unpack(folder: Path) -> None:
    """Lay out what the archive brings; without an archive, what the build left."""
    packed = resources.files('bridge').joinpath(_PACKED)
    if not packed.is_dir():
        built = config.DEFAULT_WEB.parent
        if not (built / 'web').is_dir():
            raise config.ConfigError(f'{built}: no page: `make page` builds it')
        (folder / 'web').symlink_to(built / 'web')
        (folder / 'tables.json').symlink_to(built / 'tables.json')
        return
    _copy(packed, folder)


def _copy(source: Any, folder: Path) -> None:
    for entry in source.iterdir():
        target = folder / entry.name
        if entry.is_dir():
            target.mkdir()
            _copy(entry, target)
        else:
            target.write_bytes(entry.read_bytes())


def _defaults(folder: Path) -> dict[str, Any]:
    return {
        'web': str(folder / 'web'),
        'tables': str(folder / 'tables.json'),
        'listen': f'localhost:{USUAL_PORT}',
        'limits': {'drain_seconds': _DRAIN_SECONDS},
        # Its resolver is found here, and asked by way of dnsforwarder.py.
        'resolver': None,
    }


def system_resolvers() -> Sequence[str]:
    """This computer's own: /etc/resolv.conf, or the registry of Windows. ConfigError if none."""
    try:
        resolvers = dns.resolver.Resolver().nameservers
    except (dns.resolver.NoResolverConfiguration, OSError) as error:
        raise config.ConfigError(NO_RESOLVER) from error
    found = [one for one in resolvers if isinstance(one, str) and '://' not in one]
    if not found:
        raise config.ConfigError(NO_RESOLVER)
    return found


def open_bridge(settings: config.Config, port: int | None) -> Bridge:
    """At the port that was asked for, else at the usual one, else at any that is free."""
    if port is not None:
        if not 0 <= port <= 65535:
            raise config.ConfigError(f'--port: expected 0 to 65535, got {port}')
        return Bridge(replace(settings, listen=config.Listen('localhost', port)))
    try:
        return Bridge(settings)
    except config.ConfigError:
        if settings.listen.port != USUAL_PORT:
            raise
        return Bridge(replace(settings, listen=config.Listen('localhost', 0)))


def _greet(url: str, browser: bool) -> None:
    # The same host as the address that an operator lists.
    print(f'Mail Port Check runs at {url}', flush=True)
    print("It tests this computer's own network. To end it, close this window or press Ctrl-C.")
    sys.stdout.flush()
    if browser and not webbrowser.open(url):
        print('Open that address in your browser.', flush=True)


if __name__ == '__main__':
    sys.exit(main())
