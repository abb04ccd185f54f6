"""The watchdog: ends process groups when the process that started them is gone, even by SIGKILL.

It reads process group ids, one per line, from a pipe whose other end only the starter holds. The
line `done` means that the starter has ended its groups itself. The end of the pipe without that
line means that the starter was killed: the watchdog then ends the groups.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable

GRACE_SECONDS = 3.0


def signal_group(group: int, number: signal.Signals | int) -> bool:
    """Whether anybody was left in the group."""
    try:
        os.killpg(group, number)
        return True
    except ProcessLookupError:
        return False


def end_groups(groups: list[int], reap: Callable[[], object] = lambda: None) -> None:
    """Ask every group to end, wait a while, and kill what is left.

    A parent has to `reap` its children meanwhile: until then they still count as there.
    """
    left = [group for group in groups if signal_group(group, signal.SIGTERM)]
    deadline = time.monotonic() + GRACE_SECONDS
    while left and time.monotonic() < deadline:
        time.sleep(0.02)
        reap()
        left = [group for group in left if signal_group(group, 0)]
    for group in left:
        signal_group(group, signal.SIGKILL)


def main() -> None:
    groups: list[int] = []
    for line in sys.stdin:
        if line.strip() == 'done':
            return
        groups.append(int(line))
    end_groups(groups)


if __name__ == '__main__':
    main()
