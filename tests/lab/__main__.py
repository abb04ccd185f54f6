"""`/usr/bin/python3 -m tests.lab up [BUILD]`: the laboratory until SIGTERM or Ctrl-C.

Writes BUILD/lab/lab.json and BUILD/lab/bridge.toml, then prints `ready`. `fetch` only downloads.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bridge.demo.processes import ProcessEnded, Stopped, stop_signals

from . import packages
from .lab import Lab, LabBusy
from .root import RootNeeded

EXPECTED = (
    ProcessEnded,
    FileNotFoundError,
    LabBusy,
    RootNeeded,
    TimeoutError,
    packages.PackagesMissing,
)
USAGE = 'usage: /usr/bin/python3 -m tests.lab up|fetch [BUILD]'


def main(words: list[str]) -> int:
    if not 1 <= len(words) <= 2 or words[0] not in ('up', 'fetch'):
        print(USAGE, file=sys.stderr)
        return 2
    build = Path(words[1] if len(words) > 1 else 'build').resolve()
    try:
        with stop_signals():
            if words[0] == 'fetch':
                (build / 'lab/apt').mkdir(parents=True, exist_ok=True)
                packages.ensure(build / 'lab/apt', build / 'lab/root')
                return 0
            with Lab(build) as lab:
                print('ready', flush=True)
                ended = lab.processes.wait()
    except Stopped:
        return 0
    except EXPECTED as problem:
        ended = str(problem)
    print(ended, file=sys.stderr)
    return 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
