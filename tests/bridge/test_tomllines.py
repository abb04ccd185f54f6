"""Lines of keys in the spellings that TOML has, and lines of what is none."""

import unittest

import harness  # noqa: F401

from bridge.tomllines import line_of_fault, line_of_key

TEXT = """\
# limits.connections = 1
listen = "x"
"quoted" = 1
dotted.inner = 1
'single' . "a.b:1" = 1

[ limits ] # of a client
  connections = 3
"idle_seconds"=1
[tickets.shared]
"https://check.example" = ["x"]
[ "forward" ]
"192.0.2.1:993" = "x"
"""
KEYS = (
    ('listen', 2),
    ('quoted', 3),
    ('dotted.inner', 4),
    ('single."a.b:1"', 5),
    ('limits', 7),
    ('limits.connections', 8),
    ('limits.idle_seconds', 9),
    ('tickets.shared', 10),
    ('tickets.shared."https://check.example"', 11),
    ('forward."192.0.2.1:993"', 13),
    # In what is written in one line, or is not known: the next greater that has a line.
    ('listen.inner', 2),
    ('limits.unknown', 7),
    ('limits.https://check.example', 7),
    # Or the first that is in it.
    ('dotted', 4),
    ('list', None),
    ('missing', None),
)


class LineTest(unittest.TestCase):
    def test_keys(self) -> None:
        for key, line in KEYS:
            with self.subTest(key):
                self.assertEqual(line_of_key(TEXT, key), line)

    def test_faults(self) -> None:
        told = ValueError('Invalid value (at line 7, column 3)')
        self.assertEqual(line_of_fault(TEXT, told), 7)
        self.assertIsNone(line_of_fault(TEXT, ValueError('unknown')))
        self.assertEqual(line_of_fault('\n\nx = ' + '9' * 5000, ValueError('too long')), 3)


if __name__ == '__main__':
    unittest.main()
