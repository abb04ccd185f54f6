"""Mail ports: what a check says passes, what sends mail or tries passwords does not."""

import unittest

import harness  # noqa: F401

from bridge import mailguard
from bridge.closes import Close, Ended
from bridge.mailguard import MailGuard

GREETING = b'220-mx.example ESMTP\r\n220 ready\r\n'
EHLO = b'EHLO check.invalid\r\n'
CAPABILITIES = b'250-mx.example\r\n250-STARTTLS\r\n250 SIZE\r\n'
STARTTLS = b'STARTTLS\r\n'
GO_AHEAD = b'220 go ahead\r\n'
QUIT = b'QUIT\r\n'


def record(kind: int, body: bytes) -> bytes:
    """A TLS record."""
    return bytes([kind, 3, 3]) + len(body).to_bytes(2, 'big') + body


def hello(extra: bytes = b'') -> bytes:
    """A ClientHello as far as the guard looks at it; the bytes 10 and 13 do occur in real ones."""
    body = b'\x03\x03' + bytes(range(32)) + b'\x00\x00\x04\xc0\x2b\xc0\x2f\x01\x00' + extra
    return record(22, b'\x01' + len(body).to_bytes(3, 'big') + body)


HELLO = hello(
    b'\x00\x0a\x00\x04\x00\x02\x00\x17' + b'\x00\x00\x00\x0f\x00\x0d\x00\x00\x0amail.ab.cd'
)
SERVER_HELLO = record(22, b'\x02' + bytes(80))
KEY_EXCHANGE = record(22, bytes(70)) + record(20, b'\x01') + record(22, bytes(40))
EHLO_SEALED = record(23, bytes(44))
QUIT_SEALED = record(23, bytes(30))
ALERT_SEALED = record(21, bytes(26))
ALERT = record(21, b'\x01\x00')

# Each conversation is a list of (who, bytes); a why at the end is what it is refused with.
TO_TLS = [('S', GREETING), ('C', EHLO), ('S', CAPABILITIES), ('C', STARTTLS), ('S', GO_AHEAD)]
IN_TLS = [*TO_TLS, ('C', HELLO), ('S', SERVER_HELLO)]

GOOD = {
    'plain': [('S', GREETING), ('C', EHLO), ('S', CAPABILITIES), ('C', b'NOOP\r\nQUIT\r\n')],
    'helo in lower case': [('C', b'helo check.invalid\r\n'), ('C', b'quit\r\n')],
    'noop with a word': [('C', b'NOOP hello\r\n')],
    'a whole check': [
        *IN_TLS,
        ('C', KEY_EXCHANGE),
        ('S', KEY_EXCHANGE),
        ('C', ALERT_SEALED),
    ],
    # The server's flight is sealed, and shows the certificate; the client only says that it leaves.
    'TLS 1.3': [*IN_TLS, ('S', EHLO_SEALED), ('C', record(20, b'\x01') + ALERT)],
    'STARTTLS refused, then QUIT': [*TO_TLS[:4], ('S', b'454 not now\r\n'), ('C', QUIT)],
    'STARTTLS refused twice, then granted': [
        *TO_TLS[:4],
        ('S', b'454 not now\r\n'),
        ('C', STARTTLS),
        ('S', b'454-no\r\n454 no\r\n'),
        ('C', STARTTLS),
        ('S', GO_AHEAD),
        ('C', HELLO),
    ],
    'pipelined up to STARTTLS': [
        ('S', GREETING),
        ('C', EHLO + b'NOOP\r\n' + STARTTLS),
        ('S', CAPABILITIES + b'250 ok\r\n' + GO_AHEAD),
        ('C', HELLO),
    ],
    'commands before the greeting': [
        ('C', EHLO + STARTTLS),
        ('S', GREETING + CAPABILITIES + GO_AHEAD),
        ('C', HELLO),
    ],
    'text after the go-ahead': [*TO_TLS[:4], ('S', GO_AHEAD + b'250 injected\r\n'), ('C', HELLO)],
    'TLS from the start': [
        ('C', HELLO),
        ('S', SERVER_HELLO),
        ('C', KEY_EXCHANGE),
    ],
    'giving up on a server without TLS': [('C', HELLO), ('S', GREETING), ('C', ALERT)],
    'server alert': [*TO_TLS, ('C', HELLO), ('S', ALERT), ('C', ALERT)],
}

