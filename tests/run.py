"""Runs the suites one after the other and adds up what they counted.

    tests/run.py [--needs] [--room ROOM] [SUITE…]

All suites run when none is named; with --room, those of one room (`make test-ROOM`). What they need
must have been built: --needs prints it, as targets of make, and runs nothing.

Every suite says what it counted in one line of its own, `N passed, N failed, N skipped`, and agrees
with its exit code. A suite that does not has failed, and so has one that ran no test. The last line
here is the sum of all; the exit code is 1 when anything failed.

Suites that only compute, or wait for nobody in a hurry, run first, as many at once as there are
processors. Those with a browser wait most of their time for servers that say nothing: two at once
leave the processors idle enough for either. Those with real servers run alone at the end, since a
busy machine makes servers slow and a check says so. What a suite prints is shown at its end.
"""

from __future__ import annotations

import argparse
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
SERVERS = 'build/tests/tls_servers'
# Several times what any suite takes; one that hangs must not take the whole run with it.
TIME_LIMIT_SECONDS = 900
# Of each target: enough to see that it runs; `make fuzz` is for looking further.
FUZZ_SECONDS = '10'
# With more of them a server of the demo is at times so slow that a check says so.
BROWSERS_AT_ONCE = 2
CLOSING = re.compile(r'^(\d+) passed, (\d+) failed, (\d+) skipped$', re.M)

# Targets of make.
CHAINS = 'build/tests/certificates/root.pem'
TABLES = 'build/tables.json'
JUDGE = 'build/native/judge'
DRIVE = 'build/native/drive'
WASM = ('build/wasm/core.wasm', 'build/wasm/page/core.wasm', 'build/roots.bin', TABLES)
PAGE = 'build/web/index.html'
NPM = 'tests/node_modules'


@dataclass(frozen=True)
class Suite:
    name: str
    # Which `make test-ROOM` runs it.
    room: str
    command: list[str]
    # What make must have built.
    needs: tuple[str, ...]
    # Unpacks servers into a root of their own and starts them there.
    as_root: bool = False
    # What may run beside it: `many` others, as many as there are processors; one more with a
    # `browser`; or nothing, `alone`.
    beside: str = 'many'


@dataclass
class Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other: Counts) -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def __str__(self) -> str:
        return f'{self.passed} passed, {self.failed} failed, {self.skipped} skipped'


def files(pattern: str) -> list[str]:
    return sorted(glob(pattern, root_dir=ROOT, recursive=True))


def python(script: str, *arguments: str) -> list[str]:
    return [PYTHON, script, *arguments]


def unittest(*names: str) -> list[str]:
    return python('tests/run_unittest.py', *names)


def node(*tests: str) -> list[str]:
    return ['node', '--test', '--test-reporter=./tests/reporter.mjs', *tests]


def browser(name: str, *needs: str, beside: str = 'browser', as_root: bool = False) -> Suite:
    command = node(f'tests/e2e/{name}.test.mjs')
    needs = (PAGE, TABLES, NPM, *needs)
    return Suite(f'browser-{name}', 'browser', command, needs, as_root=as_root, beside=beside)


