"""A second opinion on every chain that certificates.py makes.

    test_judge_openssl.py JUDGE CERTIFICATES

What OpenSSL refuses, the core must not trust.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

TIME = datetime(2026, 6, 1, tzinfo=UTC)
HOSTS = {
    'idn': 'xn--mller-kva.example.test',
    'idn-unicode-only': 'xn--mller-kva.example.test',
    'ip-as-host': '192.0.2.1',
    'ip-san': '192.0.2.1',
    'ipv6-san': '2001:db8::1',
    'constraint-network-kept': '192.0.2.1',
    'wildcard-too-deep': 'in.mail.example.test',
}

CONSTRAINT = 'certificate-constraint-violated'
# Strict programs (Python 3.13, pyca, OpenSSL with -x509_strict, Go, …) refuse these. We say so, and
# the page calls it a note: nothing is broken.
PROFILE = 'certificate-out-of-profile'

# Where the core refuses what OpenSSL takes: the finding that says why, and its word.
STRICTER = {
    'anchor-for-servers': f'{PROFILE} trust-anchor',
    'anchor-unidentified': f'{PROFILE} trust-anchor',
    'any-purpose-too': f'{PROFILE} purpose',
    'authority-info-malformed': 'certificate-malformed extension',  # Go reads no such certificate
    'ca-as-server': f'{CONSTRAINT} ca-as-server',
    'constraint-mail-address': f'{CONSTRAINT} name',  # not a kind it can compare
    'constraint-wildcard': f'{CONSTRAINT} name',  # a host the wildcard covers
    'constraint-with-a-dot': f'{PROFILE} name-constraints',
    'ec-192': 'certificate-key-weak',
    'ed25519-issuer-parameters': 'certificate-malformed signature-algorithm',  # RFC 8410 3
    'ed448-issuer': 'beyond-our-reach signature',
    'idn-unicode': f'{PROFILE} name-form',
    'issuer-in-capitals': 'certificate-unknown-issuer',  # names are compared byte by byte
    'issuer-exponent-long': 'beyond-our-reach signature',  # more than LIMIT_RSA_EXPONENT
    'issuer-key-weak': 'certificate-key-weak',
    'issuer-past-the-limit': 'beyond-our-reach chain',  # more than LIMIT_CERTIFICATES
    'issuer-signature-weak': 'certificate-signature-weak',
    'issuer-uncritical': f'{PROFILE} basic-constraints',
    'issuer-without-key-identifiers': f'{PROFILE} authority-key-identifier',
    'issuer-without-key-usage': f'{PROFILE} key-usage',
    'key-weak': 'certificate-key-weak',
    'long-chain': 'beyond-our-reach chain',  # more than LIMIT_PATH
    'mail-address-only': 'certificate-without-san',
    'names-critical': f'{PROFILE} alternative-names',
    'path-length-without-ca': f'{CONSTRAINT} basic-constraints',
    'policy-constraints': f'{PROFILE} policy-constraints',
    'public-suffix': f'{PROFILE} public-suffix',
    'purpose-critical': f'{PROFILE} purpose',
    'rsa-exponent-long': f'{PROFILE} key-size',
    'rsa-exponent-of-one': 'certificate-malformed key',
    'rsa-odd-size': f'{PROFILE} key-size',
    'rsa-pss-all-left-out': 'certificate-signature-weak',
    'rsa-pss-sha1': 'certificate-signature-weak',
    'rsa-pss-sha3': 'beyond-our-reach signature',
    'rsa-pss-two-hashes': 'beyond-our-reach signature',
    'serial-long': f'{PROFILE} serial-number',
    'serial-negative': f'{PROFILE} serial-number',
    'serial-zero': f'{PROFILE} serial-number',
    'signature-md5': 'certificate-signature-weak',
    'signature-sha1-rsa': 'certificate-signature-weak',
    'signature-weak': 'certificate-signature-weak',
    'subject-empty-names-uncritical': f'{PROFILE} alternative-names',
    'subject-misspelled': f'{PROFILE} name-strings',
    'too-many-extensions': 'beyond-our-reach certificate-size',  # more than LIMIT_EXTENSIONS
    'underscore': f'{PROFILE} name-form',
    'unreadable-extra': 'certificate-malformed extension',  # nor this one, which ends a handshake
    'version-1': f'{PROFILE} version',
    'wildcard-inside-a-label': 'certificate-name-mismatch',  # RFC 9525 6.3
    'without-key-identifiers': f'{PROFILE} authority-key-identifier',
    'without-san': 'certificate-without-san',
}

# Where OpenSSL refuses what the core trusts, each with the reason why that is right.
LENIENT = {
    'anchor-in-the-middle': 'the operator trusts an authority that is no root (RFC 5280 6.1.1 d);'
    ' Go, NSS and OpenSSL with -partial_chain take it',
    'cross-signed': 'OpenSSL follows the first issuer that fits and never turns back (RFC 4158'
    ' 2.4); the note about the order of the chain says that some programs fail here',
}

# … and what OpenSSL only refuses with -x509_strict.
LENIENT_STRICT = {
    'anchor-uncritical': 'roots in every store say so too (Go Daddy and Starfield Class 2, ePKI)',
    'anchor-without-key-identifiers': 'a root in every store has none (TWCA Global Root CA)',
    'anchor-version-1': 'a root of before there were extensions is trusted for its name and key',
}


def anchors_of(chain: Path) -> Path:
    own = chain.with_suffix('.anchor')
    return own if own.exists() else chain.with_name('root.pem')


def judge(program: str, chain: Path, host: str) -> tuple[bool, list[str]]:
    done = subprocess.run(
        [
            program,
            '--name',
            host,
            '--anchors',
            anchors_of(chain),
            '--time',
            TIME.strftime('%Y-%m-%dT%H:%M:%SZ'),
            chain,
        ],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    verdict = json.loads(done.stdout)
    return verdict['trusted'], [told(finding) for finding in verdict['findings']]


def told(finding: dict) -> str:
    """A finding's id, and the word that tells which of its kinds it is."""
    args = finding['args']
    words = [args[key] for key in ('constraint', 'rule', 'reason', 'part') if key in args]
    return ' '.join([finding['id'], *words])