SMUGGLED = b'\r\nEHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n'
BAD = {
    'MAIL': ([('S', GREETING), ('C', EHLO), ('C', b'MAIL FROM:<>\r\n')], 'command'),
    'RCPT': ([('C', b'RCPT TO:<a@b.example>\r\n')], 'command'),
    'DATA': ([('C', b'DATA\r\n')], 'command'),
    'BDAT': ([('C', b'BDAT 1 LAST\r\n')], 'command'),
    'AUTH': ([('C', b'AUTH PLAIN\r\n')], 'command'),
    'EHLOX': ([('C', b'EHLOX a\r\n')], 'command'),
    'empty line': ([('C', b'\r\n')], 'command'),
    'leading space': ([('C', b' QUIT\r\n')], 'command'),
    'QUIT with a word': ([('C', b'QUIT now\r\n')], 'command'),
    'bare LF': ([('C', b'EHLO a\nMAIL FROM:<>\r\n')], 'command'),
    'bare LF at the end': ([('C', b'EHLO a\n')], 'command'),
    'bare CR': ([('C', b'EHLO a\rMAIL FROM:<>\r\n')], 'command'),
    'NUL': ([('C', b'EHLO a\0b\r\n')], 'command'),
    'eight bit': ([('C', b'EHLO \xc3\xa9\r\n')], 'command'),
    'long line': ([('C', b'EHLO ' + b'a' * 506 + b'\r\n')], 'line-too-long'),
    'endless line': ([('C', b'EHLO ' + b'a' * 508)], 'line-too-long'),
    'text after STARTTLS': ([*TO_TLS[:4], ('C', QUIT)], 'starttls-unanswered'),
    'TLS before the go-ahead': ([*TO_TLS[:4], ('C', HELLO)], 'starttls-unanswered'),
    'STARTTLS with more behind': ([('S', GREETING), ('C', STARTTLS + QUIT)], 'starttls-unanswered'),
    'a greeting is no go-ahead': (
        [('C', STARTTLS), ('S', GREETING), ('C', HELLO)],
        'starttls-unanswered',
    ),
    'STARTTLS refused, then TLS': ([*TO_TLS[:4], ('S', b'502 what?\r\n'), ('C', HELLO)], 'command'),
    'TLS after a command': ([('S', GREETING), ('C', EHLO), ('C', HELLO)], 'command'),
    'text after the go-ahead': ([*TO_TLS, ('C', QUIT)], 'not-tls'),
    'no ClientHello': ([*TO_TLS, ('C', EHLO_SEALED)], 'client-hello'),
    'handshake of another type': ([*TO_TLS, ('C', SERVER_HELLO)], 'client-hello'),
    'ClientHello of the wrong length': (
        [*TO_TLS, ('C', record(22, b'\x01\x00\x00\x09' + bytes(10)))],
        'client-hello',
    ),
    'ClientHello too long': ([*TO_TLS, ('C', hello(bytes(1024)))], 'client-hello'),
    'mail inside a ClientHello': ([('C', hello(SMUGGLED))], 'client-hello'),
    'mail in odd case': ([('C', hello(b'\nrcpt\tto:<a@b.example>\n'))], 'client-hello'),
    'second record before the server speaks': (
        [('C', HELLO), ('C', KEY_EXCHANGE)],
        'server-without-tls',
    ),
    'alert with text': ([('C', HELLO), ('C', record(21, SMUGGLED))], 'server-without-tls'),
    'server without TLS': (
        [('C', HELLO), ('S', GREETING), ('C', KEY_EXCHANGE)],
        'server-without-tls',
    ),
    'server without TLS, later a 22': (
        [('C', HELLO), ('S', GREETING), ('S', SERVER_HELLO), ('C', KEY_EXCHANGE)],
        'server-without-tls',
    ),
    'not TLS any more': ([*IN_TLS, ('C', b'MAIL FROM:<>\r\n')], 'not-tls'),
    'SSL 2': ([*IN_TLS, ('C', b'\x17\x02\x00\x00\x01\x00')], 'not-tls'),
    'endless record': ([*IN_TLS, ('C', b'\x16\x03\x03\xff\xff')], 'not-tls'),
    # The shortest of a session that could send mail, in 1.2 and in 1.3.
    'one record of it': (
        [*IN_TLS, ('C', KEY_EXCHANGE), ('S', KEY_EXCHANGE), ('C', EHLO_SEALED)],
        'application-data',
    ),
    'an empty one': ([*IN_TLS, ('C', record(23, b''))], 'application-data'),
    'the end of a handshake of 1.3': (
        [*IN_TLS, ('S', EHLO_SEALED), ('C', record(20, b'\x01')), ('C', record(23, bytes(53)))],
        'application-data',
    ),
    'many commands': ([('C', b'NOOP\r\n' * 9)], 'commands'),
}

