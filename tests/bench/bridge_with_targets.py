"""The bridge as it is, but that some public addresses are loopback ports of the bench.

    bridge_with_targets.py CONFIG ANSWER_PORT ECHO_PORT…

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
ANSWER = '1.2.3.5:993'


def echo(number: object) -> str:
    """The server with this number."""
    return f'1.2.4.{number}:993'


def redirect(ports: dict[str, int]) -> None:
    """Dial these ports of loopback for those targets."""
    start = connect.start

    def start_here(dial: Endpoint) -> socket.socket:
        return start(Endpoint(LOOPBACK, ports[str(dial)]))

    connect.start = start_here


if __name__ == '__main__':
    answer_port, *echo_ports = map(int, sys.argv[2:])
    redirect({ANSWER: answer_port, **{echo(n): port for n, port in enumerate(echo_ports)}})
    sys.exit(program.main(['--config', sys.argv[1]]))
