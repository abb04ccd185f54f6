"""What a check asks the resolver passes; a tunnel and foreign records do not, in any chunks."""

import random
import unittest

import dns.edns
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import dns.tsigkeyring
import harness  # noqa: F401

from bridge import dnsguard
from bridge.closes import Close, Ended
from bridge.dnsguard import DnsGuard

NAME = 'mail.example.com.'


def framed(message: dns.message.Message | bytes) -> bytes:
    """A message as TCP carries it."""
    wire = message if isinstance(message, bytes) else message.to_wire(max_size=0xFFFF)
    return len(wire).to_bytes(2, 'big') + wire


def query(name: str = NAME, kind: str = 'A', **options: object) -> dns.message.Message:
    """A query as the page makes it."""
    return dns.message.make_query(name, kind, id=7, **options)


def answer(asked: dns.message.Message, *records: str) -> dns.message.Message:
    """The answer to a query; each record is 'owner type data'."""
    made = dns.message.make_response(asked, recursion_available=True)
    for record in records:
        owner, kind, data = record.split(' ', 2)
        made.answer.append(dns.rrset.from_text(owner, 60, 'IN', kind, data))
    return made


def messages(data: bytes) -> list[dns.message.Message]:
    """What a stream holds, which must end with a whole message."""
    found = []
    while data:
        length = int.from_bytes(data[:2], 'big')
        found.append(dns.message.from_wire(data[2 : 2 + length]))
        data = data[2 + length :]
    return found


def public(address: object) -> bool:
    """Stands for the policy."""
    return not str(address).startswith(('10.', 'fd'))


class GuardTest(unittest.TestCase):
    def setUp(self) -> None:
        self.charged: list[int] = []
        self.guard = DnsGuard(public, self.charged.append)

    def ask(self, message: dns.message.Message | bytes) -> list[dns.message.Message]:
        return messages(self.guard.from_client(framed(message)))

    def hear(self, message: dns.message.Message | bytes) -> list[dns.message.Message]:
        return messages(self.guard.from_server(framed(message)))

    def refused(self, message: dns.message.Message | bytes, why: str) -> None:
        with self.subTest(why, message=message):
            with self.assertRaises(Ended) as caught:
                DnsGuard(public).from_client(framed(message))
            self.assertIs(caught.exception.close, Close.PORT_DENIED)
            self.assertEqual(caught.exception.details, {'why': why})


