"""Keeps `resolver` a place to look mail servers up: no tunnel, no way to other records or networks.

Bytes in, bytes out, no I/O. Every message of both sides is parsed, and written anew with nothing in
it but what a check needs: from the client one question for a host name, from the resolver the
records that answer it. What else a message could carry does not get through.

Names and the data of records are read and written by dnspython. What stands around them is done
here: a page waits for some forty messages at once, and its whole messages take four times as long.
"""

from __future__ import annotations

import ipaddress
import re
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.wire

from bridge.closes import Close, Ended
from bridge.target import Address

# What the page asks for, and the alias that may stand before any of it.
QUESTION_TYPES = frozenset(
    (dns.rdatatype.A, dns.rdatatype.AAAA, dns.rdatatype.MX, dns.rdatatype.SRV)
)
_ANSWER_TYPES = QUESTION_TYPES | {dns.rdatatype.CNAME}

# A check asks some forty; each server that typed settings or records add, two more.
MAX_QUERIES = 150
# Header, the longest name, type and class, and an OPT record with some options.
MAX_QUERY_BYTES = 512
# Real answers of these types stay below 4 kB.
MAX_ANSWER_BYTES = 16 * 1024
# In all sections. The page reads 32 of one answer, and reading a record takes 40 µs.
MAX_ANSWER_RECORDS = 128
# Labels that were not asked for before, with their length bytes: what a name can smuggle out. A
# check asks for one domain, some twenty labels below it, and a few names of its servers.
MAX_NEW_NAME_BYTES = 2048

# RFC 8914 4.16 to 4.19: why a resolver does not tell what it could. Its other remarks, and its
# words, stay here.
_WITHHELD = frozenset(
    (
        dns.edns.EDECode.BLOCKED,
        dns.edns.EDECode.CENSORED,
        dns.edns.EDECode.FILTERED,
        dns.edns.EDECode.PROHIBITED,
    )
)
# The same of the bridge's own: what was left out, by whom and why.
_NOT_PUBLIC = dns.edns.EDEOption(dns.edns.EDECode.FILTERED, 'not a public address')
_OPTED_OUT = dns.edns.EDEOption(dns.edns.EDECode.PROHIBITED, 'opted out')

_LENGTH = struct.Struct('>H')
_HEADER = struct.Struct('>6H')
_QUESTION = struct.Struct('>HH')  # behind the name: type, class
_RECORD = struct.Struct('>HHIH')  # behind the owner: type, class, time to live, length of the data
_OPTION = struct.Struct('>HH')
_QR, _OPCODE, _TC, _RD, _RA, _RCODE = 0x8000, 0x7800, 0x0200, 0x0100, 0x0080, 0x000F
# The name of the question, where a later one is the same (RFC 1035 4.1.4).
_SAME_NAME = b'\xc0\x0c'
_MAX_MESSAGE_BYTES = 0xFFFF
_LABEL = re.compile(rb'[0-9A-Za-z_-]+')

Question = tuple[dns.name.Name, int]


