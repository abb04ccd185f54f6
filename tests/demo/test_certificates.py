"""Certificates are made to order, kept while fresh, made anew when stale or ordered otherwise."""

from __future__ import annotations

import itertools
import json
import stat
import subprocess
import tempfile
import unittest
from pathlib import Path

from bridge.demo.certificates import REMAKE_AFTER_SECONDS, STAMP, ensure
from bridge.demo.orders import Flaw, Order

NAMES = ('imap.example.test', 'example.test')
# What `openssl verify` says of each flaw; None: it has nothing to say.
VERDICTS = {
    Flaw.NONE: None,
    Flaw.EXPIRED: 'certificate has expired',
    Flaw.NOT_YET_VALID: 'certificate is not yet valid',
    Flaw.EXPIRES_SOON: None,
    Flaw.WRONG_NAME: None,
    Flaw.SELF_SIGNED: 'self-signed certificate',
    Flaw.UNKNOWN_ISSUER: 'self-signed certificate in certificate chain',
    Flaw.INCOMPLETE_CHAIN: 'unable to get local issuer certificate',
    Flaw.MISORDERED_CHAIN: None,
    Flaw.WITHOUT_SAN: None,
    Flaw.WEAK_KEY: 'EE certificate key too weak',
    Flaw.WRONG_PURPOSE: 'unsuitable certificate purpose',
    Flaw.CONSTRAINT_VIOLATED: 'permitted subtree violation',
    Flaw.EXPIRED_AND_WRONG_NAME: 'certificate has expired',
}


class CertificatesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.directory = Path(self.enterContext(tempfile.TemporaryDirectory())) / 'made'

    def openssl(self, *words: object) -> subprocess.CompletedProcess[str]:
        command = ['openssl', *map(str, words)]
        return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)

    def test_every_flaw_is_what_openssl_complains_of(self) -> None:
        self.assertEqual(set(VERDICTS), set(Flaw))
        orders = [
            Order(flaw.value, NAMES, flaw, key)
            for flaw, key in zip(Flaw, itertools.cycle(('ec', 'rsa')), strict=False)
        ]
        ensure(self.directory, 'Test', orders)
        for flaw, verdict in VERDICTS.items():
            chain = self.directory / f'{flaw.value}.pem'
            # The chain as sent: its own leaf among the untrusted does no harm.
            ran = self.openssl(
                'verify',
                '-purpose',
                'sslserver',
                '-auth_level',
                '2',
                '-CAfile',
                self.directory / 'root.pem',
                '-untrusted',
                chain,
                chain,
            )
            with self.subTest(flaw=flaw.value):
                self.assertEqual(ran.returncode == 0, verdict is None, ran.stderr)
                self.assertIn(verdict or 'OK', ran.stdout + ran.stderr)

    def test_names_and_private_keys(self) -> None:
        ensure(self.directory, 'Test', [Order('good', NAMES)])
        chain = self.directory / 'good.pem'
        for name in NAMES:
            ran = self.openssl('x509', '-in', chain, '-noout', '-checkhost', name)
            self.assertIn('does match', ran.stdout)
        mode = stat.S_IMODE((self.directory / 'good.key').stat().st_mode)
        self.assertEqual(mode, 0o600)
        self.assertEqual(stat.S_IMODE(self.directory.stat().st_mode), 0o700)

    def test_kept_while_fresh_and_remade_otherwise(self) -> None:
        root = self.directory / 'root.pem'

        def made(names: tuple[str, ...] = NAMES) -> bytes:
            ensure(self.directory, 'Test', [Order('good', names)])
            return root.read_bytes()

        first = made()
        self.assertEqual(made(), first)
        second = made(NAMES[:1])
        self.assertNotEqual(second, first)

        stamp = self.directory / STAMP
        told = json.loads(stamp.read_text())
        for age in (REMAKE_AFTER_SECONDS + 60, -3600):
            before = made(NAMES[:1])
            stamp.write_text(json.dumps({**told, 'made': told['made'] - age}))
            self.assertNotEqual(made(NAMES[:1]), before, f'{age} seconds old')

    def test_a_broken_stamp_counts_as_none(self) -> None:
        ensure(self.directory, 'Test', [Order('good', NAMES)])
        (self.directory / STAMP).write_text('{')
        ensure(self.directory, 'Test', [Order('good', NAMES)])
        self.assertIn('made', json.loads((self.directory / STAMP).read_text()))

    def test_an_unknown_kind_of_key_is_named(self) -> None:
        with self.assertRaisesRegex(ValueError, "'dsa'"):
            ensure(self.directory, 'Test', [Order('good', NAMES, key='dsa')])


if __name__ == '__main__':
    unittest.main()
