"""The operator's file: what each key means, and that every mistake is named."""

import dataclasses
import ipaddress
import tempfile
import unittest
from pathlib import Path

import harness

from bridge import config
from bridge.limits import Limits
from bridge.target import parse_endpoint

# A text, the line that is named, and what is said.
MISTAKES = (
    ('listne = "x"', 1, 'listne: unknown key'),
    ('# a comment\n\nlisten = "8080"', 3, "listen: '8080': expected host:port"),
    ('listen = "127.0.0.1:80800"', 1, 'listen: .*expected host:port'),
    ('listen = "::1:8080"', 1, 'listen: .*expected host:port'),
    ('listen = "mail.example:80"', 1, "listen: 'mail.example:80': expected localhost or an IP"),
    ('web = "nowhere"', 1, 'web: expected a directory, .*nowhere is none'),
    ('tables = "nowhere.json"', 1, 'tables: .*nowhere.json: No such file'),
    ('resolver = "dns.example:53"', 1, "resolver: 'dns.example:53': expected"),
    ('resolver = "127.0.0.1"', 1, "resolver: '127.0.0.1': expected"),
    ('ports = [25, 22]', 1, r'ports: expected mail ports \(25, 110, .*\), got 22'),
    ('ports = [true]', 1, 'ports: expected mail ports .* got True'),
    ('ports = [25.0]', 1, 'ports: expected mail ports .* got 25.0'),
    ('ports = [[25]]', 1, 'ports: expected mail ports .* got \\[25\\]'),
    ('ports = [25]\norigins = ["example.com"]', 2, "origins: 'example.com': expected https"),
    ('origins = ["https://example.com/"]', 1, "origins: 'https://example.com/': expected https"),
    # What looks like a pattern would never match, and what is no name in DNS neither.
    ('origins = [\n"https://*.example.com",\n]', 1, r"origins: 'https://\*.example.com': expected"),
    ('origins = ["https://*"]', 1, r"origins: 'https://\*': expected .*no patterns"),
    ('origins = ["https://bücher.example"]', 1, 'origins: .*names as in DNS'),
    ('origins = ["https://example.com https://example.net"]', 1, 'origins: .*expected'),
    ('deny = ["1.2.3.4/24"]', 1, 'deny: .*expected a network .* has host bits set'),
    ('proxies = ["proxy.example"]', 1, "proxies: 'proxy.example': expected a network"),
    ('opt_out = "none.txt"', 1, 'opt_out: .*none.txt: No such file'),
    ('helo = "localhost"', 1, "helo: 'localhost': expected a whole host name"),
    ('helo = "a b.example"', 1, "helo: 'a b.example': expected a host name"),
    ('contact = "me"', 1, "contact: 'me': expected an e-mail address or"),
    ('contact = "http://example.net"', 1, 'contact: .*expected an e-mail address or'),
    ('metrics = "example:1"', 1, "metrics: 'example:1': expected localhost or an IP"),
    ('metrics = "127.0.0.1:8080"', 1, 'metrics: expected another port than `listen`'),
    ('metrics = "127.0.0.1:8078"\nworkers = 3', 1, 'metrics: expected another port than `listen`'),
    ('metrics = "127.0.0.1:65534"\nworkers = 3', 1, 'metrics: expected 3 ports from 65534 on'),
    ('workers = 0', 1, 'workers: expected a whole number from 1 to 64, got 0'),
    ('[tickets]', 1, 'tickets: expected `keys`'),
    ('[tickets]\nkey = 1', 2, 'tickets.key: unknown key'),
    ('[tickets]\nkeys = ["none.jwk"]', 2, 'tickets.keys: .*none.jwk: No such file'),
    ('[tickets]\nkeys = []\nissue = true', 1, 'tickets: expected `keys`'),
    ('[tickets.shared]\n"x" = ["a"]', 1, "tickets.shared: 'x': expected https://host"),
    ('proxy_protocol = true', 1, 'proxy_protocol: expected `proxies` beside it'),
    ('[forward]\n"imap.example:993" = "127.0.0.1:1"', 1, "forward: 'imap.example:993': expected"),
    ('[forward]\n"192.0.2.1:993" = "localhost:1"', 2, 'forward."192.0.2.1:993": .* expected'),
    ('[limits]\nidle = 1', 2, 'limits.idle: unknown key'),
    (
        '[limits]\nbytes_down = 9\nidle_seconds = 0',
        3,
        'limits.idle_seconds: expected a number from',
    ),
    ('[limits]\nidle_seconds = -1', 2, 'limits.idle_seconds: expected a number from 0.05 to 3600'),
    ('[limits]\nidle_seconds = nan', 2, 'limits.idle_seconds: expected a number from'),
    ('[limits]\nidle_seconds = inf', 2, 'limits.idle_seconds: expected a number from'),
    ('[limits]\nconnect_seconds = 1e19', 2, 'limits.connect_seconds: expected .* got 1e\\+19'),
    ('[limits]\nconnections = 100000', 2, 'limits.connections: expected a whole number from 1 to'),
    ('limits = {bytes_down = 1.5}', 1, 'limits.bytes_down: expected a whole number from'),
    ('[references]\nnames = "x"', 2, 'references.names: unknown key'),
    ('[references]\nname = "a b"', 2, "references.name: 'a b': expected a host name"),
    (
        '[references]\nservers = ["mx.example:25"]',
        2,
        "references.servers: 'mx.example:25': expected",
    ),
    ('[references]\nservers = ["192.0.2.1:22"]', 2, 'references.servers: 192.0.2.1:22: expected'),
    ('\nlisten = ?', 2, 'expected TOML: '),
    ('\nworkers = ' + '9' * 5000, 2, 'expected TOML: '),
    (f'web = "{"a" * 9000}"', 1, 'web: expected a directory, .* … .*a is none'),
    ('web = "\\u0000\\u202e"', 1, r'web: expected a directory, .*\\x00\\u202e is none'),
    ('opt_out = "/dev/zero"', 1, 'opt_out: expected a file .*: larger than'),
    ('tables = "/dev/zero"', 1, 'tables: expected .*'),
    ('resolver = "127.0.0.1:70000"', 1, 'resolver: .*expected a port up to 65535'),
)

