"""The certificates of the tests: fixed dates, so that no test grows old. Made anew each time.

certificates.py DIRECTORY      writes root.pem, and NAME.pem, NAME.key, NAME.key.der for each name;
                               NAME.anchor where a chain has a trust anchor of its own
"""

from __future__ import annotations

import base64
import datetime
import ipaddress
import math
import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

# Transcripts play on 2026-06-01 unless they say otherwise.
USUAL = (datetime.datetime(2026, 1, 1), datetime.datetime(2027, 1, 1))
PAST = (datetime.datetime(2025, 1, 1), datetime.datetime(2026, 1, 1))
FUTURE = (datetime.datetime(2026, 7, 1), datetime.datetime(2027, 1, 1))
SOON = (datetime.datetime(2026, 1, 1), datetime.datetime(2026, 6, 8))
# A sixth of six days is left, and two thirds.
SIX_DAYS_OLD = (datetime.datetime(2026, 5, 27), datetime.datetime(2026, 6, 2))
SIX_DAYS_FRESH = (datetime.datetime(2026, 5, 30), datetime.datetime(2026, 6, 5))
ROOT = (datetime.datetime(2020, 1, 1), datetime.datetime(2040, 1, 1))
HOST = 'mail.example.test'

# Every use of a key that an X.509 certificate can name, all switched off.
NO_USE = dict.fromkeys(
    (
        'digital_signature',
        'content_commitment',
        'key_encipherment',
        'data_encipherment',
        'key_agreement',
        'key_cert_sign',
        'crl_sign',
        'encipher_only',
        'decipher_only',
    ),
    False,
)


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def long_exponent_key() -> rsa.RSAPrivateKey:
    """With a public exponent of 9 bytes, where everybody has 3."""
    usual = rsa_key().private_numbers()
    around = (usual.p - 1) * (usual.q - 1)
    e = next(n for n in range(2**64 + 1, 2**64 + 1000, 2) if math.gcd(n, around) == 1)
    d = pow(e, -1, around)
    return rsa.RSAPrivateNumbers(
        usual.p,
        usual.q,
        d,
        d % (usual.p - 1),
        d % (usual.q - 1),
        usual.iqmp,
        rsa.RSAPublicNumbers(e, usual.p * usual.q),
    ).private_key()


def name(common_name: str, organization: str = 'Example Test') -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


class Authority:
    """A key with a name; `options` are those of build(). Without an issuer it is its own."""

    def __init__(
        self, common_name: str, issuer: Authority | None = None, *, key=None, dates=ROOT, **options
    ) -> None:
        self.key = key or ec.generate_private_key(ec.SECP256R1())
        self.name = name(common_name)
        self.certificate = build(
            self.name, self.key.public_key(), dates, issuer or self, **{'ca': True, **options}
        )

    def renamed(self, subject: x509.Name) -> Self:
        return Self(self.key, subject)


class Self:
    """Stands for an issuer of which only key and name count."""

    def __init__(self, key, subject) -> None:
        self.key = key
        self.name = subject


def general_name(host: str, addresses_as_hosts: bool = False) -> x509.GeneralName:
    if '@' in host:
        return x509.RFC822Name(host)
    if (host[0].isdigit() or ':' in host) and not addresses_as_hosts:
        return x509.IPAddress(ipaddress.ip_address(host))
    return x509.DNSName(host)


def identifiers(public_key, issuer) -> list:
    """How a well-made certificate names its own key and its issuer's."""
    return [
        (x509.SubjectKeyIdentifier.from_public_key(public_key), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), False),
    ]


