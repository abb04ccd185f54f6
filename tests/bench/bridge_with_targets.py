"""The bridge as it is, but that two public addresses are loopback ports of the bench.

    bridge_with_targets.py CONFIG ECHO_PORT ANSWER_PORT

So every target is judged as those of visitors are, which `[forward]` would leave out.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bridge import __main__ as program
from bridge import connect
from bridge.target import Endpoint

LOOPBACK = ipaddress.IPv4Address('127.0.0.1')
ECHO, ANSWER = '1.2.3.4:993', '1.2.3.5:993'


def redirect(ports: dict[str, int]) -> None:
    """Dial these ports of loopback for those targets."""
    start = connect.start

    def start_here(dial: Endpoint) -> socket.socket:
        return start(Endpoint(LOOPBACK, ports[str(dial)]))

    connect.start = start_here


if __name__ == '__main__':
    redirect({ECHO: int(sys.argv[2]), ANSWER: int(sys.argv[3])})
    sys.exit(program.main(['--config', sys.argv[1]]))
