"""The bridge's test of its own network: what it tells of a resolver and of ports, and to whom."""

import contextlib
import logging
import socket
import time
import unittest
from collections.abc import Callable, Iterable

from harness import (
    PATIENCE,
    TABLES,
    Client,
    Server,
    black_hole,
    closed_port,
    echo,
    reset,
    resolver,
    running,
    silent,
    wait_for,
)

from bridge import config, selftest
from bridge.selftest import Outcome, SelfTest

NAME = 'mail.example'
GREETINGS = {25: '220 mx ESMTP', 587: '220-mx\r\n220 ESMTP', 110: '+OK', 143: '* OK ready'}
SERVER_HELLO = bytes.fromhex('160303007a02000076')
HERE = '192.0.2.10'


def settings(**raw: object) -> config.Config:
    """As read from a file; what it needs to be quick is set."""
    limits = {'connect_seconds': 0.5}
    return config.read({'resolver': '127.0.0.1:1', 'limits': limits, **raw}, config.DEFAULT_WEB)


def everything(connection: socket.socket) -> None:
    """A resolver that knows an address for whatever it is asked."""

    class All(dict):
        def get(self, _: str) -> list[str]:
            return ['192.0.2.1']

    resolver(All())(connection)


class ResolverTest(unittest.TestCase):
    def test_what_it_comes_to(self) -> None:
        good = resolver({f'{NAME}.': ['192.0.2.1']})
        for name, serve, expected in (
            ('good', good, 'ok'),
            ('knows nothing', resolver({}), 'failed'),
            ('hangs up', lambda connection: None, 'failed'),
            ('silent', silent, 'failed'),
            ('no DNS', echo, 'failed'),
            ('captive', everything, 'invents'),
        ):
            with self.subTest(name), Server(serve) as server:
                outcome = selftest.test(
                    settings(resolver=server.address, references={'name': NAME})
                )
                self.assertEqual((outcome.resolver, outcome.ports), (expected, {}))

    def test_nobody_there(self) -> None:
        outcome = selftest.test(settings(resolver=closed_port(), references={'name': NAME}))
        self.assertEqual(outcome.resolver, 'failed')

    def test_a_name_of_the_operators_choice_that_is_none(self) -> None:
        told = {f'{NAME}.': ['192.0.2.1'], 'there.example.': ['192.0.2.2']}
        with Server(resolver(told)) as server:
            references = {'name': NAME, 'no_such_name': 'there.example'}
            outcome = selftest.test(settings(resolver=server.address, references=references))
        self.assertEqual(outcome.resolver, 'invents')


def says(words: bytes) -> Callable[[socket.socket], None]:
    """Says it, and then waits for the other side to leave."""

    def serve(connection: socket.socket) -> None:
        connection.sendall(words)
        silent(connection)

    return serve


def speaks_tls(connection: socket.socket) -> None:
    """Answers a ClientHello."""
    if connection.recv(1)[:1] == b'\x16':
        connection.sendall(SERVER_HELLO)
        silent(connection)


def mail_server(port: int) -> Callable[[socket.socket], None]:
    """One that works, as far as the test goes."""
    greeting = GREETINGS.get(port)
    return says(f'{greeting}\r\n'.encode()) if greeting else speaks_tls


def hangs_up(_: socket.socket) -> None:
    """Accepts, and closes."""


def rejects(connection: socket.socket) -> None:
    """Reads, then ends with a reset."""
    connection.recv(65536)
    reset(connection)


# What firewalls do that accept every connection themselves, and what it comes to.
MIDDLEBOXES = (
    ('hangs up', hangs_up, {'server-closed', 'reset'}),
    ('resets', reset, {'reset'}),
    ('tells of itself', says(b'HTTP/1.1 403 Forbidden\r\n\r\n'), {'other-answer'}),
    ('alerts', says(bytes.fromhex('15030300020228') + b'\n'), {'other-answer'}),
    ('refuses', says(b'554 5.7.1 No mail from here\r\n'), {'other-answer'}),
)
# The same, once a client has said something, as it does to ports of TLS.
ANSWERING = (
    ('resets what is said', rejects, {'reset'}),
    ('sends it back', echo, {'other-answer'}),
)
TLS_PORTS = (465, 993, 995)


