"""mailbridge.pyz as `make dist` packs it: in an empty environment, without what Windows lacks."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import ipaddress
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests' / 'bridge'))
from harness import PATIENCE, Client, Server, closed_port, code, dns_query, echo  # noqa: E402

from bridge.closes import Close  # noqa: E402

PYTHON = '/usr/bin/python3'
PYZ = ROOT / 'build/pyz/mailbridge.pyz'
DIST = ROOT / 'build/dist'
READY = re.compile(r'^Mail Port Check runs at http://localhost:(\d+)/$', re.M)
TARGET = '192.0.2.10:4190'
# Runs the archive as a Python that lacks what Windows lacks; its platform's name stays, since the
# standard library would look for its own parts for another one.
LACKING = """
import os, pathlib, runpy, select, signal, socket, sys
for name in ('fcntl', 'grp', 'pwd', 'resource', 'termios'):
    sys.modules[name] = None
for name in [name for name in dir(select) if 'poll' in name.lower() or name.startswith('POLL')]:
    delattr(select, name)
signals = ('SIGALRM', 'SIGCHLD', 'SIGHUP', 'SIGKILL', 'SIGPIPE', 'SIGQUIT', 'SIGUSR1')
for name in (*signals, 'pthread_sigmask', 'sigwait', 'sigtimedwait', 'sigpending'):
    delattr(signal, name)
sockets = ('MSG_DONTWAIT', 'MSG_NOSIGNAL', 'SOCK_CLOEXEC', 'SOCK_NONBLOCK', 'SO_REUSEPORT')
for name in (*sockets, 'recv_fds', 'send_fds'):
    delattr(socket, name)
for name in ('fork', 'getrusage', 'getuid', 'set_blocking', 'sched_getaffinity'):
    if hasattr(os, name):
        delattr(os, name)
# What it has besides.
socket.SO_EXCLUSIVEADDRUSE = socket.SO_REUSEADDR
any_select = select.select
def select_sockets(reading, writing, failing, *seconds):
    if not (reading or writing or failing):
        raise OSError('an invalid argument was supplied')
    return any_select(reading, writing, failing, *seconds)
select.select = select_sockets
read_text = pathlib.Path.read_text
def without_proc(path, *args, **more):
    if str(path).startswith('/proc'):
        raise FileNotFoundError(path)
    return read_text(path, *args, **more)
