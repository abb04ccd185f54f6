"""Keeps `resolver` a place to look mail servers up: no tunnel, no way to other records or networks.

Bytes in, bytes out, no I/O. Every message of both sides is parsed, and written anew with nothing in
it but what a check needs: from the client one question for a host name, from the resolver the
records that answer it. What else a message could carry does not get through.
"""

from __future__ import annotations

import ipaddress
import re
import struct
from collections.abc import Callable

import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype

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
_QR, _OPCODE, _RCODE = 0x8000, 0x7800, 0x000F
_LABEL = re.compile(rb'[0-9A-Za-z_-]+')

Question = tuple[dns.name.Name, dns.rdatatype.RdataType]


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
        self._known_names = {dns.name.root}
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
            refusal = _reply(identifier, (name, kind), 0)
            refusal.set_rcode(dns.rcode.REFUSED)
            refusal.use_edns(options=[_OPTED_OUT])
            self._own_words += _framed(refusal.to_wire(max_size=0xFFFF))
            return b''
        self._pending[identifier] = (name, kind)
        # Only who speaks EDNS is told why (RFC 8914 section 3).
        query = dns.message.make_query(name, kind, id=identifier, use_edns=0)
        return _framed(query.to_wire(max_size=0xFFFF))

    def _count(self, name: dns.name.Name) -> None:
        """Count the labels below the longest name that was asked for already."""
        new = 0
        lower = name.canonicalize()
        while lower not in self._known_names:
            self._known_names.add(lower)
            new += len(lower.labels[0]) + 1
            lower = lower.parent()
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
        message = _read_answer(wire)
        if message is None:
            # The page must not wait for it in vain, and not take it for an answer: TC is neither.
            del self._pending[identifier]
            return _framed(_reply(identifier, question, dns.flags.TC).to_wire(max_size=0xFFFF))
        if len(message.question) != 1 or _question_of(message) != question:
            return b''
        del self._pending[identifier]
        return _framed(self._rewritten(message, question).to_wire(max_size=0xFFFF))

    def _rewritten(self, message: dns.message.Message, question: Question) -> dns.message.Message:
        reply = _reply(message.id, question, message.flags & dns.flags.TC)
        reply.set_rcode(message.rcode())
        notes = [
            dns.edns.EDEOption(option.code)
            for option in message.options
            if isinstance(option, dns.edns.EDEOption) and option.code in _WITHHELD
        ]
        for records in message.answer:
            if records.rdclass != dns.rdataclass.IN or records.rdtype not in _ANSWER_TYPES:
                continue
            if records.rdtype in (dns.rdatatype.A, dns.rdatatype.AAAA):
                if self._opted_out(str(records.name)):
                    # An alias leads to it.
                    notes.append(_OPTED_OUT)
                    continue
                private = [
                    record
                    for record in records
                    if not self._permits(ipaddress.ip_address(record.address))
                ]
                if private:
                    notes.append(_NOT_PUBLIC)
                for record in private:
                    records.discard(record)
            if records:
                reply.answer.append(records)
        if notes:
            reply.use_edns(options=notes[:1])
        return reply


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
    message = _parsed(wire)
    if message is None or message.additional or message.had_tsig:
        raise _denied('not-a-query')
    (asked,) = message.question
    if asked.rdclass != dns.rdataclass.IN or asked.rdtype not in QUESTION_TYPES:
        raise _denied('record-type')
    if len(asked.name) < 2 or not all(map(_LABEL.fullmatch, asked.name.labels[:-1])):
        raise _denied('not-a-host-name')
    return identifier, (asked.name, asked.rdtype)


def _read_answer(wire: bytes) -> dns.message.Message | None:
    """The answer; None when it is too long, cannot be read, or is of another operation."""
    _, flags, _, *records = _HEADER.unpack_from(wire)
    if flags & _OPCODE or len(wire) > MAX_ANSWER_BYTES or sum(records) > MAX_ANSWER_RECORDS:
        return None
    return _parsed(wire)


def _parsed(wire: bytes) -> dns.message.Message | None:
    try:
        return dns.message.from_wire(wire)
    except dns.exception.DNSException:
        return None


def _question_of(message: dns.message.Message) -> Question | None:
    (asked,) = message.question
    return (asked.name, asked.rdtype) if asked.rdclass == dns.rdataclass.IN else None


def _reply(identifier: int, question: Question, flags: int) -> dns.message.Message:
    reply = dns.message.make_query(*question, id=identifier)
    reply.flags = dns.flags.QR | dns.flags.RD | dns.flags.RA | flags
    return reply


def _framed(wire: bytes) -> bytes:
    return _LENGTH.pack(len(wire)) + wire


def _denied(why: str) -> Ended:
    return Ended(Close.PORT_DENIED, why=why)
