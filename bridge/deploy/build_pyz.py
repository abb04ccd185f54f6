"""Packs mailbridge.pyz: the bridge, what it needs of Debian's packages, and the page; `make dist`.

    build_pyz.py --web build/pyz/web --tables build/tables.json --out build/pyz/mailbridge.pyz

A zip file that Python 3.9 and newer run as it is (zipapp). The same sources make the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Pure Python, by Debian package; tomli is what Python 3.11 has as tomllib.
PACKAGES = {'websockify': 'websockify', 'dns': 'dnspython', 'tomli': 'tomli'}
COMMON_LICENSES = Path('/usr/share/common-licenses')
NAMED_LICENSES = ('GPL-3', 'LGPL-3', 'MPL-2.0')
# The earliest that a zip file can say.
EPOCH = (1980, 1, 1, 0, 0, 0)
SHEBANG = b'#!/usr/bin/env python3\n'
# Also read by a Python that is too old, down to 2.7.
MAIN = b"""\
import sys

if sys.version_info < (3, 9):
    sys.exit('mailbridge needs Python 3.9 or newer; this is ' + sys.version.split()[0])

import contextlib
import io
import warnings

# websockify tells that Windows has no module `resource`, which the bridge has no use for.
with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
    warnings.simplefilter('ignore')
    from bridge.portable import main

sys.exit(main())
"""


def contents(web: Path, tables: Path) -> dict[str, bytes]:
    """Name in the archive → bytes."""
    files = {'__main__.py': MAIN, 'LICENSE': (ROOT / 'LICENSE').read_bytes()}
    for source in [*(ROOT / 'bridge').glob('*.py'), ROOT / 'bridge/about.html']:
        files[f'bridge/{source.name}'] = source.read_bytes()
    files['bridge/packed/tables.json'] = tables.read_bytes()
    for file in web.rglob('*'):
        if file.is_file():
            files[f'bridge/packed/web/{file.relative_to(web).as_posix()}'] = file.read_bytes()
    for package, debian in PACKAGES.items():
        files |= of_package(package)
        copyright_file = Path(f'/usr/share/doc/python3-{debian}/copyright')
        files[f'licenses/{debian}.txt'] = copyright_file.read_bytes()
    for name in NAMED_LICENSES:
        files[f'licenses/{name}.txt'] = (COMMON_LICENSES / name).read_bytes()
    return files


def of_package(name: str) -> dict[str, bytes]:
    """The sources of an installed package."""
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise SystemExit(f'build_pyz.py: there is no package {name}: apt install python3-{name}')
    folder = Path(found.submodule_search_locations[0])
    files = folder.rglob('*.py')
    return {f'{name}/{file.relative_to(folder).as_posix()}': file.read_bytes() for file in files}


def pack(files: dict[str, bytes], out: Path) -> None:
    """Write the archive."""
    with out.open('wb') as stream:
        stream.write(SHEBANG)
        with zipfile.ZipFile(stream, 'w') as archive:
            for name, content in sorted(files.items()):
                entry = zipfile.ZipInfo(name, EPOCH)
                entry.external_attr = 0o100644 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3  # as on Unix, wherever it is made
                archive.writestr(entry, content, compresslevel=9)
    out.chmod(0o755)


def main() -> None:
    parser = argparse.ArgumentParser()
    for option in ('--web', '--tables', '--out'):
        parser.add_argument(option, type=Path, required=True)
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    pack(contents(options.web, options.tables), options.out)
    digest = hashlib.sha256(options.out.read_bytes()).hexdigest()
    sums = options.out.with_name('SHA256SUMS')
    # As sha256sum reads it.
    sums.write_text(f'{digest}  {options.out.name}\n', 'ascii')


if __name__ == '__main__':
    main()
