"""Origins of web pages, compared as browsers compare them (RFC 6454)."""

from __future__ import annotations

import functools
import ipaddress
import re
from urllib.parse import urlsplit

# What a browser may send as a host: labels as DNS has them, or an address.
_NAME = re.compile(r'[0-9a-z_-]+(?:\.[0-9a-z_-]+)*\.?')
_DEFAULT_PORTS = {'http': 80, 'https': 443}


# A scheme, the longest name that DNS has, and a port.
_MAX_CHARACTERS = 300
_REMEMBERED = 1024


def normalise(text: str) -> str | None:
    """`scheme://host[:port]` in lower case, without the default port; None for anything else."""
    return None if len(text) > _MAX_CHARACTERS else _normalise(text)


@functools.lru_cache(_REMEMBERED)
def _normalise(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return None
    # Anything more than scheme, host and port (a path, a user, a stray space) is not an origin.
    if text.partition('://')[2] != parts.netloc or re.search(r'[@\s]', text):
        return None
    if ':' in host:
        host = f'[{host}]'
    elif not _NAME.fullmatch(host):
        return None
    if port is None or port == _DEFAULT_PORTS[parts.scheme]:
        return f'{parts.scheme}://{host}'
    return f'{parts.scheme}://{host}:{port}'


def is_same(origin: str, host: str | None) -> bool:
    """Whether a page of `origin` was served under the request's Host header, and surely from here.

    TLS ends at the proxy in front, so the request does not tell its own scheme: the origin's is
    taken. Any other name than `localhost` proves nothing: its owner can let it lead here (DNS
    rebinding), and the origin is then the same.
    """
    wanted = normalise(origin)
    if wanted is None or host is None:
        return False
    own = normalise(f'{wanted.partition(":")[0]}://{host}')
    return own == wanted and _is_here(urlsplit(own).hostname)


def _is_here(host: str) -> bool:
    if host == 'localhost':
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