def build(
    subject,
    public_key,
    dates,
    issuer,
    *,
    ca=False,
    path_length=None,
    hosts=(HOST,),
    usage=None,
    key_usage=None,
    names_critical=False,
    addresses_as_hosts=False,
    ca_critical=True,
    keys=None,
    serial=None,
    extra=(),
) -> x509.Certificate:
    """`extra` and `keys` are lists of (extension, critical). `keys` None: the usual identifiers."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.name)
        .public_key(public_key)
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(dates[0])
        .not_valid_after(dates[1])
        .add_extension(x509.BasicConstraints(ca=ca, path_length=path_length), ca_critical)
    )
    if hosts and (not ca or hosts != (HOST,)):
        names = x509.SubjectAlternativeName([general_name(h, addresses_as_hosts) for h in hosts])
        builder = builder.add_extension(names, names_critical)
    if usage:
        usages = usage if isinstance(usage, list) else [usage]
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
    if key_usage or (ca and key_usage is None):
        builder = builder.add_extension(
            x509.KeyUsage(**{**NO_USE, key_usage or 'key_cert_sign': True}), critical=True
        )
    for extension, critical in [
        *(identifiers(public_key, issuer) if keys is None else keys),
        *extra,
    ]:
        builder = builder.add_extension(extension, critical)
    edwards = isinstance(issuer.key, (ed448.Ed448PrivateKey, ed25519.Ed25519PrivateKey))
    return builder.sign(issuer.key, None if edwards else hashes.SHA256())


# --- by hand: what the builder refuses to make ----------------------------------------------------

NULL = bytes.fromhex('0500')
PSS_OID = bytes.fromhex('06092a864886f70d01010a')
HASHES = {
    hashes.SHA1: '06052b0e03021a',
    hashes.SHA224: '0609608648016503040204',
    hashes.SHA256: '0609608648016503040201',
    hashes.SHA384: '0609608648016503040202',
    hashes.SHA512: '0609608648016503040203',
    hashes.SHA3_256: '0609608648016503040208',
}


def pss_parameters(digest=hashes.SHA256, mask=None, salt=32, more=b'', null=NULL) -> bytes:
    """RFC 4055 3.1, after the OID. Nothing is left out because it is the default."""

    def algorithm(hashed) -> bytes:
        return tlv(0x30, bytes.fromhex(HASHES[hashed]), null)

    mgf1 = tlv(0x30, bytes.fromhex('06092a864886f70d010108'), algorithm(mask or digest))
    length = tlv(0xA2, tlv(0x02, salt.to_bytes(1, 'big')))
    return tlv(0x30, tlv(0xA0, algorithm(digest)), tlv(0xA1, mgf1), length, more)


def pss_algorithms() -> dict:
    """RSASSA-PSS, as signature_algorithms()."""

    def by(digest=hashes.SHA256, mask=None, salt=32):
        scheme = padding.PSS(padding.MGF1((mask or digest)()), salt)
        return lambda key, data: key.sign(data, scheme, digest())

    sha1 = by(hashes.SHA1, salt=20)
    wanted = {
        'pss': (pss_parameters(), by()),
        'pss-sha224': (pss_parameters(hashes.SHA224, salt=28), by(hashes.SHA224, salt=28)),
        'pss-sha384': (pss_parameters(hashes.SHA384, salt=48), by(hashes.SHA384, salt=48)),
        'pss-sha512': (pss_parameters(hashes.SHA512, salt=64), by(hashes.SHA512, salt=64)),
        'pss-sha3': (pss_parameters(hashes.SHA3_256), by(hashes.SHA3_256)),
        'pss-all-left-out': (tlv(0x30), sha1),
        'pss-sha1': (pss_parameters(hashes.SHA1, salt=20), sha1),
        'pss-without-null': (pss_parameters(null=b''), by()),
        'pss-salt-of-20': (pss_parameters(salt=20), by(salt=20)),
        'pss-without-salt': (pss_parameters(salt=0), by(salt=0)),
        'pss-salt-differs': (pss_parameters(), by(salt=20)),
        'pss-two-hashes': (pss_parameters(mask=hashes.SHA1), by(mask=hashes.SHA1)),
        'pss-trailer-written': (pss_parameters(more=bytes.fromhex('a303020101')), by()),
        'pss-trailer-of-two': (pss_parameters(more=bytes.fromhex('a303020102')), by()),
        'pss-more-behind': (pss_parameters(more=bytes.fromhex('a403020101')), by()),
        'pss-without-parameters': (b'', sha1),
        'pss-parameters-null': (NULL, sha1),
    }
    return {label: (PSS_OID + parameters, sign) for label, (parameters, sign) in wanted.items()}


def signature_algorithms() -> dict:
    """Name → (AlgorithmIdentifier's contents, how to sign)."""

    def rsa_by(scheme, digest):
        return lambda key, data: key.sign(data, scheme, digest)

    def ec_by(digest):
        return lambda key, data: key.sign(data, ec.ECDSA(digest))

    pkcs1 = padding.PKCS1v15()
    return {
        'ecdsa-sha256': (bytes.fromhex('06082a8648ce3d040302'), ec_by(hashes.SHA256())),
        'ecdsa-sha384': (bytes.fromhex('06082a8648ce3d040303'), ec_by(hashes.SHA384())),
        'ecdsa-sha1': (bytes.fromhex('06072a8648ce3d0401'), ec_by(hashes.SHA1())),
        'rsa-md5': (bytes.fromhex('06092a864886f70d010104') + NULL, rsa_by(pkcs1, hashes.MD5())),
        'rsa-sha1': (bytes.fromhex('06092a864886f70d010105') + NULL, rsa_by(pkcs1, hashes.SHA1())),
        'rsa-sha256': (
            bytes.fromhex('06092a864886f70d01010b') + NULL,
            rsa_by(pkcs1, hashes.SHA256()),
        ),
        'ed25519': (bytes.fromhex('06032b6570'), lambda key, data: key.sign(data)),
        'ed25519-parameters': (
            bytes.fromhex('06032b6570') + NULL,
            lambda key, data: key.sign(data),
        ),
        **pss_algorithms(),
    }


def tlv(tag: int, *parts: bytes) -> bytes:
    body = b''.join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    size = len(body).to_bytes(2 if len(body) > 255 else 1, 'big')
    return bytes([tag, 0x80 | len(size)]) + size + body


def extension(oid: str, value: bytes, critical: bool = False) -> bytes:
    flag = bytes.fromhex('0101ff') if critical else b''
    return tlv(0x30, tlv(0x06, bytes.fromhex(oid)), flag, tlv(0x04, value))


# What makes an authority: basic constraints, and a key that may sign.
CA = [
    extension('551d13', tlv(0x30, bytes.fromhex('0101ff')), True),
    extension('551d0f', bytes.fromhex('03020204'), True),
]


def key_digest(key) -> bytes:
    return x509.SubjectKeyIdentifier.from_public_key(key.public_key()).digest


def alt_name(*hosts: str) -> bytes:
    return extension('551d11', tlv(0x30, *(tlv(0x82, host.encode()) for host in hosts)))


def authority_key_id(issuer) -> bytes:
    digest = x509.SubjectKeyIdentifier.from_public_key(issuer.key.public_key()).digest
    return extension('551d23', tlv(0x30, tlv(0x80, digest)))


def spki_of(public_key) -> bytes:
    return public_key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def by_hand(
    subject,
    key,
    issuer,
    extensions=(),
    *,
    version=3,
    serial=b'\x11',
    named=True,
    algorithm='ecdsa-sha256',
    outer=None,
) -> bytes:
    """
    A certificate in DER, for the usual dates. `key` may be a SubjectPublicKeyInfo in DER; `named`:
    it says whose key signed it; `outer`: the signature claims to be of another algorithm.
    """
    algorithms = signature_algorithms()
    oid, sign = algorithms[algorithm]
    dates = [tlv(0x17, when.strftime('%y%m%d%H%M%SZ').encode()) for when in USUAL]
    if version == 3 and named:
        extensions = [*extensions, authority_key_id(issuer)]
    tbs = tlv(
        0x30,
        tlv(0xA0, tlv(0x02, bytes([version - 1]))) if version > 1 else b'',
        tlv(0x02, serial),
        tlv(0x30, oid),
        issuer.name.public_bytes(),
        tlv(0x30, *dates),
        subject.public_bytes(),
        key if isinstance(key, bytes) else spki_of(key),
        tlv(0xA3, tlv(0x30, *extensions)) if extensions else b'',
    )
    claimed = algorithms[outer or algorithm][0]
    return tlv(0x30, tbs, tlv(0x30, claimed), tlv(0x03, b'\0', sign(issuer.key, tbs)))


def pem(certificate: x509.Certificate | bytes, what: str = 'CERTIFICATE') -> bytes:
    if isinstance(certificate, bytes):
        return (
            f'-----BEGIN {what}-----\n'.encode()
            + base64.encodebytes(certificate)
            + f'-----END {what}-----\n'.encode()
        )
    return certificate.public_bytes(serialization.Encoding.PEM)


# --- all of them ----------------------------------------------------------------------------------


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
            (self.path / f'{label}.{suffix}').write_bytes(
                private_key.private_bytes(
                    getattr(serialization.Encoding, encoding),
                    serialization.PrivateFormat.PKCS8,
                    serialization.NoEncryption(),
                )
            )

    def hand_made(
        self,
        label: str,
        *extensions: bytes,
        subject=None,
        key=None,
        issuer=None,
        serving=None,
        names=(HOST,),
        above=None,
        **options,
    ) -> None:
        """A server's certificate that the builder does not make, and its authority's."""
        issuer = issuer or self.middle
        listed = [alt_name(*names)] if names else []
        leaf = by_hand(
            subject or name(HOST),
            key or self.key.public_key(),
            issuer,
            [*listed, *extensions],
            **options,
        )
        self.make(label, [leaf, (above or issuer).certificate], serving)

    def anchored(self, label: str, *, leaf=None, **options) -> None:
        """A certificate right under an anchor of its own."""
        anchor = Authority(label, **options)
        self.make(label, [self.signed(issuer=anchor, **(leaf or {}))])
        (self.path / f'{label}.anchor').write_bytes(pem(anchor.certificate))

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
    d.make_leaf('six-days-old', dates=SIX_DAYS_OLD)
    d.make_leaf('six-days-fresh', dates=SIX_DAYS_FRESH)
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
    d.make_leaf('wildcard-too-deep', hosts=('*.example.test',))
    d.make_leaf('thousand-names', hosts=(*(f'host{n}.example.test' for n in range(999)), HOST))
    d.make_leaf('too-large', hosts=(HOST, *(f'host{n}.example.test' for n in range(4500))))
    d.hand_made('name-with-a-final-dot', names=(f'{HOST}.',))
    d.hand_made('wildcard-with-a-final-dot', names=('*.example.test.',))
    d.make_leaf('ip-as-host', hosts=(HOST, '192.0.2.1'), addresses_as_hosts=True)
    d.make_leaf('idn', hosts=('xn--mller-kva.example.test',))
    d.hand_made('idn-unicode', names=(HOST, 'm\u00fcller.example.test'))
    d.hand_made('idn-unicode-only', names=('m\u00fcller.example.test',))


def make_paths(d: Directory) -> None:
    stranger = Authority('Unknown Root')
    d.make('self-signed', [d.signed(issuer=Self(d.key, name(HOST)))])
    d.make('unknown-issuer', [d.signed(issuer=stranger), stranger.certificate])
    d.make('incomplete-chain', [d.signed()])
    below = Authority('Example Test Below', d.middle)
    d.make('misordered-chain', [d.signed(issuer=below), d.middle.certificate, below.certificate])
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
    d.make('with-stranger', [d.signed(), stranger.certificate, d.middle.certificate])
    d.make('stranger-at-the-end', [d.signed(), d.middle.certificate, stranger.certificate])
    twice = d.signed()
    d.make('with-duplicates', [twice, twice, d.middle.certificate, d.middle.certificate])
    many = [stranger.certificate] * 42
    d.make('many-certificates', [d.signed(), d.middle.certificate, *many])
    d.make('issuer-past-the-limit', [d.signed(), *many, d.middle.certificate])
    broken = by_hand(
        name('Broken'), d.key.public_key(), d.root, [extension('2b06010505070101', b'malformed')]
    )
    d.make('unreadable-extra', [d.signed(), d.middle.certificate, broken])
    # OpenSSL takes a certificate that names its own key as its issuer's for self-signed.
    namesake = Authority('Example Test Intermediate', d.root)
    d.make('issuer-of-the-same-name', [d.signed(issuer=namesake), d.middle.certificate])
    tower = [d.root]
    for floor in range(16):
        tower.append(Authority(f'Floor {floor}', tower[-1]))
    d.make_below('longest-chain', tower[15], *reversed(tower[1:15]))
    d.make_below('long-chain', tower[16], *reversed(tower[1:16]))


def make_constraints(d: Directory) -> None:
    short = Authority('Short Authority', d.root, path_length=0)
    d.make_below('path-length', Authority('Below Short', short), short)
    d.make_below('path-length-kept', short)
    # A new key under the old name is no further authority: neither length nor names bind it.
    itself = x509.DirectoryName(name('Rolled Authority'))
    rolled = Authority(
        'Rolled Authority',
        d.root,
        path_length=0,
        extra=[(x509.NameConstraints(None, [itself]), True)],
    )
    new_key = ec.generate_private_key(ec.SECP256R1())
    renewed = build(rolled.name, new_key.public_key(), ROOT, rolled, ca=True)
    d.make(
        'self-issued-intermediate',
        [d.signed(issuer=Self(new_key, rolled.name)), renewed, rolled.certificate],
    )
    d.make(
        'self-issued-leaf',
        [build(rolled.name, d.key.public_key(), USUAL, rolled), rolled.certificate],
    )
    d.make_below(
        'issuer-not-a-ca', Authority('No Authority', d.root, ca=False, key_usage='key_cert_sign')
    )
    d.make_below('issuer-may-not-sign', Authority('Other Authority', d.root, key_usage='crl_sign'))
    d.make_below('issuer-may-sign', Authority('Right Authority', d.root, key_usage='key_cert_sign'))
    d.make_below(
        'issuer-of-clients',
        Authority('Client Authority', d.root, usage=ExtendedKeyUsageOID.CLIENT_AUTH),
    )
    former = ec.generate_private_key(ec.SECP256R1())
    first = by_hand(name('First Version'), former.public_key(), d.root, version=1)
    d.make('issuer-of-version-1', [d.signed(issuer=Self(former, name('First Version'))), first])
    d.hand_made('version-1', version=1, names=())
    d.hand_made(
        'path-length-without-ca', extension('551d13', bytes.fromhex('3003020100'), critical=True)
    )
    d.make_leaf('ca-as-server', ca=True, key_usage=False, hosts=(HOST, 'mx.example.test'))
    d.make_leaf('wrong-purpose', usage=ExtendedKeyUsageOID.CLIENT_AUTH)
    d.make_leaf('right-purpose', usage=ExtendedKeyUsageOID.SERVER_AUTH)
    d.make_leaf('mail-protection-only', usage=ExtendedKeyUsageOID.EMAIL_PROTECTION)
    both = [ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH]
    d.make_leaf('both-purposes', usage=both)
    d.make_below(
        'issuer-of-mail',
        Authority('Mail Authority', d.root, usage=ExtendedKeyUsageOID.EMAIL_PROTECTION),
    )
    # nsCertType, as old scripts wrote it: SSL client, SSL server
    for label, bits in (('netscape-client', '03020780'), ('netscape-server', '03020640')):
        d.hand_made(label, extension('6086480186f8420101', bytes.fromhex(bits)))
    d.make_leaf('any-purpose', usage=ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE)
    d.make_leaf('key-only-for-lists', key_usage='crl_sign')
    d.make_leaf('key-only-for-encryption', key_usage='key_encipherment')
    d.make_leaf('key-only-for-signatures', key_usage='digital_signature')
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier('1.3.6.1.4.1.99999.1'), b'\x05\0')
    d.make_leaf('critical-unknown', extra=[(unknown, True)])
    d.make_leaf('uncritical-unknown', extra=[(unknown, False)])
    d.hand_made('duplicated-san', alt_name('other.example.test'))
    many = [extension(f'2b0601040186b0{n:02x}', NULL) for n in range(70)]
    d.hand_made('too-many-extensions', *many)
    d.make(
        'extra-with-too-many-extensions',
        [d.signed(), d.middle.certificate, by_hand(name('Many'), d.key.public_key(), d.root, many)],
    )
    crowded = Self(ec.generate_private_key(ec.SECP256R1()), name('Crowded Authority'))
    d.make(
        'issuer-with-too-many-extensions',
        [d.signed(issuer=crowded), by_hand(crowded.name, crowded.key.public_key(), d.root, many)],
    )
    again = extension('2b0601040186b08a', NULL)
    d.hand_made('duplicated-extension', again, again)


