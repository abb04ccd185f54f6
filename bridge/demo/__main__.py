"""`make run`: the demo's mail servers and DNS, the bridge and the page, until Ctrl-C.

    /usr/bin/python3 -m bridge.demo [BUILD]

BUILD (default: build) has tables.json and web/; everything this makes is in BUILD/demo. The page is
served at $LISTEN (default: localhost:8080).
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
from pathlib import Path

from . import servers, zone
from .certificates import ensure
from .domains import DOMAINS, Address, Behaviour, Domain, Exchange, Published, addresses
from .processes import ProcessEnded, Processes, Stopped, stop_signals, wait_for_port
from .services import Service, load
from .sockets import LOOPBACK
from .zone import Srv, Zone

DEFAULT_LISTEN = 'localhost:8080'
# One person at this computer is every client there is, and looks at many broken domains. Ctrl-C
# ends what still runs.
BRIDGE_LIMITS = {
    'client_connections': 200,
    'client_requests': 200,
    'client_relay_per_hour': 10_000,
    'client_mail_per_hour': 10_000,
    'client_resolver_per_hour': 10_000,
    'client_name_bytes_per_hour': 10_000_000,
    'target_per_minute': 10_000,
    'target_connections': 200,
    'drain_seconds': 0.5,
}
# Has an address, as the bridge's test of its resolver wants it.
REFERENCE = 'imap.demo.test'
REPOSITORY = Path(__file__).resolve().parents[2]
# Before the encrypted twin comes the one that needs an upgrade (RFC 8314 3.3), and POP3 is last.
SRV_PRIORITY = {'imaps': 0, 'imap': 10, 'pop3s': 20, 'pop3': 30, 'submissions': 0, 'submission': 10}


def demo_zone(services: list[Service], failing: str) -> Zone:
    """The zone of every domain of the table; `failing` is the address of name servers that fail."""
    made = Zone(domains=['demo.test', *domains_outside()])
    for address in addresses():
        made.addresses += [(name, address.ip) for name in owners(address)]
    for domain in DOMAINS:
        if domain.published is Published.NULL_MX:
            made.exchanges.append((domain.name, None))
        if domain.published is Published.FAILING:
            made.elsewhere.append((domain.name, failing))
        if not domain.has_servers:
            continue
        if domain.exchange is not Exchange.UNNAMED:
            refusing = domain.exchange is Exchange.REFUSING
            made.exchanges.append((domain.name, None if refusing else domain.server('smtp')))
        if domain.alias_target is not None:
            aliases = [name for name in domain.names if name != domain.name]
            made.aliases += [(name, domain.alias_target) for name in aliases]
        if domain.published is Published.SRV:
            made.services += [
                _srv(domain, service)
                for service in services
                if service.name in SRV_PRIORITY and service.name not in domain.unpublished
            ]
    return made


def owners(address: Address) -> tuple[str, ...]:
    """The names with an address record: of aliases, the one they lead to."""
    domain = address.domain
    if domain.alias_target is not None:
        return (domain.alias_target, domain.name)
    outside = () if domain.certificate_name is None else (domain.certificate_name,)
    return (*address.names, *outside)


def domains_outside() -> list[str]:
    """The domains that do not stand under demo.test, of certificates' names too."""
    names = [domain.certificate_name for domain in DOMAINS if domain.certificate_name is not None]
    outside = [domain.name for domain in DOMAINS if not domain.name.endswith('demo.test')]
    return [*(name.partition('.')[2] for name in names), *outside]


def _srv(domain: Domain, service: Service) -> Srv:
    owner = f'_{service.name}._tcp.{domain.name}'
    if domain.behaviour(service.name) is Behaviour.NOT_OFFERED:
        return Srv(owner)
    priority = SRV_PRIORITY[service.name]
    port = domain.published_ports.get(service.name, service.port)
    return Srv(owner, domain.server(service.name), port, priority)


def lay_out_web(built: Path, root: Path, web: Path) -> None:
    """The page as built, with the demo's own settings beside it."""
    if not (built / 'index.html').exists():
        raise FileNotFoundError(f'{built}/index.html is missing: build the page first')
    shutil.rmtree(web, ignore_errors=True)
    web.mkdir(parents=True)
    for entry in built.iterdir():
        if entry.name != 'config.json':
            (web / entry.name).symlink_to(entry.resolve())
    shutil.copy(root, web / 'demo-root.pem')
    examples = [{'domain': domain.name, 'label': domain.label} for domain in DOMAINS]
    config = {'anchors': ['demo-root.pem'], 'examples': examples}
    (web / 'config.json').write_text(json.dumps(config, indent=1) + '\n')


