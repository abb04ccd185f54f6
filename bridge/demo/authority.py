"""The signing half of `certificates`: everything that needs python3-cryptography."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from .orders import USUAL_VALIDITY_DAYS, VALIDITY_DAYS, Flaw, Order

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
ROOT_VALIDITY_DAYS = (-400, 3650)
INTERMEDIATE_VALIDITY_DAYS = (-300, 1825)


_WHERE_THE_ISSUER_IS = x509.AuthorityInformationAccess(
    [
        x509.AccessDescription(
            AuthorityInformationAccessOID.CA_ISSUERS,
            x509.UniformResourceIdentifier('http://authority.test/intermediate.cer'),
        )
    ]
)


@dataclass(frozen=True)
class Issuer:
    """A key that signs, and the certificates a server sends to lead up to it."""

    subject: x509.Name
    key: PrivateKey
    certificate: x509.Certificate


def make(directory: Path, authority: str, orders: Iterable[Order]) -> None:
    """Write root.pem and the chain and key of every order."""
    now = datetime.now(UTC).replace(microsecond=0)
    root = _authority(f'{authority} Root', None, now)
    intermediate = _authority(f'{authority} Intermediate', root, now)
    below = _authority(f'{authority} Intermediate Below', intermediate, now)
    elsewhere = _authority(f'{authority} Elsewhere', root, now, only_for='elsewhere.test')
    unknown_root = _authority("Nobody's Root", None, now)
    _write(directory / 'root.pem', _pem(root.certificate))
    for order in orders:
        key = _new_key('rsa-1024' if order.flaw is Flaw.WEAK_KEY else order.key)
        if order.flaw is Flaw.SELF_SIGNED:
            chain = [_leaf(order, key, None, now)]
        elif order.flaw is Flaw.UNKNOWN_ISSUER:
            chain = [_leaf(order, key, unknown_root, now), unknown_root.certificate]
        elif order.flaw is Flaw.INCOMPLETE_CHAIN:
            chain = [_leaf(order, key, intermediate, now)]
        elif order.flaw is Flaw.MISORDERED_CHAIN:
            chain = [_leaf(order, key, below, now), intermediate.certificate, below.certificate]
        elif order.flaw is Flaw.CONSTRAINT_VIOLATED:
            chain = [_leaf(order, key, elsewhere, now), elsewhere.certificate]
        else:
            chain = [_leaf(order, key, intermediate, now), intermediate.certificate]
        _write(directory / f'{order.name}.pem', b''.join(map(_pem, chain)))
        _write(directory / f'{order.name}.key', _key_pem(key), mode=0o600)


def _authority(
    name: str, parent: Issuer | None, now: datetime, only_for: str | None = None
) -> Issuer:
    key = _new_key('ec')
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    days = ROOT_VALIDITY_DAYS if parent is None else INTERMEDIATE_VALIDITY_DAYS
    builder = (
        _builder(subject, key, parent, now, days)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
    )
    if only_for:
        allowed = x509.NameConstraints([x509.DNSName(only_for)], None)
        builder = builder.add_extension(allowed, critical=True)
    certificate = builder.sign(parent.key if parent else key, hashes.SHA256())
    return Issuer(subject, key, certificate)


def _leaf(order: Order, key: PrivateKey, issuer: Issuer | None, now: datetime) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, order.names[0])])
    days = VALIDITY_DAYS.get(order.flaw, USUAL_VALIDITY_DAYS)
    names = x509.SubjectAlternativeName([x509.DNSName(name) for name in order.names])
    client = order.flaw is Flaw.WRONG_PURPOSE
    purpose = ExtendedKeyUsageOID.CLIENT_AUTH if client else ExtendedKeyUsageOID.SERVER_AUTH
    builder = (
        _builder(subject, key, issuer, now, days)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    )
    if order.flaw is not Flaw.WITHOUT_SAN:
        builder = builder.add_extension(names, critical=False)
    if issuer and order.flaw is Flaw.INCOMPLETE_CHAIN:
        # Every public authority says where its own certificate is; that is what tells "a link is
        # missing" from "nobody knows this authority".
        builder = builder.add_extension(_WHERE_THE_ISSUER_IS, critical=False)
    return builder.sign(issuer.key if issuer else key, hashes.SHA256())


def _builder(
    subject: x509.Name,
    key: PrivateKey,
    issuer: Issuer | None,
    now: datetime,
    days: tuple[int, int],
) -> x509.CertificateBuilder:
    public = key.public_key()
    issuing = issuer.key.public_key() if issuer else public
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing), critical=False)
    )


def _usage(signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _new_key(kind: str) -> PrivateKey:
    if kind == 'rsa':
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    if kind == 'rsa-1024':
        return rsa.generate_private_key(public_exponent=65537, key_size=1024)
    if kind == 'ed25519':
        return ed25519.Ed25519PrivateKey.generate()
    if kind == 'ec':
        return ec.generate_private_key(ec.SECP256R1())
    raise ValueError(f"a certificate's key is ec, rsa or ed25519, not {kind!r}")


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _key_pem(key: PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, content: bytes, mode: int = 0o644) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), 'wb') as file:
        file.write(content)
