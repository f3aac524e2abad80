"""Touchpoints: what happened to one person, as the caller may see it."""

from datetime import datetime

import strawberry

from api.graphql.context import Request
from api.graphql.contract import EventRow
from api.policy import FieldClass, event_class


@strawberry.type(description="One thing that happened to a person.")
class Touchpoint:
    """One thing that happened to a person."""

    id: strawberry.ID
    type: str
    at: datetime
    channel: str | None
    about: str | None = strawberry.field(description="The product, condition, medication, measure or question.")
    value: float | None
    unit: str | None
    cost: float | None = strawberry.field(description="In the workspace's currency.")
    source: str | None


def may_see(request: Request, row: EventRow) -> bool:
    """Whether the caller sees events of this row's class; others are left out."""
    return request.sees(event_class(row.type, row.channel))


def touchpoint_of(request: Request, row: EventRow) -> Touchpoint:
    """One event as the caller may see it."""
    return Touchpoint(
        id=strawberry.ID(row.id),
        type=row.type,
        at=row.at,
        channel=row.channel,
        about=row.about,
        value=row.value,
        unit=row.unit,
        cost=row.cost if request.sees(FieldClass.FINANCIAL) else None,
        source=row.source,
    )
