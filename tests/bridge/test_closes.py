"""The close reason, and that table and bridge know the same codes."""

import json
import unittest

import harness  # noqa: F401

from bridge import tables
from bridge.closes import MAX_REASON_BYTES, Close, Ended


class CloseTest(unittest.TestCase):
    def test_bridge_and_table_name_the_same_codes(self) -> None:
        rows = json.loads(tables.DEFAULT_PATH.read_text())['closes']
        self.assertEqual({row['id'] for row in rows}, {close.value for close in Close})


class EndedTest(unittest.TestCase):
    def test_reason(self) -> None:
        self.assertEqual(Ended(Close.SERVER_CLOSED).reason, 'server-closed')
        self.assertEqual(Ended(Close.RATE, retry=5, of='all').reason, 'rate retry=5 of=all')

    def test_reason_fits_the_frame(self) -> None:
        reason = Ended(Close.INTERNAL, why='é' * 200).reason
        self.assertEqual(len(reason.encode()), MAX_REASON_BYTES)


if __name__ == '__main__':
    unittest.main()
