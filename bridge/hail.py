"""Is a mail server there? What is said to one, and what only one answers. Bytes in, bytes out.

That a connection is accepted proves nobody: firewalls accept for whoever is behind them, and then
close, reset, or answer themselves.
"""

from __future__ import annotations

import contextlib
import re
import ssl

# RFC 5321 4.2, RFC 9051 7.1, RFC 1939 3: a greeting that lets one in.
_GREETINGS = {
    'smtp': re.compile(rb'220[ \r\n-]'),
    'imap': re.compile(rb'\* (?:OK|PREAUTH)[ \r\n]', re.I),
    'pop3': re.compile(rb'\+OK[ \r\n]'),
}
_FAREWELLS = {'smtp': b'QUIT\r\n', 'imap': b'a1 LOGOUT\r\n', 'pop3': b'QUIT\r\n'}
# RFC 5321 4.5.3.1.5: a reply line. The other protocols have no bound; theirs are shorter.
_MAX_LINE_BYTES = 512
# RFC 8446 5.1 and 4: a handshake record of version 3.x, and in it a ServerHello.
_SERVER_HELLO = re.compile(rb'\x16\x03.{3}\x02', re.S)
_SERVER_HELLO_BYTES = 6


class Hail:
    """One server hailed, in `protocol`, with TLS first where `mode` is implicit-tls.

    `first_words` are for when it is connected, `last_words` for when it was heard.
    """

    def __init__(self, protocol: str, mode: str) -> None:
        self._heard = b''
        self._tls = mode == 'implicit-tls'
        self._greeting = _GREETINGS[protocol]
        self.first_words = _client_hello() if self._tls else b''
        self.last_words = b'' if self._tls else _FAREWELLS[protocol]

    def heard(self, data: bytes) -> bool | None:
        """What it says, in pieces: whether it is a mail server, None while that is open."""
        self._heard += data
        if self._tls:
            if len(self._heard) < _SERVER_HELLO_BYTES:
                return None
            return _SERVER_HELLO.match(self._heard) is not None
        if b'\n' not in self._heard and len(self._heard) < _MAX_LINE_BYTES:
            return None
        return self._greeting.match(self._heard) is not None


def _client_hello() -> bytes:
    """One that any server of today answers; whom its certificate names is not what is asked."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    said = ssl.MemoryBIO()
    with contextlib.suppress(ssl.SSLWantReadError):
        context.wrap_bio(ssl.MemoryBIO(), said).do_handshake()
    return said.read()