def openssl(chain: Path, host: str, *options: str) -> tuple[bool, str]:
    by_name = '-verify_ip' if host[0].isdigit() else '-verify_hostname'
    done = subprocess.run(
        [
            'openssl',
            'verify',
            '-no-CApath',
            '-no-CAstore',
            '-CAfile',
            anchors_of(chain),
            '-untrusted',
            chain,
            '-attime',
            str(int(TIME.timestamp())),
            '-purpose',
            'sslserver',
            # What is weak is ours to say; it must not hide what else OpenSSL has to say.
            '-auth_level',
            '0',
            by_name,
            host,
            *options,
            chain,
        ],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
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
    missing = (
        STRICTER.keys() | LENIENT.keys() | LENIENT_STRICT.keys() | HOSTS.keys()
    ) - chains.keys()
    failed = len(missing)
    for name in missing:
        print(f'{name}: no such chain', file=sys.stderr)
    for name, path in chains.items():
        host = HOSTS.get(name, 'mail.example.test')
        trusted, found = judge(program, path, host)
        wrong = compare(name, trusted, found, *openssl(path, host))
        if not wrong and trusted and name not in LENIENT:
            accepted, why = openssl(path, host, '-x509_strict')
            if accepted == (name in LENIENT_STRICT):
                wrong = f'trusted; strict OpenSSL {"takes it" if accepted else why}'
        if wrong:
            failed += 1
            print(f'{name}: {wrong}', file=sys.stderr)
    print(f'{len(chains) + len(missing) - failed} passed, {failed} failed, 0 skipped')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
