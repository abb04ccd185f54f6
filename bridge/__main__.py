"""Runs the bridge: `python3 -m bridge --config FILE`.

SIGTERM lets what runs finish, SIGINT (or a second SIGTERM) does not wait, SIGHUP reads the
configuration again.
"""

from __future__ import annotations

import argparse
import dataclasses
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

try:
    import resource
except ModuleNotFoundError:  # Windows, which has no such limit
    resource = None

from bridge import config
from bridge.config import Config
from bridge.logwriter import LogWriter
from bridge.record import JsonFormatter
from bridge.server import Bridge, max_descriptors, reserved, url_of
from bridge.workers import MISUSE, STOP_SIGNALS, Supervisor, Team

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
    try:
        settings = config.load(options.config)
        allow_descriptors(max_descriptors(settings))
        if settings.workers > 1:
            return serve_together(settings, options.config)
        log_to(sys.stderr.fileno())
        bridge = Bridge(settings)
    except config.ConfigError as error:
        return misused(error)
    bridge.start()
    announce(bridge.url)
    serve(bridge, options.config)
    return 0


def misused(error: config.ConfigError) -> int:
    """Say why it cannot start; the exit status."""
    print(f'bridge: {error}', file=sys.stderr, flush=True)
    return MISUSE


def announce(url: str) -> None:
    """Say that it has."""
    print(f'Mail Port Check serves {url}', flush=True)


def serve(bridge: Bridge, path: Path | None) -> None:
    """Do what the signals say, until one ends it."""
    on_terminal = has_terminal()
    while (number := signal.sigwait(SIGNALS)) == signal.SIGHUP:
        if on_terminal and not has_terminal():
            break  # it was closed, and nobody asked for anything
        reload(bridge, path)
    stop(bridge, at_once=number != signal.SIGTERM)


def serve_together(settings: Config, path: Path | None) -> int:
    """The same by several processes, under this one; the exit status."""
    lines = logging.StreamHandler()
    lines.setFormatter(JsonFormatter())
    LOG.addHandler(lines)  # without a thread: processes are made here
    team = Team(settings.workers)
    with reserved(settings.listen) as listen:

        def work(index: int, told: Callable[[], None]) -> int:
            LOG.removeHandler(lines)
            log_to(sys.stderr.fileno())
            team.index = index
            try:
                # Read again: one that is started anew takes what the others have.
                read = dataclasses.replace(config.load(path), listen=listen)
                bridge = Bridge(read, team)
            except config.ConfigError as error:
                return misused(error)
            threading.Thread(target=end_with, args=(supervisor,), daemon=True).start()
            bridge.start()
            told()
            serve(bridge, path)
            return 0

        supervisor = Supervisor(settings.workers, work, lambda: announce(url_of(listen)))
        on_terminal = has_terminal()
        return supervisor.run(lambda: not on_terminal or has_terminal())


def end_with(supervisor: Supervisor) -> None:
    """End this worker when who started it is gone."""
    supervisor.await_end()
    os.kill(os.getpid(), signal.SIGTERM)


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
        if bridge.team is not None and settings.listen.port == 0:
            # The first one found a port, which all have.
            settings = dataclasses.replace(settings, listen=bridge.config.listen)
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
    if resource is None:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if resource.RLIM_INFINITY not in (soft, hard) and hard < needed:
        raise config.ConfigError(
            f'limits.connections: {needed} file descriptors needed, the system allows {hard}'
        )
    if soft != resource.RLIM_INFINITY and soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))


if __name__ == '__main__':
    sys.exit(main())
