"""Every decision, as a table of requests."""

import ipaddress
import unittest

import harness  # noqa: F401

from bridge.closes import Ended
from bridge.optout import OptOut
from bridge.policy import Rules, decide, may_be_told
from bridge.reasons import Reason
from bridge.target import Named, parse_endpoint, parse_target

SITE = 'https://check.example'
RESOLVER = parse_endpoint('127.0.0.53:53')
RULES = Rules(
    ports=frozenset({25, 993}),
    origins=frozenset({SITE, 'http://other.example:8080'}),
    deny=(ipaddress.ip_network('198.20.0.0/24'), ipaddress.ip_network('2606:4700:1::/48')),
    opt_out=OptOut(networks=(ipaddress.ip_network('198.20.4.0/24'),)),
    forward={
        parse_endpoint('192.0.2.10:993'): parse_endpoint('127.0.0.1:10993'),
        parse_endpoint('192.0.2.10:2525'): parse_endpoint('127.0.0.1:12525'),
        parse_endpoint('[2001:db8::10]:993'): parse_endpoint('[::1]:10993'),
    },
    resolver=RESOLVER,
)
OWN = frozenset({ipaddress.ip_address('198.20.1.1'), ipaddress.ip_address('2606:4700::1')})

TARGETS = (
    ('1.1.1.1:993', Reason.PUBLIC, '1.1.1.1:993'),
    ('1.1.1.1:25', Reason.PUBLIC, '1.1.1.1:25'),
    ('[2606:4700::1111]:993', Reason.PUBLIC, '[2606:4700::1111]:993'),
    ('[::ffff:1.1.1.1]:993', Reason.EMBEDDED, None),
    ('1.1.1.1:24', Reason.PORT, None),
    ('1.1.1.1:26', Reason.PORT, None),
    ('1.1.1.1:143', Reason.PORT, None),
    ('1.1.1.1:22', Reason.PORT, None),
    ('127.0.0.1:993', Reason.LOOPBACK, None),
    ('[::ffff:127.0.0.1]:993', Reason.EMBEDDED, None),
    ('198.19.255.255:993', Reason.BENCHMARK, None),
    ('198.20.0.0:993', Reason.OPERATOR, None),
    ('198.20.0.255:993', Reason.OPERATOR, None),
    ('[::ffff:198.20.0.1]:993', Reason.EMBEDDED, None),
    ('198.20.1.0:993', Reason.PUBLIC, '198.20.1.0:993'),
    ('198.20.1.1:993', Reason.OWN, None),
    ('198.20.1.2:993', Reason.PUBLIC, '198.20.1.2:993'),
    ('[2606:4700::1]:993', Reason.OWN, None),
    ('198.20.4.1:993', Reason.OPTED_OUT, None),
    ('198.20.5.1:993', Reason.PUBLIC, '198.20.5.1:993'),
    ('[2606:4700:1::1]:993', Reason.OPERATOR, None),
    ('[2606:4700:2::1]:993', Reason.PUBLIC, '[2606:4700:2::1]:993'),
    ('192.0.2.10:993', Reason.FORWARDED, '127.0.0.1:10993'),
    # The same address in another spelling is not what the operator wrote.
    ('[::ffff:192.0.2.10]:993', Reason.EMBEDDED, None),
    ('[2001:db8::10]:993', Reason.FORWARDED, '[::1]:10993'),
    ('192.0.2.10:2525', Reason.FORWARDED, '127.0.0.1:12525'),
    # A forward is for exactly its address and port, and what it leads to stays closed itself.
    ('192.0.2.10:25', Reason.DOCUMENTATION, None),
    ('192.0.2.11:993', Reason.DOCUMENTATION, None),
    ('127.0.0.1:10993', Reason.PORT, None),
)
ORIGINS = (
    (SITE, Reason.TARGET_AWAITED),
    ('https://CHECK.example:443', Reason.TARGET_AWAITED),
    ('http://other.example:8080', Reason.TARGET_AWAITED),
    ('http://check.example', Reason.ORIGIN_FOREIGN),
    ('http://other.example', Reason.ORIGIN_FOREIGN),
    ('https://check.example.evil.example', Reason.ORIGIN_FOREIGN),
    ('null', Reason.ORIGIN_FOREIGN),
    ('', Reason.ORIGIN_FOREIGN),
    (None, Reason.ORIGIN_MISSING),
)