pathlib.Path.read_text = without_proc
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name='__main__')
"""


@contextlib.contextmanager
def running(
    *arguments: str, lacking: bool = False, end: signal.Signals = signal.SIGINT
) -> Iterator[SimpleNamespace]:
    """The archive without installed packages, in an empty environment; ended as by Ctrl-C."""
    before = ['-c', LACKING] if lacking else []
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as name:
        # Where people have their files.
        file = Path(name, 'Meine Dateien (für später)', 'mailbridge (1).pyz')
        file.parent.mkdir()
        shutil.copy(PYZ, file)
        process = subprocess.Popen(
            [PYTHON, '-I', '-S', *before, file, '--no-browser', '--port', '0', *arguments],
            cwd='/',
            env={'TMPDIR': folder},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with process:
            said = process.stdout.readline() + process.stdout.readline()
            found = READY.search(said)
            if found is None:
                raise AssertionError(said + process.communicate(timeout=PATIENCE)[1])
            run = SimpleNamespace(port=int(found[1]), said=said, log='', status=None)
            try:
                yield run
            finally:
                process.send_signal(end)
                rest, run.log = process.communicate(timeout=PATIENCE)
                run.said += rest
                run.status = process.returncode
                run.left = os.listdir(folder)


def get(port: int, path: str) -> tuple[int, bytes]:
    with contextlib.closing(
        http.client.HTTPConnection('127.0.0.1', port, timeout=PATIENCE)
    ) as connection:
        connection.request('GET', path, headers={'Host': f'localhost:{port}'})
        response = connection.getresponse()
        return response.status, response.read()


def tunnel(port: int, target: str) -> Client:
    origin = f'http://localhost:{port}'
    return Client(port, target, origin=origin, named=f'localhost:{port}')


class ArchiveTest(unittest.TestCase):
    def test_the_same_sources_make_the_same_bytes_and_the_checksum_is_its_own(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            again = Path(folder) / 'mailbridge.pyz'
            script = ROOT / 'bridge/deploy/build_pyz.py'
            options = {'--web': 'build/pyz/web', '--tables': 'build/tables.json', '--out': again}
            arguments = [str(word) for option in options.items() for word in option]
            subprocess.run([PYTHON, script, *arguments], cwd=ROOT, check=True)
            self.assertEqual(again.read_bytes(), PYZ.read_bytes())
            sums = (again.parent / 'SHA256SUMS').read_text()
        digest = hashlib.sha256(PYZ.read_bytes()).hexdigest()
        self.assertEqual(sums, f'{digest}  mailbridge.pyz\n')

    def test_it_lies_beside_the_page_with_its_checksum(self) -> None:
        self.assertEqual((DIST / 'mailbridge.pyz').read_bytes(), PYZ.read_bytes())
        command = ['sha256sum', '--check', '--quiet', 'SHA256SUMS']
        self.assertEqual(subprocess.run(command, cwd=DIST, check=False).returncode, 0)

    def test_licences_are_kept_and_nothing_of_this_machine_is_in_it(self) -> None:
        with zipfile.ZipFile(PYZ) as archive:
            names = archive.namelist()
            licences = {name for name in names if name.startswith('licenses/')}
            for package, words in {
                'websockify': b'LGPL',
                'dnspython': b'Nominum',
                'tomli': b'Permission is hereby granted',
                'LGPL-3': b'GNU LESSER GENERAL PUBLIC LICENSE',
                'MPL-2.0': b'Mozilla Public License',
            }.items():
                name = f'licenses/{package}.txt'
                self.assertIn(name, licences)
                self.assertIn(words, archive.read(name))
            self.assertIn('LICENSE', names)
            self.assertIn('bridge/packed/web/mail-port-check.js.LEGAL.txt', names)
            self.assertEqual(names, sorted(names))
            for name in names:
                self.assertNotIn('__pycache__', name)
                self.assertNotIn(str(ROOT).encode(), archive.read(name), name)

    def test_the_bridge_is_written_for_python_3_9(self) -> None:
        import ast

        for file in (ROOT / 'bridge').glob('*.py'):
            tree = ast.parse(file.read_text(), feature_version=(3, 9))
            futures = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
            if any(node.module == '__future__' for node in futures):
                continue
            # Without it, `X | Y` in an annotation would be computed, which 3.9 cannot.
            for node in ast.walk(tree):
                for annotation in annotations(node):
                    self.assertFalse(
                        any(isinstance(part, ast.BinOp) for part in ast.walk(annotation)),
                        f'{file}:{annotation.lineno}: needs `from __future__ import annotations`',
                    )

    def test_what_is_signed_can_be_verified_and_what_is_changed_cannot(self) -> None:
        script = ROOT / 'bridge/deploy/sign-checksums.sh'
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / 'SHA256SUMS').write_text('0123  mailbridge.pyz\n')
            unsigned = subprocess.run(
                ['sh', script, folder], check=True, capture_output=True, text=True
            )
            self.assertRegex(unsigned.stdout, r'^mailbridge\.pyz: .*not signed.*\n$')
            key = folder / 'key'
            make = ['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', key]
            subprocess.run(make, check=True)
            subprocess.run(['sh', script, folder, key], check=True, capture_output=True)
            public = (folder / 'key.pub').read_text()
            (folder / 'signers').write_text(f'operator {public}')
            verify = ['ssh-keygen', '-Y', 'verify', '-f', folder / 'signers', '-I', 'operator']
            verify += ['-n', 'mailbridge', '-s', folder / 'SHA256SUMS.sig']
            for content, good in (('0123  mailbridge.pyz\n', True), ('4567  x\n', False)):
                done = subprocess.run(
                    verify, input=content, capture_output=True, text=True, check=False
                )
                self.assertEqual(done.returncode == 0, good, done.stderr)


def annotations(node: object) -> Iterator:
    import ast

    if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
        yield node.annotation
    if isinstance(node, ast.FunctionDef) and node.returns is not None:
        yield node.returns


class RunTest(unittest.TestCase):
    def check(self, lacking: bool) -> None:
        """The page, the policy, a lab's server, and the resolver, until Ctrl-C."""
        with Server(echo) as server, Server(echo) as other, tempfile.TemporaryDirectory() as name:
            config = Path(name) / 'lab.toml'
            lines = [
                f'resolver = "{other.address}"',
                '[forward]',
                f'"{TARGET}" = "{server.address}"',
                f'"192.0.2.11:4190" = "{closed_port()}"',
            ]
            config.write_text('\n'.join(lines))
            with running('--config', str(config), lacking=lacking) as run:
                self.assertEqual(get(run.port, '/healthz')[0], 200)
                status, page = get(run.port, '/')
                self.assertEqual(status, 200)
                self.assertIn(b'<mail-port-check', page)
                self.assertEqual(get(run.port, '/core.wasm')[0], 200)
                status, settings = get(run.port, '/config.json')
                self.assertEqual(
                    (status, settings), (200, b'{"bridges":[{"name":"","url":"/bridge"}]}\n')
                )
                for target, close in (
                    ('127.0.0.1:993', Close.NOT_PUBLIC),
                    ('8.8.8.8:80', Close.PORT_DENIED),
                    ('192.0.2.11:4190', Close.REFUSED),
                ):
                    with tunnel(run.port, target) as client:
                        self.assertEqual(client.closing()[0], code(close), target)
                with tunnel(run.port, TARGET) as client:
                    self.assertEqual(client.status()['ip'], '192.0.2.10')
                    client.send(b'x' * 5000)
                    self.assertEqual(client.data(5000), b'x' * 5000)
        self.assertEqual(run.status, 0, run.log)
        self.assertIn('close this window or press Ctrl-C', run.said)
        self.assertEqual(run.log, '')
        self.assertNotIn('WARNING', run.said)
        self.assertEqual(run.left, [], 'nothing is left behind')

    def test_in_an_empty_environment(self) -> None:
        self.check(lacking=False)

    def test_without_what_windows_lacks(self) -> None:
        self.check(lacking=True)

    def test_a_closed_window_ends_it_and_nothing_is_left_behind(self) -> None:
        with running('--resolver', '192.0.2.53', end=signal.SIGHUP) as run:
            self.assertEqual(get(run.port, '/healthz')[0], 200)
        self.assertEqual((run.status, run.left), (0, []), run.log)

    def test_no_resolver_is_said_with_what_to_do(self) -> None:
        program = (
            'import dns.resolver, sys\n'
            'def none(*_, **__): raise dns.resolver.NoResolverConfiguration\n'
            'dns.resolver.Resolver = none\n'
            'from bridge.portable import main\n'
            "sys.exit(main(['--no-browser', '--port', '0']))\n"
        )
        arguments = [PYTHON, '-c', f'import sys; sys.path.insert(0, {str(PYZ)!r})\n{program}']
        done = subprocess.run(arguments, cwd='/', capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertEqual(
            done.stderr.splitlines()[-1],
            'mailbridge: this computer names no DNS resolver. '
            'Name one, such as your router: --resolver 192.168.1.1',
        )

    def test_a_port_that_is_taken_is_an_error_only_where_it_was_asked_for(self) -> None:
        with socket.socket() as taken:
            taken.bind(('127.0.0.1', 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            command = [PYTHON, '-I', PYZ, '--no-browser', '--resolver', '192.0.2.53']
            done = subprocess.run(
                [*command, '--port', port], cwd='/', capture_output=True, text=True, check=False
            )
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, rf'^mailbridge: listen: localhost:{port}: ')

    def test_a_resolver_that_knows_udp_alone_is_enough(self) -> None:
        import dns.message
        import dns.rrset

        from bridge.dnsforwarder import DnsForwarder

        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as router:
            router.bind(('127.0.0.1', 0))
            router.settimeout(PATIENCE)
            forwarder = DnsForwarder(['127.0.0.1'], router.getsockname()[1])
            forwarder.start()
            endpoint = forwarder.endpoint
            self.assertTrue(ipaddress.ip_address(str(endpoint.address)).is_loopback)
            with socket.create_connection((str(endpoint.address), endpoint.port)) as client:
                client.settimeout(PATIENCE)
                client.sendall(dns_query('mail.example.test'))
                wire, asker = router.recvfrom(4096)
                answer = dns.message.make_response(dns.message.from_wire(wire))
                name = answer.question[0].name
                answer.answer.append(dns.rrset.from_text(name, 60, 'IN', 'A', '192.0.2.1'))
                router.sendto(answer.to_wire(), asker)
                with client.makefile('rb') as stream:
                    length = int.from_bytes(stream.read(2), 'big')
                    told = dns.message.from_wire(stream.read(length))
            forwarder.stop()
        self.assertEqual(str(told.answer[0][0]), '192.0.2.1')

    def test_a_resolver_of_another_network_is_waited_for_once(self) -> None:
        import dns.message
        import dns.query

        from bridge.dnsforwarder import DnsForwarder

        asked: list[str] = []

        def ask(query: dns.message.Message, resolver: str, *_: object, **__: object) -> tuple:
            asked.append(resolver)
            if resolver != '192.0.2.2':
                raise TimeoutError
            return dns.message.make_response(query), False

        forwarder = DnsForwarder(['192.0.2.1', '192.0.2.2', '192.0.2.3'])
        query = dns_query('mail.example.test')[2:]
        with mock.patch.object(dns.query, 'udp_with_fallback', ask):
            self.assertIsNotNone(forwarder.ask(query))
            self.assertIsNotNone(forwarder.ask(query))
        forwarder.close()
        self.assertEqual(asked, ['192.0.2.1', '192.0.2.2', '192.0.2.2'])


if __name__ == '__main__':
    unittest.main()
