"""Runs the suites one after the other and adds up what they counted.

    tests/run.py [SUITE…]      all of them when none is named; everything must have been built

Suites that only compute, or wait for nobody in a hurry, run beside each other; those with a browser or
the laboratory run alone, since a busy machine makes servers slow and a check says so. A suite's own
output is shown when it has ended. The last line is `N passed, N failed, N skipped`; the
exit code is 1 when anything failed, or when a suite ran no test at all.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from glob import glob
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = '/usr/bin/python3'
CERTIFICATES = 'build/tests/certificates'
# Several times what any suite takes; one that hangs must not take the whole run with it.
TIME_LIMIT_SECONDS = 900
# Of each target: enough to see that it runs; `make fuzz` is for looking further.
FUZZ_SECONDS = '10'


@dataclass(frozen=True)
class Suite:
    name: str
    command: list[str]
    # Unpacks servers into a root of their own and starts them there.
    as_root: bool = False
    # Nothing else may run meanwhile.
    alone: bool = False


def files(pattern: str) -> list[str]:
    return sorted(glob(pattern, root_dir=ROOT))


def unittest(*names: str) -> list[str]:
    return [PYTHON, '-m', 'unittest', *names]


def browser(name: str, **options: bool) -> Suite:
    command = ['node', '--test', f'tests/e2e/{name}.test.mjs']
    return Suite(f'browser-{name}', command, alone=True, **options)


def suites() -> list[Suite]:
    transcripts = files('tests/transcripts/*.txt')
    return [
        Suite('core', ['build/tests/unit', CERTIFICATES]),
        Suite('core-openssl', [
            PYTHON, 'tests/core/test_judge_openssl.py', 'build/native/judge', CERTIFICATES]),
        Suite('core-suites', [PYTHON, 'tests/core/test_judge_suites.py', 'build/native/judge']),
        Suite('transcripts', ['build/tests/play', CERTIFICATES, *transcripts]),
        Suite('transcripts-complete', [
            PYTHON, 'tests/core/check_transcripts.py', 'build/tables.json', 'tests/transcripts']),
        Suite('core-coverage', [
            PYTHON, 'tests/core/coverage.py', 'build/coverage', CERTIFICATES, *transcripts]),
        Suite('fuzz', [PYTHON, 'tests/fuzz/run.py', 'build/fuzz', FUZZ_SECONDS]),
        Suite('wasm', ['node', '--test', 'tests/core/test_core.mjs']),
        Suite('transcripts-wasm', [
            'node', 'tests/core/play.mjs', CERTIFICATES, 'build/tests/reports.txt', *transcripts]),
        Suite('transcripts-chromium', ['node', '--test', 'tests/e2e/transcripts.test.mjs']),
        Suite('page', ['node', '--test', *files('tests/web/*.test.js')]),
        Suite('bridge', unittest('discover', '-s', 'tests/bridge')),
        Suite('demo', unittest(*(f'tests.demo.{Path(f).stem}' for f in files('tests/demo/test_*.py')))),
        # One file at a time: each has a demo and a Chromium of its own.
        *(browser(name) for name in (
            'demo', 'page', 'typed', 'saved', 'locales', 'embed', 'dist', 'shots', 'firefox')),
        Suite('lab', unittest('tests.lab.test_lab'), as_root=True, alone=True),
        browser('lab', as_root=True),
    ]


# How the runners close: (pattern, which of passed, failed, skipped, ran each group is).
CLOSINGS = [
    (re.compile(r'^(\d+) passed, (\d+) failed$', re.M), ('passed', 'failed')),
    (re.compile(r'^(\d+) passed, (\d+) failed, (\d+) skipped$', re.M), ('passed', 'failed', 'skipped')),
    (re.compile(r'^Ran (\d+) tests? in', re.M), ('ran',)),
    (re.compile(r'^(?:OK|FAILED) \(.*?skipped=(\d+)', re.M), ('skipped',)),
    (re.compile(r'^FAILED \(.*?failures=(\d+)', re.M), ('failed',)),
    (re.compile(r'^FAILED \(.*?errors=(\d+)', re.M), ('failed',)),
    (re.compile(r'^(?:# |ℹ )pass (\d+)$', re.M), ('passed',)),
    (re.compile(r'^(?:# |ℹ )fail (\d+)$', re.M), ('failed',)),
    (re.compile(r'^(?:# |ℹ )skipped (\d+)$', re.M), ('skipped',)),
]


def count(output: str) -> dict[str, int]:
    counts = {'passed': 0, 'failed': 0, 'skipped': 0, 'ran': 0}
    for pattern, kinds in CLOSINGS:
        for match in pattern.finditer(output):
            for kind, number in zip(kinds, match.groups()):
                counts[kind] += int(number)
    counts['passed'] += max(0, counts['ran'] - counts['failed'] - counts['skipped'])
    return counts


def run(suite: Suite) -> dict[str, int]:
    command = suite.command
    if suite.as_root and os.geteuid() != 0:
        command = ['sudo', *command]
    began = time.monotonic()
    done = subprocess.run(
        ['timeout', str(TIME_LIMIT_SECONDS), *command], cwd=ROOT, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors='replace')
    counts = count(done.stdout)
    said = [f'\n=== {suite.name}', done.stdout.rstrip()]
    if done.returncode != 0 and counts['failed'] == 0:
        said.append(f'{suite.name} ended with {done.returncode}')
        counts['failed'] = 1
    elif done.returncode == 0 and counts['passed'] + counts['skipped'] == 0:
        said.append(f'{suite.name} ran no test')
        counts['failed'] = 1
    said.append(f'=== {suite.name}: {counts["passed"]} passed, {counts["failed"]} failed'
                f' ({time.monotonic() - began:.0f} s)')
    print('\n'.join(said), flush=True)
    return counts


def run_all(wanted: list[Suite]) -> dict[str, dict[str, int]]:
    together = [suite for suite in wanted if not suite.alone]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = dict(zip((suite.name for suite in together), pool.map(run, together), strict=True))
    for suite in wanted:
        if suite.alone:
            results[suite.name] = run(suite)
    return results


def main(names: list[str]) -> int:
    known = suites()
    unknown = set(names) - {suite.name for suite in known}
    if unknown:
        print(f'no such suite: {", ".join(sorted(unknown))}; there are: '
              f'{", ".join(suite.name for suite in known)}', file=sys.stderr)
        return 2
    results = run_all([suite for suite in known if not names or suite.name in names])
    total = {kind: sum(r[kind] for r in results.values()) for kind in ('passed', 'failed', 'skipped')}
    bad = [name for name, counts in results.items() if counts['failed']]
    if bad:
        print(f'\nFailed: {", ".join(bad)}')
    print(f'\n{total["passed"]} passed, {total["failed"]} failed, {total["skipped"]} skipped')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
