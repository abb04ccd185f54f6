"""The core's TLS against servers that others made: suite by group by signature by server.

    test_tls_servers.py CLIENT SERVERS CERTIFICATES [SERVER…]

CLIENT is the program of client.c, SERVERS the folder of those made of wolfssl.c and mbedtls.c; with
names of servers only those are tried. Every case starts a server on loopback, has a handshake with
it, says a line and hears one, and compares what was agreed with what the server was told to want. A
server whose program is not installed is skipped by name.
"""

from __future__ import annotations

import itertools
import json
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HOST = 'mail.example.test'
TIME = '2026-06-01T00:00:00Z'
# Several times what the slowest takes on a busy machine.
PATIENCE_SECONDS = 60
NODE = Path(__file__).parent / 'node.mjs'

AES128, AES256, CHACHA = (
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
)
SUITES = (CHACHA, AES128, AES256)
GROUPS = ('x25519', 'secp256r1', 'secp384r1', 'secp521r1')

# Chain → the signature schemes that go with its key in TLS 1.3, and beside them in TLS 1.2.
KEYS = {
    'good': ('rsa_pss_rsae_sha256', 'rsa_pss_rsae_sha384', 'rsa_pss_rsae_sha512'),
    'rsa-pss-key': ('rsa_pss_pss_sha256', 'rsa_pss_pss_sha384', 'rsa_pss_pss_sha512'),
    'ec': ('ecdsa_secp256r1_sha256',),
    'ec-384': ('ecdsa_secp384r1_sha384',),
    'ec-521': ('ecdsa_secp521r1_sha512',),
    'ed25519': ('ed25519',),
}
OLDER = {'good': ('rsa_pkcs1_sha256', 'rsa_pkcs1_sha384', 'rsa_pkcs1_sha512')}


@dataclass(frozen=True)
class Case:
    """`wants` is what the server is told; what is not in `expected` need only be there."""

    server: str
    label: str
    command: list[str]
    expected: dict
    arguments: tuple[str, ...] = ()
    heard: str = 'hello\n'
    # What is typed at the server's keyboard, each text when it has shown another.
    typed: tuple[tuple[str, str], ...] = ()


@dataclass
class Lab:
    client: str
    servers: Path
    certificates: Path
    home: Path

    @property
    def issuer(self) -> str:
        """The second certificate of every chain."""
        path = self.home / 'issuer.pem'
        if not path.exists():
            begin = '-----BEGIN'
            path.write_text(begin + (self.certificates / 'good.pem').read_text().split(begin)[2])
        return str(path)

    def chain(self, key: str) -> str:
        return str(self.certificates / f'{key}.pem')

    def key(self, key: str) -> str:
        return str(self.certificates / f'{key}.key')


def free_port() -> int:
    """Below those that systems give to clients, which come and go."""
    while True:
        port = random.randrange(20000, 32000)
        with socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                one.bind(('', port))
            except OSError:
                continue
            return port


def agreed(version: str, suite: str = '', group: str = '', scheme: str = '', **more) -> dict:
    wanted = {'version': version, 'complete': True, 'trusted': True, 'findings': [], **more}
    named = {'suite': suite, 'group': group, 'scheme': scheme}
    if version == 'TLS 1.3':
        wanted.setdefault('retried', group not in ('', 'x25519'))
    return wanted | {key: value for key, value in named.items() if value}


# --- OpenSSL --------------------------------------------------------------------------------------

