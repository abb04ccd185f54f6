"""Origins that are the same, and texts that are none."""

import unittest

import harness  # noqa: F401

from bridge.origin import is_same, normalise

NORMAL = (
    ('https://example.com', 'https://example.com'),
    ('https://EXAMPLE.com:443', 'https://example.com'),
    ('http://example.com:80', 'http://example.com'),
    ('http://example.com:443', 'http://example.com:443'),
    ('https://example.com:8443', 'https://example.com:8443'),
    ('http://[::1]:8080', 'http://[::1]:8080'),
)
NO_ORIGIN = (
    '',
    'null',
    '*',
    'example.com',
    'https://',
    'https://example.com/',
    'https://example.com/path',
    'https://example.com?x',
    'https://example.com#x',
    'https://user@example.com',
    'https://example.com:port',
    'https://example.com:99999',
    'https://exa mple.com',
    'https://*.example.com',
    'https://*',
    'https://a..example.com',
    'https://b\u00fccher.example',
    'https://a,b',
    'https://example.com%2f',
    'https://[::1',
    'file:///etc/passwd',
    'ftp://example.com',
)
SAME = (
    ('http://localhost:8080', 'localhost:8080', True),
    ('http://127.0.0.1:8080', '127.0.0.1:8080', True),
    ('http://[::1]:8080', '[::1]:8080', True),
    ('https://localhost', 'LOCALHOST:443', True),
    ('http://203.0.113.7', '203.0.113.7:80', True),
    # Whoever owns a name can let it lead here: that origin and host agree proves nothing.
    ('https://check.example', 'check.example', False),
    ('http://rebound.example:8080', 'rebound.example:8080', False),
    ('http://localhost.rebound.example', 'localhost.rebound.example', False),
    ('http://127.0.0.1.rebound.example', '127.0.0.1.rebound.example', False),
    ('http://foo.localhost:8080', 'foo.localhost:8080', False),
    ('https://check.example', 'check.example:80', False),
    ('http://localhost:8080', '127.0.0.1:8080', False),
    ('http://localhost:8080', 'localhost:8081', False),
    ('https://check.example.evil.example', 'check.example', False),
    ('https://evil.example', 'check.example', False),
    ('https://evil.example', 'check.example@evil.example', False),
    ('null', 'null', False),
    ('https://check.example', None, False),
    ('https://check.example', '', False),
)


class OriginTest(unittest.TestCase):
    def test_normalise(self) -> None:
        for text, expected in NORMAL:
            with self.subTest(text):
                self.assertEqual(normalise(text), expected)

    def test_no_origin(self) -> None:
        for text in NO_ORIGIN:
            with self.subTest(text):
                self.assertIsNone(normalise(text))

    def test_same(self) -> None:
        for origin, host, expected in SAME:
            with self.subTest(origin=origin, host=host):
                self.assertIs(is_same(origin, host), expected)


if __name__ == '__main__':
    unittest.main()