# One of each type that TOML has, and which keys take it.
TYPES = {
    'true': ('truth',),
    '7': ('number',),
    '7.5': ('fraction',),
    '"x"': ('text',),
    '["x"]': ('list',),
    '{x = 1}': ('table',),
    '2026-01-01': (),
}
KEYS = {
    'listen': 'text',
    'web': 'text',
    'tables': 'text',
    'resolver': 'text',
    'ports': 'list',
    'origins': 'list',
    'proxies': 'list',
    'proxy_protocol': 'truth',
    'tickets': 'table',
    'deny': 'list',
    'opt_out': 'text',
    'metrics': 'text',
    'helo': 'text',
    'contact': 'text',
    'workers': 'number',
    'limits': 'table',
    'references': 'table',
    'forward': 'table',
}


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
        for text, line, fault in MISTAKES:
            with self.subTest(text):
                where = f'{self.path}:{line}: ' if line else f'{self.path}: '
                with self.assertRaisesRegex(config.ConfigError, fault) as caught:
                    self.load(text)
                self.assertEqual(str(caught.exception)[: len(where)], where)

    def test_every_key_with_every_wrong_type(self) -> None:
        cases = [('', key, [kind]) for key, kind in KEYS.items()]
        references = {'name': 'text', 'no_such_name': 'text', 'servers': 'list'}
        cases += [('[references]\n', key, [kind]) for key, kind in references.items()]
        tickets = {'keys': 'list', 'shared': 'table', 'seconds': 'number', 'issue': 'truth'}
        (self.folder / 'key').write_text(f'{{"kty": "oct", "k": "{"A" * 43}"}}')
        head = '[tickets]\nkeys = ["key"]\n'
        cases += [
            (head if key != 'keys' else '[tickets]\n', key, [kind]) for key, kind in tickets.items()
        ]
        for field in dataclasses.fields(Limits):
            number = ['number'] if field.type is int else ['number', 'fraction']
            cases.append(('[limits]\n', field.name, number))
        for head, key, right in cases:
            for value, kinds in TYPES.items():
                if set(kinds) & set(right):
                    continue
                with self.subTest(key, value=value):
                    with self.assertRaises(config.ConfigError) as caught:
                        self.load(f'{head}{key} = {value}\n')
                    name = f'{head[1 : head.index("]")]}.{key}' if head else key
                    said = rf'.*:{1 + head.count(chr(10))}: {name}: expected .*, got .*'
                    self.assertRegex(str(caught.exception), said)

    def test_every_limit_with_absurd_numbers(self) -> None:
        absurd = ('0', '-1', '1e400', '-inf', 'nan', '1e19', '9223372036854775807', '1' + '0' * 400)
        for field in dataclasses.fields(Limits):
            for value in absurd:
                if value == '0' and not field.metadata['least']:
                    continue
                with self.subTest(field.name, value=value[:20]):
                    with self.assertRaises(config.ConfigError) as caught:
                        self.load(f'[limits]\n\n{field.name} = {value}\n')
                    said = rf'{self.path}:3: limits.{field.name}: expected a .*number from .*, got '
                    self.assertRegex(str(caught.exception), said)
                    self.assertLess(len(str(caught.exception)), 600)

    def test_however_a_key_is_written_its_line_is_named(self) -> None:
        tables = {'limits': 'retry_seconds', 'references': 'name', 'tickets': 'keys'}
        spellings = [f'\n"{key}" = 2026-01-01' for key in KEYS]
        for table, key in tables.items():
            spellings += [
                f'\n{table}.{key} = 2026-01-01',
                f'\n{table} = {{ {key} = 2026-01-01 }}',
                f'[ "{table}" ] # here\n  "{key}"=2026-01-01',
            ]
        for text in spellings:
            with self.subTest(text):
                with self.assertRaises(config.ConfigError) as caught:
                    self.load(text)
                self.assertIn(f'{self.path}:2: ', str(caught.exception))

    def test_all_keys_are_tried(self) -> None:
        with self.assertRaises(config.ConfigError) as caught:
            self.load('x = 1')
        for key in KEYS:
            self.assertIn(key, str(caught.exception))
        self.assertEqual(str(caught.exception).count(','), len(KEYS) - 1)

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
            '"192.0.2.11:993" = "[::1]:1"\n'
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
