"""Keeps port 25 a place to be checked, not one to send mail from.

Bytes in, bytes out, no I/O. In the clear only commands that cannot begin a mail pass; after
STARTTLS, where commands are hidden, only as much application data as a check needs. The server is
listened to as well: TLS records sent to one that did not switch to TLS would be read as commands.
"""

import enum
import re

from bridge.closes import Close, Ended

# RFC 5321 4.5.3.1.4: a command line with its CRLF.
MAX_LINE_BYTES = 512
# Ours has some 300; a post-quantum one would not fit, nor would much of a mail.
MAX_HELLO_BYTES = 1024
# EHLO and QUIT are two records. TLS 1.0 splits each in two (BEAST); TLS 1.3 adds Finished and an
# alert.
MAX_APPLICATION_RECORDS = 4
# EHLO with a long name and QUIT in the most wasteful suite (CBC with SHA-384) are under 200 bytes.
MAX_APPLICATION_BYTES = 256

_COMMAND = re.compile(
    rb'(?:(?:EHLO|HELO|NOOP)(?: [\x20-\x7e]*)?|QUIT|(?P<starttls>STARTTLS)) *\r\n', re.I
)
_REPLY = re.compile(rb'[2-5][0-9][0-9]')
_GO_AHEAD = b'220'

_HEADER_BYTES = 5
_CHANGE_CIPHER_SPEC, _ALERT, _HANDSHAKE, _APPLICATION_DATA = 20, 21, 22, 23
_ALERT_BYTES = _HEADER_BYTES + 2
# RFC 5246 6.2.3: the most that a protected record may hold.
_MAX_RECORD_BYTES = _HEADER_BYTES + 2**14 + 2048
_CLIENT_HELLO = 1
# What a server that speaks no TLS would find in a forged ClientHello, taken line by line.
_TRANSACTION = re.compile(
    rb'[\r\n][\x00-\x20]*(?:MAIL|RCPT|DATA|BDAT|SEND|SOML|SAML)[\x00-\x20:]', re.I
)


class _State(enum.Enum):
    PLAIN = enum.auto()
    STARTTLS_SENT = enum.auto()
    GO_AHEAD = enum.auto()
    HELLO_SENT = enum.auto()  # one ClientHello is out; nothing more until the server speaks TLS
    NO_TLS = enum.auto()  # it spoke something else
    TLS = enum.auto()


class RelayGuard:
    """Watches one port 25 conversation."""

    def __init__(self) -> None:
        self._state = _State.PLAIN
        self._held = bytearray()
        self._commands = 0
        # The greeting is reply 0, so the n-th command is answered by reply n.
        self._replies = 0
        self._starttls_reply = 0
        self._reply_start = b''
        self._application_records = 0
        self._application_bytes = 0

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
        elif self._state in (_State.PLAIN, _State.STARTTLS_SENT):
            *lines, rest = data.split(b'\n')
            for line in lines:
                self._reply_line((self._reply_start + line)[:4])
                self._reply_start = b''
            self._reply_start = (self._reply_start + rest)[:4]
        return data

    def _reply_line(self, start: bytes) -> None:
        if not _REPLY.match(start) or start[3:] == b'-':
            return
        if self._state is _State.STARTTLS_SENT and self._replies == self._starttls_reply:
            go_ahead = start.startswith(_GO_AHEAD)
            self._state = _State.GO_AHEAD if go_ahead else _State.PLAIN
        self._replies += 1

    def _judge_next(self) -> int:
        """The length of the next line or record if it is complete and may pass, 0 if incomplete."""
        if self._state is _State.PLAIN:
            # TLS from the first byte is how the page proves that a silent port expects it.
            if self._commands == 0 and self._held[0] == _HANDSHAKE:
                return self._judge_hello()
            return self._judge_line()
        if self._state is _State.STARTTLS_SENT:
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
        command = _COMMAND.fullmatch(self._held, 0, length)
        if command is None:
            raise _denied('command')
        self._commands += 1
        if command['starttls']:
            self._state = _State.STARTTLS_SENT
            self._starttls_reply = self._commands
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
            or _TRANSACTION.search(hello)
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
        if kind == _APPLICATION_DATA:
            self._application_records += 1
            self._application_bytes += length
            if (
                self._application_records > MAX_APPLICATION_RECORDS
                or self._application_bytes > MAX_APPLICATION_BYTES
            ):
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
