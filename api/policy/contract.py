"""What policy is made of: roles, classes of fields, kinds of access, and the caller."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a key's bearer does for a living."""

    MARKETER = "marketer"
    COACH = "coach"
    PRACTITIONER = "practitioner"
    ANALYST = "analyst"
    STEWARD = "steward"
    ADMIN = "admin"


class FieldClass(StrEnum):
    """What kind of knowledge a field gives.

    PSEUDONYM is an id that says nothing about its person; DEMOGRAPHIC is what many people share, such as a city.
    """

    PSEUDONYM = "pseudonym"
    DEMOGRAPHIC = "demographic"
    IDENTITY = "identity"
    CONTACT = "contact"
    HEALTH = "health"
    BEHAVIOUR = "behaviour"
    FINANCIAL = "financial"
    EVIDENCE = "evidence"
    AGGREGATE = "aggregate"


class Access(StrEnum):
    """How much of a field a role sees. MASKED shows a part that does not tell people apart."""

    CLEAR = "clear"
    MASKED = "masked"
    DENIED = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Whoever asks: the key's id (never the key), its role, and what the answer is for."""

    key_id: str
    role: Role
    purpose: str