def make_profiles(d: Directory) -> None:
    """What strict programs refuse, and near it what nobody does."""
    for label, serial in (
        ('negative', b'\xff'),
        ('zero', b'\0'),
        ('long', b'\x11' * 21),
        ('longest', b'\x11' * 20),
    ):
        d.hand_made(f'serial-{label}', serial=serial)
    d.hand_made('serial-padded', serial=b'\0\x11')
    nobody = x509.Name([])
    d.make(
        'subject-empty',
        [
            build(nobody, d.key.public_key(), USUAL, d.middle, names_critical=True),
            d.middle.certificate,
        ],
    )
    d.make(
        'subject-empty-names-uncritical',
        [build(nobody, d.key.public_key(), USUAL, d.middle), d.middle.certificate],
    )
    d.make_leaf('names-critical', names_critical=True)
    d.make_leaf(
        'any-purpose-too',
        usage=[ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE],
    )
    critical = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    d.make_leaf('purpose-critical', extra=[(critical, True)])
    d.make_leaf('without-key-identifiers', keys=[])
    d.make_below(
        'issuer-without-key-identifiers', Authority('Unnumbered Authority', d.root, keys=[])
    )
    d.make_below('issuer-uncritical', Authority('Uncritical Authority', d.root, ca_critical=False))
    d.make_below(
        'issuer-without-key-usage', Authority('Useless Authority', d.root, key_usage=False)
    )
    dotted = extension('551d1e', tlv(0x30, tlv(0xA0, tlv(0x30, tlv(0x82, b'.example.test')))), True)
    ca = [*CA]
    key = ec.generate_private_key(ec.SECP256R1())
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key()).digest
    ca.append(extension('551d0e', tlv(0x04, own)))
    for label, more in (
        ('constraint-with-a-dot', [dotted]),
        ('policy-constraints', [extension('551d24', bytes.fromhex('3003800100'))]),
    ):
        below = Self(key, name(label))
        issuer = by_hand(below.name, key.public_key(), d.root, [*ca, *more])
        d.make(label, [d.signed(issuer=below), issuer])
    policy = x509.CertificatePolicies(
        [x509.PolicyInformation(x509.ObjectIdentifier('2.23.140.1.2.1'), None)]
    )
    d.make_leaf('policy-critical', extra=[(policy, True)])
    d.make_leaf('underscore', hosts=(HOST, 'my_mail.example.test'))
    d.make_leaf('public-suffix', hosts=(HOST, '*.co.uk'))
    d.make(
        'common-name-elsewhere',
        [
            build(name('other.example.test'), d.key.public_key(), USUAL, d.middle),
            d.middle.certificate,
        ],
    )
    at = tlv(0x13, b'a@b')
    d.make(
        'subject-of-two',
        [
            build(
                name(HOST, 'evil, CN=mail.google.com'),
                d.key.public_key(),
                USUAL,
                d.middle,
                hosts=('other.example.test',),
            ),
            d.middle.certificate,
        ],
    )
    d.hand_made(
        'subject-misspelled',
        subject=Raw(tlv(0x30, tlv(0x31, tlv(0x30, bytes.fromhex('0603550403'), at)))),
    )
    common_name = bytes.fromhex('0603550403')
    for label, value in (
        ('number', tlv(0x02, b'\1')),
        ('no-utf8', tlv(0x0C, b'\xff\xfe')),
        ('half-a-character', tlv(0x1E, b'abc')),
    ):
        named = tlv(0x30, tlv(0x31, tlv(0x30, common_name, value)))
        d.hand_made(f'subject-{label}', subject=Raw(named))
    host = tlv(0x82, HOST.encode())
    for label, other in (
        ('unknown', tlv(0x89, b'x')),
        ('other-malformed', tlv(0xA0, NULL)),
        ('directory-malformed', tlv(0xA4, NULL)),
        ('party-malformed', tlv(0xA5, NULL)),
    ):
        d.hand_made(
            f'alternative-name-{label}', extension('551d11', tlv(0x30, other, host)), names=()
        )
    d.hand_made(
        'alternative-names-of-all-kinds',
        extension(
            '551d11',
            tlv(
                0x30,
                tlv(0xA0, bytes.fromhex('06032a0304'), tlv(0xA0, NULL)),
                tlv(0x81, b'post@example.test'),
                host,
                tlv(0xA4, name('x').public_bytes()),
                tlv(0xA5, tlv(0xA0, tlv(0x0C, b'x')), tlv(0xA1, tlv(0x0C, b'x'))),
                tlv(0x86, b'https://example.test/'),
                tlv(0x87, bytes(4)),
                tlv(0x88, bytes.fromhex('2a0304')),
            ),
        ),
        names=(),
    )
    elliptic = ec.generate_private_key(ec.SECP256R1())
    off = bytearray(spki_of(elliptic.public_key()))
    off[-1] ^= 1
    d.hand_made('key-off-its-curve', key=bytes(off), serving=elliptic)
    unnumbered = Self(ec.generate_private_key(ec.SECP256R1()), name('Numbered With Nothing'))
    issuer = by_hand(
        unnumbered.name,
        unnumbered.key.public_key(),
        d.root,
        [*CA, extension('551d0e', tlv(0x04))],
    )
    d.make('issuer-numbered-with-nothing', [d.signed(issuer=unnumbered), issuer])
    d.hand_made('authority-info-malformed', extension('2b06010505070101', b'malformed'))
    d.hand_made('key-identifier-malformed', extension('551d0e', b'\x05\0'))
    # Another key than the one that signed, and another serial number than the issuer's.
    other = Self(d.key, d.middle.name)
    d.make_leaf('key-identifiers-differ', keys=identifiers(d.key.public_key(), other))
    issuer = d.root.certificate.subject
    for label, serial in (
        ('serial-number-differs', 7),
        ('serial-number-fits', d.middle.certificate.serial_number),
    ):
        named = x509.AuthorityKeyIdentifier(
            identifiers(d.key.public_key(), d.middle)[1][0].key_identifier,
            [x509.DirectoryName(issuer)],
            serial,
        )
        d.make_leaf(label, keys=[(named, False)])
    strange = x509.AuthorityKeyIdentifier(
        identifiers(d.key.public_key(), d.middle)[1][0].key_identifier,
        [x509.DirectoryName(name('Somebody Else'))],
        d.middle.certificate.serial_number,
    )
    d.make_leaf('issuer-of-issuer-differs', keys=[(strange, False)])