def suites() -> list[Suite]:
    transcripts = files('tests/transcripts/*.txt')
    demo = [f'tests.demo.{Path(file).stem}' for file in files('tests/demo/test_*.py')]
    play = 'build/tests/play'
    reports = 'build/tests/reports.txt'
    covered = ('build/coverage/unit', 'build/coverage/play', CHAINS)
    return [
        Suite('lint', 'lint', python('tests/lint/run.py'), (NPM,)),
        Suite('imports', 'lint', unittest('tests.structure.test_imports'), ()),
        Suite('core', 'core', ['build/tests/unit', CERTIFICATES], ('build/tests/unit', CHAINS)),
        Suite(
            'core-openssl',
            'core',
            python('tests/core/test_judge_openssl.py', JUDGE, CERTIFICATES),
            (JUDGE, CHAINS),
        ),
        Suite('core-suites', 'core', python('tests/core/test_judge_suites.py', JUDGE), (JUDGE,)),
        Suite(
            'tls-servers',
            'core',
            python(
                'tests/tls_servers/test_tls_servers.py',
                f'{SERVERS}/client',
                SERVERS,
                CERTIFICATES,
            ),
            (f'{SERVERS}/client', f'{SERVERS}/wolfssl', f'{SERVERS}/mbedtls', CHAINS),
        ),
        Suite('transcripts', 'core', [play, CERTIFICATES, *transcripts], (play, CHAINS)),
        Suite(
            'transcripts-complete',
            'core',
            python('tests/core/check_transcripts.py', TABLES, 'tests/transcripts'),
            (TABLES,),
        ),
        Suite(
            'core-coverage',
            'core',
            python('tests/core/coverage.py', 'build/coverage', CERTIFICATES, *transcripts),
            covered,
        ),
        Suite(
            'fuzz', 'fuzz', python('tests/fuzz/run.py', 'build/fuzz', FUZZ_SECONDS), ('fuzzers',)
        ),
        Suite('wasm', 'wasm', node('tests/core/test_core.mjs'), (*WASM, CHAINS)),
        Suite(
            'transcripts-wasm',
            'wasm',
            ['node', 'tests/core/play.mjs', CERTIFICATES, reports, *transcripts],
            (*WASM, CHAINS, reports),
        ),
        Suite(
            'transcripts-chromium',
            'browser',
            node('tests/e2e/transcripts.test.mjs'),
            (*WASM, CHAINS, NPM, 'web/node_modules'),
        ),
        Suite('page', 'web', node(*files('tests/web/**/*.test.js')), (PAGE, *WASM, NPM)),
        Suite('bridge', 'bridge', unittest('discover', '-s', 'tests/bridge'), (TABLES,)),
        Suite(
            'deploy',
            'deploy',
            unittest('tests.deploy.test_deploy', 'tests.deploy.test_pyz'),
            (TABLES, 'build/dist/index.html'),
            beside='alone',
        ),
        Suite('demo', 'bridge', unittest(*demo), (TABLES, PAGE)),
        Suite(
            'check-node',
            'bridge',
            node('tests/e2e/check.test.mjs'),
            (PAGE, *WASM, NPM),
            beside='browser',
        ),
        # Each has a demo and a Chromium of its own.
        *(
            browser(name)
            for name in (
                'demo',
                'next-step',
                'vantages',
                'page',
                'in-charge',
                'typed',
                'sign-in',
                'thread',
                'saved',
                'locales',
                'embed',
                'providers',
                'our-side',
                'dist',
                'shots',
                'firefox',
            )
        ),
        Suite(
            'lab',
            'lab',
            unittest('tests.lab.test_lab'),
            (DRIVE, TABLES),
            as_root=True,
            beside='alone',
        ),
        browser('lab', DRIVE, as_root=True, beside='alone'),
    ]


def count(output: str, status: int) -> tuple[Counts, str]:
    """What a suite counted, and what is wrong with how it closed."""
    found = CLOSING.findall(output)
    if len(found) != 1:
        return Counts(failed=1), f'ended with {status} and {len(found)} closing lines'
    counts = Counts(*map(int, found[0]))
    if (status != 0) != (counts.failed > 0):
        return Counts(counts.passed, max(counts.failed, 1), counts.skipped), f'ended with {status}'
    if counts == Counts():
        return Counts(failed=1), 'ran no test'
    return counts, ''


def run(suite: Suite) -> Counts:
    command = suite.command
    if suite.as_root and os.geteuid() != 0:
        command = ['sudo', *command]
    began = time.monotonic()
    done = subprocess.run(
        ['timeout', str(TIME_LIMIT_SECONDS), *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors='replace',
        check=False,
    )
    counts, wrong = count(done.stdout, done.returncode)
    said = [f'\n=== {suite.name}', done.stdout.rstrip()]
    if wrong:
        said.append(f'{suite.name} {wrong}')
    said.append(f'=== {suite.name}: {counts} ({time.monotonic() - began:.0f} s)')
    print('\n'.join(said), flush=True)
    return counts


def run_all(wanted: list[Suite]) -> dict[str, Counts]:
    results = {}
    for beside, at_once in (('many', os.cpu_count()), ('browser', BROWSERS_AT_ONCE), ('alone', 1)):
        suites_of_it = [suite for suite in wanted if suite.beside == beside]
        with ThreadPoolExecutor(at_once) as pool:
            names = (suite.name for suite in suites_of_it)
            results.update(zip(names, pool.map(run, suites_of_it), strict=True))
    return results


def main() -> int:
    known = suites()
    parser = argparse.ArgumentParser()
    parser.add_argument('--needs', action='store_true')
    parser.add_argument('--room', choices=sorted({suite.room for suite in known}))
    parser.add_argument('names', nargs='*', metavar='SUITE')
    options = parser.parse_args()
    unknown = set(options.names) - {suite.name for suite in known}
    if unknown:
        there_are = ', '.join(suite.name for suite in known)
        print(
            f'no such suite: {", ".join(sorted(unknown))}; there are: {there_are}', file=sys.stderr
        )
        return 2
    wanted = [
        suite
        for suite in known
        if options.room in (None, suite.room) and (not options.names or suite.name in options.names)
    ]
    if options.needs:
        print(*dict.fromkeys(need for suite in wanted for need in suite.needs))
        return 0
    results = run_all(wanted)
    total = Counts()
    for counts in results.values():
        total.add(counts)
    bad = [name for name, counts in results.items() if counts.failed]
    if bad:
        print(f'\nFailed: {", ".join(bad)}')
    print(f'\n{total}')
    return 1 if bad or total == Counts() else 0


if __name__ == '__main__':
    sys.exit(main())
