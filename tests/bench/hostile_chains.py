"""Chains that cost as much as a server can make them cost: for judge.mjs.

hostile_chains.py DIRECTORY    writes root.pem, and NAME.pem and NAME.key for each chain
"""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'core'))

from certificates import (
    HOST,
    NULL,
    USUAL,
    Authority,
    Raw,
    Self,
    alt_name,
    extension,
    name,
    pem,
    rsa_key,
    spki_of,
    tlv,
)
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

# LIMIT_CERTIFICATES, LIMIT_CHAIN and the end-entity's share of them
ISSUERS = 39
CHAIN_BYTES = 98304
SHA512_RSA = bytes.fromhex('06092a864886f70d01010d') + NULL
SHA512_EC = bytes.fromhex('06082a8648ce3d040304')
RSA = bytes.fromhex('06092a864886f70d010101') + NULL
CA = [
    extension('551d13', tlv(0x30, bytes.fromhex('0101ff')), True),
    extension('551d0f', bytes.fromhex('03020204'), True),
]
# Everybody's name, so that each could have signed each.
EVERYBODY = name('Everybody')


def certificate(subject, spki: bytes, issuer, extensions, oid: bytes, signature) -> bytes:
    """`signature` is the bytes, or makes them of what is to be signed."""
    dates = [tlv(0x17, when.strftime('%y%m%d%H%M%SZ').encode()) for when in USUAL]
    tbs = tlv(
        0x30,
        tlv(0xA0, tlv(0x02, b'\2')),
        tlv(0x02, b'\1' + secrets.token_bytes(8)),
        tlv(0x30, oid),
        issuer.public_bytes(),
        tlv(0x30, *dates),
        subject.public_bytes(),
        spki,
        tlv(0xA3, tlv(0x30, *extensions)),
    )
    signed = signature if isinstance(signature, bytes) else signature(tbs)
    return tlv(0x30, tbs, tlv(0x30, oid), tlv(0x03, b'\0', signed))


def rsa_spki(exponent_bytes: int) -> bytes:
    modulus = b'\0' + bytes([0xD1]) + secrets.token_bytes(510) + b'\1'
    exponent = b'\0' + b'\xff' * exponent_bytes
    return tlv(
        0x30, tlv(0x30, RSA), tlv(0x03, b'\0', tlv(0x30, tlv(0x02, modulus), tlv(0x02, exponent)))
    )


def padding(size: int) -> bytes:
    return extension('2b0601040186b00a', b'\4' * size)


class Chains:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.key = rsa_key()
        self.root = Authority('Example Test Root')
        (path / 'root.pem').write_bytes(pem(self.root.certificate))

    def write(self, label: str, leaf: bytes, issuers: list[bytes]) -> None:
        (self.path / f'{label}.pem').write_bytes(b''.join(pem(c) for c in [leaf, *issuers]))
        (self.path / f'{label}.key').write_bytes(
            self.key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )

    def leaf(self, oid: bytes, signature, issuer=EVERYBODY, names=(HOST,)) -> bytes:
        return certificate(
            name(HOST), spki_of(self.key.public_key()), issuer, [alt_name(*names)], oid, signature
        )

    def bad_signatures(self, label: str, spki, oid: bytes, signature: bytes) -> None:
        """Each issuer could be the one, and none is."""
        issuers = [
            certificate(EVERYBODY, spki(), EVERYBODY, CA, oid, signature) for _ in range(ISSUERS)
        ]
        self.write(label, self.leaf(oid, signature), issuers)

    def good_signatures(self, label: str, keys: int, body: int) -> None:
        """Everybody signed everybody, and none of the many ways leads to a root."""
        pairs = [ec.generate_private_key(ec.SECP256R1()) for _ in range(keys)]
        issuers = []
        for signer in pairs:
            for signed in pairs:
                if signer is not signed and len(issuers) < ISSUERS:
                    issuers.append(
                        certificate(
                            EVERYBODY,
                            spki_of(signed.public_key()),
                            EVERYBODY,
                            [*CA, padding(body)],
                            SHA512_EC,
                            lambda tbs, key=signer: key.sign(tbs, ec.ECDSA(hashes.SHA512())),
                        )
                    )
        leaf = self.leaf(SHA512_EC, lambda tbs: pairs[0].sign(tbs, ec.ECDSA(hashes.SHA512())))
        self.write(label, leaf, issuers)

    def names_and_constraints(self, label: str) -> None:
        """All of the names under all of the constraints."""
        key = ec.generate_private_key(ec.SECP256R1())
        above = Self(key, name('Narrow'))
        subtrees = b''.join(tlv(0x30, tlv(0x82, b'a')) for _ in range(9000))
        constraints = extension('551d1e', tlv(0x30, tlv(0xA1, subtrees)), True)

        def sign(tbs: bytes) -> bytes:
            return key.sign(tbs, ec.ECDSA(hashes.SHA512()))

        issuer = certificate(
            above.name, spki_of(key.public_key()), above.name, [*CA, constraints], SHA512_EC, sign
        )
        self.write(label, self.leaf(SHA512_EC, sign, above.name, ('b',) * 15000), [issuer])


def main(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)
    chains = Chains(path)
    leaf = chains.leaf(
        SHA512_EC,
        lambda tbs: chains.root.key.sign(tbs, ec.ECDSA(hashes.SHA512())),
        Raw(chains.root.certificate.subject.public_bytes()),
    )
    chains.write('honest', leaf, [])
    any_rsa = b'\x55' * 512
    chains.bad_signatures('rsa-4096-exponent-4096', lambda: rsa_spki(512), SHA512_RSA, any_rsa)
    chains.bad_signatures('rsa-4096-exponent-64', lambda: rsa_spki(8), SHA512_RSA, any_rsa)
    for label, curve, size in (
        ('p-256', ec.SECP256R1(), 31),
        ('p-384', ec.SECP384R1(), 47),
        ('p-521', ec.SECP521R1(), 65),
    ):
        any_ecdsa = encode_dss_signature(*[int.from_bytes(b'\x33' * size, 'big')] * 2)
        chains.bad_signatures(
            label,
            lambda curve=curve: spki_of(ec.generate_private_key(curve).public_key()),
            SHA512_EC,
            any_ecdsa,
        )
    chains.good_signatures('maze', 7, 16)
    chains.good_signatures('maze-of-large-certificates', 7, CHAIN_BYTES // ISSUERS - 500)
    chains.good_signatures('maze-of-three-keys', 3, CHAIN_BYTES // 7 - 500)
    chains.names_and_constraints('names-and-constraints')
    # Read last: the order in which judge.mjs prints.
    (path / 'names.txt').write_text(
        '\n'.join(
            [
                'honest',
                'rsa-4096-exponent-4096',
                'rsa-4096-exponent-64',
                'p-256',
                'p-384',
                'p-521',
                'maze',
                'maze-of-large-certificates',
                'maze-of-three-keys',
                'names-and-constraints',
                '',
            ]
        )
    )


if __name__ == '__main__':
    main(Path(sys.argv[1]))
