"""A second opinion on every chain that certificates.py makes: what OpenSSL refuses, the core must not
trust. `test_judge_openssl.py JUDGE CERTIFICATES`."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

TIME = datetime(2026, 6, 1, tzinfo=timezone.utc)
HOSTS = {
    'ip-san': '192.0.2.1',
    'ipv6-san': '2001:db8::1',
    'constraint-network-kept': '192.0.2.1',
}

# Where the core refuses what OpenSSL takes: the finding that says why.
STRICTER = {
    'ca-as-server': 'certificate-constraint-violated',
    'constraint-mail-address': 'certificate-constraint-violated',  # not a kind it can compare
    'constraint-wildcard': 'certificate-constraint-violated',  # a host the wildcard covers
    'ed25519-issuer': 'beyond-our-reach',
    'issuer-in-capitals': 'certificate-unknown-issuer',  # names are compared byte by byte
    'key-weak': 'certificate-key-weak',
    'long-chain': 'certificate-incomplete-chain',  # more than LIMIT_CERTIFICATES
    'mail-address-only': 'certificate-without-san',
    'signature-weak': 'certificate-signature-weak',
    'wildcard-inside-a-label': 'certificate-name-mismatch',  # RFC 9525 6.3
    'without-san': 'certificate-without-san',
}

# Where OpenSSL refuses what the core trusts, each with the reason why that is right.
LENIENT = {
    'cross-signed': 'OpenSSL follows the first issuer that fits and never turns back (RFC 4158 2.4)',
}


def judge(program: str, directory: Path, chain: Path, host: str) -> tuple[bool, list[str]]:
    done = subprocess.run(
        [program, '--name', host, '--anchors', directory / 'root.pem',
         '--time', TIME.strftime('%Y-%m-%dT%H:%M:%SZ'), chain],
        check=True, capture_output=True, text=True, timeout=60)
    verdict = json.loads(done.stdout)
    return verdict['trusted'], [finding['id'] for finding in verdict['findings']]


def openssl(directory: Path, chain: Path, host: str) -> tuple[bool, str]:
    by_name = '-verify_ip' if host[0].isdigit() else '-verify_hostname'
    done = subprocess.run(
        ['openssl', 'verify', '-no-CApath', '-no-CAstore', '-CAfile', directory / 'root.pem',
         '-untrusted', chain, '-attime', str(int(TIME.timestamp())), '-purpose', 'sslserver',
         # What is weak is ours to say; it must not hide what else OpenSSL has to say.
         '-auth_level', '0', by_name, host, chain],
        capture_output=True, text=True, timeout=60)
    return done.returncode == 0, ' '.join(done.stderr.split())


def compare(name: str, trusted: bool, found: list[str], accepted: bool, why: str) -> str | None:
    """What is wrong with a pair of verdicts, or None."""
    if trusted and not accepted:
        return None if name in LENIENT else f'trusted, but OpenSSL refuses it: {why}'
    if name in LENIENT:
        return 'is listed as lenient, but is not'
    if accepted and not trusted:
        if name not in STRICTER:
            return f'refused ({" ".join(found)}), but OpenSSL takes it'
        return None if STRICTER[name] in found else f'refused for {" ".join(found)} instead'
    return 'is listed as stricter, but is not' if name in STRICTER else None


def main(program: str, certificates: str) -> int:
    directory = Path(certificates)
    chains = {path.stem: path for path in sorted(directory.glob('*.pem')) if path.stem != 'root'}
    missing = (STRICTER.keys() | LENIENT.keys() | HOSTS.keys()) - chains.keys()
    failed = len(missing)
    for name in missing:
        print(f'{name}: no such chain', file=sys.stderr)
    for name, path in chains.items():
        host = HOSTS.get(name, 'mail.example.test')
        wrong = compare(name, *judge(program, directory, path, host), *openssl(directory, path, host))
        if wrong:
            failed += 1
            print(f'{name}: {wrong}', file=sys.stderr)
    print(f'{len(chains) + len(missing) - failed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
