"""Seeds for the fuzz targets, from the transcripts and the tests' certificates.

seeds.py BUILD TARGET…      fills BUILD/fuzz/TARGET/
"""

from __future__ import annotations

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