class DnsGuard:
    """Watches one conversation with the resolver (RFC 1035 4.2.2, RFC 7766).

    `permits` says which addresses may be told; `charge` is called with the bytes of each name that
    were not asked for before, and raises Ended when they are too many; `opted_out` says of which
    names nothing may be asked or told.
    """

    def __init__(
        self,
        permits: Callable[[Address], bool],
        charge: Callable[[int], None] = lambda _: None,
        opted_out: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._permits = permits
        self._charge = charge
        self._opted_out = opted_out
        self._own_words = b''
        self._asked = bytearray()
        self._answered = bytearray()
        self._pending: dict[int, Question] = {}
        self._queries = 0
        self._known_names = {dns.name.root.labels}
        self._new_name_bytes = 0

    def from_client(self, data: bytes) -> bytes:
        """The queries that are complete now, written anew. Raises Ended for what is none."""
        self._asked += data
        passed = b''
        while (wire := _next_message(self._asked, MAX_QUERY_BYTES)) is not None:
            passed += self._query(wire)
        return passed

    def from_server(self, data: bytes) -> bytes:
        """The answers that are complete now, written anew; those that nobody asked for left out."""
        self._answered += data
        passed = b''
        while (wire := _next_message(self._answered)) is not None:
            passed += self._answer(wire)
        return passed

    def own_words(self) -> bytes:
        """The answers that are the bridge's own."""
        words, self._own_words = self._own_words, b''
        return words

    def _query(self, wire: bytes) -> bytes:
        identifier, (name, kind) = _read_query(wire)
        if identifier in self._pending:
            raise _denied('id-in-use')
        self._queries += 1
        if self._queries > MAX_QUERIES:
            raise Ended(Close.UPLOAD_BUDGET, limit=MAX_QUERIES, of='queries')
        self._count(name)
        if self._opted_out(str(name)):
            # It is not even looked up: that would be traffic, too.
            refusal = _reply(identifier, (name, kind), dns.rcode.REFUSED, notes=[_OPTED_OUT])
            self._own_words += _framed(refusal)
            return b''
        self._pending[identifier] = (name, kind)
        # Only who speaks EDNS is told why (RFC 8914 section 3).
        return _framed(_written(identifier, (name, kind), _RD, additional=[_opt(0, [])]))

    def _count(self, name: dns.name.Name) -> None:
        """Count the labels below the longest name that was asked for already."""
        new = 0
        lower = tuple(label.lower() for label in name.labels)
        while lower not in self._known_names:
            self._known_names.add(lower)
            new += len(lower[0]) + 1
            lower = lower[1:]
        self._new_name_bytes += new
        if self._new_name_bytes > MAX_NEW_NAME_BYTES:
            raise Ended(Close.UPLOAD_BUDGET, limit=MAX_NEW_NAME_BYTES, of='names')
        if new:
            self._charge(new)

    def _answer(self, wire: bytes) -> bytes:
        if len(wire) < _HEADER.size:
            return b''
        identifier, flags = _HEADER.unpack_from(wire)[:2]
        question = self._pending.get(identifier)
        if question is None or not flags & _QR:
            return b''
        answer = _read_answer(wire)
        if answer is None:
            # The page must not wait for it in vain, and not take it for an answer: TC is neither.
            del self._pending[identifier]
            return _framed(_reply(identifier, question, dns.rcode.NOERROR, truncated=True))
        if answer.question != question:
            return b''
        del self._pending[identifier]
        return _framed(self._rewritten(identifier, question, answer))

    def _rewritten(self, identifier: int, question: Question, answer: _Answer) -> bytes:
        notes = [dns.edns.EDEOption(code) for code in answer.withheld]
        told = []
        for record in answer.records:
            if record.kind in (dns.rdatatype.A, dns.rdatatype.AAAA):
                if self._opted_out(str(record.owner)):
                    # An alias leads to it.
                    notes.append(_OPTED_OUT)
                    continue
                if not self._permits(ipaddress.ip_address(record.data)):
                    notes.append(_NOT_PUBLIC)
                    continue
            told.append(record)
        return _reply(identifier, question, answer.rcode, answer.truncated, told, notes[:1])


@dataclass(frozen=True)
class _Record:
    """One record of an answer."""

    owner: dns.name.Name
    kind: int
    ttl: int
    data: bytes  # without pointers

    def to_wire(self, question_name: dns.name.Name) -> bytes:
        """As it stands in a message that asks for this name."""
        same = self.owner.labels == question_name.labels
        owner = _SAME_NAME if same else self.owner.to_wire()
        kind = _RECORD.pack(self.kind, dns.rdataclass.IN, self.ttl, len(self.data))
        return owner + kind + self.data


@dataclass(frozen=True)
class _Answer:
    """What of an answer is looked at; `withheld` are codes of RFC 8914."""

    question: Question | None
    rcode: int
    truncated: bool
    records: list[_Record]
    withheld: list[int]


def _next_message(held: bytearray, limit: int = 0xFFFF) -> bytes | None:
    """Take the next whole message from `held`; None while it is incomplete."""
    if len(held) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack_from(held)
    if length > limit:
        raise _denied('query-too-long')
    end = _LENGTH.size + length
    if len(held) < end:
        return None
    message = bytes(held[_LENGTH.size : end])
    del held[:end]
    return message


def _read_query(wire: bytes) -> tuple[int, Question]:
    """The id and the question of a query that asks for nothing unusual; Ended for any other."""
    if len(wire) < _HEADER.size:
        raise _denied('not-a-query')
    identifier, flags, *counts = _HEADER.unpack_from(wire)
    # Judged before the rest is read: other operations mean other things by the sections.
    if flags & (_QR | _OPCODE | _RCODE) or counts[:3] != [1, 0, 0] or counts[3] > 1:
        raise _denied('not-a-query')
    try:
        parser = dns.wire.Parser(wire, _HEADER.size)
        name = parser.get_name()
        kind, of = parser.get_struct(_QUESTION.format)
        if counts[3]:
            owner, record, _ = _next_record(parser)
            if record[0] != dns.rdatatype.OPT or owner != dns.name.root:
                raise _denied('not-a-query')
    except dns.exception.DNSException:
        raise _denied('not-a-query') from None
    if parser.remaining():
        raise _denied('not-a-query')
    if of != dns.rdataclass.IN or kind not in QUESTION_TYPES:
        raise _denied('record-type')
    if len(name) < 2 or not all(map(_LABEL.fullmatch, name.labels[:-1])):
        raise _denied('not-a-host-name')
    return identifier, (name, kind)


def _read_answer(wire: bytes) -> _Answer | None:
    """The answer; None when it is too long, cannot be read, or is of another operation."""
    _, flags, questions, *counts = _HEADER.unpack_from(wire)
    if flags & _OPCODE or len(wire) > MAX_ANSWER_BYTES:
        return None
    if questions != 1 or sum(counts) > MAX_ANSWER_RECORDS:
        return None
    try:
        return _read_sections(dns.wire.Parser(wire, _HEADER.size), flags, counts)
    except dns.exception.DNSException:
        return None


def _read_sections(parser: dns.wire.Parser, flags: int, counts: list[int]) -> _Answer | None:
    answers, authorities, additionals = counts
    name = parser.get_name()
    kind, of = parser.get_struct(_QUESTION.format)
    question = (name, kind) if of == dns.rdataclass.IN else None
    records = []
    for _ in range(answers):
        owner, (kind, of, ttl, length), start = _next_record(parser)
        if of == dns.rdataclass.IN and kind in _ANSWER_TYPES:
            data = dns.rdata.from_wire(of, kind, parser.wire, start, length)
            records.append(_Record(owner, kind, ttl, data.to_wire()))
    for _ in range(authorities):
        _next_record(parser)
    rcode, withheld = flags & _RCODE, []
    for _ in range(additionals):
        _, (kind, of, ttl, length), start = _next_record(parser)
        if kind == dns.rdatatype.OPT:
            options = dns.rdata.from_wire(of, kind, parser.wire, start, length).options
            withheld = [
                option.code
                for option in options
                if isinstance(option, dns.edns.EDEOption) and option.code in _WITHHELD
            ]
            rcode |= ttl >> 24 << 4
    if parser.remaining():
        return None
    return _Answer(question, rcode, bool(flags & _TC), records, withheld)


def _next_record(parser: dns.wire.Parser) -> tuple[dns.name.Name, tuple[int, ...], int]:
    """Its owner, what `_RECORD` says, and where its data begins; passes over them."""
    owner = parser.get_name()
    said = parser.get_struct(_RECORD.format)
    start = parser.current
    parser.get_bytes(said[3])
    return owner, said, start


def _reply(
    identifier: int,
    question: Question,
    rcode: int,
    truncated: bool = False,
    records: Sequence[_Record] = (),
    notes: Sequence[dns.edns.Option] = (),
) -> bytes:
    """An answer of ours."""
    flags = _QR | _RD | _RA | (_TC if truncated else 0) | rcode & _RCODE
    additional = [_opt(rcode, notes)] if notes or rcode > _RCODE else []
    told = [record.to_wire(question[0]) for record in records]
    wire = _written(identifier, question, flags, told, additional)
    if len(wire) > _MAX_MESSAGE_BYTES:
        return _reply(identifier, question, rcode, truncated=True)
    return wire


def _written(
    identifier: int,
    question: Question,
    flags: int,
    answer: Sequence[bytes] = (),
    additional: Sequence[bytes] = (),
) -> bytes:
    name, kind = question
    header = _HEADER.pack(identifier, flags, 1, len(answer), 0, len(additional))
    asked = name.to_wire() + _QUESTION.pack(kind, dns.rdataclass.IN)
    return b''.join((header, asked, *answer, *additional))


def _opt(rcode: int, options: Sequence[dns.edns.Option]) -> bytes:
    """What EDNS adds to a message (RFC 6891 6.1.2), with the upper bits of the code."""
    data = b''
    for option in options:
        value = option.to_wire()
        data += _OPTION.pack(option.otype, len(value)) + value
    payload = dns.message.DEFAULT_EDNS_PAYLOAD
    return b'\0' + _RECORD.pack(dns.rdatatype.OPT, payload, rcode >> 4 << 24, len(data)) + data


def _framed(wire: bytes) -> bytes:
    return _LENGTH.pack(len(wire)) + wire


def _denied(why: str) -> Ended:
    return Ended(Close.PORT_DENIED, why=why)
