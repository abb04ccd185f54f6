"""The lines of the log."""

import json
import logging
import sys
import unittest

import harness  # noqa: F401

from bridge.record import JsonFormatter, Record

LINE = Record('198.51.100.0/24', 993, 'public', 1000, 'server', 7, 8, 1.5, 30)


class FormatTest(unittest.TestCase):
    def format(self, message: str, **more: object) -> dict:
        record = logging.makeLogRecord({'msg': message, 'levelname': 'WARNING', **more})
        text = JsonFormatter().format(record)
        self.assertNotIn('\n', text)
        return json.loads(text)

    def test_a_connection(self) -> None:
        line = self.format('connection', fields=vars(LINE), created=0.25)
        self.assertEqual(
            line,
            {
                'time': '1970-01-01T00:00:00.250Z',
                'level': 'warning',
                'event': 'connection',
                'client': '198.51.100.0/24',
                'port': 993,
                'decision': 'public',
                'close': 1000,
                'by': 'server',
                'up': 7,
                'down': 8,
                'connect_ms': 1.5,
                'ms': 30,
            },
        )

    def test_anything_else(self) -> None:
        line = self.format('two\n%s', args=('lines',))
        self.assertEqual((line['event'], line['message']), ('message', 'two\nlines'))

    def test_a_fault(self) -> None:
        try:
            raise ValueError('why')
        except ValueError:
            line = self.format('internal error', exc_info=sys.exc_info())
        self.assertIn('ValueError: why', line['exception'])


if __name__ == '__main__':
    unittest.main()
