"""The files in bridge/deploy/, as they are but for paths and ports: read, and run if possible."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from tests.deploy import proxies
from tests.deploy.proxies import DEPLOY, NAME, certificate

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests' / 'bridge'))
from harness import PATIENCE, TEXT, Client, Server, echo, wait_for  # noqa: E402

from bridge import config  # noqa: E402

PYTHON = '/usr/bin/python3'
# No mail port: the operator forwards it, and may say there what he likes.
TARGET = '192.0.2.10:4190'
# `systemd-analyze security` gives 10 to a service without any of it.
EXPOSURE = 1.5


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(('127.0.0.1', port)) == 0


class Worker:
    """A bridge of its own, with the settings that are shipped."""

    def __init__(self, folder: Path, port: int, target: str, limits: str) -> None:
        settings = (DEPLOY / 'bridge.toml').read_text()
        settings = settings.replace('127.0.0.1:8080', f'127.0.0.1:{port}')
        self.metrics = free_port()
        settings = settings.replace('127.0.0.1:9464', f'127.0.0.1:{self.metrics}')
        settings = settings.replace('#origins = ["https://check.example.net"]', 'origins = ["*"]')
        shutil.copy(DEPLOY / 'opt-out.txt', folder)
        file = folder / f'{port}.toml'
        file.write_text(f'{settings}[forward]\n"{TARGET}" = "{target}"\n[limits]\n{limits}')
        self.port = port
        self.process = subprocess.Popen(
            [PYTHON, '-m', 'bridge', '--config', str(file)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.process.stdout.readline()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


@contextlib.contextmanager
def workers(count: int, limits: str = '') -> Iterator[tuple[Path, list[Worker]]]:
    """Bridges whose target answers with what it hears, and a folder."""
    with Server(echo) as target, tempfile.TemporaryDirectory() as folder:
        made: list[Worker] = []
        try:
            for _ in range(count):
                made.append(Worker(Path(folder), free_port(), target.address, limits))
            yield Path(folder), made
        finally:
            for worker in made:
                worker.end()


def health_over_tls(port: int, cert: Path) -> tuple[str, str]:
    """What /healthz answers, and the protocol that was agreed on."""
    context = ssl.create_default_context(cafile=str(cert))
    context.set_alpn_protocols(['h2'])
    with socket.create_connection(('127.0.0.1', port), PATIENCE) as plain:
        with context.wrap_socket(plain, server_hostname=NAME) as connection:
            agreed = connection.selected_alpn_protocol()
    context = ssl.create_default_context(cafile=str(cert))
    with socket.create_connection(('127.0.0.1', port), PATIENCE) as plain:
        with context.wrap_socket(plain, server_hostname=NAME) as connection:
            connection.sendall(f'GET /healthz HTTP/1.0\r\nHost: {NAME}\r\n\r\n'.encode())
            answer = b''
            while chunk := connection.recv(4096):
                answer += chunk
    return answer.decode().partition('\r\n')[0], agreed


def talk(port: int, source: str = '127.0.0.1', forwarded: str | None = None) -> str:
    """One conversation; `ok`, or how the bridge refused it."""
    with Client(port, TARGET, 'https://any.example', source=source, forwarded=forwarded) as client:
        opcode, payload = client.receive()
        if opcode != TEXT:
            return payload[2:].decode()
        client.send(b'hello')
        return 'ok' if client.data(5) == b'hello' else 'garbled'


class SettingsTest(unittest.TestCase):
    def test_as_shipped(self) -> None:
        settings = config.load(DEPLOY / 'bridge.toml')
        self.assertEqual(settings.listen.host, '127.0.0.1')
        self.assertNotEqual(settings.metrics.port, settings.listen.port)

    def test_with_all_that_is_commented_out(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            text = re.sub(r'^#(?=[a-z\[])', '', (DEPLOY / 'bridge.toml').read_text(), flags=re.M)
            shutil.copy(DEPLOY / 'opt-out.txt', folder)
            key = {'kty': 'oct', 'k': 'A' * 43}
            Path(folder, 'tickets.jwk').write_text(json.dumps(key))
            file = Path(folder, 'bridge.toml')
            file.write_text(text)
            settings = config.load(file)
        self.assertTrue(settings.tickets.issue)
        self.assertEqual(settings.helo, NAME)
        self.assertEqual(len(settings.references.servers), 3)

    def test_the_container_has_all_files(self) -> None:
        text = (DEPLOY / 'Containerfile').read_text()
        inside = set()
        for line in re.findall(r'^COPY (.*) \S+$', text, re.M):
            for pattern in line.split():
                if not pattern.startswith('build/'):
                    inside |= set(ROOT.glob(pattern))
        needed = set(ROOT.glob('bridge/*.*')) | {ROOT / 'LICENSE'}
        self.assertEqual(inside, needed)


@unittest.skipUnless(shutil.which('systemd-analyze'), 'there is no systemd here')
class UnitTest(unittest.TestCase):
    FILE = str(DEPLOY / 'mail-port-check-bridge.service')

    def test_it_can_be_read(self) -> None:
        done = subprocess.run(
            ['systemd-analyze', 'verify', self.FILE], capture_output=True, text=True, check=False
        )
        self.assertEqual((done.returncode, done.stderr), (0, ''))

    def test_what_it_leaves_open(self) -> None:
        words = ['systemd-analyze', 'security', '--offline=true', '--no-pager', self.FILE]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        level = re.search(r'exposure level for \S+: ([0-9.]+)', done.stdout)
        self.assertLessEqual(float(level[1]), EXPOSURE)


class PackageTest(unittest.TestCase):
    def build(self, folder: str, name: str) -> Path:
        file = Path(folder, name)
        command = ['sh', str(DEPLOY / 'build-deb.sh'), '0~20240501', str(file)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        return file

    def test_it_has_all_and_is_the_same_again(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = self.build(folder, 'one.deb')
            self.assertEqual(file.read_bytes(), self.build(folder, 'other.deb').read_bytes())
            root = Path(folder, 'root')
            subprocess.run(['dpkg-deb', '--extract', file, root], check=True)
            code = root / 'usr/lib/mail-port-check-bridge/bridge'
            needed = {path.name for path in ROOT.glob('bridge/*.*')}
            self.assertEqual({path.name for path in code.iterdir()}, needed)
            for path in (
                'lib/systemd/system/mail-port-check-bridge.service',
                'usr/lib/sysusers.d/mail-port-check-bridge.conf',
                'usr/share/mail-port-check/web/index.html',
            ):
                self.assertTrue((root / path).is_file(), path)
            # Its settings, with the paths as they are when they are there.
            file = root / 'etc/mail-port-check-bridge/bridge.toml'
            file.write_text(file.read_text().replace('"/usr/share/', f'"{root}/usr/share/'))
            settings = config.load(file)
            self.assertEqual(settings.web, root / 'usr/share/mail-port-check/web')

    @unittest.skipUnless(shutil.which('lintian'), 'there is no lintian here')
    def test_lintian_finds_nothing(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = self.build(folder, 'one.deb')
            words = ['lintian', '--allow-root', '--fail-on', 'error,warning', str(file)]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stdout), (0, ''))


class HaproxyTest(unittest.TestCase):
    @contextlib.contextmanager
    def proxy(self, folder: Path, made: list[Worker]) -> Iterator[tuple[int, int, Path]]:
        """HAProxy before these; its plain port, which does not redirect, its TLS port, its root."""
        cert, key = certificate(folder)
        plain, tls = free_port(), free_port()
        bridges = [worker.port for worker in made]
        file = proxies.haproxy_settings(folder, cert, key, (plain, tls, free_port()), bridges)
        words = proxies.command('haproxy', '-L', 'here', '-f', str(file))
        checked = subprocess.run(
            [*words, '-c'], env=proxies.environment(), capture_output=True, text=True, check=False
        )
        self.assertEqual(checked.returncode, 0, checked.stderr)
        self.assertNotIn('WARNING', checked.stderr)
        with proxies.running(*words, '-db'):
            wait_for(lambda: listening(plain), 'HAProxy')
            yield plain, tls, cert

    def test_tls_and_http_2(self) -> None:
        with workers(1) as (folder, made), self.proxy(folder, made) as (_, tls, cert):
            answer = health_over_tls(tls, cert)
            self.assertEqual(answer, ('HTTP/1.1 200 OK', 'h2'))

    def test_one_of_three_dies_under_load(self) -> None:
        limits = 'client_connections = 1000\ntarget_per_minute = 10000\ntarget_connections = 1000\n'
        with workers(3, limits) as (folder, made), self.proxy(folder, made) as (plain, _, _):
            said: list[str] = []

            def visit(number: int) -> None:
                for _ in range(20):
                    try:
                        said.append(talk(plain, source=f'127.0.0.{number + 10}'))
                    except (AssertionError, EOFError, OSError):
                        said.append('lost')

            threads = [threading.Thread(target=visit, args=(number,)) for number in range(10)]
            for thread in threads:
                thread.start()
            wait_for(lambda: len(said) > 30, 'the load')
            made[0].process.kill()
            for thread in threads:
                thread.join()
            # Who was being served by it may have lost that, once; who came later was not refused.
            self.assertEqual(len(said), 200)
            self.assertLessEqual(said.count('lost'), 10)
            self.assertEqual(set(said) - {'lost'}, {'ok'})

    def test_a_client_is_counted_though_there_are_two_workers(self) -> None:
        with workers(2, 'client_connections = 3\n') as (folder, made):
            with self.proxy(folder, made) as (plain, _, _), contextlib.ExitStack() as stack:
                for _ in range(3):
                    client = Client(plain, TARGET, 'https://any.example', source='127.0.0.20')
                    stack.enter_context(client).status()
                full = 'rate retry=5 of=client-connections'
                self.assertEqual(talk(plain, '127.0.0.20'), full)
                # What it says of itself is not believed, and others are others.
                self.assertEqual(talk(plain, '127.0.0.20', forwarded='203.0.113.9'), full)
                self.assertEqual(talk(plain, '127.0.0.21'), 'ok')


class NginxTest(unittest.TestCase):
    def test_tls_sockets_and_clients(self) -> None:
        with workers(1, 'client_connections = 1\n') as (folder, made):
            cert, key = certificate(folder)
            plain, tls = free_port(), free_port()
            text = (DEPLOY / 'nginx.conf').read_text()
            for shipped, here in (
                ('/etc/ssl/check.example.net.pem', str(cert)),
                ('/etc/ssl/private/check.example.net.key', str(key)),
                ('/var/log/nginx', str(folder)),
                ('listen 443 ssl', f'listen 127.0.0.1:{plain};\n    listen 127.0.0.1:{tls} ssl'),
                ('    listen [::]:443 ssl http2;\n', ''),
                ('http://127.0.0.1:8080', f'http://127.0.0.1:{made[0].port}'),
            ):
                self.assertEqual(text.count(shipped), 1, shipped)
                text = text.replace(shipped, here)
            (folder / 'site.conf').write_text(text)
            kinds = ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi')
            paths = ' '.join(f'{kind}_temp_path {folder}/{kind};' for kind in kinds)
            file = folder / 'nginx.conf'
            file.write_text(
                f'daemon off; master_process off; pid {folder}/pid; events {{}}\n'
                f'http {{ {paths} include {folder}/site.conf; }}\n'
            )
            words = proxies.command('nginx', '-c', str(file), '-e', str(folder / 'error.log'))
            with proxies.running(*words):
                wait_for(lambda: listening(plain), 'nginx')
                self.assertEqual(health_over_tls(tls, cert), ('HTTP/1.1 200 OK', 'h2'))
                with Client(plain, TARGET, 'https://any.example', source='127.0.0.20') as client:
                    client.status()
                    for claimed in (None, '203.0.113.9'):
                        said = talk(plain, '127.0.0.20', forwarded=claimed)
                        self.assertEqual(said, 'rate retry=5 of=client-connections')
                    self.assertEqual(talk(plain, '127.0.0.21'), 'ok')
            self.assertNotIn('token', (folder / 'mail-port-check.log').read_text())


class MetricsTest(unittest.TestCase):
    def test_the_dashboard_shows_figures_that_there_are(self) -> None:
        dashboard = json.loads((DEPLOY / 'grafana-dashboard.json').read_text())
        shown = [target['expr'] for panel in dashboard['panels'] for target in panel['targets']] + [
            dashboard['templating']['list'][1]['query']['query']
        ]
        named = {
            name
            for expression in shown
            for name in re.findall(r'\b(?:mail_port_check_bridge|process)_\w+', expression)
        }
        with workers(1) as (_, made):
            self.assertEqual(talk(made[0].port), 'ok')

            def told() -> dict[str, set[str]]:
                """Each figure with its labels."""
                url = f'http://127.0.0.1:{made[0].metrics}/metrics'
                with urllib.request.urlopen(url) as answer:
                    families = text_string_to_metric_families(answer.read().decode())
                    samples = [sample for family in families for sample in family.samples]
                return {
                    name: {label for one in samples if one.name == name for label in one.labels}
                    for name in {sample.name for sample in samples}
                }

            wait_for(lambda: 'mail_port_check_bridge_connections_total' in told(), 'the figures')
            # The first test of the resolver may take its time.
            figures = told() | {'mail_port_check_bridge_self_test': {'what'}}
        self.assertLessEqual(named, set(figures))
        ours = {name for name in figures if name.startswith('mail_port_check_bridge_')}
        # Nothing that the bridge tells is left out, but for what belongs to a figure that is shown.
        beside = re.compile(r'_(count|sum|created)\Z')
        self.assertEqual({name for name in ours - named if not beside.search(name)}, set())
        for expression in shown:
            for labels in re.findall(r'by \(([^)]*)\)', expression):
                name = re.search(r'\bmail_port_check_bridge_\w+', expression)[0]
                wanted = set(labels.split(', ')) - {'instance'}
                self.assertLessEqual(wanted, figures[name], expression)

    def test_none_where_the_public_is(self) -> None:
        with workers(1) as (_, made):
            with self.assertRaises(urllib.error.HTTPError) as caught:
                urllib.request.urlopen(f'http://127.0.0.1:{made[0].port}/metrics')
            caught.exception.close()


if __name__ == '__main__':
    unittest.main()
