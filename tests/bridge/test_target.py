"""What may be named as a target, and all that looks like it."""

import unittest

import harness  # noqa: F401

from bridge.target import Named, parse_endpoint, parse_target

GOOD = (
    (b'192.0.2.10:993', '192.0.2.10:993'),
    (b'[2001:db8::10]:993', '[2001:db8::10]:993'),
    (b'[2001:DB8:0:0::10]:25', '[2001:db8::10]:25'),
    (b'[::ffff:192.0.2.10]:993', '[::ffff:c000:20a]:993'),
    (b'0.0.0.0:1', '0.0.0.0:1'),
    (b'255.255.255.255:65535', '255.255.255.255:65535'),
)
BAD = (
    b'',
    b'imap.example.com:993',
    b'localhost:993',
    b'RESOLVER',
    b'resolver:53',
    b'192.0.2.10',
    b'192.0.2.10:',
    b'192.0.2.10:0',
    b'192.0.2.10:0993',
    b'192.0.2.10:65536',
    b'192.0.2.10:+993',
    b'192.0.2.10:993 ',
    b' 192.0.2.10:993',
    b'192.0.2.10:993\n',
    b'192.0.2.10:993\0',
    b'[192.0.2.10]:993',
    b'192.0.2:993',
    b'192.0.2.010:993',
    b'192.0.2.256:993',
    b'3221225994:993',
    b'0xc0.0.2.10:993',
    b'2001:db8::10:993',
    b'[2001:db8::10%lo]:993',
    b'[2001:db8::10%25lo]:993',
    b'[2001:db8::10]993',
    b'[2001:db8:::10]:993',
    b'[2001:db8::10:993',
    '١٩٢.0.2.10:993'.encode(),
    b'\xff\xfe',
    b'[' + b'0' * 64 + b']:993',
)


class TargetTest(unittest.TestCase):
    def test_good(self) -> None:
        for raw, text in GOOD:
            with self.subTest(raw):
                self.assertEqual(str(parse_target(raw)), str(parse_endpoint(text)))

    def test_resolver(self) -> None:
        self.assertIs(parse_target(b'resolver'), Named.RESOLVER)

    def test_bad(self) -> None:
        for raw in BAD:
            with self.subTest(raw), self.assertRaises(ValueError):
                parse_target(raw)

    def test_port_error_names_the_port(self) -> None:
        with self.assertRaisesRegex(ValueError, '65536'):
            parse_endpoint('192.0.2.10:65536')


if __name__ == '__main__':
    unittest.main()