IMAP_TO_TLS = [
    ('S', b'* OK [CAPABILITY IMAP4rev1] ready\r\n'),
    ('C', b'a1 CAPABILITY\r\n'),
    ('S', b'* CAPABILITY IMAP4rev1 STARTTLS\r\na1 OK done\r\n'),
    ('C', b'a2 STARTTLS\r\n'),
]
POP3_TO_TLS = [
    ('S', b'+OK ready\r\n'),
    ('C', b'CAPA\r\n'),
    ('S', b'+OK\r\nSTLS\r\nUIDL\r\n.\r\n'),
    ('C', b'STLS\r\n'),
]
SEALED = [('C', HELLO), ('S', SERVER_HELLO), ('C', KEY_EXCHANGE + EHLO_SEALED * 20 + ALERT_SEALED)]

APPS_GOOD = {
    'submission': ('smtp', [*TO_TLS, *SEALED]),
    'submission in the clear': ('smtp', [('S', GREETING), ('C', EHLO), ('C', QUIT)]),
    'TLS from the start': ('smtp', SEALED),
    'imap': ('imap', [*IMAP_TO_TLS, ('S', b'a2 OK go ahead\r\n'), *SEALED]),
    'imaps': ('imap', SEALED),
    'imap in the clear': ('imap', [*IMAP_TO_TLS[:3], ('C', b'a2 LOGOUT\r\n'), ('S', b'* BYE\r\n')]),
    'imap, refused twice': (
        'imap',
        [
            *IMAP_TO_TLS,
            ('S', b'* OK still here\r\na2 NO not now\r\n'),
            ('C', b'z1 NOOP\r\na3 STARTTLS\r\n'),
            ('S', b'z1 OK\r\na3 BAD no\r\n'),
            ('C', b'a4 logout\r\n'),
        ],
    ),
    'pop3': ('pop3', [*POP3_TO_TLS, ('S', b'+OK\r\n'), *SEALED]),
    'pop3s': ('pop3', SEALED),
    'pop3 in the clear': ('pop3', [*POP3_TO_TLS[:3], ('C', b'NOOP\r\nQUIT\r\n')]),
    'pop3, refused': ('pop3', [*POP3_TO_TLS, ('S', b'-ERR no\r\n'), ('C', b'quit\r\n')]),
}
APPS_BAD = {
    'MAIL on 587': ('smtp', [('S', GREETING), ('C', b'MAIL FROM:<>\r\n')], 'command'),
    'AUTH on 587': ('smtp', [('S', GREETING), ('C', b'AUTH PLAIN AGEAYg==\r\n')], 'command'),
    'noise on 465': ('smtp', [('C', b'\x17\x03\x03\0\1x\r\n')], 'command'),
    'sealed first on 465': ('smtp', [('C', EHLO_SEALED + b'\n')], 'command'),
    'DATA in the hello of 465': ('smtp', [('C', hello(SMUGGLED))], 'client-hello'),
    'AUTH in the hello of 465': ('smtp', [('C', hello(b'\r\nAUTH PLAIN x\r\n'))], 'client-hello'),
    'LOGIN': ('imap', [*IMAP_TO_TLS[:3], ('C', b'a2 LOGIN bob secret\r\n')], 'command'),
    'AUTHENTICATE': ('imap', [('C', b'a1 AUTHENTICATE PLAIN\r\n')], 'command'),
    'a literal': ('imap', [('C', b'a1 NOOP {5}\r\n')], 'command'),
    'SELECT': ('imap', [('C', b'a1 SELECT inbox\r\n')], 'command'),
    'LOGIN in a hello': ('imap', [('C', hello(b'\r\na LOGIN bob secret\r\n'))], 'client-hello'),
    'LOGIN in its first line': ('imap', [('C', hello(b' login bob x\n'))], 'client-hello'),
    'LOGIN after STARTTLS': (
        'imap',
        [*IMAP_TO_TLS, ('C', b'a3 LOGIN bob secret\r\n')],
        'starttls-unanswered',
    ),
    # Another command's answer is no go-ahead.
    'TLS after another answer': (
        'imap',
        [*IMAP_TO_TLS, ('S', b'a1 OK done\r\n'), ('C', HELLO)],
        'starttls-unanswered',
    ),
    'LOGIN after a refusal': (
        'imap',
        [*IMAP_TO_TLS, ('S', b'a2 NO\r\n'), ('C', b'a3 LOGIN bob secret\r\n')],
        'command',
    ),
    'text after the go-ahead of imap': (
        'imap',
        [*IMAP_TO_TLS, ('S', b'a2 OK\r\n'), ('C', b'a3 LOGIN bob secret\r\n')],
        'not-tls',
    ),
    'USER': ('pop3', [*POP3_TO_TLS[:3], ('C', b'USER bob\r\n')], 'command'),
    'APOP': ('pop3', [('C', b'APOP bob c4c9334bac560ecc979e58001b3e22fb\r\n')], 'command'),
    'AUTH of pop3': ('pop3', [('C', b'AUTH PLAIN\r\n')], 'command'),
    'USER in a hello': ('pop3', [('C', hello(b'\nUSER bob\nPASS secret\n'))], 'client-hello'),
    'TLS after -ERR': ('pop3', [*POP3_TO_TLS, ('S', b'-ERR no\r\n'), ('C', HELLO)], 'command'),
    'sealed before the server speaks TLS': (
        'pop3',
        [*POP3_TO_TLS, ('S', b'+OK\r\n'), ('C', HELLO + EHLO_SEALED)],
        'server-without-tls',
    ),
    'a server that only pretended': (
        'pop3',
        [*POP3_TO_TLS, ('S', b'+OK\r\n'), ('C', HELLO), ('S', b'-ERR\r\n'), ('C', EHLO_SEALED)],
        'server-without-tls',
    ),
}


