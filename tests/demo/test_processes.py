"""Child processes end together, and none outlives the process that started them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from bridge.demo.processes import ProcessEnded, Processes, Stopped, stop_signals

REPOSITORY = Path(__file__).resolve().parents[2]
SLEEPER = [sys.executable, '-c', 'import time; print("up", flush=True); time.sleep(600)']
# Ignores SIGTERM, and so does its own child.
STUBBORN = [
    'sh',
    '-c',
    'trap "" TERM; sleep 600 & echo $!; while :; do sleep 600; done',
]
LAUNCHER = """
import sys, time
from pathlib import Path
from bridge.demo.processes import Processes
with Processes(Path(sys.argv[1])) as processes:
    child = processes.start("stubborn", sys.argv[2:], piped=True)
    print(child.pid, processes.read_line("stubborn"), flush=True)
    time.sleep(600)
"""


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
        with Processes(self.logs) as processes:
            first = processes.start('first', SLEEPER, piped=True)
            second = processes.start('second', SLEEPER, expendable=True)
            self.assertEqual(processes.read_line('first'), 'up')
        self.assertEqual(first.returncode, -signal.SIGTERM)
        self.assertEqual(second.returncode, -signal.SIGKILL)

    def test_a_stubborn_group_is_killed(self) -> None:
        with Processes(self.logs) as processes:
            child = processes.start('stubborn', STUBBORN, piped=True)
            grandchild = int(processes.read_line('stubborn'))
        self.assert_ends(child.pid, grandchild)

    def test_a_death_is_told_with_last_words(self) -> None:
        program = [sys.executable, '-c', 'print("my last words", flush=True); raise SystemExit(3)']
        with Processes(self.logs) as processes:
            processes.start('steady', SLEEPER)
            processes.start('short-lived', program)
            ended = processes.wait()
            self.assertRegex(ended, r'short-lived.* status 3(.|\n)*my last words')
            with self.assertRaisesRegex(ProcessEnded, 'short-lived'):
                processes.check()

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
