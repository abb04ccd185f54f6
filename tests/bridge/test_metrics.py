"""Figures of what was done, at a port of their own."""

import contextlib
import http.client
import unittest
from pathlib import Path

from harness import PATIENCE, Client, Server, code, echo, running, wait_for
from prometheus_client.parser import text_string_to_metric_families

from bridge import config
from bridge.closes import Close
from bridge.server import Bridge

# No mail port: the operator forwards it, and may say there what he likes.
TARGET = '192.0.2.10:4190'
PREFIX = 'mail_port_check_bridge_'


def ask(port: int, path: str = '/metrics') -> tuple[int, str]:
    with contextlib.closing(
        http.client.HTTPConnection('127.0.0.1', port, timeout=PATIENCE)
    ) as connection:
        connection.request('GET', path)
        response = connection.getresponse()
        return response.status, response.read().decode()


def samples(bridge: Bridge) -> dict[tuple, float]:
    """Each by its name and the values of its labels, by their names."""
    status, text = ask(bridge.metrics_server.port)
    if status != 200:
        raise AssertionError(text)
    return {
        (
            sample.name.removeprefix(PREFIX),
            *(sample.labels[name] for name in sorted(sample.labels)),
        ): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


class MetricsTest(unittest.TestCase):
    def test_connections(self) -> None:
        with Server(echo) as server:
            forward = {TARGET: server.address, '192.0.2.10:993': server.address}
            with running(forward=forward, metrics='127.0.0.1:0') as bridge:
                with Client(bridge.port, TARGET) as client:
                    client.status()
                    client.send(b'hello')
                    client.data(5)
                    self.assertEqual(samples(bridge)[('sessions',)], 1)
                    # Whatever a client closes with makes no figure of its own.
                    client.send(b'\x0f\xa0', 8)
                with Client(bridge.port, '127.0.0.1:993') as refused:
                    refused.closing()
                with Client(bridge.port, 'nonsense') as refused:
                    refused.closing()
                wait_for(lambda: bridge.capacity._present == 0, 'the ends')
                found = samples(bridge)
        refusal, nonsense = str(code(Close.NOT_PUBLIC)), str(code(Close.BAD_TOKEN))
        self.assertEqual(found[('connections_total', 'client', '-', 'forwarded', 'other')], 1)
        self.assertEqual(found[('connections_total', 'bridge', refusal, 'loopback', '993')], 1)
        self.assertEqual(
            found[('connections_total', 'bridge', nonsense, 'not-ip-and-port', '-')], 1
        )
        self.assertEqual(found[('bytes_total', 'up')], 5)
        self.assertEqual(found[('bytes_total', 'down')], 5)
        self.assertEqual(found[('connect_seconds_count',)], 1)
        self.assertEqual(found[('session_seconds_count',)], 3)
        self.assertEqual(found[('sessions',)], 0)
        self.assertEqual(found[('draining',)], 0)
        self.assertIn(('process_open_fds',), found)

    def test_self_test(self) -> None:
        with Server(lambda connection: connection.sendall(b'220 ready\r\n')) as server:
            references = {'servers': ['192.0.2.10:587', '192.0.2.10:25']}
            forward = {'192.0.2.10:587': server.address, '192.0.2.10:25': '127.0.0.1:1'}
            settings = {'references': references, 'forward': forward, 'metrics': '127.0.0.1:0'}
            with running(**settings) as bridge:
                wait_for(lambda: bridge.self_test.outcome is not None, 'the test')
                found = samples(bridge)
        self.assertEqual((found['self_test', '587'], found['self_test', '25']), (1, 0))

    def test_not_where_the_public_is(self) -> None:
        with running(metrics='127.0.0.1:0') as bridge:
            self.assertNotEqual(bridge.port, bridge.metrics_server.port)
            self.assertNotIn(PREFIX, ask(bridge.port)[1])
        with running() as bridge:
            self.assertIsNone(bridge.metrics_server)
            self.assertNotIn(PREFIX, ask(bridge.port)[1])

    def test_a_port_that_is_taken(self) -> None:
        with running(metrics='127.0.0.1:0') as bridge:
            taken = f'127.0.0.1:{bridge.metrics_server.port}'
            settings = config.read({'listen': '127.0.0.1:0', 'metrics': taken}, Path('.'))
            with self.assertRaisesRegex(config.ConfigError, 'metrics: .*in use'):
                Bridge(settings)
            raw = {'listen': '127.0.0.1:0', 'metrics': '127.0.0.1:1'}
            with self.assertRaisesRegex(config.ConfigError, 'metrics: .*restart'):
                bridge.configure(config.read(raw, Path('.')))


if __name__ == '__main__':
    unittest.main()
