"""The process: what it prints, its exit status, signals, misuse."""

import contextlib
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

from harness import PATIENCE, ROOT, Client, Server, code, echo, wait_for

from bridge.closes import Close

IMAPS = '192.0.2.10:993'


def command(text: str, folder: str) -> list[str]:
    """The command line for a configuration of this text."""
    path = Path(folder, 'bridge.toml')
    path.write_text(text)
    return ['/usr/bin/python3', '-m', 'bridge', '--config', str(path)]


@contextlib.contextmanager
def process(text: str, **options: object) -> Iterator[tuple[subprocess.Popen, int]]:
    """A bridge of its own, and its port; killed if a test leaves it running."""
    with tempfile.TemporaryDirectory() as folder:
        bridge = subprocess.Popen(
            command('listen = "127.0.0.1:0"\n' + text, folder),
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


class SignalTest(unittest.TestCase):
    def test_both_signals_drain_and_exit_clean(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number), Server(echo) as target:
                with process(f'[forward]\n"{IMAPS}" = "{target.address}"\n') as (bridge, port):
                    with Client(port, IMAPS) as client:
                        client.status()
                        bridge.send_signal(number)
                        self.assertEqual(client.closing()[0], code(Close.DRAINING))
                    self.assertEqual(bridge.wait(PATIENCE), 0)
                    log = bridge.stderr.read()
                    self.assertRegex(
                        log, r'\A\S+ \S+ connection client=127\.0\.0\.1 port=993 [^\n]+\n\Z'
                    )
                    with self.assertRaises(ConnectionRefusedError):
                        Client(port)

    def test_health_and_refusal_while_draining(self) -> None:
        with process('') as (bridge, port), Client(port):
            # A client that does not answer its Close keeps the bridge draining for a while.
            bridge.send_signal(signal.SIGTERM)

            def status() -> int:
                try:
                    with urllib.request.urlopen(f'http://127.0.0.1:{port}/healthz') as response:
                        return response.status
                except urllib.error.HTTPError as error:
                    error.close()
                    return error.code

            wait_for(lambda: status() == 503, 'the drain')
            with Client(port, IMAPS) as late:
                self.assertEqual(late.closing()[:2], (code(Close.DRAINING), 'draining'))
            started = time.monotonic()
            self.assertEqual(bridge.wait(PATIENCE), 0)
            self.assertLess(time.monotonic() - started, 6)

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
                cwd=ROOT,
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                **options,
            )

    def test_bad_configuration(self) -> None:
        result = self.run_it('listen = "127.0.0.1:0"\nport = 25\n')
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, r'\Abridge: \S+bridge\.toml: port: unknown key [^\n]+\n\Z')
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
            ['/usr/bin/python3', '-m', 'bridge', '--port', '1'],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        self.assertEqual(result.returncode, 2)


if __name__ == '__main__':
    unittest.main()
