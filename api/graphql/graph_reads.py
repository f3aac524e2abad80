"""Reads of the graph: gremlin_libs traversals on the configured store, as typed rows.

Stores answer with maps; a value that is not known is absent. This is the one module that knows their shape.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec
from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource

import gremlin_libs
from api.graphql.context import Request
from api.graphql.contract import (
    EventRow,
    HouseholdRow,
    IdentifierRow,
    IdentityRow,
    LinkRow,
    MemberRow,
    PersonRow,
)
from core.errors import BrokenError

Row = Mapping[str, Any]
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
ALL: Final = -1


class Said(msgspec.Struct, frozen=True):
    """What one field says of a pair, as the graph keeps it."""

    field: str
    level: str
    bits: float


def profile(request: Request, person: str) -> PersonRow | None:
    """A person's golden profile, or none."""
    row = next(_rows(request, lambda g: gremlin_libs.profile(g, person)), None)
    return _person(row) if row is not None else None


def person_of_record(request: Request, record: str) -> str | None:
    """The id of the person whose record this is, or none."""
    row = next(_rows(request, lambda g: gremlin_libs.person_of_record(g, record)), None)
    return str(row["uid"]) if row is not None else None


def household(request: Request, person: str) -> HouseholdRow | None:
    """The household a person lives in (the first by id), or none."""
    row = next(_rows(request, lambda g: gremlin_libs.household(g, person)), None)
    if row is None:
        return None
    members = tuple(
        MemberRow(
            id=str(member["uid"]),
            given_name=member.get("given_name"),
            family_name=member.get("family_name"),
            birth_year=_whole(member.get("birth_year")),
        )
        for member in row["members"]
    )
    return HouseholdRow(id=str(row["uid"]), city=row.get("city"), postcode=row.get("postcode"), members=members)


def identities(request: Request, person: str) -> list[IdentityRow]:
    """The records of a person with their identifiers, by source and id."""
    return [
        IdentityRow(
            record=str(row["uid"]),
            source=str(row["source"]),
            kind=row.get("kind"),
            observed_at=_instant(row.get("observed_ts")),
            identifiers=tuple(_identifier(item) for item in row["identifiers"]),
        )
        for row in _rows(request, lambda g: gremlin_libs.identities(g, person))
    ]


def evidence(request: Request, person: str) -> list[LinkRow]:
    """The links among a person's records, strongest first."""
    return [
        LinkRow(
            left=str(row["left"]),
            right=str(row["right"]),
            probability=float(row["probability"]),
            weight_bits=float(row["weight_bits"]),
            rule=row.get("rule"),
            origin=row.get("origin"),
            contributions=_contributions(row.get("why")),
        )
        for row in _rows(request, lambda g: gremlin_libs.evidence(g, person))
    ]


def journey(request: Request, person: str) -> list[EventRow]:
    """All that happened to a person, by time and id."""
    return [
        EventRow(
            id=str(row["uid"]),
            type=str(row["type"]),
            at=_known_instant(row["at_ts"]),
            channel=row.get("channel"),
            about=_first(row.get("about")),
            value=row.get("value"),
            cost=row.get("cost"),
            unit=row.get("unit"),
            source=row.get("source"),
        )
        for row in _rows(request, lambda g: gremlin_libs.journey(g, person, ALL))
    ]


def _rows(request: Request, plan: Callable[[GraphTraversalSource], GraphTraversal]) -> Iterator[Row]:
    for row in request.ask(lambda store: plan(store.g())):
        if not isinstance(row, Mapping):
            raise BrokenError("The graph answered with something that is no row.", remedy="Tell the operator.")
        yield row


def _person(row: Row) -> PersonRow:
    texts = ("given_name", "middle_name", "family_name", "suffix", "birth_date", "sex", "email", "phone")
    places = ("city", "region", "postcode", "country")
    return PersonRow(
        id=str(row["uid"]),
        is_customer=bool(row.get("is_customer", False)),
        is_patient=bool(row.get("is_patient", False)),
        confidence=float(row.get("confidence", 0.0)),
        records=int(row.get("records", 0)),
        first_seen=_instant(row.get("created_ts")),
        **{name: row.get(name) for name in (*texts, *places)},
    )


def _identifier(row: Row) -> IdentifierRow:
    return IdentifierRow(
        id=str(row["uid"]),
        system=str(row["system"]),
        shared=bool(row.get("shared", False)),
        people=int(row.get("people", 0)),
    )


def _contributions(why: str | None) -> tuple[tuple[str, str, float], ...]:
    said = msgspec.json.decode(why, type=list[Said]) if why else []
    return tuple((one.field, one.level, one.bits) for one in said)


def _first(names: list[str] | None) -> str | None:
    return names[0] if names else None


def _whole(value: Any) -> int | None:
    return int(value) if value is not None else None


def _instant(epoch_ms: Any) -> datetime | None:
    return _known_instant(epoch_ms) if epoch_ms is not None else None


def _known_instant(epoch_ms: Any) -> datetime:
    return EPOCH + timedelta(milliseconds=int(epoch_ms))
