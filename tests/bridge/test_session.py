"""A running bridge, a real WebSocket, a real server behind it: every close code, and clean ends."""

import contextlib
import json
import logging
import socket
import tempfile
import threading
import time
import unittest
from collections.abc import Iterator

import dns.message
import dns.rcode
from harness import (
    BINARY,
    CLOSE,
    PATIENCE,
    PING,
    PONG,
    TEXT,
    Client,
    Server,
    black_hole,
    closed_port,
    code,
    dns_query,
    echo,
    frame,
    reset,
    resolver,
    running,
    silent,
    wait_for,
)

from bridge.closes import Close
from bridge.frames import PROTOCOL_ERROR
from bridge.record import JsonFormatter
from bridge.server import Bridge

# No mail port: the operator forwards it, and may say there what he likes.
TARGET = '192.0.2.10:4190'


@contextlib.contextmanager
def bridged(serve, target: str = TARGET, **settings: object) -> Iterator[tuple[Bridge, Server]]:
    """A bridge that forwards `target` to a server of ours."""
    with Server(serve) as server, running(forward={target: server.address}, **settings) as bridge:
        yield bridge, server


class CloseCodeTest(unittest.TestCase):
    """One test for each code a page can see now."""

    def closing(self, client: Client) -> tuple[int | None, str]:
        with client:
            number, reason, _ = client.closing()
        return number, reason

    def test_1000_server_closed(self) -> None:
        with bridged(lambda connection: connection.sendall(b'* BYE\r\n')) as (bridge, _):
            with Client(bridge.port, TARGET) as client:
                client.status()
                self.assertEqual(
                    client.closing(), (code(Close.SERVER_CLOSED), 'server-closed', b'* BYE\r\n')
                )

    def test_1001_draining(self) -> None:
        with bridged(silent) as (bridge, _):
            waiting = Client(bridge.port)
            tunnelling = Client(bridge.port, TARGET)
            tunnelling.status()
            expected = (code(Close.DRAINING), 'draining')
            bridge.capacity.drain()
            for client in (waiting, Client(bridge.port, TARGET)):
                self.assertEqual(self.closing(client), expected)
            # Who has a target goes on until the second step.
            tunnelling.send(b'p', PING)
            self.assertEqual(tunnelling.receive(), (PONG, b'p'))
            bridge.capacity.end()
            self.assertEqual(self.closing(tunnelling), expected)

    def test_1009_frame_too_big(self) -> None:
        with bridged(echo, limits={'frame_bytes': 1000}) as (bridge, _):
            with Client(bridge.port, TARGET) as client:
                client.status()
                client.send(b'x' * 1000)
                self.assertEqual(client.data(1000), b'x' * 1000)
                client.send(b'x' * 1001)
                self.assertEqual(
                    client.closing()[:2], (code(Close.FRAME_TOO_BIG), 'frame-too-big limit=1000')
                )

    def test_1009_before_the_frame_is_there(self) -> None:
        with bridged(echo) as (bridge, _), Client(bridge.port, TARGET) as client:
            client.status()
            client.socket.sendall(
                b'\x82\xff' + (32 << 20).to_bytes(8, 'big') + b'mask' + bytes(100_000)
            )
            self.assertEqual(client.closing()[0], code(Close.FRAME_TOO_BIG))

    def test_4400_bad_token(self) -> None:
        with running() as bridge:
            for token in (
                'imap.example.com:993',
                '',
                'resolver:53',
                '192.0.2.10',
                '192.0.2.10:993&token=192.0.2.10:25',
                '%ff%00',
                'x' * 1000,
            ):
                with self.subTest(token):
                    expected = (code(Close.BAD_TOKEN), 'bad-token why=not-ip-and-port')
                    self.assertEqual(self.closing(Client(bridge.port, token)), expected)

    def test_4400_bad_first_message(self) -> None:
        with running() as bridge:
            for message in (b'imap.example.com:993', b'', b'\xff\xfe', b'\xc3\xa9' * 500):
                for opcode in (TEXT, BINARY):
                    with self.subTest(message, opcode=opcode), Client(bridge.port) as client:
                        client.send(message, opcode)
                        self.assertEqual(client.closing()[0], code(Close.BAD_TOKEN))

    def test_4403_port(self) -> None:
        with running(ports=[993]) as bridge:
            for token in ('1.1.1.1:22', '1.1.1.1:25', '127.0.0.1:8080'):
                with self.subTest(token):
                    expected = (code(Close.PORT_DENIED), 'port-denied why=not-a-mail-port')
                    self.assertEqual(self.closing(Client(bridge.port, token)), expected)

    def test_4403_command(self) -> None:
        expected = (code(Close.PORT_DENIED), 'port-denied why=command')
        for port, said in (
            (25, b'MAIL FROM:<>\r\n'),
            (587, b'MAIL FROM:<>\r\n'),
            (465, b'MAIL FROM:<>\r\n'),
            (143, b'a1 LOGIN bob secret\r\n'),
            (993, b'a1 LOGIN bob secret\r\n'),
            (110, b'USER bob\r\n'),
            (995, b'USER bob\r\n'),
        ):
            target = f'192.0.2.10:{port}'
            with self.subTest(target), bridged(silent, target) as (bridge, _):
                with Client(bridge.port, target) as client:
                    client.status()
                    client.send(said)
                    self.assertEqual(client.closing()[:2], expected)

    def test_4403_application_data_on_25_alone(self) -> None:
        hello = b'\x16\x03\x01\x00\x04\x01\x00\x00\x00'
        record = b'\x17\x03\x03\x00\x03abc'
        for port in (25, 465, 587, 993):
            target = f'192.0.2.10:{port}'
            with self.subTest(target), bridged(echo, target) as (bridge, _):
                with Client(bridge.port, target) as client:
                    client.status()
                    client.send(hello)
                    self.assertEqual(client.data(len(hello)), hello)
                    client.send(record)
                    if port == 25:
                        why = 'port-denied why=application-data'
                        self.assertEqual(client.closing()[:2], (code(Close.PORT_DENIED), why))
                    else:
                        self.assertEqual(client.data(len(record)), record)

    def test_4406_not_public(self) -> None:
        with running(deny=['198.20.0.0/24']) as bridge:
            for token, why in (
                ('127.0.0.1:993', 'loopback'),
                ('[::1]:993', 'loopback'),
                ('[::ffff:10.0.0.1]:993', 'embedded-ipv4'),
                ('169.254.169.254:25', 'link-local'),
                ('198.20.0.1:993', 'operator'),
            ):
                with self.subTest(token):
                    expected = (code(Close.NOT_PUBLIC), f'not-public why={why}')
                    self.assertEqual(self.closing(Client(bridge.port, token)), expected)

    def test_4407_origin(self) -> None:
        with running() as bridge:
            for origin, why in (
                ('https://evil.example', 'foreign'),
                ('null', 'foreign'),
                (None, 'missing'),
            ):
                # Also without a target: a stranger need not wait for the verdict.
                for token in (TARGET, None):
                    with self.subTest(origin, token=token):
                        expected = (code(Close.ORIGIN_DENIED), f'origin-denied why=origin-{why}')
                        self.assertEqual(self.closing(Client(bridge.port, token, origin)), expected)

    def test_4407_rebinding(self) -> None:
        # A name that its owner let lead here: its page's origin and the Host agree.
        with running(resolver='127.0.0.1:1') as bridge:
            for named in ('rebound.example', f'rebound.example:{bridge.port}'):
                with self.subTest(named):
                    client = Client(bridge.port, 'resolver', named=named)
                    expected = (code(Close.ORIGIN_DENIED), 'origin-denied why=origin-foreign')
                    self.assertEqual(self.closing(client), expected)

    def test_4408_idle(self) -> None:
        with bridged(silent, limits={'idle_seconds': 0.2}) as (bridge, _):
            with Client(bridge.port, TARGET) as client:
                client.status()
                self.assertEqual(client.closing()[:2], (code(Close.IDLE), 'idle after=0.2'))

    def test_4408_idle_though_frames_come(self) -> None:
        with bridged(silent, limits={'idle_seconds': 0.4}) as (bridge, _):
            for one in (frame(b'', PING), frame(b'', PONG), frame(b'')):
                with self.subTest(one), Client(bridge.port, TARGET) as client:
                    client.status()
                    over = threading.Event()

                    def chatter(
                        client: Client = client, one: bytes = one, over: threading.Event = over
                    ) -> None:
                        with contextlib.suppress(OSError):
                            while not over.wait(0.02):
                                client.socket.sendall(one)

                    thread = threading.Thread(target=chatter)
                    thread.start()
                    began = time.monotonic()
                    while (received := client.receive())[0] != CLOSE:
                        self.assertLess(time.monotonic() - began, PATIENCE)
                    over.set()
                    thread.join()
                    self.assertEqual(received[1][2:], b'idle after=0.4')

    def test_4408_no_first_message(self) -> None:
        with running(limits={'first_message_seconds': 0.2}) as bridge:
            expected = (code(Close.IDLE), 'idle waiting=target')
            self.assertEqual(self.closing(Client(bridge.port)), expected)

    def test_4409_lifetime(self) -> None:
        with bridged(silent, limits={'lifetime_seconds': 0.2}) as (bridge, _):
            expected = (code(Close.LIFETIME), 'lifetime after=0.2')
            self.assertEqual(self.closing(Client(bridge.port, TARGET)), expected)

    def test_4410_opted_out(self) -> None:
        with tempfile.NamedTemporaryFile('w') as file, Server(echo) as server:
            file.write('198.20.0.0/24\nexample.org\n')
            file.flush()
            with running(opt_out=file.name, resolver=server.address) as bridge:
                expected = (code(Close.OPTED_OUT), 'opted-out why=opted-out')
                self.assertEqual(self.closing(Client(bridge.port, '198.20.0.1:993')), expected)
                with Client(bridge.port, 'resolver') as client:
                    # It is refused though the question came before the connection was there.
                    client.send(dns_query('mx.example.org.'))
                    client.status()
                    told = dns.message.from_wire(client.receive()[1][2:])
                    self.assertEqual(told.rcode(), dns.rcode.REFUSED)

    def test_4413_upload_by_port(self) -> None:
        limits = {'bytes_up_relay': 30, 'bytes_up_send': 40, 'bytes_up_receive': 50}
        ports = {25: 30, 465: 40, 587: 40, 993: 50, 995: 50, 143: 50, 110: 50, 2525: 40}
        with Server(echo) as server:
            forward = {f'192.0.2.10:{port}': server.address for port in ports}
            with running(forward=forward, limits=limits) as bridge:
                for port, limit in ports.items():
                    token = f'192.0.2.10:{port}'
                    with self.subTest(token), Client(bridge.port, token) as client:
                        client.status()
                        # Six bytes of each frame are its header.
                        said = b'a1 NOOP\r\n' if port in (993, 143) else b'NOOP\r\n'
                        for _ in range(limit // (6 + len(said))):
                            client.send(said)
                            client.data(len(said))
                        client.send(said)
                        expected = (code(Close.UPLOAD_BUDGET), f'upload-budget limit={limit}', b'')
                        self.assertEqual(client.closing(), expected)

    def test_4413_frames_that_carry_nothing(self) -> None:
        limits = {'bytes_up_relay': 1000, 'bytes_up_send': 1000}
        expected = (code(Close.UPLOAD_BUDGET), 'upload-budget limit=1000')
        with bridged(echo, limits=limits) as (bridge, _):
            for token in (TARGET, None):
                for name, one in (
                    ('pings', frame(b'', PING)),
                    ('pongs', frame(b'x' * 100, PONG)),
                    ('empty messages', frame(b'')),
                    ('empty fragments', frame(b'', last=False)),
                ):
                    if token is None and name == 'empty messages':
                        continue  # the first names no target
                    with self.subTest(name, token=token), Client(bridge.port, token) as client:
                        if token:
                            client.status()
                        if name == 'empty fragments':
                            client.send(b'', last=False)
                            one = frame(b'', 0, last=False)
                        client.socket.sendall(one * 200)
                        self.assertEqual(client.closing()[:2], expected)

    def test_4414_download(self) -> None:
        with bridged(
            lambda connection: connection.sendall(b'x' * 101), limits={'bytes_down': 100}
        ) as (bridge, _):
            with Client(bridge.port, TARGET) as client:
                client.status()
                expected = (code(Close.DOWNLOAD_BUDGET), 'download-budget limit=100', b'x' * 100)
                self.assertEqual(client.closing(), expected)

    def test_4429_rate(self) -> None:
        with running(limits={'connections': 2}) as bridge:
            with Client(bridge.port), Client(bridge.port) as second:
                wait_for(lambda: bridge.capacity.admitted == 2, 'two sessions')
                self.assertEqual(
                    self.closing(Client(bridge.port)),
                    (code(Close.RATE), 'rate retry=5 of=connections'),
                )
                second.send(b'', CLOSE)
                wait_for(lambda: bridge.capacity.admitted == 1, 'a slot')
                with Client(bridge.port) as third:
                    third.send(b'x')
                    self.assertEqual(third.closing()[0], code(Close.BAD_TOKEN))

    def test_4429_by_what_was_done(self) -> None:
        limits = {'client_relay_per_hour': 2, 'client_mail_per_hour': 2, 'target_per_minute': 1}
        with Server(silent) as server, Server(resolver({})) as dns_server:
            with running(
                forward={
                    f'192.0.2.{n}:{port}': server.address for n in (1, 2, 3) for port in (25, 993)
                },
                resolver=dns_server.address,
                limits=limits | {'client_resolver_per_hour': 1, 'client_name_bytes_per_hour': 30},
            ) as bridge:

                def how(token: str, source: str = '127.0.0.1') -> str:
                    with Client(bridge.port, token, source=source) as client:
                        opcode, payload = client.receive()
                        return 'ok' if opcode == TEXT else payload[2:].decode()

                for port, kind in ((25, 'relay'), (993, 'mail')):
                    self.assertEqual(how(f'192.0.2.1:{port}'), 'ok')
                    self.assertEqual(how(f'192.0.2.2:{port}'), 'ok')
                    self.assertEqual(how(f'192.0.2.3:{port}'), f'rate retry=1800 of=client-{kind}')
                    # Another client may; but not all of them the same server.
                    self.assertEqual(how(f'192.0.2.3:{port}', '127.0.0.9'), 'ok')
                    self.assertRegex(
                        how(f'192.0.2.3:{port}', '127.0.0.8'), r'rate retry=\d+ of=target'
                    )
                with Client(bridge.port, 'resolver') as client:
                    client.status()
                    client.send(dns_query('a-name.of.thirty.bytes.example.'))
                    self.assertRegex(client.closing()[1], r'rate retry=\d+ of=client-names')
                self.assertEqual(how('resolver'), 'rate retry=3600 of=client-resolver')

    def test_4429_by_the_site_of_a_client(self) -> None:
        limits = {'client_relay_per_hour': 2, 'site_factor': 2}
        target = '192.0.2.10:25'
        with bridged(silent, target, limits=limits, proxies=['127.0.0.1']) as (bridge, _):

            def how(client: str) -> str:
                with Client(bridge.port, target, forwarded=client) as session:
                    opcode, payload = session.receive()
                    return 'ok' if opcode == TEXT else payload[2:].decode()

            busy = 'rate retry=1800 of=client-relay'
            expected = ['ok', 'ok', busy]
            self.assertEqual([how(f'2001:db8:1:1::{n}') for n in range(3)], expected)
            self.assertEqual([how(f'2001:db8:1:{n}::1') for n in (2, 3)], ['ok', 'ok'])
            # Four for the whole /48: it is refilled twice as fast.
            self.assertEqual(how('2001:db8:1:4::1'), 'rate retry=900 of=client-relay')
            self.assertEqual(how('2001:db8:2:1::1'), 'ok')

    def test_4429_the_same_target_at_once(self) -> None:
        with bridged(silent, limits={'target_connections': 4}) as (bridge, _):
            expected = (code(Close.RATE), 'rate retry=5 of=target-connections')
            with contextlib.ExitStack() as stack:
                for number in range(1, 5):
                    client = Client(bridge.port, TARGET, source=f'127.0.0.{number}')
                    stack.enter_context(client).status()
                # Nobody is there twice, and a fifth finds no room.
                for source in ('127.0.0.1', '127.0.0.5'):
                    another = Client(bridge.port, TARGET, source=source)
                    self.assertEqual(self.closing(another), expected)
                client.send(b'', CLOSE)
                wait_for(lambda: bridge.capacity.admitted == 3, 'an end')
                with Client(bridge.port, TARGET, source='127.0.0.5') as next_one:
                    next_one.status()

    def test_4500_internal(self) -> None:
        # A link-local address without its interface: connect() calls it an invalid argument.
        with running(forward={TARGET: '[fe80::1]:993'}) as bridge:
            expected = (code(Close.INTERNAL), 'internal errno=EINVAL')
            self.assertEqual(self.closing(Client(bridge.port, TARGET)), expected)

    def test_4502_refused(self) -> None:
        with running(forward={TARGET: closed_port()}) as bridge:
            expected = (code(Close.REFUSED), 'refused errno=ECONNREFUSED')
            self.assertEqual(self.closing(Client(bridge.port, TARGET)), expected)

    def test_4503_unreachable(self) -> None:
        forward = {TARGET: '224.0.0.1:993', '[2001:db8::10]:993': '[ff02::1]:993'}
        with running(forward=forward) as bridge:
            for token in forward:
                with self.subTest(token):
                    number, reason = self.closing(Client(bridge.port, token))
                    self.assertEqual(number, code(Close.UNREACHABLE))
                    self.assertRegex(reason, r'\Aunreachable errno=E[A-Z]+\Z')

    def test_4504_timed_out(self) -> None:
        with black_hole() as address:
            with running(forward={TARGET: address}, limits={'connect_seconds': 0.3}) as bridge:
                expected = (code(Close.TIMED_OUT), 'timed-out after=0.3')
                self.assertEqual(self.closing(Client(bridge.port, TARGET)), expected)

    def test_4505_reset(self) -> None:
        with bridged(reset) as (bridge, _), Client(bridge.port, TARGET) as client:
            # No status frame where the reset is there before the connection was noticed.
            self.assertEqual(client.closing()[:2], (code(Close.RESET), 'reset errno=ECONNRESET'))

    def test_protocol_errors(self) -> None:
        with bridged(echo) as (bridge, _):
            for name, raw in (
                ('unmasked', frame(b'abc', masked=False)),
                ('garbage', b'\xff' * 64),
                ('HTTP', b'GET / HTTP/1.1\r\n\r\n'),
                ('TLS', b'\x16\x03\x01\x02\x00\x01'),
                ('stray continuation', frame(b'abc', 0)),
            ):
                for token in (TARGET, None):
                    with self.subTest(name, token=token), Client(bridge.port, token) as client:
                        client.socket.sendall(raw)
                        self.assertEqual(client.closing()[0], PROTOCOL_ERROR)


class TargetTest(unittest.TestCase):
    def test_token_first_message_text_and_binary(self) -> None:
        with bridged(echo) as (bridge, _):
            for how in ('token', TEXT, BINARY):
                with (
                    self.subTest(how),
                    Client(bridge.port, TARGET if how == 'token' else None) as client,
                ):
                    if how != 'token':
                        client.send(TARGET.encode(), how)
                    status = client.status()
                    # What the self-test came to is there once it has ended.
                    self.assertEqual(set(status) - {'tested'}, {'ip', 'connect_ms', 'local'})
                    self.assertEqual(status['ip'], '192.0.2.10')
                    self.assertEqual(status['local'], '127.0.0.1')
                    self.assertGreaterEqual(status['connect_ms'], 0)
                    client.send(b'hello')
                    self.assertEqual(client.data(5), b'hello')

    def test_resolver(self) -> None:
        # A private address is told only where the bridge would go there: see `forward`.
        told = {'mail.example.': ['10.0.0.1', '192.0.2.10', '192.0.2.11', '1.2.3.4']}
        with Server(resolver(told)) as server:
            with running(resolver=server.address, forward={TARGET: server.address}) as bridge:
                with Client(bridge.port, 'resolver') as client:
                    # Where the operator's resolver is stays his affair.
                    status = client.status()
                    self.assertEqual(status['ip'], 'resolver')
                    self.assertNotIn('local', status)
                    client.send(dns_query('mail.example.'))
                    answer = dns.message.from_wire(client.receive()[1][2:])
        addresses = sorted(record.address for record in answer.answer[0])
        self.assertEqual(addresses, ['1.2.3.4', '192.0.2.10'])

    def test_resolver_is_no_pipe(self) -> None:
        with Server(echo) as server, running(resolver=server.address) as bridge:
            for data, why in (
                (dns_query('mail.example.', 'ANY'), 'record-type'),
                (dns_query('mail.example.', 'AXFR'), 'record-type'),
                (b'GET / HTTP/1.1\r\n\r\n', 'query-too-long'),
            ):
                with self.subTest(why), Client(bridge.port, 'resolver') as client:
                    client.status()
                    client.send(data)
                    expected = (code(Close.PORT_DENIED), f'port-denied why={why}', b'')
                    self.assertEqual(client.closing(), expected)

    def test_what_the_guard_leaves_out_counts_as_received(self) -> None:
        def flood(connection: socket.socket) -> None:
            with contextlib.suppress(ConnectionError):
                while True:
                    connection.sendall(bytes(65536))

        limits = {'bytes_down': 1 << 20}
        with Server(flood) as server, running(resolver=server.address, limits=limits) as bridge:
            with Client(bridge.port, 'resolver') as client:
                client.status()
                expected = (code(Close.DOWNLOAD_BUDGET), 'download-budget limit=1048576', b'')
                self.assertEqual(client.closing(), expected)

    def test_ipv6(self) -> None:
        target = '[2001:db8::10]:4190'
        with Server(echo, '::1') as server, running(forward={target: server.address}) as bridge:
            with Client(bridge.port, target) as client:
                self.assertEqual(client.status()['ip'], '2001:db8::10')
                client.send(b'hello')
                self.assertEqual(client.data(5), b'hello')

    def test_percent_encoded_token(self) -> None:
        target = '[2001:db8::10]:993'
        with Server(echo) as server, running(forward={target: server.address}) as bridge:
            with Client(bridge.port, '%5B2001%3Adb8%3A%3A10%5D%3A993') as client:
                client.status()

    def test_data_on_the_heels_of_the_target(self) -> None:
        with bridged(echo) as (bridge, _):
            frames = frame(TARGET.encode(), TEXT) + frame(b'one') + frame(b'two')
            # With the request itself, all together after it, and byte by byte.
            for how in ('early', 'together', 'bytes'):
                with (
                    self.subTest(how),
                    Client(bridge.port, early=frames if how == 'early' else b'') as client,
                ):
                    if how == 'together':
                        client.socket.sendall(frames)
                    if how == 'bytes':
                        client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                        for byte in frames:
                            client.socket.sendall(bytes([byte]))
                    client.status()
                    self.assertEqual(client.data(6), b'onetwo')

    def test_late_first_message(self) -> None:
        with bridged(echo) as (bridge, _), Client(bridge.port) as client:
            client.send(b'p', PING)
            self.assertEqual(client.receive(), (PONG, b'p'))
            time.sleep(0.2)
            client.send(TARGET.encode()[:5], TEXT, last=False)
            client.send(b'', PING)
            client.send(TARGET.encode()[5:], 0)
            first, second = sorted(client.receive() for _ in range(2))
            self.assertEqual((first[0], second), (TEXT, (PONG, b'')))

    def test_fragments_and_pings_while_tunnelling(self) -> None:
        with bridged(echo) as (bridge, _), Client(bridge.port, TARGET) as client:
            client.status()
            client.send(b'a', last=False)
            client.send(b'ping', PING)
            client.send(b'b', 0)
            frames = sorted(client.receive() for _ in range(2))
            self.assertEqual(frames, [(BINARY, b'ab'), (PONG, b'ping')])


class TransferTest(unittest.TestCase):
    def test_three_megabytes_and_a_close_arrive_whole(self) -> None:
        sent = bytes(range(256)) * (3 * 4096)
        with bridged(lambda connection: connection.sendall(sent)) as (bridge, _):
            for slow in (False, True):
                # A small window makes the bridge wait for the client again and again.
                with (
                    self.subTest(slow=slow),
                    Client(bridge.port, TARGET, receive_buffer=8192 if slow else None) as client,
                ):
                    client.status()
                    time.sleep(0.2 * slow)
                    number, _, data = client.closing()
                    self.assertEqual(number, code(Close.SERVER_CLOSED))
                    self.assertEqual(len(data), len(sent))
                    self.assertTrue(data == sent)

    def test_the_whole_upload_budget_arrives(self) -> None:
        received = bytearray()

        def collect(connection: socket.socket) -> None:
            while data := connection.recv(4096):
                received.extend(data)
                time.sleep(0.001)

        with (
            bridged(collect, limits={'bytes_up_send': 1 << 18}) as (
                bridge,
                server,
            ),
            Client(bridge.port, TARGET) as client,
        ):
            client.status()
            # Eight frames with headers of eight bytes, and the Close.
            size = 32768 - 9
            for part in range(8):
                client.send(bytes([part]) * size)
            client.send(b'\x03\xe8', CLOSE)
            self.assertTrue(server.done.wait(PATIENCE))
            self.assertEqual(bytes(received), b''.join(bytes([part]) * size for part in range(8)))

    def test_fifty_sessions_get_the_server_each_asked_for(self) -> None:
        count, rounds = 50, 3
        with contextlib.ExitStack() as stack:
            forward = {}
            for number in range(count):
                words = f'server {number:03}'.encode()
                server = stack.enter_context(
                    Server(lambda c, words=words: (c.sendall(words), silent(c)))
                )
                forward[f'192.0.2.{number}:993'] = server.address
            bridge = stack.enter_context(running(forward=forward))
            wrong: list[object] = []
            together = threading.Barrier(count)

            def visit(number: int) -> None:
                try:
                    for _ in range(rounds):
                        together.wait(PATIENCE)
                        with Client(bridge.port, f'192.0.2.{number}:993') as client:
                            ip = client.status()['ip']
                            words = client.data(10)
                            if (ip, words) != (f'192.0.2.{number}', f'server {number:03}'.encode()):
                                wrong.append((number, ip, words))
                except Exception as error:
                    wrong.append((number, error))
                    raise

            threads = [threading.Thread(target=visit, args=(number,)) for number in range(count)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(wrong, [])


class EndTest(unittest.TestCase):
    def gone(self, bridge: Bridge) -> None:
        """No session is left."""
        wait_for(lambda: bridge.capacity._present == 0, 'the end of the session')

    def test_close_is_answered_in_kind(self) -> None:
        with bridged(silent) as (bridge, server):
            # An empty Close gets an empty one: the code 1005 that stands for it never travels.
            for payload, expected in (
                (b'', b''),
                (b'\x03\xe8', b'\x03\xe8'),
                (b'\x0f\xa0why', b'\x0f\xa0'),
            ):
                with self.subTest(payload), Client(bridge.port, TARGET) as client:
                    client.status()
                    client.send(payload, CLOSE)
                    self.assertEqual(client.receive(), (CLOSE, expected))
                    with self.assertRaises(EOFError):
                        client.receive()
            self.gone(bridge)
            self.assertTrue(server.done.wait(PATIENCE))

    def test_client_vanishes(self) -> None:
        with bridged(silent) as (bridge, server):
            for token in (TARGET, None):
                client = Client(bridge.port, token)
                if token:
                    client.status()
                client.socket.close()
                self.gone(bridge)
            self.assertTrue(server.done.wait(PATIENCE))

    def test_client_leaves_while_connecting(self) -> None:
        with black_hole() as address, running(forward={TARGET: address}) as bridge:
            for leave in (lambda c: c.send(b'', CLOSE), lambda c: c.socket.close()):
                client = Client(bridge.port, TARGET)
                wait_for(lambda: bridge.capacity.admitted == 1, 'the session')
                started = time.monotonic()
                leave(client)
                self.gone(bridge)
                self.assertLess(time.monotonic() - started, 5)
                client.socket.close()

    def test_code_arrives_though_the_client_was_still_sending(self) -> None:
        # Without the lingering the kernel would reset the connection over the unread bytes.
        limits = {'bytes_up_send': 1000}
        with bridged(silent, limits=limits) as (bridge, _):
            for _ in range(10):
                with Client(bridge.port, TARGET) as client:
                    client.status()
                    client.socket.sendall(frame(b'x' * 60_000) * 8)
                    self.assertEqual(client.closing()[0], code(Close.UPLOAD_BUDGET))

    def test_lingering_has_an_end(self) -> None:
        with bridged(lambda connection: None, limits={'linger_seconds': 0.3}) as (bridge, _):
            with Client(bridge.port, TARGET) as client:
                # It never answers the Close and keeps its side open.
                started = time.monotonic()
                self.gone(bridge)
                self.assertLess(time.monotonic() - started, 5)
                client.status()
                self.assertEqual(client.receive()[0], CLOSE)
                with self.assertRaises(EOFError):
                    client.receive()

    def test_client_that_reads_nothing(self) -> None:
        sent = bytes(3 << 20)
        limits = {'idle_seconds': 0.4, 'linger_seconds': 0.2}
        with bridged(lambda connection: connection.sendall(sent), limits=limits) as (bridge, _):
            with Client(bridge.port, TARGET, receive_buffer=4096):
                self.gone(bridge)

    def test_target_closes_its_connection_with_the_session(self) -> None:
        with bridged(silent) as (bridge, server), Client(bridge.port, TARGET) as client:
            client.status()
            client.send(b'\x03\xe8', CLOSE)
            self.assertTrue(server.done.wait(PATIENCE))


class LogTest(unittest.TestCase):
    def line(self, token: str, **settings: object) -> dict[str, object]:
        with self.assertLogs('bridge', logging.INFO) as logs:
            with bridged(lambda c: c.sendall(b'secret words'), **settings) as (bridge, _):
                with Client(bridge.port, token) as client:
                    client.closing()
        # The self-test may have a line, too.
        (kept,) = [one for one in logs.records if one.getMessage() == 'connection']
        line = json.loads(JsonFormatter().format(kept))
        self.assertEqual((line.pop('event'), line.pop('level')), ('connection', 'info'))
        self.assertNotIn('secret', str(line))
        del line['time'], line['ms']
        return line

    def test_one_line_with_fixed_fields(self) -> None:
        fields = self.line(TARGET)
        self.assertGreaterEqual(fields.pop('connect_ms'), 0)
        self.assertEqual(
            fields,
            {
                'client': '127.0.0.0/24',
                'port': 4190,
                'decision': 'forwarded',
                'close': code(Close.SERVER_CLOSED),
                'by': 'server',
                'up': 0,
                'down': 12,
            },
        )

    def test_refusals(self) -> None:
        for token, port, decision, close in (
            ('imap.example.com:993', None, 'not-ip-and-port', Close.BAD_TOKEN),
            ('127.0.0.1:993', 993, 'loopback', Close.NOT_PUBLIC),
            ('resolver', 'resolver', 'resolver', Close.REFUSED),
        ):
            with self.subTest(token):
                fields = self.line(token)
                self.assertEqual(
                    (
                        fields['port'],
                        fields['decision'],
                        fields['close'],
                        fields['by'],
                        fields['connect_ms'],
                    ),
                    (port, decision, code(close), 'bridge', None),
                )


if __name__ == '__main__':
    unittest.main()
