"""The laboratory's servers are real, are its own, say what the table promises, and leave nothing.

/usr/bin/python3 -m unittest tests.lab.test_lab
"""

from __future__ import annotations

import contextlib
import imaplib
import json
import os
import re
import smtplib
import subprocess
import sys
import time
import tomllib
import unittest
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

from tests.lab import domains, spam
from tests.lab.dns_client import ask
from tests.lab.lab import Lab, LabBusy
from tests.lab.observe import (
    PATIENCE_SECONDS,
    Place,
    capabilities,
    leave,
    observe,
    open_implicit,
    open_plain,
    parse_address,
    sign_in,
    upgrade,
)

BUILD = Path('build')
ROOT = (BUILD / 'lab/root').resolve()
OPENERS = 24  # they mostly wait
# OpenSSL puts certificates in order and says nothing of it.
UNSEEN = {'certificate-misordered-chain'}


def processes_of(root: Path) -> dict[int, Path]:
    """Every process whose program lies under a directory."""
    found = {}
    for entry in Path('/proc').iterdir():
        try:
            program = Path(os.readlink(entry / 'exe')) if entry.name.isdigit() else None
        except OSError:
            continue
        if program and program.is_relative_to(root):
            found[int(entry.name)] = program
    return found


@contextlib.contextmanager
def bridge_process(settings: str) -> Iterator[int]:
    """A bridge with these settings; yields its port."""
    with subprocess.Popen(
        [sys.executable, '-m', 'bridge', '--config', settings],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as bridge:
        try:
            yield int(re.search(r':(\d+)/$', bridge.stdout.readline())[1])
        finally:
            bridge.kill()


def taken_mails() -> tuple[int, list[str], int]:
    """What Postfix's log says: mails begun, the ids of those taken whole, and how many left it."""
    log = (ROOT / 'var/log/postfix.log').read_text()
    begun = re.findall(r'smtpd\[\d+\]: \w+: client=', log)
    left = re.findall(r'qmgr\[\d+\]: \w+: removed', log)
    return len(begun), re.findall(r': message-id=<(.*)@spam\.test>', log), len(left)


def queued() -> list[Path]:
    """Mails in Postfix's queues, half written ones, too."""
    spool = ROOT / 'var/spool/postfix'
    return [
        path
        for queue in ('maildrop', 'incoming', 'active', 'deferred', 'hold', 'corrupt')
        for path in (spool / queue).rglob('*')
        if path.is_file()
    ]


class LabTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.lab = cls.enterClassContext(Lab(BUILD))
        cls.told = cls.lab.description

    def place(self, domain: str, service: str) -> Place:
        row = self.told['domains'][domain]
        address = parse_address(row['loopback'][service])
        return Place(service, address, row['servers'][service], Path(self.told['anchors']))

    def test_every_port_shows_what_the_table_promises(self) -> None:
        places = {
            (name, service): (self.place(name, service), set(findings), row['openssl_findings'])
            for name, row in self.told['domains'].items()
            for service, findings in row['findings'].items()
        }
        with ThreadPoolExecutor(OPENERS) as pool:
            seen = dict(
                zip(places, pool.map(lambda row: observe(row[0]), places.values()), strict=True)
            )
        for (name, service), (_, promised, by_openssl) in places.items():
            if promised and by_openssl is not None:
                promised = set(by_openssl)
            with self.subTest(domain=name, service=service):
                self.assertEqual(seen[name, service], promised - UNSEEN)

    def test_sign_in_after_tls_only(self) -> None:
        for service in (*domains.SENDING, *domains.RECEIVING):
            place = self.place('lab.test', service)
            with self.subTest(service=service):
                client = open_implicit(place) if place.implicit else open_plain(place)
                if not place.implicit:
                    offered = capabilities(client)
                    self.assertTrue(offered.isdisjoint({'AUTH', 'SASL', 'USER'}), offered)
                    self.assertEqual(place.protocol == 'imap', 'LOGINDISABLED' in offered)
                    upgrade(client, place)
                after = capabilities(client)
                self.assertTrue(after & {'AUTH', 'SASL'}, after)
                sign_in(client, f'{domains.USER}@lab.test', domains.PASSWORD)
                leave(client)

    def test_wrong_password_and_app_password_are_told_apart(self) -> None:
        place = self.place('lab.test', 'imaps')
        for user, password, words in (
            (f'{domains.USER}@lab.test', 'wrong', r'\[AUTHENTICATIONFAILED\]'),
            (self.told['app_password_user'], domains.PASSWORD, 'pplication-specific.password'),
        ):
            client = open_implicit(place)
            with self.subTest(user=user), self.assertRaisesRegex(imaplib.IMAP4.error, words):
                sign_in(client, user, password)
            leave(client)
        client = open_implicit(self.place('lab.test', 'submissions'))
        with self.assertRaises(smtplib.SMTPAuthenticationError) as refused:
            sign_in(client, 'nobody', 'x')
        self.assertEqual(refused.exception.smtp_code, 535)
        leave(client)

    def drive(self, domain: str, service: str, user: str, password: str) -> tuple[dict, str]:
        """What the core finds when it signs in, and its report as text."""
        place = self.place(domain, service)
        host, port = place.address
        done = subprocess.run(
            [
                *('build/native/drive', '--service', service, '--address', f'{host}:{port}'),
                *('--name', place.server_name, '--anchors', place.anchors, '--user', user),
            ],
            input=f'{password}\n',
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout), done.stdout

    def test_core_signs_in(self) -> None:
        special = f'{domains.SPECIAL_USER}@lab.test'
        for service in (*domains.SENDING, *domains.RECEIVING):
            for user, password, mechanism in (
                (f'{domains.USER}@lab.test', domains.PASSWORD, 'SCRAM-SHA-256'),
                (special, domains.SPECIAL_PASSWORD, 'PLAIN'),
            ):
                with self.subTest(service=service, mechanism=mechanism):
                    report, text = self.drive('lab.test', service, user, password)
                    found = {'id': 'sign-in-ok', 'args': {'mechanism': mechanism}}
                    self.assertEqual(report['findings'], [found])
                    self.assertNotIn(password[:6], text)
                    self.assertNotIn(user, text)

    def test_core_is_refused(self) -> None:
        for service in (*domains.SENDING, *domains.RECEIVING):
            with self.subTest(service=service):
                user = f'{domains.USER}@lab.test'
                report, text = self.drive('lab.test', service, user, 'wrong horse battery')
                self.assertEqual([row['id'] for row in report['findings']], ['sign-in-refused'])
                self.assertNotIn('wrong horse', text)
        user = self.told['app_password_user']
        report, _ = self.drive('lab.test', 'imaps', user, domains.SPECIAL_PASSWORD)
        self.assertEqual([row['id'] for row in report['findings']], ['sign-in-refused'])
        report, _ = self.drive('lab.test', 'imaps', user, domains.PASSWORD)
        # Dovecot's own words cannot have spaces here, so the table does not know them; and half of
        # the password is in them, so they are not shown.
        found = {'id': 'sign-in-failed', 'args': {'command': 'SCRAM-SHA-256'}}
        self.assertEqual(report['findings'], [found])

    def test_core_withholds_a_password(self) -> None:
        for domain in ('expired.lab.test', 'wrong-name.lab.test', 'self-signed.lab.test'):
            for service in ('imaps', 'submission'):
                with self.subTest(domain=domain, service=service):
                    user = f'{domains.USER}@{domain}'
                    report, _ = self.drive(domain, service, user, domains.PASSWORD)
                    self.assertEqual(report['findings'][-1]['id'], 'sign-in-withheld')
                    said = [row['text'] for row in report['transcript'] if row['from'] == 'C']
                    self.assertFalse([line for line in said if 'AUTH' in line or 'LOGIN' in line])

    def test_greetings_name_the_real_programs(self) -> None:
        for domain, service, words in (
            ('lab.test', 'imap', b'Dovecot'),
            ('lab.test', 'pop3', b'Dovecot'),
            # Dovecot's submission service announces itself by nothing but this keyword.
            ('dovecot.lab.test', 'submission', b'BURL'),
            ('lab.test', 'submission', b'mail.lab.test'),
        ):
            with self.subTest(domain=domain, service=service):
                client = open_plain(self.place(domain, service))
                said = client.ehlo()[1] if service == 'submission' else client.welcome
                self.assertIn(words, said)
                leave(client)

    def test_programs_are_the_unpacked_ones(self) -> None:
        programs = {path.relative_to(ROOT).as_posix() for path in processes_of(ROOT).values()}
        self.assertLessEqual(
            {'usr/sbin/dovecot', 'usr/lib/postfix/sbin/master', 'usr/lib/dovecot/auth'}, programs
        )

    def test_dns(self) -> None:
        resolver = self.told['resolver']
        for name, kind, expected in (
            ('imap.lab.test', 'A', (0, ['192.0.2.110'])),
            ('imap.lab.test', 'AAAA', (0, ['2001:db8::110'])),
            ('lab.test', 'MX', (0, ['10 mail.lab.test.'])),
            ('_imaps._tcp.lab.test', 'SRV', (0, ['0 1 993 imap.lab.test.'])),
            ('_submissions._tcp.lab.test', 'SRV', (0, ['0 1 465 smtp.lab.test.'])),
            ('_submission._tcp.expired.lab.test', 'SRV', (0, ['0 1 587 smtp.expired.lab.test.'])),
            ('_imaps._tcp.usual-names.lab.test', 'SRV', (3, [])),
            ('no-mail.lab.test', 'MX', (0, ['0 .'])),
            ('nothing.lab.test', 'A', (3, [])),
        ):
            with self.subTest(name=name, kind=kind):
                self.assertEqual(ask(resolver, name, kind), expected)

    def test_no_mail_gets_through_a_bridge(self) -> None:
        row = self.told['domains']['lab.test']
        address = parse_address(row['loopback']['smtp'])
        target = f'{row["addresses"][0]}:25'
        ways = spam.ways(address)
        with bridge_process(self.told['bridge']) as port:
            for n, (way, kind, framing) in enumerate(product(ways, spam.MAILS, spam.FRAMINGS)):
                mail = spam.MAILS[kind](f'bridge-{n}', row['user'])
                with self.subTest(way, mail=kind, framing=framing.__name__):
                    with contextlib.closing(framing(port, target)) as pipe:
                        with self.assertRaises(spam.Refused) as caught:
                            ways[way].say(pipe, mail)
                    self.assertIn(caught.exception, spam.expected(ways[way], framing))
            for trick, (client, refused) in spam.tricks(port, target, row['user']).items():
                with self.subTest(trick), client:
                    self.assertEqual(spam.Refused(*client.closing()[:2]), refused)
        # Whatever of them was taken was taken before these.
        direct = []
        for n, (way, kind) in enumerate(product(ways, spam.MAILS)):
            direct.append(f'direct-{n}')
            with self.subTest(way, mail=kind), contextlib.closing(spam.Pipe(address)) as pipe:
                ways[way].say(pipe, spam.MAILS[kind](direct[-1], row['user']))
        deadline = time.monotonic() + PATIENCE_SECONDS
        while taken_mails()[2] < len(direct) and time.monotonic() < deadline:
            time.sleep(0.05)
        begun, taken, left = taken_mails()
        self.assertEqual(sorted(taken), sorted(direct))
        self.assertEqual((begun, left), (len(direct), len(direct)))
        self.assertEqual(queued(), [])

    def test_bridge_settings_forward_every_port(self) -> None:
        settings = tomllib.loads(Path(self.told['bridge']).read_text())
        self.assertEqual(settings['forward'], self.told['forward'])
        self.assertEqual(len(settings['forward']), 2 * 7 * len(domains.DOMAINS))


class TearDownTest(unittest.TestCase):
    def setUp(self) -> None:
        self.command = subprocess.Popen(
            [sys.executable, '-m', 'tests.lab', 'up', BUILD],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(self.command.stdout.close)
        self.addCleanup(self.command.wait)
        self.addCleanup(self.command.kill)
        self.assertEqual(self.command.stdout.readline(), 'ready\n')
        self.assertTrue(processes_of(ROOT))

    def assert_nothing_left(self) -> None:
        for _ in range(600):
            left = processes_of(ROOT)
            if not left:
                return
            time.sleep(0.1)
        self.fail(f'still running: {left}')

    def test_sigterm(self) -> None:
        self.command.terminate()
        self.assertEqual(self.command.wait(60), 0)
        self.assertEqual(processes_of(ROOT), {})

    def test_a_second_laboratory_is_refused(self) -> None:
        with self.assertRaisesRegex(LabBusy, 'already running'):
            Lab(BUILD).__enter__()

    def test_sigkill(self) -> None:
        self.command.kill()
        self.assert_nothing_left()


if __name__ == '__main__':
    unittest.main()
