"""What goes wrong around a bridge: it keeps its memory, and the others notice nothing.

Each fault is bounded in number and time; beside it somebody holds a conversation that has to go on.
"""

import contextlib
import errno
import logging
import os
import socket
import struct
import threading
import time
import types
import unittest
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import dns.message
from harness import (
    CLOSE,
    PATIENCE,
    TEXT,
    Client,
    Server,
    ask,
    black_hole,
    code,
    dns_query,
    echo,
    frame,
    resolver,
    running,
    silent,
    wait_for,
)

from bridge import connect
from bridge.closes import Close
from bridge.server import Bridge, Listener

OTHER = '192.0.2.1:4190'
FAULTY = '192.0.2.2:4190'
MEBIBYTE = 1 << 20


def resident() -> int:
    """Bytes of memory of this process."""
    return int(Path('/proc/self/statm').read_text().split()[1]) * os.sysconf('SC_PAGE_SIZE')


@contextlib.contextmanager
def beside(faulty: str, **settings: object) -> Iterator[tuple[Bridge, Client]]:
    """A bridge to a faulty target, and a conversation with another one that works to its end."""
    with Server(echo) as server:
        forward = {OTHER: server.address, FAULTY: faulty}
        with running(forward=forward, **settings) as bridge:
            with Client(bridge.port, OTHER, source='127.0.0.8') as other:
                other.status()
                yield bridge, other
                talk(other)


def talk(client: Client) -> None:
    """A round trip. Its time is no measure: it is there or it is not."""
    client.send(b'hello')
    if client.data(5) != b'hello':
        raise AssertionError('garbled')


def flood(connection: socket.socket) -> None:
    """Sends for as long as it is read."""
    with contextlib.suppress(OSError):
        while True:
            connection.sendall(bytes(65536))


