"""WebSocket frames on a non-blocking socket: websockify's framing, with bounds and our own closing.

What 0.10.0 does and we cannot use: it refuses text, decodes frames of any size, collects fragments
without end, answers an empty Close with the reserved code 1005, breaks on a ping while a message is
half sent, and closes the socket under its caller.
"""

from __future__ import annotations

import struct

from bridge.closes import Close, Ended
from bridge.websocket import CompatibleWebSocket

# Read at once: the frames in it are taken apart before anybody else has a turn.
_RECEIVE_BYTES = 16 * 1024
_CONTINUATION, _TEXT, _BINARY, _CLOSE, _PING, _PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
_MAX_CONTROL_BYTES = 125

# RFC 6455 7.4.1. Browsers cannot break the protocol, so no page ever sees this code.
PROTOCOL_ERROR = 1002


# What a page that has a ticket names first (RFC 6455 1.9); the ticket follows as another one, since
# addresses are logged on the way and these are not.
SUBPROTOCOL = 'mail-port-check'


class ProtocolError(Exception):
    """The client broke RFC 6455; the text says how."""


class FrameSocket(CompatibleWebSocket):
    """One client after its upgrade.

    `left` becomes true when no more will come: after its Close frame (then `close_code` is its
    code, or None for an empty one) or at the end of its TCP connection (then `lost` is true, too).
    """

    def start(self, early: bytes, max_frame: int) -> list[bytes]:
        """Begin to exchange messages; `early` are bytes that came with the request."""
        self.socket.setblocking(False)
        self.max_frame = max_frame
        self.left = False
        self.lost = False
        # Bytes of whole frames with their headers: messages, pings and empty frames.
        self.received = 0
        self._message: bytearray | None = None
        self._ping: bytes | None = None
        self._close_queued = False
        self._recv_buffer = early
        return self._messages()

    def select_subprotocol(self, protocols: list[str]) -> str:
        """Ours, where a page asks for it: it then brings a ticket beside it (handler.py)."""
        return SUBPROTOCOL if SUBPROTOCOL in protocols else super().select_subprotocol(protocols)

    def fileno(self) -> int:
        """The socket's; of its own, since the base class looks it up by name each time."""
        return self.socket.fileno()

    @property
    def unsent(self) -> int:
        """Bytes queued and not yet taken by the kernel."""
        return len(self._send_buffer)

    def receive(self) -> list[bytes]:
        """The messages that arrived, text and binary alike, without waiting for more."""
        if self.left:
            return []
        try:
            data = self.socket.recv(_RECEIVE_BYTES)
        except BlockingIOError:
            return []
        except OSError:  # a reset is an end like any other: nobody is there to be told
            data = b''
        if not data:
            self.left = self.lost = True
            return []
        self._recv_buffer += data
        return self._messages()

    def queue(self, payload: bytes, text: bool = False) -> None:
        """Add a message to what `flush` sends."""
        self._send_buffer += self._encode_hybi(_TEXT if text else _BINARY, payload)

    def queue_close(self, code: int | None, reason: str = '') -> None:
        """Add the Close frame, empty for None; nothing follows it."""
        payload = b'' if code is None else struct.pack('>H', code) + reason.encode()
        self._send_buffer += self._encode_hybi(_CLOSE, payload)
        self._close_queued = True

    def flush(self) -> bool:
        """Send what the kernel takes; true when nothing is left to send."""
        while not self.lost:
            if not self._send_buffer:
                if self._ping is None or self._close_queued:
                    break
                # RFC 6455 5.5.3: only the last ping needs its pong, so pings cannot fill the queue.
                self._send_buffer = self._encode_hybi(_PONG, self._ping)
                self._ping = None
            try:
                sent = self.socket.send(self._send_buffer)
            except BlockingIOError:
                return False
            except OSError:
                self.left = self.lost = True
                break
            self._send_buffer = self._send_buffer[sent:]
        return True

    def _unmask(self, buf: bytes, mask: bytes) -> bytes:
        """The base class would go byte by byte, or with numpy (websocket.py)."""
        length = len(buf)
        masks = (mask * (length // 4 + 1))[:length]
        unmasked = int.from_bytes(buf, 'big') ^ int.from_bytes(masks, 'big')
        return unmasked.to_bytes(length, 'big')

    def _messages(self) -> list[bytes]:
        messages = []
        while not self.left and (frame := self._next_frame()) is not None:
            message = self._take(frame['opcode'], frame['fin'], frame['payload'])
            if message is not None:
                messages.append(message)
        return messages

    def _next_frame(self) -> dict | None:
        """The next whole frame; its header is judged before the rest has arrived."""
        header = self._recv_buffer[:10]
        if len(header) < 2:
            return None
        opcode, length = header[0] & 0x0F, header[1] & 0x7F
        if header[0] & 0x70:
            raise ProtocolError('reserved bits set')
        if not header[1] & 0x80:
            raise ProtocolError('frame not masked')
        if opcode not in (_CONTINUATION, _TEXT, _BINARY, _CLOSE, _PING, _PONG):
            raise ProtocolError('unknown opcode')
        if opcode >= _CLOSE and (length > _MAX_CONTROL_BYTES or not header[0] & 0x80):
            raise ProtocolError('control frame too long or fragmented')
        if length > _MAX_CONTROL_BYTES:
            size = 2 if length == 126 else 8
            if len(header) < 2 + size:
                return None
            length = int.from_bytes(header[2 : 2 + size], 'big')
        if length + len(self._message or b'') > self.max_frame:
            raise Ended(Close.FRAME_TOO_BIG, limit=self.max_frame)
        frame = self._decode_hybi(self._recv_buffer)
        if frame is not None:
            self._recv_buffer = self._recv_buffer[frame['length'] :]
            self.received += frame['length']
        return frame

    def _take(self, opcode: int, last: bool, payload: bytes) -> bytes | None:
        """Act on a frame; the message it completes, if it does."""
        if opcode == _CLOSE:
            self.left = True
            self.close_code = _close_code(payload)
        elif opcode == _PING:
            self._ping = payload
        elif opcode != _PONG:
            if (opcode == _CONTINUATION) == (self._message is None):
                raise ProtocolError('fragments out of order')
            message = (self._message or b'') + payload
            self._message = None if last else bytearray(message)
            return bytes(message) if last else None
        return None


def _close_code(payload: bytes) -> int | None:
    if not payload:
        return None
    if len(payload) == 1:
        raise ProtocolError('close code cut off')
    (code,) = struct.unpack('>H', payload[:2])
    # RFC 6455 7.4: the reserved codes never travel.
    if not (3000 <= code <= 4999 or (1000 <= code <= 1014 and code not in (1004, 1005, 1006))):
        raise ProtocolError('close code not allowed')
    return code
