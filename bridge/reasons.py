"""Every outcome of the policy: an id for the log, how the socket is closed, a fixed sentence."""

from __future__ import annotations

import enum

from bridge.closes import Close


class Reason(enum.Enum):
    """(id, close or None where the connection may go on, sentence)."""

    TARGET_AWAITED = ('target-awaited', None, 'the page may use the bridge and names a target next')
    PUBLIC = ('public', None, 'a mail port of a public address')
    FORWARDED = ('forwarded', None, 'the configuration forwards exactly this target')
    RESOLVER = ('resolver', None, "the operator's resolver")

    ORIGIN_MISSING = ('origin-missing', Close.ORIGIN_DENIED, 'the request has no Origin')
    ORIGIN_FOREIGN = (
        'origin-foreign',
        Close.ORIGIN_DENIED,
        'the Origin is not one of those allowed',
    )
    BAD_TOKEN = ('not-ip-and-port', Close.BAD_TOKEN, 'the target is not an IP address and port')
    PORT = ('not-a-mail-port', Close.PORT_DENIED, 'the port is not a mail port that may be checked')
    NO_RESOLVER = ('no-resolver', Close.UNREACHABLE, 'the bridge has no resolver')

    OPERATOR = ('operator', Close.NOT_PUBLIC, 'the operator denies this range')
    OWN = ('own', Close.NOT_PUBLIC, "one of the bridge's own addresses")
    OPTED_OUT = ('opted-out', Close.OPTED_OUT, 'who runs this network asked to be left alone')
    UNSPECIFIED = ('unspecified', Close.NOT_PUBLIC, 'this network (RFC 791, RFC 4291)')
    LOOPBACK = ('loopback', Close.NOT_PUBLIC, 'loopback (RFC 1122, RFC 4291)')
    PRIVATE = ('private', Close.NOT_PUBLIC, 'private use (RFC 1918)')
    SHARED = ('shared', Close.NOT_PUBLIC, "behind a carrier's NAT (RFC 6598)")
    LINK_LOCAL = ('link-local', Close.NOT_PUBLIC, 'link-local (RFC 3927, RFC 4291)')
    SITE_LOCAL = ('site-local', Close.NOT_PUBLIC, 'site-local (RFC 3879)')
    UNIQUE_LOCAL = ('unique-local', Close.NOT_PUBLIC, 'unique local (RFC 4193)')
    PROTOCOL = ('protocol', Close.NOT_PUBLIC, 'IETF protocol assignments (RFC 6890)')
    DOCUMENTATION = ('documentation', Close.NOT_PUBLIC, 'documentation (RFC 5737, 3849, 9637)')
    BENCHMARK = ('benchmark', Close.NOT_PUBLIC, 'benchmarking (RFC 2544)')
    MULTICAST = ('multicast', Close.NOT_PUBLIC, 'multicast (RFC 5771, RFC 4291)')
    RESERVED = ('reserved', Close.NOT_PUBLIC, 'reserved (RFC 1112)')
    SIX_TO_FOUR = ('6to4', Close.NOT_PUBLIC, '6to4 and its relays (RFC 3056, RFC 7526)')
    EMBEDDED = (
        'embedded-ipv4',
        Close.NOT_PUBLIC,
        'IPv4 inside IPv6 (RFC 4291, RFC 2765, RFC 6052)',
    )
    ISATAP = ('isatap', Close.NOT_PUBLIC, 'a tunnel to an IPv4 address (RFC 5214)')
    CLOUD = ('cloud-internal', Close.NOT_PUBLIC, 'public, but a service of the cloud inside Azure')
    NOT_UNICAST = ('not-global-unicast', Close.NOT_PUBLIC, 'outside 2000::/3 (RFC 4291)')
    NOT_GLOBAL = ('not-global', Close.NOT_PUBLIC, 'not globally reachable (IANA registries)')

    def __init__(self, id_: str, close: Close | None, sentence: str) -> None:
        self.id = id_
        self.close = close
        self.sentence = sentence
