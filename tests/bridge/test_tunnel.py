"""The tunnel alone: whole transfers, bounded queues, budgets, who ended it."""

import select
import socket
import struct
import threading
import time
import unittest

from harness import CLOSE, PATIENCE, PING, TEXT, frame

from bridge.closes import Close, Ended
from bridge.frames import FrameSocket
from bridge.limits import Limits
from bridge.loop import Loop, Poller
from bridge.mailguard import MailGuard
from bridge.tunnel import Tunnel


class TunnelTest(unittest.TestCase):
    def setUp(self) -> None:
        ours, self.client = socket.socketpair()
        listener = socket.create_server(('127.0.0.1', 0))
        self.target = socket.create_connection(listener.getsockname())
        self.server, _ = listener.accept()
        listener.close()
        for one in (ours, self.client, self.target, self.server):
            self.addCleanup(one.close)
        self.client.settimeout(PATIENCE)
        self.server.settimeout(PATIENCE)
        self.target.setblocking(False)
        self.frames = FrameSocket()
        self.frames.socket = ours
        self.frames.start(b'', Limits.frame_bytes)

    def tunnel(
        self, up_limit: int = 1 << 30, guard: MailGuard | None = None, **limits: float
    ) -> Tunnel:
        return Tunnel(self.frames, Limits(**limits), up_limit, guard)

    def run_it(self, tunnel: Tunnel, lifetime: float = PATIENCE) -> Ended | None:
        """How it ended."""
        ends = time.monotonic() + lifetime
        return Loop().run(lambda poller: tunnel.run(self.target, poller, ends))

    def flush(self, tunnel: Tunnel, deadline: float) -> None:
        Loop().run(lambda poller: tunnel.flush_up(poller, deadline))

    def ended(self, tunnel: Tunnel, lifetime: float = PATIENCE) -> Close:
        ended = self.run_it(tunnel, lifetime)
        self.assertIsInstance(ended, Ended)
        return ended.close

    def await_target(self, events: int) -> None:
        """Wait until poll() reports the target's socket: these events, an error or a hang-up."""
        poll = select.poll()
        poll.register(self.target, events)
        self.assertTrue(poll.poll(PATIENCE * 1000))

    def client_data(self) -> bytes:
        """All payload in what the client got."""
        self.frames.socket.close()
        raw = b''
        while chunk := self.client.recv(1 << 20):
            raw += chunk
        return payloads(raw)

    def test_both_ways(self) -> None:
        tunnel = self.tunnel()
        tunnel.take([b'early '])
        self.client.sendall(frame(b'up') + frame(b'!', TEXT))
        self.server.sendall(b'down')
        self.server.shutdown(socket.SHUT_WR)
        self.assertIs(self.ended(tunnel), Close.SERVER_CLOSED)
        self.assertEqual(self.client_data(), b'down')
        self.assertEqual((tunnel.bytes_up, tunnel.bytes_down), (9, 4))
        self.target.close()
        self.assertEqual(self.server.recv(100), b'early up!')

    def test_a_big_transfer_that_ends_in_a_close_arrives_whole(self) -> None:
        sent = bytes(range(256)) * (3 * 4096)
        received = bytearray()

        def read() -> None:
            while chunk := self.client.recv(1 << 16):
                received.extend(chunk)
                time.sleep(0.001)

        def write() -> None:
            self.server.sendall(sent)
            self.server.shutdown(socket.SHUT_WR)

        reader = threading.Thread(target=read)
        threads = [reader, threading.Thread(target=write)]
        for thread in threads:
            thread.start()
        self.assertIs(self.ended(self.tunnel()), Close.SERVER_CLOSED)
        self.frames.socket.close()
        for thread in threads:
            thread.join()
        self.assertEqual(payloads(bytes(received)), sent)

    def test_queues_are_bounded(self) -> None:
        # Neither side reads what is for it: both are held back by their own full sockets.
        tunnel = self.tunnel(idle_seconds=0.5)
        self.client.setblocking(False)
        self.server.setblocking(False)
        stop = threading.Event()

        def flood() -> None:
            frames = frame(b'u' * 8192)
            while not stop.is_set():
                for one, data in ((self.client, frames), (self.server, b'd' * 8192)):
                    try:
                        one.send(data)
                    except BlockingIOError:
                        time.sleep(0.001)

        thread = threading.Thread(target=flood)
        thread.start()
        try:
            self.run_it(tunnel, lifetime=1)
        finally:
            stop.set()
            thread.join()
        self.assertLess(len(tunnel._up), 512 * 1024)
        self.assertLess(self.frames.unsent, 512 * 1024)

    def test_waiting_costs_no_time(self) -> None:
        # The server has reset, the client does not read: the loop must sleep, not spin.
        self.frames.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        self.server.sendall(bytes(300_000))
        self.await_target(select.POLLIN)
        self.server.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.server.close()
        before = time.thread_time()
        self.assertIs(self.ended(self.tunnel(idle_seconds=0.5)), Close.IDLE)
        self.assertLess(time.thread_time() - before, 0.25)

    def test_reset(self) -> None:
        self.server.sendall(b'421 bye\r\n')
        self.await_target(select.POLLIN)
        self.server.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.server.close()
        self.assertIs(self.ended(self.tunnel()), Close.RESET)
        self.assertEqual(self.client_data(), b'421 bye\r\n')

    def test_reset_met_while_writing(self) -> None:
        self.server.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.server.close()
        tunnel = self.tunnel()
        tunnel.take([b'x'])
        self.assertIs(self.ended(tunnel), Close.RESET)

    def test_words_after_the_server_closed_make_no_reset(self) -> None:
        self.server.sendall(b'bye')
        self.server.close()
        self.target.send(b'x')
        self.await_target(0)
        tunnel = self.tunnel()
        tunnel.take([b'QUIT\r\n'])
        self.assertIs(self.ended(tunnel), Close.SERVER_CLOSED)
        self.assertEqual(self.client_data(), b'bye')

    def test_upload_budget(self) -> None:
        # Two frames with headers of six bytes; what comes then does not pass, nor do its frames.
        tunnel = self.tunnel(up_limit=22)
        self.client.sendall(frame(b'12345') + frame(b'67890'))
        tunnel.take(self.frames.receive())
        self.client.sendall(frame(b'', PING))
        self.assertIs(self.ended(tunnel), Close.UPLOAD_BUDGET)
        self.assertEqual(tunnel.bytes_up, 10)
        self.target.close()
        self.assertEqual(self.server.recv(100), b'1234567890')

    def test_download_budget(self) -> None:
        for sent, expected in (
            (b'1234567890', Close.SERVER_CLOSED),
            (b'1234567890x', Close.DOWNLOAD_BUDGET),
        ):
            with self.subTest(sent):
                self.setUp()
                self.server.sendall(sent)
                self.server.shutdown(socket.SHUT_WR)
                tunnel = self.tunnel(bytes_down=10)
                self.assertIs(self.ended(tunnel), expected)
                self.frames.flush()
                self.assertEqual(tunnel.bytes_down, 10)
                self.assertEqual(self.client_data(), b'1234567890')

    def test_idle_is_reset_by_either_side(self) -> None:
        talk = [(self.client, frame(b'x')), (self.server, b'x'), (self.client, frame(b'x'))]
        deadlines = []

        class Talking(Loop):
            def until(self, poller: Poller, deadline: float) -> None:
                """The same, and each time one side says something more."""
                deadlines.append(deadline)
                if talk:
                    one, data = talk.pop(0)
                    one.sendall(data)
                super().until(poller, deadline)

        ends = time.monotonic() + PATIENCE
        tunnel = self.tunnel(idle_seconds=0.4)
        ended = Talking().run(lambda poller: tunnel.run(self.target, poller, ends))
        self.assertIs(ended.close, Close.IDLE)
        self.assertGreaterEqual(len(set(deadlines)), 4)
        self.assertEqual(deadlines, sorted(deadlines))

    def test_pings_are_no_activity(self) -> None:
        stop = threading.Event()

        def ping() -> None:
            while not stop.wait(0.05):
                self.client.sendall(frame(b'', 9))

        thread = threading.Thread(target=ping)
        thread.start()
        self.assertIs(self.ended(self.tunnel(idle_seconds=0.3), lifetime=5), Close.IDLE)
        stop.set()
        thread.join()

    def test_lifetime(self) -> None:
        self.assertIs(self.ended(self.tunnel(), lifetime=0.05), Close.LIFETIME)

    def test_client_leaves_and_its_last_words_arrive(self) -> None:
        tunnel = self.tunnel()
        self.client.sendall(frame(b'QUIT\r\n') + frame(b'\x03\xe8', CLOSE))
        self.assertIsNone(self.run_it(tunnel))
        self.flush(tunnel, time.monotonic() + 5)
        self.target.close()
        self.assertEqual(self.server.recv(100), b'QUIT\r\n')

    def test_client_lost(self) -> None:
        self.client.close()
        self.assertIsNone(self.run_it(self.tunnel()))

    def test_client_lost_while_its_queue_is_full(self) -> None:
        tunnel = self.tunnel()
        tunnel.take([bytes(32 << 20)])
        self.client.close()
        self.assertIsNone(self.run_it(tunnel))
        started = time.monotonic()
        self.flush(tunnel, started + 0.2)
        self.assertLess(time.monotonic() - started, 2)

    def test_guard_stands_in_both_ways(self) -> None:
        tunnel = self.tunnel(guard=MailGuard('smtp', sealed=False))
        self.client.sendall(frame(b'EHLO a\r\nMAIL FROM:<>\r\n'))
        self.assertIs(self.ended(tunnel), Close.PORT_DENIED)
        self.target.close()
        self.assertEqual(self.server.recv(100), b'')
        self.setUp()
        tunnel = self.tunnel(guard=MailGuard('smtp', sealed=False))
        tunnel.take([b'STARTTLS\r\n'])
        self.server.sendall(b'220 hello\r\n220 go ahead\r\n')
        threading.Timer(0.1, self.client.sendall, [frame(b'MAIL FROM:<>\r\n')]).start()
        ended = self.run_it(tunnel)
        self.assertEqual(ended.reason, 'port-denied why=not-tls')


def payloads(raw: bytes) -> bytes:
    """The payloads of a server's frames."""
    joined = bytearray()
    at = 0
    while at < len(raw):
        length, head = raw[at + 1], 2
        if length == 126:
            length, head = int.from_bytes(raw[at + 2 : at + 4], 'big'), 4
        elif length == 127:
            length, head = int.from_bytes(raw[at + 2 : at + 10], 'big'), 10
        joined += raw[at + head : at + head + length]
        at += head + length
    return bytes(joined)


if __name__ == '__main__':
    unittest.main()
