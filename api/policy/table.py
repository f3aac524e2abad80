"""The policy: role by field class, the operations that ask for more, and the purposes of each role.

This is the whole of it; `reference.policy_page` prints it. What is not listed is denied.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from api.policy.contract import Access, FieldClass, Role

C, M, D = Access.CLEAR, Access.MASKED, Access.DENIED

COLUMNS: Final = tuple(FieldClass)
POLICY: Final[Mapping[Role, Mapping[FieldClass, Access]]] = {
    role: dict(zip(COLUMNS, row, strict=True))
    for role, row in {
        #                 pseudonym demographic identity contact health behaviour financial evidence aggregate
        Role.MARKETER: (C, C, M, M, D, C, C, D, C),
        Role.COACH: (C, C, C, C, C, C, D, D, C),
        Role.PRACTITIONER: (C, C, C, C, C, D, D, D, C),
        Role.ANALYST: (C, C, D, D, M, C, C, D, C),
        Role.STEWARD: (C, C, C, C, D, D, D, C, C),
        Role.ADMIN: (C, C, C, C, C, C, C, C, C),
    }.items()
}

OPERATIONS: Final[Mapping[str, tuple[FieldClass, ...]]] = {
    "Query.customer": (FieldClass.PSEUDONYM,),
    "Query.customers": (FieldClass.PSEUDONYM,),
    "Query.patients": (FieldClass.HEALTH,),
    "Query.journey": (FieldClass.BEHAVIOUR, FieldClass.HEALTH),
    "Query.journeys": (FieldClass.AGGREGATE,),
    "Query.segments": (FieldClass.AGGREGATE,),
    "Query.segmentPreview": (FieldClass.AGGREGATE,),
    "Query.personas": (FieldClass.AGGREGATE,),
    "Query.resolve": (FieldClass.IDENTITY,),
    "Query.explain": (FieldClass.EVIDENCE,),
    "Mutation.createSegment": (FieldClass.BEHAVIOUR,),
    "Mutation.exportSegment": (FieldClass.BEHAVIOUR,),
}
"""An operation is open to a role that sees at least one of these classes clearly."""

PURPOSES: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.MARKETER: ("marketing",),
    Role.COACH: ("coaching", "care"),
    Role.PRACTITIONER: ("care",),
    Role.ANALYST: ("analysis", "research"),
    Role.STEWARD: ("stewardship",),
    Role.ADMIN: ("operations",),
}
"""What a role may ask for; the first is taken when the request names none."""


def access(role: Role, field_class: FieldClass) -> Access:
    """How much of this class the role sees."""
    return POLICY[role][field_class]


def allowed(role: Role, classes: Iterable[FieldClass]) -> bool:
    """Whether the role sees every one of these classes clearly: what filtering and ordering by a field needs."""
    return all(access(role, field_class) is C for field_class in classes)


def may_call(role: Role, operation: str) -> bool:
    """Whether the role may call `Query.x` or `Mutation.x`; an operation not listed is closed."""
    return any(access(role, field_class) is C for field_class in OPERATIONS.get(operation, ()))
