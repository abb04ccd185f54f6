"""Debian's HAProxy and nginx, unpacked under build/deploy/ and run there; nothing is installed."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / 'bridge' / 'deploy'
BUILD = ROOT / 'build' / 'deploy'
NAME = 'check.example.net'
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


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for NAME, and its key."""
    cert, key = folder / 'cert.pem', folder / 'key.pem'
    words = ['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30']
    words += ['-subj', f'/CN={NAME}', '-addext', f'subjectAltName=DNS:{NAME}']
    subprocess.run([*words, '-keyout', key, '-out', cert], check=True, capture_output=True)
    return cert, key


def haproxy_settings(
    folder: Path, cert: Path, key: Path, ports: tuple[int, int, int], bridges: Sequence[int]
) -> Path:
    """`haproxy.cfg` as shipped, but for paths and ports: `ports` are the plain one, which does not
    redirect, that of TLS, and that of the peers.
    """
    plain, tls, peers = ports
    (folder / 'both.pem').write_text(cert.read_text() + key.read_text())
    servers = '\n'.join(f'    server w{n} 127.0.0.1:{port}' for n, port in enumerate(bridges))
    text = (DEPLOY / 'haproxy.cfg').read_text()
    for shipped, here in (
        # As many as this machine's limit of descriptors allows.
        ('maxconn 20000', 'maxconn 2000'),
        ('/etc/haproxy/check.pem', str(folder / 'both.pem')),
        ('bind :443', f'bind 127.0.0.1:{tls}'),
        ('bind :80', f'bind 127.0.0.1:{plain}'),
        ('    http-request redirect scheme https unless { ssl_fc }\n', ''),
        ('bind 127.0.0.1:10000', f'bind 127.0.0.1:{peers}'),
        ('server "${HOSTNAME}"', 'server here'),
        ('    server one 127.0.0.1:8080', servers),
    ):
        if text.count(shipped) != 1:
            raise ValueError(f'haproxy.cfg: expected once: {shipped}')
        text = text.replace(shipped, here)
    file = folder / 'haproxy.cfg'
    file.write_text(text)
    return file
