"""Frames as a browser sends them, cut anywhere, and frames as none does."""

import contextlib
import socket
import unittest
from collections.abc import Iterator

from harness import CLOSE, PATIENCE, PING, PONG, TEXT, frame

from bridge.closes import Close, Ended
from bridge.frames import FrameSocket, ProtocolError

MAX_FRAME = 1000

GOOD = {
    'binary': (frame(b'abc'), [b'abc']),
    'text': (frame(b'abc', TEXT), [b'abc']),
    'text that is no UTF-8': (frame(b'\xff\xfe', TEXT), [b'\xff\xfe']),
    'masked, of RFC 6455 5.7': (bytes.fromhex('818537fa213d7f9f4d5158'), [b'Hello']),
    'the longest': (frame(bytes(range(250)) * 4), [bytes(range(250)) * 4]),
    'empty': (frame(b''), [b'']),
    'two': (frame(b'a') + frame(b'b'), [b'a', b'b']),
    'lengths': (
        frame(b'x' * 125) + frame(b'x' * 126) + frame(b'x' * MAX_FRAME),
        [b'x' * 125, b'x' * 126, b'x' * MAX_FRAME],
    ),
    'fragments': (frame(b'a', last=False) + frame(b'b', 0, last=False) + frame(b'c', 0), [b'abc']),
    'empty fragments': (
        frame(b'', last=False) + frame(b'', 0, last=False) + frame(b'c', 0),
        [b'c'],
    ),
    'ping between fragments': (
        frame(b'a', last=False) + frame(b'p', PING) + frame(b'b', 0),
        [b'ab'],
    ),
    'pong nobody asked for': (frame(b'p', PONG) + frame(b'a'), [b'a']),
    'nothing after close': (frame(b'a') + frame(b'', CLOSE) + frame(b'b'), [b'a']),
}
BAD = {
    'unmasked': (frame(b'a', masked=False), 'not masked'),
    'reserved bits': (b'\xc2\x80', 'reserved bits'),
    'reserved data opcode': (frame(b'a', 3), 'unknown opcode'),
    'reserved control opcode': (frame(b'a', 11), 'unknown opcode'),
    'continuation of nothing': (frame(b'a', 0), 'out of order'),
    'message inside a message': (frame(b'a', last=False) + frame(b'b'), 'out of order'),
    'fragmented ping': (frame(b'a', PING, last=False), 'control frame'),
    'long ping': (frame(b'a' * 126, PING), 'control frame'),
    'close code cut off': (frame(b'\x03', CLOSE), 'cut off'),
    'close code 1005': (frame(b'\x03\xed', CLOSE), 'not allowed'),
    'close code 1006': (frame(b'\x03\xee', CLOSE), 'not allowed'),
    'close code 0': (frame(b'\0\0', CLOSE), 'not allowed'),
    'close code 5000': (frame(b'\x13\x88', CLOSE), 'not allowed'),
    'HTTP': (b'GET / HTTP/1.1\r\n', 'reserved bits'),
}
TOO_BIG = {
    'one frame': frame(b'x' * (MAX_FRAME + 1)),
    'fragments together': frame(b'x' * MAX_FRAME, last=False) + frame(b'x', 0),
    'header of a huge one': b'\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff',
    'top bit of the length': b'\x82\xff\xff\xff\xff\xff\xff\xff\xff\xff',
}


@contextlib.contextmanager
def pair(early: bytes = b'') -> Iterator[tuple[FrameSocket, socket.socket, list[bytes]]]:
    """Our end, the client's socket, and the messages that came early."""
    ours, theirs = socket.socketpair()
    theirs.settimeout(PATIENCE)
    with ours, theirs:
        frames = FrameSocket()
        frames.socket = ours
        yield frames, theirs, frames.start(early, MAX_FRAME)


def hear(data: bytes, chunk: int) -> tuple[list[bytes], FrameSocket]:
    """What our end makes of the client's bytes, sent in chunks."""
    with pair() as (frames, theirs, messages):
        for start in range(0, len(data), chunk):
            theirs.sendall(data[start : start + chunk])
            messages += frames.receive()
        return messages, frames


