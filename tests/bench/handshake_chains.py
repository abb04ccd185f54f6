"""Chains as honest servers have them, leaf and intermediate: for handshake.mjs.

handshake_chains.py DIRECTORY    writes NAME.pem, NAME.key and NAME.root.pem for each chain
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'core'))

from certificates import Authority, build, name, pem, rsa_key
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec


def p256() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def p384() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP384R1())


# With which the names of roots have the length of those of Amazon's four, as peers.mjs wants them.
ROOT_NAME = 23

# The clients of others go by the clock of this machine.
NOW = datetime.now(UTC)
VALID = (NOW - timedelta(days=1), NOW + timedelta(days=90))

# Keys of leaf, intermediate and root; the last two have the shapes of Let's Encrypt's chains.
CHAINS = {
    'rsa': (rsa_key, rsa_key, rsa_key),
    'ec': (p256, p256, p256),
    'lersa': (rsa_key, rsa_key, lambda: rsa_key(4096)),
    'leec': (p256, p384, p384),
}


def main(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)
    for label, (leaf_key, intermediate_key, root_key) in CHAINS.items():
        root = Authority(f'{label} root'.ljust(ROOT_NAME, '.'), key=root_key(), dates=VALID)
        intermediate = Authority(f'{label} intermediate', root, key=intermediate_key(), dates=VALID)
        key = leaf_key()
        leaf = build(name('mail.example.test'), key.public_key(), VALID, intermediate)
        (path / f'{label}.root.pem').write_bytes(pem(root.certificate))
        (path / f'{label}.pem').write_bytes(pem(leaf) + pem(intermediate.certificate))
        (path / f'{label}.key').write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.TraditionalOpenSSL,
                serialization.NoEncryption(),
            )
        )


if __name__ == '__main__':
    main(Path(sys.argv[1]))
