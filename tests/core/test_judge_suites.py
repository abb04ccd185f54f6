"""`judge` against public path-validation suites: thousands of chains with their verdicts.

    CHAIN_SUITES=chains.txt.gz test_judge_suites.py JUDGE

The file is not part of this repository; without it the test is skipped. It holds blocks of lines,
each `key value`, ended by `end`: case, class, expect ACCEPT|REJECT, floor 1 where the suites,
OpenSSL and others agree, skip (`-` or why a case is not about a server's chain), name DNS|IP VALUE,
time UNIX (0: now), ta and cert with base64 DER, the end-entity first.
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
from datetime import UTC, datetime
from pathlib import Path

# A common name is for reading only: nobody compares it with a host any more (RFC 9525 6.1), so it
# cannot mislead. OpenSSL, Go and NSS accept all of these, and the suites themselves expect it
# elsewhere (rfc5280::nc::permitted-dns-match-more and 75 cases of bettertls::nameconstraints).
COMMON_NAME = 'a common name that is not among the names; no mail app looks at it'
# Cases where our verdict is not the suite's: what we say, and why that is right. Each is named, so
# that one more of its kind is a failure. What we say of it, OpenSSL 3.0 says too, unless noted.
EXPLAINED = {
    **{
        f'limbo::webpki::cn::{case}': ('ACCEPT', COMMON_NAME)
        for case in (
            'case-mismatch',
            'ipv4-hex-mismatch',
            'ipv4-leading-zeros-mismatch',
            'ipv6-non-rfc5952-mismatch',
            'ipv6-uncompressed-mismatch',
            'ipv6-uppercase-mismatch',
            'not-in-san',
            'punycode-not-in-san',
            'utf8-vs-punycode-mismatch',
        )
    },
    'limbo::webpki::eku::ee-without-eku': (
        'ACCEPT',
        'without an extended key usage a key is for everything (RFC 5280 4.2.1.12), as most'
        ' home-made certificates are; rfc5280::eku::ee-without-eku expects the opposite',
    ),
    'limbo::rfc5280::nc::permitted-dns-match-noncritical': (
        'ACCEPT',
        'name constraints are obeyed, critical or not; the CA/Browser Forum allows both'
        ' (7.1.2.5.2), and webpki::nc::permitted-dns-match-noncritical expects the opposite',
    ),
    'limbo::rfc5280::ski::root-missing-ski': (
        'ACCEPT',
        'only a root lacks it, whose key is trusted as it is; TWCA Global Root CA, in every'
        " store, lacks it too (OpenSSL's -x509_strict refuses)",
    ),
    'limbo::rfc5280::root-non-critical-basic-constraints': (
        'ACCEPT',
        'only in a root; Go Daddy Class 2, Starfield Class 2 and ePKI, in every store, are made'
        " like this (OpenSSL's -x509_strict refuses)",
    ),
    'limbo::webpki::san::public-suffix-private-namespace-wildcard-san': (
        'ACCEPT',
        '*.s3.amazonaws.com belongs to one owner, who may have such a certificate (CA/Browser'
        ' Forum 3.2.2.6); the wildcards that registries sell below are told',
    ),
    'limbo::pathlen::validation-ignores-pathlen-in-leaf': (
        'REJECT',
        "the server's certificate is a CA whose key may only sign certificates",
    ),
    'limbo::rfc5280::ca-as-leaf': (
        'REJECT',
        "the server's certificate is a CA whose key may only sign certificates",
    ),
    'limbo::rfc5280::nc::permitted-dn-match': (
        'REJECT',
        'it names no host at all: mail apps of today refuse that (RFC 9525)',
    ),
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
    path.write_text(
        ''.join(
            f'-----BEGIN CERTIFICATE-----\n{block}\n-----END CERTIFICATE-----\n' for block in blocks
        )
    )


def judged(judge: str, case: dict, directory: Path) -> str:
    """ACCEPT or REJECT; anchors or chains that cannot be read at all are refused."""
    write_pem(directory / 'anchors.pem', case['ta'])
    write_pem(directory / 'chain.pem', case['cert'])
    at = int(case['time']) or int(time.time())
    command = [
        judge,
        '--name',
        case['name'].partition(' ')[2] or 'example.com',
        '--anchors',
        str(directory / 'anchors.pem'),
        '--time',
        datetime.fromtimestamp(at, UTC).strftime('%Y-%m-%dT%H:%M:%SZ'),
        str(directory / 'chain.pem'),
    ]
    result = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=TIME_LIMIT_SECONDS
    )
    if result.returncode not in (0, 2):
        raise RuntimeError(f'{case["id"]}: judge ended with {result.returncode}: {result.stderr}')
    return 'ACCEPT' if result.returncode == 0 and json.loads(result.stdout)['trusted'] else 'REJECT'


def wrong(case: dict, verdict: str) -> str | None:
    """Why a verdict is wrong; None where it is right, or where the difference is explained."""
    explained = EXPLAINED.get(case['id'], (case['expect'],))[0]
    if verdict == explained:
        return None
    if explained != case['expect']:
        return f'{case["id"]}: {verdict} is what the suite expects, but not what is explained here'
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
    print(f'{right + explained} passed, {len(faults)} failed, 0 skipped')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
