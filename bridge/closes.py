"""The ways a connection ends, by the ids of the generated table; the numbers live only there."""

import enum


class Close(enum.Enum):
    """One row of the `closes` table each; the value is its id."""

    SERVER_CLOSED = 'server-closed'
    DRAINING = 'draining'
    FRAME_TOO_BIG = 'frame-too-big'
    BAD_TOKEN = 'bad-token'
    BAD_TICKET = 'bad-ticket'
    PORT_DENIED = 'port-denied'
    NOT_PUBLIC = 'not-public'
    ORIGIN_DENIED = 'origin-denied'
    IDLE = 'idle'
    LIFETIME = 'lifetime'
    OPTED_OUT = 'opted-out'
    UPLOAD_BUDGET = 'upload-budget'
    DOWNLOAD_BUDGET = 'download-budget'
    RATE = 'rate'
    INTERNAL = 'internal'
    REFUSED = 'refused'
    UNREACHABLE = 'unreachable'
    TIMED_OUT = 'timed-out'
    RESET = 'reset'


# RFC 6455 5.5: a control frame carries at most 125 bytes, two of which are the code.
MAX_REASON_BYTES = 123


class Ended(Exception):
    """How a connection ended: the close, and the `key=value` details of its close reason.

    Raised where it stops a step before the step is done; otherwise a value like any other.
    """

    def __init__(self, close: Close, **details: object) -> None:
        super().__init__(close.value)
        self.close = close
        self.details = details

    @property
    def reason(self) -> str:
        """The text of the Close frame: the id, then the details, cut to what a frame can carry."""
        words = [self.close.value, *(f'{key}={value}' for key, value in self.details.items())]
        return ' '.join(words).encode('ascii', 'replace')[:MAX_REASON_BYTES].decode('ascii')