class Raw:
    """A name in DER."""

    def __init__(self, der: bytes) -> None:
        self.der = der

    def public_bytes(self) -> bytes:
        return self.der


def make_anchors(d: Directory) -> None:
    """Chains with anchors of their own: what an anchor says of itself binds too."""
    d.anchored('anchor-good')
    d.anchored('anchor-expired', dates=PAST)
    d.anchored('anchor-not-yet-valid', dates=FUTURE)
    here = x509.NameConstraints([x509.DNSName('example.test')], None)
    elsewhere = x509.NameConstraints([x509.DNSName('other.test')], None)
    d.anchored('anchor-constraint-kept', extra=[(here, True)])
    d.anchored('anchor-constraint-broken', extra=[(elsewhere, True)])
    d.anchored('anchor-for-servers', usage=ExtendedKeyUsageOID.SERVER_AUTH)
    d.anchored('anchor-for-clients', usage=ExtendedKeyUsageOID.CLIENT_AUTH)
    d.anchored('anchor-not-a-ca', ca=False)
    d.anchored('anchor-may-not-sign', key_usage='crl_sign')
    d.anchored('anchor-uncritical', ca_critical=False)
    d.anchored('anchor-without-key-identifiers', keys=[])
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier('1.3.6.1.4.1.99999.1'), b'\x05\0')
    d.anchored('anchor-critical-unknown', extra=[(unknown, True)])
    key = ec.generate_private_key(ec.SECP256R1())
    other = Self(d.key, None)
    d.anchored('anchor-of-another-key', key=key, keys=identifiers(key.public_key(), other))
    numberless = x509.AuthorityKeyIdentifier(
        None, [x509.DirectoryName(name('anchor-unidentified'))], 7
    )
    d.anchored(
        'anchor-unidentified',
        key=key,
        serial=7,
        keys=[
            (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
            (numberless, False),
        ],
    )
    own = x509.SubjectKeyIdentifier(b'our own number')
    theirs = x509.AuthorityKeyIdentifier(b'our own number', None, None)
    d.anchored('anchor-numbered', keys=[(own, False)], leaf={'keys': [(theirs, False)]})
    d.anchored('anchor-numbered-differently', keys=[(own, False)])
    for label, serial in (('fits', 77), ('differs', 78)):
        full = f'anchor-serial-number-{label}'
        named = x509.AuthorityKeyIdentifier(
            identifiers(d.key.public_key(), Self(key, None))[1][0].key_identifier,
            [x509.DirectoryName(name(full))],
            serial,
        )
        d.anchored(full, key=key, serial=77, leaf={'keys': [(named, False)]})
    short = Authority('Short Anchor', path_length=0)
    between = Authority('Between', short)
    d.make_below('anchor-path-length', between)
    (d.path / 'anchor-path-length.anchor').write_bytes(pem(short.certificate))
    first = by_hand(name('Old Anchor'), key.public_key(), Self(key, name('Old Anchor')), version=1)
    d.make('anchor-version-1', [d.signed(issuer=Self(key, name('Old Anchor')))])
    (d.path / 'anchor-version-1.anchor').write_bytes(pem(first))
    # An anchor that is no root: OpenSSL wants to see who issued it, others do not.
    d.make('anchor-in-the-middle', [d.signed()])
    (d.path / 'anchor-in-the-middle.anchor').write_bytes(pem(d.middle.certificate))
    d.make('anchor-itself', [build(name(HOST), d.key.public_key(), USUAL, Self(d.key, name(HOST)))])
    (d.path / 'anchor-itself.anchor').write_bytes((d.path / 'anchor-itself.pem').read_bytes())


def make_name_constraints(d: Directory) -> None:
    def constrained(label: str, permitted=None, excluded=None, **leaf) -> None:
        constraints = x509.NameConstraints(permitted, excluded)
        authority = Authority(label, d.root, extra=[(constraints, True)])
        d.make(label, [d.signed(issuer=authority, **leaf), authority.certificate])

    here, elsewhere = x509.DNSName('example.test'), x509.DNSName('other.test')
    network = x509.IPAddress(ipaddress.ip_network('192.0.2.0/24'))
    shouted = x509.DirectoryName(
        x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, 'EXAMPLE TEST')])
    )
    plain = x509.DirectoryName(
        x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, 'Example Test')])
    )
    constrained('constraint-kept', [here])
    constrained('constraint-broken', [elsewhere])
    constrained('constraint-excluded', None, [here])
    constrained('constraint-not-excluded', None, [elsewhere])
    constrained('constraint-network-kept', [network], hosts=('192.0.2.1',))
    constrained('constraint-network-broken', None, [network], hosts=(HOST, '192.0.2.1'))
    constrained(
        'constraint-wildcard', None, [x509.DNSName(HOST)], hosts=(HOST[4:], '*.example.test')
    )
    constrained('constraint-directory', None, [plain])
    constrained('constraint-directory-in-capitals', None, [shouted])
    constrained(
        'constraint-mail-address',
        [x509.RFC822Name('example.test')],
        hosts=(HOST, 'post@example.test'),
    )


