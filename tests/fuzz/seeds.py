"""Seeds for the fuzz targets, from the transcripts and the tests' certificates.

seeds.py BUILD TARGET…      fills BUILD/fuzz/TARGET/
"""

from __future__ import annotations

import hashlib
import json
import re
import ssl
import sys
from pathlib import Path

from run import MAX_LEN

ROOT = Path(__file__).resolve().parents[2]
# `second` is said when a second conversation begins, and when it is heard.
SECOND = b'\xfc'
EVENTS = {'wait': b'\xf8', 'close': b'\xfa', 'reset': b'\xfb'}
ESCAPES = {'r': b'\r', 'n': b'\n', '0': b'\0', 't': b'\t', '\\': b'\\'}


def unescape(text: str) -> bytes:
    """The server's bytes; a repetition is played once, the fuzzer can do that better."""
    text = re.sub(r'\\\{\d+\*(.*?)\}', r'\1', text)

    def one(match: re.Match[str]) -> str:
        code = match.group(1)
        byte = ESCAPES[code] if code in ESCAPES else bytes([int(code[1:], 16)])
        return byte.decode('latin-1')

    return re.sub(r'\\(x[0-9a-fA-F]{2}|[rn0t\\])', one, text).encode('latin-1')


def transcript_seed(path: Path, services: list[dict], modes: list[str]) -> bytes:
    header, _, body = path.read_text().partition('\n\n')
    keys = dict(line.split(': ', 1) for line in header.splitlines() if ': ' in line)
    names = [service['name'] for service in services]
    index = names.index(keys['service'])
    mode = modes.index(keys.get('mode', services[index]['mode']))
    out = bytes([index + len(services) * mode, 0])
    second = False
    for line in body.splitlines():
        if line.startswith('S: '):
            out += unescape(line[3:]) + b'\r\n'
        elif line.startswith('S| '):
            out += unescape(line[3:])
        elif line == '-- second':
            out += SECOND * (2 if second else 1)
            second = True
        elif line.startswith('-- '):
            out += EVENTS.get(line.split()[1], b'')
    return out + (SECOND if second else b'')


# As sign_in.c numbers them.
PROTOCOLS = {'smtp': 0, 'submission': 0, 'submissions': 0, 'imap': 1, 'imaps': 1}
POP3 = 2
WAYS = {'SCRAM-SHA-256': 0, 'PLAIN': 1, 'LOGIN': 2}
COMMAND = 3
BEGINS = re.compile(r'^C: (?:a\d )?(?:AUTH|AUTHENTICATE|LOGIN|USER) (\S+).*\n', re.M)


def sign_in_seed(text: str) -> bytes | None:
    """What the server says from the beginning of a sign-in on; None where there is none."""
    service = re.search(r'^service: (.*)$', text, re.M)
    begins = BEGINS.search(text)
    if not service or not begins:
        return None
    protocol = PROTOCOLS.get(service.group(1), POP3)
    way = WAYS.get(begins.group(1), COMMAND)
    said = [line[3:] for line in text[begins.end() :].splitlines() if line.startswith('S')]
    lines = b''.join(unescape(line) + b'\r\n' for line in said)
    return bytes([protocol + 3 * way]) + lines


def flights(path: Path) -> list[bytes]:
    """What second conversations are answered with."""
    parts = path.read_text().split('-- second\n')[1:]
    lines = [[line[3:] for line in part.splitlines() if line.startswith('S| ')] for part in parts]
    return [b''.join(map(unescape, part)) for part in lines if part]


def chain_of(path: Path) -> list[bytes]:
    end = '-----END CERTIFICATE-----\n'
    return [ssl.PEM_cert_to_DER_cert(pem + end) for pem in path.read_text().split(end)[:-1]]


def fits(chain: list[bytes]) -> bool:
    """The fuzzer cuts longer inputs off (run.py), and lengths have two bytes."""
    return sum(map(len, chain)) < MAX_LEN


def judge_seed(chain: list[bytes]) -> bytes:
    """The last one is the anchor; each with its length before it."""
    return bytes([len(chain) - 1]) + b''.join(len(der).to_bytes(2, 'big') + der for der in chain)


# The steps of tls13.c.
RAW, PLAIN, SEALED, FINISHED, VERIFIED = range(5)
HANDSHAKE = 22
RETRY = bytes.fromhex('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c')
SHARE = bytes.fromhex('00330024001d0020') + b'\x09' + bytes(31)


def step(kind: int, content: bytes = b'') -> bytes:
    return bytes([kind]) + len(content).to_bytes(2, 'big') + content


def message(kind: int, body: bytes) -> bytes:
    return bytes([HANDSHAKE, kind]) + len(body).to_bytes(3, 'big') + body


def hello(suite: int, extensions: bytes, random: bytes = bytes(32)) -> bytes:
    """A ServerHello of TLS 1.3; its session is filled in."""
    extensions = bytes.fromhex('002b00020304') + extensions
    body = b'\3\3' + random + bytes([32]) + bytes(32) + suite.to_bytes(2, 'big') + b'\0'
    return step(PLAIN, message(2, body + len(extensions).to_bytes(2, 'big') + extensions))


