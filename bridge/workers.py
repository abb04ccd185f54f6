"""Several processes behind one port: who starts and ends them, and which of them serves whom.

The kernel spreads connections over all (SO_REUSEPORT). So that a client's limits hold for the whole
machine each client has one worker, by its network: another one that hears of it hands its socket
over, with what it has said so far. Limits of all clients together are divided (limits.py).
"""

from __future__ import annotations

import ipaddress
import logging
import os
import signal
import socket
import sys
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from bridge.loop import HasFileno
from bridge.target import Address

LOG = logging.getLogger('bridge')

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)
MISUSE = 2
# One that ends at once would otherwise be started without pause.
_RESTART_SECONDS = 1.0
# A request with all that may come before its end, and the line before it.
_MAX_MESSAGE_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True)
class Handed:
    """A connection from another worker: whose it is, and what was read of it."""

    connection: socket.socket
    client: Address
    behind_proxy: bool
    said: bytes


class Team:
    """All workers, as each of them sees the others. Made before they are; then `index` is set."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.index = 0
        # One inbox for each: what is in it outlives the worker, for the one that takes its place.
        self._inboxes = [socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM) for _ in range(count)]
        for pair in self._inboxes:
            for end in pair:
                end.setblocking(False)

    def close(self) -> None:
        """Close all inboxes."""
        for pair in self._inboxes:
            for end in pair:
                end.close()

    @property
    def inbox(self) -> HasFileno:
        """What this one waits for."""
        return self._inboxes[self.index][0]

    def home_of(self, networks: tuple[str, ...]) -> int:
        """Who serves this client: by the widest of its networks, whose limits count it, too."""
        return zlib.crc32(networks[-1].encode('ascii')) % self.count

    def hand_over(self, handed: Handed, to: int) -> bool:
        """Give it to another one; false where a hundred wait for that one already, or it is gone.

        The socket stays open here. Who could not be given away is served here.
        """
        line = f'{handed.client} {int(handed.behind_proxy)}\n'.encode('ascii')
        try:
            socket.send_fds(self._inboxes[to][1], [line, handed.said], [handed.connection.fileno()])
        except OSError:
            return False
        return True

    def take(self) -> Handed | None:
        """The next in the inbox, None where there is none."""
        try:
            data, descriptors, _, _ = socket.recv_fds(
                self._inboxes[self.index][0], _MAX_MESSAGE_BYTES, 1
            )
        except BlockingIOError:
            return None
        line, _, said = data.partition(b'\n')
        client, behind_proxy = line.decode('ascii').split()
        connection = socket.socket(fileno=descriptors[0])
        return Handed(connection, ipaddress.ip_address(client), behind_proxy == '1', said)


class Supervisor:
    """Runs `serve(index, told)` in each of the processes; it calls `told` when it serves.

    `ready` is called once, when all do. To be used while there are no threads.
    """

    def __init__(
        self, count: int, serve: Callable[[int, Callable[[], None]], int], ready: Callable[[], None]
    ) -> None:
        self._serve = serve
        self._ready = ready
        self._awaited = set(range(count))
        self._count = count
        self._running: dict[int, tuple[int, float]] = {}  # process → index, when it began
        self._stopping = False
        # Its end is how the workers learn that this process is gone, however that came.
        self._alive = os.pipe()
        self._told = os.pipe()
        os.set_blocking(self._told[0], False)

    def run(self, still_wanted: Callable[[], bool]) -> int:
        """Until it is told to stop; the exit status. A SIGHUP ends it when it is not wanted."""
        signals = (*STOP_SIGNALS, signal.SIGHUP, signal.SIGCHLD)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.pthread_sigmask(signal.SIG_BLOCK, signals)
        for index in range(self._count):
            self._start(index)
        while self._running or not self._stopping:
            info = signal.sigtimedwait(signals, _RESTART_SECONDS / 10)
            number = info.si_signo if info else None
            if number == signal.SIGHUP and not still_wanted():
                number = signal.SIGINT
            if number in STOP_SIGNALS:
                self._stopping = True
            if number in (*STOP_SIGNALS, signal.SIGHUP):
                for process in self._running:
                    os.kill(process, number)
            if not self._reap():
                return MISUSE
            self._hear()
        return 0

    def _start(self, index: int) -> None:
        process = os.fork()
        if process:
            self._running[process] = (index, time.monotonic())
            return
        status = 1
        try:
            os.close(self._alive[1])
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            status = self._serve(index, lambda: os.write(self._told[1], bytes([index])))
        except Exception:
            LOG.exception('worker %d failed', index)
        finally:
            sys.stdout.flush()
            logging.shutdown()
            os._exit(status)

    def _reap(self) -> bool:
        """See who has ended, and start another for it; false where none can be started."""
        while self._running:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                break
            index, began = self._running.pop(process)
            if self._stopping:
                continue
            if os.waitstatus_to_exitcode(status) == MISUSE and index in self._awaited:
                self._end_all()
                return False
            LOG.error('worker %d ended (%d) and is started again', index, status)
            if time.monotonic() - began < _RESTART_SECONDS:
                time.sleep(_RESTART_SECONDS)
            self._start(index)
        return True

    def _end_all(self) -> None:
        for process in self._running:
            os.kill(process, signal.SIGKILL)
        for process in self._running:
            os.waitpid(process, 0)

    def _hear(self) -> None:
        try:
            told = os.read(self._told[0], self._count)
        except BlockingIOError:
            return
        was_awaited = bool(self._awaited)
        self._awaited.difference_update(told)
        if was_awaited and not self._awaited:
            self._ready()

    def await_end(self) -> None:
        """In a worker: return when the process that started it is gone."""
        os.read(self._alive[0], 1)
