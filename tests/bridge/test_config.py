"""The operator's file: what each key means, and that every mistake is named."""

import ipaddress
import tempfile
import unittest
from pathlib import Path

import harness  # noqa: F401
from bridge import config
from bridge.limits import Limits
from bridge.target import parse_endpoint

MISTAKES = (
    ('listne = "x"', 'listne: unknown key'),
    ('listen = 8080', 'listen: expected a text, got 8080'),
    ('listen = "8080"', 'listen: .*expected host:port'),
    ('listen = "127.0.0.1:80800"', 'listen: .*expected host:port'),
    ('listen = "::1:8080"', 'listen: .*expected host:port'),
    ('listen = "mail.example:80"', "listen: 'mail.example' is neither localhost nor an IP"),
    ('web = 1', 'web: expected a text'),
    ('web = "nowhere"', 'web: .*nowhere is not a directory'),
    ('tables = "nowhere.json"', 'tables: .*nowhere.json: No such file'),
    ('resolver = "dns.example:53"', "resolver: 'dns.example:53': expected"),
    ('resolver = "127.0.0.1"', 'resolver: '),
    ('ports = 25', 'ports: expected a list'),
    ('ports = [25, 22]', 'ports: 22 is not a mail port'),
    ('ports = [true]', 'ports: True is not a mail port'),
    ('ports = [25.0]', 'ports: 25.0 is not a mail port'),
    ('ports = [[25]]', 'ports: \\[25\\] is not a mail port'),
    ('origins = "*"', 'origins: expected a list'),
    ('origins = ["example.com"]', "origins: 'example.com': expected https"),
    ('origins = ["https://example.com/"]', 'origins: '),
    ('deny = ["1.2.3.4/24"]', 'deny: 1.2.3.4/24 has host bits set'),
    ('deny = [1]', 'deny: expected a text'),
    ('forward = 1', 'forward: expected a table'),
    ('[forward]\n"imap.example:993" = "127.0.0.1:1"', "forward: 'imap.example:993': expected"),
    ('[forward]\n"192.0.2.1:993" = "localhost:1"', 'forward."192.0.2.1:993": \'localhost:1\''),
    ('[limits]\nidle = 1', 'limits.idle: unknown key'),
    ('[limits]\nidle_seconds = "1"', 'limits.idle_seconds: expected a number'),
    ('[limits]\nidle_seconds = true', 'limits.idle_seconds: expected a number'),
    ('[limits]\nidle_seconds = 0', 'limits.idle_seconds: must be above zero'),
    ('[limits]\nidle_seconds = -1', 'limits.idle_seconds: must be above zero'),
    ('[limits]\nidle_seconds = nan', 'limits.idle_seconds: must be above zero'),
    ('[limits]\nidle_seconds = inf', 'limits.idle_seconds: must be above zero'),
    ('[limits]\nbytes_down = 1.5', 'limits.bytes_down: expected a whole number'),
    ('listen = ?', 'line 1'),
)


class ConfigTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.path = self.folder / 'bridge.toml'

    def load(self, text: str) -> config.Config:
        self.path.write_text(text)
        return config.load(self.path)

    def test_mistakes_name_file_key_and_fault(self) -> None:
        for text, fault in MISTAKES:
            with self.subTest(text):
                with self.assertRaisesRegex(config.ConfigError, fault) as caught:
                    self.load(text)
                self.assertIn(str(self.path), str(caught.exception))

    def test_file_faults(self) -> None:
        with self.assertRaisesRegex(config.ConfigError, 'No such file'):
            config.load(self.folder / 'missing.toml')
        self.path.write_bytes(b'\xff')
        with self.assertRaisesRegex(config.ConfigError, 'utf-8'):
            config.load(self.path)

    def test_defaults(self) -> None:
        settings = self.load('')
        self.assertEqual(settings.listen, config.Listen('localhost', 8080))
        self.assertEqual(settings.rules.ports, frozenset(harness.TABLES.directions))
        self.assertIsNone(settings.rules.origins)
        self.assertEqual(settings.rules.forward, {})
        self.assertEqual(settings.limits, Limits())
        self.assertEqual(config.load(None), settings)

    def test_everything_set(self) -> None:
        (self.folder / 'site').mkdir()
        settings = self.load(
            'listen = "[::1]:0"\nweb = "site"\nresolver = "[::1]:5353"\nports = [993, 25]\n'
            'origins = ["https://A.example:443", "*"]\ndeny = ["198.20.0.0/24", "2003::/32"]\n'
            '[limits]\nidle_seconds = 0.5\nconnections = 3\n'
            '[forward]\n"192.0.2.10:993" = "127.0.0.1:10993"\n'
            '"[::ffff:192.0.2.11]:993" = "[::1]:1"\n'
        )
        self.assertEqual(settings.listen, config.Listen('::1', 0))
        # Relative to the file, wherever the bridge was started.
        self.assertEqual(settings.web, self.folder / 'site')
        rules = settings.rules
        self.assertEqual(rules.resolver, parse_endpoint('[::1]:5353'))
        self.assertEqual(rules.ports, {25, 993})
        self.assertEqual(rules.origins, {'https://a.example', '*'})
        self.assertEqual(rules.deny[1], ipaddress.ip_network('2003::/32'))
        self.assertEqual(
            rules.forward,
            {
                parse_endpoint('192.0.2.10:993'): parse_endpoint('127.0.0.1:10993'),
                parse_endpoint('192.0.2.11:993'): parse_endpoint('[::1]:1'),
            },
        )
        self.assertEqual(settings.limits, Limits(idle_seconds=0.5, connections=3))

    def test_system_resolver(self) -> None:
        for text, expected in (
            ('', None),
            ('search example\n# nameserver 192.0.2.1\n', None),
            ('nameserver\nnameserver 192.0.2.53\nnameserver 192.0.2.54\n', '192.0.2.53:53'),
            ('options edns0\nnameserver   2001:db8::53\n', '[2001:db8::53]:53'),
            ('nameserver nonsense\nnameserver 192.0.2.53\n', '192.0.2.53:53'),
        ):
            with self.subTest(text):
                self.path.write_text(text)
                resolver = config.system_resolver(self.path)
                self.assertEqual(resolver and str(resolver), expected)
        self.assertIsNone(config.system_resolver(self.folder / 'missing'))


if __name__ == '__main__':
    unittest.main()
