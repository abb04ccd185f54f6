"""Signatures at the edges of ECDSA, made with Python's own arithmetic: for test_ecdsa_verify.c.

ecdsa_vectors.py    prints ecdsa_vectors.inc

Some need a key that fits: of the point R that a signature leads to, Q is (s·R - z·G) / r.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature


@dataclass(frozen=True)
class Curve:
    number: int
    p: int
    b: int
    n: int
    g: tuple[int, int]

    @property
    def bytes(self) -> int:
        return (self.p.bit_length() + 7) // 8

    @property
    def digest(self) -> int:
        """The longest that is read to its end; no hash function makes a longer one."""
        return min(self.bytes, 64)

    def add(self, one, other):
        if one is None or other is None:
            return one or other
        (x1, y1), (x2, y2) = one, other
        if x1 == x2 and (y1 + y2) % self.p == 0:
            return None
        if one == other:
            slope = (3 * x1 * x1 - 3) * pow(2 * y1, -1, self.p)
        else:
            slope = (y2 - y1) * pow(x2 - x1, -1, self.p)
        x = (slope * slope - x1 - x2) % self.p
        return x, (slope * (x1 - x) - y1) % self.p

    def multiply(self, factor: int, point):
        total = None
        for bit in bin(factor % self.n)[2:]:
            total = self.add(total, total)
            if bit == '1':
                total = self.add(total, point)
        return total

    def point_at(self, x: int):
        """Of the two, one; None where there is none."""
        square = (x**3 - 3 * x + self.b) % self.p
        y = pow(square, (self.p + 1) // 4, self.p)
        return (x, y) if y * y % self.p == square else None

    def encode(self, point) -> bytes:
        return b'\4' + b''.join(c.to_bytes(self.bytes, 'big') for c in point)


P256 = Curve(
    23,
    2**256 - 2**224 + 2**192 + 2**96 - 1,
    0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
    0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    (
        0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
        0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    ),
)
P384 = Curve(
    24,
    2**384 - 2**128 - 2**96 + 2**32 - 1,
    int(
        'B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875A'
        'C656398D8A2ED19D2A85C8EDD3EC2AEF',
        16,
    ),
    int(
        'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF'
        '581A0DB248B0A77AECEC196ACCC52973',
        16,
    ),
    (
        int(
            'AA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A38'
            '5502F25DBF55296C3A545E3872760AB7',
            16,
        ),
        int(
            '3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C0'
            '0A60B1CE1D7E819D7A431D7C90EA0E5F',
            16,
        ),
    ),
)


P521 = Curve(
    25,
    2**521 - 1,
    int(
        '0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109'
        'E156193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00',
        16,
    ),
    int(
        '01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF'
        'FA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409',
        16,
    ),
    (
        int(
            '00C6858E06B70404E9CD9E3ECB662395B4429C648139053FB521F828AF606B4D3D'
            'BAA14B5E77EFE75928FE1DC127A2FFA8DE3348B3C1856A429BF97E7E31C2E5BD66',
            16,
        ),
        int(
            '011839296A789A3BC0045C8A5FB42C7D1BD998F54449579B446817AFBD17273E66'
            '2C97EE72995EF42640C550B9013FAD0761353C7086A272C24088BE94769FD16650',
            16,
        ),
    ),
)


def number(curve: Curve, label: str) -> int:
    """As good as random, and the same each time."""
    return int.from_bytes(hashlib.sha512(label.encode()).digest(), 'big') % curve.n


class Vectors:
    def __init__(self, curve: Curve) -> None:
        self.curve = curve
        self.rows: list[str] = []

    def row(self, good: bool, what: str, point: bytes, digest: bytes, signature: bytes) -> None:
        cells = ', '.join(f'"{part.hex()}"' for part in (point, digest, signature))
        self.rows.append(f'\t{{ "{what}", {self.curve.number}, {cells}, {int(good)} }},')

    def signed(self, good: bool, what: str, q, z: int | bytes, r: int, s: int) -> None:
        digest = z if isinstance(z, bytes) else z.to_bytes(self.curve.digest, 'big')
        self.row(good, what, self.curve.encode(q), digest, encode_dss_signature(r, s))

    def key_for(self, big_r, r: int, s: int, z: int):
        c = self.curve
        less = c.multiply(-z, c.g)
        return c.multiply(pow(r, -1, c.n), c.add(c.multiply(s, big_r), less))

    def by_key(self, what: str, d: int, z: int, k: int) -> None:
        """An ordinary signature, with a chosen key, digest and nonce."""
        c = self.curve
        r = c.multiply(k, c.g)[0] % c.n
        s = pow(k, -1, c.n) * (z + r * d) % c.n
        self.signed(True, what, c.multiply(d, c.g), z, r, s)

    def make(self) -> None:
        c = self.curve
        z, k, d = (number(c, label) for label in 'zkd')
        z %= 2 ** (8 * c.digest)
        big_r = c.multiply(k, c.g)
        r = big_r[0] % c.n
        s = pow(k, -1, c.n) * (z + r * d) % c.n
        q = c.multiply(d, c.g)

        self.signed(True, 'as usual', q, z, r, s)
        self.signed(True, 's negated', q, z, r, c.n - s)
        self.signed(False, 'r is one more', q, z, r + 1, s)
        self.signed(False, 'r and s swapped', q, z, s, r)
        self.signed(False, 'r is zero', q, z, 0, s)
        self.signed(False, 's is zero', q, z, r, 0)
        self.signed(False, 'both are zero', q, 0, 0, 0)
        self.signed(False, 'r is the order more', q, z, r + c.n, s)
        self.signed(False, 's is the order more', q, z, r, s + c.n)
        self.signed(False, 'r is the order', q, z, c.n, s)
        self.signed(False, 's is the order', q, z, r, c.n)
        self.signed(False, 'r is the prime', q, z, c.p, s)
        self.signed(False, 'r is -1', q, z, c.n - 1, s)
        self.signed(False, 'both are one', q, z, 1, 1)
        self.signed(False, 'the opposite key', (q[0], c.p - q[1]), z, r, s)

        digest = z.to_bytes(c.digest, 'big')
        if c.digest == c.bytes:
            self.signed(True, 'a longer digest', q, digest + b'\xaa' * 16, r, s)
            self.signed(False, 'a longer digest, in front', q, b'\0' + digest, r, s)
            self.by_key('a digest that is the order', d, c.n, k)
        short = digest[:20]
        short_s = pow(k, -1, c.n) * (int.from_bytes(short, 'big') + r * d) % c.n
        self.signed(True, 'a shorter digest', q, short, r, short_s)
        self.by_key('a digest of zeros', d, 0, k)
        self.by_key('a digest of all ones', d, 2 ** (8 * c.digest) - 1, k)

        # u1·G and u2·Q are the same, and opposites
        same = pow(r, -1, c.n) * z % c.n
        self.by_key('the same twice', same, z, k)
        self.signed(False, 'nothing is left', c.multiply(-same, c.g), z, r, s)
        # Multiples of Q are those of G, so that they meet on the way.
        for small in (1, 2, 3, 4, 5, 7, 15, 16, 31, 33):
            self.by_key(f'key {small}', small, z, k)
            self.by_key(f'key -{small}', c.n - small, z, k)
        for small in (1, 2, 3):
            self.by_key(f'nonce {small}', d, z, small)
            self.by_key(f'nonce {small}, key 1', 1, 1, small)
        # The x-coordinate of R is the order or more, and r is the rest.
        x = next(x for x in range(c.n + 1, c.n + 1000) if c.point_at(x))
        wrapped = self.key_for(c.point_at(x), x - c.n, s, z)
        self.signed(True, 'x is the order more', wrapped, z, x - c.n, s)
        # The rest and the order are not below the prime: that is another number.
        high = next(x for x in range(c.p - c.n, c.p) if c.point_at(x))
        self.signed(True, 'x has no twin', self.key_for(c.point_at(high), high, s, z), z, high, s)
        small = next(x for x in range(1, 1000) if c.point_at(x) and not c.point_at(x + c.n))
        key = self.key_for(c.point_at(small), small, s, z)
        self.signed(True, 'x is small', key, z, small, s)
        self.signed(False, 'x is another', key, z, small + 1, s)

        der = encode_dss_signature(r, s)
        self.row(False, 'the point at infinity', b'\0', digest, der)
        self.row(False, 'no point', b'', digest, der)
        compressed = bytes([2 + q[1] % 2]) + c.encode(q)[1 : c.bytes + 1]
        self.row(False, 'a compressed point', compressed, digest, der)
        self.row(False, 'a hybrid point', bytes([6 + q[1] % 2]) + c.encode(q)[1:], digest, der)
        self.row(False, 'a point beside the curve', c.encode((q[0], q[1] ^ 1)), digest, der)
        self.row(False, 'the point 0, 0', c.encode((0, 0)), digest, der)
        self.row(False, 'a point cut short', c.encode(q)[:-1], digest, der)
        self.row(False, 'a point and more', c.encode(q) + b'\0', digest, der)
        # Modulo the prime it would be a point.
        x = next(x for x in range(2 ** (8 * c.bytes) - c.p) if c.point_at(x))
        above = c.encode((c.p + x, c.point_at(x)[1]))
        self.row(False, 'a coordinate above the prime', above, digest, der)
        self.row(False, 'no signature', c.encode(q), digest, b'')
        self.row(False, 'half a signature', c.encode(q), digest, der[: len(der) // 2])
        self.row(False, 'a signature and more', c.encode(q), digest, der + b'\0')


def main() -> None:
    print('/* Made by ecdsa_vectors.py. */')
    for curve in (P256, P384, P521):
        vectors = Vectors(curve)
        vectors.make()
        print('\n'.join(vectors.rows))


if __name__ == '__main__':
    main()
