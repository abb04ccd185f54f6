"""The generated table, and what is said when it is not what we need."""

import json
import tempfile
import unittest
from pathlib import Path

import harness  # noqa: F401

from bridge import tables
from bridge.closes import Close


class TablesTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name, 'tables.json')
        self.raw = json.loads(tables.DEFAULT_PATH.read_text())

    def load(self) -> tables.Tables:
        self.path.write_text(json.dumps(self.raw))
        return tables.load(self.path)

    def test_the_generated_one(self) -> None:
        table = self.load()
        self.assertEqual(len(table.directions), 7)
        self.assertEqual(set(table.directions.values()), set(tables.DIRECTIONS))
        self.assertEqual(set(table.protocols.values()), set(tables.PROTOCOLS))
        self.assertEqual(set(table.protocols), set(table.directions))
        self.assertEqual(set(table.modes), set(table.directions))
        self.assertLessEqual(set(table.modes.values()), set(tables.MODES))
        self.assertEqual(set(table.close_codes), set(Close))

    def test_faults_are_named(self) -> None:
        good = json.dumps(self.raw)
        for change, fault in (
            (lambda raw: raw.update(version=2), 'version 2'),
            (lambda raw: raw.pop('services'), 'services'),
            (lambda raw: raw['services'][0].update(port='25'), "'25' is not a port"),
            (lambda raw: raw['services'][0].update(direction='up'), "unknown direction 'up'"),
            (lambda raw: raw['services'][0].update(protocol='nntp'), "unknown protocol 'nntp'"),
            (lambda raw: raw['closes'].pop(), 'no close code for reset'),
            (lambda raw: raw.update(closes=None), 'not the table'),
        ):
            with self.subTest(fault):
                self.raw = json.loads(good)
                change(self.raw)
                with self.assertRaisesRegex(tables.TablesError, fault) as caught:
                    self.load()
                self.assertIn(str(self.path), str(caught.exception))

    def test_missing_and_malformed(self) -> None:
        with self.assertRaisesRegex(tables.TablesError, 'No such file.*make'):
            tables.load(self.path)
        self.path.write_text('{')
        with self.assertRaisesRegex(tables.TablesError, 'not JSON'):
            tables.load(self.path)


if __name__ == '__main__':
    unittest.main()