class TargetTest(unittest.TestCase):
    def test_table(self) -> None:
        for text, reason, dial in TARGETS:
            with self.subTest(text):
                decision = decide(SITE, None, parse_target(text.encode()), RULES, OWN)
                self.assertIs(decision.reason, reason)
                self.assertEqual(decision.dial and str(decision.dial), dial)
                self.assertEqual(decision.allowed, dial is not None)

    def test_resolver(self) -> None:
        decision = decide(SITE, None, Named.RESOLVER, RULES)
        self.assertEqual((decision.reason, decision.dial), (Reason.RESOLVER, RESOLVER))
        self.assertIs(
            decide(SITE, None, Named.RESOLVER, Rules(origins=RULES.origins)).reason,
            Reason.NO_RESOLVER,
        )

    def test_rules_allow_nothing_by_default(self) -> None:
        target = parse_target(b'1.1.1.1:993')
        self.assertIs(decide('http://[::1]', '[::1]', target, Rules()).reason, Reason.PORT)


class OriginTest(unittest.TestCase):
    def test_listed(self) -> None:
        for origin, reason in ORIGINS:
            with self.subTest(origin):
                # The Host header does not matter once origins are listed.
                self.assertIs(decide(origin, 'evil.example', None, RULES).reason, reason)

    def test_same_origin_by_default(self) -> None:
        for origin, host, reason in (
            ('http://localhost:8080', 'localhost:8080', Reason.TARGET_AWAITED),
            ('https://203.0.113.7', '203.0.113.7', Reason.TARGET_AWAITED),
            ('https://b.example', 'localhost', Reason.ORIGIN_FOREIGN),
            ('http://rebound.example', 'rebound.example', Reason.ORIGIN_FOREIGN),
            (None, 'localhost', Reason.ORIGIN_MISSING),
        ):
            with self.subTest(origin):
                self.assertIs(decide(origin, host, None, Rules()).reason, reason)

    def test_any(self) -> None:
        rules = Rules(origins=frozenset({'*'}))
        for origin in (None, 'null', 'https://evil.example'):
            with self.subTest(origin):
                self.assertIs(decide(origin, None, None, rules).reason, Reason.TARGET_AWAITED)

    def test_stranger_learns_nothing_about_targets(self) -> None:
        for text, _, _ in TARGETS:
            target = parse_target(text.encode())
            decision = decide('https://evil.example', None, target, RULES, OWN)
            self.assertIs(decision.reason, Reason.ORIGIN_FOREIGN)


class ToldTest(unittest.TestCase):
    def test_addresses_in_answers(self) -> None:
        for address, told in (
            ('1.1.1.1', True),
            ('10.0.0.1', False),
            ('::ffff:1.1.1.1', False),
            ('198.20.0.1', False),
            ('198.20.1.1', False),
            ('192.0.2.10', True),
            ('192.0.2.11', False),
            # So that the page hears why the bridge does not go there.
            ('198.20.4.1', True),
        ):
            with self.subTest(address):
                self.assertIs(may_be_told(ipaddress.ip_address(address), RULES, OWN), told)


class EnforceTest(unittest.TestCase):
    def test_refusal_names_close_and_reason(self) -> None:
        with self.assertRaises(Ended) as caught:
            decide(SITE, None, parse_target(b'10.0.0.1:993'), RULES).enforce()
        self.assertEqual(caught.exception.reason, 'not-public why=private')

    def test_permission_passes(self) -> None:
        decide(SITE, None, parse_target(b'1.1.1.1:993'), RULES).enforce()


class ReasonTest(unittest.TestCase):
    def test_ids_fit_a_close_reason(self) -> None:
        ids = [reason.id for reason in Reason]
        self.assertEqual(len(set(ids)), len(ids))
        for reason in Reason:
            self.assertRegex(reason.id, r'\A[a-z0-9-]+\Z')


if __name__ == '__main__':
    unittest.main()
