"""Children of a family live and die together, and nothing of them stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from bridge.demo.family import ChildDied, Family, Stopped, stop_signals

REPOSITORY = Path(__file__).resolve().parents[2]
SLEEPER = [sys.executable, '-c', 'import time; print("up", flush=True); time.sleep(600)']
# Ignores SIGTERM, and so does its own child.
STUBBORN = [
    'sh',
    '-c',
    'trap "" TERM; sleep 600 & echo $!; while :; do sleep 600; done',
]
LAUNCHER = '''
import sys, time
from pathlib import Path
from bridge.demo.family import Family
with Family(Path(sys.argv[1])) as family:
    child = family.start("stubborn", sys.argv[2:], piped=True)
    print(child.pid, family.read_line("stubborn"), flush=True)
    time.sleep(600)
'''


def alive(pid: int) -> bool:
    """Whether a process runs; a zombie does not."""
    try:
        status = Path(f'/proc/{pid}/stat').read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(')')[2].split()[0] != 'Z'


class FamilyTest(unittest.TestCase):
    def setUp(self) -> None:
        self.logs = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def assert_ends(self, *pids: int) -> None:
        deadline = time.monotonic() + 60
        while any(map(alive, pids)):
            self.assertLess(time.monotonic(), deadline, f'one of {pids} still runs')
            time.sleep(0.05)

    def test_children_end_with_the_context(self) -> None:
        with Family(self.logs) as family:
            first = family.start('first', SLEEPER, piped=True)
            second = family.start('second', SLEEPER, expendable=True)
            self.assertEqual(family.read_line('first'), 'up')
        self.assertEqual(first.returncode, -signal.SIGTERM)
        self.assertEqual(second.returncode, -signal.SIGKILL)

    def test_a_stubborn_group_is_killed(self) -> None:
        with Family(self.logs) as family:
            child = family.start('stubborn', STUBBORN, piped=True)
            grandchild = int(family.read_line('stubborn'))
        self.assert_ends(child.pid, grandchild)

    def test_a_death_is_told_with_last_words(self) -> None:
        program = [sys.executable, '-c', 'print("my last words", flush=True); raise SystemExit(3)']
        with Family(self.logs) as family:
            family.start('steady', SLEEPER)
            family.start('short-lived', program)
            with self.assertRaisesRegex(ChildDied, r'short-lived.* status 3(.|\n)*my last words'):
                family.wait()

    def test_nothing_survives_a_killed_starter(self) -> None:
        starter = subprocess.Popen(
            [sys.executable, '-c', LAUNCHER, self.logs, *STUBBORN],
            stdout=subprocess.PIPE,
            text=True,
            cwd=REPOSITORY,
        )
        with starter:
            pids = [int(word) for word in starter.stdout.readline().split()]
            self.assertEqual(len(pids), 2)
            starter.kill()
        self.assert_ends(*pids)

    def test_signals_raise_once(self) -> None:
        before = signal.getsignal(signal.SIGTERM)
        with self.assertRaisesRegex(Stopped, 'SIGTERM'), stop_signals():
            os.kill(os.getpid(), signal.SIGTERM)
            self.fail('the signal was not delivered')
        self.assertEqual(signal.getsignal(signal.SIGTERM), before)


if __name__ == '__main__':
    unittest.main()