class PeersTest(unittest.TestCase):
    def test_slow_readers(self) -> None:
        with Server(flood) as server, beside(server.address) as (bridge, other):
            before = resident()
            with contextlib.ExitStack() as stack:
                for _ in range(20):
                    stack.enter_context(Client(bridge.port, FAULTY, receive_buffer=4096))
                wait_for(lambda: bridge.capacity.admitted == 21, 'the sessions')
                for _ in range(50):
                    talk(other)
                # A queue each, and what Python needs to move it.
                self.assertLess(resident() - before, 20 * MEBIBYTE)

    def test_targets_that_read_nothing(self) -> None:
        def stalled(connection: socket.socket) -> None:
            ended.wait(PATIENCE)

        ended = threading.Event()
        limits = {'bytes_up_send': MEBIBYTE}
        with Server(stalled) as server, beside(server.address, limits=limits) as (bridge, other):
            before = resident()
            with contextlib.ExitStack() as stack:
                for _ in range(20):
                    client = stack.enter_context(Client(bridge.port, FAULTY))
                    client.status()
                    client.socket.setblocking(False)
                    with contextlib.suppress(BlockingIOError):
                        for _ in range(7):
                            client.socket.send(frame(bytes(100_000)))
                for _ in range(50):
                    talk(other)
                self.assertLess(resident() - before, 20 * MEBIBYTE)
            ended.set()

    def test_targets_that_do_not_answer(self) -> None:
        limits = {'connect_seconds': 0.5}
        with black_hole() as address, beside(address, limits=limits) as (bridge, other):
            clients = [Client(bridge.port, FAULTY) for _ in range(20)]
            for _ in range(20):
                talk(other)
            for client in clients:
                with client:
                    self.assertEqual(client.closing()[0], code(Close.TIMED_OUT))

    def test_clients_that_close_their_half(self) -> None:
        with Server(echo) as server, beside(server.address) as (bridge, _):
            for token in (FAULTY, None):
                with Client(bridge.port, token) as client:
                    if token:
                        client.status()
                    client.socket.shutdown(socket.SHUT_WR)
                    # No Close frame came, and nobody is there to be told anything.
                    with self.assertRaises(EOFError):
                        client.receive()
            wait_for(lambda: bridge.capacity.admitted == 1, 'their ends')

    def test_clients_that_reset(self) -> None:
        with Server(flood) as server, beside(server.address) as (bridge, _):
            with self.assertNoLogs('bridge', logging.ERROR):
                for _ in range(20):
                    with Client(bridge.port, FAULTY) as client:
                        client.status()
                        client.socket.setsockopt(
                            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0)
                        )
                wait_for(lambda: bridge.capacity.admitted == 1, 'their ends')

    def test_huge_frames(self) -> None:
        with Server(silent) as server, beside(server.address) as (bridge, other):
            before = resident()
            for _ in range(10):
                with Client(bridge.port, FAULTY) as client:
                    client.status()
                    announced = b'\x82\xff' + (32 * MEBIBYTE).to_bytes(8, 'big') + b'mask'
                    client.socket.sendall(announced + bytes(100_000))
                    talk(other)
                    self.assertEqual(client.closing()[0], code(Close.FRAME_TOO_BIG))
            self.assertLess(resident() - before, 8 * MEBIBYTE)

    def test_slow_headers(self) -> None:
        with Server(silent) as server:
            limits = {'request_seconds': 0.5}
            with beside(server.address, limits=limits) as (bridge, other):
                with contextlib.ExitStack() as stack:
                    slow = [
                        stack.enter_context(socket.create_connection(('127.0.0.1', bridge.port)))
                        for _ in range(50)
                    ]
                    for byte in b'GET / HTTP/1.1\r\n':
                        for connection in slow:
                            with contextlib.suppress(OSError):
                                connection.send(bytes([byte]))
                        talk(other)
                        time.sleep(0.05)
                    wait_for(lambda: bridge.clients.present == 1, 'their ends')

    def test_a_burst_of_connects(self) -> None:
        count = 1500
        limits = {'client_connections': 2000, 'client_requests': 2000}
        with (
            beside('127.0.0.1:1', limits=limits) as (bridge, other),
            contextlib.ExitStack() as stack,
        ):
            burst = []
            for _ in range(count):
                one = stack.enter_context(socket.socket())
                one.setblocking(False)
                number = one.connect_ex(('127.0.0.1', bridge.port))
                self.assertIn(number, (0, errno.EINPROGRESS))
                burst.append(one)
            talk(other)
            self.assertEqual(ask(bridge, '/healthz')[0].status, 200)
            wait_for(lambda: bridge.clients.present > 1000, 'the burst')
            talk(other)
            for one in burst:
                one.close()
            wait_for(lambda: bridge.clients.present == 1, 'their ends')


class ResolverTest(unittest.TestCase):
    def test_it_is_down(self) -> None:
        with beside('127.0.0.1:1', resolver='127.0.0.1:1') as (bridge, _):
            with Client(bridge.port, 'resolver') as client:
                self.assertEqual(client.closing()[0], code(Close.REFUSED))

    def test_it_is_slow(self) -> None:
        answer = resolver({'mail.example.': ['1.2.3.4']})
        slow = threading.Event()

        def late(connection: socket.socket) -> None:
            slow.wait(PATIENCE)
            answer(connection)

        with Server(late) as server, beside('127.0.0.1:1', resolver=server.address) as (b, other):
            with Client(b.port, 'resolver') as client:
                client.status()
                client.send(dns_query('mail.example.'))
                for _ in range(20):
                    talk(other)
                slow.set()
                told = dns.message.from_wire(client.receive()[1][2:])
                self.assertEqual(told.answer[0][0].address, '1.2.3.4')

    def test_it_answers_nothing_and_the_self_test_waits(self) -> None:
        with Server(silent) as server, beside('127.0.0.1:1', resolver=server.address) as (b, other):
            # In a thread of its own: nobody waits for it.
            for _ in range(20):
                talk(other)
            self.assertIsNone(b.self_test.outcome)


