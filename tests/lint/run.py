"""The style of every source, by one tool for each kind: `run.py [--write]`.

    C               clang-format-14, of Debian                      .clang-format
    JavaScript      ESLint, from npm                                tests/lint/eslint.config.mjs
    JavaScript, JSON, CSS, HTML     Prettier, from npm              .prettierrc
    Python          ruff, from npm (Debian 12 has none)             .ruff.toml

With --write what can be mended is mended. The last line is `N passed, N failed, 0 skipped`, of
tools.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = 'tests/node_modules/.bin'
SKIPPED_FOLDERS = {'node_modules', 'build', '__pycache__'}
# npm writes these in its own way.
SKIPPED_NAMES = {'package-lock.json'}


@dataclass(frozen=True)
class Tool:
    name: str
    folders: tuple[str, ...]
    suffixes: tuple[str, ...]
    # Returns what is wrong, empty where nothing is. The second argument is --write.
    check: Callable[[list[str], bool], str]


def output(command: list[str], given: str = '') -> str:
    """What a tool says, when it says by its exit code that something is wrong."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return (done.stdout.strip() or f'ended with {done.returncode}') if done.returncode else ''


def clang_format(files: list[str], write: bool) -> str:
    how = ['-i'] if write else ['--dry-run', '-Werror']
    return output(['clang-format-14', *how, *files])


def eslint(files: list[str], write: bool) -> str:
    config = ['--config', 'tests/lint/eslint.config.mjs', '--max-warnings', '0']
    return output([f'{BIN}/eslint', *config, *(['--fix'] if write else []), *files])


def prettier(files: list[str], write: bool) -> str:
    how = ['--write', '--log-level', 'warn'] if write else ['--list-different']
    return output([f'{BIN}/prettier', *how, *files])


def ruff(files: list[str], write: bool) -> str:
    settings = tomllib.loads((ROOT / '.ruff.toml').read_text())
    how = ['--write'] if write else []
    return output(['node', 'tests/lint/ruff.mjs', *how, *files], json.dumps(settings))


TOOLS = [
    Tool(
        'clang-format',
        ('wasm', 'tests'),
        ('.c', '.h'),
        clang_format,
    ),
    Tool('eslint', ('web', 'tests'), ('.js', '.mjs'), eslint),
    Tool(
        'prettier',
        ('web', 'tests'),
        ('.js', '.mjs', '.json', '.css', '.html'),
        prettier,
    ),
    Tool('ruff', ('bridge', 'tests'), ('.py',), ruff),
]


def sources(tool: Tool) -> list[str]:
    found = []
    for folder in tool.folders:
        for path in sorted((ROOT / folder).rglob('*')):
            inside = path.relative_to(ROOT)
            if SKIPPED_FOLDERS.isdisjoint(inside.parts) and path.name not in SKIPPED_NAMES:
                found += [inside.as_posix()] if path.suffix in tool.suffixes else []
    return found


def main(arguments: list[str]) -> int:
    if arguments not in ([], ['--write']):
        print('usage: run.py [--write]', file=sys.stderr)
        return 2
    failed = 0
    for tool in TOOLS:
        files = sources(tool)
        wrong = tool.check(files, arguments == ['--write'])
        failed += bool(wrong)
        print(f'# {tool.name}: {len(files)} files')
        if wrong:
            print(wrong)
    print(f'{len(TOOLS) - failed} passed, {failed} failed, 0 skipped')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
