"""Runs each fuzz target that was built for a while, from a copy of its corpus.

    run.py BUILD SECONDS      BUILD/fuzz-TARGET, with the seeds of BUILD/TARGET/

What a run learns is thrown away with the copy, so that one run does not depend on an earlier one;
what it breaks is kept as BUILD/crash-TARGET-… . The last line is `N passed, N failed, 0 skipped`,
of targets.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# Longer than any reply, so that every limit of the core can be met.
MAX_LEN = 20000
# For starting, and for reading the seeds, on a slow machine.
GRACE_SECONDS = 120


def kept(build: Path, target: str) -> set[Path]:
    return set(build.glob(f'crash-{target}-*'))


def fuzz(program: Path, seconds: int) -> str | None:
    """What went wrong, or None."""
    build, target = program.parent, program.name.removeprefix('fuzz-')
    seeds = build / target
    if not seeds.is_dir() or not any(seeds.iterdir()):
        return f'{seeds} holds no seeds'
    before = kept(build, target)
    with tempfile.TemporaryDirectory(prefix=f'fuzz-{target}-') as scratch:
        corpus = Path(scratch) / 'corpus'
        shutil.copytree(seeds, corpus)
        command = [
            str(program),
            f'-max_total_time={seconds}',
            f'-max_len={MAX_LEN}',
            '-timeout=10',
            '-rss_limit_mb=2048',
            '-verbosity=0',
            '-print_final_stats=1',
            f'-artifact_prefix={build}/crash-{target}-',
            str(corpus),
        ]
        try:
            done = subprocess.run(
                command,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors='replace',
                timeout=seconds + GRACE_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return f'did not end within {seconds + GRACE_SECONDS} s'
    if done.returncode != 0:
        print(done.stdout[-8000:])
        inputs = ', '.join(str(path) for path in sorted(kept(build, target) - before))
        return (
            f'ended with {done.returncode}; the input: {inputs or "as an earlier one, see above"}'
        )
    executed = re.search(r'number_of_executed_units:\s*(\d+)', done.stdout)
    if executed is None or int(executed[1]) == 0:
        return 'executed nothing'
    print(f'# {target}: {executed[1]} executions', flush=True)
    return None


def main(build: Path, seconds: int) -> int:
    programs = sorted(path for path in build.glob('fuzz-*') if path.is_file())
    if not programs:
        print(f'{build} holds no fuzz target', file=sys.stderr)
        return 2
    failed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        problems = pool.map(lambda program: fuzz(program, seconds), programs)
        for program, problem in zip(programs, problems, strict=True):
            if problem is not None:
                failed += 1
                print(f'{program.name}: {problem}', flush=True)
    print(f'{len(programs) - failed} passed, {failed} failed, 0 skipped')
    return 1 if failed else 0


if __name__ == '__main__':
    if len(sys.argv) != 3 or not sys.argv[2].isdigit():
        sys.exit('usage: run.py BUILD SECONDS')
    sys.exit(main(Path(sys.argv[1]).resolve(), int(sys.argv[2])))
