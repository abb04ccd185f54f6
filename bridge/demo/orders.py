"""What a certificate is ordered with: its names, its flaw, its kind of key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Flaw(StrEnum):
    """What is wrong with a certificate, or with the chain sent along."""

    NONE = 'none'
    EXPIRED = 'expired'
    NOT_YET_VALID = 'not-yet-valid'
    EXPIRES_SOON = 'expires-soon'
    WRONG_NAME = 'wrong-name'
    SELF_SIGNED = 'self-signed'
    UNKNOWN_ISSUER = 'unknown-issuer'  # the unknown root is sent along
    INCOMPLETE_CHAIN = 'incomplete-chain'  # the intermediate is not sent
    MISORDERED_CHAIN = 'misordered-chain'  # two intermediates, in the wrong order
    WITHOUT_SAN = 'without-san'  # the name stands in the common name only
    WEAK_KEY = 'weak-key'  # RSA 1024, whatever key was ordered
    WRONG_PURPOSE = 'wrong-purpose'  # for clients only
    CONSTRAINT_VIOLATED = 'constraint-violated'  # its authority may only vouch for other names
    EXPIRED_AND_WRONG_NAME = 'expired-and-wrong-name'

    @property
    def names_another(self) -> bool:
        """The certificate is for another server."""
        return self in (Flaw.WRONG_NAME, Flaw.EXPIRED_AND_WRONG_NAME)


@dataclass(frozen=True)
class Order:
    """One certificate: its file name, the names it is for, its flaw, its kind of key."""

    name: str
    names: tuple[str, ...]
    flaw: Flaw = Flaw.NONE
    key: str = 'ec'  # or "rsa", "ed25519"


# Days before and after now, for every flaw that is a matter of time.
VALIDITY_DAYS = {
    Flaw.EXPIRED: (-100, -10),
    Flaw.EXPIRED_AND_WRONG_NAME: (-100, -10),
    Flaw.NOT_YET_VALID: (30, 120),
    Flaw.EXPIRES_SOON: (-80, 12),
}
USUAL_VALIDITY_DAYS = (-2, 88)