class QueryTest(GuardTest):
    def test_what_the_page_asks(self) -> None:
        for number, (name, kind) in enumerate(
            (
                ('example.com.', 'MX'),
                ('_imaps._tcp.example.com.', 'SRV'),
                ('MAIL.example.com.', 'A'),
                ('mail.example.com.', 'AAAA'),
                ('xn--bcher-kva.example.', 'A'),
            )
        ):
            with self.subTest(name, kind=kind):
                asked = dns.message.make_query(name, kind, id=number)
                self.assertEqual(self.ask(asked), [asked])

    def test_in_any_chunks(self) -> None:
        # It asks with EDNS, so that the resolver may say why it tells nothing.
        asked = [dns.message.make_query(NAME, 'A', id=n, use_edns=0) for n in range(5)]
        stream = b''.join(map(framed, asked))
        for chunk in (1, 2, 3, 50, 4096):
            guard = DnsGuard(public)
            pieces = [stream[at : at + chunk] for at in range(0, len(stream), chunk)]
            self.assertEqual(b''.join(map(guard.from_client, pieces)), stream)

    def test_written_anew(self) -> None:
        # Flags, sizes and options of the client's choice are so many bits of a tunnel.
        for options in (
            {'use_edns': 0, 'payload': 4096, 'options': [dns.edns.GenericOption(65001, b'secret')]},
            {'use_edns': 0, 'want_dnssec': True},
            {'flags': dns.flags.RD | dns.flags.CD | dns.flags.AD},
        ):
            with self.subTest(options):
                self.setUp()
                passed = self.guard.from_client(framed(query(**options)))
                self.assertEqual(passed, framed(query(use_edns=0)))

    def test_other_records(self) -> None:
        for kind in ('ANY', 'AXFR', 'IXFR', 'NULL', 'TXT', 'CNAME', 'PTR', 'NS', 'TYPE65400'):
            self.refused(query(NAME, kind), 'record-type')
        self.refused(dns.message.make_query('version.bind.', 'A', 'CH'), 'record-type')

    def test_no_query(self) -> None:
        two = query()
        two.question *= 2
        none = query()
        none.question = []
        loaded = query()
        loaded.additional.append(dns.rrset.from_text(NAME, 1, 'IN', 'TXT', '"secret"'))
        update = query().to_wire()
        update = update[:2] + b'\x28' + update[3:]
        signed = query()
        signed.use_tsig(dns.tsigkeyring.from_text({'key.': 'c2VjcmV0'}))
        cases = (two, none, loaded, answer(query()), answer(query(), f'{NAME} A 1.2.3.4'))
        cases += (update, query().to_wire() + b'secret', query().to_wire()[:-1], b'', bytes(12))
        for message in (*cases, signed):
            self.refused(message, 'not-a-query')

    def test_no_dns(self) -> None:
        for data in (b'GET / HTTP/1.1\r\n', b'\x16\x03\x01\x02\x00', b'SSH-2.0-x\r\n'):
            with self.subTest(data), self.assertRaises(Ended) as caught:
                DnsGuard(public).from_client(data)
            self.assertEqual(caught.exception.details, {'why': 'query-too-long'})

    def test_names(self) -> None:
        for name in (
            '.',
            'a b.example.',
            r'\000\255.example.',
            'bücher.example.'.encode(),
            '*.example.',
        ):
            asked = query()
            if isinstance(name, bytes):
                labels = [*name.split(b'.')[:-1], b'']
                asked.question[0].name = dns.name.Name(labels)
            else:
                asked = query(name)
            self.refused(asked, 'not-a-host-name')

    def test_one_id_at_a_time(self) -> None:
        self.ask(query())
        with self.assertRaises(Ended) as caught:
            self.ask(query('other.example.'))
        self.assertEqual(caught.exception.details, {'why': 'id-in-use'})

    def test_number_of_queries(self) -> None:
        for number in range(dnsguard.MAX_QUERIES):
            self.ask(dns.message.make_query(NAME, 'A', id=number))
        with self.assertRaises(Ended) as caught:
            self.ask(dns.message.make_query(NAME, 'A', id=1000))
        self.assertIs(caught.exception.close, Close.UPLOAD_BUDGET)
        self.assertEqual(caught.exception.details, {'limit': 150, 'of': 'queries'})

    def test_names_are_no_tunnel(self) -> None:
        passed = 0
        noise = random.Random(1)
        with self.assertRaises(Ended) as caught:
            for number in range(dnsguard.MAX_QUERIES):
                label = ''.join(noise.choices('abcdefghijklmnop', k=60))
                self.ask(dns.message.make_query(f'{label}.{label}.t.example.', 'A', id=number))
                passed += 120
        self.assertIs(caught.exception.close, Close.UPLOAD_BUDGET)
        self.assertEqual(caught.exception.details, {'limit': 2048, 'of': 'names'})
        self.assertLess(passed, 2048)

    def test_a_check_of_a_long_domain_is_no_tunnel(self) -> None:
        # 200 bytes of domain count once, in whatever case: the page asks for much below it.
        domain = '.'.join(['a' * 49] * 4)
        labels = ['imap', 'mail', 'pop', 'pop3', 'smtp', 'outgoing', 'autoconfig']
        labels += [f'_{name}._tcp' for name in ('imap', 'imaps', 'pop3', 'pop3s', 'submission')]
        number = 0
        for label in labels:
            for case in (domain, domain.upper()):
                self.ask(dns.message.make_query(f'{label}.{case}.', 'A', id=number))
                number += 1
        self.assertEqual(len(self.charged), len(labels))
        self.assertLess(sum(self.charged), 400)

    def test_charge_may_end_it(self) -> None:
        def poor(_: int) -> None:
            raise Ended(Close.RATE, retry=3)

        with self.assertRaises(Ended) as caught:
            DnsGuard(public, poor).from_client(framed(query()))
        self.assertIs(caught.exception.close, Close.RATE)


