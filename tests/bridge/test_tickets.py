"""Tickets: made, checked, refused; their keys; then at a running bridge, over a rotation."""

import contextlib
import ipaddress
import json
import os
import tempfile
import time
import unittest
from collections.abc import Iterator
from pathlib import Path

import harness
from harness import Client, code, running
from jwcrypto.jwk import JWK
from jwcrypto.jwt import JWT

from bridge import config
from bridge.closes import Close, Ended
from bridge.server import Bridge
from bridge.tickets import AUDIENCE, KeyFileError, Tickets, load_keys

PAGE = 'https://check.example'
HELP = 'https://help.example'
CLIENT = ipaddress.ip_address('198.51.100.7')
CLIENT6 = ipaddress.ip_address('2001:db8:1:2::7')


def key(kid: str = 'a') -> JWK:
    return JWK.generate(kty='oct', size=256, kid=kid)


def signed(by: JWK, algorithm: str = 'HS256', **changes: object) -> str:
    """A ticket as an embedder's server makes it, with these claims changed."""
    claims = {'aud': AUDIENCE, 'exp': int(time.time()) + 60, 'origin': HELP, 'net': str(CLIENT)}
    claims |= changes
    ticket = JWT(
        header={'alg': algorithm},
        claims={name: value for name, value in claims.items() if value is not None},
    )
    ticket.make_signed_token(by)
    return ticket.serialize()


class TicketsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.own, self.embedders = key(), key('e')
        self.tickets = Tickets(own=(self.own,), shared={HELP: (self.embedders,)})

    def refused(self, ticket: str | None, client=CLIENT, origin: str | None = HELP) -> str:
        with self.assertRaises(Ended) as caught:
            self.tickets.check(ticket, client, origin)
        self.assertIs(caught.exception.close, Close.BAD_TICKET)
        return caught.exception.details['why']

    def test_for_its_client_and_origin_only(self) -> None:
        for client, neighbour, stranger in (
            (CLIENT, None, '198.51.100.8'),
            (CLIENT6, '2001:db8:1:2:ffff::1', '2001:db8:1:3::7'),
        ):
            for origin in (PAGE, None):
                ticket = self.tickets.make(client, origin)
                self.tickets.check(ticket, client, origin)
                if neighbour:
                    self.tickets.check(ticket, ipaddress.ip_address(neighbour), origin)
                elsewhere = ipaddress.ip_address(stranger)
                self.assertEqual(self.refused(ticket, elsewhere, origin), 'network')
                self.assertEqual(self.refused(ticket, client, HELP), 'origin')
        ticket = self.tickets.make(CLIENT, 'https://CHECK.example:443')
        self.tickets.check(ticket, CLIENT, PAGE)

    def test_none_and_nonsense(self) -> None:
        self.assertEqual(self.refused(None), 'missing')
        for nonsense in ('', 'x', '..', 'a.b.c', 'é.é.é', 'a.b.c.d.e', 'a' * 5000 + '.b.c'):
            with self.subTest(nonsense):
                self.assertIn(self.refused(nonsense), ('malformed', 'signature'))

    def test_what_it_says_cannot_be_changed(self) -> None:
        head, claims, signature = self.tickets.make(CLIENT, PAGE).split('.')
        other = self.tickets.make(CLIENT, HELP).split('.')
        for forged in (
            f'{head}.{other[1]}.{signature}',
            f'{head}.{claims}.',
            # {"alg":"none"}
            f'eyJhbGciOiJub25lIn0.{claims}.',
        ):
            with self.subTest(forged):
                self.assertEqual(self.refused(forged, origin=PAGE), 'signature')

    def test_an_embedders_key_is_for_its_origin(self) -> None:
        self.tickets.check(signed(self.embedders), CLIENT, HELP)
        for origin in (PAGE, None, 'https://other.example'):
            ticket = signed(self.embedders, origin=origin)
            self.assertEqual(self.refused(ticket, origin=origin), 'signature')
        self.assertEqual(self.refused(signed(key()), origin=HELP), 'signature')
        self.assertEqual(self.refused(signed(self.embedders, 'HS512')), 'signature')

    def test_time(self) -> None:
        now = int(time.time())
        for ends, why in (
            (now - 60, 'expired'),
            (now + 2 * 3600, 'lifetime'),
            (10**400, 'lifetime'),
            ('soon', 'lifetime'),
            (None, 'lifetime'),
        ):
            with self.subTest(ends):
                self.assertIn(self.refused(signed(self.embedders, exp=ends)), (why, 'signature'))

    def test_it_ends_though_it_was_seen_before(self) -> None:
        ticket = signed(self.embedders)
        self.tickets.check(ticket, CLIENT, HELP)
        clock = time.time
        self.addCleanup(setattr, time, 'time', clock)
        time.time = lambda: clock() + 120
        self.assertEqual(self.refused(ticket), 'expired')

    def test_networks(self) -> None:
        for net, right in (
            ('198.51.100.0/24', True),
            (['2001:db8::/48', '198.51.100.7/32'], True),
            (['192.0.2.1', 'nonsense', 7, None], False),
            # For anybody: whoever wrote that meant no ticket.
            ('0.0.0.0/0', False),
            ('198.51.0.0/16', False),
            (['192.0.2.1'] * 4 + ['198.51.100.7'], False),
            (3325256711, False),
            ({}, False),
            (None, False),
        ):
            with self.subTest(net):
                ticket = signed(self.embedders, net=net)
                if right:
                    self.tickets.check(ticket, CLIENT, HELP)
                else:
                    self.assertEqual(self.refused(ticket), 'network')

    def test_another_audience(self) -> None:
        self.assertEqual(self.refused(signed(self.embedders, aud='somebody else')), 'signature')

    def test_the_first_key_signs_and_all_are_known(self) -> None:
        before = self.tickets.make(CLIENT, PAGE)
        new = Tickets(own=(key('b'), self.own))
        new.check(before, CLIENT, PAGE)
        with self.assertRaises(Ended):
            self.tickets.check(new.make(CLIENT, PAGE), CLIENT, PAGE)
        with self.assertRaises(Ended):
            Tickets(own=(key('b'),)).check(before, CLIENT, PAGE)


class KeysTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name, 'keys.jwk')

    def test_one_and_a_set(self) -> None:
        one, other = key('a'), key('b')
        self.path.write_text(one.export())
        self.assertEqual([k['kid'] for k in load_keys(self.path)], ['a'])
        self.path.write_text(f'{{"keys": [{one.export()}, {other.export()}]}}')
        self.assertEqual([k['kid'] for k in load_keys(self.path)], ['a', 'b'])

    def test_mistakes(self) -> None:
        short = JWK.generate(kty='oct', size=128).export()
        public = JWK.generate(kty='EC', crv='P-256').export()
        for content, fault in (
            ('secret words', 'not JSON'),
            ('[]', 'expected a JWK'),
            ('{"keys": []}', 'expected a JWK'),
            ('{"keys": {}}', 'expected a JWK'),
            ('{"keys": [7]}', 'expected keys of kind "oct"'),
            ('{"secret": "words"}', 'expected keys of kind "oct"'),
            (short, 'expected keys of kind "oct" with 32 bytes'),
            (public, 'expected keys of kind "oct"'),
        ):
            with self.subTest(content):
                self.path.write_text(content)
                with self.assertRaisesRegex(KeyFileError, fault) as caught:
                    load_keys(self.path)
                self.assertNotIn('words', str(caught.exception))
        with self.assertRaisesRegex(KeyFileError, 'No such file'):
            load_keys(self.path.with_name('none'))


@contextlib.contextmanager
def with_keys(*keys: JWK, **settings: object) -> Iterator[tuple[Bridge, Path]]:
    """A bridge that wants tickets, and the file of its keys."""
    with tempfile.NamedTemporaryFile('w', suffix='.jwk') as file:
        file.write(json.dumps({'keys': [json.loads(one.export()) for one in keys]}))
        file.flush()
        settings = {'origins': [PAGE, HELP], 'tickets': {'keys': [file.name]}, **settings}
        with running(**settings) as bridge:
            yield bridge, Path(file.name)


def ask(bridge: Bridge, method: str = 'POST', path: str = '/bridge/ticket', **headers: str):
    """One request; the response and its body."""
    return harness.ask(bridge, path, method, **headers)


