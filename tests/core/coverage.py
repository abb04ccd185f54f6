"""What the unit tests and the transcripts reach of the core, line by line and branch by branch.

    coverage.py BUILD CERTIFICATES [--missing] TRANSCRIPT…

BUILD holds `unit` and `play` and the objects of both, compiled by gcc with --coverage -O0. Both are
run here (each transcript once, with its bytes whole; unit tests as they are), then gcov is asked.
One line per source; with --missing also each line that was not run and each way that was not taken.
A source below its floor fails. The last line is `N passed, N failed, 0 skipped`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Percent of branches: of every source, and of all together.
FLOOR_OF_A_SOURCE = 90.0
FLOOR_OF_ALL = 96.0
TIME_LIMIT_SECONDS = 300


@dataclass
class Coverage:
    """Sums over one source; every compiled condition has two ways."""

    lines: int = 0
    lines_run: int = 0
    branches: int = 0
    branches_taken: int = 0
    missing: list[str] = field(default_factory=list)

    def add(self, other: Coverage) -> None:
        self.lines += other.lines
        self.lines_run += other.lines_run
        self.branches += other.branches
        self.branches_taken += other.branches_taken

    @property
    def branch_percent(self) -> float:
        return 100.0 if self.branches == 0 else 100.0 * self.branches_taken / self.branches

    def row(self, name: str) -> str:
        lines = 100.0 * self.lines_run / max(self.lines, 1)
        return (
            f'{name:24}{lines:8.1f} %{self.branch_percent:10.1f} %'
            f'{self.branches_taken:7} of {self.branches}'
        )


def run(command: list[str]) -> None:
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors='replace',
        timeout=TIME_LIMIT_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        print(done.stdout[-4000:])
        sys.exit(f'{command[0]} ended with {done.returncode}: no coverage can be told')


def collect(build: Path) -> list[dict]:
    """gcov's own description of each object, one JSON text per line."""
    notes = sorted(build.rglob('*.gcno'))
    if not notes:
        sys.exit(f'{build} holds no .gcno files: compile with --coverage')
    # gcov looks for an object's files beside the object; paths in them are as the compiler was
    # told.
    done = subprocess.run(
        ['gcov', '--json-format', '--branch-probabilities', '--stdout', *map(str, notes)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        timeout=TIME_LIMIT_SECONDS,
        check=True,
    )
    return [json.loads(text) for text in done.stdout.splitlines() if text.startswith('{')]


def measure(source: str, lines: list[dict]) -> Coverage:
    result = Coverage()
    text = (ROOT / source).read_text().splitlines()
    for line in lines:
        number = line['line_number']
        branches = [b for b in line['branches'] if not b['throw']]
        result.lines += 1
        result.lines_run += line['count'] > 0
        result.branches += len(branches)
        result.branches_taken += sum(b['count'] > 0 for b in branches)
        where = f'{source}:{number}: '
        if line['count'] == 0:
            result.missing.append(f'{where}never run: {text[number - 1].strip()}')
            continue
        ways = [str(i + 1) for i, b in enumerate(branches) if b['count'] == 0]
        if ways:
            result.missing.append(
                f'{where}way {", ".join(ways)} of {len(branches)}: {text[number - 1].strip()}'
            )
    return result


def is_core(source: Path) -> bool:
    return source.suffix == '.c' and source.parts[0] == 'wasm' and source.parts[1] != 'drivers'


def measured(descriptions: list[dict]) -> dict[str, Coverage]:
    result: dict[str, Coverage] = {}
    for description in descriptions:
        for file in description['files']:
            source = file['file']
            # Notes stay when a source has moved away from them.
            if is_core(Path(source)) and (ROOT / source).is_file():
                result[source] = measure(source, file['lines'])
    return dict(sorted(result.items()))


def main(arguments: list[str]) -> int:
    missing = '--missing' in arguments
    arguments = [a for a in arguments if a != '--missing']
    if len(arguments) < 3:
        print('usage: coverage.py BUILD CERTIFICATES [--missing] TRANSCRIPT…', file=sys.stderr)
        return 2
    build, certificates, transcripts = Path(arguments[0]).resolve(), arguments[1], arguments[2:]
    for counts in build.rglob('*.gcda'):
        counts.unlink()
    run([str(build / 'unit'), certificates])
    run([str(build / 'play'), '--reports', certificates, *transcripts])

    sources = measured(collect(build))
    if not sources:
        print(f'gcov knows no source in wasm/: was {build} compiled from {ROOT}?', file=sys.stderr)
        return 2
    total = Coverage()
    failed = 0
    print(f'{"":24}{"lines":>10}{"branches":>12}')
    for source, coverage in sources.items():
        total.add(coverage)
        below = coverage.branch_percent < FLOOR_OF_A_SOURCE
        failed += below
        print(coverage.row(source) + (f'  below {FLOOR_OF_A_SOURCE:g} %' if below else ''))
        if missing:
            print(''.join(f'    {text}\n' for text in coverage.missing), end='')
    below = total.branch_percent < FLOOR_OF_ALL
    failed += below
    print(total.row('all') + (f'  below {FLOOR_OF_ALL:g} %' if below else ''))
    print(f'{len(sources) + 1 - failed} passed, {failed} failed, 0 skipped')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
