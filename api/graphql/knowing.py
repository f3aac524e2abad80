"""Whose existence a caller may know of, how a former id leads to a person, and how absence is said."""

from collections.abc import Sequence
from typing import Final

from api.graphql import graph_reads
from api.graphql.context import Request
from api.graphql.contract import MemberRow, PersonRow, Query
from api.graphql.lake_reads import fetch, fetch_people
from api.graphql.people_sql import people_by_id
from api.policy import FieldClass
from core.errors import MissingError
from core.ids import ID_PATTERN

MOST_MERGES: Final = 50


def may_know(request: Request, *, is_customer: bool) -> bool:
    """Whether the caller may know that this person exists: who is only a patient is known to those who see health."""
    return is_customer or request.sees(FieldClass.HEALTH) or request.sees(FieldClass.EVIDENCE)


def known_person(request: Request, person: str) -> PersonRow:
    """A person by id, or by the id of somebody merged into them.

    Raises:
        MissingError: there is no such person, or not for this caller: both sound the same.
    """
    row = graph_reads.profile(request, person) if ID_PATTERN.fullmatch(person) else None
    if row is None and ID_PATTERN.fullmatch(person):
        survivor = successor(request, person)
        row = graph_reads.profile(request, survivor) if survivor != person else None
    if row is None or not may_know(request, is_customer=row.is_customer):
        raise MissingError("There is no such person.", remedy="Take an id from `customers` or `patients`.")
    return row


def successor(request: Request, person: str) -> str:
    """Whom a former id leads to today; the id itself when nobody was merged."""
    newest = (
        "SELECT other_entity_id FROM identity_log WHERE entity_id = ? AND change = 'merged_into'"
        " AND other_entity_id IS NOT NULL ORDER BY known_from DESC, other_entity_id LIMIT 1"
    )
    for _ in range(MOST_MERGES):
        found = fetch(request, Query(text=newest, parameters=(person,)))
        if not found:
            break
        person = found[0][0]
    return person


def known_members(request: Request, members: Sequence[MemberRow]) -> tuple[MemberRow, ...]:
    """The members of a household whom the caller may know of."""
    if may_know(request, is_customer=False):
        return tuple(members)
    people = fetch_people(request, people_by_id([member.id for member in members]))
    customers = {row.id for row in people if row.is_customer}
    return tuple(member for member in members if member.id in customers)
