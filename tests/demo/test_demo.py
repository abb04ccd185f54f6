"""The demo as `make run` starts it: its mail servers, its DNS, its page, and its end.

/usr/bin/python3 -m unittest tests.demo.test_demo
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import tomllib
import unittest
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from twisted.names import dns

from bridge.demo.__main__ import reserve
from bridge.demo.domains import (
    DOMAINS,
    PASSWORD,
    SENDING,
    SERVICES,
    Address,
    Behaviour,
    addresses,
)
from bridge.demo.orders import Flaw
from bridge.demo.servers import target
from bridge.demo.services import load
from bridge.demo.sockets import LOOPBACK
from tests.lab.dns_client import ask
from tests.lab.observe import (
    Connection,
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

REPOSITORY = Path(__file__).resolve().parents[2]
TABLES = REPOSITORY / 'build/tables.json'
OPENERS = 24  # they mostly wait
START_SECONDS = 60

# A forwarder whose only resolver, at the port it is told, knows no TCP.
FORWARDER = """
import sys
from twisted.internet import reactor
from bridge.demo import forwarder
from bridge.demo.sockets import free_pair
forwarder.DNS_PORT = int(sys.argv[1])
pair = free_pair()
port = pair[0].getsockname()[1]
forwarder.listen(*pair, ["127.0.0.1"])
reactor.callWhenRunning(print, f"127.0.0.1:{port}", flush=True)
reactor.run()
"""

FLAWS = {
    Flaw.NONE: set(),
    Flaw.EXPIRED: {'certificate-expired'},
    Flaw.NOT_YET_VALID: {'certificate-not-yet-valid'},
    Flaw.EXPIRES_SOON: {'certificate-expires-soon'},
    Flaw.WRONG_NAME: {'certificate-name-mismatch'},
    Flaw.SELF_SIGNED: {'certificate-self-signed'},
    Flaw.UNKNOWN_ISSUER: {'certificate-unknown-issuer'},
    Flaw.INCOMPLETE_CHAIN: {'certificate-incomplete-chain'},
}
BEHAVIOURS = {
    Behaviour.HEALTHY: set(),
    Behaviour.NO_STARTTLS: {'starttls-not-offered'},
    Behaviour.CLEARTEXT: {'cleartext-sign-in-offered'},
    Behaviour.OLD_TLS: {'tls-version-old'},
    Behaviour.TLS13_ONLY: set(),
    Behaviour.APP_PASSWORD: set(),
    Behaviour.TOKEN: set(),
    Behaviour.BUSY: {'greeting-busy'},
    Behaviour.SILENT: {'greeting-timeout'},
    Behaviour.WEB: {'not-a-mail-server'},
    Behaviour.REFUSED: {'connect-refused'},
    Behaviour.NOT_OFFERED: {'connect-refused'},
    Behaviour.NO_ANSWER: {'connect-timeout'},
}


def expected(address: Address, place: Place) -> set[str]:
    behaviour = address.ports[place.service]
    if behaviour is Behaviour.OTHER_MODE:
        return {'starttls-expected'} if place.implicit else {'tls-expected'}
    if behaviour is Behaviour.PLAINTEXT:
        return {'starttls-expected'} if place.implicit else {'starttls-not-offered'}
    if address.domain.certificate_name is not None:
        return {'certificate-name-mismatch'}
    flaw = address.domain.flaws.get(place.service, address.domain.flaw)
    return BEHAVIOURS[behaviour] or FLAWS[flaw]


def mentioning(text: str) -> dict[int, str]:
    """The command lines of running processes that contain a text, but this one."""
    found = {}
    for entry in Path('/proc').iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            words = (entry / 'cmdline').read_bytes().replace(b'\0', b' ').decode()
        except OSError:
            continue
        if text in words:
            found[int(entry.name)] = words
    return found


class Running:
    """A context manager: the demo, started as a program, in a build directory of its own."""

    def __enter__(self) -> Running:
        self.build = Path(tempfile.mkdtemp(prefix='demo-test-'))
        shutil.copy(TABLES, self.build)
        (self.build / 'web/assets').mkdir(parents=True)
        (self.build / 'web/index.html').write_text('<!doctype html><title>the page</title>')
        (self.build / 'web/assets/core.txt').write_text('deeper down')
        (self.build / 'web/config.json').write_text('{"preset": "not the demo\'s"}')
        # Held, so that the port is still free whenever the demo starts again.
        self.reserved = reserve('localhost:0')
        self.listen = f'localhost:{self.reserved.getsockname()[1]}'
        self.start()
        return self

    def start(self) -> None:
        self.process = self.launch()
        self.first_line = self.process.stdout.readline().strip()
        if not self.first_line:
            raise AssertionError(f'the demo did not start: {self.process.stderr.read()}')

    def launch(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, '-m', 'bridge.demo', self.build],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=REPOSITORY,
            env={**os.environ, 'LISTEN': self.listen},
        )

    def __exit__(self, *problem: object) -> None:
        self.end(signal.SIGTERM)
        self.reserved.close()
        shutil.rmtree(self.build)

    def end(self, number: signal.Signals) -> tuple[int, str]:
        self.process.send_signal(number)
        return self.outcome()

    def outcome(self) -> tuple[int, str]:
        """Wait for the end; returns the status and what was said on stderr."""
        _, said = self.process.communicate(timeout=START_SECONDS)
        return self.process.returncode, said

    def left(self) -> dict[int, str]:
        return mentioning(str(self.build))

    def child(self, words: str) -> int:
        """The one that the demo started itself; dnsmasq answers each TCP connection in another."""
        pid = self.process.pid
        own = Path(f'/proc/{pid}/task/{pid}/children').read_text().split()
        (found,) = (pid for pid, said in self.left().items() if words in said and str(pid) in own)
        return found

    @property
    def settings(self) -> dict[str, object]:
        return tomllib.loads((self.build / 'demo/bridge.toml').read_text())


class ServersTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.demo = cls.enterClassContext(Running())
        cls.settings = cls.demo.settings
        cls.services = {service.name: service for service in load(TABLES)}
        cls.anchors = cls.demo.build / 'demo/web/demo-root.pem'

    def place(self, address: Address, service: str) -> Place:
        forward = self.settings['forward']
        real = parse_address(forward[target(address.ip, self.services[service].port)])
        return Place(service, real, address.domain.server(service), self.anchors)

    def find(self, domain: str) -> Address:
        return next(address for address in addresses() if address.domain.name == domain)

    def opened(self, domain: str, service: str) -> Connection:
        """A connection that is ready for signing in."""
        place = self.place(self.find(domain), service)
        if place.implicit:
            return open_implicit(place)
        client = open_plain(place)
        upgrade(client, place)
        capabilities(client)
        return client

    def test_every_port_behaves_as_the_table_says(self) -> None:
        rows = [
            (address, self.place(address, service))
            for address in addresses()
            for service in SERVICES
            if address.ports[service] is not Behaviour.SLOW
        ]
        with ThreadPoolExecutor(OPENERS) as pool:
            seen = list(pool.map(lambda row: observe(row[1]), rows))
        for (address, place), findings in zip(rows, seen, strict=True):
            with self.subTest(domain=address.domain.name, ip=address.ip, service=place.service):
                self.assertEqual(findings, expected(address, place))

    def test_healthy_dialogs(self) -> None:
        for service in SERVICES:
            place = self.place(self.find('demo.test'), service)
            with self.subTest(service=service):
                client = open_implicit(place) if place.implicit else open_plain(place)
                if not place.implicit:
                    before = capabilities(client)
                    self.assertTrue(before & {'STARTTLS', 'STLS'}, before)
                    self.assertTrue(before.isdisjoint({'AUTH', 'SASL', 'USER'}), before)
                    self.assertEqual('LOGINDISABLED' in before, place.protocol == 'imap')
                    upgrade(client, place)
                after = capabilities(client)
                self.assertTrue(after.isdisjoint({'STARTTLS', 'STLS', 'LOGINDISABLED'}), after)
                self.assertEqual(bool(after & {'AUTH', 'SASL'}), service != 'smtp')
                leave(client)

    def test_sign_in(self) -> None:
        for service in SERVICES[1:]:
            with self.subTest(service=service):
                client = self.opened('demo.test', service)
                with self.assertRaisesRegex(Exception, r'AUTHENTICATIONFAILED|\[AUTH\]|535'):
                    sign_in(client, 'anna@demo.test', 'wrong')
                sign_in(client, 'anna@demo.test', PASSWORD)
                leave(client)

    def test_right_password_that_is_not_enough(self) -> None:
        for service in SERVICES[1:]:
            client = self.opened('app-password.demo.test', service)
            with (
                self.subTest(service=service),
                self.assertRaisesRegex(Exception, 'Application-specific password required'),
            ):
                sign_in(client, 'anna@app-password.demo.test', PASSWORD)
            leave(client)

    def test_commands_glued_to_starttls_are_dropped(self) -> None:
        for service, command, go_ahead in (
            ('submission', b'EHLO me\r\nSTARTTLS\r\nNOOP\r\n', b'220 2.0.0 Ready to start TLS\r\n'),
            ('imap', b'a STARTTLS\r\nb NOOP\r\n', b'a OK Begin TLS negotiation now\r\n'),
            ('pop3', b'STLS\r\nCAPA\r\n', b'+OK Begin TLS negotiation now\r\n'),
        ):
            place = self.place(self.find('demo.test'), service)
            with self.subTest(service=service):
                with socket.create_connection(place.address, timeout=30) as connection:
                    said = connection.recv(1000)
                    connection.sendall(command)
                    while not said.endswith(go_ahead):
                        more = connection.recv(1000)
                        self.assertTrue(more, said)
                        said += more
                    with place.context().wrap_socket(connection) as secured:
                        # An answer to the glued command would come first.
                        secured.sendall(b'z LOGOUT\r\n' if service == 'imap' else b'QUIT\r\n')
                        answer = secured.recv(1000)
                self.assertRegex(answer, rb'^(221|\* BYE|\+OK)')
                self.assertNotIn(b'capab', answer.lower())

    def test_forwarder_asks_on_over_udp(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as upstream:
            upstream.bind((LOOPBACK, 0))
            upstream.settimeout(START_SECONDS)
            program = [sys.executable, '-c', FORWARDER, str(upstream.getsockname()[1])]
            with subprocess.Popen(
                program, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
            ) as run:
                address = run.stdout.readline().strip()
                with ThreadPoolExecutor(1) as pool:
                    asked = pool.submit(ask, address, 'www.example.test', 'A')
                    data, sender = upstream.recvfrom(2000)
                    message = dns.Message()
                    message.fromStr(data)
                    message.answer = 1
                    answer = dns.Record_A('198.51.100.7', ttl=60)
                    message.answers = [dns.RRHeader('www.example.test', ttl=60, payload=answer)]
                    upstream.sendto(message.toStr(), sender)
                    self.assertEqual(asked.result(START_SECONDS), (0, ['198.51.100.7']))
                run.kill()

    def test_versions_of_tls(self) -> None:
        for domain, version in (
            ('old-tls.demo.test', ssl.TLSVersion.TLSv1_1),
            ('tls13-only.demo.test', ssl.TLSVersion.TLSv1_3),
        ):
            place = self.place(self.find(domain), 'imaps')
            context = place.context()
            context.set_ciphers('DEFAULT@SECLEVEL=0')
            context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
            context.maximum_version = version
            with (
                self.subTest(domain=domain),
                socket.create_connection(place.address, timeout=30) as plain,
                context.wrap_socket(plain) as secured,
            ):
                self.assertEqual(secured.version(), version.name.replace('_', '.'))

    def test_slow_greeting(self) -> None:
        place = self.place(self.find('slow.demo.test'), 'submission')
        begun = time.monotonic()
        with socket.create_connection(place.address, timeout=START_SECONDS) as connection:
            self.assertRegex(connection.recv(1000), b'^220 smtp.slow.demo.test ')
        self.assertGreater(time.monotonic() - begun, 10)

    def test_dns(self) -> None:
        for name, kind, answer in (
            ('imap.demo.test', 'A', (0, ['192.0.2.10'])),
            ('imap.demo.test', 'AAAA', (0, ['2001:db8::10'])),
            ('demo.test', 'MX', (0, ['10 mail.demo.test.'])),
            ('_submissions._tcp.demo.test', 'SRV', (0, ['0 1 465 smtp.demo.test.'])),
            ('_submission._tcp.demo.test', 'SRV', (0, ['10 1 587 smtp.demo.test.'])),
            ('_imaps._tcp.demo.test', 'SRV', (0, ['0 1 993 imap.demo.test.'])),
            ('_imap._tcp.demo.test', 'SRV', (0, ['10 1 143 imap.demo.test.'])),
            ('_pop3s._tcp.demo.test', 'SRV', (0, ['20 1 995 pop.demo.test.'])),
            ('_pop3._tcp.demo.test', 'SRV', (0, ['30 1 110 pop.demo.test.'])),
            ('_imap._tcp.implicit-only.demo.test', 'SRV', (0, ['0 0 1 .'])),
            ('_imaps._tcp.usual-names.demo.test', 'SRV', (3, [])),
            ('_imaps._tcp.srv-only.demo.test', 'SRV', (0, ['0 1 993 post.srv-only.demo.test.'])),
            ('imap.srv-only.demo.test', 'A', (3, [])),
            (
                '_submission._tcp.submission-465.demo.test',
                'SRV',
                (0, ['10 1 465 smtp.submission-465.demo.test.']),
            ),
            ('_imaps._tcp.odd-port.demo.test', 'SRV', (0, ['0 1 9933 imap.odd-port.demo.test.'])),
            ('no-mail.demo.test', 'MX', (0, ['0 .'])),
            ('imap.no-mail.demo.test', 'A', (3, [])),
            ('nothing.demo.test', 'A', (3, [])),
            ('takes-no-mail.demo.test', 'MX', (0, ['0 .'])),
            ('imap.takes-no-mail.demo.test', 'MX', (0, [])),
            ('no-mx.demo.test', 'MX', (0, [])),
            ('website.demo.test', 'MX', (0, [])),
            ('mail.website.demo.test', 'A', (3, [])),
            ('no-such-domain.demo.test', 'MX', (3, [])),
            ('name-servers-down.demo.test', 'MX', (2, [])),
            ('imap.name-servers-down.demo.test', 'A', (2, [])),
        ):
            with self.subTest(name=name, kind=kind):
                self.assertEqual(ask(self.settings['resolver'], name, kind), answer)

    def test_dns_and_forward_know_every_address(self) -> None:
        for address in addresses():
            kind = 'AAAA' if ':' in address.ip else 'A'
            for name in address.names:
                found = ask(self.settings['resolver'], name, kind)[1]
                self.assertIn(address.ip, found, name)
        self.assertEqual(len(self.settings['forward']), 7 * len(addresses()))

    def test_names_outside_lead_to_the_servers_that_have_their_certificates(self) -> None:
        resolver = self.settings['resolver']
        for domain, name in (
            ('hosted.demo.test', 'mx7.hoster.test'),
            ('stranger.demo.test', 'mail.evil-box.test'),
        ):
            (address,) = [a for a in addresses() if a.domain.name == domain]
            self.assertEqual(ask(resolver, name, 'A'), (0, [address.ip]))
            self.assertEqual(ask(resolver, f'other-{name}', 'A'), (3, []))
        hosted = [ask(resolver, f'{label}hosted.demo.test', 'A') for label in ('imap.', '')]
        self.assertEqual(hosted[0], hosted[1], "the alias leads to the domain's own machine")

    def test_moved_sends_from_another_address(self) -> None:
        receiving, sending = [a for a in addresses() if a.domain.name == 'moved.demo.test']
        self.assertIn('smtp.moved.demo.test', receiving.names)
        self.assertEqual(sending.names, ('mail.moved.demo.test',))
        for service in SENDING:
            self.assertIs(receiving.ports[service], Behaviour.REFUSED)
            self.assertIs(sending.ports[service], Behaviour.HEALTHY)

    def test_page_and_its_settings(self) -> None:
        self.assertEqual(self.demo.first_line, f'http://{self.demo.listen}')
        # A bare system has no name `localhost`.
        site = self.demo.first_line.replace('localhost', LOOPBACK)

        def get(path: str) -> bytes:
            with urllib.request.urlopen(f'{site}/{path}', timeout=30) as answer:
                return answer.read()

        self.assertIn(b'the page', get('index.html'))
        self.assertEqual(get('assets/core.txt'), b'deeper down')
        self.assertIn(b'BEGIN CERTIFICATE', get('demo-root.pem'))
        config = json.loads(get('config.json'))
        self.assertEqual(config['anchors'], ['demo-root.pem'])
        self.assertEqual([e['domain'] for e in config['examples']], [d.name for d in DOMAINS])
        self.assertTrue(all(example['label'] for example in config['examples']))
        self.assertNotIn('preset', config)


class EndTest(unittest.TestCase):
    def setUp(self) -> None:
        self.demo = self.enterContext(Running())

    def assert_nothing_left(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while left := self.demo.left():
            self.assertLess(time.monotonic(), deadline, left)
            time.sleep(0.05)

    def test_signals_end_everything(self) -> None:
        self.assertGreaterEqual(len(self.demo.left()), 4)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(signal=number.name):
                self.assertEqual(self.demo.end(number), (0, ''))
                self.assertEqual(self.demo.left(), {})
                self.demo.start()

    def test_sigkill_leaves_nothing(self) -> None:
        self.demo.end(signal.SIGKILL)
        self.assert_nothing_left()

    def test_death_of_any_child_ends_the_rest(self) -> None:
        for child in ('dnsmasq', 'bridge.demo.servers', 'bridge --config'):
            with self.subTest(child=child):
                os.kill(self.demo.child(child), signal.SIGKILL)
                status, said = self.demo.outcome()
                self.assertEqual(status, 1)
                self.assertIn('ended with status -9', said)
                self.assert_nothing_left()
                self.demo.start()

    def test_taken_port_is_said_plainly(self) -> None:
        with self.demo.launch() as second:
            _, said = second.communicate(timeout=START_SECONDS)
        self.assertEqual(second.returncode, 1)
        self.assertIn(f'Cannot serve the page at {self.demo.listen}: Address already in use', said)
        self.assertIn('LISTEN=', said)
        self.assertNotIn('Traceback', said)


if __name__ == '__main__':
    unittest.main()