def make_keys(d: Directory) -> None:
    def keyed(label: str, key, serving=None) -> None:
        leaf = build(name(HOST), key.public_key(), USUAL, d.middle)
        d.make(label, [leaf, d.middle.certificate], serving or key)

    keyed('key-weak', rsa_key(1024))
    keyed('rsa-odd-size', rsa_key(2052))
    keyed('ec', ec.generate_private_key(ec.SECP256R1()))
    keyed('ec-384', ec.generate_private_key(ec.SECP384R1()))
    keyed('ec-521', ec.generate_private_key(ec.SECP521R1()))
    keyed('ec-192', ec.generate_private_key(ec.SECP192R1()))
    # Finding 8192 bits of primes takes a minute; any odd number will do where nothing is signed.
    long = rsa.RSAPublicNumbers(65537, (1 << 8191) + 1).public_key()
    d.make('rsa-8192', [build(name(HOST), long, USUAL, d.middle), d.middle.certificate])
    rsa_oid = bytes.fromhex('06092a864886f70d010101')
    d.hand_made(
        'rsa-exponent-of-one',
        key=tlv(
            0x30,
            tlv(0x30, rsa_oid, NULL),
            tlv(0x03, b'\0', tlv(0x30, tlv(0x02, b'\0' + b'\xd1' * 256), tlv(0x02, b'\x01'))),
        ),
    )
    keyed('rsa-exponent-long', long_exponent_key())
    d.make_below(
        'issuer-exponent-long',
        Authority('Long Exponent Authority', d.root, key=long_exponent_key()),
    )
    authority = Authority('RSA Authority', d.root, key=rsa_key())
    d.make_below('rsa-issuer', authority)
    d.hand_made('signature-md5', issuer=authority, algorithm='rsa-md5')
    d.hand_made('signature-sha1-rsa', issuer=authority, algorithm='rsa-sha1')
    d.hand_made('signature-weak', algorithm='ecdsa-sha1')
    key = ec.generate_private_key(ec.SECP256R1())
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key()).digest
    below = Self(key, name('Weakly Signed Authority'))
    d.make(
        'issuer-signature-weak',
        [
            d.signed(issuer=below),
            by_hand(
                below.name,
                key.public_key(),
                d.root,
                [*CA, extension('551d0e', tlv(0x04, own))],
                algorithm='ecdsa-sha1',
            ),
        ],
    )
    d.make_below('issuer-key-weak', Authority('Short Key Authority', d.root, key=rsa_key(1024)))
    clients = Authority('Other Purpose', d.root, usage=ExtendedKeyUsageOID.CLIENT_AUTH)
    weak = rsa_key(1024)
    wrong = build(
        name(HOST),
        weak.public_key(),
        PAST,
        clients,
        hosts=('other.example.test',),
        usage=ExtendedKeyUsageOID.EMAIL_PROTECTION,
    )
    d.make('everything-wrong', [wrong, clients.certificate], weak)


