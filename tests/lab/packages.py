"""Downloads Debian packages and all libraries they need, and unpacks them into one directory.

apt is asked as if nothing were installed, so the directory is complete by itself and takes nothing
from the machine's own system. Its configuration (sources, proxy, keys) is the system's.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

SERVERS = ('dovecot-imapd', 'dovecot-pop3d', 'dovecot-submissiond', 'postfix')
# Of everything the servers depend on, only the libraries are wanted: what a package needs for being
# installed (dpkg, perl, debconf, passwd …) is never run here.
NEEDED = re.compile(r'(dovecot-.*|postfix|zlib1g|lib(?!perl).*(?<!-perl))')
STAMP = 'unpacked.json'
DOWNLOAD_SECONDS = 600


class PackagesMissing(Exception):
    """apt cannot provide the packages; the message has apt's words."""


def ensure(directory: Path, root: Path) -> None:
    """Unpack the servers into `root`, unless they are there; downloads are kept in `directory`."""
    stamp = directory / STAMP
    if stamp.exists() and json.loads(stamp.read_text())['servers'] == list(SERVERS):
        return
    stamp.unlink(missing_ok=True)
    for part in ('archives/partial', 'lists/partial', 'downloads'):
        (directory / part).mkdir(parents=True, exist_ok=True)
    (directory / 'status').write_text('')
    versions = _resolve(directory)
    downloads = directory / 'downloads'
    _apt(directory, 'download', *versions, cwd=downloads)
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for package in versions:
        name = package.partition('=')[0]
        for archive in downloads.glob(f'{name}_*.deb'):
            subprocess.run(['dpkg-deb', '--extract', archive, root], check=True)
    stamp.write_text(json.dumps({'servers': SERVERS, 'packages': versions}, indent=1))
    shutil.rmtree(downloads)


def _resolve(directory: Path) -> list[str]:
    """What to download, as name=version: by the system's package lists, or else by fresh ones."""
    try:
        return _closure(directory)
    except PackagesMissing:
        _apt(directory, 'update', own_lists=True)
        return _closure(directory, own_lists=True)


def _closure(directory: Path, own_lists: bool = False) -> list[str]:
    told = _apt(directory, 'install', '--simulate', *SERVERS, own_lists=own_lists)
    found = re.findall(r'^Inst (\S+) \((\S+)', told, re.MULTILINE)
    return [f'{name}={version}' for name, version in found if NEEDED.fullmatch(name)]


def _apt(directory: Path, *words: str, own_lists: bool = False, cwd: Path | None = None) -> str:
    own_lists = own_lists or any((directory / 'lists').glob('*Packages*'))
    options = {
        'Dir::State::status': directory / 'status',
        'Dir::Cache::archives': directory / 'archives',
        # Its own index caches: the system's would be rewritten for the empty status.
        'Dir::Cache::pkgcache': '',
        'Dir::Cache::srcpkgcache': '',
        'Debug::NoLocking': 'true',
        'APT::Install-Recommends': 'false',
        # The directory may be in a home that apt's own user cannot enter.
        'APT::Sandbox::User': 'root',
        'Acquire::Retries': '3',
    }
    if own_lists:
        options['Dir::State::lists'] = directory / 'lists'
    command = ['apt-get', '-q', '-y', *(f'-o{key}={value}' for key, value in options.items())]
    try:
        ran = subprocess.run(
            [*command, *words],
            check=False,
            cwd=cwd,
            capture_output=True,
            text=True,
            timeout=DOWNLOAD_SECONDS,
            env={'PATH': '/usr/sbin:/usr/bin:/sbin:/bin', 'LC_ALL': 'C', **_proxies()},
        )
    except FileNotFoundError:
        raise PackagesMissing('apt-get is missing: the laboratory needs Debian') from None
    except subprocess.TimeoutExpired:
        message = f'apt-get {words[0]} took more than {DOWNLOAD_SECONDS} s'
        raise PackagesMissing(message) from None
    if ran.returncode:
        raise PackagesMissing(f'apt-get {" ".join(words)} failed:\n{ran.stderr.strip()}')
    return ran.stdout


def _proxies() -> dict[str, str]:
    names = ('http_proxy', 'https_proxy', 'no_proxy')
    return {name: os.environ[name] for name in names if name in os.environ}
