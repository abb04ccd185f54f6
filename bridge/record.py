"""What is kept of a connection: one line of the log, with no name and nothing that was said."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime, timezone

LOG = logging.getLogger('bridge')


@dataclass(frozen=True)
class Record:
    """One WebSocket, when it has ended."""

    client: str  # its network, as forwarded.blurred() has it
    port: int | str | None  # `resolver` for it; None when no target was named
    decision: str | None  # id of the reason
    close: int | None
    by: str  # who ended it: client, server or bridge
    up: int  # bytes
    down: int
    connect_ms: float | None
    ms: int

    def log(self) -> None:
        """Write its line."""
        LOG.info('connection', extra={'fields': vars(self)})


class JsonFormatter(logging.Formatter):
    """One JSON object a line: `time`, `level`, `event`, then what there is to say of it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        at = datetime.fromtimestamp(record.created, timezone.utc)
        line = {
            'time': at.isoformat(timespec='milliseconds').replace('+00:00', 'Z'),
            'level': record.levelname.lower(),
        }
        fields = getattr(record, 'fields', None)
        if fields is None:
            line |= {'event': 'message', 'message': record.getMessage()}
        else:
            line |= {'event': record.getMessage(), **fields}
        if record.exc_info:
            line['exception'] = self.formatException(record.exc_info)
        return json.dumps(line)
