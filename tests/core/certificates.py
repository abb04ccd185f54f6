"""The certificates of the tests: fixed dates, so that no test grows old. Made anew each time.

    certificates.py DIRECTORY      writes root.pem, and NAME.pem, NAME.key, NAME.key.der for each name
"""

from __future__ import annotations

import base64
import datetime
import ipaddress
import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

# Transcripts play on 2026-06-01 unless they say otherwise.
USUAL = (datetime.datetime(2026, 1, 1), datetime.datetime(2027, 1, 1))
PAST = (datetime.datetime(2025, 1, 1), datetime.datetime(2026, 1, 1))
FUTURE = (datetime.datetime(2026, 7, 1), datetime.datetime(2027, 1, 1))
SOON = (datetime.datetime(2026, 1, 1), datetime.datetime(2026, 6, 8))
ROOT = (datetime.datetime(2020, 1, 1), datetime.datetime(2040, 1, 1))
HOST = 'mail.example.test'

# Every use of a key that an X.509 certificate can name, all switched off.
NO_USE = dict.fromkeys(
    ('digital_signature', 'content_commitment', 'key_encipherment', 'data_encipherment',
     'key_agreement', 'key_cert_sign', 'crl_sign', 'encipher_only', 'decipher_only'), False)


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def name(common_name: str, organization: str = 'Example Test') -> x509.Name:
    return x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
        x509.NameAttribute(NameOID.COMMON_NAME, common_name),
    ])


class Authority:
    """A key with a name; `options` are those of build(). Without an issuer it is its own."""

    def __init__(self, common_name: str, issuer: Authority | None = None, *, key=None,
                 dates=ROOT, **options) -> None:
        self.key = key or ec.generate_private_key(ec.SECP256R1())
        self.name = name(common_name)
        self.certificate = build(
            self.name, self.key.public_key(), dates, issuer or self, **{'ca': True, **options})

    def renamed(self, subject: x509.Name) -> Self:
        return Self(self.key, subject)


class Self:
    """Stands for an issuer of which only key and name count."""

    def __init__(self, key, subject) -> None:
        self.key = key
        self.name = subject


def general_name(host: str) -> x509.GeneralName:
    if '@' in host:
        return x509.RFC822Name(host)
    if host[0].isdigit() or ':' in host:
        return x509.IPAddress(ipaddress.ip_address(host))
    return x509.DNSName(host)


def build(subject, public_key, dates, issuer, *, ca=False, path_length=None, hosts=(HOST,),
          usage=None, key_usage=None, extra=()) -> x509.Certificate:
    """`extra` is a list of (extension, critical)."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.name)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(dates[0])
        .not_valid_after(dates[1])
        .add_extension(x509.BasicConstraints(ca=ca, path_length=path_length), critical=True)
    )
    if hosts and (not ca or hosts != (HOST,)):
        names = x509.SubjectAlternativeName([general_name(host) for host in hosts])
        builder = builder.add_extension(names, critical=False)
    if usage:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
    if key_usage:
        builder = builder.add_extension(
            x509.KeyUsage(**{**NO_USE, key_usage: True}), critical=True)
    for extension, critical in extra:
        builder = builder.add_extension(extension, critical)
    edwards = isinstance(issuer.key, ed25519.Ed25519PrivateKey)
    return builder.sign(issuer.key, None if edwards else hashes.SHA256())


# --- by hand: what the builder refuses to make ----------------------------------------------------

OID_ECDSA_SHA1 = bytes.fromhex('06072a8648ce3d0401')
OID_ECDSA_SHA256 = bytes.fromhex('06082a8648ce3d040302')


def tlv(tag: int, *parts: bytes) -> bytes:
    body = b''.join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    size = len(body).to_bytes(2 if len(body) > 255 else 1, 'big')
    return bytes([tag, 0x80 | len(size)]) + size + body


def extension(oid: str, value: bytes) -> bytes:
    return tlv(0x30, tlv(0x06, bytes.fromhex(oid)), tlv(0x04, value))


def alt_name(host: str) -> bytes:
    return extension('551d11', tlv(0x30, tlv(0x82, host.encode())))


def by_hand(subject, public_key, issuer, extensions=(), *, version=3, weak=False) -> bytes:
    """A certificate in DER, for the usual dates, signed with the issuer's elliptic key."""
    oid = OID_ECDSA_SHA1 if weak else OID_ECDSA_SHA256
    key = public_key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    dates = [tlv(0x17, when.strftime('%y%m%d%H%M%SZ').encode()) for when in USUAL]
    tbs = tlv(
        0x30,
        tlv(0xa0, tlv(0x02, bytes([version - 1]))) if version > 1 else b'',
        tlv(0x02, b'\x11'),
        tlv(0x30, oid),
        issuer.name.public_bytes(),
        tlv(0x30, *dates),
        subject.public_bytes(),
        key,
        tlv(0xa3, tlv(0x30, *extensions)) if extensions else b'')
    signature = issuer.key.sign(tbs, ec.ECDSA(hashes.SHA1() if weak else hashes.SHA256()))
    return tlv(0x30, tbs, tlv(0x30, oid), tlv(0x03, b'\0', signature))


