"""The certificates of the transcripts: fixed dates, so that no test grows old. Made anew each time.

    certificates.py DIRECTORY      writes root.pem, and NAME.pem, NAME.key, NAME.key.der for each name
"""

from __future__ import annotations

import datetime
import ipaddress
import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

# Transcripts play on 2026-06-01 unless they say otherwise.
USUAL = (datetime.datetime(2026, 1, 1), datetime.datetime(2027, 1, 1))
PAST = (datetime.datetime(2025, 1, 1), datetime.datetime(2026, 1, 1))
FUTURE = (datetime.datetime(2026, 7, 1), datetime.datetime(2027, 1, 1))
SOON = (datetime.datetime(2026, 1, 1), datetime.datetime(2026, 6, 8))
ROOT = (datetime.datetime(2020, 1, 1), datetime.datetime(2040, 1, 1))
HOST = 'mail.example.test'


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def name(common_name: str) -> x509.Name:
    return x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, 'Example Test'),
        x509.NameAttribute(NameOID.COMMON_NAME, common_name),
    ])


class Authority:
    def __init__(self, common_name: str, issuer: 'Authority | None' = None) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = name(common_name)
        self.certificate = build(
            self.name, self.key.public_key(), ROOT, issuer or self, ca=True)


def build(subject, public_key, dates, issuer, *, ca=False, hosts=(HOST,), usage=None):
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.name)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(dates[0])
        .not_valid_after(dates[1])
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if not ca and hosts:
        names = [
            x509.IPAddress(ipaddress.ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
            for host in hosts
        ]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    if usage:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
    return builder.sign(issuer.key, hashes.SHA256())


class Self:
    """Stands for an issuer that is the certificate itself."""

    def __init__(self, key, subject) -> None:
        self.key = key
        self.name = subject


def main(directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    root, stranger = Authority('Example Test Root'), Authority('Unknown Root')
    middle = Authority('Example Test Intermediate', root)
    key = rsa_key()
    leaf = name(HOST)

    def make(label, chain, private_key=key):
        pem = b''.join(c.public_bytes(serialization.Encoding.PEM) for c in chain)
        (directory / f'{label}.pem').write_bytes(pem)
        for suffix, encoding in (('key', 'PEM'), ('key.der', 'DER')):
            (directory / f'{label}.{suffix}').write_bytes(private_key.private_bytes(
                serialization.Encoding[encoding],
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption()))

    def signed(dates=USUAL, issuer=middle, **options):
        return build(leaf, key.public_key(), dates, issuer, **options)

    (directory / 'root.pem').write_bytes(
        root.certificate.public_bytes(serialization.Encoding.PEM))
    make('good', [signed(), middle.certificate])
    make('expired', [signed(PAST), middle.certificate])
    make('not-yet-valid', [signed(FUTURE), middle.certificate])
    make('expires-soon', [signed(SOON), middle.certificate])
    make('wrong-name', [signed(hosts=('other.example.test',)), middle.certificate])
    make('expired-and-wrong-name',
         [signed(PAST, hosts=('other.example.test',)), middle.certificate])
    make('without-san', [signed(hosts=()), middle.certificate])
    make('self-signed', [signed(issuer=Self(key, leaf))])
    make('unknown-issuer', [signed(issuer=stranger), stranger.certificate])
    make('incomplete-chain', [signed()])
    below = Authority('Example Test Below', middle)
    make('misordered-chain', [signed(issuer=below), middle.certificate, below.certificate])
    make('wrong-purpose',
         [signed(usage=ExtendedKeyUsageOID.CLIENT_AUTH), middle.certificate])
    make('ip-san', [signed(hosts=('192.0.2.1',)), middle.certificate])
    small = rsa_key(1024)
    make('key-weak', [build(leaf, small.public_key(), USUAL, middle), middle.certificate], small)
    curve = ec.generate_private_key(ec.SECP256R1())
    make('ec', [build(leaf, curve.public_key(), USUAL, middle), middle.certificate], curve)


if __name__ == '__main__':
    main(Path(sys.argv[1]))