class ReceiveTest(unittest.TestCase):
    def test_good(self) -> None:
        for name, (data, expected) in GOOD.items():
            for chunk in (1, 2, 5, 1 << 20):
                with self.subTest(name, chunk=chunk):
                    self.assertEqual(hear(data, chunk)[0], expected)

    def test_bad(self) -> None:
        for name, (data, fault) in BAD.items():
            for chunk in (1, 1 << 20):
                with self.subTest(name, chunk=chunk):
                    with self.assertRaisesRegex(ProtocolError, fault):
                        hear(data, chunk)

    def test_too_big(self) -> None:
        for name, data in TOO_BIG.items():
            with self.subTest(name), self.assertRaises(Ended) as caught:
                hear(data, 100)
            self.assertIs(caught.exception.close, Close.FRAME_TOO_BIG)

    def test_early_bytes(self) -> None:
        with pair(frame(b'first') + frame(b'sec')[:5]) as (frames, theirs, messages):
            self.assertEqual(messages, [b'first'])
            theirs.sendall(frame(b'sec')[5:])
            self.assertEqual(frames.receive(), [b'sec'])

    def test_close_codes(self) -> None:
        for payload, expected in (
            (b'', None),
            (b'\x03\xe8', 1000),
            (b'\x03\xe9bye', 1001),
            (b'\x0b\xb8', 3000),
            (b'\x11\x94\xff\xff', 4500),
        ):
            with self.subTest(payload):
                frames = hear(frame(payload, CLOSE), 1)[1]
                self.assertEqual((frames.left, frames.lost), (True, False))
                self.assertEqual(frames.close_code, expected)

    def test_end_without_close(self) -> None:
        with pair() as (frames, theirs, _):
            theirs.close()
            self.assertEqual(frames.receive(), [])
            self.assertEqual((frames.left, frames.lost), (True, True))
            self.assertEqual(frames.receive(), [])

    def test_nothing_there(self) -> None:
        with pair() as (frames, _, _):
            self.assertEqual(frames.receive(), [])
            self.assertFalse(frames.left)


class SendTest(unittest.TestCase):
    def test_messages(self) -> None:
        with pair() as (frames, theirs, _):
            frames.queue(b'{}', text=True)
            frames.queue(b'abc')
            self.assertTrue(frames.flush())
            self.assertEqual(theirs.recv(100), b'\x81\x02{}\x82\x03abc')

    def test_close(self) -> None:
        with pair() as (frames, theirs, _):
            frames.queue_close(None)
            frames.flush()
            self.assertEqual(theirs.recv(100), b'\x88\x00')
        with pair() as (frames, theirs, _):
            frames.queue_close(4500, 'internal')
            frames.flush()
            self.assertEqual(theirs.recv(100), b'\x88\x0a\x11\x94internal')

    def test_pong_waits_for_the_message_before_it(self) -> None:
        with pair() as (frames, theirs, _):
            big = bytes(4 << 20)
            frames.queue(big)
            self.assertFalse(frames.flush())
            theirs.sendall(frame(b'old', PING) + frame(b'new', PING))
            frames.receive()
            received = b''
            while not frames.flush() or not received.endswith(b'new'):
                received += theirs.recv(1 << 20)
            self.assertEqual(received[10 : 10 + len(big)], big)
            self.assertEqual(received[10 + len(big) :], b'\x8a\x03new')

    def test_pings_do_not_fill_the_queue(self) -> None:
        with pair() as (frames, theirs, _):
            frames.queue(bytes(4 << 20))
            frames.flush()
            before = frames.unsent
            for _ in range(1000):
                theirs.sendall(frame(b'x' * 125, PING))
                frames.receive()
                frames.flush()
            self.assertEqual(frames.unsent, before)

    def test_client_gone(self) -> None:
        with pair() as (frames, theirs, _):
            theirs.close()
            frames.queue(b'x')
            self.assertTrue(frames.flush())
            self.assertEqual((frames.left, frames.lost), (True, True))


if __name__ == '__main__':
    unittest.main()
