"""The log's own thread: whole lines in their order, whatever becomes of who reads them."""

import logging
import os
import re
import threading
import time
import unittest
from unittest import mock

from harness import wait_for

from bridge import logwriter
from bridge.logwriter import LogWriter


class LogWriterTest(unittest.TestCase):
    def setUp(self) -> None:
        self.reader, self.writer = os.pipe()
        self.addCleanup(os.close, self.reader)

    def open(self, max_bytes: int = logwriter.MAX_BYTES) -> LogWriter:
        lines = LogWriter(self.writer, max_bytes)
        self.addCleanup(lines.close)
        return lines

    def say(self, lines: LogWriter, text: str) -> None:
        lines.handle(logging.LogRecord('bridge', logging.INFO, '', 0, text, None, None))

    def read_all(self, count: int) -> list[str]:
        heard = b''
        while heard.count(b'\n') < count or not heard.endswith(b'\n'):
            heard += os.read(self.reader, 65536)
        return heard.decode().splitlines()

    def test_lines_in_their_order(self) -> None:
        lines = self.open()
        for number in range(1000):
            self.say(lines, str(number))
        self.assertEqual(self.read_all(1000), [str(number) for number in range(1000)])

    def test_the_end_waits_for_the_last_line(self) -> None:
        lines = self.open()
        self.say(lines, 'last')
        lines.close()
        self.assertEqual(self.read_all(1), ['last'])

    def test_the_end_of_the_process_waits_for_it_too(self) -> None:
        lines = self.open()
        self.say(lines, 'last')
        os.set_blocking(self.reader, False)
        # As logging.shutdown() does it.
        with lines.lock:
            lines.close()
            self.assertEqual(os.read(self.reader, 65536), b'last\n')

    def test_a_full_disk_is_waited_for_and_nothing_is_lost_or_said_twice(self) -> None:
        write, full = os.write, threading.Event()
        full.set()

        def reluctant(descriptor: int, data: bytes) -> int:
            if full.is_set():
                raise OSError(28, 'No space left on device')
            return write(descriptor, data[:7])  # and little at a time

        with (
            mock.patch.object(logwriter.os, 'write', reluctant),
            mock.patch.object(logwriter, '_RETRY_SECONDS', 0.01),
        ):
            lines = self.open()
            for number in range(50):
                self.say(lines, f'line {number}')
            time.sleep(0.1)
            full.clear()
            self.assertEqual(self.read_all(50), [f'line {number}' for number in range(50)])

    def test_what_cannot_be_written_is_bounded_and_counted(self) -> None:
        # Nobody reads: the pipe is full, and then what is kept.
        lines = self.open(max_bytes=100_000)
        began = time.monotonic()
        for _ in range(5000):
            self.say(lines, 'x' * 99)
        self.assertLess(time.monotonic() - began, 5)
        self.assertLessEqual(lines._held, 100_000)
        kept = lost = 0
        while kept + lost < 5000:
            for line in self.read_all(1):
                told = re.fullmatch(r'(\d+) lines of the log were lost: .*', line)
                lost += int(told[1]) if told else 0
                kept += line == 'x' * 99
        self.assertEqual(kept + lost, 5000)
        self.assertGreater(lost, 1000)
        wait_for(lambda: lines._held == 0, 'room')

    def test_nobody_reads_at_the_end_either(self) -> None:
        lines = self.open()
        for _ in range(2000):
            self.say(lines, 'x' * 99)
        with mock.patch.object(logwriter, '_CLOSE_SECONDS', 0.1):
            began = time.monotonic()
            lines.close()
            self.assertLess(time.monotonic() - began, 5)


if __name__ == '__main__':
    unittest.main()
