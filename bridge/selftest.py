"""Does the bridge's own network let a check through? Asked at its resolver, and at servers that the
operator names.

A resolver that answers nothing, or anything, and a network that blocks outgoing mail ports must not
be laid at the door of the servers that are checked: the first message of each session tells what
the test came to, so that the page can say "not tested from here".
"""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import dns.exception
import dns.message
import dns.query

from bridge import connect
from bridge.closes import Close, Ended
from bridge.config import Config
from bridge.loop import Loop, Poller
from bridge.selector import OUT

LOG = logging.getLogger('bridge')

EVERY_SECONDS = 300


@dataclass(frozen=True)
class Outcome:
    """What a test came to: of the resolver, and of each port that a reference is named for.

    Resolver: `ok`, `failed` (no answer, or none for the name that exists), `invents` (an answer
    for the name that does not). Ports: `ok`, or the id of the close that a session to the reference
    would end with.
    """

    resolver: str
    ports: dict[int, str]
    at: float  # monotonic

    @property
    def found(self) -> tuple[str, dict[int, str]]:
        """What it came to, whenever that was."""
        return self.resolver, self.ports

    def message(self) -> dict[str, object]:
        """As the first message of a session has it."""
        return {
            'seconds_ago': round(time.monotonic() - self.at),
            'resolver': self.resolver,
            'ports': {str(port): how for port, how in sorted(self.ports.items())},
        }


class SelfTest:
    """Tests in a thread of its own, at the start, after `again`, and every five minutes."""

    def __init__(self, settings: Callable[[], Config], every: float = EVERY_SECONDS) -> None:
        self._settings = settings
        self._every = every
        self._wake = threading.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.outcome: Outcome | None = None  # None until the first is there

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def again(self) -> None:
        """Test now: the settings are new."""
        self._wake.set()

    def stop(self) -> None:
        """End it; a test that is running goes on without being heard."""
        self._stopped = True
        self._wake.set()

    def _run(self) -> None:
        while not self._stopped:
            outcome = test(self._settings())
            before, self.outcome = self.outcome, outcome
            if not before or outcome.found != before.found:
                _log(outcome)
            self._wake.wait(self._every)
            self._wake.clear()


def test(config: Config) -> Outcome:
    """One test of everything."""
    seconds = config.limits.connect_seconds
    ports = Loop().run(lambda poller: _try_servers(config, seconds, poller))
    return Outcome(_try_resolver(config, seconds), ports, time.monotonic())


async def _try_servers(config: Config, seconds: float, poller: Poller) -> dict[int, str]:
    """All at once. One that is reached shows that its port is open, whatever ails another."""
    found: dict[int, str] = {}

    def note(port: int, how: str) -> None:
        if found.get(port) != 'ok':
            found[port] = how

    deadline = time.monotonic() + seconds
    with contextlib.ExitStack() as stack:
        waiting: dict[int, tuple[int, socket.socket]] = {}
        for server in config.references.servers:
            # As a session would go there.
            dial = config.rules.forward.get(server, server)
            try:
                attempt = stack.enter_context(connect.start(dial))
            except Ended as ended:
                note(server.port, ended.close.value)
                continue
            waiting[attempt.fileno()] = server.port, attempt
            poller.watch(attempt, OUT)
        while waiting and (ready := await poller.wait(deadline)):
            for descriptor in ready:
                port, attempt = waiting.pop(descriptor)
                poller.ignore(attempt)
                try:
                    connect.finish(attempt)
                    note(port, 'ok')
                except Ended as ended:
                    note(port, ended.close.value)
        for port, _ in waiting.values():
            note(port, Close.TIMED_OUT.value)
    return found


def _try_resolver(config: Config, seconds: float) -> str:
    references = config.references
    if config.rules.resolver is None or not _has_address(config, references.name, seconds):
        return 'failed'
    return 'invents' if _has_address(config, references.no_such_name, seconds) else 'ok'


def _has_address(config: Config, name: str, seconds: float) -> bool:
    """Whether the resolver tells an address of the name, within the time."""
    resolver = config.rules.resolver
    query = dns.message.make_query(name, 'A')
    try:
        answer = dns.query.tcp(query, str(resolver.address), timeout=seconds, port=resolver.port)
    except (OSError, EOFError, dns.exception.DNSException):
        return False
    return bool(answer.answer)


def _log(outcome: Outcome) -> None:
    ports = ' '.join(f'{port}={how}' for port, how in sorted(outcome.ports.items()))
    fine = outcome.resolver == 'ok' and set(outcome.ports.values()) <= {'ok'}
    level = logging.INFO if fine else logging.WARNING
    LOG.log(level, ' '.join(filter(None, (f'self-test resolver={outcome.resolver}', ports))))
