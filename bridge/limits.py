"""Every bound of the bridge, with its reason. `[limits]` of the configuration overrides by name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds may be fractions; bytes and connections are whole numbers."""

    # A SYN is sent again after 1, 3 and 7 s; who has not answered by then does not answer.
    connect_seconds: float = 10
    # The page opens sockets ahead while an address is being typed.
    first_message_seconds: float = 30
    # A browser sends its whole request at once; this is for those who never finish theirs.
    request_seconds: float = 10
    # One block of a served file, to the slowest client we care for.
    response_seconds: float = 20
    # Servers may hold back their greeting for 60 s to shake off spammers.
    idle_seconds: float = 75
    # A check with every phase at its own limit ends before this.
    lifetime_seconds: float = 300
    # How long a closed connection may take to hear of it; Chromium needs a round trip.
    linger_seconds: float = 3
    # From the signal to the exit; must leave room for the lingering.
    drain_seconds: float = 5

    # EHLO, STARTTLS, a ClientHello, EHLO and QUIT are under 1 kB; a mail should not fit.
    bytes_up_relay: int = 4 * 1024
    # The same and a sign-in, some mechanisms with certificates or tickets in it.
    bytes_up_send: int = 64 * 1024
    # The same for IMAP and POP3, which cannot send mail.
    bytes_up_receive: int = 256 * 1024
    # A hundred pipelined DNS queries.
    bytes_up_resolver: int = 16 * 1024
    # The longest certificate chains and capability lists together stay far below.
    bytes_down: int = 4 * 1024 * 1024

    # One TLS record is 16 kB; websockify's time for a frame grows with the square of its size.
    frame_bytes: int = 128 * 1024
    # A request for the page or for a WebSocket is under 2 kB.
    request_bytes: int = 16 * 1024

    # A thread and two descriptors each.
    connections: int = 1000
    # What a page is told to wait when there is no room.
    retry_seconds: int = 5