def play(
    conversation: list[tuple[str, bytes]], chunk: int, guard: MailGuard | None = None
) -> tuple[bytes, bytes]:
    """What the client said and what passed, said in chunks of this size; to port 25 if not said."""
    guard = guard or MailGuard('smtp', sealed=False)
    said = passed = b''
    for who, data in conversation:
        for start in range(0, len(data), chunk):
            piece = data[start : start + chunk]
            if who == 'S':
                guard.from_server(piece)
            else:
                said += piece
                passed += guard.from_client(piece)
    return said, passed


class GuardTest(unittest.TestCase):
    def test_good(self) -> None:
        for name, conversation in GOOD.items():
            for chunk in (1, 2, 3, 7, 4096):
                with self.subTest(name, chunk=chunk):
                    said, passed = play(conversation, chunk)
                    self.assertEqual(passed, said)

    def test_bad(self) -> None:
        for name, (conversation, why) in BAD.items():
            for chunk in (1, 2, 3, 7, 4096):
                with self.subTest(name, chunk=chunk):
                    with self.assertRaises(Ended) as caught:
                        play(conversation, chunk)
                    self.assertIs(caught.exception.close, Close.PORT_DENIED)
                    self.assertEqual(caught.exception.details['why'], why)

    def test_other_ports(self) -> None:
        for name, (protocol, conversation) in APPS_GOOD.items():
            for chunk in (1, 2, 3, 7, 4096):
                with self.subTest(name, chunk=chunk):
                    said, passed = play(conversation, chunk, MailGuard(protocol, sealed=True))
                    self.assertEqual(passed, said)

    def test_bad_on_other_ports(self) -> None:
        for name, (protocol, conversation, why) in APPS_BAD.items():
            for chunk in (1, 2, 3, 7, 4096):
                with self.subTest(name, chunk=chunk):
                    with self.assertRaises(Ended) as caught:
                        play(conversation, chunk, MailGuard(protocol, sealed=True))
                    self.assertIs(caught.exception.close, Close.PORT_DENIED)
                    self.assertEqual(caught.exception.details['why'], why)

    def test_nothing_incomplete_passes(self) -> None:
        guard = MailGuard('smtp', sealed=False)
        self.assertEqual(guard.from_client(b'EHLO check.invalid\r'), b'')
        self.assertEqual(guard.from_client(b'\nQU'), EHLO)
        self.assertEqual(guard.from_client(b'IT\r\n'), QUIT)

    def test_a_plain_check_fits_the_longest_line(self) -> None:
        longest = b'EHLO ' + b'a' * (mailguard.MAX_LINE_BYTES - 7) + b'\r\n'
        self.assertEqual(MailGuard('smtp', sealed=False).from_client(longest), longest)


if __name__ == '__main__':
    unittest.main()
