"""`judge` against public path-validation suites: thousands of chains with the verdict they should get.

    CHAIN_SUITES=chains.txt.gz test_judge_suites.py JUDGE

The file is not part of this repository; without it the test is skipped. It holds blocks of lines, each
`key value`, ended by `end`: case, class, expect ACCEPT|REJECT, floor 1 where the suites, OpenSSL and
others agree, skip (`-` or why a case is not about a server's chain), name DNS|IP VALUE, time UNIX
(0: now), ta and cert with base64 DER, the end-entity first.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

# Where one of the stricter profiles refuses and we accept, by class: none of it lets a stranger in.
ACCEPTED_BECAUSE = {
    'webpki::cn': 'a common name beside good SANs is not looked at, so it cannot mislead',
    'webpki::aki': "a root's own key identifiers are hints",
    'webpki::eku': 'the profile wants an extended key usage that is there, not critical, and alone',
    'webpki::san': 'a public suffix list, or the criticality of a SAN that is there',
    'webpki::profile': "sizes of keys and hints that the CA/Browser Forum's profile forbids",
    'webpki::nc': 'forms of constraints that constrain nothing',
    'rfc5280::aki': 'missing key identifiers are a duty of the CA, not of who checks',
    'rfc5280::ski': 'missing key identifiers are a duty of the CA, not of who checks',
    'rfc5280::san': 'criticality beside an empty subject; underscores in host names',
    'rfc5280::serial': 'serial numbers are the bookkeeping of the CA',
    'rfc5280::nc': 'constraints whose criticality or spelling is off are obeyed all the same',
    'rfc5280::pc': 'criticality of policy constraints',
    'rfc5280::profile': 'a root is trusted for its name and key, whatever it says of itself',
    'rfc5280::critical-ext': 'a root is trusted for its name and key, whatever it says of itself',
}
# Where we refuse what a suite accepts.
REFUSED_BECAUSE = {
    'pathlen': 'the end-entity may only sign certificates',
    'rfc5280::nc': 'no SAN for a host: mail apps of today refuse that (RFC 9525)',
    'rfc5280::profile': 'the end-entity may sign certificates without being a CA',
    'pathbuilding::branching+deprecated_crypto': 'the search ends at a bounded number of signatures',
}
# One naive search took 13.8 s on the worst of them.
TIME_LIMIT_SECONDS = 2


def cases(path: Path) -> Iterator[dict]:
    case: dict = {}
    with gzip.open(path, 'rt') as lines:
        for line in lines:
            key, _, value = line.rstrip('\n').partition(' ')
            if key == 'end':
                yield case
            elif key == 'case':
                case = {'id': value, 'ta': [], 'cert': []}
            elif key in ('ta', 'cert'):
                case[key].append(value)
            else:
                case[key] = value


def write_pem(path: Path, certificates: list[str]) -> None:
    blocks = ('\n'.join(re.findall('.{1,64}', der)) for der in certificates)
    path.write_text(''.join(
        f'-----BEGIN CERTIFICATE-----\n{block}\n-----END CERTIFICATE-----\n' for block in blocks))


def judged(judge: str, case: dict, directory: Path) -> str:
    """ACCEPT or REJECT; anchors or chains that cannot be read at all are refused."""
    write_pem(directory / 'anchors.pem', case['ta'])
    write_pem(directory / 'chain.pem', case['cert'])
    at = int(case['time']) or int(time.time())
    command = [
        judge, '--name', case['name'].partition(' ')[2] or 'example.com',
        '--anchors', str(directory / 'anchors.pem'),
        '--time', datetime.fromtimestamp(at, timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ'),
        str(directory / 'chain.pem'),
    ]
    result = subprocess.run(command, capture_output=True, text=True, timeout=TIME_LIMIT_SECONDS)
    if result.returncode not in (0, 2):
        raise RuntimeError(f'{case["id"]}: judge ended with {result.returncode}: {result.stderr}')
    return 'ACCEPT' if result.returncode == 0 and json.loads(result.stdout)['trusted'] else 'REJECT'


def wrong(case: dict, verdict: str) -> str | None:
    """Why a verdict is wrong; None where it is right, or where the difference is explained."""
    if verdict == case['expect']:
        return None
    explained = ACCEPTED_BECAUSE if verdict == 'ACCEPT' else REFUSED_BECAUSE
    if case['floor'] == '0' and case['class'] in explained:
        return None
    return f'{case["id"]} ({case["class"]}): expected {case["expect"]}'


def main(judge: str) -> int:
    path = os.environ.get('CHAIN_SUITES')
    if not path or not Path(path).is_file():
        print('# skipped: CHAIN_SUITES names no file of cases')
        print('0 passed, 0 failed, 1 skipped')
        return 0
    faults, explained, right = [], 0, 0
    with tempfile.TemporaryDirectory() as directory:
        for case in cases(Path(path)):
            if case['skip'] != '-':
                continue
            verdict = judged(judge, case, Path(directory))
            why = wrong(case, verdict)
            if why:
                faults.append(why)
            elif verdict == case['expect']:
                right += 1
            else:
                explained += 1
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f'# {right} verdicts agree, {explained} differ for a stated reason')
    print(f'{right + explained} passed, {len(faults)} failed')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
