"""Whose journeys, and which touchpoints of them, a caller may see counted."""

from api.graphql.context import Request
from api.graphql.contract import Query
from api.graphql.inputs import epoch_ms_of
from api.graphql.lake_reads import fetch
from api.graphql.saved_segments import known_segment, members_of
from api.graphql.types.flow import JourneyFilter, Journeys
from api.policy import Access, FieldClass, access, event_class
from insight.contract import FEWEST
from insight.journeys import JourneyOptions


def journeys(request: Request, asked: JourneyFilter) -> Journeys:
    """The journeys that a filter selects; their numbers are counted when they are asked for."""
    for moment in (asked.since, asked.until):
        if moment is not None:
            epoch_ms_of(moment)
    # Where health is masked, few people are not counted.
    masked = access(request.caller.role, FieldClass.HEALTH) is Access.MASKED
    return Journeys(
        snapshot=request.snapshot().id,
        request=request,
        options=_options(request, asked),
        least=FEWEST if masked else 1,
        money=request.sees(FieldClass.FINANCIAL),
    )


def countable_types(request: Request) -> tuple[str, ...]:
    """The types of events that the caller may see counted: those of which every event is of an open class."""
    rows = fetch(request, Query(text="SELECT DISTINCT type, channel FROM events ORDER BY ALL"))
    closed = {
        event_type
        for event_type, channel in rows
        if access(request.caller.role, event_class(event_type, channel)) is Access.DENIED
    }
    return tuple(dict.fromkeys(event_type for event_type, _ in rows if event_type not in closed))


def _options(request: Request, asked: JourneyFilter) -> JourneyOptions | None:
    """What to count, or none when nothing that was asked for may be counted."""
    wanted = set(asked.types) if asked.types is not None else None
    types = tuple(name for name in countable_types(request) if wanted is None or name in wanted)
    people = None
    if asked.segment is not None:
        people = members_of(request, known_segment(request, asked.segment))
    if not types:
        return None
    return JourneyOptions(
        step=asked.step.value,
        types=types,
        channels=tuple(asked.channels or ()),
        since=asked.since,
        until=asked.until,
        people=people,
    )