class MachineTest(unittest.TestCase):
    def test_no_descriptors_for_connections(self) -> None:
        accept = Listener.accept
        full = threading.Event()

        def reluctant(listener: Listener) -> tuple:
            if full.is_set():
                tried.append(time.monotonic())
                raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
            return accept(listener)

        tried: list[float] = []
        with Server(silent) as server, beside(server.address) as (bridge, other):
            with mock.patch.object(Listener, 'accept', reluctant):
                full.set()
                with self.assertLogs('bridge', logging.ERROR) as logs:
                    with socket.create_connection(('127.0.0.1', bridge.port)) as waiting:
                        wait_for(lambda: len(tried) >= 3, 'three attempts')
                        talk(other)
                        full.clear()
                        # It was kept waiting, and is served when there is room.
                        waiting.sendall(b'GET /healthz HTTP/1.0\r\n\r\n')
                        waiting.settimeout(PATIENCE)
                        self.assertIn(b' 200 ', waiting.recv(100))
                # It neither spins nor fills the log.
                self.assertLess(len(tried), 100)
                self.assertEqual(len(logs.records), 1)
                self.assertIn('no connection accepted for now', logs.output[0])

    def test_no_descriptors_for_targets(self) -> None:
        with Server(silent) as server, beside(server.address) as (bridge, _):
            none_left = mock.Mock(side_effect=OSError(errno.EMFILE, os.strerror(errno.EMFILE)))
            here = types.SimpleNamespace(**vars(socket) | {'socket': none_left})
            with mock.patch.object(connect, 'socket', here):
                with Client(bridge.port, FAULTY) as client:
                    # Our fault, and not the mail server's.
                    expected = (code(Close.INTERNAL), 'internal errno=EMFILE')
                    self.assertEqual(client.closing()[:2], expected)

    def test_the_clock_is_set(self) -> None:
        limits = {'idle_seconds': 5, 'connect_seconds': 5, 'request_seconds': 5}
        with Server(silent) as server, beside(server.address, limits=limits) as (bridge, other):
            with Client(bridge.port, FAULTY) as client, Client(bridge.port) as unnamed:
                client.status()
                for clock in (4e9, 1.0, time.time()):
                    with mock.patch('time.time', lambda clock=clock: clock):
                        talk(other)
                        self.assertEqual(ask(bridge, '/healthz')[0].status, 200)
                unnamed.send(FAULTY.encode(), TEXT)
                unnamed.status()
                client.send(b'\x03\xe8', CLOSE)
                self.assertEqual(client.receive(), (CLOSE, b'\x03\xe8'))


class RightTargetTest(unittest.TestCase):
    def test_none_of_many_goes_astray(self) -> None:
        targets, visitors, rounds = 10, 8, 60
        with contextlib.ExitStack() as stack:
            forward = {}
            for number in range(targets):
                words = f'server {number:02}'.encode()

                def serve(connection: socket.socket, words: bytes = words) -> None:
                    with contextlib.suppress(OSError):
                        connection.sendall(words)
                        silent(connection)

                server = stack.enter_context(Server(serve))
                forward[f'192.0.2.{number}:4190'] = server.address
            bridge = stack.enter_context(running(forward=forward))
            wrong: list[object] = []

            def visit(visitor: int) -> None:
                for turn in range(rounds):
                    number = (visitor + turn) % targets
                    try:
                        with Client(bridge.port, f'192.0.2.{number}:4190') as client:
                            if client.status()['ip'] != f'192.0.2.{number}':
                                wrong.append(number)
                            if client.data(9) != f'server {number:02}'.encode():
                                wrong.append(number)
                    except Exception as error:
                        wrong.append(error)
                        raise

            threads = [threading.Thread(target=visit, args=(one,)) for one in range(visitors)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(wrong, [])


if __name__ == '__main__':
    unittest.main()