class PortsTest(unittest.TestCase):
    def test_what_they_come_to(self) -> None:
        with Server(mail_server(587)) as server, black_hole() as hole:
            forward = {
                f'{HERE}:25': hole,
                f'{HERE}:465': closed_port(),
                f'{HERE}:587': closed_port(),
                '192.0.2.11:587': server.address,
                '192.0.2.12:587': closed_port(),
            }
            outcome = selftest.test(
                settings(forward=forward, references={'servers': list(forward)})
            )
        self.assertEqual(outcome.ports, {25: 'timed-out', 465: 'refused', 587: 'ok'})

    def ports_through(
        self,
        serve_port: Callable[[int], Callable],
        ports: Iterable[int] = tuple(TABLES.directions),
        seconds: float = PATIENCE,
    ) -> dict[int, str]:
        """The test of these ports, each with a reference that this serves."""
        with contextlib.ExitStack() as stack:
            forward = {
                f'{HERE}:{port}': stack.enter_context(Server(serve_port(port))).address
                for port in ports
            }
            raw = {'forward': forward, 'references': {'servers': list(forward)}}
            return selftest.test(settings(**raw, limits={'connect_seconds': seconds})).ports

    def test_a_mail_server_was_heard(self) -> None:
        self.assertEqual(self.ports_through(mail_server), dict.fromkeys(TABLES.directions, 'ok'))

    def test_a_middlebox_that_accepts_is_no_mail_server(self) -> None:
        every = tuple(TABLES.directions)
        for boxes, ports in ((MIDDLEBOXES, every), (ANSWERING, TLS_PORTS)):
            for name, middlebox, expected in boxes:
                with self.subTest(name):
                    found = self.ports_through(lambda _, box=middlebox: box, ports)
                    self.assertEqual(set(found), set(ports))
                    self.assertLessEqual(set(found.values()), expected)

    def test_a_middlebox_that_says_nothing(self) -> None:
        found = self.ports_through(lambda _: silent, seconds=0.1)
        self.assertEqual(found, dict.fromkeys(TABLES.directions, 'silent'))

    def test_a_middlebox_that_never_ends_its_first_line(self) -> None:
        found = self.ports_through(lambda _: says(b'220 mx'), (25,), seconds=0.1)
        self.assertEqual(found, {25: 'silent'})

    def test_a_middlebox_for_one_destination_shows_the_port_open(self) -> None:
        with Server(hangs_up) as box, Server(mail_server(25)) as server:
            forward = {f'{HERE}:25': box.address, '192.0.2.11:25': server.address}
            references = {'servers': list(forward)}
            outcome = selftest.test(settings(forward=forward, references=references))
        self.assertEqual(outcome.ports, {25: 'ok'})

    def test_a_reference_is_taken_leave_of(self) -> None:
        heard = []

        def serve(connection: socket.socket) -> None:
            connection.sendall(b'220 mx')
            connection.sendall(b' ESMTP\r\n')
            heard.append(connection.makefile('rb').read())

        with Server(serve) as server:
            forward = {f'{HERE}:25': server.address}
            selftest.test(settings(forward=forward, references={'servers': list(forward)}))
            self.assertTrue(server.done.wait(PATIENCE))
        self.assertEqual(heard, [b'QUIT\r\n'])

    def test_no_way_there(self) -> None:
        forward = {f'{HERE}:25': '224.0.0.1:25'}
        outcome = selftest.test(settings(forward=forward, references={'servers': [f'{HERE}:25']}))
        self.assertEqual(outcome.ports, {25: 'unreachable'})

    def test_without_references_the_resolver_is_tested_all_the_same(self) -> None:
        known = {'a.root-servers.net.': ['198.41.0.4']}
        for told, expected in ((known, 'ok'), ({}, 'failed')):
            with self.subTest(expected), Server(resolver(told)) as server:
                outcome = selftest.test(settings(resolver=server.address))
                self.assertEqual((outcome.resolver, outcome.ports), (expected, {}))


class ThreadTest(unittest.TestCase):
    def test_again_and_again(self) -> None:
        with (
            Server(mail_server(25)) as server,
            Server(resolver({f'{NAME}.': [HERE]})) as names,
        ):
            references = {'name': NAME, 'servers': [f'{HERE}:25']}

            def reaching(address: str) -> config.Config:
                forward = {f'{HERE}:25': address}
                return settings(resolver=names.address, forward=forward, references=references)

            self.settings = reaching(server.address)
            tester = SelfTest(lambda: self.settings, every=0.01)
            with self.assertLogs('bridge', logging.INFO) as logs:
                tester.start()
                wait_for(lambda: tester.outcome is not None, 'the first test')
                first = tester.outcome
                wait_for(lambda: tester.outcome.at > first.at, 'the second test')
                self.settings = reaching(closed_port())
                wait_for(lambda: tester.outcome.ports[25] == 'refused', 'the change')
                tester.stop()
                tester._thread.join()
        # Only what is new is said.
        self.assertEqual(
            [record.getMessage() for record in logs.records],
            ['self-test resolver=ok 25=ok', 'self-test resolver=ok 25=refused'],
        )
        self.assertEqual([r.levelno for r in logs.records], [logging.INFO, logging.WARNING])

    def test_new_settings_are_tested_at_once(self) -> None:
        tester = SelfTest(settings)
        tester.start()
        tester.again()
        tester.stop()
        tester._thread.join(5)
        self.assertFalse(tester._thread.is_alive())


class MessageTest(unittest.TestCase):
    def test_as_told(self) -> None:
        outcome = Outcome('ok', {587: 'ok', 25: 'timed-out'}, time.monotonic() - 61)
        self.assertEqual(
            outcome.message(),
            {'seconds_ago': 61, 'resolver': 'ok', 'ports': {'25': 'timed-out', '587': 'ok'}},
        )

    def test_every_session_hears_it(self) -> None:
        with Server(resolver({f'{NAME}.': [HERE]})) as names, Server(speaks_tls) as server:
            with running(
                resolver=names.address,
                forward={f'{HERE}:25': closed_port(), f'{HERE}:993': server.address},
                references={'name': NAME, 'servers': [f'{HERE}:25', f'{HERE}:993']},
            ) as bridge:
                wait_for(lambda: bridge.self_test.outcome is not None, 'the test')
                for token in ('resolver', f'{HERE}:993'):
                    with self.subTest(token), Client(bridge.port, token) as client:
                        tested = client.status()['tested']
                        self.assertLess(tested.pop('seconds_ago'), 60)
                        self.assertEqual(
                            tested, {'resolver': 'ok', 'ports': {'25': 'refused', '993': 'ok'}}
                        )


if __name__ == '__main__':
    unittest.main()
