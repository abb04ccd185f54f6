"""Asks a DNS server over TCP, as the page does; messages are made and read by twisted.names."""

from __future__ import annotations

import socket
import struct

from twisted.names import dns

TYPES = {'A': dns.A, 'AAAA': dns.AAAA, 'MX': dns.MX, 'SRV': dns.SRV}


def ask(server: str, name: str, kind: str) -> tuple[int, list[str]]:
    """The response code (3: no such name), and the answers in the words of a zone file, sorted."""
    host, port = server.rsplit(':', 1)
    query = dns.Message(id=4711, recDes=True)
    query.addQuery(name, TYPES[kind])
    encoded = query.toStr()
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(struct.pack('!H', len(encoded)) + encoded)
        with connection.makefile('rb') as stream:
            (length,) = struct.unpack('!H', stream.read(2))
            reply = dns.Message()
            reply.fromStr(stream.read(length))
    if reply.id != query.id:
        raise AssertionError(f'asked {query.id}, was answered {reply.id}')
    records = [record.payload for record in reply.answers if record.type == TYPES[kind]]
    return reply.rCode, sorted(map(_words, records))


def _words(record) -> str:
    if isinstance(record, dns.Record_MX):
        return f'{record.preference} {record.name.name.decode()}.'
    if isinstance(record, dns.Record_SRV):
        target = record.target.name.decode()
        return f'{record.priority} {record.weight} {record.port} {target}.'
    family = socket.AF_INET if isinstance(record, dns.Record_A) else socket.AF_INET6
    return socket.inet_ntop(family, record.address)