OPENSSL_GROUPS = {
    'x25519': 'X25519',
    'secp256r1': 'P-256',
    'secp384r1': 'P-384',
    'secp521r1': 'P-521',
}
OPENSSL_SCHEMES = {
    'rsa_pkcs1_sha256': 'RSA+SHA256',
    'rsa_pkcs1_sha384': 'RSA+SHA384',
    'rsa_pkcs1_sha512': 'RSA+SHA512',
    'ecdsa_secp256r1_sha256': 'ECDSA+SHA256',
    'ecdsa_secp384r1_sha384': 'ECDSA+SHA384',
    'ecdsa_secp521r1_sha512': 'ECDSA+SHA512',
}
# Of TLS 1.2, with the key that each goes with.
OPENSSL_OLDER = {
    'ECDHE-RSA-CHACHA20-POLY1305': ('good', 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'),
    'ECDHE-RSA-AES128-GCM-SHA256': ('good', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'),
    'ECDHE-RSA-AES256-GCM-SHA384': ('good', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'),
    'ECDHE-RSA-AES128-SHA256': ('good', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256'),
    'ECDHE-RSA-AES256-SHA': ('good', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA'),
    'ECDHE-ECDSA-CHACHA20-POLY1305': ('ec', 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256'),
    'ECDHE-ECDSA-AES256-GCM-SHA384': ('ec', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'),
    'ECDHE-ECDSA-AES128-CCM8': ('ec', 'TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8'),
    'AES128-GCM-SHA256': ('good', 'TLS_RSA_WITH_AES_128_GCM_SHA256'),
}


def openssl_cases(lab: Lab) -> list[Case]:
    def case(label: str, key: str, options: list[str], expected: dict, **more) -> Case:
        command = ['openssl', 's_server', '-accept', '127.0.0.1:{port}']
        command += ['-cert', lab.chain(key), '-key', lab.key(key), '-cert_chain', lab.issuer]
        if not more.get('typed'):
            command += ['-rev', '-quiet']
            more.setdefault('heard', 'olleh\n')
        return Case('OpenSSL', f'{label}, {key}', command + options, expected, **more)

    cases = []
    keys = itertools.cycle(KEYS)
    for suite, group in itertools.product(SUITES, GROUPS):
        options = ['-tls1_3', '-ciphersuites', suite, '-groups', OPENSSL_GROUPS[group]]
        cases.append(
            case(f'{suite}, {group}', next(keys), options, agreed('TLS 1.3', suite, group))
        )
    for version, newest in (('TLS 1.3', True), ('TLS 1.2', False)):
        for key, schemes in KEYS.items():
            for scheme in (*schemes, *(() if newest else OLDER.get(key, ()))):
                options = ['-tls1_3' if newest else '-tls1_2']
                options += ['-sigalgs', OPENSSL_SCHEMES.get(scheme, scheme)]
                cases.append(
                    case(f'{version}, {scheme}', key, options, agreed(version, scheme=scheme))
                )
    for cipher, (key, suite) in OPENSSL_OLDER.items():
        options = ['-tls1_2', '-cipher', f'{cipher}:@SECLEVEL=0']
        cases.append(case(suite, key, options, agreed('TLS 1.2', suite)))
    for group in GROUPS[1:]:
        options = ['-tls1_2', '-groups', OPENSSL_GROUPS[group]]
        cases.append(case(f'TLS 1.2, {group}', 'good', options, agreed('TLS 1.2', group=group)))
    for version, option in (('TLS 1.0', '-tls1'), ('TLS 1.1', '-tls1_1')):
        options = [option, '-cipher', 'ALL:@SECLEVEL=0']
        cases += [case(version, key, options, agreed(version)) for key in ('good', 'ec')]
    newest = agreed('TLS 1.3')
    for label, options, expected in (
        ('all versions', [], agreed('TLS 1.3', group='x25519')),
        ('its own order', ['-serverpref'], newest),
        ('without boxes in mind', ['-tls1_3', '-no_middlebox'], newest),
        ('wants our certificate', ['-tls1_3', '-verify', '1'], agreed('TLS 1.3', wanted=True)),
        ('wants our certificate', ['-tls1_2', '-verify', '1'], agreed('TLS 1.2', wanted=True)),
        ('has a PSK', ['-tls1_3', '-psk', '1a2b3c4d'], newest),
        ('no tickets', ['-tls1_3', '-num_tickets', '0'], newest),
        ('many tickets', ['-tls1_3', '-num_tickets', '12'], newest),
        ('padding', ['-tls1_3', '-record_padding', '1000'], newest),
        ('fragments', ['-tls1_3', '-max_send_frag', '512'], newest),
        ('fragments', ['-tls1_2', '-max_send_frag', '512'], agreed('TLS 1.2')),
    ):
        cases.append(case(label, 'good', options, expected))
    # K: new keys for both sides. It says so when the client has answered with its own.
    typed = (('hello', 'K\n'), ('Read BLOCK', 'hello\n'))
    cases.append(case('new keys', 'ec', ['-tls1_3'], newest, typed=typed))
    for step in ('1', '7'):
        for option in ('-tls1_3', '-tls1_2'):
            cases.append(
                case(
                    f'in steps of {step}',
                    'good',
                    [option],
                    agreed('TLS 1.3' if option == '-tls1_3' else 'TLS 1.2'),
                    arguments=(f'step={step}',),
                )
            )
    cases.append(case('a plain hello', 'good', [], agreed('TLS 1.2'), arguments=('plain',)))
    return cases


# --- GnuTLS ---------------------------------------------------------------------------------------

GNUTLS_SUITES = {CHACHA: 'CHACHA20-POLY1305', AES128: 'AES-128-GCM', AES256: 'AES-256-GCM'}
GNUTLS_GROUPS = {
    'x25519': 'X25519',
    'secp256r1': 'SECP256R1',
    'secp384r1': 'SECP384R1',
    'secp521r1': 'SECP521R1',
}
GNUTLS_SCHEMES = {
    'rsa_pss_rsae_sha256': 'RSA-PSS-RSAE-SHA256',
    'rsa_pss_rsae_sha384': 'RSA-PSS-RSAE-SHA384',
    'rsa_pss_rsae_sha512': 'RSA-PSS-RSAE-SHA512',
    'rsa_pss_pss_sha256': 'RSA-PSS-SHA256',
    'rsa_pss_pss_sha384': 'RSA-PSS-SHA384',
    'rsa_pss_pss_sha512': 'RSA-PSS-SHA512',
    'rsa_pkcs1_sha256': 'RSA-SHA256',
    'rsa_pkcs1_sha384': 'RSA-SHA384',
    'rsa_pkcs1_sha512': 'RSA-SHA512',
    'ecdsa_secp256r1_sha256': 'ECDSA-SECP256R1-SHA256',
    'ecdsa_secp384r1_sha384': 'ECDSA-SECP384R1-SHA384',
    'ecdsa_secp521r1_sha512': 'ECDSA-SECP521R1-SHA512',
    'ed25519': 'EDDSA-ED25519',
}
# TLS 1.2 has no schemes of one curve.
GNUTLS_OLDER = {
    'ecdsa_secp256r1_sha256': 'ECDSA-SHA256',
    'ecdsa_secp384r1_sha384': 'ECDSA-SHA384',
    'ecdsa_secp521r1_sha512': 'ECDSA-SHA512',
}


def gnutls_cases(lab: Lab) -> list[Case]:
    def case(label: str, key: str, priority: str, expected: dict, *options: str) -> Case:
        command = ['gnutls-serv', '--echo', '--quiet', '--port', '{port}']
        command += ['--x509certfile', lab.chain(key), '--x509keyfile', lab.key(key)]
        command += ['--priority', priority, *(options or ('--disable-client-cert',))]
        return Case('GnuTLS', f'{label}, {key}', command, expected)

    newest, older = 'NORMAL:-VERS-ALL:+VERS-TLS1.3', 'NORMAL:-VERS-ALL:+VERS-TLS1.2'
    cases = []
    for suite, group in itertools.product(SUITES, GROUPS):
        priority = f'{newest}:-CIPHER-ALL:+{GNUTLS_SUITES[suite]}'
        priority += f':-GROUP-ALL:+GROUP-{GNUTLS_GROUPS[group]}'
        cases.append(case(f'{suite}, {group}', 'ec', priority, agreed('TLS 1.3', suite, group)))
    for version, base in (('TLS 1.3', newest), ('TLS 1.2', older)):
        for key, schemes in KEYS.items():
            for scheme in (*schemes, *(() if base == newest else OLDER.get(key, ()))):
                names = GNUTLS_SCHEMES | (GNUTLS_OLDER if base == older else {})
                cases.append(
                    case(
                        f'{version}, {scheme}',
                        key,
                        f'{base}:-SIGN-ALL:+SIGN-{names[scheme]}',
                        agreed(version, scheme=scheme),
                    )
                )
    cases.append(case('all versions', 'good', 'NORMAL', agreed('TLS 1.3')))
    for version, priority in (('TLS 1.3', newest), ('TLS 1.2', older)):
        # Without an option of its own it asks for a certificate.
        cases.append(
            case('wants ours', 'ec', priority, agreed(version, wanted=True), '--verify-client-cert')
        )
    cases.append(
        case('fragments', 'good', newest, agreed('TLS 1.3'), '--recordsize', '512', '--nocookie')
    )
    return cases


# --- NSS ------------------------------------------------------------------------------------------

NSS_SUITES = {CHACHA: ':1303', AES128: ':1301', AES256: ':1302'}
NSS_GROUPS = {'x25519': 'x25519', 'secp256r1': 'P256', 'secp384r1': 'P384', 'secp521r1': 'P521'}
NSS_OLDER = {
    ':C02F': 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    ':CCA8': 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
    ':C013': 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
}


def nss_database(lab: Lab, key: str) -> str:
    """One for each key: a database has one name for all certificates of a subject."""
    place = lab.home / f'nss-{key}'
    if not place.exists():
        place.mkdir()
        bundle = str(place / 'bundle.p12')
        run(['certutil', '-N', '-d', f'sql:{place}', '--empty-password'])
        export = ['openssl', 'pkcs12', '-export', '-passout', 'pass:x', '-name', 'server']
        run([*export, '-in', lab.chain(key), '-inkey', lab.key(key), '-out', bundle])
        run(['pk12util', '-d', f'sql:{place}', '-i', bundle, '-W', 'x', '-K', ''])
    return f'sql:{place}'


def nss_cases(lab: Lab) -> list[Case]:
    def case(label: str, key: str, version: str, options: list[str], expected: dict) -> Case:
        command = ['selfserv', '-p', '{port}', '-d', nss_database(lab, key)]
        command += ['-e' if key.startswith('ec') else '-n', 'server', '-V', f'{version}:{version}']
        # It is a web server.
        return Case(
            'NSS',
            f'{label}, {key}',
            [*command, *options],
            expected,
            arguments=('say=GET / HTTP/1.0\r\n\r\n',),
            heard='HTTP/1.0 200 OK\r\n',
        )

    cases = []
    for suite, group in itertools.product(SUITES, GROUPS):
        options = ['-c', NSS_SUITES[suite], '-I', NSS_GROUPS[group]]
        key = 'ec' if group == 'secp256r1' else 'good'
        # The curve of the key has to be among the groups.
        cases.append(
            case(f'{suite}, {group}', key, 'tls1.3', options, agreed('TLS 1.3', suite, group))
        )
    for key in ('good', 'ec', 'ec-384', 'ec-521'):
        for scheme in (*KEYS[key], *OLDER.get(key, ())):
            for version, word in (('TLS 1.3', 'tls1.3'), ('TLS 1.2', 'tls1.2')):
                if version == 'TLS 1.2' or scheme in KEYS[key]:
                    cases.append(
                        case(
                            f'{version}, {scheme}',
                            key,
                            word,
                            ['-J', scheme],
                            agreed(version, scheme=scheme),
                        )
                    )
    for cipher, suite in NSS_OLDER.items():
        cases.append(case(suite, 'good', 'tls1.2', ['-c', cipher], agreed('TLS 1.2', suite)))
    cases.append(case('wants ours', 'good', 'tls1.3', ['-r'], agreed('TLS 1.3', wanted=True)))
    return cases


# --- Node, wolfSSL, mbedTLS, Botan ----------------------------------------------------------------


def node_cases(lab: Lab) -> list[Case]:
    def case(label: str, key: str, options: dict, expected: dict) -> Case:
        settings = {'cert': lab.chain(key), 'key': lab.key(key), **options}
        command = ['node', str(NODE), '{port}', json.dumps(settings)]
        return Case('Node', f'{label}, {key}', command, expected)

    cases = []
    for suite, key in zip(SUITES, ('good', 'ec', 'ed25519'), strict=True):
        options = {'ciphers': suite, 'minVersion': 'TLSv1.3'}
        cases.append(case(suite, key, options, agreed('TLS 1.3', suite)))
    for group in GROUPS:
        options = {'ecdhCurve': OPENSSL_GROUPS[group]}
        cases.append(case(group, 'ec-384', options, agreed('TLS 1.3', group=group)))
    cases.append(case('as it comes', 'good', {}, agreed('TLS 1.3')))
    cases.append(case('as it comes', 'rsa-pss-key', {}, agreed('TLS 1.3')))
    for key in ('good', 'rsa-pss-key', 'ed25519', 'ec-521'):
        options = {'maxVersion': 'TLSv1.2'}
        cases.append(case('TLS 1.2', key, options, agreed('TLS 1.2')))
    options = {'requestCert': True, 'rejectUnauthorized': False}
    cases.append(case('wants ours', 'good', options, agreed('TLS 1.3', wanted=True)))
    return cases


WOLFSSL_SUITES = {
    CHACHA: 'TLS13-CHACHA20-POLY1305-SHA256',
    AES128: 'TLS13-AES128-GCM-SHA256',
    AES256: 'TLS13-AES256-GCM-SHA384',
}
GROUP_NUMBERS = {'x25519': '29', 'secp256r1': '23', 'secp384r1': '24', 'secp521r1': '25'}


def wolfssl_cases(lab: Lab) -> list[Case]:
    def case(label: str, key: str, suites: str, group: str, expected: dict, *more: str) -> Case:
        program = str(lab.servers / 'wolfssl')
        command = [program, '{port}', lab.chain(key), lab.key(key), suites, group, *more]
        return Case('wolfSSL', f'{label}, {key}', command, expected)

    cases = []
    for (suite, name), group in itertools.product(WOLFSSL_SUITES.items(), GROUPS):
        key = 'good' if group == 'x25519' else 'ec'
        cases.append(
            case(
                f'{suite}, {group}',
                key,
                name,
                GROUP_NUMBERS[group],
                agreed('TLS 1.3', suite, group),
            )
        )
    every = ':'.join(WOLFSSL_SUITES.values())
    for key in ('good', 'ec', 'ec-384', 'ec-521', 'ed25519'):
        cases.append(case('any group', key, every, '0', agreed('TLS 1.3')))
    for suite, name, key in (
        ('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'good'),
        ('TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ec'),
        ('TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'ECDHE-RSA-CHACHA20-POLY1305', 'good'),
    ):
        cases.append(case(suite, key, name, '0', agreed('TLS 1.2', suite)))
    wanted = agreed('TLS 1.3', wanted=True)
    cases.append(case('wants ours', 'ec', every, '0', wanted, 'request'))
    both = agreed('TLS 1.3', group='secp384r1')
    cases.append(case('a cookie and a group', 'ec', every, '24', both, 'cookie', 'request'))
    return cases


def mbedtls_cases(lab: Lab) -> list[Case]:
    def case(key: str, suite: str, group: str = '') -> Case:
        program = str(lab.servers / 'mbedtls')
        name = suite.replace('_', '-')
        command = [program, '{port}', lab.chain(key), lab.key(key), name, group]
        expected = agreed('TLS 1.2', suite, group)
        return Case('mbedTLS', f'{suite or "any"}, {group or "any"}, {key}', command, expected)

    rsa, ecdsa = 'TLS_ECDHE_RSA_WITH', 'TLS_ECDHE_ECDSA_WITH'
    return [
        *(case('good', '', group) for group in GROUPS),
        case('good', f'{rsa}_AES_128_GCM_SHA256'),
        case('good', f'{rsa}_AES_256_CBC_SHA384'),
        case('good', f'{rsa}_CHACHA20_POLY1305_SHA256'),
        case('ec', f'{ecdsa}_AES_256_GCM_SHA384'),
        case('ec-384', f'{ecdsa}_AES_128_CCM'),
        case('ec-521', ''),
    ]


def botan_cases(lab: Lab) -> list[Case]:
    def case(key: str) -> Case:
        command = ['botan', 'tls_server', lab.chain(key), lab.key(key), '--port={port}']
        return Case('Botan', key, command, agreed('TLS 1.2'))

    return [case(key) for key in ('good', 'ec', 'ec-384', 'ec-521')]


# --- running --------------------------------------------------------------------------------------


def run(command: list[str]) -> str:
    return subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=PATIENCE_SECONDS
    ).stdout


def differences(report: dict, case: Case) -> list[str]:
    wrong = [
        f'{key} is {report[key]!r}, not {value!r}'
        for key, value in case.expected.items()
        if report[key] != value
    ]
    if not report['heard'].startswith(case.heard):
        wrong.append(f'heard {report["heard"][:60]!r}')
    if wrong and report['error']:
        wrong.append(report['error'])
    return wrong


def type_in(server: subprocess.Popen, typed: tuple[tuple[str, str], ...]) -> None:
    """Each text, as soon as the server has shown the one before it."""
    for shown, text in typed:
        if any(shown in line for line in iter(server.stdout.readline, '')):
            server.stdin.write(text)
            server.stdin.flush()


def hold(lab: Lab, case: Case) -> list[str]:
    """What is wrong; nothing where all is well."""
    for _ in range(5):
        wrong = hold_at(free_port(), lab, case)
        # Somebody else was faster.
        if not any(' in use' in line for line in wrong):
            break
    return wrong


def hold_at(port: int, lab: Lab, case: Case) -> list[str]:
    command = [word.replace('{port}', str(port)) for word in case.command]
    root = str(lab.certificates / 'root.pem')
    client = [lab.client, str(port), HOST, root, TIME, *case.arguments]
    with (
        tempfile.TemporaryFile('w+') as log,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if case.typed else log,
            stderr=subprocess.STDOUT,
            text=True,
        ) as server,
        subprocess.Popen(client, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as one,
    ):
        # One that hangs shows nothing more.
        end = threading.Timer(PATIENCE_SECONDS, server.kill)
        end.start()
        try:
            type_in(server, case.typed)
            said, failure = one.communicate(timeout=PATIENCE_SECONDS)
            wrong = differences(json.loads(said), case) if one.returncode == 0 else [failure]
        finally:
            end.cancel()
            one.kill()
            server.kill()
        if wrong:
            log.seek(0)
            wrong.append(log.read()[-300:])
        return wrong


# Server → what has to be there, and its cases.
SERVERS = {
    'OpenSSL': ('openssl', openssl_cases),
    'GnuTLS': ('gnutls-serv', gnutls_cases),
    'NSS': ('selfserv', nss_cases),
    'Node': ('node', node_cases),
    'wolfSSL': ('wolfssl', wolfssl_cases),
    'mbedTLS': ('mbedtls', mbedtls_cases),
    'Botan': ('botan', botan_cases),
}


def main(client: str, servers: str, certificates: str, *only: str) -> int:
    passed = failed = skipped = 0
    with tempfile.TemporaryDirectory() as home:
        lab = Lab(client, Path(servers).resolve(), Path(certificates).resolve(), Path(home))
        cases = []
        for server, (program, make) in SERVERS.items():
            if only and server not in only:
                continue
            if shutil.which(program) or shutil.which(lab.servers / program):
                cases += make(lab)
            else:
                print(f'# skipped: {server}, since {program} is not installed')
                skipped += 1
        with ThreadPoolExecutor(2) as pool:
            results = pool.map(lambda case: hold(lab, case), cases)
            for case, wrong in zip(cases, results, strict=True):
                passed += not wrong
                failed += bool(wrong)
                if wrong:
                    print(f'{case.server}, {case.label}:', *wrong, sep='\n    ')
        for server in SERVERS:
            print(f'# {server}: {sum(case.server == server for case in cases)} handshakes')
    print(f'{passed} passed, {failed} failed, {skipped} skipped')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
