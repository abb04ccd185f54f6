"""Runs the bridge: `python3 -m bridge --config FILE`.

SIGTERM lets what runs finish, SIGINT (or a second SIGTERM) does not wait, SIGHUP reads the
configuration again.
"""

import argparse
import logging
import os
import resource
import signal
import sys
import threading
from pathlib import Path

from bridge import config
from bridge.logwriter import LogWriter
from bridge.record import JsonFormatter
from bridge.server import Bridge, max_descriptors

MISUSE = 2
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)
SIGNALS = (*STOP_SIGNALS, signal.SIGHUP)
LOG = logging.getLogger('bridge')
# How soon the end of a drain is noticed.
_WAKE_SECONDS = 0.05


def main(arguments: list[str] | None = None) -> int:
    """Returns the exit status: 0 after a drain, 2 when it cannot start."""
    parser = argparse.ArgumentParser(prog='bridge', description=__doc__)
    parser.add_argument(
        '--config', type=Path, metavar='FILE', help='TOML; without it, the defaults'
    )
    options = parser.parse_args(arguments)
    # Before any thread exists, so that all inherit it and only `sigwait` below gets the signals.
    # The handlers matter where a parent left them ignored: ignored signals do not wait.
    for number in SIGNALS:
        signal.signal(number, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    log_to(sys.stderr.fileno())
    on_terminal = has_terminal()
    try:
        settings = config.load(options.config)
        allow_descriptors(max_descriptors(settings))
        bridge = Bridge(settings)
    except config.ConfigError as error:
        print(f'bridge: {error}', file=sys.stderr)
        return MISUSE
    bridge.start()
    print(f'Mail Port Check serves {bridge.url}', flush=True)
    while (number := signal.sigwait(SIGNALS)) == signal.SIGHUP:
        if on_terminal and not has_terminal():
            break  # it was closed, and nobody asked for anything
        reload(bridge, options.config)
    stop(bridge, at_once=number != signal.SIGTERM)
    return 0


def log_to(descriptor: int) -> None:
    """Write the log there. What no line of ours tells is not even asked for."""
    logging._srcfile = None
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    lines = LogWriter(descriptor)
    lines.setFormatter(JsonFormatter())
    logging.basicConfig(handlers=[lines], level=logging.INFO)


def has_terminal() -> bool:
    """Whether somebody sits before this process, or could."""
    try:
        os.close(os.open('/dev/tty', os.O_RDONLY))
    except OSError:
        return False
    return True


def reload(bridge: Bridge, path: Path | None) -> None:
    """Take the file's settings; where they cannot be used say so, and keep those there are."""
    try:
        settings = config.load(path)
        allow_descriptors(max_descriptors(settings))
        bridge.configure(settings)
    except config.ConfigError as error:
        LOG.error('configuration not reloaded, the old one holds: %s', error)
    else:
        LOG.info('configuration reloaded')


def stop(bridge: Bridge, at_once: bool) -> None:
    """Stop it; a further signal ends the waiting for what still runs."""
    stopping = threading.Thread(target=bridge.stop, args=(at_once,))
    stopping.start()
    while stopping.is_alive():
        if signal.sigtimedwait(STOP_SIGNALS, _WAKE_SECONDS):
            bridge.capacity.end()


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
