"""API keys: made of 256 random bits, kept as a hash, found by a public id, revoked by a later entry.

A key reads `c360_<id>_<secret>`. SHA-256 without salt or stretching is enough, because a secret of 256 random bits
cannot be guessed. The ledger's stream `keys` holds what happened to every key.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Final

from api.policy.contract import Caller, Role
from api.policy.table import PURPOSES
from core.errors import DeniedError, MissingError
from lake.ledger import Ledger

STREAM: Final = "keys"
PATTERN: Final = re.compile(r"c360_([0-9a-f]{12})_[A-Za-z0-9_-]{43}")
NOBODY: Final = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key just made. `secret` is shown once and kept nowhere."""

    key_id: str
    role: Role
    secret: str


class KeyRing:
    """The keys of one workspace, in its ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def create(self, role: Role, *, name: str = "") -> NewKey:
        """Make a key for a role; only its hash is kept."""
        key_id = secrets.token_hex(6)
        secret = f"c360_{key_id}_{secrets.token_urlsafe(32)}"
        entry = {"change": "created", "key_id": key_id, "role": role.value, "name": name, "sha256": _hash(secret)}
        self._ledger.append(STREAM, entry)
        return NewKey(key_id=key_id, role=role, secret=secret)

    def revoke(self, key_id: str) -> None:
        """Make a key useless from now on.

        Raises:
            MissingError: there is no such key.
        """
        if key_id not in self._living():
            raise MissingError("There is no such key.", remedy="See `c360 key list`.", key_id=key_id)
        self._ledger.append(STREAM, {"change": "revoked", "key_id": key_id})

    def listed(self) -> dict[str, Role]:
        """Id and role of every living key, oldest first."""
        return {key_id: Role(role) for key_id, (role, _) in self._living().items()}

    def caller(self, secret: str | None, purpose: str | None = None) -> Caller | None:
        """Say who bears this key, or nobody. The hash is compared in constant time, for unknown keys too.

        Raises:
            DeniedError: the purpose is not one of the role's.
        """
        found = PATTERN.fullmatch(secret or "")
        key_id = found[1] if found else ""
        role, expected = self._living().get(key_id, ("", NOBODY))
        if not hmac.compare_digest(_hash(secret or ""), expected) or not role:
            return None
        return Caller(key_id=key_id, role=Role(role), purpose=_purpose(Role(role), purpose))

    def _living(self) -> dict[str, tuple[str, str]]:
        living: dict[str, tuple[str, str]] = {}
        for row in self._ledger.entries(STREAM):
            key_id = str(row.entry["key_id"])
            if row.entry["change"] == "created":
                living[key_id] = (str(row.entry["role"]), str(row.entry["sha256"]))
            else:
                living.pop(key_id, None)
        return living


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _purpose(role: Role, asked: str | None) -> str:
    purposes = PURPOSES[role]
    if asked is not None and asked not in purposes:
        raise DeniedError(f"A {role} does not ask for that purpose.", remedy=f"Use one of: {', '.join(purposes)}.")
    return asked if asked is not None else purposes[0]
