"""Every bound of the bridge, with its reason and the range it may be set to.

`[limits]` of the configuration overrides by name. Seconds may be fractions; all else is whole.
"""

from dataclasses import dataclass, field
from typing import Any

_KIB = 1024
_MIB = 1024 * 1024


def _seconds(default: float, most: float) -> Any:
    return field(default=default, metadata={'least': 0.05, 'most': most})


def _whole(default: int, least: int, most: int) -> Any:
    return field(default=default, metadata={'least': least, 'most': most})


# The part of what all may do with one target that one client may.
_CLIENT_SHARE = 3


@dataclass(frozen=True)
class Limits:
    """A checked set of limits; config.py checks the ranges."""

    # A SYN is sent again after 1, 3 and 7 s; who has not answered by then does not answer.
    connect_seconds: float = _seconds(10, 120)
    # The page opens sockets ahead while an address is being typed.
    first_message_seconds: float = _seconds(30, 600)
    # A browser sends its whole request at once; this is for those who never finish theirs.
    request_seconds: float = _seconds(10, 120)
    # One block of a served file, to the slowest client we care for.
    response_seconds: float = _seconds(20, 600)
    # Servers may hold back their greeting for 60 s to shake off spammers.
    idle_seconds: float = _seconds(75, 3600)
    # A check with every phase at its own limit ends before this.
    lifetime_seconds: float = _seconds(300, 86_400)
    # How long a closed connection may take to hear of it; Chromium needs a round trip.
    linger_seconds: float = _seconds(3, 60)
    # From the signal to end until what is still running is closed.
    drain_seconds: float = _seconds(30, 3600)

    # Bytes as they arrive, with the headers of the frames, pings and empty frames.
    # EHLO, STARTTLS, a ClientHello and the rest of a handshake are under 1 kB.
    bytes_up_relay: int = _whole(4 * _KIB, 1, _MIB)
    # The same, and EHLO, QUIT and a sign-in inside TLS; not many of these.
    bytes_up_send: int = _whole(16 * _KIB, 1, _MIB)
    bytes_up_receive: int = _whole(16 * _KIB, 1, _MIB)
    # A hundred and fifty pipelined DNS queries.
    bytes_up_resolver: int = _whole(16 * _KIB, 1, _MIB)
    # The longest certificate chains and capability lists together stay far below.
    bytes_down: int = _whole(4 * _MIB, 1, 256 * _MIB)

    # One TLS record is 16 kB; websockify's time for a frame grows with the square of its size.
    frame_bytes: int = _whole(128 * _KIB, 125, _MIB)
    # A request for the page or for a WebSocket is under 2 kB.
    request_bytes: int = _whole(16 * _KIB, _KIB, _MIB)

    # Sessions. Two descriptors and 7 kB each.
    connections: int = _whole(1000, 1, 50_000)
    # Sessions of one client (IPv4 address, or IPv6 /64): a page has fourteen at most.
    client_connections: int = _whole(24, 1, 50_000)
    # Beside those, the ones that have no target yet: a page opens eight while an address is typed.
    # Where more people type at once, it opens them when they are wanted.
    client_waiting: int = _whole(16, 1, 50_000)
    # An IPv6 /48 may be one client's, or a company's. All of it: so many times what one client may.
    site_factor: int = _whole(4, 1, 65_536)
    # Its connections without a request. Browsers keep six, and open one or two ahead.
    client_requests: int = _whole(8, 1, 50_000)
    # What a page is told to wait when there is no room.
    retry_seconds: int = _whole(5, 1, 3600)

    # What one client may do in an hour. A check takes one to four of the first, ten to thirty of
    # the second, and one of the third (dozens where the resolver hangs up after each answer).
    client_relay_per_hour: int = _whole(20, 1, 1_000_000)
    client_mail_per_hour: int = _whole(600, 1, 1_000_000)
    client_resolver_per_hour: int = _whole(600, 1, 1_000_000)
    # Different addresses that it may go to, and those in one network (IPv4 /24, IPv6 /48).
    # A check goes to ten or twenty; who looks for servers goes through a network.
    client_targets_per_hour: int = _whole(150, 1, 1_000_000)
    client_neighbours_per_hour: int = _whole(24, 1, 1_000_000)
    # Of names that its connection to the resolver had not asked for before: a check takes 400.
    client_name_bytes_per_hour: int = _whole(64 * _KIB, 1, 256 * _MIB)
    # One port of one address, by all clients together: nobody is to be flooded from here. One
    # client has its share of it, so that it cannot keep the others from that server.
    target_per_minute: int = _whole(60, 1, 1_000_000)
    # The same at once: a check of a port that works is over in two seconds.
    target_connections: int = _whole(30, 1, 50_000)

    def part_of(self, target_limit: int) -> int:
        """How much of a limit of one target's all clients of this process may use up."""
        return target_limit


@dataclass(frozen=True)
class DividedLimits(Limits):
    """Those of one of several workers: what all clients together may do is divided among them."""

    workers: int = 1

    def part_of(self, target_limit: int) -> int:
        """The same; a single client's share at least, since it has but one worker."""
        return max(share_of(target_limit), target_limit // self.workers)


def divided(limits: Limits, workers: int) -> DividedLimits:
    """The part of each worker."""
    part = vars(limits) | {'connections': -(-limits.connections // workers)}
    return DividedLimits(**part, workers=workers)


def share_of(target_limit: int) -> int:
    """How much of a limit of one target's a single client may use up."""
    return max(1, target_limit // _CLIENT_SHARE)