def bridge_settings(
    listen: str, web: Path, resolver: str, tables: Path, forward: dict[str, str]
) -> str:
    """The bridge's TOML."""
    settings = {'listen': listen, 'web': str(web), 'resolver': resolver, 'tables': str(tables)}
    # JSON's strings are TOML's basic strings.
    lines = [f'{key} = {json.dumps(value)}' for key, value in settings.items()]
    # Without internet its resolver knows no other names.
    lines += ['', '[references]', f'name = "{REFERENCE}"']
    lines += ['', '[limits]', *(f'{key} = {value}' for key, value in BRIDGE_LIMITS.items())]
    lines += ['', '[forward]']
    lines += [f'{json.dumps(key)} = {json.dumps(value)}' for key, value in forward.items()]
    return '\n'.join(lines) + '\n'


def reserve(listen: str) -> socket.socket:
    """The address the page is to be served at, bound but not listened at; SystemExit when somebody
    else is there.

    While it is held no claimed port is this one, and the bridge, which reuses addresses as this
    does, can still listen there.
    """
    host, _, port = listen.rpartition(':')
    # A bare system has no name `localhost`; the bridge means this address, too.
    host = LOOPBACK if host == 'localhost' else host.strip('[]')
    try:
        address = (host, int(port))
    except ValueError:
        raise SystemExit(f'LISTEN={listen} is not of the form localhost:8080') from None
    reserved = socket.socket(socket.AF_INET6 if ':' in host else socket.AF_INET)
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        reserved.bind(address)
        return reserved
    except (OSError, OverflowError) as problem:
        reserved.close()
        raise SystemExit(
            f'Cannot serve the page at {listen}: {getattr(problem, "strerror", None) or problem}. '
            'Choose another address: LISTEN=localhost:8081 make run'
        ) from None


def run(build: Path, listen: str) -> str:
    """Start everything, say where, and wait; returns which of the processes ended, and how.

    Stopped ends it from anywhere. ProcessEnded, FileNotFoundError or TimeoutError: it never stood.
    """
    with reserve(listen) as reserved:
        return _run(build, listen, reserved)


def _run(build: Path, listen: str, reserved: socket.socket) -> str:
    demo = build / 'demo'
    certificates = demo / 'certificates'
    tables = build / 'tables.json'
    services = load(tables)
    ensure(certificates, 'Mail Port Check Demo', servers.orders())
    lay_out_web(build / 'web', certificates / 'root.pem', demo / 'web')
    with Processes(demo / 'log') as processes:
        python = [sys.executable, '-m']
        processes.start(
            'servers',
            [*python, 'bridge.demo.servers', certificates, tables],
            piped=True,
            cwd=REPOSITORY,
        )
        claimed = json.loads(processes.read_line('servers'))
        conf = demo / 'dnsmasq.conf'
        made = demo_zone(services, claimed['failing'])
        resolver = zone.start(processes, made, conf, claimed['upstream'])
        settings = bridge_settings(listen, demo / 'web', resolver, tables, claimed['forward'])
        (demo / 'bridge.toml').write_text(settings)
        bridge = [*python, 'bridge', '--config', demo / 'bridge.toml']
        processes.start('bridge', bridge, cwd=REPOSITORY)
        processes.read_line('servers')
        wait_for_port(processes, reserved.getsockname()[:2])
        reserved.close()
        print(f'http://{listen}', flush=True)
        print('Try demo.test. Ctrl-C ends it.', flush=True)
        return processes.wait()


def main() -> int:
    build = Path(sys.argv[1] if len(sys.argv) > 1 else 'build').resolve()
    try:
        with stop_signals():
            ended = run(build, os.environ.get('LISTEN') or DEFAULT_LISTEN)
    except Stopped:
        return 0
    except (ProcessEnded, FileNotFoundError, TimeoutError) as problem:
        ended = str(problem)
    print(ended, file=sys.stderr)
    return 1


if __name__ == '__main__':
    sys.exit(main())
