"""Pages of people: from a filter and an order to a Relay connection, in one pinned snapshot."""

import msgspec
from strawberry import Info

from api.graphql.context import Request, request_of
from api.graphql.cursors import Cursor, name_listing, read_cursor, write_cursor
from api.graphql.disclosure import tell
from api.graphql.inputs import CustomerFilter, PatientFilter, PersonOrder, check_asked, clauses_of, given
from api.graphql.lake_reads import Around, fetch_people
from api.graphql.people_sql import is_among, is_kind, page_of_people
from api.graphql.saved_segments import known_segment
from api.graphql.types.page import Connection, bounded_first, connect
from api.graphql.types.person import Person, person_of
from api.run.exports import members_now


def people_page(
    info: Info,
    kind: str,
    where: CustomerFilter | PatientFilter | None,
    order_by: PersonOrder | None,
    *,
    first: int,
    after: str | None,
) -> Connection[Person]:
    """One page of people of a kind.

    Raises:
        BadInputError: `first` or the cursor is unusable.
        DeniedError: the filter or the order asks for what the caller may not know.
    """
    request, order = request_of(info.context), order_by or PersonOrder()
    bounded_first(first, request.engine.limits.page)
    check_asked(request.caller.role, [*given(where), order.field.value])
    listing = name_listing(kind, order.field.value, str(order.descending), _written(where))
    cursor = read_cursor(request.engine.key, after, listing) if after is not None else None
    if cursor is not None:
        request.pin(cursor.snapshot)
    segment = known_segment(request, where.segment) if isinstance(where, CustomerFilter) and where.segment else None
    wanted = [is_kind(kind), *(clauses_of(where, request.snapshot().at) if where is not None else ())]
    if segment is not None:
        members, _ = members_now(
            request.connection(), segment.meant, request.snapshot().at, region=request.engine.region
        )
        wanted.append(is_among(members))
    query = page_of_people(
        wanted,
        column=order.field.value,
        descending=order.descending,
        first=first,
        after=cursor.row if cursor is not None else None,
    )
    rows = fetch_people(request, query)
    around = Around(request, [row.id for row in rows[:first]])
    tell(info, (row.id for row in rows[:first]))
    people = [(person_of(request, row, around), _cursor(request, listing, row.id)) for row in rows[:first]]
    return connect(people, more=len(rows) > first, after=after, snapshot=request.snapshot().id)


def _cursor(request: Request, listing: str, row: str) -> str:
    return write_cursor(request.engine.key, Cursor(snapshot=request.snapshot().id, listing=listing, row=row))


def _written(where: object) -> str:
    return msgspec.json.encode(given(where), enc_hook=given, order="sorted").decode() if where is not None else ""
