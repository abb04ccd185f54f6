"""Several processes behind one port: limits that hold for all of them, ends, and who goes on."""

import contextlib
import ipaddress
import os
import signal
import socket
import subprocess
import unittest
from collections.abc import Iterator
from pathlib import Path

from harness import (
    CLOSE,
    PATIENCE,
    TEXT,
    Client,
    Server,
    code,
    echo,
    frame,
    free_ports,
    wait_for,
)
from test_main import health, process
from test_proxyprotocol import header

from bridge.closes import Close
from bridge.limits import Limits, divided, share_of
from bridge.workers import Handed, Team

TARGET = '192.0.2.10:4190'
COUNT = 3


@contextlib.contextmanager
def bridge(
    settings: str = '', limits: str = '', **options: object
) -> Iterator[tuple[subprocess.Popen, int]]:
    """A bridge of several processes, whose target says everything again."""
    with Server(echo) as server:
        text = f'workers = {COUNT}\n{settings}\n[forward]\n"{TARGET}" = "{server.address}"\n'
        with process(f'{text}[limits]\n{limits}\n', **options) as (made, port):
            yield made, port


def children(made: subprocess.Popen) -> list[int]:
    """The workers."""
    told = Path(f'/proc/{made.pid}/task/{made.pid}/children').read_text()
    return [int(word) for word in told.split()]


def how(port: int, source: str = '127.0.0.1', **options: object) -> str:
    """One conversation; `ok`, or how it was refused."""
    with Client(port, TARGET, source=source, **options) as client:
        opcode, payload = client.receive()
        if opcode != TEXT:
            return payload[2:].decode()
        client.send(b'hello')
        return 'ok' if client.data(5) == b'hello' else 'garbled'


def draining(port: int) -> bool:
    """Whether who answers for its health drains; one that has no session is gone at once."""
    try:
        return health(port) == 503
    except OSError:
        return False


def gone(pid: int) -> bool:
    """Whether there is no such process, or only what is left of it."""
    try:
        return ') Z ' in Path(f'/proc/{pid}/stat').read_text()
    except OSError:
        return True


class TeamTest(unittest.TestCase):
    def test_a_client_has_one_worker_and_all_have_clients(self) -> None:
        team = Team(4)
        self.addCleanup(team.close)
        homes = [team.home_of((f'192.0.2.{number}',)) for number in range(250)]
        self.assertEqual(homes, [team.home_of((f'192.0.2.{number}',)) for number in range(250)])
        for index in range(4):
            self.assertGreater(homes.count(index), 30)
        # A site is counted as a whole, too.
        self.assertEqual(team.home_of(('a', 'site')), team.home_of(('b', 'site')))

    def test_handing_over(self) -> None:
        team = Team(2)
        self.addCleanup(team.close)
        self.assertIsNone(team.take())
        ours, theirs = socket.socketpair()
        with ours, theirs:
            client = ipaddress.ip_address('2001:db8::1')
            said = b'GET / HTTP/1.1\r\n\r\n\0\n' * 1000
            self.assertTrue(team.hand_over(Handed(ours, client, True, said), 1))
            self.assertIsNone(team.take())
            team.index = 1
            handed = team.take()
            self.assertIsNone(team.take())
            self.assertEqual((handed.client, handed.behind_proxy), (client, True))
            self.assertEqual(handed.said, said)
            with handed.connection as taken:
                taken.send(b'x')
                self.assertEqual(theirs.recv(10), b'x')

    def test_where_nobody_takes_it_stays(self) -> None:
        team = Team(2)
        self.addCleanup(team.close)
        ours, theirs = socket.socketpair()
        with ours, theirs:
            handed = Handed(ours, ipaddress.ip_address('192.0.2.1'), False, b'x' * 500)
            given = 0
            while team.hand_over(handed, 1):
                given += 1
                self.assertLess(given, 10_000)
            self.assertGreater(given, 20)
            team.index = 1
            for _ in range(given):
                team.take().connection.close()

    def test_limits_of_all_clients_are_divided(self) -> None:
        limits = Limits(connections=1000, target_per_minute=60)
        part = divided(limits, 3)
        self.assertEqual((part.connections, part.part_of(60)), (334, 20))
        self.assertEqual(part.client_connections, limits.client_connections)
        self.assertEqual(divided(limits, 2).part_of(60), 30)
        # What one client may do it may do in any case: it has but one worker.
        self.assertEqual(divided(limits, 10).part_of(60), share_of(60))
        self.assertEqual(limits.part_of(60), 60)


