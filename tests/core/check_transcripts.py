"""Every finding that a conversation can make is made by some transcript, and no transcript names
another: `check_transcripts.py TABLES.JSON TRANSCRIPTS-DIRECTORY`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

PHASES = ('resolve', 'connect', 'greeting', 'capability', 'starttls', 'handshake', 'certificate')

# Findings of these phases that no transcript can bring about, each with the reason.
ELSEWHERE = {
    'clock-wrong': 'found by the page, which asks another clock',
    'clock-unconfirmed': 'found by the page, which asked no other clock',
    'tls13-only': 'found by checks that spoke no TLS 1.3',
}


def findings_of(path: Path) -> set[str]:
    for line in path.read_text('latin-1').splitlines():
        if line.startswith('findings: '):
            return set(line.removeprefix('findings: ').split()) - {'none'}
    raise ValueError(f'{path}: no line "findings: …"')


def problems(tables: dict, transcripts: dict[str, set[str]]) -> dict[str, str]:
    """What is wrong, by the id or file that it is about."""
    phase_of = {row['id']: row['phase'] for row in tables['diagnoses']}
    seen = set().union(*transcripts.values())
    found = {}
    for identifier, phase in phase_of.items():
        if phase not in PHASES:
            continue
        if identifier in ELSEWHERE and identifier in seen:
            found[identifier] = 'has a transcript, and so needs no exception'
        elif identifier not in ELSEWHERE and identifier not in seen:
            found[identifier] = 'has no transcript'
    for name, identifiers in transcripts.items():
        unknown = sorted(identifiers - phase_of.keys())
        if unknown:
            found[name] = f'names unknown findings: {" ".join(unknown)}'
    for identifier in ELSEWHERE.keys() - phase_of.keys():
        found[identifier] = 'is an exception, but no finding'
    return found


def main(tables_path: str, directory: str) -> int:
    tables = json.loads(Path(tables_path).read_text())
    files = sorted(Path(directory).glob('*.txt'))
    if not files:
        print(f'{directory}: no transcripts', file=sys.stderr)
        return 2
    found = problems(tables, {path.name: findings_of(path) for path in files})
    for what, why in found.items():
        print(f'{what} {why}', file=sys.stderr)
    checked = len(files) + sum(row['phase'] in PHASES for row in tables['diagnoses'])
    print(f'{checked - len(found)} passed, {len(found)} failed, 0 skipped')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
