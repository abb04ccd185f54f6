"""The process: what it prints, its exit status, signals, misuse."""

import contextlib
import json
import os
import pty
import re
import resource
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from harness import CLOSE, PATIENCE, ROOT, Client, Server, code, echo, wait_for

from bridge.closes import Close

PYTHON = '/usr/bin/python3'
# No mail port: the operator forwards it, and may say there what he likes.
TARGET = '192.0.2.10:4190'


def command(text: str, folder: str) -> list[str]:
    """The command line for a configuration of this text."""
    path = Path(folder, 'bridge.toml')
    path.write_text(text)
    return [PYTHON, '-m', 'bridge', '--config', str(path)]


@contextlib.contextmanager
def process(
    text: str, replace_listen: bool = False, **options: object
) -> Iterator[tuple[subprocess.Popen, int]]:
    """A bridge of its own, and its port; killed if a test leaves it running."""
    with tempfile.TemporaryDirectory() as folder:
        bridge = subprocess.Popen(
            command(text if replace_listen else 'listen = "127.0.0.1:0"\n' + text, folder),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )
        try:
            line = bridge.stdout.readline()
            match = re.fullmatch(r'Mail Port Check serves http://127\.0\.0\.1:(\d+)/\n', line)
            if match is None:
                raise AssertionError(line + bridge.stderr.read())
            yield bridge, int(match[1])
        finally:
            if bridge.poll() is None:
                bridge.kill()
            bridge.communicate()


def health(port: int) -> int:
    """What /healthz answers."""
    try:
        with urllib.request.urlopen(f'http://127.0.0.1:{port}/healthz') as response:
            return response.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


