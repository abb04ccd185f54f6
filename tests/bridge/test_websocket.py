"""The bridge does not need numpy, and does not stand in the way of who does."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from harness import ROOT

WITHOUT = """
import sys
import bridge.server
assert 'numpy' not in sys.modules
import numpy
assert numpy.loaded
"""
BEFORE = """
import sys
import numpy
import bridge.server
assert sys.modules['numpy'] is numpy
"""


class NumpyTest(unittest.TestCase):
    def test_bridge_does_without(self) -> None:
        for program in (WITHOUT, BEFORE):
            with self.subTest(program), tempfile.TemporaryDirectory() as folder:
                # One that is installed, whatever the machine has.
                Path(folder, 'numpy.py').write_text('loaded = True\n')
                done = subprocess.run(
                    [sys.executable, '-W', 'always', '-c', program],
                    cwd=ROOT,
                    env={'PYTHONPATH': folder},
                    capture_output=True,
                    text=True,
                    check=False,
                )
                self.assertEqual((done.returncode, done.stderr), (0, ''))


if __name__ == '__main__':
    unittest.main()
