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
from bridge.hail import Hail
from bridge.loop import Loop, Poller
from bridge.selector import IN, OUT

LOG = logging.getLogger('bridge')

EVERY_SECONDS = 300

# Somebody accepts the connection, and it is no mail server: a firewall does so for all.
SILENT = 'silent'
OTHER_ANSWER = 'other-answer'
_ANSWER_BYTES = 1024


@dataclass(frozen=True)
class Outcome:
    """What a test came to: of the resolver, and of each port that a reference is named for.

    Resolver: `ok`, `failed` (no answer, or none for the name that exists), `invents` (an answer
    for the name that does not). Ports: `ok` where a mail server was heard, or the id of the close
    that a session to the reference would end with, or what was heard in its place.
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

    with contextlib.ExitStack() as stack:
        waiting: dict[int, _Call] = {}
        for server in config.references.servers:
            # As a session would go there.
            dial = config.rules.forward.get(server, server)
            try:
                attempt = stack.enter_context(connect.start(dial))
            except Ended as ended:
                note(server.port, ended.close.value)
                continue
            hail = Hail(config.tables.protocols[server.port], config.tables.modes[server.port])
            waiting[attempt.fileno()] = _Call(server.port, attempt, hail)
            poller.watch(attempt, OUT)
        # To be reached, and then to say who is there, each has so long.
        connected_by = time.monotonic() + seconds
        for deadline in (connected_by, connected_by + seconds):
            while waiting and (ready := await poller.wait(deadline)):
                for descriptor in ready:
                    call = waiting[descriptor]
                    how = call.go_on(poller)
                    if how is not None:
                        note(call.port, how)
                        poller.ignore(call.socket)
                        del waiting[descriptor]
            for descriptor, call in list(waiting.items()):
                if not call.connected:
                    note(call.port, Close.TIMED_OUT.value)
                    poller.ignore(call.socket)
                    del waiting[descriptor]
        for call in waiting.values():
            note(call.port, SILENT)
    return found


class _Call:
    """One reference, called."""

    def __init__(self, port: int, attempt: socket.socket, hail: Hail) -> None:
        self.port = port
        self.socket = attempt
        self.connected = False
        self._hail = hail

    def go_on(self, poller: Poller) -> str | None:
        """Its socket is ready: what it came to, None while that is open."""
        try:
            if not self.connected:
                connect.finish(self.socket)
                self.connected = True
                self.socket.send(self._hail.first_words)
                poller.watch(self.socket, IN)
                return None
            answer = self.socket.recv(_ANSWER_BYTES)
        except BlockingIOError:
            return None
        except Ended as ended:
            return ended.close.value
        except OSError as error:
            return connect.ended_by(error.errno or 0).close.value
        if not answer:
            return Close.SERVER_CLOSED.value
        is_mail_server = self._hail.heard(answer)
        if is_mail_server:
            with contextlib.suppress(OSError):  # it is not what is tested
                self.socket.send(self._hail.last_words)
        return None if is_mail_server is None else 'ok' if is_mail_server else OTHER_ANSWER


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
