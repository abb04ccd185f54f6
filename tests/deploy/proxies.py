"""Debian's HAProxy and nginx, unpacked under build/deploy/ and run there; nothing is installed."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / 'build' / 'deploy'
# With the libraries that a small Debian does not have.
PACKAGES = (
    'haproxy',
    'liblua5.3-0',
    'libopentracing-c-wrapper0',
    'libopentracing1',
    'nginx',
)
DOWNLOAD_SECONDS = 600


def ensure() -> Path:
    """Where they are unpacked; downloads them the first time."""
    unpacked = BUILD / 'root'
    if not unpacked.is_dir():
        downloads = BUILD / 'downloads'
        downloads.mkdir(parents=True, exist_ok=True)
        command = ['apt-get', '-q', 'download', *PACKAGES]
        subprocess.run(
            command, cwd=downloads, check=True, capture_output=True, timeout=DOWNLOAD_SECONDS
        )
        part = BUILD / 'part'
        for archive in sorted(downloads.glob('*.deb')):
            subprocess.run(['dpkg-deb', '--extract', archive, part], check=True)
        part.rename(unpacked)
    return unpacked


def command(name: str, *arguments: str) -> list[str]:
    """The command line of one of the two."""
    return [str(ensure() / 'usr/sbin' / name), *arguments]


def environment() -> dict[str, str]:
    """With the libraries beside it."""
    return os.environ | {'LD_LIBRARY_PATH': str(ensure() / 'usr/lib/x86_64-linux-gnu')}


@contextlib.contextmanager
def running(*words: str) -> Iterator[subprocess.Popen]:
    """One of the two in the foreground; what it says goes to the suite's output."""
    process = subprocess.Popen(words, env=environment(), stdout=sys.stderr)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