class AnswerTest(GuardTest):
    def test_what_the_page_reads(self) -> None:
        for kind, records in (
            ('A', ['www.example.com. CNAME mail.example.com.', f'{NAME} A 1.2.3.4']),
            ('AAAA', [f'{NAME} AAAA 2001:db8::1']),
            ('MX', [f'{NAME} MX 10 mx.example.com.']),
            ('SRV', [f'{NAME} SRV 0 1 993 imap.example.com.']),
            ('A', []),
        ):
            with self.subTest(kind):
                self.setUp()
                asked = query(NAME, kind)
                self.ask(asked)
                for chunk in (1, 7, 4096):
                    self.guard._pending[7] = (asked.question[0].name, asked.question[0].rdtype)
                    stream = framed(answer(asked, *records))
                    pieces = [stream[at : at + chunk] for at in range(0, len(stream), chunk)]
                    (heard,) = messages(b''.join(map(self.guard.from_server, pieces)))
                    self.assertEqual(heard.answer, answer(asked, *records).answer)
                    self.assertEqual((heard.id, heard.question), (7, asked.question))

    def test_failures_keep_their_code(self) -> None:
        for code in (dns.rcode.NXDOMAIN, dns.rcode.SERVFAIL, dns.rcode.REFUSED):
            with self.subTest(code):
                self.setUp()
                self.ask(query())
                told = answer(query())
                told.set_rcode(code)
                (heard,) = self.hear(told)
                self.assertEqual((heard.rcode(), heard.answer), (code, []))

    def test_only_addresses_that_may_be_told(self) -> None:
        for kind, private, rest in (
            ('A', '10.0.0.1', '1.2.3.4'),
            ('AAAA', 'fd00::1', '2001:db8::1'),
        ):
            for told in ([private, rest], [private]):
                with self.subTest(kind, told=told):
                    self.setUp()
                    self.ask(query(NAME, kind))
                    records = [f'{NAME} {kind} {address}' for address in told]
                    (heard,) = self.hear(answer(query(NAME, kind), *records))
                    left = [r.address for records in heard.answer for r in records]
                    self.assertEqual(left, told[1:])
                    (option,) = heard.options
                    self.assertEqual(option.code, dns.edns.EDECode.FILTERED)

    def test_who_asked_to_be_left_alone(self) -> None:
        guard = DnsGuard(public, opted_out=lambda name: name.endswith('example.org.'))
        for name, kind in (('example.org.', 'MX'), ('mail.example.org.', 'A')):
            with self.subTest(name):
                # Not even the resolver is asked.
                self.assertEqual(guard.from_client(framed(query(name, kind))), b'')
                (told,) = messages(guard.own_words())
                self.assertEqual(guard.own_words(), b'')
                self.assertEqual((told.id, told.rcode()), (7, dns.rcode.REFUSED))
                self.assertEqual(str(told.question[0].name), name)
                (option,) = told.options
                self.assertEqual(option.code, dns.edns.EDECode.PROHIBITED)
                self.assertEqual(option.text, 'opted out')
        # An alias leads to its servers: the name is told, the address is not.
        asked = query()
        self.assertNotEqual(guard.from_client(framed(asked)), b'')
        made = answer(asked, f'{NAME} CNAME mx.example.org.', 'mx.example.org. A 1.2.3.4')
        (told,) = messages(guard.from_server(framed(made)))
        self.assertEqual([rrset.rdtype for rrset in told.answer], [dns.rdatatype.CNAME])
        self.assertEqual(told.options[0].code, dns.edns.EDECode.PROHIBITED)

    def test_why_the_resolver_tells_nothing(self) -> None:
        for code in (
            dns.edns.EDECode.BLOCKED,
            dns.edns.EDECode.CENSORED,
            dns.edns.EDECode.FILTERED,
            dns.edns.EDECode.PROHIBITED,
        ):
            with self.subTest(code):
                self.setUp()
                self.ask(query())
                told = answer(query())
                told.set_rcode(dns.rcode.NXDOMAIN)
                told.use_edns(options=[dns.edns.EDEOption(code, 'ask the secret list')])
                (heard,) = self.hear(told)
                self.assertEqual(heard.rcode(), dns.rcode.NXDOMAIN)
                self.assertEqual([(o.code, o.text) for o in heard.options], [(code, None)])
        for other in (dns.edns.EDECode.DNSSEC_BOGUS, dns.edns.EDECode.STALE_ANSWER):
            self.setUp()
            self.ask(query())
            told = answer(query())
            told.use_edns(options=[dns.edns.EDEOption(other)])
            self.assertEqual(self.hear(told)[0].options, ())

    def test_nothing_else_comes_along(self) -> None:
        asked = query()
        self.ask(asked)
        told = answer(asked, f'{NAME} A 1.2.3.4', f'{NAME} TXT "secret"', f'{NAME} NULL \\# 1 00')
        told.authority.append(dns.rrset.from_text(NAME, 1, 'IN', 'NS', 'ns.internal.'))
        told.additional.append(dns.rrset.from_text('ns.internal.', 1, 'IN', 'A', '10.0.0.1'))
        told.use_edns(options=[dns.edns.GenericOption(65001, b'secret')])
        (heard,) = self.hear(told)
        self.assertEqual(heard.to_wire(), answer(asked, f'{NAME} A 1.2.3.4').to_wire())

    def test_only_what_was_asked(self) -> None:
        asked = query()
        self.ask(asked)
        other = dns.message.make_query('other.example.', 'A', id=7)
        kind = query(NAME, 'AAAA')
        stranger = dns.message.make_query(NAME, 'A', id=8)
        for told in (answer(other), answer(kind), answer(stranger), asked, b'', b'\0\7', bytes(11)):
            with self.subTest(told):
                self.assertEqual(self.hear(told), [])
        self.assertEqual(len(self.hear(answer(asked))), 1)
        # And that only once.
        self.assertEqual(self.hear(answer(asked)), [])

    def test_what_cannot_be_passed_on_is_cut_off_not_awaited(self) -> None:
        many = [f'{NAME} A 1.2.{n}.4' for n in range(dnsguard.MAX_ANSWER_RECORDS + 1)]
        long = answer(query())
        long.answer += [
            dns.rrset.from_text(f'{n}.example.', 1, 'IN', 'TXT', f'"{"x" * 250}"')
            for n in range(70)
        ]
        whole = answer(query(), f'{NAME} A 1.2.3.4').to_wire()
        status = whole[:2] + bytes([whole[2] | 0x10]) + whole[3:]
        for told in (answer(query(), *many), long, whole[:-1], whole + b'x', status):
            with self.subTest(told):
                self.setUp()
                self.ask(query())
                (heard,) = self.hear(told)
                self.assertTrue(heard.flags & dns.flags.TC)
                self.assertEqual(
                    (heard.id, heard.question, heard.answer), (7, query().question, [])
                )

    def test_what_becomes_too_long_without_pointers(self) -> None:
        self.ask(query())
        owner = '.'.join(['x' * 63] * 3 + ['x' * 61])
        told = answer(query())
        told.answer += [
            dns.rrset.from_text(f'{owner}.', 60, 'IN', 'MX', f'{n} {owner}.')
            for n in range(dnsguard.MAX_ANSWER_RECORDS)
        ]
        (heard,) = self.hear(told)
        self.assertTrue(heard.flags & dns.flags.TC)
        self.assertEqual(heard.answer, [])

    def test_every_bit_of_the_code_beside_a_note(self) -> None:
        self.ask(query())
        told = answer(query())
        told.use_edns(options=[dns.edns.EDEOption(dns.edns.EDECode.BLOCKED)])
        told.set_rcode(dns.rcode.BADVERS)
        (heard,) = self.hear(told)
        self.assertEqual(heard.rcode(), dns.rcode.BADVERS)
        self.assertEqual([option.code for option in heard.options], [dns.edns.EDECode.BLOCKED])

    def test_noise_never_raises(self) -> None:
        noise = random.Random(2)
        told = answer(query(), 'x.example. CNAME mail.example.com.', f'{NAME} A 1.2.3.4').to_wire()
        for _ in range(500):
            self.setUp()
            self.ask(query())
            wire = bytearray(told)
            for _ in range(noise.randrange(1, 4)):
                wire[noise.randrange(2, len(wire))] = noise.randrange(256)
            for heard in self.hear(bytes(wire[: noise.randrange(len(wire) // 2, len(wire) + 1)])):
                self.assertEqual((heard.id, heard.question), (7, query().question))


if __name__ == '__main__':
    unittest.main()
