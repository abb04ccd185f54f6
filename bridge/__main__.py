"""Runs the bridge until SIGTERM or SIGINT: `python3 -m bridge --config FILE`."""

import argparse
import logging
import resource
import signal
import sys
from pathlib import Path

from bridge import config
from bridge.server import Bridge, max_descriptors

MISUSE = 2
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def main(arguments: list[str] | None = None) -> int:
    """Returns the exit status: 0 after a drain, 2 when it cannot start."""
    parser = argparse.ArgumentParser(prog='bridge', description=__doc__)
    parser.add_argument(
        '--config', type=Path, metavar='FILE', help='TOML; without it, the defaults'
    )
    options = parser.parse_args(arguments)
    logging.basicConfig(format='%(asctime)s %(message)s', level=logging.INFO)
    # Before any thread exists, so that all inherit it and only `sigwait` below gets the signals.
    # The handlers matter where a parent left them ignored: ignored signals do not wait.
    for number in STOP_SIGNALS:
        signal.signal(number, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        settings = config.load(options.config)
        allow_descriptors(max_descriptors(settings))
        bridge = Bridge(settings)
    except config.ConfigError as error:
        print(f'bridge: {error}', file=sys.stderr)
        return MISUSE
    bridge.start()
    print(f'Mail Port Check serves {bridge.url}', flush=True)
    signal.sigwait(STOP_SIGNALS)
    bridge.stop()
    return 0


def allow_descriptors(needed: int) -> None:
    """Raise the process's own limit to `needed`; ConfigError if the system's is lower."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if resource.RLIM_INFINITY not in (soft, hard) and hard < needed:
        raise config.ConfigError(
            f'limits.connections: {needed} file descriptors needed, the system allows {hard}'
        )
    if soft != resource.RLIM_INFINITY and soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))


if __name__ == '__main__':
    sys.exit(main())