class BridgeTest(unittest.TestCase):
    def closing(self, bridge: Bridge, origin: str = PAGE, **how: object) -> str:
        with Client(bridge.port, 'nonsense', origin, **how) as client:
            number, reason, _ = client.closing()
        self.assertIn(number, (code(Close.BAD_TICKET), code(Close.BAD_TOKEN)))
        return reason

    GOOD = 'bad-token why=not-ip-and-port'

    def test_from_the_request_to_the_session(self) -> None:
        with with_keys(key()) as (bridge, _):
            response, body = ask(bridge, Origin=PAGE)
            self.assertEqual(response.status, 200)
            self.assertEqual(response.headers['Access-Control-Allow-Origin'], PAGE)
            told = json.loads(body)
            self.assertEqual(told['seconds'], 600)
            ticket = told['ticket']
            self.assertEqual(self.closing(bridge, ticket=ticket), self.GOOD)
            self.assertEqual(self.closing(bridge), 'bad-ticket why=missing')
            self.assertEqual(self.closing(bridge, HELP, ticket=ticket), 'bad-ticket why=origin')
            other = self.closing(bridge, ticket=ticket, source='127.0.0.9')
            self.assertEqual(other, 'bad-ticket why=network')
            # Browsers want the subprotocol that was asked for.
            with Client(bridge.port, 'nonsense', PAGE, ticket=ticket) as client:
                self.assertIn('Sec-WebSocket-Protocol: mail-port-check', client.head)

    def test_the_client_is_who_it_is_behind_a_proxy(self) -> None:
        with with_keys(key(), proxies=['127.0.0.1']) as (bridge, _):
            _, body = ask(bridge, Origin=PAGE, **{'X-Forwarded-For': '203.0.113.7'})
            ticket = json.loads(body)['ticket']
            self.assertEqual(
                self.closing(bridge, ticket=ticket, forwarded='203.0.113.7'), self.GOOD
            )
            other = self.closing(bridge, ticket=ticket, forwarded='203.0.113.8')
            self.assertEqual(other, 'bad-ticket why=network')

    def test_who_gets_none(self) -> None:
        with with_keys(key()) as (bridge, _):
            for headers, status in (
                ({'Origin': 'https://evil.example'}, 403),
                ({}, 403),
                ({'Origin': PAGE, 'Content-Length': '7'}, 413),
                ({'Origin': PAGE, 'Transfer-Encoding': 'chunked'}, 413),
            ):
                with self.subTest(headers):
                    response, body = ask(bridge, **headers)
                    self.assertEqual(response.status, status)
                    self.assertNotIn(b'eyJ', body)
                    self.assertEqual(response.headers['Connection'], 'close')
            # Without a method that says the origin there is none.
            self.assertIn(ask(bridge, 'GET', Origin=PAGE)[0].status, (404, 405))

    def test_an_embedder_alone_hands_them_out(self) -> None:
        with tempfile.NamedTemporaryFile('w') as file:
            shared = key()
            file.write(shared.export())
            file.flush()
            settings = {'shared': {HELP: [file.name]}}
            with running(origins=[HELP, PAGE], tickets=settings) as bridge:
                self.assertEqual(ask(bridge, Origin=HELP)[0].status, 403)
                ticket = signed(shared, net='127.0.0.1')
                self.assertEqual(self.closing(bridge, HELP, ticket=ticket), self.GOOD)

    def test_without_tickets_all_is_as_it_was(self) -> None:
        with running(origins=[PAGE]) as bridge:
            response, body = ask(bridge, Origin=PAGE)
            self.assertEqual((response.status, json.loads(body)), (200, {'ticket': None}))
            for ticket in (None, 'eyJ.eyJ.x'):
                self.assertEqual(self.closing(bridge, ticket=ticket), self.GOOD)

    def test_keys_rotate(self) -> None:
        old, new = key('old'), key('new')
        with with_keys(old) as (bridge, file):
            before = json.loads(ask(bridge, Origin=PAGE)[1])['ticket']

            def rotate(*keys: JWK) -> None:
                file.write_text(json.dumps({'keys': [json.loads(k.export()) for k in keys]}))
                raw = {'listen': '127.0.0.1:0', 'origins': [PAGE], 'tickets': {'keys': [str(file)]}}
                bridge.configure(config.read(raw, Path(os.curdir)))

            rotate(new, old)
            after = json.loads(ask(bridge, Origin=PAGE)[1])['ticket']
            self.assertEqual(self.closing(bridge, ticket=before), self.GOOD)
            self.assertEqual(self.closing(bridge, ticket=after), self.GOOD)
            rotate(new)
            self.assertEqual(self.closing(bridge, ticket=before), 'bad-ticket why=signature')
            self.assertEqual(self.closing(bridge, ticket=after), self.GOOD)


if __name__ == '__main__':
    unittest.main()