def make_pss(d: Directory) -> None:
    """Signatures of RSASSA-PSS, and keys that make no other."""
    authority = Authority('RSA Authority', d.root, key=rsa_key())
    for label in pss_algorithms():
        d.hand_made(f'rsa-{label}', issuer=authority, algorithm=label)
    d.hand_made('rsa-pss-claimed', issuer=authority, algorithm='rsa-sha256', outer='pss')
    d.hand_made('rsa-pss-claims-differ', issuer=authority, algorithm='pss', outer='pss-sha384')
    plain = spki_of(d.key.public_key())
    bits = plain[plain.index(NULL) + len(NULL) :]
    sha384 = pss_parameters(hashes.SHA384, salt=48)

    def key_of(parameters: bytes, key_bits: bytes = bits) -> bytes:
        return tlv(0x30, tlv(0x30, PSS_OID, parameters), key_bits)

    for label, parameters in (
        ('rsa-pss-key', b''),
        ('rsa-pss-key-sha256', pss_parameters()),
        ('rsa-pss-key-sha384', sha384),
        ('rsa-pss-key-sha3', pss_parameters(hashes.SHA3_256)),
        ('rsa-pss-key-malformed', NULL),
        ('rsa-pss-key-and-more', pss_parameters() + NULL),
    ):
        d.hand_made(label, key=key_of(parameters))
        # … with the same word on the private half, as servers want it (RFC 8017 A.2.3).
        traditional = d.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        private = tlv(
            0x30, bytes.fromhex('020100'), tlv(0x30, PSS_OID, parameters), tlv(0x04, traditional)
        )
        (d.path / f'{label}.key').write_bytes(pem(private, 'PRIVATE KEY'))
    own = spki_of(authority.key.public_key())
    authority_bits = own[own.index(NULL) + len(NULL) :]
    for label, parameters, algorithm in (
        ('issuer-of-pss', b'', 'pss'),
        ('issuer-of-pss-sha256', pss_parameters(), 'pss'),
        ('issuer-of-pss-salt-of-20', pss_parameters(salt=20), 'pss'),
        ('issuer-of-pss-sha384', sha384, 'pss'),
        ('issuer-of-pss-salt-of-40', pss_parameters(salt=40), 'pss'),
        ('issuer-of-pss-two-hashes', pss_parameters(mask=hashes.SHA1), 'pss'),
        ('issuer-of-pss-signs-otherwise', b'', 'rsa-sha256'),
    ):
        issuer = Self(authority.key, name(label))
        certificate = by_hand(
            issuer.name,
            key_of(parameters, authority_bits),
            d.root,
            [*CA, extension('551d0e', tlv(0x04, key_digest(authority.key)))],
        )
        leaf = by_hand(
            name(HOST), d.key.public_key(), issuer, [alt_name(HOST)], algorithm=algorithm
        )
        d.make(label, [leaf, certificate])


