"""The bridge's test of its own network: what it tells of a resolver and of ports, and to whom."""

import logging
import socket
import time
import unittest

from harness import (
    Client,
    Server,
    black_hole,
    closed_port,
    echo,
    resolver,
    running,
    silent,
    wait_for,
)

from bridge import config, selftest
from bridge.selftest import Outcome, SelfTest

NAME = 'mail.example'
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


class PortsTest(unittest.TestCase):
    def test_what_they_come_to(self) -> None:
        with Server(silent) as server, black_hole() as hole:
            forward = {
                f'{HERE}:25': hole,
                f'{HERE}:465': closed_port(),
                f'{HERE}:587': closed_port(),
                '192.0.2.11:587': server.address,
                '192.0.2.12:587': closed_port(),
                f'{HERE}:993': server.address,
            }
            outcome = selftest.test(
                settings(forward=forward, references={'servers': list(forward)})
            )
        expected = {25: 'timed-out', 465: 'refused', 587: 'ok', 993: 'ok'}
        self.assertEqual(outcome.ports, expected)

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
        with Server(silent) as server, Server(resolver({f'{NAME}.': [HERE]})) as names:
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
        with Server(resolver({f'{NAME}.': [HERE]})) as server:
            with running(
                resolver=server.address,
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
