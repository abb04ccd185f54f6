"""The list of those who asked to be left alone: read, matched, and its mistakes."""

import ipaddress
import tempfile
import unittest
from pathlib import Path

import harness  # noqa: F401

from bridge.optout import OptOut, OptOutError, load

TEXT = """# asked on 2024-05-01
198.51.100.0/24
2001:db8::/32   # all of it
203.0.113.7

Example.ORG.
xn--bcher-kva.example
"""


class OptOutTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name, 'opt-out.txt')

    def load(self, text: str) -> OptOut:
        self.path.write_text(text)
        return load(self.path)

    def test_addresses(self) -> None:
        listed = self.load(TEXT)
        for address, expected in (
            ('198.51.100.255', True),
            ('198.51.101.0', False),
            ('203.0.113.7', True),
            ('203.0.113.8', False),
            ('2001:db8:ffff::1', True),
            ('2001:db9::1', False),
        ):
            with self.subTest(address):
                self.assertIs(listed.has_address(ipaddress.ip_address(address)), expected)

    def test_names(self) -> None:
        listed = self.load(TEXT)
        for name, expected in (
            ('example.org', True),
            ('EXAMPLE.org.', True),
            ('mx.mail.example.org.', True),
            ('notexample.org', False),
            ('example.org.evil.example', False),
            ('org', False),
            ('xn--bcher-kva.example', True),
            ('example', False),
            ('', False),
        ):
            with self.subTest(name):
                self.assertIs(listed.has_name(name), expected)

    def test_nobody(self) -> None:
        for listed in (OptOut(), self.load('# nobody yet\n\n')):
            self.assertFalse(listed.has_name('example.org'))
            self.assertFalse(listed.has_address(ipaddress.ip_address('1.1.1.1')))

    def test_mistakes(self) -> None:
        for line, fault in (
            ('198.51.100.1/24', 'has host bits set'),
            ('198.51.100', 'IPv4'),
            ('198.51.100.256', 'IPv4'),
            ('2001:db8::/129', 'IPv'),
            ('*.example.org', 'no patterns'),
            ('.example.org', 'expected a network'),
            ('org', 'expected a network'),
            ('bücher.example', 'names as in DNS'),
            ('example.org example.net', 'expected a network'),
            ('https://example.org', 'expected a network'),
        ):
            with self.subTest(line), self.assertRaisesRegex(OptOutError, fault) as caught:
                self.load(f'example.net\n{line}\n')
            self.assertIn(f'opt-out.txt:2: {line!r}', str(caught.exception))
        with self.assertRaisesRegex(OptOutError, 'No such file'):
            load(self.path.with_name('none'))
        self.path.write_bytes(b'\xff')
        with self.assertRaisesRegex(OptOutError, 'utf-8'):
            load(self.path)


if __name__ == '__main__':
    unittest.main()
