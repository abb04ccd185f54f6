"""The bytes of one connection, both ways: bounded queues, budgets, and who ended it.

A side is read only while the queue towards the other has room, so a slow reader slows the sender
down and nobody's memory grows.
"""

from __future__ import annotations

import socket
import time
from typing import Protocol

from bridge import connect
from bridge.closes import Close, Ended
from bridge.frames import FrameSocket
from bridge.limits import Limits
from bridge.loop import Poller
from bridge.selector import GONE, IN, OUT

# Above these a side is no longer read. One more read may still follow.
_UP_QUEUE_BYTES = 64 * 1024
_DOWN_QUEUE_BYTES = 128 * 1024
_READ_BYTES = 32 * 1024


class Guard(Protocol):
    """Looks at the bytes on their way: returns what may pass, raises Ended for what never may."""

    def from_client(self, data: bytes) -> bytes:
        """Bytes of the client, in their order."""

    def from_server(self, data: bytes) -> bytes:
        """Bytes of the server, in their order."""

    def own_words(self) -> bytes:
        """What the guard has to say to the client in place of the server, once."""


class ClientLeft(Exception):
    """The client closed the WebSocket, or is gone."""


class Tunnel:
    """Carries the bytes of one client to one target and back."""

    def __init__(
        self, client: FrameSocket, limits: Limits, up_limit: int, guard: Guard | None
    ) -> None:
        self.bytes_up = 0
        self.bytes_down = 0
        self._client = client
        self._limits = limits
        self._up_limit = up_limit
        self._guard = guard
        self._up = bytearray()
        self._target: socket.socket | None = None
        self._target_end: Ended | None = None
        self._write_error: Ended | None = None
        self._active_at = time.monotonic()

    @property
    def has_room(self) -> bool:
        """Whether the client may be read."""
        return len(self._up) < _UP_QUEUE_BYTES

    def take(self, messages: list[bytes]) -> None:
        """Queue messages of the client. Those that go too far raise Ended, and are not queued.

        What counts is all that came for them: pings and empty frames, too.
        """
        if self._client.received > self._up_limit:
            raise Ended(Close.UPLOAD_BUDGET, limit=self._up_limit)
        for message in filter(None, messages):
            self._active_at = time.monotonic()
            self.bytes_up += len(message)
            self._up += self._guard.from_client(message) if self._guard else message

    def hear_client(self) -> None:
        """Read the client once. Raises ClientLeft when that was its last."""
        self.take(self._client.receive())
        if self._client.left:
            raise ClientLeft

    async def run(
        self, target: socket.socket, poller: Poller, lifetime_ends: float
    ) -> Ended | None:
        """Carry bytes until something ends it; returns how it ended, None when the client left.

        Raises ProtocolError when the client breaks RFC 6455.
        """
        self._target = target
        try:
            return await self._carry(target, poller, lifetime_ends)
        except Ended as ended:
            return ended
        except ClientLeft:
            return None

    async def _carry(
        self, target: socket.socket, poller: Poller, lifetime_ends: float
    ) -> Ended | None:
        self._active_at = time.monotonic()
        while True:
            self._send_up()
            if self._guard and (words := self._guard.own_words()):
                self._client.queue(words)
            self._client.flush()
            if self._client.left:
                return None
            if self._target_end and not self._client.unsent:
                return self._target_end
            self._watch(poller, target)
            idle_ends = self._active_at + self._limits.idle_seconds
            ready = await poller.wait(min(idle_ends, lifetime_ends))
            now = time.monotonic()
            if now >= lifetime_ends:
                return Ended(Close.LIFETIME, after=self._limits.lifetime_seconds)
            self._act(ready, target)
            # Frames that carry nothing wake us and are no activity.
            if now >= self._active_at + self._limits.idle_seconds:
                return Ended(Close.IDLE, after=self._limits.idle_seconds)

    async def flush_up(self, poller: Poller, deadline: float) -> None:
        """When the client has left: send the target what the client sent before."""
        poller.ignore(self._client)
        while self._target and self._up and time.monotonic() < deadline:
            self._send_up()
            poller.watch(self._target, OUT)
            if self._up:
                await poller.wait(deadline)

    def _watch(self, poller: Poller, target: socket.socket) -> None:
        # With no events a client that is gone still shows, and only then.
        wanted = IN if self.has_room else 0
        poller.watch(self._client, wanted | (OUT if self._client.unsent else 0))
        wanted = OUT if self._up else 0
        if not self._target_end and self._client.unsent < _DOWN_QUEUE_BYTES:
            wanted |= IN
        if wanted:
            poller.watch(target, wanted)
        else:
            # Its end is noticed when it is read again; asking now would wake us without pause.
            poller.ignore(target)

    def _act(self, ready: dict[int, int], target: socket.socket) -> None:
        events = ready.get(self._client.fileno(), 0)
        if events & OUT:
            unsent = self._client.unsent
            self._client.flush()
            if self._client.unsent < unsent:
                self._active_at = time.monotonic()
        if events & (IN | GONE):
            if events & GONE and not self.has_room:
                raise ClientLeft
            self.hear_client()
        events = ready.get(target.fileno(), 0)
        if events & (IN | GONE) and not self._target_end:
            self._hear_target(target)

    def _hear_target(self, target: socket.socket) -> None:
        room = self._limits.bytes_down - self.bytes_down
        try:
            data = target.recv(min(_READ_BYTES, room + 1))
        except BlockingIOError:
            return
        except OSError as error:
            self._end_target(connect.ended_by(error.errno or 0))
            return
        if not data:
            # A write that met the reset first has taken the error from this read.
            self._end_target(self._write_error or Ended(Close.SERVER_CLOSED))
            return
        self._active_at = time.monotonic()
        # What the guard leaves out has cost as much.
        counted = data[:room]
        self.bytes_down += len(counted)
        delivered = self._guard.from_server(counted) if self._guard else counted
        if delivered:
            self._client.queue(delivered)
        if len(data) > room:
            raise Ended(Close.DOWNLOAD_BUDGET, limit=self._limits.bytes_down)

    def _end_target(self, ended: Ended) -> None:
        self._target_end = ended
        self._up.clear()

    def _send_up(self) -> None:
        if not self._up or self._target is None:
            return
        try:
            sent = self._target.send(self._up)
        except BlockingIOError:
            return
        except BrokenPipeError:
            # It closed before: its last words, and its Close, are still to be read.
            sent = len(self._up)
        except OSError as error:
            self._write_error = connect.ended_by(error.errno or 0)
            sent = len(self._up)
        self._active_at = time.monotonic()
        del self._up[:sent]
