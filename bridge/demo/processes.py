"""Child processes that end together: with the context that started them, or with its process."""

from __future__ import annotations

import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from . import watchdog

LOG_LINES_SHOWN = 12
# A signal that comes after Python's last look and before the system call does not interrupt it:
# it is noticed when the call returns.
WAKE_SECONDS = 0.5
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Stopped(Exception):
    """A signal asked this process to end."""


class ProcessEnded(Exception):
    """A child ended by itself; the message has its name, its status and the end of its log."""


@contextmanager
def stop_signals() -> Iterator[None]:
    """Within, SIGTERM, SIGINT and SIGHUP raise Stopped once; later ones wait for the clean-up."""

    def stop(number: int, frame: object) -> None:
        for other in STOP_SIGNALS:
            signal.signal(other, signal.SIG_IGN)
        raise Stopped(signal.Signals(number).name)

    before = {number: signal.signal(number, stop) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Processes:
    """A context manager: child processes started in it, each leading a process group, end with it.

    A watchdog ends them where this process is killed before it can.
    """

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._children: dict[str, subprocess.Popen[str]] = {}
        self._expendable: list[int] = []

    def __enter__(self) -> Processes:
        self._logs.mkdir(parents=True, exist_ok=True)
        self._watchdog = subprocess.Popen(
            [sys.executable, watchdog.__file__],
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        return self

    def start(
        self,
        name: str,
        argv: Sequence[str | Path],
        piped: bool = False,
        expendable: bool = False,
        **options: object,
    ) -> subprocess.Popen[str]:
        """Start a child. What it prints goes to NAME.log; with `piped`, stdout to the caller.

        An `expendable` child and its group are killed in the end, without being asked first.
        """
        with open(self._logs / f'{name}.log', 'w') as log:
            child = subprocess.Popen(
                [str(word) for word in argv],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if piped else log,
                stderr=log,
                text=True,
                start_new_session=True,
                **options,
            )
        self._children[name] = child
        if expendable:
            self._expendable.append(child.pid)
        self._tell_watchdog(str(child.pid))
        return child

    def read_line(self, name: str, seconds: float = 30) -> str:
        """The next line a piped child prints."""
        stdout: IO[str] = self._children[name].stdout
        with selectors.DefaultSelector() as selector:
            selector.register(stdout, selectors.EVENT_READ)
            answered = selector.select(seconds)
        line = stdout.readline() if answered else ''
        if not line:
            self.check()
            raise ProcessEnded(
                f'{name} printed nothing for {seconds:g} seconds{self._log_end(name)}'
            )
        return line.rstrip('\n')

    def wait(self) -> str:
        """Block until a child ends; returns which, and how. A signal may raise Stopped before."""
        with selectors.DefaultSelector() as selector:
            descriptors = [os.pidfd_open(child.pid) for child in self._children.values()]
            try:
                for descriptor in descriptors:
                    selector.register(descriptor, selectors.EVENT_READ)
                while not selector.select(WAKE_SECONDS):
                    pass
            finally:
                for descriptor in descriptors:
                    os.close(descriptor)
        return self.ended()

    def ended(self) -> str:
        """Which child has ended, and how; empty while all of them run."""
        for name, child in self._children.items():
            status = child.poll()
            if status is not None:
                return f'{name} ended with status {status}{self._log_end(name)}'
        return ''

    def check(self) -> None:
        """Raise ProcessEnded if one has ended."""
        if ended := self.ended():
            raise ProcessEnded(ended)

    def __exit__(self, *problem: object) -> None:
        children = self._children.values()
        for group in self._expendable:
            watchdog.signal_group(group, signal.SIGKILL)
        # Also the groups of children that have ended: members of them may be left.
        watchdog.end_groups(
            [child.pid for child in children if child.pid not in self._expendable],
            reap=lambda: [child.poll() for child in children],
        )
        for child in children:
            child.wait()
            if child.stdout:
                child.stdout.close()
        self._tell_watchdog('done')
        self._watchdog.stdin.close()
        self._watchdog.wait()

    def _tell_watchdog(self, line: str) -> None:
        self._watchdog.stdin.write(line + '\n')
        self._watchdog.stdin.flush()

    def _log_end(self, name: str) -> str:
        log = self._logs / f'{name}.log'
        lines = log.read_text(errors='replace').splitlines()[-LOG_LINES_SHOWN:]
        return ''.join(f'\n  {line}' for line in (f'the end of its log ({log}):', *lines))


def wait_for_port(processes: Processes, address: tuple[str, int], seconds: float = 30) -> None:
    """Wait until somebody listens there; raises ProcessEnded early, TimeoutError late."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(address, timeout=1).close()
            return
        except OSError:
            processes.check()
            if time.monotonic() > deadline:
                raise TimeoutError(f'nobody listens at {address[0]}:{address[1]}') from None
            time.sleep(0.02)
