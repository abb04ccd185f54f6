"""Writes the log in a thread of its own: a full disk, or who reads it slowly, holds nobody up."""

from __future__ import annotations

import logging
import os
import threading
import time

# What is kept while it cannot be written, some ten thousand lines; beyond that they are counted.
MAX_BYTES = 2 * 1024 * 1024
# Lines of this time are written together.
_GATHER_SECONDS = 0.02
_RETRY_SECONDS = 0.5
# At the end, for a reader that does not read.
_CLOSE_SECONDS = 1.0


class LogWriter(logging.Handler):
    """To a descriptor. What could not be written is tried again; nothing is written twice."""

    def __init__(self, descriptor: int, max_bytes: int = MAX_BYTES) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._max_bytes = max_bytes
        # Of what follows. Not the handler's: logging holds that while `close` waits for the thread.
        self._own = threading.Lock()
        self._lines: list[bytes] = []
        self._held = 0  # bytes, of the lines and of what is being written
        self._lost = 0  # lines
        self._wake = threading.Event()
        self._closing = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep its line to be written."""
        line = self.format(record).encode('utf-8', 'backslashreplace') + b'\n'
        with self._own:
            if self._held + len(line) > self._max_bytes:
                self._lost += 1
                return
            self._lines.append(line)
            self._held += len(line)
            if not self._wake.is_set():
                self._wake.set()

    def close(self) -> None:
        """Write what is left, if it can be."""
        self._closing = True
        self._wake.set()
        self._thread.join(_CLOSE_SECONDS)
        super().close()

    def _run(self) -> None:
        while not self._closing or self._lines:
            self._wake.wait()
            if not self._closing:
                time.sleep(_GATHER_SECONDS)
            self._write(self._take())

    def _take(self) -> bytes:
        with self._own:
            self._wake.clear()
            lines, self._lines = self._lines, []
            lost, self._lost = self._lost, 0
        if lost:
            note = f'{lost} lines of the log were lost: they could not be written'
            told = logging.LogRecord('bridge', logging.ERROR, '', 0, note, None, None)
            lines.append(self.format(told).encode('ascii', 'backslashreplace') + b'\n')
        return b''.join(lines)

    def _write(self, data: bytes) -> None:
        written = len(data)
        while data:
            try:
                data = data[os.write(self._descriptor, data) :]
            except OSError:
                if self._closing:
                    break
                time.sleep(_RETRY_SECONDS)
        with self._own:
            self._held = max(0, self._held - written)
            if self._lost:
                self._wake.set()  # which has to be told, though no line follows
