"""Who is taken for a mail server: by a whole answer, and by one that comes byte by byte."""

import ssl
import unittest

import harness  # noqa: F401

from bridge.hail import Hail

HELLO = bytes.fromhex('160303007a020000760303')
ALERT = bytes.fromhex('15030300020228')

CASES = [
    ('smtp', 'starttls', b'220 mx.example.test ESMTP\r\n', True),
    ('smtp', 'starttls', b'220-mx.example.test\r\n220 ESMTP\r\n', True),
    ('smtp', 'starttls', b'220\n', True),
    ('smtp', 'starttls', b'554 5.7.1 Blocked by policy\r\n', False),
    ('smtp', 'starttls', b'421 try later\r\n', False),
    ('smtp', 'starttls', b'2201 no\r\n', False),
    ('smtp', 'starttls', b'HTTP/1.1 403 Forbidden\r\n', False),
    ('smtp', 'starttls', b'220 mx.exam', None),
    ('smtp', 'starttls', b'x' * 512, False),
    ('imap', 'starttls', b'* OK IMAP4rev1 ready\r\n', True),
    ('imap', 'cleartext', b'* preauth hello\r\n', True),
    ('imap', 'starttls', b'* BYE go away\r\n', False),
    ('pop3', 'starttls', b'+OK ready\r\n', True),
    ('pop3', 'starttls', b'-ERR locked\r\n', False),
    ('imap', 'implicit-tls', HELLO, True),
    ('imap', 'implicit-tls', HELLO[:5], None),
    ('smtp', 'implicit-tls', ALERT, False),
    # A ClientHello sent back.
    ('pop3', 'implicit-tls', HELLO[:5] + b'\x01\0\0\x76', False),
    ('smtp', 'implicit-tls', b'220 mx.example.test ESMTP\r\n', False),
    ('smtp', 'starttls', HELLO, None),
]


class HailTest(unittest.TestCase):
    def test_answers(self) -> None:
        for protocol, mode, answer, expected in CASES:
            with self.subTest(protocol=protocol, mode=mode, answer=answer[:30]):
                self.assertIs(Hail(protocol, mode).heard(answer), expected)
                hail, how = Hail(protocol, mode), None
                for byte in answer:
                    how = hail.heard(bytes([byte]))
                    if how is not None:
                        break
                self.assertIs(how, expected)

    def test_who_speaks_first(self) -> None:
        for protocol in ('smtp', 'imap', 'pop3'):
            self.assertEqual(Hail(protocol, 'starttls').first_words, b'')
            self.assertEqual(Hail(protocol, 'implicit-tls').last_words, b'')
        # The words are a ClientHello that a TLS server takes.
        server = ssl.MemoryBIO()
        server.write(Hail('imap', 'implicit-tls').first_words)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with self.assertRaisesRegex(ssl.SSLError, '(?i)no.shared.cipher'):
            context.wrap_bio(server, ssl.MemoryBIO(), server_side=True).do_handshake()


if __name__ == '__main__':
    unittest.main()