def pem(certificate: x509.Certificate | bytes) -> bytes:
    if isinstance(certificate, bytes):
        return (b'-----BEGIN CERTIFICATE-----\n' + base64.encodebytes(certificate)
                + b'-----END CERTIFICATE-----\n')
    return certificate.public_bytes(serialization.Encoding.PEM)


# --- all of them ------------------------------------------------------------------------------------


class Directory:
    """Where the files go, and what most chains are made of."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root = Authority('Example Test Root')
        self.middle = Authority('Example Test Intermediate', self.root)
        self.key = rsa_key()

    def signed(self, dates=USUAL, issuer=None, **options) -> x509.Certificate:
        """The server's certificate."""
        return build(name(HOST), self.key.public_key(), dates, issuer or self.middle, **options)

    def make(self, label: str, chain: list, private_key=None) -> None:
        private_key = private_key or self.key
        (self.path / f'{label}.pem').write_bytes(b''.join(pem(c) for c in chain))
        for suffix, encoding in (('key', 'PEM'), ('key.der', 'DER')):
            (self.path / f'{label}.{suffix}').write_bytes(private_key.private_bytes(
                serialization.Encoding[encoding],
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption()))

    def make_leaf(self, label: str, **options) -> None:
        self.make(label, [self.signed(**options), self.middle.certificate])

    def make_below(self, label: str, authority: Authority, *between: Authority) -> None:
        """A good certificate under an authority; `between` follow up to the root."""
        chain = [self.signed(issuer=authority), authority.certificate]
        self.make(label, chain + [other.certificate for other in between])


def make_dates(d: Directory) -> None:
    d.make_leaf('good')
    d.make_leaf('expired', dates=PAST)
    d.make_leaf('not-yet-valid', dates=FUTURE)
    d.make_leaf('expires-soon', dates=SOON)
    d.make_below('expired-intermediate', Authority('Expired Authority', d.root, dates=PAST))


def make_names(d: Directory) -> None:
    d.make_leaf('wrong-name', hosts=('other.example.test',))
    d.make_leaf('expired-and-wrong-name', dates=PAST, hosts=('other.example.test',))
    d.make_leaf('without-san', hosts=())
    d.make_leaf('ip-san', hosts=('192.0.2.1',))
    d.make_leaf('ipv6-san', hosts=('2001:db8::1',))
    d.make_leaf('wildcard', hosts=('*.example.test',))
    d.make_leaf('wildcard-above-all', hosts=('*.test',))
    d.make_leaf('wildcard-inside-a-label', hosts=('ma*.example.test',))
    d.make_leaf('wildcard-for-two-labels', hosts=('*.test', '*.*.test', '*.mail.example.test'))
    d.make_leaf('mail-address-only', hosts=('post@example.test',))


def make_paths(d: Directory) -> None:
    stranger = Authority('Unknown Root')
    d.make('self-signed', [d.signed(issuer=Self(d.key, name(HOST)))])
    d.make('unknown-issuer', [d.signed(issuer=stranger), stranger.certificate])
    d.make('incomplete-chain', [d.signed()])
    below = Authority('Example Test Below', d.middle)
    d.make('misordered-chain',
           [d.signed(issuer=below), d.middle.certificate, below.certificate])
    d.make('root-sent-too', [d.signed(), d.middle.certificate, d.root.certificate])
    foreign = build(d.middle.name, d.middle.key.public_key(), ROOT, stranger, ca=True)
    d.make('cross-signed', [d.signed(), foreign, d.middle.certificate, stranger.certificate])
    old = build(d.middle.name, d.middle.key.public_key(), PAST, d.root, ca=True)
    d.make('renewed-intermediate', [d.signed(), old, d.middle.certificate])
    good = d.signed().public_bytes(serialization.Encoding.DER)
    d.make('bad-signature', [good[:-1] + bytes([good[-1] ^ 1]), d.middle.certificate])
    d.make('malformed', [good[:200], d.middle.certificate])
    recoded = d.middle.renamed(name('EXAMPLE TEST  Intermediate'))
    d.make('issuer-in-capitals', [d.signed(issuer=recoded), d.middle.certificate])
    tower = [d.root]
    for floor in range(11):
        tower.append(Authority(f'Floor {floor}', tower[-1]))
    d.make_below('long-chain', tower[-1], *reversed(tower[1:-1]))


