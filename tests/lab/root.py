"""What a root directory needs beside unpacked packages: users, devices, directories, settings."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path

TEMPLATES = Path(__file__).parent / 'templates'
# Ids that Debian leaves to nobody; they mean something only to the servers inside.
IDS = {
    'root': 0,
    'postfix': 64501,
    'postdrop': 64502,
    'dovecot': 64503,
    'dovenull': 64504,
    'vmail': 64505,
    'nobody': 65534,
}
DEVICES = {'null': (1, 3), 'zero': (1, 5), 'random': (1, 8), 'urandom': (1, 9)}
SETTLED = 1_000_000_000
QUEUES = (
    'active',
    'bounce',
    'corrupt',
    'defer',
    'deferred',
    'flush',
    'hold',
    'incoming',
    'private',
    'saved',
    'trace',
)


class RootNeeded(Exception):
    """The laboratory cannot run as this user."""


def check_user() -> None:
    """Dovecot and Postfix change their users and their root directory: only root may."""
    if os.geteuid() != 0:
        raise RootNeeded('the laboratory runs real mail servers and needs root: use sudo')


def furnish(root: Path) -> None:
    """Make users, devices and fresh state; what an earlier run left behind goes."""
    for state in ('run', 'var/spool/postfix', 'var/lib/postfix', 'var/log', 'var/mail'):
        shutil.rmtree(root / state, ignore_errors=True)
        (root / state).mkdir(parents=True)
    (root / 'tmp').mkdir(exist_ok=True)
    (root / 'tmp').chmod(0o1777)
    _users(root)
    _devices(root)
    _postfix_directories(root)
    _own(root / 'var/mail', 'vmail', 'vmail', 0o700)


def write_template(root: Path, name: str, where: str, values: Mapping[str, object]) -> None:
    """Fill the @names@ of a template and put it into the root."""
    text = (TEMPLATES / name).read_text()
    for key, value in values.items():
        if f'@{key}@' not in text:
            raise ValueError(f'templates/{name} has no @{key}@')
        text = text.replace(f'@{key}@', str(value))
    path = root / where / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    # Postfix waits for seconds while its settings look as if somebody were still writing them.
    os.utime(path, (SETTLED, SETTLED))


def install_certificates(root: Path, certificates: Path) -> None:
    """A copy inside the root, readable by root alone."""
    inside = root / 'etc/certificates'
    shutil.rmtree(inside, ignore_errors=True)
    shutil.copytree(certificates, inside)
    inside.chmod(0o700)
    # For Dovecot's Diffie-Hellman: quickly made, and good enough for a laboratory.
    command = ['openssl', 'dhparam', '-dsaparam', '-out', inside / 'dh.pem', '2048']
    subprocess.run(command, check=True, capture_output=True)


def _users(root: Path) -> None:
    etc = root / 'etc'
    lines = [f'{name}:x:{number}:{number}::/:/bin/false' for name, number in IDS.items()]
    (etc / 'passwd').write_text('\n'.join(lines) + '\n')
    lines = [f'{name}:x:{number}:' for name, number in IDS.items()]
    (etc / 'group').write_text('\n'.join(lines) + '\n')
    (etc / 'nsswitch.conf').write_text('passwd: files\ngroup: files\nhosts: files\n')
    (etc / 'hosts').write_text('127.0.0.1 localhost\n')
    (etc / 'localtime').unlink(missing_ok=True)


def _devices(root: Path) -> None:
    (root / 'dev').mkdir(exist_ok=True)
    for name, (major, minor) in DEVICES.items():
        path = root / 'dev' / name
        if not path.exists():
            try:
                os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(major, minor))
            except PermissionError:
                raise RootNeeded(f'this container may not make devices ({path})') from None
            path.chmod(0o666)


def _postfix_directories(root: Path) -> None:
    spool = root / 'var/spool/postfix'
    for queue in QUEUES:
        (spool / queue).mkdir()
        _own(spool / queue, 'postfix', 'root', 0o700)
    for name, mode in (('maildrop', 0o1730), ('public', 0o2710)):
        (spool / name).mkdir()
        _own(spool / name, 'postfix', 'postdrop', mode)
    (spool / 'pid').mkdir()
    _own(root / 'var/lib/postfix', 'postfix', 'postfix', 0o755)


def _own(path: Path, user: str, group: str, mode: int) -> None:
    os.chown(path, IDS[user], IDS[group])
    path.chmod(mode)