def make_edwards(d: Directory) -> None:
    for label, key in (
        ('ed25519', ed25519.Ed25519PrivateKey.generate()),
        ('ed448', ed448.Ed448PrivateKey.generate()),
    ):
        d.make(
            label, [build(name(HOST), key.public_key(), USUAL, d.middle), d.middle.certificate], key
        )
        authority = Authority(f'{label} Authority', d.root, key=key)
        d.make_below(f'{label}-issuer', authority)
        if label == 'ed25519':
            d.hand_made(
                'ed25519-issuer-parameters', issuer=authority, algorithm='ed25519-parameters'
            )
            good = by_hand(
                name(HOST), d.key.public_key(), authority, [alt_name(HOST)], algorithm='ed25519'
            )
            wrong = good[:-1] + bytes([good[-1] ^ 1])
            d.make('ed25519-issuer-bad-signature', [wrong, authority.certificate])
            plain = spki_of(key.public_key())
            for fault, spki in (
                ('with-parameters', tlv(0x30, tlv(0x30, plain[4:9], NULL), plain[9:])),
                ('short', tlv(0x30, plain[2:9], tlv(0x03, b'\0', plain[13:]))),
            ):
                d.hand_made(f'ed25519-key-{fault}', key=spki)
            # y = 1: the neutral element. With it as a key anybody signs anything.
            d.hand_made(
                'ed25519-key-of-small-order',
                key=tlv(0x30, plain[2:9], tlv(0x03, b'\0\1' + bytes(31))),
            )


def main(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)
    directory = Directory(path)
    make_dates(directory)
    make_names(directory)
    make_paths(directory)
    make_constraints(directory)
    make_profiles(directory)
    make_anchors(directory)
    make_name_constraints(directory)
    make_keys(directory)
    make_pss(directory)
    make_edwards(directory)
    # Last: with it the directory is whole, which is what a build rule asks for.
    (path / 'root.pem').write_bytes(pem(directory.root.certificate))


if __name__ == '__main__':
    main(Path(sys.argv[1]))