def tls13_seeds(chain: list[bytes]) -> dict[str, bytes]:
    entries = b''.join(len(der).to_bytes(3, 'big') + der + b'\0\0' for der in chain)
    encrypted = step(SEALED, message(8, bytes.fromhex('0004000a0000')))
    request = step(SEALED, message(13, bytes.fromhex('000008000d000400020403')))
    certificate = step(SEALED, message(11, b'\0' + len(entries).to_bytes(3, 'big') + entries))
    flight = encrypted + certificate + step(VERIFIED) + step(FINISHED)
    ticket = step(SEALED, message(4, bytes(40)))
    update = step(SEALED, message(24, b'\1'))
    text = step(SEALED, b'\x17* OK ready\r\n')
    close = step(SEALED, b'\x15\1\0')
    again = hello(0x1301, bytes.fromhex('003300020017'), RETRY)
    cookie = hello(0x1303, bytes.fromhex('002c000400026162'), RETRY)
    wrong = step(SEALED, message(15, bytes.fromhex('0804000401020304')))
    halves = message(8, b'\0\0')
    pieces = step(SEALED, halves[:3]) + step(SEALED, bytes([HANDSHAKE]) + halves[3:])
    return {
        'whole': hello(0x1301, SHARE) + flight + ticket + text + update + text + close,
        'sha384': hello(0x1302, SHARE) + flight + update + text,
        'chacha20': hello(0x1303, SHARE) + encrypted + request + flight[len(encrypted) :] + text,
        'retry': again + hello(0x1301, SHARE) + flight,
        'cookie': cookie + cookie,
        'wrong-signature': hello(0x1301, SHARE) + encrypted + certificate + wrong,
        'companions': step(PLAIN, b'\x14\1')
        + hello(0x1301, SHARE)
        + step(PLAIN, b'\x14\1')
        + flight,
        'in-pieces': hello(0x1301, SHARE) + pieces + certificate,
        'alerts': step(PLAIN, b'\x15\1\x70') + step(PLAIN, b'\x15\2\x28'),
        'raw': step(RAW, bytes.fromhex('16030300040200000016030300')),
    }


def arithmetic_seeds() -> list[bytes]:
    """The signatures of the unit tests, and for what needs no form any bytes."""
    rows = re.findall(
        r'", (2[34]), "(\w*)", "(\w*)", "(\w*)"',
        (ROOT / 'tests/core/ecdsa_vectors.inc').read_text(),
    )
    signatures = [
        bytes([8 | (curve == '23')])
        + bytes.fromhex(point).ljust(65 if curve == '23' else 97, b'\0')
        + bytes.fromhex(digest)[:32].ljust(32, b'\0')
        + bytes.fromhex(signature)
        for curve, point, digest, signature in rows
    ]
    any_bytes = b''.join(hashlib.sha512(bytes([i])).digest() for i in range(5))
    return signatures + [bytes([kind]) + any_bytes for kind in range(8)]


def main(build: Path, targets: list[str]) -> None:
    certificates = sorted((build / 'tests/certificates').glob('*.pem'))
    tables = json.loads((build / 'tables.json').read_text())
    for target in targets:
        directory = build / 'fuzz' / target
        directory.mkdir(parents=True, exist_ok=True)
        if target == 'certificate':
            for path in certificates:
                for i, der in enumerate(chain_of(path)):
                    if not fits([der]):
                        continue
                    (directory / f'{path.stem}-{i}').write_bytes(der)
            continue
        if target == 'client_hello_scan':
            for path in (ROOT / 'tests/transcripts').glob('*.txt'):
                for number, flight in enumerate(flights(path)):
                    (directory / f'{path.stem}-{number}').write_bytes(flight)
            continue
        if target == 'sign_in':
            for path in (ROOT / 'tests/transcripts').glob('*.txt'):
                seed = sign_in_seed(path.read_text())
                if seed:
                    (directory / path.stem).write_bytes(seed)
            continue
        if target == 'tls13':
            chain = chain_of(build / 'tests/certificates/ec.pem')
            for name, seed in tls13_seeds(chain).items():
                (directory / name).write_bytes(seed)
            continue
        if target == 'signature_arithmetic':
            for number, seed in enumerate(arithmetic_seeds()):
                (directory / str(number)).write_bytes(seed)
            continue
        if target == 'judge':
            root = chain_of(build / 'tests/certificates/root.pem')
            for path in certificates:
                chain = chain_of(path) + root
                if fits(chain):
                    (directory / path.stem).write_bytes(judge_seed(chain))
            continue
        for path in (ROOT / 'tests/transcripts').glob('*.txt'):
            seed = transcript_seed(path, tables['services'], tables['modes'])
            (directory / path.stem).write_bytes(seed)


if __name__ == '__main__':
    main(Path(sys.argv[1]), sys.argv[2:])