class WorkersTest(unittest.TestCase):
    def test_limits_of_a_client_hold_for_all(self) -> None:
        with bridge(limits='client_connections = 4') as (made, port):
            self.assertEqual(len(children(made)), COUNT)
            for source in ('127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'):
                with contextlib.ExitStack() as stack:
                    for _ in range(4):
                        client = stack.enter_context(Client(port, TARGET, source=source))
                        self.assertEqual(client.status()['ip'], '192.0.2.10')
                    said = {how(port, source) for _ in range(8)}
                    self.assertEqual(said, {'rate retry=5 of=client-connections'})
            self.assertEqual(health(port), 200)

    def test_clients_behind_a_proxy(self) -> None:
        settings = 'proxies = ["127.0.0.1"]'
        with bridge(settings, 'client_connections = 1') as (_, port):
            for number in range(6):
                client = f'203.0.113.{number}'
                with Client(port, TARGET, forwarded=client) as first:
                    first.status()
                    again = {how(port, forwarded=f'198.51.100.1, {client}') for _ in range(4)}
                    self.assertEqual(again, {'rate retry=5 of=client-connections'})

    def test_clients_behind_a_proxy_that_sends_a_header(self) -> None:
        settings = 'proxies = ["127.0.0.1"]\nproxy_protocol = true'
        with bridge(settings, 'client_connections = 1') as (_, port):
            for number in range(6):
                preface = header(f'203.0.113.{number}')
                with Client(port, TARGET, preface=preface) as first:
                    first.status()
                    again = {how(port, preface=preface) for _ in range(4)}
                    self.assertEqual(again, {'rate retry=5 of=client-connections'})

    def test_nothing_of_what_was_said_is_lost_on_the_way(self) -> None:
        with bridge() as (_, port):
            for number in range(1, 13):
                early = frame(TARGET.encode(), TEXT) + frame(b'one') + frame(b'two')
                with Client(port, early=early, source=f'127.0.0.{number}') as client:
                    client.status()
                    self.assertEqual(client.data(6), b'onetwo')

    def test_one_that_dies_is_started_again_and_the_others_go_on(self) -> None:
        with bridge() as (made, port), contextlib.ExitStack() as stack:
            clients = [
                stack.enter_context(Client(port, TARGET, source=f'127.0.0.{number}'))
                for number in range(1, 21)
            ]
            for client in clients:
                client.status()
            before = children(made)
            os.kill(before[0], signal.SIGKILL)
            wait_for(lambda: len(set(children(made)) - set(before)) == 1, 'another')
            alive = 0
            for client in clients:
                with contextlib.suppress(EOFError, ConnectionError):
                    client.send(b'hello')
                    alive += client.data(5) == b'hello'
            # Its own sessions are lost, and no others.
            self.assertGreater(alive, 0)
            self.assertLess(alive, 20)
            for number in range(1, 21):
                self.assertEqual(how(port, f'127.0.0.{number}'), 'ok')

    def test_signals_reach_all(self) -> None:
        with bridge() as (made, port):
            file = Path(made.args[-1])
            file.write_text('origins = ["https://check.example"]\n' + file.read_text())
            made.send_signal(signal.SIGHUP)
            for _ in range(COUNT):
                while 'configuration reloaded' not in (line := made.stderr.readline()):
                    self.assertTrue(line, 'the log ended')
            sources = [f'127.0.0.{number}' for number in range(1, 11)]
            for source in sources:
                self.assertRegex(how(port, source), '^origin-denied')
            with contextlib.ExitStack() as stack:
                clients = [
                    stack.enter_context(
                        Client(port, TARGET, 'https://check.example', source=source)
                    )
                    for source in sources
                ]
                for client in clients:
                    client.status()
                made.send_signal(signal.SIGTERM)
                wait_for(lambda: draining(port), 'the drain')
                for client in clients:
                    client.send(b'still here')
                    self.assertEqual(client.data(10), b'still here')
                    client.send(b'\x03\xe8', CLOSE)
            self.assertEqual(made.wait(PATIENCE), 0)

    def test_a_second_signal_does_not_wait(self) -> None:
        with bridge(limits='drain_seconds = 600') as (made, port), Client(port, TARGET) as client:
            client.status()
            made.send_signal(signal.SIGTERM)
            wait_for(lambda: draining(port), 'the drain')
            made.send_signal(signal.SIGTERM)
            self.assertEqual(client.closing()[:2], (code(Close.DRAINING), 'draining'))
            self.assertEqual(made.wait(PATIENCE), 0)

    def test_they_end_with_who_started_them(self) -> None:
        with bridge() as (made, _):
            workers = children(made)
            made.kill()
            wait_for(lambda: all(map(gone, workers)), 'their end')

    def test_each_has_figures(self) -> None:
        first = free_ports(COUNT)
        with bridge(f'metrics = "127.0.0.1:{first}"') as (_, port):
            for number in range(1, 11):
                self.assertEqual(how(port, f'127.0.0.{number}'), 'ok')
            for index in range(COUNT):
                with socket.create_connection(('127.0.0.1', first + index), PATIENCE) as asking:
                    asking.sendall(b'GET /metrics HTTP/1.0\r\n\r\n')
                    with asking.makefile('rb') as answer:
                        self.assertIn(b'mail_port_check_bridge_sessions_limit 334.0', answer.read())

    def test_a_port_that_is_taken(self) -> None:
        with socket.socket() as taken:
            taken.bind(('127.0.0.1', 0))
            taken.listen()
            settings = f'listen = "127.0.0.1:{taken.getsockname()[1]}"\nworkers = 2\n'
            with self.assertRaisesRegex(AssertionError, 'bridge: listen: .* already in use'):
                with process(settings, replace_listen=True):
                    pass

    def test_what_a_worker_cannot_use(self) -> None:
        with socket.socket() as taken:
            taken.bind(('127.0.0.1', 0))
            taken.listen()
            settings = f'workers = 2\nmetrics = "127.0.0.1:{taken.getsockname()[1]}"\n'
            with self.assertRaisesRegex(AssertionError, 'bridge: metrics: .* already in use'):
                with process(settings):
                    pass


if __name__ == '__main__':
    unittest.main()