def make_constraints(d: Directory) -> None:
    short = Authority('Short Authority', d.root, path_length=0)
    d.make_below('path-length', Authority('Below Short', short), short)
    d.make_below('path-length-kept', short)
    # A new key under the old name is no further authority: neither length nor names bind it.
    itself = x509.DirectoryName(name('Rolled Authority'))
    rolled = Authority('Rolled Authority', d.root, path_length=0,
                       extra=[(x509.NameConstraints(None, [itself]), True)])
    new_key = ec.generate_private_key(ec.SECP256R1())
    # OpenSSL takes one that does not say whose key signed it for self-signed.
    keys = [(x509.SubjectKeyIdentifier.from_public_key(new_key.public_key()), False),
            (x509.AuthorityKeyIdentifier.from_issuer_public_key(rolled.key.public_key()), False)]
    renewed = build(rolled.name, new_key.public_key(), ROOT, rolled, ca=True, extra=keys)
    d.make('self-issued-intermediate',
           [d.signed(issuer=Self(new_key, rolled.name)), renewed, rolled.certificate])
    d.make('self-issued-leaf', [build(rolled.name, d.key.public_key(), USUAL, rolled),
                                rolled.certificate])
    d.make_below('issuer-not-a-ca', Authority('No Authority', d.root, ca=False))
    d.make_below('issuer-may-not-sign',
                 Authority('Other Authority', d.root, key_usage='crl_sign'))
    d.make_below('issuer-may-sign', Authority('Right Authority', d.root, key_usage='key_cert_sign'))
    d.make_below('issuer-of-clients',
                 Authority('Client Authority', d.root, usage=ExtendedKeyUsageOID.CLIENT_AUTH))
    former = ec.generate_private_key(ec.SECP256R1())
    first = by_hand(name('First Version'), former.public_key(), d.root, version=1)
    d.make('issuer-of-version-1', [d.signed(issuer=Self(former, name('First Version'))), first])
    d.make_leaf('ca-as-server', ca=True, hosts=(HOST, 'mx.example.test'))
    d.make_leaf('wrong-purpose', usage=ExtendedKeyUsageOID.CLIENT_AUTH)
    d.make_leaf('right-purpose', usage=ExtendedKeyUsageOID.SERVER_AUTH)
    d.make_leaf('any-purpose', usage=ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE)
    d.make_leaf('key-only-for-lists', key_usage='crl_sign')
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier('1.3.6.1.4.1.99999.1'), b'\x05\0')
    d.make_leaf('critical-unknown', extra=[(unknown, True)])
    d.make_leaf('uncritical-unknown', extra=[(unknown, False)])
    twice = [alt_name(HOST), alt_name('other.example.test')]
    d.make('duplicated-san',
           [by_hand(name(HOST), d.key.public_key(), d.middle, twice), d.middle.certificate])


def make_name_constraints(d: Directory) -> None:
    def constrained(label: str, permitted=None, excluded=None, **leaf) -> None:
        constraints = x509.NameConstraints(permitted, excluded)
        authority = Authority(label, d.root, extra=[(constraints, True)])
        d.make(label, [d.signed(issuer=authority, **leaf), authority.certificate])

    here, elsewhere = x509.DNSName('example.test'), x509.DNSName('other.test')
    network = x509.IPAddress(ipaddress.ip_network('192.0.2.0/24'))
    shouted = x509.DirectoryName(
        x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, 'EXAMPLE TEST')]))
    plain = x509.DirectoryName(
        x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, 'Example Test')]))
    constrained('constraint-kept', [here])
    constrained('constraint-broken', [elsewhere])
    constrained('constraint-excluded', None, [here])
    constrained('constraint-not-excluded', None, [elsewhere])
    constrained('constraint-network-kept', [network], hosts=('192.0.2.1',))
    constrained('constraint-network-broken', None, [network], hosts=(HOST, '192.0.2.1'))
    constrained('constraint-wildcard', None, [x509.DNSName(HOST)], hosts=(HOST[4:], '*.example.test'))
    constrained('constraint-directory', None, [plain])
    constrained('constraint-directory-in-capitals', None, [shouted])
    constrained('constraint-mail-address', [x509.RFC822Name('example.test')],
                hosts=(HOST, 'post@example.test'))


def make_keys(d: Directory) -> None:
    def keyed(label: str, key, serving=None) -> None:
        leaf = build(name(HOST), key.public_key(), USUAL, d.middle)
        d.make(label, [leaf, d.middle.certificate], serving or key)

    keyed('key-weak', rsa_key(1024))
    keyed('ec', ec.generate_private_key(ec.SECP256R1()))
    keyed('ec-384', ec.generate_private_key(ec.SECP384R1()))
    edwards = ed25519.Ed25519PrivateKey.generate()
    keyed('ed25519', edwards)
    d.make_below('ed25519-issuer', Authority('Edwards Authority', d.root, key=edwards))
    d.make('signature-weak',
           [by_hand(name(HOST), d.key.public_key(), d.middle, [alt_name(HOST)], weak=True),
            d.middle.certificate])


def main(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)
    directory = Directory(path)
    make_dates(directory)
    make_names(directory)
    make_paths(directory)
    make_constraints(directory)
    make_name_constraints(directory)
    make_keys(directory)
    # Last: with it the directory is whole, which is what a build rule asks for.
    (path / 'root.pem').write_bytes(pem(directory.root.certificate))


if __name__ == '__main__':
    main(Path(sys.argv[1]))
