"""Keeps the mail ports places to be checked: no mail is sent there, no password tried in the clear.

Bytes in, bytes out, no I/O. In the clear only a check's own commands pass, which cannot begin a
mail or a sign-in; then only TLS records. Inside TLS nothing can be seen: to port 25, where mail
goes without a sign-in, no application data passes at all; elsewhere it is the rates that hold
(session.py). The server is listened to as well: records sent to one that did not switch to TLS
would be read as commands.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from bridge.closes import Close, Ended

# RFC 5321 4.5.3.1.4: a command line with its CRLF. IMAP and POP3 need less.
MAX_LINE_BYTES = 512
# A check says four.
MAX_COMMANDS = 8
# Ours has some 300; a post-quantum one would not fit, nor would much of a mail.
MAX_HELLO_BYTES = 1024

_HEADER_BYTES = 5
_CHANGE_CIPHER_SPEC, _ALERT, _HANDSHAKE, _APPLICATION_DATA = 20, 21, 22, 23
_ALERT_BYTES = _HEADER_BYTES + 2
# RFC 5246 6.2.3: the most that a protected record may hold.
_MAX_RECORD_BYTES = _HEADER_BYTES + 2**14 + 2048
_CLIENT_HELLO = 1
# Of a line of the server: the longest tag, and the word after it.
_REPLY_BYTES = 16


@dataclass(frozen=True)
class _Dialog:
    """What a check says in one protocol, and how it is answered."""

    command: re.Pattern[bytes]  # a whole line; group `upgrade` asks for TLS
    # The last line of the answer to the n-th command (the greeting answers none); group `ahead`
    # grants TLS. Where a tag says which command is answered, group `tag`.
    reply: re.Pattern[bytes]
    # What a server that speaks no TLS would find in a forged ClientHello, taken line by line.
    smuggled: re.Pattern[bytes]


_DIALOGS = {
    'smtp': _Dialog(  # RFC 5321, RFC 3207
        re.compile(
            rb'(?:(?:EHLO|HELO|NOOP)(?: [\x20-\x7e]*)?|QUIT|(?P<upgrade>STARTTLS)) *\r\n', re.I
        ),
        re.compile(rb'(?:(?P<ahead>220)|[2-5][0-9][0-9])(?!-)'),
        re.compile(
            rb'[\r\n][\x00-\x20]*(?:MAIL|RCPT|DATA|BDAT|SEND|SOML|SAML|AUTH)[\x00-\x20:]', re.I
        ),
    ),
    'imap': _Dialog(  # RFC 3501, RFC 9051
        re.compile(
            rb'(?P<tag>[a-z][0-9]{1,3}) (?:CAPABILITY|NOOP|LOGOUT|(?P<upgrade>STARTTLS))\r\n', re.I
        ),
        re.compile(rb'(?P<tag>[a-z][0-9]{1,3}) (?:(?P<ahead>OK)|NO|BAD)\b', re.I),
        # Whatever stands before it can be a tag.
        re.compile(rb'[\x00-\x20](?:LOGIN|AUTHENTICATE)[\x00-\x20]', re.I),
    ),
    'pop3': _Dialog(  # RFC 1939, RFC 2449, RFC 2595
        re.compile(rb'(?:CAPA|NOOP|QUIT|(?P<upgrade>STLS))\r\n', re.I),
        re.compile(rb'(?P<ahead>\+OK)|-ERR', re.I),
        re.compile(rb'[\r\n][\x00-\x20]*(?:USER|PASS|APOP|AUTH)[\x00-\x20]', re.I),
    ),
}


class _State(enum.Enum):
    PLAIN = enum.auto()
    UPGRADE_ASKED = enum.auto()
    GO_AHEAD = enum.auto()
    HELLO_SENT = enum.auto()  # one ClientHello is out; nothing more until the server speaks TLS
    NO_TLS = enum.auto()  # it spoke something else
    TLS = enum.auto()


class MailGuard:
    """Watches one conversation in `protocol`; `sealed`: whether data may pass inside TLS."""

    def __init__(self, protocol: str, sealed: bool) -> None:
        self._dialog = _DIALOGS[protocol]
        self._sealed = sealed
        self._state = _State.PLAIN
        self._held = bytearray()
        self._commands = 0
        # The greeting is reply 0, so the n-th command is answered by reply n; or by its tag.
        self._replies = 0
        self._upgrade_reply: int | bytes = 0
        self._reply_start = b''

    def from_client(self, data: bytes) -> bytes:
        """What of `data`, and of what was held back, may go to the server now.

        Lines and records pass whole or not at all. Raises Ended for what may never pass.
        """
        self._held += data
        passed = bytearray()
        while self._held and (length := self._judge_next()):
            passed += self._held[:length]
            del self._held[:length]
        return bytes(passed)

    def from_server(self, data: bytes) -> bytes:
        """Take note of what the server said; all of it passes."""
        if self._state is _State.HELLO_SENT and data:
            speaks_tls = data[0] in (_HANDSHAKE, _ALERT)
            self._state = _State.TLS if speaks_tls else _State.NO_TLS
        elif self._state in (_State.PLAIN, _State.UPGRADE_ASKED):
            *lines, rest = data.split(b'\n')
            for line in lines:
                self._reply_line((self._reply_start + line)[:_REPLY_BYTES])
                self._reply_start = b''
            self._reply_start = (self._reply_start + rest)[:_REPLY_BYTES]
        return data

    def own_words(self) -> bytes:
        """It says nothing itself."""
        return b''

    def _reply_line(self, start: bytes) -> None:
        reply = self._dialog.reply.match(start)
        if reply is None:
            return
        answered = reply.groupdict().get('tag', self._replies)
        if self._state is _State.UPGRADE_ASKED and answered == self._upgrade_reply:
            self._state = _State.GO_AHEAD if reply['ahead'] else _State.PLAIN
        self._replies += 1

    def _judge_next(self) -> int:
        """The length of the next line or record if it is complete and may pass, 0 if incomplete."""
        if self._state is _State.PLAIN:
            # TLS from the first byte, on any port: how it is proved that a silent one expects it.
            if self._commands == 0 and self._held[0] == _HANDSHAKE:
                return self._judge_hello()
            return self._judge_line()
        if self._state is _State.UPGRADE_ASKED:
            raise _denied('starttls-unanswered')
        if self._state is _State.GO_AHEAD:
            return self._judge_hello()
        return self._judge_record()

    def _judge_line(self) -> int:
        length = self._held.find(b'\n') + 1
        if max(length, len(self._held) if not length else 0) > MAX_LINE_BYTES:
            raise _denied('line-too-long')
        if not length:
            return 0
        command = self._dialog.command.fullmatch(self._held, 0, length)
        if command is None:
            raise _denied('command')
        self._commands += 1
        if self._commands > MAX_COMMANDS:
            raise _denied('commands')
        if command['upgrade']:
            self._state = _State.UPGRADE_ASKED
            self._upgrade_reply = command.groupdict().get('tag', self._commands)
        return length

    def _judge_hello(self) -> int:
        length = self._record_length()
        if not length:
            return 0
        hello = bytes(self._held[:length])
        body = hello[_HEADER_BYTES:]
        if (
            length > MAX_HELLO_BYTES
            or hello[0] != _HANDSHAKE
            or body[0:1] != bytes([_CLIENT_HELLO])
            or int.from_bytes(body[1:4], 'big') != len(body) - 4
            or self._dialog.smuggled.search(hello)
        ):
            raise _denied('client-hello')
        self._state = _State.HELLO_SENT
        return length

    def _judge_record(self) -> int:
        length = self._record_length()
        if not length:
            return 0
        kind = self._held[0]
        if self._state is not _State.TLS and (kind != _ALERT or length != _ALERT_BYTES):
            raise _denied('server-without-tls')
        # In TLS 1.3 the end of the handshake is sealed as application data, too: there a check of
        # port 25 ends with what the server has shown.
        if kind == _APPLICATION_DATA and not self._sealed:
            raise _denied('application-data')
        return length

    def _record_length(self) -> int:
        """The length of the TLS record that is held, 0 if it is incomplete."""
        header = self._held[:_HEADER_BYTES]
        if header[0] not in (_CHANGE_CIPHER_SPEC, _ALERT, _HANDSHAKE, _APPLICATION_DATA):
            raise _denied('not-tls')
        if len(header) < _HEADER_BYTES:
            return 0
        length = _HEADER_BYTES + int.from_bytes(header[3:], 'big')
        if header[1] != 3 or length > _MAX_RECORD_BYTES:
            raise _denied('not-tls')
        return length if length <= len(self._held) else 0


def _denied(why: str) -> Ended:
    return Ended(Close.PORT_DENIED, why=why)