class SignalTest(unittest.TestCase):
    def forward(self, target: Server, limits: str = '') -> str:
        return f'[forward]\n"{TARGET}" = "{target.address}"\n[limits]\n{limits}'

    def test_sigterm_lets_what_runs_finish(self) -> None:
        with Server(echo) as target, process(self.forward(target)) as (bridge, port):
            with Client(port, TARGET) as client, Client(port) as waiting:
                client.status()
                self.assertEqual(health(port), 200)
                bridge.send_signal(signal.SIGTERM)
                # Who has named no target goes, and nobody comes any more.
                self.assertEqual(waiting.closing()[:2], (code(Close.DRAINING), 'draining'))
                self.assertEqual(health(port), 503)
                with Client(port, TARGET) as late:
                    self.assertEqual(late.closing()[:2], (code(Close.DRAINING), 'draining'))
                client.send(b'still here')
                self.assertEqual(client.data(10), b'still here')
                client.send(b'\x03\xe8', CLOSE)
                self.assertEqual(client.receive(), (CLOSE, b'\x03\xe8'))
            self.assertEqual(bridge.wait(PATIENCE), 0)
            log = bridge.stderr.read()
            lines = [json.loads(line) for line in log.splitlines()]
            (line,) = [line for line in lines if line.get('port') == 4190]
            self.assertEqual((line['event'], line['client']), ('connection', '127.0.0.0/24'))
            self.assertRegex(line['time'], r'\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\Z')
            with self.assertRaises(ConnectionRefusedError):
                Client(port)

    def test_what_runs_too_long_is_ended(self) -> None:
        with Server(echo) as target:
            with process(self.forward(target, 'drain_seconds = 0.5')) as (bridge, port):
                with Client(port, TARGET) as client:
                    client.status()
                    began = time.monotonic()
                    bridge.send_signal(signal.SIGTERM)
                    self.assertEqual(client.closing()[:2], (code(Close.DRAINING), 'draining'))
                    self.assertGreater(time.monotonic() - began, 0.4)
                self.assertEqual(bridge.wait(PATIENCE), 0)

    def test_sigint_and_a_second_sigterm_do_not_wait(self) -> None:
        for numbers in ([signal.SIGINT], [signal.SIGTERM, signal.SIGTERM]):
            with self.subTest(numbers), Server(echo) as target:
                with process(self.forward(target, 'drain_seconds = 600')) as (bridge, port):
                    with Client(port, TARGET) as client:
                        client.status()
                        bridge.send_signal(numbers[0])
                        if numbers[1:]:
                            wait_for(lambda: health(port) == 503, 'the drain')
                            bridge.send_signal(numbers[1])
                        self.assertEqual(client.closing()[:2], (code(Close.DRAINING), 'draining'))
                    self.assertEqual(bridge.wait(PATIENCE), 0)

    def test_sighup_reads_the_configuration_again(self) -> None:
        page = 'https://check.example'
        with Server(echo) as target, process(self.forward(target)) as (bridge, port):
            file = Path(bridge.args[-1])
            settings = file.read_text()

            def told(what: str) -> None:
                while what not in (line := bridge.stderr.readline()):
                    self.assertTrue(line, f'the log ended before {what!r}')

            with Client(port, TARGET) as client:
                client.status()
                for text, refusal in (
                    (f'origins = ["{page}"]\ndeny = ["1.2.3.0/24"]\n', None),
                    ('origins = ["https://*.example"]\n', 'bridge.toml:1: origins: '),
                    ('nonsense', 'bridge.toml: '),
                    ('[limits]\nconnections = 1e19\n', 'bridge.toml:2: limits.connections: '),
                ):
                    file.write_text(text + settings if 'limits' not in text else text)
                    bridge.send_signal(signal.SIGHUP)
                    if refusal:
                        told('configuration not reloaded, the old one holds: ')
                    else:
                        told('configuration reloaded')
                    # The new one holds, broken files change nothing, and nobody is cut off.
                    with Client(port, '1.2.3.4:993', page) as other:
                        self.assertEqual(other.closing()[1], 'not-public why=operator')
                    with Client(port, TARGET) as other:
                        self.assertEqual(other.closing()[0], code(Close.ORIGIN_DENIED))
                    client.send(b'still here')
                    self.assertEqual(client.data(10), b'still here')
                file.write_text(settings.replace('127.0.0.1:0', '127.0.0.1:1'))
                bridge.send_signal(signal.SIGHUP)
                told('listen: expected what it was')
                file.write_text(settings + 'connections = 1\n')
                bridge.send_signal(signal.SIGHUP)
                told('configuration reloaded')
                with Client(port, TARGET) as other:
                    self.assertEqual(other.closing()[1], 'rate retry=5 of=connections')

    def test_a_closed_terminal_ends_it(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            child, terminal = pty.fork()
            if child == 0:
                os.chdir(ROOT)
                os.execv(PYTHON, command('listen = "127.0.0.1:0"\n', folder))
            said = b''
            while not said.endswith(b'/\r\n'):
                said += os.read(terminal, 4096)
            # Asleep, with nothing left to say to the terminal.
            status = Path(f'/proc/{child}/status')
            wait_for(lambda: 'State:\tS' in status.read_text(), 'its sleep')
            os.close(terminal)
            deadline = time.monotonic() + PATIENCE
            while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0):
                if time.monotonic() > deadline:
                    os.kill(child, signal.SIGKILL)
                    self.fail('it runs on')
                time.sleep(0.02)
            self.assertEqual(ended, (child, 0))

    def test_signals_ignored_by_the_parent(self) -> None:
        def ignore() -> None:
            signal.signal(signal.SIGINT, signal.SIG_IGN)

        with process('', preexec_fn=ignore) as (bridge, _):
            bridge.send_signal(signal.SIGINT)
            self.assertEqual(bridge.wait(PATIENCE), 0)


class MisuseTest(unittest.TestCase):
    def run_it(self, text: str, **options: object) -> subprocess.CompletedProcess:
        with tempfile.TemporaryDirectory() as folder:
            return subprocess.run(
                command(text, folder),
                check=False,
                cwd=ROOT,
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                **options,
            )

    def test_bad_configuration(self) -> None:
        result = self.run_it('listen = "127.0.0.1:0"\nport = 25\n')
        self.assertEqual(result.returncode, 2)
        self.assertRegex(
            result.stderr, r'\Abridge: \S+bridge\.toml:2: port: unknown key [^\n]+\n\Z'
        )
        self.assertEqual(result.stdout, '')

    def test_address_in_use(self) -> None:
        with Server(echo) as taken:
            result = self.run_it(f'listen = "{taken.address}"')
        self.assertEqual(result.returncode, 2)
        self.assertIn(f'bridge: listen: {taken.address}: Address already in use', result.stderr)

    def test_too_few_descriptors(self) -> None:
        def few() -> None:
            resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))

        result = self.run_it('listen = "127.0.0.1:0"', preexec_fn=few)
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, r'limits\.connections: \d+ file descriptors needed, .* 256')

    def test_unknown_argument(self) -> None:
        result = subprocess.run(
            [PYTHON, '-m', 'bridge', '--port', '1'],
            check=False,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        self.assertEqual(result.returncode, 2)


if __name__ == '__main__':
    unittest.main()
